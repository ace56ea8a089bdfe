-- Telling people.

-- query: outbox_add :exec
-- for: public desk slad migrate
-- in:  ticket_id int, event text, audience text, unit_id int, gather bool, next_at time, now time
INSERT INTO outbox (ticket_id, event, audience, unit_id, gather, next_at, created_at) VALUES (?, ?, ?, NULLIF(?, 0), ?, ?, ?);

-- What clocks tell. rows: [{"l":1,"e":"overdue","a":"unit","r":"liaison","i":2,"k":"reply","u":20738}]: letter, event, audience, role,
-- unit, clock, the day it is due; r, i may be missing.
-- query: outbox_gather :exec
-- for: slad migrate
-- in:  next_at time, now time, rows text
INSERT INTO outbox (ticket_id, event, audience, unit_id, role, kind, due_on, gather, next_at, created_at)
SELECT j.l, j.e, j.a, j.i, j.r, j.k, DATE'1970-01-01' + INTERVAL j.u DAY, TRUE, ?, ?
  FROM JSON_TABLE(?, '$[*]' COLUMNS (o FOR ORDINALITY, l BIGINT UNSIGNED PATH '$.l', e VARCHAR(24) PATH '$.e', a VARCHAR(8) PATH '$.a',
       r VARCHAR(24) PATH '$.r', i INT UNSIGNED PATH '$.i', k VARCHAR(24) PATH '$.k', u INT PATH '$.u')) j ORDER BY j.o;

-- query: outbox_take :one
-- for: notifyd
-- in:  now time
-- out: id int, ticket_id int, alarm_id int, event text, audience text, role text?, unit_id int, tries int, created_at time
SELECT id, COALESCE(ticket_id, 0), COALESCE(alarm_id, 0), event, audience, role, COALESCE(unit_id, 0), tries, created_at FROM outbox
 WHERE gather = FALSE AND next_at <= ? ORDER BY next_at, id LIMIT 1 FOR UPDATE SKIP LOCKED;

-- query: outbox_lease :exec
-- for: notifyd
-- in:  lease blob, next_at time, id int
UPDATE outbox SET state = 'sending', lease = ?, next_at = ?, tries = tries + 1 WHERE id = ?;

-- query: outbox_done :exec
-- for: notifyd
-- in:  state text, next_at time?, last_error text?, done_at time?, id int, lease blob
UPDATE outbox SET state = ?, next_at = ?, last_error = ?, done_at = ?, lease = NULL WHERE id = ? AND lease = ?;

-- Back in the queue as if it had not been tried: the way out is closed, which is not the message's fault.
-- query: outbox_back :exec
-- for: notifyd
-- in:  next_at time, last_error text, id int, lease blob
UPDATE outbox SET state = 'queued', next_at = ?, last_error = ?, lease = NULL, tries = tries - 1 WHERE id = ? AND lease = ?;

-- query: outbox_letter :one
-- for: notifyd
-- in:  ticket_id int
-- out: no text, due_on date?, has_email bool, has_phone bool
SELECT t.no, t.due_on, COALESCE(c.has_email, FALSE), COALESCE(c.has_phone, FALSE)
  FROM ticket t LEFT JOIN contact c ON c.ticket_id = t.id WHERE t.id = ?;

-- The next date of a running clock of that kind, or of any kind that somebody has to act on when kind is ''.
-- query: outbox_due :one
-- for: notifyd
-- in:  ticket_id int, kind text, kind_again text
-- out: due_on date?
SELECT MIN(due_on) FROM timer
 WHERE ticket_id = ? AND state = 'running' AND kind NOT IN ('rate', 'veto') AND (? = '' OR kind = ?);

-- query: outbox_officers :many
-- for: notifyd
-- in:  unit_id int, ticket_id int
-- out: mail text, unit_name text
SELECT DISTINCT COALESCE(o.mail, ''), u.name FROM officer o JOIN officer_role r ON r.officer_id = o.id JOIN unit u ON u.id = o.unit_id
 WHERE o.active AND o.mail IS NOT NULL AND o.unit_id = ? AND r.role IN ('liaison','handler','co_handler','dept_reviewer')
   AND NOT EXISTS (SELECT 1 FROM recusal x WHERE x.ticket_id = ? AND x.lifted_at IS NULL AND (x.unit_id = o.unit_id OR x.officer_id = o.id));

-- query: outbox_handler :one
-- for: notifyd
-- in:  ticket_id int
-- out: mail text, unit_name text
SELECT COALESCE(o.mail, ''), u.name FROM ticket t JOIN officer o ON o.id = t.handler_id JOIN unit u ON u.id = o.unit_id
 WHERE t.id = ? AND o.active AND o.mail IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM recusal x WHERE x.ticket_id = t.id AND x.lifted_at IS NULL AND (x.unit_id = o.unit_id OR x.officer_id = o.id));

-- query: outbox_office :many
-- for: notifyd
-- in:  role text, role_again text, today date, ticket_id int
-- out: mail text
SELECT DISTINCT COALESCE(o.mail, '') FROM officer o
 WHERE o.active AND o.mail IS NOT NULL
   AND (EXISTS (SELECT 1 FROM officer_role r WHERE r.officer_id = o.id AND r.role = ?)
     OR EXISTS (SELECT 1 FROM lent_role l WHERE l.stand_in_id = o.id AND l.role = ? AND ? BETWEEN l.from_on AND l.to_on))
   AND NOT EXISTS (SELECT 1 FROM recusal x WHERE x.ticket_id = ? AND x.lifted_at IS NULL AND (x.unit_id = o.unit_id OR x.officer_id = o.id));

-- query: outbox_backlog :one
-- for: public desk notifyd migrate
-- in:  before time
-- out: late int
SELECT COUNT(*) FROM (SELECT 1 FROM outbox WHERE gather IN (0, 1) AND next_at < ? AND state <> 'dead' LIMIT 1000) x;

-- query: outbox_of :many
-- for: desk migrate
-- in:  ticket_id int
-- out: id int, event text, audience text, state text, tries int, created_at time, done_at time?, last_error text?
SELECT id, event, audience, state, tries, created_at, done_at, last_error FROM outbox WHERE ticket_id = ? ORDER BY id;
