-- Looking again at everything published (tickets/rescan.h).

-- ERR_DUP: one is running.
-- query: rescan_add :insert
-- for: desk slad migrate
-- in:  rules int, asked_by int, now time
INSERT INTO rescan (rules, asked_by, asked_at, last_pub, total)
SELECT ?, NULLIF(?, 0), CAST(? AS DATETIME), COALESCE(MAX(p.id), 0), COUNT(*) FROM pub_letter p;

-- query: rescan_newest :one
-- for: slad
-- out: rules int
SELECT COALESCE(MAX(rules), 0) FROM rescan;

-- query: rescan_running :one
-- for: slad
-- out: id int, at_pub int, last_pub int
SELECT id, at_pub, last_pub FROM rescan WHERE running = 1;

-- query: rescan_take :one
-- for: slad
-- in:  id int, at_pub int
-- out: id int
SELECT id FROM rescan WHERE id = ? AND at_pub = ? AND running = 1 FOR UPDATE;

-- query: rescan_batch :many
-- for: slad
-- in:  after_id int, last_id int, limit_n int
-- out: id int, edition_id int, ticket_id int, title text, body text, reply text
SELECT p.id, p.edition_id, e.ticket_id, p.title, p.body, p.reply FROM open_letter p JOIN edition e ON e.id = p.edition_id
 WHERE p.id > ? AND p.id <= ? ORDER BY p.id LIMIT ?;

-- ERR_DUP: it is known already, and what somebody said about it stays.
-- query: rescan_find_add :exec
-- for: slad
-- in:  rescan_id int, ticket_id int, edition_id int, field text, from_at int, to_at int, kind text, why text
INSERT INTO rescan_find (rescan_id, ticket_id, edition_id, field, from_at, to_at, kind, why) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

-- query: rescan_went :exec
-- for: slad
-- in:  at_pub int, looked int, letters int, finds int, uncompared int, id int
UPDATE rescan SET at_pub = ?, looked = looked + ?, letters = letters + ?, finds = finds + ?, uncompared = uncompared + ? WHERE id = ?;

-- query: rescan_end :exec
-- for: slad
-- in:  now time, id int
UPDATE rescan SET done_at = ? WHERE id = ? AND done_at IS NULL;

-- query: rescan_list :many
-- for: desk migrate
-- out: id int, rules int, by_name text?, asked_at time, total int, looked int, letters int, finds int, uncompared int, done_at time?
SELECT r.id, r.rules, o.name, r.asked_at, r.total, r.looked, r.letters, r.finds, r.uncompared, r.done_at
  FROM rescan r LEFT JOIN officer o ON o.id = r.asked_by ORDER BY r.id DESC LIMIT 10;

-- What was found and is public still; not what the reader must keep away from. own: part of the letter is the reader's own work.
-- query: rescan_finds :many
-- for: desk
-- in:  reader int, viewer_unit int, viewer int, after_id int, limit_n int
-- out: id int, no text, title text, field text, words text, from_at int, to_at int, kind text, why text, own bool
SELECT f.id, t.no, e.title, f.field, CASE f.field WHEN 'title' THEN e.title WHEN 'body' THEN e.body ELSE e.reply END,
       f.from_at, f.to_at, f.kind, f.why, COALESCE(t.handler_id, 0) = o.id OR EXISTS (SELECT 1 FROM edition d WHERE d.ticket_id = t.id AND d.author_id = o.id)
         OR EXISTS (SELECT 1 FROM reply w WHERE w.ticket_id = t.id AND w.author_id = o.id AND w.kind IN ('final','supplementary','correction'))
  FROM rescan_find f JOIN officer o ON o.id = ? JOIN edition e ON e.id = f.edition_id JOIN ticket t ON t.id = f.ticket_id
  JOIN pub_letter p ON p.edition_id = f.edition_id AND p.no = t.no
 WHERE f.kept_at IS NULL
   AND f.ticket_id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
   AND f.id > ? ORDER BY f.id LIMIT ?;

-- query: rescan_open :one
-- for: desk migrate
-- out: finds int, letters int
SELECT COUNT(*), COUNT(DISTINCT f.ticket_id) FROM rescan_find f JOIN ticket t ON t.id = f.ticket_id
  JOIN pub_letter p ON p.edition_id = f.edition_id AND p.no = t.no WHERE f.kept_at IS NULL;

-- open: what it was found in is public still. own: part of the letter is the officer's own work. away: must keep away from it.
-- query: rescan_find_get :one
-- for: desk
-- in:  unit_id int, officer_id int, id int
-- out: ticket_id int, no text, kind text, kept_at time?, open bool, own bool, away bool
SELECT f.ticket_id, t.no, f.kind, f.kept_at, EXISTS (SELECT 1 FROM pub_letter p WHERE p.edition_id = f.edition_id AND p.no = t.no),
       COALESCE(t.handler_id, 0) = o.id OR EXISTS (SELECT 1 FROM edition e WHERE e.ticket_id = t.id AND e.author_id = o.id)
         OR EXISTS (SELECT 1 FROM reply w WHERE w.ticket_id = t.id AND w.author_id = o.id AND w.kind IN ('final','supplementary','correction')),
       EXISTS (SELECT 1 FROM recusal x WHERE x.ticket_id = t.id AND x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = o.id))
  FROM rescan_find f JOIN ticket t ON t.id = f.ticket_id JOIN officer o ON o.id = ? WHERE f.id = ?;

-- query: rescan_find_keep :exec
-- for: desk
-- in:  kept_by int, now time, id int
UPDATE rescan_find SET kept_by = ?, kept_at = ? WHERE id = ? AND kept_at IS NULL;
