-- What a writer urges.

-- query: nudge_add :exec
-- for: public migrate
-- in:  ticket_id int, round int, now time
INSERT INTO nudge (ticket_id, round, at) VALUES (?, ?, ?);

-- Letters whose writers urged and that are not late yet, the earliest due first; none that the viewer must keep away from.
-- query: nudge_list :many
-- for: desk
-- in:  today date, unit_id int?, viewer_unit int, viewer int, limit_n int
-- out: no text, title text, unit_name text?, due_on date?, at time
SELECT t.no, t.title, u.short_name, t.due_on, n.at
  FROM nudge n JOIN ticket t ON t.id = n.ticket_id AND t.round = n.round LEFT JOIN unit u ON u.id = t.unit_id
 WHERE t.state IN ('accepted','assigned','handling','objected','in_review') AND t.due_on >= ?
   AND t.unit_id <=> COALESCE(?, t.unit_id)
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
 ORDER BY t.due_on, t.id LIMIT ?;
