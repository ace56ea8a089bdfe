-- Changes of the calendar and of terms: drafts, what they move, and the moving in batches (tickets/clock_change.h).

-- query: change_add :insert
-- for: desk migrate
-- in:  kind text, title text, reason text, body text, open_too bool, span_from date, span_to date, basis text, made_by int, now time
INSERT INTO clock_change (kind, state, title, reason, body, open_too, span_from, span_to, basis, last_ticket, made_by, made_at)
SELECT ?, 'looking', ?, ?, ?, ?, ?, ?, ?, COALESCE(MAX(id), 0), NULLIF(?, 0), ? FROM ticket;

-- query: change_get :one
-- for: desk slad migrate
-- in:  id int
-- out: id int, kind text, state text, title text, reason text, body text, open_too bool, span_from date, span_to date, basis text, pass int, at_ticket int, last_ticket int, looked_at int, to_move int, to_confirm int, moved int, policy_id int, made_by int, made_at time, applied_by int, applied_at time?, done_at time?
SELECT id, kind, state, title, reason, body, open_too, span_from, span_to, basis, pass, at_ticket, last_ticket, looked_at, to_move,
       to_confirm, moved, COALESCE(policy_id, 0), COALESCE(made_by, 0), made_at, COALESCE(applied_by, 0), applied_at, done_at
  FROM clock_change WHERE id = ?;

-- The same, held while a batch of it is done. Whoever comes second goes without.
-- query: change_take :one
-- for: desk slad migrate
-- in:  id int, state text
-- out: id int, kind text, state text, title text, reason text, body text, open_too bool, span_from date, span_to date, basis text, pass int, at_ticket int, last_ticket int, looked_at int, to_move int, to_confirm int, moved int, policy_id int, made_by int, made_at time, applied_by int, applied_at time?, done_at time?
SELECT id, kind, state, title, reason, body, open_too, span_from, span_to, basis, pass, at_ticket, last_ticket, looked_at, to_move,
       to_confirm, moved, COALESCE(policy_id, 0), COALESCE(made_by, 0), made_at, COALESCE(applied_by, 0), applied_at, done_at
  FROM clock_change WHERE id = ? AND state = ? FOR UPDATE SKIP LOCKED;

-- What the background has to go on with.
-- query: change_at_work :many
-- for: desk slad migrate
-- out: id int, state text
SELECT id, state FROM clock_change WHERE state IN ('looking','applying') ORDER BY state DESC, id;

-- All that wait to be applied or are being applied, held: of two who press at once the second one sees what the first did.
-- query: change_hold :many
-- for: desk migrate
-- out: id int, state text
SELECT id, state FROM clock_change WHERE state IN ('ready','applying') ORDER BY id FOR UPDATE;

-- query: change_looked :exec
-- for: desk slad migrate
-- in:  state text, at_ticket int, looked_at int, to_move int, to_confirm int, id int
UPDATE clock_change SET state = ?, at_ticket = ?, looked_at = looked_at + ?, to_move = to_move + ?, to_confirm = to_confirm + ?
 WHERE id = ?;

-- query: change_begin :exec
-- for: desk migrate
-- in:  applied_by int, now time, policy_id int, version_id int, id int
UPDATE clock_change SET state = 'applying', pass = 1, at_ticket = 0, applied_by = NULLIF(?, 0), applied_at = ?, policy_id = NULLIF(?, 0),
       version_id = NULLIF(?, 0), last_ticket = (SELECT COALESCE(MAX(id), 0) FROM ticket) WHERE id = ? AND state = 'ready';

-- The next time through the letters, with those that came meanwhile: their clocks may have been started by the old calendar.
-- query: change_pass :exec
-- for: slad migrate
-- in:  pass int, moved int, id int
UPDATE clock_change SET pass = ?, at_ticket = 0, moved = moved + ?, last_ticket = (SELECT COALESCE(MAX(id), 0) FROM ticket) WHERE id = ?;

