-- query: a :exec
DELETE FROM t;
