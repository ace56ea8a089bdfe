-- The clocks.

-- query: timer_add :insert
-- for: public desk slad migrate
-- in:  ticket_id int, kind text, round int, policy_id int, start_on date, amount int, amount_unit text, due_on date, provisional bool, next_at time?, next_what text?, breached_at time?, unit_id int
INSERT INTO timer (ticket_id, kind, round, state, policy_id, start_on, amount, amount_unit, due_on, provisional, next_at, next_what,
                   breached_at, unit_id)
VALUES (?, ?, ?, 'running', NULLIF(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, NULLIF(?, 0));

-- query: timer_open_of :many
-- for: public desk slad migrate
-- in:  ticket_id int
-- out: id int, kind text, round int, state text, policy_id int, start_on date, amount int, amount_unit text, due_on date, provisional bool, next_at time?, next_what text?, breached_at time?, unit_id int
SELECT id, kind, round, state, COALESCE(policy_id, 0), start_on, amount, amount_unit, due_on, provisional, next_at, next_what, breached_at,
       COALESCE(unit_id, 0)
  FROM timer WHERE ticket_id = ? AND state <> 'stopped' ORDER BY id;

-- The clock of a kind that was stopped last.
-- query: timer_stopped_last :one
-- for: desk migrate
-- in:  ticket_id int, kind text
-- out: id int, kind text, round int, state text, policy_id int, start_on date, amount int, amount_unit text, due_on date, provisional bool, next_at time?, next_what text?, breached_at time?, unit_id int
SELECT id, kind, round, state, COALESCE(policy_id, 0), start_on, amount, amount_unit, due_on, provisional, next_at, next_what, breached_at,
       COALESCE(unit_id, 0)
  FROM timer WHERE ticket_id = ? AND kind = ? AND state = 'stopped' ORDER BY id DESC LIMIT 1;

-- query: timer_pauses_copy :exec
-- for: desk migrate
-- in:  to_id int, from_id int
INSERT INTO timer_pause (timer_id, from_on, to_on, seq) SELECT ?, from_on, to_on, seq FROM timer_pause WHERE timer_id = ?;

-- query: timer_set :exec
-- for: public desk slad migrate
-- in:  state text, amount int, amount_unit text, due_on date, provisional bool, next_at time?, next_what text?, breached_at time?, stopped_at time?, id int
UPDATE timer SET state = ?, amount = ?, amount_unit = ?, due_on = ?, provisional = ?, next_at = ?, next_what = ?, breached_at = ?, stopped_at = ?
 WHERE id = ?;

-- query: timer_pauses :many
-- for: public desk slad migrate
-- in:  timer_id int
-- out: seq int, from_on date, to_on date?
SELECT seq, from_on, to_on FROM timer_pause WHERE timer_id = ? ORDER BY seq;

-- query: timer_pause_add :exec
-- for: desk migrate
-- in:  timer_id int, from_on date, seq int
INSERT INTO timer_pause (timer_id, from_on, seq) VALUES (?, ?, ?);

-- query: timer_pause_end :exec
-- for: public desk slad migrate
-- in:  to_on date, timer_id int
UPDATE timer_pause SET to_on = ? WHERE timer_id = ? AND to_on IS NULL;

-- query: timer_event_add :exec
-- for: public desk slad migrate
-- in:  timer_id int, ticket_id int, what text, due_at time?, at time, old_due_on date?, new_due_on date?, version int
INSERT INTO timer_event (timer_id, ticket_id, what, due_at, at, old_due_on, new_due_on, version) VALUES (?, ?, ?, ?, ?, ?, ?, NULLIF(?, 0));

-- The starts of the clocks a step has just added, all at once.
-- query: timer_events_started :exec
-- for: public desk slad migrate
-- in:  at time, version int, ticket_id int, first_id int
INSERT INTO timer_event (timer_id, ticket_id, what, at, new_due_on, version)
SELECT id, ticket_id, 'start', ?, due_on, NULLIF(?, 0) FROM timer WHERE ticket_id = ? AND id >= ?;

-- query: timer_take :one
-- for: slad
-- in:  now time
-- out: id int, ticket_id int
SELECT id, ticket_id FROM timer WHERE next_at <= ? ORDER BY next_at, id LIMIT 1 FOR UPDATE SKIP LOCKED;

-- query: timer_get :one
-- for: desk slad migrate
-- in:  id int
-- out: id int, kind text, round int, state text, policy_id int, start_on date, amount int, amount_unit text, due_on date, provisional bool, next_at time?, next_what text?, breached_at time?, unit_id int
SELECT id, kind, round, state, COALESCE(policy_id, 0), start_on, amount, amount_unit, due_on, provisional, next_at, next_what, breached_at,
       COALESCE(unit_id, 0)
  FROM timer WHERE id = ?;

-- query: timer_events_of :many
-- for: desk migrate
-- in:  ticket_id int
-- out: kind text, what text, due_at time?, at time, old_due_on date?, new_due_on date?, version int
SELECT t.kind, e.what, e.due_at, e.at, e.old_due_on, e.new_due_on, COALESCE(e.version, 0)
  FROM timer_event e JOIN timer t ON t.id = e.timer_id WHERE e.ticket_id = ? ORDER BY e.id;

-- query: timer_running_page :many
-- for: migrate
-- in:  after_id int, limit_n int
-- out: id int, ticket_id int
SELECT id, ticket_id FROM timer WHERE state <> 'stopped' AND id > ? ORDER BY id LIMIT ?;

-- query: rate_over :many
-- for: slad
-- in:  today date, limit_n int
-- out: ticket_id int
SELECT m.ticket_id FROM timer m JOIN ticket t ON t.id = m.ticket_id
 WHERE m.kind = 'rate' AND m.state = 'running' AND m.due_on < ? AND t.state = 'replied'
   AND NOT EXISTS (SELECT 1 FROM timer p WHERE p.ticket_id = m.ticket_id AND p.kind = 'promise' AND p.state <> 'stopped')
 LIMIT ?;
