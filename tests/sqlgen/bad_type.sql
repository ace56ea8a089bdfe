-- query: a :one
-- for: x
-- out: id integer
SELECT 1;
