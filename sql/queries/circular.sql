-- Circulars, self-criticisms, talks.

-- query: circular_entry_put :exec
-- for: desk migrate
-- in:  ticket_id int, unit_id int, officer_id int, words text, at time, told_at time
INSERT INTO circular_entry (ticket_id, unit_id, why, by_officer, words, at, told_at) VALUES (?, ?, 'chosen', NULLIF(?, 0), ?, ?, ?)
ON DUPLICATE KEY UPDATE told_at = VALUES(told_at), unit_id = VALUES(unit_id),
  words = IF(words = '', VALUES(words), words);

-- The ladder's steps whose audience is the circular (timer_event is their ledger): each puts its letter on the list once; again only
-- when a later step says so. Letters that are answered meanwhile, or lie at no unit, are left out.
-- query: circular_take :exec
-- for: desk slad
INSERT IGNORE INTO circular_entry (ticket_id, unit_id, why, at)
SELECT t.id, t.unit_id, 'ladder', MAX(e.at)
  FROM sla_step s JOIN timer_event e FORCE INDEX (timer_event_step) ON e.step_id = s.id
  JOIN ticket t ON t.id = e.ticket_id AND t.open = 1 AND t.unit_id IS NOT NULL AND NOT t.simulated
 WHERE FIND_IN_SET('circular', s.audience) > 0
   AND NOT EXISTS (SELECT 1 FROM circular_entry c WHERE c.ticket_id = e.ticket_id AND c.at >= e.at)
 GROUP BY t.id, t.unit_id;

-- Held: nothing is put into one that is being issued just now.
-- query: circular_draft :one
-- for: desk
-- out: id int
SELECT id FROM circular WHERE state = 'draft' ORDER BY id LIMIT 1 FOR UPDATE;

-- query: circular_waiting :one
-- for: desk
-- out: n int
SELECT COUNT(*) FROM circular_entry WHERE waits > 0;

-- query: circular_add :insert
-- for: desk
-- in:  title text, intro text, closing text, officer_id int, now time
INSERT INTO circular (title, intro, closing, made_by, made_at) VALUES (?, ?, ?, ?, ?);

-- query: circular_size :one
-- for: desk
-- in:  circular_id int
-- out: n int
SELECT COUNT(*) FROM circular_entry WHERE circular_id = ?;

-- What waits of one kind; a draft that is open takes in what came meanwhile. A letter that stands in it already goes on waiting, and
-- so does what the ladder listed and is answered now.
-- query: circular_gather :exec
-- for: desk
-- in:  circular_id int, why text, limit_n int
UPDATE IGNORE circular_entry e SET e.circular_id = ?
 WHERE e.waits > 0 AND e.why = ? AND (e.why = 'chosen' OR EXISTS (SELECT 1 FROM ticket t WHERE t.id = e.ticket_id AND t.open = 1))
 ORDER BY e.id LIMIT ?;

-- There is more in it: who has not seen that does not issue it.
-- query: circular_grown :exec
-- for: desk
-- in:  id int
UPDATE circular SET version = version + 1 WHERE id = ?;

-- query: circular_units_fill :exec
-- for: desk
-- in:  circular_id int, circular_again int
INSERT IGNORE INTO circular_unit (circular_id, unit_id) SELECT ?, unit_id FROM circular_entry WHERE circular_id = ? AND dropped_at IS NULL GROUP BY unit_id;

-- query: circular_lock :one
-- for: desk
-- in:  id int
-- out: id int, state text, version int
SELECT id, state, version FROM circular WHERE id = ? FOR UPDATE;

-- query: circular_save :exec
-- for: desk
-- in:  title text, intro text, closing text, id int
UPDATE circular SET title = ?, intro = ?, closing = ?, version = version + 1 WHERE id = ?;

-- query: circular_unit_words :exec
-- for: desk
-- in:  words text, circular_id int, unit_id int
UPDATE circular_unit SET words = ? WHERE circular_id = ? AND unit_id = ?;

-- query: circular_entry_drop :exec
-- for: desk
-- in:  now time, officer_id int, id int, circular_id int
UPDATE circular_entry SET dropped_at = ?, dropped_by = ? WHERE id = ? AND circular_id = ? AND dropped_at IS NULL;

-- query: circular_units_left :exec
-- for: desk
-- in:  circular_id int
DELETE FROM circular_unit WHERE circular_id = ?
   AND unit_id NOT IN (SELECT e.unit_id FROM circular_entry e WHERE e.circular_id = circular_unit.circular_id AND e.dropped_at IS NULL);

-- query: circular_issue :exec
-- for: desk
-- in:  year int, seq int, officer_id int, now time, id int
UPDATE circular SET state = 'issued', year = ?, seq = ?, issued_by = ?, issued_at = ? WHERE id = ?;

