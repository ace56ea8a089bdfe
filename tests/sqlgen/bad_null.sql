-- query: a :one
-- for: x
-- out: ok bool?
SELECT 1;
