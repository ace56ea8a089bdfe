-- The public edition and what the public reads.

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

-- What readers see beside the words is taken from the letter: its topic, the first place that the words name, who else handled it. A
-- letter that was public before gets its own address again.
-- query: pub_put :exec
-- for: desk migrate
-- in:  edition_id int, sha256 blob, no text, type text, title text, body text, reply text, unit_id int, accepted_on date, replied_on date, workdays int, result_code text?, grade int, now time
INSERT INTO pub_letter (id, edition_id, sha256, no, type, title, body, reply, unit_id, received_on, accepted_on, replied_on, workdays,
       result_code, grade, published_at, first_at, topic_id, place_id, helpers, state)
SELECT (SELECT d.id FROM pub_address d WHERE d.no = x.no), x.edition_id, x.sha256, x.no, x.type, x.title, x.body, x.reply, x.unit_id,
       t.received_on, x.accepted_on, x.replied_on, x.workdays, x.result_code, NULLIF(x.grade, 0), x.published_at,
       COALESCE((SELECT d.first_at FROM pub_address d WHERE d.no = x.no), x.published_at), t.topic_id,
       (SELECT w.place_id FROM place_word w WHERE LOCATE(w.word, CONCAT(x.title, ' ', x.body, ' ', x.reply)) > 0
         ORDER BY LOCATE(w.word, CONCAT(x.title, ' ', x.body, ' ', x.reply)), CHAR_LENGTH(w.word) DESC LIMIT 1),
       COALESCE((SELECT GROUP_CONCAT(DISTINCT u.name ORDER BY u.sort_order SEPARATOR '、') FROM assignment a JOIN unit u ON u.id = a.unit_id
         WHERE a.ticket_id = t.id AND a.role = 'co' AND a.round = t.round), ''), t.state
  FROM (SELECT ? AS edition_id, ? AS sha256, ? AS no, ? AS type, ? AS title, ? AS body, ? AS reply, ? AS unit_id,
          CAST(? AS DATE) AS accepted_on, CAST(? AS DATE) AS replied_on, ? AS workdays, ? AS result_code, ? AS grade,
          CAST(? AS DATETIME) AS published_at) x JOIN ticket t ON t.no = x.no
ON DUPLICATE KEY UPDATE edition_id = VALUES(edition_id), sha256 = VALUES(sha256), type = VALUES(type), title = VALUES(title),
  body = VALUES(body), reply = VALUES(reply), unit_id = VALUES(unit_id), accepted_on = VALUES(accepted_on),
  replied_on = VALUES(replied_on), workdays = VALUES(workdays), result_code = VALUES(result_code), grade = VALUES(grade),
  published_at = VALUES(published_at), topic_id = VALUES(topic_id), place_id = VALUES(place_id), helpers = VALUES(helpers);

-- query: pub_remove :exec
-- for: desk migrate
-- in:  no text
DELETE FROM pub_letter WHERE no = ?;

-- What follows reads open_letter (sql/schema/0085), as everything public does, or open_line (0097), the same rows by what they are found by.

-- The listing is found in the indexes alone, one query for each way in: all, a unit, a topic, a place; older or newer than a row.
-- to_on is not after before_on, from_on not before it.
-- query: open_older :many
-- for: public
-- in:  from_on date, to_on date, on_day date, id int, type text?, result text?, limit_n int
-- out: id int, replied_on date
SELECT p.id, p.replied_on FROM open_line p
 WHERE p.replied_on BETWEEN ? AND ? AND (p.replied_on < ? OR p.id < ?)
   AND p.type = COALESCE(?, p.type) AND p.result_code <=> COALESCE(?, p.result_code)
 ORDER BY p.replied_on DESC, p.id DESC LIMIT ?;

-- query: open_newer :many
-- for: public
-- in:  from_on date, to_on date, on_day date, id int, type text?, result text?, limit_n int
-- out: id int, replied_on date
SELECT p.id, p.replied_on FROM open_line p
 WHERE p.replied_on BETWEEN ? AND ? AND (p.replied_on > ? OR p.id > ?)
   AND p.type = COALESCE(?, p.type) AND p.result_code <=> COALESCE(?, p.result_code)
 ORDER BY p.replied_on, p.id LIMIT ?;

