-- The inspection cockpit: lights and alarms, visits of minsheng-patrold, patrol notes.

-- The steps in force on a day, of each kind from the first to the last.
-- query: alarm_rules :many
-- for: desk slad migrate
-- in:  day date
-- out: id int, kind text, level text, amount int, unit text, roles text, wakes bool
SELECT r.id, r.kind, r.level, r.amount, r.unit, r.roles, r.wakes
  FROM (SELECT s.id, ROW_NUMBER() OVER (PARTITION BY s.kind ORDER BY s.valid_from DESC, s.id DESC) AS place FROM alarm_set s
         WHERE s.valid_from <= ?) f
  JOIN alarm_set_rule x ON x.set_id = f.id JOIN alarm_rule r ON r.id = x.rule_id
 WHERE f.place = 1 ORDER BY r.kind, r.level, r.amount, r.id;

-- Sets there ever were of each kind, the latest first, step by step.
-- query: alarm_sets :many
-- for: desk
-- out: set_id int, kind text, valid_from date, grounds text, by_name text?, added_at time?, level text, amount int, unit text, roles text, wakes bool
SELECT s.id, s.kind, s.valid_from, s.grounds, o.name, s.added_at, r.level, r.amount, r.unit, r.roles, r.wakes
  FROM alarm_set s JOIN alarm_set_rule x ON x.set_id = s.id JOIN alarm_rule r ON r.id = x.rule_id LEFT JOIN officer o ON o.id = s.added_by
 ORDER BY s.kind, s.valid_from DESC, s.id DESC, r.level, r.amount, r.id LIMIT 2000;

-- query: alarm_set_add :insert
-- for: desk
-- in:  kind text, valid_from date, grounds text, officer_id int, now time
INSERT INTO alarm_set (kind, valid_from, grounds, added_by, added_at) VALUES (?, ?, ?, ?, ?);

-- query: alarm_rule_add :exec
-- for: desk
-- in:  kind text, level text, amount int, unit text, roles text, wakes bool
INSERT IGNORE INTO alarm_rule (kind, level, amount, unit, roles, wakes) VALUES (?, ?, ?, ?, ?, ?);

-- query: alarm_set_rule_add :exec
-- for: desk
-- in:  set_id int, kind text, level text, amount int, unit text, roles text, wakes bool
INSERT INTO alarm_set_rule (set_id, rule_id)
SELECT ?, r.id FROM alarm_rule r WHERE r.kind = ? AND r.level = ? AND r.amount = ? AND r.unit = ? AND r.roles = ? AND r.wakes = ?;

-- Nothing happens when this step of this turn has been fired before.
-- query: alarm_add :insert
-- for: slad
-- in:  rule_id int, subject text, episode text, words text, due_at time, now time
INSERT IGNORE INTO alarm (rule_id, subject, episode, words, due_at, at) VALUES (?, ?, ?, ?, ?, ?);

-- query: alarm_open :many
-- for: slad
-- out: id int, rule_id int, subject text, episode text
SELECT id, rule_id, subject, episode FROM alarm WHERE cleared_at IS NULL ORDER BY id LIMIT 500;

-- query: alarm_clear :exec
-- for: slad
-- in:  now time, id int
UPDATE alarm SET cleared_at = ? WHERE id = ? AND cleared_at IS NULL;

-- The same step of the same turn once more: it was over meanwhile.
-- query: alarm_reopen :exec
-- for: slad
-- in:  rule_id int, subject text, episode text
UPDATE alarm SET cleared_at = NULL WHERE rule_id = ? AND subject = ? AND episode = ? AND cleared_at IS NOT NULL;

-- query: alarm_of :one
-- for: slad
-- in:  rule_id int, subject text, episode text
-- out: id int
SELECT id FROM alarm WHERE rule_id = ? AND subject = ? AND episode = ?;

-- Only if the first notice was left out because all was well again (over), so that nobody hears of it twice.
-- query: alarm_tell_after_all :exec
-- for: slad
-- in:  role text, next_at time, now time, alarm_id int, alarm_again int, role_again text
INSERT INTO outbox (alarm_id, event, audience, role, next_at, created_at)
SELECT m.id, 'alarm', 'office', ?, ?, ? FROM alarm m
 WHERE m.id = ? AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.alarm_id = ? AND o.role = ?
                                 AND (o.state <> 'skipped' OR COALESCE(o.last_error, '') <> 'over'));

