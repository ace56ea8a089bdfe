-- query: list_all :many
-- for: desk
-- out: n int
SELECT 1;

-- query: change :exec
-- for: slad
-- in:  n int?, at time, on_day date?, id int
UPDATE letter SET n = ?, at = ?, on_day = ? WHERE id = ?;

-- query: add :insert
-- for: public
-- in:  body blob, ok bool
INSERT INTO letter (body, ok) VALUES (?, ?);