-- query: change_progress :exec
-- for: slad migrate
-- in:  pass int, at_ticket int, moved int, id int
UPDATE clock_change SET pass = ?, at_ticket = ?, moved = moved + ? WHERE id = ?;

-- query: change_done :exec
-- for: slad desk migrate
-- in:  state text, now time?, id int
UPDATE clock_change SET state = ?, done_at = ? WHERE id = ?;

-- The open clocks of some letters. unit_of: the unit that has the letter; own_unit: whose clock it is.
-- query: move_clocks :many
-- for: desk slad migrate
-- in:  after_ticket int, to_ticket int, span_from date, span_to date
-- out: id int, ticket_id int, kind text, round int, state text, policy_id int, start_on date, amount int, amount_unit text, due_on date, provisional bool, next_at time?, next_what text?, breached_at time?, own_unit int, unit_of int, type text, ladder_id int, pauses int
SELECT m.id, m.ticket_id, m.kind, m.round, m.state, COALESCE(m.policy_id, 0), m.start_on, m.amount, m.amount_unit, m.due_on, m.provisional,
       m.next_at, m.next_what, m.breached_at, COALESCE(m.unit_id, 0), COALESCE(t.unit_id, 0), t.type,
       COALESCE(m.ladder_id, 0),
       (SELECT COUNT(*) FROM timer_pause p WHERE p.timer_id = m.id)
  FROM timer m FORCE INDEX (timer_ticket) JOIN ticket t ON t.id = m.ticket_id
 WHERE m.ticket_id > ? AND m.ticket_id <= ? AND m.state <> 'stopped' AND m.due_on >= ? AND m.start_on <= ?
 ORDER BY m.ticket_id, m.id;

-- The same, of letters by their ids, [1,2].
-- query: move_clocks_of :many
-- for: slad migrate
-- in:  ids text, span_from date, span_to date
-- out: id int, ticket_id int, kind text, round int, state text, policy_id int, start_on date, amount int, amount_unit text, due_on date, provisional bool, next_at time?, next_what text?, breached_at time?, own_unit int, unit_of int, type text, ladder_id int, pauses int
SELECT STRAIGHT_JOIN m.id, m.ticket_id, m.kind, m.round, m.state, COALESCE(m.policy_id, 0), m.start_on, m.amount, m.amount_unit, m.due_on,
       m.provisional, m.next_at, m.next_what, m.breached_at, COALESCE(m.unit_id, 0), COALESCE(t.unit_id, 0), t.type,
       COALESCE(m.ladder_id, 0),
       (SELECT COUNT(*) FROM timer_pause p WHERE p.timer_id = m.id)
  FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j JOIN timer m FORCE INDEX (timer_ticket) ON m.ticket_id = j.id
  JOIN ticket t ON t.id = m.ticket_id
 WHERE m.state <> 'stopped' AND m.due_on >= ? AND m.start_on <= ?
 ORDER BY m.ticket_id, m.id;

-- query: move_pauses :many
-- for: desk slad migrate
-- in:  ids text
-- out: timer_id int, from_on date, to_on date?
SELECT STRAIGHT_JOIN p.timer_id, p.from_on, p.to_on
  FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j JOIN timer_pause p ON p.timer_id = j.id ORDER BY p.timer_id, p.seq;

-- Letters that are about to be changed, in the order of their ids so that two who do this do not wait for each other.
-- query: move_lock :many
-- for: slad migrate
-- in:  ids text
-- out: id int, no text, type text, state text, pub_state text, version int, round int, unit_id int, handler_id int, publish_ok bool, received_at time, received_on date, accepted_at time?, due_on date?, due_provisional bool, first_due_on date?, replied_at time?, reply_workdays int?, closed_at time?, result_code text?, reason_code text?, master_id int, grade int, topic_id int, simulated bool, marks int
SELECT t.id, t.no, t.type, t.state, t.pub_state, t.version, t.round, COALESCE(t.unit_id, 0), COALESCE(t.handler_id, 0), t.publish_ok,
       t.received_at, t.received_on, t.accepted_at, t.due_on, t.due_provisional, t.first_due_on, t.replied_at, t.reply_workdays,
       t.closed_at, t.result_code, t.reason_code, COALESCE(t.master_id, 0), COALESCE(t.grade, 0), COALESCE(t.topic_id, 0), t.simulated,
       t.marks
  FROM ticket t WHERE t.id IN (SELECT j.id FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j)
 ORDER BY t.id FOR UPDATE;