-- query: alarm_tell :exec
-- for: slad
-- in:  alarm_id int, role text, next_at time, now time
INSERT INTO outbox (alarm_id, event, audience, role, next_at, created_at) VALUES (?, 'alarm', 'office', ?, ?, ?);

-- What a notice about an alarm says.
-- query: alarm_words :one
-- for: notifyd
-- in:  id int
-- out: kind text, level text, words text, due_at time, over bool
SELECT r.kind, r.level, m.words, m.due_at, m.cleared_at IS NOT NULL FROM alarm m JOIN alarm_rule r ON r.id = m.rule_id WHERE m.id = ?;

-- query: alarm_recent :many
-- for: desk
-- in:  since time, limit_n int
-- out: id int, kind text, level text, subject text, words text, due_at time, at time, cleared_at time?
SELECT m.id, r.kind, r.level, m.subject, m.words, m.due_at, m.at, m.cleared_at
  FROM alarm m JOIN alarm_rule r ON r.id = m.rule_id WHERE m.cleared_at IS NULL OR m.at >= ? ORDER BY m.id DESC LIMIT ?;

-- query: inspect_published :one
-- for: desk slad
-- out: at time?
SELECT MAX(published_at) FROM pub_letter;

-- Where nothing has ever been published, time runs from the first letter.
-- query: inspect_first_letter :one
-- for: desk slad
-- out: received_on date?
SELECT MIN(received_on) FROM ticket WHERE received_on > DATE '1990-01-01';

-- What has waited longest, of each kind of letter an inspector asks for: nobody answered it; a site error without an answer; an
-- answer that is neither published nor withheld.
-- query: inspect_oldest :many
-- for: desk
-- in:  unit1 int, me1 int, unit2 int, me2 int, unit3 int, me3 int
-- out: kind text, no text, since date
(SELECT 'veto', t.no, m.start_on FROM timer m JOIN ticket t ON t.id = m.ticket_id
  WHERE m.kind = 'veto' AND m.state = 'running'
    AND m.ticket_id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
    AND NOT EXISTS (SELECT 1 FROM simulation s WHERE s.no = t.no)
  ORDER BY m.due_on, m.id LIMIT 1)
UNION ALL
(SELECT 'site_error', t.no, t.received_on FROM ticket t
  WHERE t.open AND t.type = 'site_error' AND t.replied_at IS NULL
    AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
  ORDER BY t.sort_due, t.id LIMIT 1)
UNION ALL
(SELECT 'clearing', t.no, m.start_on FROM timer m JOIN ticket t ON t.id = m.ticket_id
  WHERE m.kind = 'publish' AND m.state = 'running'
    AND m.ticket_id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
  ORDER BY m.due_on, m.id LIMIT 1);

-- query: inspect_letters_clock :many
-- for: desk
-- in:  kind text, after_on date, after_again date, after_id int, unit int, me int, limit_n int
-- out: id int, no text, title text, unit_name text?, state text, due_on date, since date
SELECT m.id, t.no, t.title, u.name, t.state, m.due_on, m.start_on
  FROM timer m JOIN ticket t ON t.id = m.ticket_id LEFT JOIN unit u ON u.id = t.unit_id
 WHERE m.kind = ? AND m.state = 'running' AND (m.due_on > ? OR (m.due_on = ? AND m.id > ?))
   AND m.ticket_id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
   AND NOT EXISTS (SELECT 1 FROM simulation s WHERE s.no = t.no)
 ORDER BY m.due_on, m.id LIMIT ?;

-- query: inspect_letters_errors :many
-- for: desk
-- in:  after_on date, after_again date, after_id int, unit int, me int, limit_n int
-- out: id int, no text, title text, unit_name text?, state text, due_on date, since date
SELECT t.id, t.no, t.title, u.name, t.state, COALESCE(t.sort_due, t.received_on), t.received_on
  FROM ticket t LEFT JOIN unit u ON u.id = t.unit_id
 WHERE t.open AND t.type = 'site_error' AND t.replied_at IS NULL AND (t.sort_due > ? OR (t.sort_due = ? AND t.id > ?))
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
 ORDER BY t.sort_due, t.id LIMIT ?;

-- Clocks that could not be fired and are tried again.
-- query: inspect_stuck :one
-- for: desk slad
-- out: n int, since time?
SELECT COUNT(*), MIN(s.since) FROM timer_stuck s JOIN timer m ON m.id = s.timer_id WHERE m.retry_at IS NOT NULL;