-- query: open_older_unit :many
-- for: public
-- in:  unit_id int, from_on date, to_on date, on_day date, id int, type text?, result text?, topic_top int?, topic int?, place int?, limit_n int
-- out: id int, replied_on date
SELECT p.id, p.replied_on FROM open_line p
 WHERE p.unit_id = ? AND p.replied_on BETWEEN ? AND ? AND (p.replied_on < ? OR p.id < ?)
   AND p.type = COALESCE(?, p.type) AND p.result_code <=> COALESCE(?, p.result_code) AND p.topic_top <=> COALESCE(?, p.topic_top)
   AND p.topic_id <=> COALESCE(?, p.topic_id) AND p.place_id <=> COALESCE(?, p.place_id)
 ORDER BY p.replied_on DESC, p.id DESC LIMIT ?;

-- query: open_newer_unit :many
-- for: public
-- in:  unit_id int, from_on date, to_on date, on_day date, id int, type text?, result text?, topic_top int?, topic int?, place int?, limit_n int
-- out: id int, replied_on date
SELECT p.id, p.replied_on FROM open_line p
 WHERE p.unit_id = ? AND p.replied_on BETWEEN ? AND ? AND (p.replied_on > ? OR p.id > ?)
   AND p.type = COALESCE(?, p.type) AND p.result_code <=> COALESCE(?, p.result_code) AND p.topic_top <=> COALESCE(?, p.topic_top)
   AND p.topic_id <=> COALESCE(?, p.topic_id) AND p.place_id <=> COALESCE(?, p.place_id)
 ORDER BY p.replied_on, p.id LIMIT ?;

-- query: open_older_topic :many
-- for: public
-- in:  topic_top int, from_on date, to_on date, on_day date, id int, type text?, result text?, topic int?, place int?, limit_n int
-- out: id int, replied_on date
SELECT p.id, p.replied_on FROM open_line p
 WHERE p.topic_top = ? AND p.replied_on BETWEEN ? AND ? AND (p.replied_on < ? OR p.id < ?)
   AND p.type = COALESCE(?, p.type) AND p.result_code <=> COALESCE(?, p.result_code)
   AND p.topic_id = COALESCE(?, p.topic_id) AND p.place_id <=> COALESCE(?, p.place_id)
 ORDER BY p.replied_on DESC, p.id DESC LIMIT ?;

-- query: open_newer_topic :many
-- for: public
-- in:  topic_top int, from_on date, to_on date, on_day date, id int, type text?, result text?, topic int?, place int?, limit_n int
-- out: id int, replied_on date
SELECT p.id, p.replied_on FROM open_line p
 WHERE p.topic_top = ? AND p.replied_on BETWEEN ? AND ? AND (p.replied_on > ? OR p.id > ?)
   AND p.type = COALESCE(?, p.type) AND p.result_code <=> COALESCE(?, p.result_code)
   AND p.topic_id = COALESCE(?, p.topic_id) AND p.place_id <=> COALESCE(?, p.place_id)
 ORDER BY p.replied_on, p.id LIMIT ?;

-- query: open_older_place :many
-- for: public
-- in:  place int, from_on date, to_on date, on_day date, id int, type text?, result text?, limit_n int
-- out: id int, replied_on date
SELECT p.id, p.replied_on FROM open_line p
 WHERE p.place_id = ? AND p.replied_on BETWEEN ? AND ? AND (p.replied_on < ? OR p.id < ?)
   AND p.type = COALESCE(?, p.type) AND p.result_code <=> COALESCE(?, p.result_code)
 ORDER BY p.replied_on DESC, p.id DESC LIMIT ?;

-- query: open_newer_place :many
-- for: public
-- in:  place int, from_on date, to_on date, on_day date, id int, type text?, result text?, limit_n int
-- out: id int, replied_on date
SELECT p.id, p.replied_on FROM open_line p
 WHERE p.place_id = ? AND p.replied_on BETWEEN ? AND ? AND (p.replied_on > ? OR p.id > ?)
   AND p.type = COALESCE(?, p.type) AND p.result_code <=> COALESCE(?, p.result_code)
 ORDER BY p.replied_on, p.id LIMIT ?;

-- How many, up to a bound, of what pub_count has no cell for.
-- query: open_many :one
-- for: public
-- in:  from_on date, to_on date, type text?, result text?, limit_n int
-- out: n int
SELECT COUNT(*) FROM (SELECT 1 FROM open_line p
 WHERE p.replied_on BETWEEN ? AND ? AND p.type = COALESCE(?, p.type) AND p.result_code <=> COALESCE(?, p.result_code) LIMIT ?) k;