-- rows: [{"timer":1,"ticket":2,"unit":3,"kind":"reply","old":"2026-10-08","new":"2026-10-09"}]
-- query: move_seen :exec
-- for: desk slad migrate
-- in:  change_id int, rows_json text
INSERT INTO clock_move (change_id, timer_id, ticket_id, unit_id, kind, old_due_on, new_due_on, applied)
SELECT ?, j.timer, j.ticket, j.unit, j.kind, j.old, j.new, FALSE
  FROM JSON_TABLE(?, '$[*]' COLUMNS (timer BIGINT UNSIGNED PATH '$.timer', ticket BIGINT UNSIGNED PATH '$.ticket',
       unit INT UNSIGNED PATH '$.unit', kind VARCHAR(24) PATH '$.kind', old DATE PATH '$.old', new DATE PATH '$.new')) j;

-- query: move_applied :exec
-- for: slad migrate
-- in:  change_id int, rows_json text
INSERT INTO clock_move (change_id, timer_id, ticket_id, unit_id, kind, old_due_on, new_due_on, applied)
SELECT ?, j.timer, j.ticket, j.unit, j.kind, j.old, j.new, TRUE
  FROM JSON_TABLE(?, '$[*]' COLUMNS (timer BIGINT UNSIGNED PATH '$.timer', ticket BIGINT UNSIGNED PATH '$.ticket',
       unit INT UNSIGNED PATH '$.unit', kind VARCHAR(24) PATH '$.kind', old DATE PATH '$.old', new DATE PATH '$.new')) j
    ON DUPLICATE KEY UPDATE unit_id = VALUES(unit_id), old_due_on = IF(applied, old_due_on, VALUES(old_due_on)),
       new_due_on = VALUES(new_due_on), applied = TRUE;

-- rows: [{"timer":1,"amount":10,"unit":"W","policy":3,"due":"2026-10-09","prov":0,"next":"2026-10-08 00:30:00","what":"warn"}]
-- query: move_timers :exec
-- for: slad migrate
-- in:  rows_json text
UPDATE timer m JOIN JSON_TABLE(?, '$[*]' COLUMNS (timer BIGINT UNSIGNED PATH '$.timer', amount INT PATH '$.amount',
       unit CHAR(1) PATH '$.unit', policy INT UNSIGNED PATH '$.policy', due DATE PATH '$.due', prov INT PATH '$.prov',
       nxt DATETIME PATH '$.next', what VARCHAR(8) PATH '$.what')) j ON m.id = j.timer
   SET m.amount = j.amount, m.amount_unit = j.unit, m.policy_id = NULLIF(j.policy, 0), m.due_on = j.due, m.provisional = j.prov,
       m.next_at = j.nxt, m.next_what = j.what, m.retry_at = NULL;

-- query: move_events :exec
-- for: slad migrate
-- in:  at time, change_id int, rows_json text
INSERT INTO timer_event (timer_id, ticket_id, what, at, old_due_on, new_due_on, change_id)
SELECT j.timer, j.ticket, 'recompute', ?, j.old, j.new, ?
  FROM JSON_TABLE(?, '$[*]' COLUMNS (timer BIGINT UNSIGNED PATH '$.timer', ticket BIGINT UNSIGNED PATH '$.ticket',
       old DATE PATH '$.old', new DATE PATH '$.new')) j;

