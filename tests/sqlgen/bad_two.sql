-- query: a :exec
-- for: x
DELETE FROM t; DELETE FROM u;
