-- Keys of programs, and the tokens they are given.

-- query: api_key_get :one
-- for: public
-- in:  hash blob, scope text
-- out: id int, name text, answer text, per_day int
SELECT id, name, answer, per_day FROM api_key WHERE hash = ? AND scope = ? AND revoked_at IS NULL;

-- query: api_key_use :one
-- for: public
-- in:  key_id int, on_day date
-- out: sent int
INSERT INTO api_key_day (key_id, on_day, sent) VALUES (?, ?, 1)
ON DUPLICATE KEY UPDATE sent = sent + 1 RETURNING sent;

-- query: api_key_add :insert
-- for: desk migrate
-- in:  name text, contact text, scope text, answer text, per_day int, hint text, hash blob, made_by int, now time
INSERT INTO api_key (name, contact, scope, answer, per_day, hint, hash, made_by, made_at)
VALUES (?, ?, ?, ?, ?, ?, ?, NULLIF(?, 0), ?);

-- query: api_key_lock :one
-- for: desk migrate
-- in:  id int
-- out: name text, hint text, live bool
SELECT name, hint, revoked_at IS NULL FROM api_key WHERE id = ? FOR UPDATE;

-- query: api_key_live :one
-- for: migrate
-- in:  name text
-- out: id int
SELECT id FROM api_key WHERE live_name = ?;

-- query: api_key_revoke :exec
-- for: desk migrate
-- in:  revoked_by int, now time, why text, id int
UPDATE api_key SET revoked_by = NULLIF(?, 0), revoked_at = ?, why = ? WHERE id = ? AND revoked_at IS NULL;

-- Those in use first, then the latest revoked.
-- query: api_key_list :many
-- for: desk migrate
-- in:  since date, limit_n int
-- out: id int, name text, contact text, scope text, answer text, per_day int, hint text, made_at time, made_by text?, revoked_at time?, revoked_by text?, why text, last_on date?, sent int
SELECT k.id, k.name, k.contact, k.scope, k.answer, k.per_day, k.hint, k.made_at, m.name, k.revoked_at, r.name, k.why,
       (SELECT MAX(d.on_day) FROM api_key_day d WHERE d.key_id = k.id),
       CAST(COALESCE((SELECT SUM(d.sent) FROM api_key_day d WHERE d.key_id = k.id AND d.on_day >= ?), 0) AS SIGNED)
  FROM api_key k LEFT JOIN officer m ON m.id = k.made_by LEFT JOIN officer r ON r.id = k.revoked_by
 ORDER BY k.revoked_at IS NOT NULL, k.revoked_at DESC, k.name LIMIT ?;

-- query: api_letter_put :exec
-- for: public
-- in:  ticket_id int, key_id int, token blob
INSERT INTO api_letter (ticket_id, key_id, token) VALUES (?, ?, ?);

-- query: api_letter_of :one
-- for: public
-- in:  token blob
-- out: no text
SELECT t.no FROM api_letter l JOIN ticket t ON t.id = l.ticket_id WHERE l.token = ?;