-- rows: [{"ticket":2,"due":"2026-10-09","prov":0,"first":"2026-10-09"}]
-- query: move_tickets :exec
-- for: slad migrate
-- in:  rows_json text
UPDATE ticket t JOIN JSON_TABLE(?, '$[*]' COLUMNS (ticket BIGINT UNSIGNED PATH '$.ticket', due DATE PATH '$.due',
       prov INT PATH '$.prov', first DATE PATH '$.first')) j ON t.id = j.ticket
   SET t.due_on = j.due, t.due_provisional = j.prov, t.first_due_on = j.first;

-- Writers are told of a new day for their answer.
-- query: move_tell_writers :exec
-- for: slad migrate
-- in:  next_at time, now time, ids text
INSERT INTO outbox (ticket_id, event, audience, next_at, created_at)
SELECT j.id, 'clock_moved', 'writer', ?, ? FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j;

-- A unit is told once of all its letters.
-- query: move_tell_units :exec
-- for: slad migrate
-- in:  next_at time, now time, change_id int
INSERT INTO outbox (ticket_id, event, audience, unit_id, next_at, created_at)
SELECT MIN(ticket_id), 'clock_moved', 'unit', unit_id, ?, ? FROM clock_move
 WHERE change_id = ? AND applied AND unit_id > 0 AND kind NOT IN ('rate','veto') GROUP BY unit_id;

-- How many clocks and letters of each unit; old_late: due days that have passed, new_late: that will have.
-- query: move_units :many
-- for: desk
-- in:  today date, today_again date, change_id int
-- out: unit_id int, unit_name text?, clocks int, letters int, later int, late_at_once int, applied int
SELECT m.unit_id, MAX(u.name), COUNT(*), COUNT(DISTINCT m.ticket_id), CAST(SUM(m.new_due_on > m.old_due_on) AS SIGNED),
       CAST(SUM(m.new_due_on < ? AND m.old_due_on >= ?) AS SIGNED), CAST(SUM(m.applied) AS SIGNED)
  FROM clock_move m LEFT JOIN unit u ON u.id = m.unit_id WHERE m.change_id = ? GROUP BY m.unit_id ORDER BY COUNT(*) DESC, m.unit_id;

-- The moves one by one. unit_id NULL: of all.
-- query: move_list :many
-- for: desk
-- in:  change_id int, unit_id int?, after_ticket int, after_same int, after_timer int, limit_n int
-- out: timer_id int, ticket_id int, no text, unit_name text?, kind text, old_due_on date, new_due_on date, applied bool
SELECT m.timer_id, m.ticket_id, t.no, u.short_name, m.kind, m.old_due_on, m.new_due_on, m.applied
  FROM clock_move m JOIN ticket t ON t.id = m.ticket_id LEFT JOIN unit u ON u.id = m.unit_id
 WHERE m.change_id = ? AND m.unit_id = COALESCE(?, m.unit_id)
   AND (m.ticket_id > ? OR m.ticket_id = ? AND m.timer_id > ?)
 ORDER BY m.ticket_id, m.timer_id LIMIT ?;

-- The same for minshengctl.
-- query: move_page :many
-- for: migrate
-- in:  change_id int, only_applied bool, after_ticket int, after_same int, after_timer int, limit_n int
-- out: timer_id int, ticket_id int, no text, old_due_on date, new_due_on date
SELECT m.timer_id, m.ticket_id, t.no, m.old_due_on, m.new_due_on FROM clock_move m JOIN ticket t ON t.id = m.ticket_id
 WHERE m.change_id = ? AND m.applied >= ? AND (m.ticket_id > ? OR m.ticket_id = ? AND m.timer_id > ?)
 ORDER BY m.ticket_id, m.timer_id LIMIT ?;