-- query: open_many_unit :one
-- for: public
-- in:  unit_id int, from_on date, to_on date, type text?, result text?, topic_top int?, topic int?, place int?, limit_n int
-- out: n int
SELECT COUNT(*) FROM (SELECT 1 FROM open_line p
 WHERE p.unit_id = ? AND p.replied_on BETWEEN ? AND ?
   AND p.type = COALESCE(?, p.type) AND p.result_code <=> COALESCE(?, p.result_code) AND p.topic_top <=> COALESCE(?, p.topic_top)
   AND p.topic_id <=> COALESCE(?, p.topic_id) AND p.place_id <=> COALESCE(?, p.place_id) LIMIT ?) k;

-- query: open_many_topic :one
-- for: public
-- in:  topic_top int, from_on date, to_on date, type text?, result text?, topic int?, place int?, limit_n int
-- out: n int
SELECT COUNT(*) FROM (SELECT 1 FROM open_line p
 WHERE p.topic_top = ? AND p.replied_on BETWEEN ? AND ?
   AND p.type = COALESCE(?, p.type) AND p.result_code <=> COALESCE(?, p.result_code)
   AND p.topic_id = COALESCE(?, p.topic_id) AND p.place_id <=> COALESCE(?, p.place_id) LIMIT ?) k;

-- query: open_many_place :one
-- for: public
-- in:  place int, from_on date, to_on date, type text?, result text?, limit_n int
-- out: n int
SELECT COUNT(*) FROM (SELECT 1 FROM open_line p
 WHERE p.place_id = ? AND p.replied_on BETWEEN ? AND ?
   AND p.type = COALESCE(?, p.type) AND p.result_code <=> COALESCE(?, p.result_code) LIMIT ?) k;

-- The rows of a page, by their ids ("[12,9]") and in that order; what has been taken down meanwhile is left out.
-- query: pub_page :many
-- for: public
-- in:  ids text
-- out: id int, no text, type text, title text, extract text, unit_name text, accepted_on date, replied_on date, workdays int, result_code text?, state text
SELECT p.id, p.no, p.type, p.title, LEFT(p.reply, 240), COALESCE(p.unit_name, ''), p.accepted_on, p.replied_on, p.workdays, p.result_code, p.state
  FROM JSON_TABLE(?, '$[*]' COLUMNS (n FOR ORDINALITY, id BIGINT UNSIGNED PATH '$')) j STRAIGHT_JOIN open_letter p ON p.id = j.id
 ORDER BY j.n;

-- The same with the texts, for the open data.
-- query: pub_full_page :many
-- for: public
-- in:  ids text
-- out: id int, no text, type text, title text, body text, reply text, unit_name text, accepted_on date, replied_on date, workdays int, result_code text?, published_at time, received_on date, first_at time, state text, grade int, topic_id int, place_id int, helpers text, form text
SELECT p.id, p.no, p.type, p.title, p.body, p.reply, COALESCE(p.unit_name, ''), p.accepted_on, p.replied_on, p.workdays, p.result_code, p.published_at,
       COALESCE(p.received_on, p.accepted_on), COALESCE(p.first_at, p.published_at), p.state, COALESCE(p.grade, 0),
       COALESCE(p.topic_id, 0), COALESCE(p.place_id, 0), p.helpers, COALESCE(p.form, '')
  FROM JSON_TABLE(?, '$[*]' COLUMNS (n FOR ORDINALITY, id BIGINT UNSIGNED PATH '$')) j STRAIGHT_JOIN open_letter p ON p.id = j.id
 ORDER BY j.n;

-- One cell of the counts: of a set of filters (sql/schema/0084).
-- query: pub_count :one
-- for: public
-- in:  lens int, unit_id int, topic int, place int, period int, type text, result text
-- out: n int
SELECT COALESCE(SUM(n), 0) FROM pub_count
 WHERE lens = ? AND unit_id = ? AND topic_id = ? AND place_id = ? AND period = ? AND type = ? AND result = ?;

-- How many there would be with each unit, topic, place; without counts (a lens that does not exist) just what there is to choose.
-- query: pub_facet_units :many
-- for: public
-- in:  lens int, topic int, place int, period int, type text, result text
-- out: id int, code text, name text, listed bool, n int
SELECT u.id, u.code, u.name, u.active AND u.takes_letters, COALESCE(c.n, 0)
  FROM unit u LEFT JOIN pub_count c ON c.lens = ? AND c.unit_id = u.id AND c.topic_id = ? AND c.place_id = ? AND c.period = ?
       AND c.type = ? AND c.result = ?
 ORDER BY u.sort_order, u.id;

