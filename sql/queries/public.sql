-- The public edition and what the public reads.

-- query: edition_add :insert
-- for: desk migrate
-- in:  ticket_id int, ticket_again int, title text, body text, reply text, sha256 blob, author_id int, now time
INSERT INTO edition (ticket_id, seq, title, body, reply, sha256, author_id, made_at)
SELECT ?, COALESCE(MAX(seq), 0) + 1, x.title, x.body, x.reply, x.sha256, NULLIF(x.author_id, 0), x.made_at
  FROM (SELECT ? AS ticket_id, ? AS title, ? AS body, ? AS reply, ? AS sha256, ? AS author_id, CAST(? AS DATETIME) AS made_at) x
  LEFT JOIN edition e ON e.ticket_id = x.ticket_id
 GROUP BY x.title;

-- query: edition_last :one
-- for: desk migrate
-- in:  ticket_id int
-- out: id int, title text, body text, reply text, sha256 blob, author_id int
SELECT id, title, body, reply, sha256, COALESCE(author_id, 0) FROM edition WHERE ticket_id = ? ORDER BY seq DESC LIMIT 1;

-- query: edition_source :one
-- for: desk migrate
-- in:  ticket_id int
-- out: title text, body text, publish_ok bool
SELECT t.title, x.body, t.publish_ok FROM ticket t JOIN ticket_text x ON x.ticket_id = t.id WHERE t.id = ?;

-- query: approval_add :exec
-- for: desk migrate
-- in:  edition_id int, sha256 blob, form text, reviewer_id int, now time
INSERT INTO edition_approval (edition_id, sha256, form, reviewer_id, at) VALUES (?, ?, ?, NULLIF(?, 0), ?);

-- query: pub_put :exec
-- for: desk migrate
-- in:  edition_id int, sha256 blob, no text, type text, title text, body text, reply text, unit_id int, accepted_on date, replied_on date, workdays int, result_code text?, grade int, now time
INSERT INTO pub_letter (edition_id, sha256, no, type, title, body, reply, unit_id, accepted_on, replied_on, workdays, result_code, grade, published_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULLIF(?, 0), ?)
ON DUPLICATE KEY UPDATE edition_id = VALUES(edition_id), sha256 = VALUES(sha256), type = VALUES(type), title = VALUES(title),
  body = VALUES(body), reply = VALUES(reply), unit_id = VALUES(unit_id), accepted_on = VALUES(accepted_on),
  replied_on = VALUES(replied_on), workdays = VALUES(workdays), result_code = VALUES(result_code), grade = VALUES(grade);

-- query: pub_remove :exec
-- for: desk migrate
-- in:  no text
DELETE FROM pub_letter WHERE no = ?;

-- query: pub_grade :exec
-- for: public migrate
-- in:  grade int, no text
UPDATE pub_letter SET grade = ? WHERE no = ?;

-- The listing is read in its own order from the index and stops when the page is full; left alone, the optimiser begins with
-- the units and sorts everything.
-- query: pub_page :many
-- for: public
-- in:  before_on date, before_on_again date, before_id int, limit_n int
-- out: id int, no text, type text, title text, unit_name text, accepted_on date, replied_on date, workdays int, result_code text?
SELECT p.id, p.no, p.type, p.title, u.name, p.accepted_on, p.replied_on, p.workdays, p.result_code
  FROM pub_letter p FORCE INDEX (pub_list) STRAIGHT_JOIN unit u ON u.id = p.unit_id
 WHERE p.replied_on <= ? AND (p.replied_on < ? OR p.id < ?)
 ORDER BY p.replied_on DESC, p.id DESC LIMIT ?;

-- One page of the listing under any mix of filters; up to three words, all of which must occur. Words are compared byte by
-- byte: a third of the time of comparing characters.
-- query: pub_page_filtered :many
-- for: public
-- in:  type text?, type_again text?, unit_id int?, unit_again int?, from_on date, to_on date, word text?, word_again text?, word2 text?, word2_again text?, word3 text?, word3_again text?, before_on date, before_on_again date, before_id int, limit_n int
-- out: id int, no text, type text, title text, unit_name text, accepted_on date, replied_on date, workdays int, result_code text?
SELECT p.id, p.no, p.type, p.title, u.name, p.accepted_on, p.replied_on, p.workdays, p.result_code
  FROM pub_letter p FORCE INDEX (pub_list) STRAIGHT_JOIN unit u ON u.id = p.unit_id
 WHERE (? IS NULL OR p.type = ?) AND (? IS NULL OR p.unit_id = ?)
   AND p.replied_on BETWEEN ? AND ?
   AND (? IS NULL OR INSTR(CAST(CONCAT(p.no, ' ', p.title, ' ', p.body, ' ', p.reply) AS BINARY), ?) > 0)
   AND (? IS NULL OR INSTR(CAST(CONCAT(p.no, ' ', p.title, ' ', p.body, ' ', p.reply) AS BINARY), ?) > 0)
   AND (? IS NULL OR INSTR(CAST(CONCAT(p.no, ' ', p.title, ' ', p.body, ' ', p.reply) AS BINARY), ?) > 0)
   AND p.replied_on <= ? AND (p.replied_on < ? OR p.id < ?)
 ORDER BY p.replied_on DESC, p.id DESC LIMIT ?;