-- query: change_list :many
-- for: desk
-- in:  kind text?, limit_n int
-- out: id int, kind text, state text, title text, reason text, looked_at int, to_move int, moved int, made_by text?, made_at time, applied_by text?, applied_at time?, done_at time?
SELECT c.id, c.kind, c.state, c.title, c.reason, c.looked_at, c.to_move, c.moved, m.name, c.made_at, p.name, c.applied_at, c.done_at
  FROM clock_change c LEFT JOIN officer m ON m.id = c.made_by LEFT JOIN officer p ON p.id = c.applied_by
 WHERE c.kind = COALESCE(?, c.kind) AND c.state <> 'dropped' ORDER BY c.id DESC LIMIT ?;

-- What moved clocks of a unit's letters lately.
-- query: change_of_unit :many
-- for: desk
-- in:  unit_id int, limit_n int
-- out: id int, title text, reason text, applied_at time?, clocks int
SELECT c.id, c.title, c.reason, c.applied_at, (SELECT COUNT(*) FROM clock_move m WHERE m.change_id = c.id AND m.unit_id = ? AND m.applied) AS n
  FROM clock_change c WHERE c.state IN ('applying','done') HAVING n > 0 ORDER BY c.id DESC LIMIT ?;

-- query: change_forget :exec
-- for: desk migrate
-- in:  change_id int
DELETE FROM clock_move WHERE change_id = ?;

-- All terms there ever were, those of one timer together.
-- query: rules_terms :many
-- for: desk
-- out: id int, timer text, business_type text?, unit_name text?, amount int, amount_unit text, max_amount int, allowance int, valid_from date, valid_to date?, grounds text, by_name text?, reason text?
SELECT p.id, p.timer, p.business_type, u.name, p.amount, p.amount_unit, p.max_amount, p.allowance, p.valid_from, p.valid_to,
       p.grounds, o.name, c.reason
  FROM sla_policy p LEFT JOIN unit u ON u.id = p.unit_id LEFT JOIN clock_change c ON c.id = p.change_id
  LEFT JOIN officer o ON o.id = c.applied_by
 ORDER BY (SELECT MIN(q.id) FROM sla_policy q WHERE q.timer = p.timer), p.business_type, p.unit_id, p.valid_from DESC, p.id DESC;

-- query: rules_term_like :one
-- for: desk
-- in:  id int
-- out: timer text, business_type text?, unit_code text?, amount int, amount_unit text, max_amount int, allowance int, grounds text
SELECT p.timer, p.business_type, u.code, p.amount, p.amount_unit, p.max_amount, p.allowance, p.grounds
  FROM sla_policy p LEFT JOIN unit u ON u.id = p.unit_id WHERE p.id = ?;

-- The notices there ever were, the one in force of each year first.
-- query: rules_notices :many
-- for: desk
-- out: year int, version_id int, provisional bool, source text, imported_at time, change_id int, days int
SELECT y.year, y.version_id, y.provisional, y.source, v.imported_at, COALESCE(v.change_id, 0),
       (SELECT COUNT(*) FROM calendar_day d WHERE d.notice_year = y.year AND d.version_id = y.version_id)
  FROM calendar_year y JOIN calendar_version v ON v.id = y.version_id ORDER BY y.year DESC, y.version_id DESC;

-- The clocks of a unit's letters that a change moved; but not of letters from which the unit or the person must keep away.
-- query: moved_of_unit :many
-- for: desk
-- in:  change_id int, unit_id int, kept_unit int, kept_officer int, after_timer int, limit_n int
-- out: timer_id int, no text, title text, kind text, old_due_on date, new_due_on date
SELECT m.timer_id, t.no, t.title, m.kind, m.old_due_on, m.new_due_on FROM clock_move m JOIN ticket t ON t.id = m.ticket_id
 WHERE m.change_id = ? AND m.unit_id = ? AND m.applied
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
   AND m.timer_id > ? ORDER BY m.timer_id LIMIT ?;

