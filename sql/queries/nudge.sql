-- What a writer urges.

-- query: nudge_add :exec
-- for: public migrate
-- in:  ticket_id int, round int, now time
INSERT INTO nudge (ticket_id, round, at) VALUES (?, ?, ?);

-- When the writer urged, in the round that runs; at most one row.
-- query: nudge_of :one
-- for: desk
-- in:  ticket_id int
-- out: at time
SELECT n.at FROM nudge n JOIN ticket t ON t.id = n.ticket_id AND t.round = n.round WHERE n.ticket_id = ?;

-- Letters whose writers urged and that are not late yet, the earliest first.
-- query: nudge_list :many
-- for: desk
-- in:  today date, unit_id int?, unit_again int?, limit_n int
-- out: id int, no text, type text, state text, title text, unit_name text?, due_on date?, at time
SELECT t.id, t.no, t.type, t.state, t.title, u.short_name, t.due_on, n.at
  FROM nudge n JOIN ticket t ON t.id = n.ticket_id AND t.round = n.round LEFT JOIN unit u ON u.id = t.unit_id
 WHERE t.state IN ('accepted','assigned','handling','objected','in_review') AND t.due_on >= ?
   AND (? IS NULL OR t.unit_id = ?)
 ORDER BY n.at, t.id LIMIT ?;
