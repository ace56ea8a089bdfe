-- Taking letters down at the desk: who did it, what came from the same number before, what looks alike.

-- query: registration_add :exec
-- for: desk migrate
-- in:  ticket_id int, officer_id int, now time, answer_by text
INSERT INTO registration (ticket_id, officer_id, at, answer_by) VALUES (?, ?, ?, ?);

-- query: registered_since :one
-- for: desk
-- in:  officer_id int, since time
-- out: n int
SELECT COUNT(*) FROM registration WHERE officer_id = ? AND at >= ?;

-- query: contact_key_add :exec
-- for: public desk migrate
-- in:  ticket_id int, phone_key blob
INSERT INTO contact_key (ticket_id, phone_key) VALUES (?, ?);

-- query: caller_letters :many
-- for: desk
-- in:  phone_key blob, my_unit int, me int, limit_n int
-- out: id int, no text, title text, state text, received_on date, unit_id int
SELECT t.id, t.no, t.title, t.state, t.received_on, COALESCE(t.unit_id, 0)
  FROM contact_key k JOIN ticket t ON t.id = k.ticket_id
 WHERE k.phone_key = ?
   AND k.ticket_id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
 ORDER BY k.ticket_id DESC LIMIT ?;

-- query: caller_lookup_add :exec
-- for: desk
-- in:  officer_id int, now time, found int
INSERT INTO caller_lookup (officer_id, at, found) VALUES (?, ?, ?);

-- query: caller_lookups :one
-- for: desk
-- in:  officer_id int, since time
-- out: n int
SELECT COUNT(*) FROM caller_lookup WHERE officer_id = ? AND at > ?;

-- Beside one letter: others from the same number ('caller'), and the newest of all for comparing titles ('recent'); none that
-- the officer has to keep away from.
-- query: letters_beside :many
-- for: desk
-- in:  same_as int, same_not int, my_unit int, me int, same_limit int, not_id int, unit_id int?, unit_again int?, my_unit_again int, me_again int, recent_limit int
-- out: kind text, id int, no text, title text, state text, received_on date, unit_id int
(SELECT 'caller', t.id, t.no, t.title, t.state, t.received_on, COALESCE(t.unit_id, 0)
   FROM contact_key m JOIN contact_key k ON k.phone_key = m.phone_key JOIN ticket t ON t.id = k.ticket_id
  WHERE m.ticket_id = ? AND k.ticket_id <> ?
    AND k.ticket_id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
  ORDER BY k.ticket_id DESC LIMIT ?)
UNION ALL
(SELECT 'recent', t.id, t.no, t.title, t.state, t.received_on, COALESCE(t.unit_id, 0)
   FROM ticket t
  WHERE t.id <> ? AND t.state <> 'invalid' AND (? IS NULL OR t.unit_id = ?)
    AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
  ORDER BY t.id DESC LIMIT ?);

-- query: external_systems :many
-- for: desk
-- out: system text
SELECT system FROM external_no GROUP BY system ORDER BY system LIMIT 20;

-- query: other_reviewers :one
-- for: desk migrate
-- in:  unit_id int, officer_id int
-- out: n int
SELECT COUNT(*) FROM officer o JOIN officer_role r ON r.officer_id = o.id
 WHERE o.unit_id = ? AND o.id <> ? AND o.active AND r.role = 'dept_reviewer';
