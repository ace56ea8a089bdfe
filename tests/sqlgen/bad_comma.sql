-- query: a :one
-- for: x
-- out: a int b int
SELECT 1, 2;
