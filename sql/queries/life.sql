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

-- What ties an officer to a letter: the own unit helps, and what is left to do there; must keep away.
-- query: ticket_tie :one
-- for: desk migrate
-- in:  unit_id int, officer_id int, ticket_id int
-- out: co bool, recused bool
SELECT EXISTS (SELECT 1 FROM assignment a WHERE a.ticket_id = t.id AND a.unit_id = u.id AND a.role = 'co' AND a.ended_at IS NULL),
       EXISTS (SELECT 1 FROM recusal r WHERE r.ticket_id = t.id AND r.lifted_at IS NULL AND (r.unit_id = u.id OR r.officer_id = o.id))
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
