-- Answers while they are written: their versions, who is at it, a reviewer's words at the place, and text blocks.

-- The newest two rows of an answer that are part of its line: what was set aside is not.
-- query: reply_version_tail :many
-- for: desk migrate
-- in:  reply_id int
-- out: id int, event text, author_id int, began_at time, body text, result_code text?, next_on date?
SELECT id, event, COALESCE(author_id, 0), began_at, body, result_code, next_on FROM reply_version
 WHERE reply_id = ? AND event <> 'aside' ORDER BY id DESC LIMIT 2;

-- query: reply_version_add :insert
-- for: desk migrate
-- in:  reply_id int, version int, event text, author_id int, began_at time, at time, body text, result_code text?, next_on date?, note text, added int, removed int
INSERT INTO reply_version (reply_id, version, event, author_id, began_at, at, body, result_code, next_on, note, added, removed)
VALUES (?, ?, ?, NULLIF(?, 0), ?, ?, ?, ?, ?, ?, ?, ?);

-- query: reply_version_again :exec
-- for: desk migrate
-- in:  version int, at time, body text, result_code text?, next_on date?, added int, removed int, id int
UPDATE reply_version SET version = ?, at = ?, body = ?, result_code = ?, next_on = ?, added = ?, removed = ? WHERE id = ?;

-- What a person set aside last, to be replaced by a longer one of the same minutes.
-- query: reply_version_aside :one
-- for: desk migrate
-- in:  reply_id int, author_id int
-- out: id int, began_at time, body text
SELECT id, began_at, body FROM reply_version WHERE reply_id = ? AND event = 'aside' AND author_id = ? ORDER BY id DESC LIMIT 1;

-- Not of what a unit or person wrote who must keep away now.
-- query: reply_version_list :many
-- for: desk
-- in:  ticket_id int
-- out: id int, reply_id int, round int, version int, event text, author text?, at time, note text, added int, removed int, result_code text?
SELECT v.id, v.reply_id, r.round, v.version, v.event, o.name, v.at, v.note, v.added, v.removed, v.result_code
  FROM reply_version v JOIN reply r ON r.id = v.reply_id LEFT JOIN officer o ON o.id = v.author_id
 WHERE r.ticket_id = ? AND r.kind = 'final' AND r.state <> 'void' ORDER BY v.id DESC LIMIT 300;

-- query: reply_version_get :one
-- for: desk
-- in:  id int, ticket_id int
-- out: id int, event text, author text?, at time, body text, result_code text?, next_on date?
SELECT v.id, v.event, o.name, v.at, v.body, v.result_code, v.next_on
  FROM reply_version v JOIN reply r ON r.id = v.reply_id LEFT JOIN officer o ON o.id = v.author_id
 WHERE v.id = ? AND r.ticket_id = ? AND r.state <> 'void';

-- What was sent back last, and what was said when it was handed in last.
-- query: reply_version_marks :one
-- for: desk
-- in:  reply_id int, reply_again int
-- out: returned text?, note text?
SELECT (SELECT body FROM reply_version WHERE reply_id = ? AND event = 'return' ORDER BY id DESC LIMIT 1),
       (SELECT note FROM reply_version WHERE reply_id = ? AND event = 'submit' ORDER BY id DESC LIMIT 1);

-- Who saved a draft last, and when: for those who come second.
-- query: reply_saved_by :one
-- for: desk
-- in:  reply_id int
-- out: name text?, at time
SELECT o.name, r.written_at FROM reply r LEFT JOIN officer o ON o.id = r.author_id WHERE r.id = ?;

-- The same words sent before, among the newest answers of a unit that the person may know of.
-- query: reply_same_text :one
-- for: desk
-- in:  unit_id int, ticket_id int, body text, my_unit int, me int
-- out: no text
SELECT t.no FROM reply r JOIN ticket t ON t.id = r.ticket_id
 WHERE r.id > (SELECT CAST(MAX(id) AS SIGNED) - 2000 FROM reply) AND r.state = 'approved' AND r.unit_id = ? AND r.ticket_id <> ? AND r.body = ?
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
 ORDER BY r.id DESC LIMIT 1;

