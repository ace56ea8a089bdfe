-- Files made on request.

-- query: paper_add :insert
-- for: desk
-- in:  kind text, title text, params text, asked_by int, now time, open_key blob, next_at time
INSERT INTO paper (kind, title, params, asked_by, asked_at, open_key, next_at) VALUES (?, ?, ?, ?, ?, ?, ?);

-- query: paper_open :one
-- for: desk
-- in:  asked_by int, open_key blob
-- out: id int
SELECT id FROM paper WHERE asked_by = ? AND open_key = ?;

-- query: paper_open_n :one
-- for: desk
-- in:  asked_by int
-- out: n int
SELECT COUNT(*) FROM paper WHERE asked_by = ? AND open_key IS NOT NULL;

-- query: paper_by_id :one
-- for: desk
-- in:  id int
-- out: id int, kind text, title text, params text, asked_by int, asked_at time, state text, rows_n int, file_name text?, size_bytes int, sha256 blob?, done_at time?, keep_until date?, why text?, ahead int
SELECT p.id, p.kind, p.title, p.params, p.asked_by, p.asked_at, p.state, p.rows_n, p.file_name, COALESCE(p.size_bytes, 0), p.sha256,
       p.done_at, p.keep_until, p.why,
       (SELECT COUNT(*) FROM paper o WHERE p.state = 'queued' AND o.next_at IS NOT NULL AND o.id < p.id)
  FROM paper p WHERE p.id = ?;

-- query: paper_mine :many
-- for: desk
-- in:  asked_by int, before_id int, limit_n int
-- out: id int, kind text, title text, asked_at time, state text, rows_n int, size_bytes int, done_at time?, keep_until date?, taken int
SELECT p.id, p.kind, p.title, p.asked_at, p.state, p.rows_n, COALESCE(p.size_bytes, 0), p.done_at, p.keep_until,
       (SELECT COUNT(*) FROM paper_taken x WHERE x.paper_id = p.id)
  FROM paper p WHERE p.asked_by = ? AND p.id < ? ORDER BY p.id DESC LIMIT ?;

-- query: paper_taken_add :exec
-- for: desk
-- in:  paper_id int, officer_id int, now time
INSERT INTO paper_taken (paper_id, officer_id, at) VALUES (?, ?, ?);

-- query: paper_taken_of :many
-- for: desk
-- in:  paper_id int
-- out: at time, name text
SELECT x.at, o.name FROM paper_taken x JOIN officer o ON o.id = x.officer_id WHERE x.paper_id = ? ORDER BY x.id DESC LIMIT 20;

-- query: paper_take :one
-- for: paperd
-- in:  now time
-- out: id int, kind text, title text, params text, asked_by int, asked_at time, tries int
SELECT id, kind, title, params, asked_by, asked_at, tries FROM paper WHERE next_at <= ? ORDER BY next_at, id LIMIT 1
   FOR UPDATE SKIP LOCKED;

-- query: paper_lease :exec
-- for: paperd
-- in:  lease blob, next_at time, id int
UPDATE paper SET state = 'making', lease = ?, next_at = ?, tries = tries + 1, rows_n = 0 WHERE id = ?;

-- query: paper_progress :exec
-- for: paperd
-- in:  rows_n int, next_at time, id int, lease blob
UPDATE paper SET rows_n = ?, next_at = ? WHERE id = ? AND lease = ?;

-- query: paper_done :exec
-- for: paperd
-- in:  rows_n int, file_name text, size_bytes int, sha256 blob, now time, keep_until date?, id int, lease blob
UPDATE paper SET state = 'done', rows_n = ?, file_name = ?, size_bytes = ?, sha256 = ?, done_at = ?, keep_until = ?,
       open_key = NULL, next_at = NULL, lease = NULL, why = NULL WHERE id = ? AND lease = ?;

-- query: paper_failed :exec
-- for: paperd
-- in:  why text, now time, id int, lease blob
UPDATE paper SET state = 'failed', why = ?, done_at = ?, open_key = NULL, next_at = NULL, lease = NULL WHERE id = ? AND lease = ?;

-- query: paper_later :exec
-- for: paperd
-- in:  next_at time, id int, lease blob
UPDATE paper SET state = 'queued', next_at = ?, lease = NULL WHERE id = ? AND lease = ?;

-- query: paper_old :many
-- for: paperd
-- in:  today date, limit_n int
-- out: id int, kind text
SELECT id, kind FROM paper WHERE state = 'done' AND keep_until < ? ORDER BY keep_until, id LIMIT ?;

-- query: paper_gone :exec
-- for: paperd
-- in:  id int
UPDATE paper SET state = 'gone' WHERE id = ? AND state = 'done';

-- Who ordered it, with the rights of now.
-- query: paper_person :one
-- for: paperd
-- in:  today date, id int
-- out: login text, name text, unit_id int, unit_name text, active bool, roles text, lent text
SELECT o.login, o.name, o.unit_id, u.name, o.active,
       COALESCE((SELECT GROUP_CONCAT(r.role SEPARATOR ' ') FROM officer_role r WHERE r.officer_id = o.id), ''),
       COALESCE((SELECT GROUP_CONCAT(CONCAT_WS(' ', l.officer_id, l.role, l.to_on, l.name) ORDER BY l.officer_id SEPARATOR '\n')
                   FROM lent_role l WHERE l.stand_in_id = o.id AND ? BETWEEN l.from_on AND l.to_on), '')
  FROM officer o JOIN unit u ON u.id = o.unit_id WHERE o.id = ?;

-- query: paper_log :exec
-- for: paperd
-- in:  officer_id int, now time, filter text, rows_n int
INSERT INTO export_log (officer_id, at, filter, rows_n) VALUES (?, ?, LEFT(?, 1200), ?);
