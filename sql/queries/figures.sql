-- The letters behind a figure: one query for each day a figure falls on, each by its index. measure: of stats.h; the same
-- conditions as stats_of() (tests/sql/test_figures.py compares). Newest first, paged by day and id of the last row.
-- "topics": "100,101", or "" for all. viewer: who keeps away from a letter does not see it.

-- query: letters_received :many
-- for: desk paperd
-- in:  from_on date, to_on date, measure text, unit_id int?, unit_again int?, type text?, type_again text?, topics text, topics_again text, viewer_unit int, viewer int, before_on date, before_again date, before_id int, limit_n int
-- out: id int, day date, no text, title text, type text, state text, unit_name text?, due_on date?
SELECT t.id, t.received_on, t.no, t.title, t.type, t.state, u.name, t.answer_due_on
  FROM ticket t FORCE INDEX (ticket_received_day) LEFT JOIN unit u ON u.id = t.unit_id
 WHERE t.received_on BETWEEN ? AND ? AND NOT t.simulated
   AND CASE ? WHEN 'received' THEN t.state <> 'invalid' WHEN 'refused' THEN t.state = 'refused' WHEN 'merged' THEN t.state = 'merged'
              WHEN 'withdrawn' THEN t.state = 'withdrawn' ELSE t.state = 'invalid' END
   AND (? IS NULL OR COALESCE(t.unit_id, 0) = ?) AND (? IS NULL OR t.type = ?)
   AND (? = '' OR FIND_IN_SET(COALESCE(t.topic_id, 0), ?))
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
   AND (t.received_on < ? OR (t.received_on = ? AND t.id < ?))
 ORDER BY t.received_on DESC, t.id DESC LIMIT ?;

-- query: letters_accepted :many
-- for: desk paperd
-- in:  from_on date, to_on date, measure text, unit_id int?, unit_again int?, type text?, type_again text?, topics text, topics_again text, viewer_unit int, viewer int, before_on date, before_again date, before_id int, limit_n int
-- out: id int, day date, no text, title text, type text, state text, unit_name text?, due_on date?
SELECT t.id, COALESCE(t.accepted_on, t.received_on), t.no, t.title, t.type, t.state, u.name, t.answer_due_on
  FROM ticket t FORCE INDEX (ticket_accepted_day) LEFT JOIN unit u ON u.id = t.unit_id
 WHERE t.accepted_on BETWEEN ? AND ? AND NOT t.simulated AND t.state <> 'invalid'
   AND CASE ? WHEN 'returned' THEN t.marks & 2 <> 0 ELSE TRUE END
   AND (? IS NULL OR COALESCE(t.unit_id, 0) = ?) AND (? IS NULL OR t.type = ?)
   AND (? = '' OR FIND_IN_SET(COALESCE(t.topic_id, 0), ?))
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
   AND (t.accepted_on < ? OR (t.accepted_on = ? AND t.id < ?))
 ORDER BY t.accepted_on DESC, t.id DESC LIMIT ?;

-- query: letters_due :many
-- for: desk paperd
-- in:  from_on date, to_on date, measure text, today date, unit_id int?, unit_again int?, type text?, type_again text?, topics text, topics_again text, viewer_unit int, viewer int, before_on date, before_again date, before_id int, limit_n int
-- out: id int, day date, no text, title text, type text, state text, unit_name text?, due_on date?
SELECT t.id, COALESCE(t.answer_due_on, t.received_on), t.no, t.title, t.type, t.state, u.name, t.answer_due_on
  FROM ticket t FORCE INDEX (ticket_due_day) LEFT JOIN unit u ON u.id = t.unit_id
 WHERE t.answer_due_on BETWEEN ? AND ? AND NOT t.simulated AND t.accepted_at IS NOT NULL
   AND t.state NOT IN ('refused','merged','withdrawn','invalid')
   AND CASE ? WHEN 'on_time' THEN t.replied_on <= t.answer_due_on WHEN 'late' THEN t.replied_on > t.answer_due_on
              WHEN 'extended' THEN t.marks & 1 <> 0 WHEN 'overdue_open' THEN t.replied_at IS NULL AND t.answer_due_on < ?
              ELSE TRUE END
   AND (? IS NULL OR COALESCE(t.unit_id, 0) = ?) AND (? IS NULL OR t.type = ?)
   AND (? = '' OR FIND_IN_SET(COALESCE(t.topic_id, 0), ?))
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
   AND (t.answer_due_on < ? OR (t.answer_due_on = ? AND t.id < ?))
 ORDER BY t.answer_due_on DESC, t.id DESC LIMIT ?;

