-- Supervision orders, and what the letter shows of being pressed.

-- What happened to a letter that supervisors go by; sign: 1 nudged, 2 asked, 4 merged, 8 same, 16 leader.
-- query: ticket_sign :exec
-- for: public desk migrate
-- in:  sign int, id int
UPDATE ticket SET signs = signs | ? WHERE id = ?;

-- query: ticket_pressed :exec
-- for: desk slad migrate
-- in:  level text, id int
UPDATE ticket SET pressed = GREATEST(pressed, FIELD(?, 'remind', 'urge', 'supervise', 'circular')) WHERE id = ?;

-- query: ticket_moved :exec
-- for: public desk slad migrate
-- in:  today date, id int
UPDATE ticket SET moved_on = ? WHERE id = ?;

-- Is there another letter of the same telephone number, received since?
-- query: same_number :one
-- for: public desk migrate
-- in:  ticket_id int, since date
-- out: found bool
SELECT EXISTS (SELECT 1 FROM same_number WHERE ticket_id = ? AND other_on >= ?);

-- query: watch_no_next :exec
-- for: desk migrate
-- in:  kind text, year int
INSERT INTO watch_no (kind, year, last) VALUES (?, ?, 1) ON DUPLICATE KEY UPDATE last = last + 1;

-- query: watch_no_last :one
-- for: desk migrate
-- in:  kind text, year int
-- out: last int
SELECT last FROM watch_no WHERE kind = ? AND year = ?;

