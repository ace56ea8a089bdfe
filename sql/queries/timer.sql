-- The clocks.

-- query: timer_add :insert
-- for: public desk slad migrate
-- in:  ticket_id int, kind text, round int, policy_id int, start_on date, amount int, amount_unit text, due_on date, provisional bool, next_at time?, next_what text?, breached_at time?, unit_id int, ladder_id int
INSERT INTO timer (ticket_id, kind, round, state, policy_id, start_on, amount, amount_unit, due_on, provisional, next_at, next_what,
                   breached_at, unit_id, ladder_id)
VALUES (?, ?, ?, 'running', NULLIF(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, NULLIF(?, 0), NULLIF(?, 0));

-- query: timer_open_of :many
-- for: public desk slad migrate
-- in:  ticket_id int
-- out: id int, kind text, round int, state text, policy_id int, start_on date, amount int, amount_unit text, due_on date, provisional bool, next_at time?, next_what text?, breached_at time?, unit_id int, ladder_id int
SELECT id, kind, round, state, COALESCE(policy_id, 0), start_on, amount, amount_unit, due_on, provisional, next_at, next_what, breached_at,
       COALESCE(unit_id, 0), COALESCE(ladder_id, 0)
  FROM timer WHERE ticket_id = ? AND state <> 'stopped' ORDER BY id;

-- The clock of a kind that was stopped last.
-- query: timer_stopped_last :one
-- for: public desk migrate
-- in:  ticket_id int, kind text
-- out: id int, kind text, round int, state text, policy_id int, start_on date, amount int, amount_unit text, due_on date, provisional bool, next_at time?, next_what text?, breached_at time?, unit_id int, ladder_id int
SELECT id, kind, round, state, COALESCE(policy_id, 0), start_on, amount, amount_unit, due_on, provisional, next_at, next_what, breached_at,
       COALESCE(unit_id, 0), COALESCE(ladder_id, 0)
  FROM timer WHERE ticket_id = ? AND kind = ? AND state = 'stopped' ORDER BY id DESC LIMIT 1;

-- query: timer_pauses_copy :exec
-- for: public desk migrate
-- in:  to_id int, from_id int
INSERT INTO timer_pause (timer_id, from_on, to_on, seq) SELECT ?, from_on, to_on, seq FROM timer_pause WHERE timer_id = ?;

-- query: timer_set :exec
-- for: public desk slad migrate
-- in:  state text, policy_id int, ladder_id int, amount int, amount_unit text, due_on date, provisional bool, next_at time?, next_what text?, breached_at time?, stopped_at time?, id int
UPDATE timer SET retry_at = NULL, state = ?, policy_id = NULLIF(?, 0), ladder_id = NULLIF(?, 0), amount = ?, amount_unit = ?, due_on = ?, provisional = ?, next_at = ?, next_what = ?, breached_at = ?, stopped_at = ?
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

-- What is due, with its letters, which are locked too: whoever changes a letter locks it first. Nobody is waited for; what
-- somebody else holds is taken another time.
-- query: timer_take :many
-- for: slad migrate
-- in:  now time, limit_n int
-- out: id int, ticket_id int, kind text, start_on date, due_on date, breached_at time?, next_at time?, own_unit int, ladder_id int, aside bool, type text, state text, unit_id int, handler_id int, review_level int
SELECT m.id, m.ticket_id, m.kind, m.start_on, m.due_on, m.breached_at, m.next_at, COALESCE(m.unit_id, 0), COALESCE(m.ladder_id, 0),
       m.retry_at IS NOT NULL, t.type, t.state, COALESCE(t.unit_id, 0), COALESCE(t.handler_id, 0), t.review_level
  FROM timer m FORCE INDEX (timer_take) STRAIGHT_JOIN ticket t ON t.id = m.ticket_id
 WHERE m.take_at <= ? ORDER BY m.take_at, m.id LIMIT ? FOR UPDATE SKIP LOCKED;

-- query: timer_take_id :many
-- for: slad migrate
-- in:  now time, id int
-- out: id int, ticket_id int, kind text, start_on date, due_on date, breached_at time?, next_at time?, own_unit int, ladder_id int, aside bool, type text, state text, unit_id int, handler_id int, review_level int
SELECT m.id, m.ticket_id, m.kind, m.start_on, m.due_on, m.breached_at, m.next_at, COALESCE(m.unit_id, 0), COALESCE(m.ladder_id, 0),
       m.retry_at IS NOT NULL, t.type, t.state, COALESCE(t.unit_id, 0), COALESCE(t.handler_id, 0), t.review_level
  FROM timer m STRAIGHT_JOIN ticket t ON t.id = m.ticket_id
 WHERE m.take_at <= ? AND m.id = ? FOR UPDATE SKIP LOCKED;

-- What a batch would be, without locking anything.
-- query: timer_due :many
-- for: slad migrate
-- in:  now time, limit_n int
-- out: id int
SELECT id FROM timer FORCE INDEX (timer_take) WHERE take_at <= ? ORDER BY take_at, id LIMIT ?;

-- Which of their steps are in the ledger. ids: [1,2]
-- query: timer_ledger :many
-- for: slad migrate
-- in:  ids text
-- out: timer_id int, step_id int, step_on date?
SELECT STRAIGHT_JOIN e.timer_id, COALESCE(e.step_id, 0), e.step_on
  FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j
  JOIN timer_event e FORCE INDEX (timer_event_once) ON e.timer_id = j.id WHERE e.step_id IS NOT NULL;

-- rows: [{"t":1,"n":1790000000,"w":"breach","b":1790000000}], n, w, b may be missing; moments in seconds.
-- query: timers_fired :exec
-- for: slad migrate
-- in:  rows text
UPDATE JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$.t', n BIGINT PATH '$.n', w VARCHAR(8) PATH '$.w', b BIGINT PATH '$.b')) j
  STRAIGHT_JOIN timer m ON m.id = j.id
   SET m.retry_at = NULL, m.next_at = TIMESTAMP'1970-01-01 00:00:00' + INTERVAL j.n SECOND, m.next_what = j.w,
       m.breached_at = COALESCE(m.breached_at, TIMESTAMP'1970-01-01 00:00:00' + INTERVAL j.b SECOND);

-- rows: [{"t":1,"l":2,"w":"breach","d":1790000000,"s":0,"o":20738,"u":20738}]: clock, letter, what, true moment, step, its day, the day
-- the clock was due. In order of moments.
-- query: timer_events_fired :exec
-- for: slad migrate
-- in:  at time, rows text
INSERT INTO timer_event (timer_id, ticket_id, what, due_at, at, old_due_on, step_id, step_on)
SELECT j.t, j.l, j.w, TIMESTAMP'1970-01-01 00:00:00' + INTERVAL j.d SECOND, ?, DATE'1970-01-01' + INTERVAL j.u DAY, j.s,
       DATE'1970-01-01' + INTERVAL j.o DAY
  FROM JSON_TABLE(?, '$[*]' COLUMNS (i FOR ORDINALITY, t BIGINT UNSIGNED PATH '$.t', l BIGINT UNSIGNED PATH '$.l', w VARCHAR(10) PATH '$.w',
       d BIGINT PATH '$.d', s INT UNSIGNED PATH '$.s', o INT PATH '$.o', u INT PATH '$.u')) j ORDER BY j.d, j.i;

-- The end of a term that is recorded by a change of the letter: once, as if slad had done it.
-- query: timer_breach_add :exec
-- for: public desk slad migrate
-- in:  timer_id int, ticket_id int, what text, due_at time, at time, due_on date, step_on date
INSERT INTO timer_event (timer_id, ticket_id, what, due_at, at, old_due_on, step_id, step_on) VALUES (?, ?, ?, ?, ?, ?, 0, ?);

-- query: timer_stuck_add :exec
-- for: slad migrate
-- in:  id int, now time, error text
INSERT INTO timer_stuck (timer_id, tries, since, error) VALUES (?, 1, ?, ?) ON DUPLICATE KEY UPDATE tries = tries + 1, error = VALUE(error);

-- After a minute, two, four … an hour.
-- query: timer_set_aside :exec
-- for: slad migrate
-- in:  now time, id int
UPDATE timer m JOIN timer_stuck s ON s.timer_id = m.id SET m.retry_at = ? + INTERVAL LEAST(3600, 30 << LEAST(s.tries, 8)) SECOND WHERE m.id = ?;

-- Those that could be fired, or were changed, since.
-- query: timer_unstuck :exec
-- for: slad migrate
DELETE s FROM timer_stuck s JOIN timer m ON m.id = s.timer_id WHERE m.retry_at IS NULL;

-- query: timer_stuck_list :many
-- for: migrate
-- in:  limit_n int
-- out: timer_id int, no text, kind text, due_on date, tries int, since time, error text
SELECT s.timer_id, t.no, m.kind, m.due_on, s.tries, s.since, s.error
  FROM timer_stuck s JOIN timer m ON m.id = s.timer_id JOIN ticket t ON t.id = m.ticket_id
 WHERE m.retry_at IS NOT NULL ORDER BY s.since, s.timer_id LIMIT ?;

-- As much of it as somebody may see.
-- query: timer_stuck_shown :many
-- for: desk
-- in:  unit int, me int, limit_n int
-- out: no text, kind text, due_on date, tries int, since time, retry_at time?, error text, unit_name text?
SELECT t.no, m.kind, m.due_on, s.tries, s.since, m.retry_at, s.error, u.short_name
  FROM timer_stuck s JOIN timer m ON m.id = s.timer_id JOIN ticket t ON t.id = m.ticket_id LEFT JOIN unit u ON u.id = t.unit_id
 WHERE m.retry_at IS NOT NULL
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
 ORDER BY s.since, s.timer_id LIMIT ?;

-- query: timer_events_of :many
-- for: desk migrate
-- in:  ticket_id int
-- out: kind text, what text, due_at time?, at time, old_due_on date?, new_due_on date?, version int, ladder_id int, step_id int
SELECT t.kind, e.what, e.due_at, e.at, e.old_due_on, e.new_due_on, COALESCE(e.version, 0), COALESCE(t.ladder_id, 0), COALESCE(e.step_id, 0)
  FROM timer_event e JOIN timer t ON t.id = e.timer_id WHERE e.ticket_id = ? ORDER BY e.id;

-- query: rate_over :many
-- for: slad
-- in:  today date, limit_n int
-- out: ticket_id int
SELECT m.ticket_id FROM timer m JOIN ticket t ON t.id = m.ticket_id
 WHERE m.kind = 'rate' AND m.state = 'running' AND m.due_on < ? AND t.state = 'replied'
   AND NOT EXISTS (SELECT 1 FROM timer p WHERE p.ticket_id = m.ticket_id AND p.kind = 'promise' AND p.state <> 'stopped')
 LIMIT ?;
