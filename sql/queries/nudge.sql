-- What a writer urges.

-- query: nudge_add :exec
-- for: public migrate
-- in:  ticket_id int, round int, now time
INSERT INTO nudge (ticket_id, round, at) VALUES (?, ?, ?);