-- query: order_add :insert
-- for: desk migrate
-- in:  year int, seq int, ticket_id int, unit_id int, words text, due_on date, issued_by int, now time
INSERT INTO supervision_order (year, seq, ticket_id, unit_id, words, due_on, issued_by, issued_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

-- The one that waits for something, of a letter.
-- query: order_open_of :one
-- for: desk slad public migrate
-- in:  ticket_id int
-- out: id int, state text
SELECT id, state FROM supervision_order WHERE ticket_id = ? AND open = 1 ORDER BY id DESC LIMIT 1;

-- query: order_receive :exec
-- for: desk migrate
-- in:  officer_id int, now time, id int
UPDATE supervision_order SET state = 'received', received_by = ?, received_at = ? WHERE id = ? AND state = 'issued';

-- A report is a receipt, too.
-- query: order_answer :exec
-- for: desk migrate
-- in:  officer_id int, now time, id int
UPDATE supervision_order SET state = 'answered', received_by = COALESCE(received_by, ?), received_at = COALESCE(received_at, ?) WHERE id = ?;

-- query: order_feedback_add :exec
-- for: desk migrate
-- in:  order_id int, words text, officer_id int, now time, order_again int
INSERT INTO order_feedback (order_id, seq, words, by_officer, at)
SELECT ?, COUNT(*) + 1, ?, ?, ? FROM order_feedback WHERE order_id = ?;

-- query: order_feedback_decide :exec
-- for: desk migrate
-- in:  decision text, words text, officer_id int, now time, order_id int
UPDATE order_feedback SET decision = ?, decision_words = ?, decided_by = ?, decided_at = ? WHERE order_id = ? AND decision = 'open';

-- query: order_accept :exec
-- for: desk migrate
-- in:  officer_id int, now time, id int
UPDATE supervision_order SET state = 'accepted', closed_by = ?, closed_at = ? WHERE id = ?;

-- query: order_return :exec
-- for: desk migrate
-- in:  due_on date, id int
UPDATE supervision_order SET state = 'returned', due_on = ? WHERE id = ?;

-- The unit it was addressed to has nothing to do with the letter any more.
-- query: order_void :exec
-- for: public desk slad migrate
-- in:  now time, ticket_id int
UPDATE supervision_order SET state = 'void', closed_at = ? WHERE ticket_id = ? AND open = 1;

-- The day by which the unit has to report: of the clock that runs.
-- query: feedback_due :one
-- for: desk migrate
-- in:  ticket_id int
-- out: due_on date
SELECT due_on FROM timer WHERE ticket_id = ? AND kind = 'supervise_feedback' AND state <> 'stopped' ORDER BY id DESC LIMIT 1;

-- query: order_one :one
-- for: desk migrate
-- in:  id int
-- out: id int, year int, seq int, ticket_id int, no text, title text, type text, ticket_state text, version int, unit_id int, unit_name text, state text, words text, due_on date, issued_by text, issued_at time, received_by text?, received_at time?, closed_by text?, closed_at time?, ticket_due date?
SELECT d.id, d.year, d.seq, d.ticket_id, t.no, t.title, t.type, t.state, t.version, d.unit_id, u.name, d.state, d.words, d.due_on, i.name, d.issued_at,
       r.name, d.received_at, c.name, d.closed_at, t.due_on
  FROM supervision_order d JOIN ticket t ON t.id = d.ticket_id JOIN unit u ON u.id = d.unit_id JOIN officer i ON i.id = d.issued_by
  LEFT JOIN officer r ON r.id = d.received_by LEFT JOIN officer c ON c.id = d.closed_by WHERE d.id = ?;

-- query: order_feedback_of :many
-- for: desk migrate
-- in:  order_id int
-- out: seq int, words text, by_name text, at time, decision text, decision_words text, decided_by text?, decided_at time?
SELECT f.seq, f.words, o.name, f.at, f.decision, f.decision_words, d.name, f.decided_at
  FROM order_feedback f JOIN officer o ON o.id = f.by_officer LEFT JOIN officer d ON d.id = f.decided_by
 WHERE f.order_id = ? ORDER BY f.seq;

-- Orders that wait for something, those to be reported on first at the head; none of letters the viewer must keep away from.
-- query: order_list_open :many
-- for: desk
-- in:  unit_id int?, states text, viewer_unit int, viewer int, due_from date, due_from_again date, after_id int, limit_n int
-- out: id int, year int, seq int, no text, title text, unit_name text, state text, words text, due_on date, issued_at time, received_at time?, reported int
SELECT d.id, d.year, d.seq, t.no, t.title, u.short_name, d.state, d.words, d.due_on, d.issued_at, d.received_at,
       (SELECT COUNT(*) FROM order_feedback f WHERE f.order_id = d.id)
  FROM supervision_order d JOIN ticket t ON t.id = d.ticket_id JOIN unit u ON u.id = d.unit_id
 WHERE d.open = 1 AND d.unit_id = COALESCE(?, d.unit_id) AND FIND_IN_SET(d.state, ?) > 0
   AND d.ticket_id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
   AND d.due_on >= ? AND (d.due_on > ? OR d.id > ?)
 ORDER BY d.due_on, d.id LIMIT ?;

-- The same of those that are done, the latest first.
-- query: order_list_done :many
-- for: desk
-- in:  unit_id int?, states text, viewer_unit int, viewer int, before_id int, limit_n int
-- out: id int, year int, seq int, no text, title text, unit_name text, state text, words text, due_on date, issued_at time, received_at time?, reported int
SELECT d.id, d.year, d.seq, t.no, t.title, u.short_name, d.state, d.words, d.due_on, d.issued_at, d.received_at,
       (SELECT COUNT(*) FROM order_feedback f WHERE f.order_id = d.id)
  FROM supervision_order d JOIN ticket t ON t.id = d.ticket_id JOIN unit u ON u.id = d.unit_id
 WHERE d.open = 0 AND d.unit_id = COALESCE(?, d.unit_id) AND FIND_IN_SET(d.state, ?) > 0
   AND d.ticket_id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
   AND d.id < ?
 ORDER BY d.id DESC LIMIT ?;

-- How many orders stand where; of one unit or of all.
-- query: order_counts :one
-- for: desk
-- in:  today date, unit_id int?
-- out: unreceived int, late int, answered int, open_n int
SELECT COALESCE(SUM(d.state = 'issued'), 0), COALESCE(SUM(d.state <> 'answered' AND d.due_on < ?), 0),
       COALESCE(SUM(d.state = 'answered'), 0), COUNT(*)
  FROM supervision_order d WHERE d.open = 1 AND d.unit_id = COALESCE(?, d.unit_id);

-- Letters whose unit owes a report without an order: urged, or in a circular; the earliest due first.
-- query: feedback_waiting :many
-- for: desk
-- in:  unit_id int?, viewer_unit int, viewer int, limit_n int
-- out: no text, title text, unit_name text?, due_on date, level text?, words text?
SELECT t.no, t.title, u.short_name, m.due_on,
       (SELECT s.level FROM supervision s WHERE s.ticket_id = t.id AND s.level <> 'remind' ORDER BY s.id DESC LIMIT 1),
       (SELECT LEFT(s.words, 120) FROM supervision s WHERE s.ticket_id = t.id AND s.level <> 'remind' ORDER BY s.id DESC LIMIT 1)
  FROM timer m JOIN ticket t ON t.id = m.ticket_id LEFT JOIN unit u ON u.id = t.unit_id
 WHERE m.kind = 'supervise_feedback' AND m.state = 'running' AND t.unit_id = COALESCE(?, t.unit_id)
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
   AND NOT EXISTS (SELECT 1 FROM supervision_order d WHERE d.ticket_id = t.id AND d.open = 1)
 ORDER BY m.due_on, m.id LIMIT ?;
