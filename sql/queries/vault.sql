-- Contact data, sealed; only vaultd reads it.

-- query: contact_get :one
-- for: vaultd
-- in:  ticket_id int
-- out: key_id blob, sealed blob
SELECT key_id, sealed FROM contact WHERE ticket_id = ?;

-- query: reveal_add :insert
-- for: vaultd
-- in:  ticket_id int, purpose text, officer_id int, outbox_id int, reason text, now time
INSERT INTO reveal (ticket_id, purpose, officer_id, outbox_id, reason, at) VALUES (?, ?, NULLIF(?, 0), NULLIF(?, 0), ?, ?);

-- query: vault_ticket :one
-- for: vaultd
-- in:  id int
-- out: unit_id int, type text, state text
SELECT COALESCE(unit_id, 0), type, state FROM ticket WHERE id = ?;

-- Who asks: without the columns of a login, which the vault has no business reading.
-- query: vault_session :one
-- for: vaultd
-- in:  today date, id_hash blob
-- out: officer_id int, created_at time, seen_at time, unit_id int, roles text, lent text
SELECT s.officer_id, s.created_at, s.seen_at, o.unit_id,
       COALESCE((SELECT GROUP_CONCAT(r.role SEPARATOR ' ') FROM officer_role r WHERE r.officer_id = o.id), ''),
       COALESCE((SELECT GROUP_CONCAT(DISTINCT l.role SEPARATOR ' ') FROM lent_role l
                  WHERE l.stand_in_id = o.id AND ? BETWEEN l.from_on AND l.to_on), '')
  FROM session s JOIN officer o ON o.id = s.officer_id WHERE s.id_hash = ? AND o.active;

-- query: vault_views :one
-- for: vaultd
-- in:  officer_id int, since time
-- out: n int
SELECT COUNT(*) FROM reveal WHERE officer_id = ? AND purpose = 'view' AND at > ?;

-- Only a notice to the writer, and only while its lease lasts.
-- query: vault_lease :one
-- for: vaultd
-- in:  id int, lease blob, now time
-- out: ticket_id int
SELECT COALESCE(ticket_id, 0) FROM outbox WHERE id = ? AND lease = ? AND state = 'sending' AND audience = 'writer' AND next_at > ?;

-- query: reveal_of :many
-- for: desk migrate
-- in:  ticket_id int
-- out: purpose text, officer_name text?, reason text, at time
SELECT r.purpose, o.name, r.reason, r.at FROM reveal r LEFT JOIN officer o ON o.id = r.officer_id WHERE r.ticket_id = ? ORDER BY r.id;

-- How often texts were compared with the contact of a letter lately, and whether these were ever.
-- query: contact_matches :one
-- for: vaultd
-- in:  texts_sha256 blob, ticket_id int, since time
-- out: n int, same bool
SELECT (SELECT COUNT(*) FROM contact_match m WHERE m.ticket_id = x.ticket_id AND m.at > x.since),
       EXISTS (SELECT 1 FROM contact_match m WHERE m.ticket_id = x.ticket_id AND m.texts_sha256 = x.sha)
  FROM (SELECT CAST(? AS BINARY(32)) AS sha, ? AS ticket_id, CAST(? AS DATETIME) AS since) x;

-- query: contact_match_add :exec
-- for: vaultd
-- in:  ticket_id int, texts_sha256 blob, now time
INSERT INTO contact_match (ticket_id, texts_sha256, at) VALUES (?, ?, ?);