-- query: pub_facet_topics :many
-- for: public
-- in:  lens int, unit_id int, place int, period int, type text, result text
-- out: id int, parent_id int, code text, name text, n int
SELECT t.id, COALESCE(t.parent_id, 0), t.code, t.name, COALESCE(c.n, 0)
  FROM topic t LEFT JOIN pub_count c ON c.lens = ? AND c.unit_id = ? AND c.topic_id = t.id AND c.place_id = ? AND c.period = ?
       AND c.type = ? AND c.result = ?
 ORDER BY t.sort_order, t.id;

-- query: pub_facet_places :many
-- for: public
-- in:  lens int, unit_id int, topic int, period int, type text, result text
-- out: id int, code text, name text, n int
SELECT pl.id, pl.code, pl.name, COALESCE(c.n, 0)
  FROM place pl LEFT JOIN pub_count c ON c.lens = ? AND c.unit_id = ? AND c.topic_id = ? AND c.place_id = pl.id AND c.period = ?
       AND c.type = ? AND c.result = ?
 ORDER BY pl.sort_order, pl.id;

-- With each type (which: 1), result (16), year and month (32).
-- query: pub_facet_rest :many
-- for: public
-- in:  lens_type int, unit_1 int, topic_1 int, place_1 int, period_1 int, result_1 text, lens_result int, unit_2 int, topic_2 int, place_2 int, period_2 int, type_2 text, lens_period int, unit_3 int, topic_3 int, place_3 int, type_3 text, result_3 text
-- out: which int, code text, period int, n int
SELECT 1, CAST(type AS CHAR), period, n FROM pub_count
 WHERE lens = ? AND unit_id = ? AND topic_id = ? AND place_id = ? AND period = ? AND result = ? AND n > 0
UNION ALL
SELECT 16, CAST(result AS CHAR), period, n FROM pub_count
 WHERE lens = ? AND unit_id = ? AND topic_id = ? AND place_id = ? AND period = ? AND type = ? AND n > 0
UNION ALL
SELECT 32, '', period, n FROM pub_count
 WHERE lens = ? AND unit_id = ? AND topic_id = ? AND place_id = ? AND type = ? AND result = ? AND n > 0;

-- query: place_all :many
-- for: public
-- out: id int, code text, name text
SELECT id, code, name FROM place ORDER BY sort_order, id;

-- The list of places as the operator has it (tickets/places.h).
-- query: place_list :many
-- for: migrate
-- out: code text, name text, words text
SELECT p.code, p.name, COALESCE((SELECT GROUP_CONCAT(w.word ORDER BY w.word SEPARATOR '、') FROM place_word w WHERE w.place_id = p.id), '')
  FROM place p ORDER BY p.sort_order, p.id;

-- query: place_put :exec
-- for: migrate
-- in:  code text, name text, sort_order int
INSERT INTO place (code, name, sort_order) VALUES (?, ?, ?)
ON DUPLICATE KEY UPDATE name = VALUES(name), sort_order = VALUES(sort_order);

-- query: place_by_code :one
-- for: migrate
-- in:  code text
-- out: id int
SELECT id FROM place WHERE code = ?;

-- query: place_words_drop :exec
-- for: migrate
DELETE FROM place_word;

-- query: place_word_add :exec
-- for: migrate
-- in:  word text, place_id int
INSERT INTO place_word (word, place_id) VALUES (?, ?);

-- query: place_letters :one
-- for: migrate
-- out: last_id int, n int
SELECT COALESCE(MAX(id), 0), COUNT(*) FROM pub_letter;

-- As pub_put does.
-- query: place_letters_set :exec
-- for: migrate
-- in:  from_id int, to_id int
UPDATE pub_letter p
   SET p.place_id = (SELECT w.place_id FROM place_word w WHERE LOCATE(w.word, CONCAT(p.title, ' ', p.body, ' ', p.reply)) > 0
         ORDER BY LOCATE(w.word, CONCAT(p.title, ' ', p.body, ' ', p.reply)), CHAR_LENGTH(w.word) DESC LIMIT 1)
 WHERE p.id BETWEEN ? AND ?;

-- Places without words are no places any more.
-- query: place_drop :exec
-- for: migrate
DELETE FROM place WHERE id NOT IN (SELECT w.place_id FROM place_word w);

