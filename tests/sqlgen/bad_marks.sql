-- query: a :exec
-- for: x
-- in:  id int
DELETE FROM t WHERE a = ? AND b = ?;