-- How late each letter is and whether it is answered, as it stands when the circular is issued.
-- query: circular_late :many
-- for: desk
-- in:  circular_id int
-- out: id int, due_on date?, replied_on date?, open bool
SELECT e.id, t.first_due_on, DATE(t.replied_at + INTERVAL 8 HOUR), COALESCE(t.open, FALSE)
  FROM circular_entry e JOIN ticket t ON t.id = e.ticket_id WHERE e.circular_id = ? AND e.dropped_at IS NULL;

-- query: circular_freeze :exec
-- for: desk
-- in:  late_days int, was_open bool, id int
UPDATE circular_entry SET late_days = ?, was_open = ? WHERE id = ?;

-- Units of this circular that stood in the one issued before it with a letter that is still unanswered.
-- query: circular_second :exec
-- for: desk
-- in:  previous_id int, due_on date, circular_id int, previous_again int
UPDATE circular_unit c SET c.previous_id = ?, c.critic_due_on = ?
 WHERE c.circular_id = ? AND EXISTS (SELECT 1 FROM circular_entry e JOIN ticket t ON t.id = e.ticket_id
       WHERE e.circular_id = ? AND e.dropped_at IS NULL AND e.unit_id = c.unit_id AND t.open = 1 AND t.unit_id = e.unit_id);

-- query: circular_previous :one
-- for: desk
-- out: id int, year int, seq int
SELECT id, COALESCE(year, 0), COALESCE(seq, 0) FROM circular WHERE state = 'issued' ORDER BY issued_at DESC, id DESC LIMIT 1;

-- Letters of an issued circular that have not been told; those that are answered need not be. Who must keep away from one leaves
-- it to a colleague.
-- query: circular_untold :many
-- for: desk
-- in:  circular_id int, teller_unit int, teller int, limit_n int
-- out: id int, ticket_id int, version int, words text, open bool
SELECT e.id, e.ticket_id, t.version, COALESCE(NULLIF(e.words, ''), ''), COALESCE(t.open, FALSE)
  FROM circular_entry e JOIN ticket t ON t.id = e.ticket_id
 WHERE e.circular_id = ? AND e.dropped_at IS NULL AND e.told_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM recusal x WHERE x.ticket_id = e.ticket_id AND x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
 ORDER BY e.id LIMIT ?;

-- How many this person could tell, and how many only a colleague.
-- query: circular_untold_n :one
-- for: desk
-- in:  teller_unit int, teller int, circular_id int
-- out: own int, others int
SELECT COALESCE(SUM(NOT l.away), 0), COALESCE(SUM(l.away), 0)
  FROM (SELECT EXISTS (SELECT 1 FROM recusal x WHERE x.ticket_id = e.ticket_id AND x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?)) AS away
          FROM circular_entry e WHERE e.circular_id = ? AND e.dropped_at IS NULL AND e.told_at IS NULL) l;

-- query: circular_told :exec
-- for: desk
-- in:  now time, id int
UPDATE circular_entry SET told_at = ? WHERE id = ?;

-- query: circular_criticise :exec
-- for: desk
-- in:  words text, officer_id int, now time, circular_id int, unit_id int
UPDATE circular_unit SET critic_words = ?, critic_by = ?, critic_at = ?
 WHERE circular_id = ? AND unit_id = ? AND previous_id IS NOT NULL AND critic_words IS NULL;

-- query: circular_criticism_taken :exec
-- for: desk
-- in:  officer_id int, now time, circular_id int, unit_id int
UPDATE circular_unit SET seen_by = ?, seen_at = ? WHERE circular_id = ? AND unit_id = ? AND critic_words IS NOT NULL AND seen_at IS NULL;

-- query: circular_one :one
-- for: desk
-- in:  id int
-- out: id int, year int, seq int, state text, title text, intro text, closing text, version int, made_by text, made_at time, issued_by text?, issued_at time?
SELECT c.id, COALESCE(c.year, 0), COALESCE(c.seq, 0), c.state, c.title, c.intro, c.closing, c.version, m.name, c.made_at, i.name, c.issued_at
  FROM circular c JOIN officer m ON m.id = c.made_by LEFT JOIN officer i ON i.id = c.issued_by WHERE c.id = ?;

-- query: circular_units_of :many
-- for: desk
-- in:  circular_id int
-- out: unit_id int, code text, name text, words text, previous_id int, previous_year int, previous_seq int, critic_due_on date?, critic_words text?, critic_by text?, critic_at time?, seen_by text?, seen_at time?
SELECT c.unit_id, u.code, u.name, c.words, COALESCE(c.previous_id, 0), COALESCE(p.year, 0), COALESCE(p.seq, 0), c.critic_due_on, c.critic_words, b.name,
       c.critic_at, s.name, c.seen_at
  FROM circular_unit c JOIN unit u ON u.id = c.unit_id LEFT JOIN circular p ON p.id = c.previous_id
  LEFT JOIN officer b ON b.id = c.critic_by LEFT JOIN officer s ON s.id = c.seen_by
 WHERE c.circular_id = ? ORDER BY u.sort_order, u.id;

