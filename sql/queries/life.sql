-- Turns in the life of a letter: who must keep away from it, who helps, what is undone.

-- query: recusal_add :exec
-- for: public desk migrate
-- in:  ticket_id int, unit_id int, officer_id int, by_officer int, now time, reason text
INSERT INTO recusal (ticket_id, unit_id, officer_id, by_officer, at, reason)
VALUES (?, NULLIF(?, 0), NULLIF(?, 0), NULLIF(?, 0), ?, ?);

-- query: recusal_lift :exec
-- for: desk migrate
-- in:  now time, lifted_by int, id int, ticket_id int
UPDATE recusal SET lifted_at = ?, lifted_by = ? WHERE id = ? AND ticket_id = ? AND lifted_at IS NULL;

-- Those that stand.
-- query: recusal_of :many
-- for: desk migrate
-- in:  ticket_id int
-- out: id int, unit_id int, officer_id int, unit_name text, officer_name text?, by_name text?, at time, reason text
SELECT r.id, COALESCE(r.unit_id, 0), COALESCE(r.officer_id, 0), u.name, o.name, b.name, r.at, r.reason
  FROM recusal r LEFT JOIN officer o ON o.id = r.officer_id JOIN unit u ON u.id = COALESCE(r.unit_id, o.unit_id)
  LEFT JOIN officer b ON b.id = r.by_officer
 WHERE r.ticket_id = ? AND r.lifted_at IS NULL ORDER BY r.id;

-- query: recusal_count :one
-- for: desk migrate vaultd
-- in:  ticket_id int, unit_id int, officer_id int
-- out: n int
SELECT COUNT(*) FROM recusal WHERE ticket_id = ? AND lifted_at IS NULL AND (unit_id = ? OR officer_id = ?);

-- Of letters merged under this one: their writers get its answer.
-- query: recusal_under :one
-- for: desk migrate
-- in:  master_id int, unit_id int
-- out: n int
SELECT COUNT(*) FROM recusal x JOIN ticket t ON t.id = x.ticket_id
 WHERE t.master_id = ? AND t.state = 'merged' AND x.lifted_at IS NULL AND x.unit_id = ?;

-- What ties an officer to a letter: the own unit helps, and what is left to do there; must keep away; has passed what is in
-- review at an earlier level; edited: part of it is the officer's own work, as schema/0090 asks of an approval.
-- query: ticket_tie :one
-- for: desk migrate
-- in:  unit_id int, officer_id int, ticket_id int
-- out: co bool, co_unsigned bool, co_unanswered bool, passed bool, passed_added bool, recused bool, edited bool
SELECT EXISTS (SELECT 1 FROM assignment a WHERE a.ticket_id = t.id AND a.unit_id = u.id AND a.role = 'co' AND a.ended_at IS NULL),
       EXISTS (SELECT 1 FROM assignment a WHERE a.ticket_id = t.id AND a.unit_id = u.id AND a.role = 'co' AND a.ended_at IS NULL
               AND a.signed_at IS NULL),
       EXISTS (SELECT 1 FROM assignment a WHERE a.ticket_id = t.id AND a.unit_id = u.id AND a.role = 'co' AND a.ended_at IS NULL
               AND a.opinion_at IS NULL),
       EXISTS (SELECT 1 FROM reply p JOIN review v ON v.reply_id = p.id AND v.decision = 'approved' AND v.reviewer_id = o.id
               AND v.id > COALESCE((SELECT MAX(x.id) FROM review x WHERE x.reply_id = p.id AND x.decision = 'returned'), 0)
              WHERE p.ticket_id = t.id AND p.state = 'in_review' AND p.kind = 'final'),
       EXISTS (SELECT 1 FROM reply p JOIN review v ON v.reply_id = p.id AND v.decision = 'approved' AND v.reviewer_id = o.id
               WHERE p.ticket_id = t.id AND p.state = 'in_review' AND p.kind IN ('supplementary','correction')),
       EXISTS (SELECT 1 FROM recusal r WHERE r.ticket_id = t.id AND r.lifted_at IS NULL AND (r.unit_id = u.id OR r.officer_id = o.id)),
       COALESCE(t.handler_id, 0) = o.id OR EXISTS (SELECT 1 FROM edition e WHERE e.ticket_id = t.id AND e.author_id = o.id)
         OR EXISTS (SELECT 1 FROM reply w WHERE w.ticket_id = t.id AND w.author_id = o.id AND w.kind IN ('final','supplementary','correction'))
  FROM ticket t JOIN unit u ON u.id = ? JOIN officer o ON o.id = ? WHERE t.id = ?;

