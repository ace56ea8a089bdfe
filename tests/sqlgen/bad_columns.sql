-- query: a :exec
-- for: x
-- out: id int
DELETE FROM t;
