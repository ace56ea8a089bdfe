-- query: a :exec
-- for: x
DELETE FROM t WHERE a = 'open;