-- query: officer_name :one
-- for: desk migrate
-- in:  id int
-- out: name text
SELECT name FROM officer WHERE id = ?;

-- query: officer_of_login :one
-- for: desk
-- in:  login text
-- out: id int, name text
SELECT id, name FROM officer WHERE login = ? AND active;

-- What is not approved yet: all of it, or what one officer wrote.
-- query: reply_void :exec
-- for: desk migrate
-- in:  ticket_id int
UPDATE reply SET state = 'void' WHERE ticket_id = ? AND state IN ('draft','in_review','returned');

-- query: reply_void_author :exec
-- for: desk migrate
-- in:  ticket_id int, author_id int
UPDATE reply SET state = 'void' WHERE ticket_id = ? AND author_id = ? AND state IN ('draft','in_review','returned');

-- query: assignment_end_unit :exec
-- for: desk migrate
-- in:  now time, ticket_id int, unit_id int
UPDATE assignment SET ended_at = ? WHERE ticket_id = ? AND unit_id = ? AND ended_at IS NULL;

-- query: co_sign :exec
-- for: desk migrate
-- in:  now time, officer_id int, ticket_id int, unit_id int
UPDATE assignment SET signed_at = ?, signed_by = ? WHERE ticket_id = ? AND unit_id = ? AND role = 'co' AND ended_at IS NULL AND signed_at IS NULL;

-- query: co_opinion :exec
-- for: desk migrate
-- in:  opinion text, officer_id int, now time, ticket_id int, unit_id int
UPDATE assignment SET opinion = ?, opinion_by = ?, opinion_at = ?
 WHERE ticket_id = ? AND unit_id = ? AND role = 'co' AND ended_at IS NULL AND opinion_at IS NULL;

-- query: co_waiting :one
-- for: desk migrate
-- in:  ticket_id int, unit_id int
-- out: n int
SELECT COUNT(*) FROM assignment a WHERE a.ticket_id = ? AND a.unit_id = ? AND a.role = 'co' AND a.ended_at IS NULL AND a.opinion_at IS NULL
   AND EXISTS (SELECT 1 FROM timer m WHERE m.ticket_id = a.ticket_id AND m.kind = 'opinion' AND m.unit_id = a.unit_id AND m.state <> 'stopped');

-- Who helps, what they said, and until when it is expected.
-- query: co_of :many
-- for: desk migrate
-- in:  ticket_id int
-- out: unit_id int, unit_name text, signed_at time?, opinion text?, officer_name text?, opinion_at time?, due_on date?, ended bool
SELECT a.unit_id, u.name, a.signed_at, a.opinion, o.name, a.opinion_at,
       (SELECT MAX(m.due_on) FROM timer m WHERE m.ticket_id = a.ticket_id AND m.kind = 'opinion' AND m.unit_id = a.unit_id AND m.state <> 'stopped'),
       a.ended_at IS NOT NULL
  FROM assignment a JOIN unit u ON u.id = a.unit_id LEFT JOIN officer o ON o.id = a.opinion_by
 WHERE a.ticket_id = ? AND a.role = 'co' AND (a.ended_at IS NULL OR a.opinion_at IS NOT NULL) ORDER BY a.id;

-- The holding or interim reply, or the addition to an answer, that waits for approval.
-- query: reply_waiting :one
-- for: desk migrate
-- in:  ticket_id int, kind text, other_kind text
-- out: id int, kind text, body text, level int, next_on date?
SELECT id, kind, body, level, next_on FROM reply WHERE ticket_id = ? AND kind IN (?, ?) AND state = 'in_review' ORDER BY id DESC LIMIT 1;

-- A merged letter follows where the one it was merged under goes.
-- query: ticket_repoint :exec
-- for: desk migrate
-- in:  master_id int, id int, version int
UPDATE ticket SET master_id = ?, version = version + 1 WHERE id = ? AND version = ? AND state = 'merged';

-- What the desk needs to offer the last step's undoing; not of a letter that the person must keep away from.
-- query: undo_of :one
-- for: desk
-- in:  no text, my_unit int, me int
-- out: version int, state text, author_id int, level int
SELECT t.version, t.state,
       COALESCE((SELECT r.author_id FROM reply r WHERE r.ticket_id = t.id AND r.kind = 'final' AND r.state = 'in_review' ORDER BY r.id DESC LIMIT 1), 0),
       COALESCE((SELECT r.level FROM reply r WHERE r.ticket_id = t.id AND r.kind = 'final' AND r.state = 'in_review' ORDER BY r.id DESC LIMIT 1), 0)
  FROM ticket t WHERE t.no = ?
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?));