-- query: pub_version :one
-- for: public
-- out: n int
SELECT n FROM pub_version WHERE id = 1;

-- The titles of the latest of a type, for similar letters.
-- query: pub_titles :many
-- for: public
-- in:  type text, limit_n int
-- out: id int, title text
SELECT id, title FROM open_letter WHERE type = ? ORDER BY replied_on DESC, id DESC LIMIT ?;

-- The same of a topic.
-- query: pub_titles_topic :many
-- for: public
-- in:  topic_id int, limit_n int
-- out: id int, title text
SELECT id, title FROM open_letter WHERE topic_id = ? ORDER BY replied_on DESC, id DESC LIMIT ?;

-- The same of all types.
-- query: pub_titles_all :many
-- for: public
-- in:  limit_n int
-- out: id int, title text
SELECT id, title FROM open_letter ORDER BY replied_on DESC, id DESC LIMIT ?;

-- For the sitemap: in parts by id.
-- query: pub_last_id :one
-- for: public
-- out: id int
SELECT COALESCE(MAX(id), 0) FROM open_letter;

-- Of the parts 1 … n with so many ids each those that have a letter. At most 1,000 (max_recursive_iterations).
-- query: pub_id_parts :many
-- for: public
-- in:  parts_n int, ids_n int, ids_again int
-- out: part int
WITH RECURSIVE parts AS (SELECT 1 AS part UNION ALL SELECT part + 1 FROM parts WHERE part < ?)
SELECT s.part FROM parts s
 WHERE EXISTS (SELECT 1 FROM open_letter p WHERE p.id BETWEEN (s.part - 1) * ? + 1 AND s.part * ?) ORDER BY s.part;

-- query: pub_ids :many
-- for: public
-- in:  from_id int, to_id int
-- out: id int, published_at time
SELECT id, published_at FROM open_letter WHERE id BETWEEN ? AND ? ORDER BY id;

-- query: pub_get :one
-- for: public
-- in:  id int
-- out: id int, no text, type text, title text, body text, reply text, unit_id int, unit_name text, unit_code text, accepted_on date, replied_on date, workdays int, result_code text?, grade int, published_at time, received_on date, first_at time, state text, topic_id int, place_id int, helpers text, form text
SELECT p.id, p.no, p.type, p.title, p.body, p.reply, p.unit_id, COALESCE(p.unit_name, ''), COALESCE(p.unit_code, ''), p.accepted_on,
       p.replied_on, p.workdays, p.result_code, COALESCE(p.grade, 0), p.published_at, COALESCE(p.received_on, p.accepted_on),
       COALESCE(p.first_at, p.published_at), p.state, COALESCE(p.topic_id, 0), COALESCE(p.place_id, 0), p.helpers, COALESCE(p.form, '')
  FROM open_letter p WHERE p.id = ?;

-- query: pub_id_of :one
-- for: public desk
-- in:  no text
-- out: id int
SELECT id FROM open_letter WHERE no = ?;

-- What is not published, as rows without words, latest first; from a day on, without the first `skip` rows.
-- query: withheld_page :many
-- for: public
-- in:  before_on date, limit_n int, skip int
-- out: type text, unit_name text, received_on date, accepted_on date?, replied_on date?, workdays int, reason_code text?
SELECT type, COALESCE(unit_name, ''), received_on, accepted_on, replied_on, COALESCE(workdays, 0), reason_code
  FROM open_withheld WHERE replied_on <= ? ORDER BY replied_on DESC, id DESC LIMIT ? OFFSET ?;

-- query: withheld_reasons :many
-- for: public
-- out: reason_code text?, n int
SELECT reason_code, COUNT(*) FROM open_withheld GROUP BY reason_code ORDER BY 2 DESC, 1;

-- Whether a published letter helped: one more of yes or of no.
-- query: pub_helpful_add :exec
-- for: public
-- in:  yes int, no int, letter_id int
INSERT INTO pub_helpful (letter_id, yes, no) SELECT x.id, x.yes, x.no FROM (SELECT p.id, ? AS yes, ? AS no FROM open_letter p WHERE p.id = ?) x
ON DUPLICATE KEY UPDATE yes = pub_helpful.yes + VALUES(yes), no = pub_helpful.no + VALUES(no);

-- query: pub_helpful_of :one
-- for: public
-- in:  letter_id int
-- out: yes int, no int
SELECT COALESCE(SUM(yes), 0), COALESCE(SUM(no), 0) FROM pub_helpful WHERE letter_id = ?;