-- query: presence_put :exec
-- for: desk
-- in:  ticket_id int, officer_id int, what text, now time
INSERT INTO presence (ticket_id, officer_id, what, seen_at) VALUES (?, ?, ?, ?)
ON DUPLICATE KEY UPDATE what = VALUES(what), seen_at = VALUES(seen_at);

-- query: presence_of :many
-- for: desk
-- in:  ticket_id int, officer_id int, since time
-- out: name text, what text, seen_at time
SELECT o.name, p.what, p.seen_at FROM presence p JOIN officer o ON o.id = p.officer_id
 WHERE p.ticket_id = ? AND p.officer_id <> ? AND p.seen_at >= ? ORDER BY p.seen_at DESC LIMIT 8;

-- query: presence_sweep :exec
-- for: slad
-- in:  before time
DELETE FROM presence WHERE seen_at < ?;

-- query: review_comment_add :exec
-- for: desk migrate
-- in:  review_id int, paragraph int, quote text, words text
INSERT INTO review_comment (review_id, paragraph, quote, words) VALUES (?, ?, ?, ?);

-- Of the last time this answer was sent back.
-- query: review_comments_of :many
-- for: desk
-- in:  reply_id int
-- out: id int, reviewer text, paragraph int, quote text, words text, done_at time?
SELECT c.id, o.name, c.paragraph, c.quote, c.words, c.done_at
  FROM review_comment c JOIN review r ON r.id = c.review_id JOIN officer o ON o.id = r.reviewer_id
 WHERE c.review_id = (SELECT MAX(id) FROM review WHERE reply_id = ? AND decision = 'returned')
 ORDER BY c.paragraph, c.id;

-- done: ids separated by commas; the others are open again.
-- query: review_comments_tick :exec
-- for: desk
-- in:  done text, now time, done_again text, officer_id int, reply_id int
UPDATE review_comment SET done_at = IF(FIND_IN_SET(id, ?) > 0, COALESCE(done_at, ?), NULL),
       done_by = IF(FIND_IN_SET(id, ?) > 0, COALESCE(done_by, ?), NULL)
 WHERE review_id = (SELECT MAX(r.id) FROM review r WHERE r.reply_id = ? AND r.decision = 'returned');

-- One's own, the unit's, everybody's.
-- query: text_blocks_for :many
-- for: desk
-- in:  phone_of int, officer_id int, unit_id int
-- out: id int, unit_id int, officer_id int, type text?, title text, body text, phone text?
SELECT id, COALESCE(unit_id, 0), COALESCE(officer_id, 0), type, title, body, (SELECT phone FROM unit_card WHERE unit_card.unit_id = ?)
  FROM text_block
 WHERE officer_id = ? OR (officer_id IS NULL AND (unit_id IS NULL OR unit_id = ?))
 ORDER BY officer_id IS NULL, unit_id IS NULL, type IS NOT NULL, id LIMIT 300;

-- query: text_block_get :one
-- for: desk
-- in:  id int
-- out: unit_id int, officer_id int
SELECT COALESCE(unit_id, 0), COALESCE(officer_id, 0) FROM text_block WHERE id = ?;

-- How many there are of that owner.
-- query: text_block_count :one
-- for: desk
-- in:  unit_id int, officer_id int
-- out: n int
SELECT COUNT(*) FROM text_block WHERE unit_id <=> NULLIF(?, 0) AND officer_id <=> NULLIF(?, 0);

-- query: text_block_add :exec
-- for: desk
-- in:  unit_id int, officer_id int, type text?, title text, body text, now time, by_officer int
INSERT INTO text_block (unit_id, officer_id, type, title, body, changed_at, changed_by)
VALUES (NULLIF(?, 0), NULLIF(?, 0), ?, ?, ?, ?, NULLIF(?, 0));

-- query: text_block_set :exec
-- for: desk
-- in:  type text?, title text, body text, now time, by_officer int, id int
UPDATE text_block SET type = ?, title = ?, body = ?, changed_at = ?, changed_by = ? WHERE id = ?;

-- query: text_block_drop :exec
-- for: desk
-- in:  id int
DELETE FROM text_block WHERE id = ?;