-- The same with the texts, for the open data.
-- query: pub_full_page :many
-- for: public
-- in:  type text?, type_again text?, unit_id int?, unit_again int?, from_on date, to_on date, word text?, word_again text?, word2 text?, word2_again text?, word3 text?, word3_again text?, before_on date, before_on_again date, before_id int, limit_n int
-- out: id int, no text, type text, title text, body text, reply text, unit_name text, accepted_on date, replied_on date, workdays int, result_code text?, published_at time
SELECT p.id, p.no, p.type, p.title, p.body, p.reply, u.name, p.accepted_on, p.replied_on, p.workdays, p.result_code, p.published_at
  FROM pub_letter p FORCE INDEX (pub_list) STRAIGHT_JOIN unit u ON u.id = p.unit_id
 WHERE (? IS NULL OR p.type = ?) AND (? IS NULL OR p.unit_id = ?)
   AND p.replied_on BETWEEN ? AND ?
   AND (? IS NULL OR INSTR(CAST(CONCAT(p.no, ' ', p.title, ' ', p.body, ' ', p.reply) AS BINARY), ?) > 0)
   AND (? IS NULL OR INSTR(CAST(CONCAT(p.no, ' ', p.title, ' ', p.body, ' ', p.reply) AS BINARY), ?) > 0)
   AND (? IS NULL OR INSTR(CAST(CONCAT(p.no, ' ', p.title, ' ', p.body, ' ', p.reply) AS BINARY), ?) > 0)
   AND p.replied_on <= ? AND (p.replied_on < ? OR p.id < ?)
 ORDER BY p.replied_on DESC, p.id DESC LIMIT ?;

-- How many there are of a unit, or in some days.
-- query: pub_count_unit :one
-- for: public
-- in:  unit_id int, from_on date, to_on date, type text?, type_again text?
-- out: n int
SELECT COUNT(*) FROM pub_letter WHERE unit_id = ? AND replied_on BETWEEN ? AND ? AND (? IS NULL OR type = ?);

-- query: pub_count_days :one
-- for: public
-- in:  from_on date, to_on date, type text?, type_again text?
-- out: n int
SELECT COUNT(*) FROM pub_letter WHERE replied_on BETWEEN ? AND ? AND (? IS NULL OR type = ?);

-- query: pub_facets :many
-- for: public
-- out: type text, year int, n int
SELECT type, YEAR(replied_on), COUNT(*) FROM pub_letter GROUP BY type, YEAR(replied_on) ORDER BY 2 DESC, 1;

-- The titles of the latest of a type, for similar letters.
-- query: pub_titles :many
-- for: public
-- in:  type text, limit_n int
-- out: id int, title text
SELECT id, title FROM pub_letter WHERE type = ? ORDER BY replied_on DESC, id DESC LIMIT ?;

-- The same of all types.
-- query: pub_titles_all :many
-- for: public
-- in:  limit_n int
-- out: id int, title text
SELECT id, title FROM pub_letter FORCE INDEX (pub_list) ORDER BY replied_on DESC, id DESC LIMIT ?;

-- For the sitemap: in parts by id.
-- query: pub_last_id :one
-- for: public
-- out: id int
SELECT COALESCE(MAX(id), 0) FROM pub_letter;

-- query: pub_ids :many
-- for: public
-- in:  from_id int, to_id int
-- out: id int, published_at time
SELECT id, published_at FROM pub_letter WHERE id BETWEEN ? AND ? ORDER BY id;

-- What else a writer may know of a letter: who looked at the contact, how it was rated, what an extension changed.
-- query: track_more :one
-- for: public
-- in:  id int
-- out: seen int, seen_last time?, solved text?, words text?, rated_round int, old_due_on date?, new_due_on date?
SELECT COALESCE(seen, 0), seen_last, solved, words, COALESCE(rated_round, 0), old_due_on, new_due_on
  FROM track_more WHERE id = ?;

-- query: pub_get :one
-- for: public
-- in:  id int
-- out: id int, no text, type text, title text, body text, reply text, unit_id int, unit_name text, accepted_on date, replied_on date, workdays int, result_code text?, grade int, published_at time
SELECT p.id, p.no, p.type, p.title, p.body, p.reply, p.unit_id, u.name, p.accepted_on, p.replied_on, p.workdays, p.result_code,
       COALESCE(p.grade, 0), p.published_at
  FROM pub_letter p JOIN unit u ON u.id = p.unit_id WHERE p.id = ?;

-- query: pub_row :one
-- for: public
-- in:  id int
-- out: id int, no text, type text, title text, unit_name text, accepted_on date, replied_on date, workdays int, result_code text?
SELECT p.id, p.no, p.type, p.title, u.name, p.accepted_on, p.replied_on, p.workdays, p.result_code
  FROM pub_letter p JOIN unit u ON u.id = p.unit_id WHERE p.id = ?;

-- query: pub_id_of :one
-- for: public desk
-- in:  no text
-- out: id int
SELECT id FROM pub_letter WHERE no = ?;