-- --- visits ---

-- query: patrol_due :one
-- for: patrold
-- in:  now time, far time
-- out: id int, code text, path text, must_hold text, foot bool, every_min int
SELECT id, code, path, must_hold, foot, every_min FROM patrol_target
 WHERE active AND (next_at <= ? OR next_at > ?) ORDER BY next_at, id LIMIT 1 FOR UPDATE SKIP LOCKED;

-- query: patrol_next :exec
-- for: patrold
-- in:  next_at time, id int
UPDATE patrol_target SET next_at = ? WHERE id = ?;

-- query: patrol_visit_add :exec
-- for: patrold
-- in:  target_id int, at time, ok bool, status int, ms int, why text, foot_missing text
INSERT INTO patrol_visit (target_id, at, ok, status, ms, why, foot_missing) VALUES (?, ?, ?, ?, ?, ?, ?);

-- query: patrol_sweep :exec
-- for: patrold
-- in:  before time
DELETE FROM patrol_visit WHERE at < ? LIMIT 1000;

-- Each address with its visits of a week and how the last one ended. failed_run: failed visits of the week since the last one that went
-- well; well_at: when that was, however long ago.
-- query: patrol_week :many
-- for: desk slad
-- in:  day_ago time, since1 time, until1 time, since2 time
-- out: id int, code text, name text, path text, must_hold text, every_min int, active bool, visits int, visits_day int, failed int, slowest int, last_at time?, last_status int?, last_ms int?, why text?, foot_missing text?, failed_run int, failing_since time?, well_at time?
SELECT g.id, g.code, g.name, g.path, g.must_hold, g.every_min, g.active, COALESCE(w.visits, 0), COALESCE(w.visits_day, 0),
       COALESCE(w.failed, 0), COALESCE(w.slowest, 0), l.at, l.status, l.ms, l.why, l.foot_missing, COALESCE(f.n, 0), f.since,
       (SELECT o.at FROM patrol_visit o WHERE o.target_id = g.id AND o.ok ORDER BY o.at DESC LIMIT 1)
  FROM patrol_target g
  LEFT JOIN (SELECT v.target_id, COUNT(*) AS visits, COUNT(IF(v.at > ?, 1, NULL)) AS visits_day, COUNT(IF(v.ok, NULL, 1)) AS failed, MAX(v.ms) AS slowest,
                    MAX(v.id) AS last_id
               FROM patrol_visit v WHERE v.at > ? AND v.at <= ? GROUP BY v.target_id) w ON w.target_id = g.id
  LEFT JOIN patrol_visit l ON l.id = w.last_id
  LEFT JOIN (SELECT v.target_id, COUNT(*) AS n, MIN(v.at) AS since FROM patrol_visit v
              WHERE v.at > ? AND NOT v.ok
                AND v.id > COALESCE((SELECT MAX(o.id) FROM patrol_visit o WHERE o.target_id = v.target_id AND o.ok), 0)
              GROUP BY v.target_id) f ON f.target_id = g.id
 ORDER BY g.active DESC, g.id;

-- query: patrol_failed :many
-- for: desk
-- in:  since time, limit_n int
-- out: at time, name text, path text, status int, ms int, why text
SELECT v.at, g.name, g.path, v.status, v.ms, v.why FROM patrol_visit v JOIN patrol_target g ON g.id = v.target_id
 WHERE v.at > ? AND NOT v.ok ORDER BY v.id DESC LIMIT ?;

-- query: patrol_target_add :exec
-- for: desk
-- in:  code text, name text, path text, must_hold text, foot bool, every_min int
INSERT INTO patrol_target (code, name, path, must_hold, foot, every_min) VALUES (?, ?, ?, ?, ?, ?);

-- query: patrol_target_active :exec
-- for: desk
-- in:  active bool, id int
UPDATE patrol_target SET active = ? WHERE id = ?;

-- query: patrol_notes :many
-- for: desk
-- in:  before_id int, limit_n int
-- out: id int, at time, who text, result text, words text, done text
SELECT n.id, n.at, o.name, n.result, n.words, n.done FROM patrol_note n JOIN officer o ON o.id = n.officer_id
 WHERE n.id < ? ORDER BY n.id DESC LIMIT ?;

-- query: patrol_note_add :exec
-- for: desk migrate
-- in:  now time, officer_id int, result text, words text, done text
INSERT INTO patrol_note (at, officer_id, result, words, done) VALUES (?, ?, ?, ?, ?);
