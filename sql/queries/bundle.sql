-- Notices that reach each person in one mail.

-- query: gather_due :many
-- for: notifyd
-- in:  now time, limit_n int
-- out: id int, audience text, role text?, unit_id int
SELECT id, audience, role, COALESCE(unit_id, 0) FROM outbox
 WHERE gather = TRUE AND next_at <= ? ORDER BY next_at, id LIMIT ? FOR UPDATE SKIP LOCKED;

-- Whom these notices are for, today: the handler of the letter; who has the role, or lends it from somebody away, in the unit or
-- in the whole city. A notice for a unit without a role is for all who work on its letters. Never who must keep away.
-- query: gather_readers :many
-- for: notifyd
-- in:  ids_handler text, ids_role text, ids_lent text, today date
-- out: outbox_id int, officer_id int
SELECT x.outbox_id, x.officer_id FROM (
  SELECT o.id AS outbox_id, f.id AS officer_id, o.ticket_id, f.unit_id
    FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j STRAIGHT_JOIN outbox o ON o.id = j.id
    STRAIGHT_JOIN ticket t ON t.id = o.ticket_id STRAIGHT_JOIN officer f ON f.id = t.handler_id
   WHERE o.audience = 'handler' AND f.active AND f.mail IS NOT NULL
  UNION
  SELECT o.id, f.id, o.ticket_id, f.unit_id
    FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j STRAIGHT_JOIN outbox o ON o.id = j.id
    JOIN officer_role r ON r.role = o.role OR (o.role IS NULL AND r.role IN ('liaison','handler','co_handler','dept_reviewer'))
    JOIN officer f ON f.id = r.officer_id AND f.unit_id = COALESCE(o.unit_id, f.unit_id)
   WHERE o.audience IN ('unit', 'office') AND (o.role IS NOT NULL OR o.unit_id IS NOT NULL) AND f.active AND f.mail IS NOT NULL
  UNION
  SELECT o.id, f.id, o.ticket_id, f.unit_id
    FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j STRAIGHT_JOIN outbox o ON o.id = j.id
    JOIN lent_role l ON l.role = o.role JOIN officer f ON f.id = l.stand_in_id AND f.unit_id = COALESCE(o.unit_id, f.unit_id)
   WHERE o.audience IN ('unit', 'office') AND ? BETWEEN l.from_on AND l.to_on AND f.active AND f.mail IS NOT NULL) x
 WHERE NOT EXISTS (SELECT 1 FROM recusal c WHERE c.ticket_id = x.ticket_id AND c.lifted_at IS NULL
                   AND (c.unit_id = x.unit_id OR c.officer_id = x.officer_id))
 ORDER BY x.outbox_id, x.officer_id;

-- An open bundle for each; officers: [1,2]. One that was opened before the clock was put back goes out as soon as a new one.
-- query: bundle_open :exec
-- for: notifyd
-- in:  next_at time, now time, officers text
INSERT INTO bundle (officer_id, next_at, created_at)
SELECT j.id, ?, ? FROM JSON_TABLE(?, '$[*]' COLUMNS (id INT UNSIGNED PATH '$')) j ORDER BY j.id
    ON DUPLICATE KEY UPDATE next_at = LEAST(bundle.next_at, VALUE(next_at));

-- pairs: [{"o":1,"f":2}]: notice, officer.
-- query: bundle_fill :exec
-- for: notifyd
-- in:  pairs text
INSERT IGNORE INTO bundle_item (bundle_id, outbox_id)
SELECT b.id, j.o FROM JSON_TABLE(?, '$[*]' COLUMNS (o BIGINT UNSIGNED PATH '$.o', f INT UNSIGNED PATH '$.f')) j
  JOIN bundle b ON b.officer_id = j.f AND b.open = TRUE;

-- query: gather_done :exec
-- for: notifyd
-- in:  ids text, state text, why text?, now time
UPDATE JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j STRAIGHT_JOIN outbox o ON o.id = j.id
   SET o.state = ?, o.last_error = ?, o.next_at = NULL, o.done_at = ?;

-- Nobody there: another role, or the office, reads it.
-- query: gather_redirect :exec
-- for: notifyd
-- in:  audience text, role text, unit_id int, id int
UPDATE outbox SET audience = ?, role = ?, unit_id = NULLIF(?, 0) WHERE id = ?;

-- query: bundle_take :one
-- for: notifyd
-- in:  now time
-- out: id int, officer_id int, tries int, created_at time
SELECT id, officer_id, tries, created_at FROM bundle WHERE next_at <= ? ORDER BY next_at, id LIMIT 1 FOR UPDATE SKIP LOCKED;

-- query: bundle_lease :exec
-- for: notifyd
-- in:  lease blob, next_at time, id int
UPDATE bundle SET state = 'sending', open = NULL, lease = ?, next_at = ?, tries = tries + 1 WHERE id = ?;

-- query: bundle_done :exec
-- for: notifyd
-- in:  state text, next_at time?, last_error text?, done_at time?, id int, lease blob
UPDATE bundle SET state = ?, next_at = ?, last_error = ?, done_at = ?, lease = NULL WHERE id = ? AND lease = ?;

-- query: bundle_back :exec
-- for: notifyd
-- in:  next_at time, last_error text, id int, lease blob
UPDATE bundle SET state = 'queued', next_at = ?, last_error = ?, lease = NULL, tries = tries - 1 WHERE id = ? AND lease = ?;

-- query: bundle_reader :one
-- for: notifyd
-- in:  officer_id int
-- out: mail text, unit_name text
SELECT COALESCE(f.mail, ''), u.name FROM officer f JOIN unit u ON u.id = f.unit_id WHERE f.id = ? AND f.active;

-- What is still so: a clock that was stopped while the notice waited for the office to open is no news. The newest first.
-- query: bundle_lines :many
-- for: notifyd
-- in:  bundle_id int, limit_n int
-- out: ticket_id int, no text, audience text, event text, kind text, due_on date?
SELECT t.id, t.no, o.audience, o.event, COALESCE(o.kind, ''), o.due_on
  FROM bundle_item i JOIN outbox o ON o.id = i.outbox_id JOIN ticket t ON t.id = o.ticket_id
 WHERE i.bundle_id = ? AND (o.kind IS NULL OR EXISTS (SELECT 1 FROM timer m WHERE m.ticket_id = o.ticket_id AND m.kind = o.kind
                                                        AND m.state <> 'stopped'))
 ORDER BY o.id DESC LIMIT ?;