-- query: circular_entries_of :many
-- for: desk
-- in:  circular_id int, viewer_unit int, viewer int
-- out: id int, unit_id int, no text, title text, type text, state text, received_on date, due_on date?, why text, words text, late_days int?, was_open int?, replied_at time?
SELECT e.id, e.unit_id, t.no, t.title, t.type, t.state, t.received_on, t.first_due_on, e.why, e.words, e.late_days, e.was_open, t.replied_at
  FROM circular_entry e JOIN ticket t ON t.id = e.ticket_id
 WHERE e.circular_id = ? AND e.dropped_at IS NULL
   AND e.ticket_id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
 ORDER BY e.unit_id, t.first_due_on, e.id LIMIT 300;

-- Of a draft: units that would stand in two consecutive ones.
-- query: circular_second_now :many
-- for: desk
-- in:  circular_id int, previous_id int
-- out: unit_id int
SELECT DISTINCT c.unit_id FROM circular_unit c
  JOIN circular_entry e ON e.unit_id = c.unit_id AND e.dropped_at IS NULL JOIN ticket t ON t.id = e.ticket_id
 WHERE c.circular_id = ? AND e.circular_id = ? AND t.open = 1 AND t.unit_id = e.unit_id;

-- query: circular_list :many
-- for: desk
-- in:  states text, before_id int, limit_n int
-- out: id int, year int, seq int, state text, title text, made_at time, issued_at time?, units_n int, letters_n int, second_n int, waiting_n int
SELECT c.id, COALESCE(c.year, 0), COALESCE(c.seq, 0), c.state, c.title, c.made_at, c.issued_at,
       (SELECT COUNT(*) FROM circular_unit u WHERE u.circular_id = c.id),
       (SELECT COUNT(*) FROM circular_entry e WHERE e.circular_id = c.id AND e.dropped_at IS NULL),
       (SELECT COUNT(*) FROM circular_unit u WHERE u.circular_id = c.id AND u.previous_id IS NOT NULL),
       (SELECT COUNT(*) FROM circular_unit u WHERE u.circular_id = c.id AND u.previous_id IS NOT NULL AND u.seen_at IS NULL)
  FROM circular c WHERE FIND_IN_SET(c.state, ?) > 0 AND c.id < ? ORDER BY c.id DESC LIMIT ?;

-- What waits for the next circular, by unit.
-- query: circular_waiting_list :many
-- for: desk
-- in:  viewer_unit int, viewer int, limit_n int
-- out: no text, title text, unit_name text, why text, at time, state text
SELECT t.no, t.title, u.name, e.why, e.at, t.state
  FROM circular_entry e JOIN ticket t ON t.id = e.ticket_id JOIN unit u ON u.id = e.unit_id
 WHERE e.waits > 0
   AND e.ticket_id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
 ORDER BY u.sort_order, u.id, e.id LIMIT ?;

-- Self-criticisms that are still owed, or written and not taken yet; of one unit or of all.
-- query: criticism_open :many
-- for: desk
-- in:  unit_id int?
-- out: circular_id int, year int, seq int, unit_id int, unit_name text, due_on date?, written bool
SELECT c.circular_id, COALESCE(k.year, 0), COALESCE(k.seq, 0), c.unit_id, u.name, c.critic_due_on, c.critic_words IS NOT NULL
  FROM circular_unit c JOIN circular k ON k.id = c.circular_id JOIN unit u ON u.id = c.unit_id
 WHERE k.state = 'issued' AND c.previous_id IS NOT NULL AND c.seen_at IS NULL AND c.unit_id = COALESCE(?, c.unit_id)
 ORDER BY c.critic_due_on, c.unit_id LIMIT 50;

-- query: talk_add :exec
-- for: desk
-- in:  unit_id int, held_on date, person text, about text, words text, promise text, promise_on date?, ticket_id int, officer_id int, now time, form_key blob
INSERT IGNORE INTO talk (unit_id, held_on, person, about, words, promise, promise_on, ticket_id, made_by, made_at, form_key)
VALUES (?, ?, ?, ?, ?, ?, ?, NULLIF(?, 0), ?, ?, ?);

-- query: talk_of_unit :many
-- for: desk
-- in:  unit_id int, limit_n int
-- out: id int, held_on date, person text, about text, words text, promise text, promise_on date?, no text?, made_by text, made_at time
SELECT k.id, k.held_on, k.person, k.about, k.words, k.promise, k.promise_on, t.no, o.name, k.made_at
  FROM talk k JOIN officer o ON o.id = k.made_by LEFT JOIN ticket t ON t.id = k.ticket_id
 WHERE k.unit_id = ? ORDER BY k.held_on DESC, k.id DESC LIMIT ?;