-- query: letters_replied :many
-- for: desk paperd
-- in:  from_on date, to_on date, measure text, unit_id int?, unit_again int?, type text?, type_again text?, topics text, topics_again text, viewer_unit int, viewer int, before_on date, before_again date, before_id int, limit_n int
-- out: id int, day date, no text, title text, type text, state text, unit_name text?, due_on date?
SELECT t.id, COALESCE(t.replied_on, t.received_on), t.no, t.title, t.type, t.state, u.name, t.answer_due_on
  FROM ticket t FORCE INDEX (ticket_replied_day) LEFT JOIN unit u ON u.id = t.unit_id
 WHERE t.replied_on BETWEEN ? AND ? AND NOT t.simulated AND t.state <> 'invalid'
   AND CASE ? WHEN 'published' THEN t.pub_state IN ('published','corrected') WHEN 'rated' THEN t.grade > 0
              WHEN 'satisfied' THEN t.grade >= 3 WHEN 'sent_back' THEN t.marks & 4 <> 0 WHEN 'reworked' THEN t.marks & 8 <> 0
              WHEN 'result' THEN t.result_code IS NOT NULL WHEN 'solved' THEN t.result_code = 'solved' ELSE TRUE END
   AND (? IS NULL OR COALESCE(t.unit_id, 0) = ?) AND (? IS NULL OR t.type = ?)
   AND (? = '' OR FIND_IN_SET(COALESCE(t.topic_id, 0), ?))
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
   AND (t.replied_on < ? OR (t.replied_on = ? AND t.id < ?))
 ORDER BY t.replied_on DESC, t.id DESC LIMIT ?;

-- query: letters_closed :many
-- for: desk paperd
-- in:  from_on date, to_on date, unit_id int?, unit_again int?, type text?, type_again text?, topics text, topics_again text, viewer_unit int, viewer int, before_on date, before_again date, before_id int, limit_n int
-- out: id int, day date, no text, title text, type text, state text, unit_name text?, due_on date?
SELECT t.id, COALESCE(t.closed_on, t.received_on), t.no, t.title, t.type, t.state, u.name, t.answer_due_on
  FROM ticket t FORCE INDEX (ticket_closed_day) LEFT JOIN unit u ON u.id = t.unit_id
 WHERE t.closed_on BETWEEN ? AND ? AND NOT t.simulated AND t.state IN ('closed','archived')
   AND (? IS NULL OR COALESCE(t.unit_id, 0) = ?) AND (? IS NULL OR t.type = ?)
   AND (? = '' OR FIND_IN_SET(COALESCE(t.topic_id, 0), ?))
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
   AND (t.closed_on < ? OR (t.closed_on = ? AND t.id < ?))
 ORDER BY t.closed_on DESC, t.id DESC LIMIT ?;

-- --- frozen ---

-- query: frozen_add :insert
-- for: desk migrate
-- in:  name text, from_on date, to_on date, figures text, sha256 blob, made_by int, now time
INSERT INTO stat_frozen (name, from_on, to_on, figures, sha256, made_by, made_at) VALUES (?, ?, ?, ?, ?, ?, ?);

-- Of a button that is pressed twice the second one waits for the first.
-- query: frozen_turn :one
-- for: desk
-- in:  made_by int
-- out: id int
SELECT id FROM officer WHERE id = ? FOR UPDATE;

-- query: frozen_again :one
-- for: desk
-- in:  from_on date, to_on date, name text, made_by int, since time
-- out: id int
SELECT id FROM stat_frozen WHERE from_on = ? AND to_on = ? AND name = ? AND made_by = ? AND made_at >= ? ORDER BY id DESC LIMIT 1;

-- query: frozen_sign :exec
-- for: desk migrate
-- in:  officer_id int, now time, note text, id int
UPDATE stat_frozen SET signed_by = ?, signed_at = ?, note = ? WHERE id = ? AND signed_at IS NULL;

-- query: frozen_all :many
-- for: desk
-- in:  limit_n int
-- out: id int, name text, from_on date, to_on date, made_name text, made_at time, signed_name text?, signed_at time?
SELECT f.id, f.name, f.from_on, f.to_on, m.name, f.made_at, s.name, f.signed_at
  FROM stat_frozen f JOIN officer m ON m.id = f.made_by LEFT JOIN officer s ON s.id = f.signed_by
 ORDER BY f.id DESC LIMIT ?;

-- query: frozen_get :one
-- for: desk
-- in:  id int
-- out: id int, name text, from_on date, to_on date, figures text, sha256 blob, made_by int, made_name text, made_at time, signed_name text?, signed_at time?, note text
SELECT f.id, f.name, f.from_on, f.to_on, f.figures, f.sha256, f.made_by, m.name, f.made_at, s.name, f.signed_at, f.note
  FROM stat_frozen f JOIN officer m ON m.id = f.made_by LEFT JOIN officer s ON s.id = f.signed_by WHERE f.id = ?;
