-- query: a :few
SELECT 1;
