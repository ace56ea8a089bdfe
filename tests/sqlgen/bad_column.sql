-- query: a :one
-- for: x
-- out: id int, id int
SELECT 1, 2;
