-- query: a :exec
-- for: x
DELETE FROM t;
-- query: a :exec
-- for: x
DELETE FROM t;
