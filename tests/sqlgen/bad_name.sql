-- query: Letter :exec
-- for: x
DELETE FROM t;
