-- Simulated questions. What makes a letter one stands in the table simulation alone; ticket.simulated keeps it out of the figures.

-- query: simulation_is :one
-- for: public desk migrate
-- in:  ik blob
-- out: n int
SELECT COUNT(*) FROM simulation WHERE ik = ?;

-- query: simulation_on :one
-- for: patrold desk
-- out: is_on bool
SELECT is_on FROM simulation_switch ORDER BY id DESC LIMIT 1;

-- query: simulation_in_week :one
-- for: patrold
-- in:  week_on date
-- out: n int
SELECT COUNT(*) FROM simulation WHERE week_on = ?;

-- The question that was not asked for longest; of several one by lot.
-- query: simulation_pick :one
-- for: patrold
-- out: id int
SELECT q.id FROM simulated_question q WHERE q.active
 ORDER BY COALESCE((SELECT MAX(s.week_on) FROM simulation s WHERE s.question_id = q.id), DATE '1970-01-01'), RAND() LIMIT 1;

-- query: simulation_plan :exec
-- for: patrold
-- in:  week_on date, question_id int, planned_at time, next_at time, send_key text, ik blob
INSERT IGNORE INTO simulation (week_on, question_id, planned_at, next_at, send_key, ik) VALUES (?, ?, ?, ?, ?, ?);

-- query: simulation_due :one
-- for: patrold
-- in:  now time
-- out: id int, week_on date, tries int, send_key text, type text, title text, body text, name text, email text
SELECT s.id, s.week_on, s.tries, s.send_key, q.type, q.title, q.body, q.name, q.email
  FROM simulation s JOIN simulated_question q ON q.id = s.question_id
 WHERE s.next_at <= ? ORDER BY s.next_at LIMIT 1 FOR UPDATE SKIP LOCKED;

-- query: simulation_later :exec
-- for: patrold
-- in:  next_at time, last_error text, id int
UPDATE simulation SET next_at = ?, tries = tries + 1, last_error = ? WHERE id = ? AND state = 'planned';

-- query: simulation_filed :exec
-- for: patrold
-- in:  no text, query_code text, now time, id int
UPDATE simulation SET state = 'filed', no = ?, query_code = ?, filed_at = ?, next_at = NULL, last_error = '' WHERE id = ? AND state = 'planned';

-- query: simulation_missed :exec
-- for: patrold
-- in:  id int
UPDATE simulation SET state = 'missed', next_at = NULL WHERE id = ? AND state = 'planned';

-- query: simulation_list :many
-- for: desk
-- in:  before_id int, limit_n int
-- out: id int, week_on date, title text, type text, planned_at time, state text, tries int, last_error text, filed_at time?, ended_at time?, no text?, query_code text?, ticket_state text?, unit_name text?, received_on date?, accepted_at time?, replied_at time?
SELECT s.id, s.week_on, q.title, q.type, s.planned_at, s.state, s.tries, s.last_error, s.filed_at, s.ended_at, s.no, s.query_code, t.state,
       u.short_name, t.received_on, t.accepted_at, t.replied_at
  FROM simulation s JOIN simulated_question q ON q.id = s.question_id
  LEFT JOIN ticket t ON t.no = s.no LEFT JOIN unit u ON u.id = t.unit_id
 WHERE s.id < ? ORDER BY s.id DESC LIMIT ?;

-- query: simulation_one :one
-- for: desk
-- in:  id int
-- out: id int, no text?, ended_at time?
SELECT id, no, ended_at FROM simulation WHERE id = ? FOR UPDATE;

-- query: simulation_end :exec
-- for: desk
-- in:  now time, officer_id int, id int
UPDATE simulation SET ended_at = ?, ended_by = ? WHERE id = ? AND ended_at IS NULL;

-- Those that wait for an answer, the oldest first.
-- query: simulation_waiting :many
-- for: desk slad
-- out: no text, received_on date
SELECT t.no, t.received_on FROM simulation s JOIN ticket t ON t.no = s.no
 WHERE s.state = 'filed' AND s.ended_at IS NULL AND t.replied_at IS NULL
   AND t.state NOT IN ('refused','merged','withdrawn','invalid') ORDER BY s.id LIMIT 20;

-- query: simulated_questions :many
-- for: desk
-- out: id int, type text, title text, body text, name text, email text, active bool, used int, last_on date?
SELECT q.id, q.type, q.title, q.body, q.name, q.email, q.active, COUNT(s.id), MAX(s.week_on)
  FROM simulated_question q LEFT JOIN simulation s ON s.question_id = q.id GROUP BY q.id ORDER BY q.active DESC, q.id LIMIT 200;

-- query: simulated_question_add :insert
-- for: desk migrate
-- in:  type text, title text, body text, name text, email text, officer_id int?, now time
INSERT INTO simulated_question (type, title, body, name, email, officer_id, added_at) VALUES (?, ?, ?, ?, ?, ?, ?);

-- query: simulated_question_active :exec
-- for: desk
-- in:  active bool, id int
UPDATE simulated_question SET active = ? WHERE id = ?;

-- query: simulation_switch_add :exec
-- for: desk migrate
-- in:  is_on bool, officer_id int?, now time
INSERT INTO simulation_switch (is_on, officer_id, at) VALUES (?, ?, ?);

-- query: simulation_switched :one
-- for: desk
-- out: is_on bool, who text?, at time
SELECT s.is_on, o.name, s.at FROM simulation_switch s LEFT JOIN officer o ON o.id = s.officer_id ORDER BY s.id DESC LIMIT 1;