-- query: ladder_add :insert
-- for: desk
-- in:  timer text?, business_type text?, unit_id int, late_audience text, valid_from date, valid_to date?, grounds text, now time, officer_id int
INSERT INTO sla_ladder (timer, business_type, unit_id, late_audience, valid_from, valid_to, grounds, added_at, added_by)
VALUES (?, ?, NULLIF(?, 0), ?, ?, ?, ?, ?, NULLIF(?, 0));

-- query: ladder_step_add :exec
-- for: desk
-- in:  ladder_id int, anchor text, amount int, amount_unit text, audience text
INSERT INTO sla_step (ladder_id, anchor, amount, amount_unit, audience) VALUES (?, ?, ?, ?, ?);

-- Open letters by the day their answer is due, as far as their light could change.
-- query: rule_light_days :many
-- for: desk
-- in:  from_on date, to_on date, unit_id int?, type text?, limit_n int
-- out: due_on date, type text, unit_id int, n int
SELECT COALESCE(t.sort_due, t.received_on), t.type, COALESCE(t.unit_id, 0), COUNT(*) FROM ticket t FORCE INDEX (ticket_open)
 WHERE t.open = 1 AND t.sort_due BETWEEN ? AND ? AND t.state NOT IN ('suspended','submitted_up')
   AND COALESCE(t.unit_id, 0) = COALESCE(?, t.unit_id, 0) AND t.type = COALESCE(?, t.type)
 GROUP BY t.sort_due, t.type, t.unit_id LIMIT ?;

-- Clocks that run, as many as are worth counting; begun: of them since a day.
-- query: rule_clocks :one
-- for: desk
-- in:  since date, timer text?, unit_id int?, type text?, limit_n int
-- out: running int, begun int
SELECT COUNT(*), COALESCE(SUM(k.start_on >= ?), 0)
  FROM (SELECT m.start_on FROM timer m JOIN ticket t ON t.id = m.ticket_id
         WHERE m.state = 'running' AND m.kind = COALESCE(?, m.kind) AND COALESCE(t.unit_id, 0) = COALESCE(?, t.unit_id, 0)
           AND t.type = COALESCE(?, t.type) LIMIT ?) k;

-- query: light_add :exec
-- for: desk
-- in:  timer text?, business_type text?, unit_id int, warn_amount int, yellow_amount int, warned_red bool, valid_from date, valid_to date?, grounds text, now time, officer_id int
INSERT INTO sla_light (timer, business_type, unit_id, warn_amount, yellow_amount, warned_red, valid_from, valid_to, grounds, added_at, added_by)
VALUES (?, ?, NULLIF(?, 0), ?, ?, ?, ?, ?, ?, ?, NULLIF(?, 0));

-- Lights and ladders there ever were, with who added them.
-- query: rules_lights :many
-- for: desk
-- out: id int, timer text?, business_type text?, unit_name text?, warn_amount int, yellow_amount int, warned_red bool, valid_from date, valid_to date?, grounds text, by_name text?
SELECT l.id, l.timer, l.business_type, u.name, l.warn_amount, l.yellow_amount, l.warned_red, l.valid_from, l.valid_to, l.grounds, o.name
  FROM sla_light l LEFT JOIN unit u ON u.id = l.unit_id LEFT JOIN officer o ON o.id = l.added_by
 ORDER BY l.timer, l.business_type, l.unit_id, l.valid_from DESC, l.id DESC;

-- query: rules_ladders :many
-- for: desk
-- out: id int, timer text?, business_type text?, unit_name text?, unit_code text?, valid_from date, valid_to date?, grounds text, by_name text?
SELECT l.id, l.timer, l.business_type, u.name, u.code, l.valid_from, l.valid_to, l.grounds, o.name
  FROM sla_ladder l LEFT JOIN unit u ON u.id = l.unit_id LEFT JOIN officer o ON o.id = l.added_by
 ORDER BY (l.timer IS NULL) DESC, (SELECT MIN(q.id) FROM sla_ladder q WHERE q.timer = l.timer), l.business_type, l.unit_id,
          l.valid_from DESC, l.id DESC;
