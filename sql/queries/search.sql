-- Search among published letters (tickets/search.h, search_feed.h). What is public is decided by the view open_letter alone.

-- waiting: up to a ceiling, it only decides whether to look. letters: under no filter (0084).
-- query: search_state :one
-- for: public migrate
-- out: ready int, waiting int, letters int, version int
SELECT s.ready AND EXISTS (SELECT 1 FROM search_alive), (SELECT COUNT(*) FROM (SELECT 1 FROM search_queue LIMIT 1000) q),
       COALESCE((SELECT c.n FROM pub_count c WHERE c.lens = 0 AND c.unit_id = 0 AND c.topic_id = 0 AND c.place_id = 0 AND c.period = 0
          AND c.type = '' AND c.result = ''), 0),
       (SELECT v.n FROM pub_version v WHERE v.id = 1)
  FROM search_state s;

-- One of the places of those who search at the same time; 0: whoever waits for one.
-- query: search_place :one
-- for: public migrate
-- in:  place int, wait_s int
-- out: got int
SELECT COALESCE(GET_LOCK(CONCAT(DATABASE(), '.search.', ?), ?), 0);

-- query: search_leave :one
-- for: public migrate
-- in:  place int
-- out: released int
SELECT COALESCE(RELEASE_LOCK(CONCAT(DATABASE(), '.search.', ?)), 0);

-- Of all days and without a filter: each condition is looked at for each letter that has the words.
-- query: search_latest :many
-- for: public migrate
-- in:  against text, limit_n int
-- out: id int, print int, sort_key int
SELECT id, print, sort_key FROM search_doc WHERE MATCH (title, words) AGAINST (? IN BOOLEAN MODE) ORDER BY sort_key DESC LIMIT ?;

-- Conditions are single comparisons: of BETWEEN Mroonga would read every letter that has the words.
-- query: search_by_date :many
-- for: public migrate
-- in:  against text, key_from int, key_before int, limit_n int
-- out: id int, print int, sort_key int
SELECT id, print, sort_key FROM search_doc
 WHERE MATCH (title, words) AGAINST (? IN BOOLEAN MODE) AND sort_key >= ? AND sort_key < ? ORDER BY sort_key DESC LIMIT ?;

-- query: search_by_date_filtered :many
-- for: public migrate
-- in:  against text, type_from int, type_to int, unit_from int, unit_to int, top_from int, top_to int, topic_from int, topic_to int, place_from int, place_to int, result_from int, result_to int, key_from int, key_before int, limit_n int
-- out: id int, print int, sort_key int
SELECT id, print, sort_key FROM search_doc
 WHERE MATCH (title, words) AGAINST (? IN BOOLEAN MODE)
   AND type >= ? AND type <= ? AND unit_id >= ? AND unit_id <= ? AND topic_top >= ? AND topic_top <= ? AND topic_id >= ?
   AND topic_id <= ? AND place_id >= ? AND place_id <= ? AND result >= ? AND result <= ?
   AND sort_key >= ? AND sort_key < ? ORDER BY sort_key DESC LIMIT ?;

-- query: search_by_score :many
-- for: public migrate
-- in:  scored text, against text, type_from int, type_to int, unit_from int, unit_to int, top_from int, top_to int, topic_from int, topic_to int, place_from int, place_to int, result_from int, result_to int, key_from int, key_before int, limit_n int
-- out: id int, print int, sort_key int, score real
SELECT id, print, sort_key, MATCH (title, words) AGAINST (? IN BOOLEAN MODE) AS score FROM search_doc
 WHERE MATCH (title, words) AGAINST (? IN BOOLEAN MODE)
   AND type >= ? AND type <= ? AND unit_id >= ? AND unit_id <= ? AND topic_top >= ? AND topic_top <= ? AND topic_id >= ?
   AND topic_id <= ? AND place_id >= ? AND place_id <= ? AND result >= ? AND result <= ?
   AND sort_key >= ? AND sort_key < ? ORDER BY score DESC LIMIT ?;

-- Of what the index proposed, what is published with the same hash; in the order of the list.
-- query: search_confirm :many
-- for: public migrate
-- in:  list text, type text?, type_again text?, unit_id int?, unit_again int?, topic_top int?, top_again int?, topic_id int?, topic_again int?, place_id int?, place_again int?, result text?, result_again text?, from_on date, to_on date
-- out: id int, replied_on date, title text, body text, reply text
SELECT p.id, p.replied_on, p.title, p.body, p.reply
  FROM JSON_TABLE(?, '$[*]' COLUMNS (n FOR ORDINALITY, id BIGINT PATH '$.i', print BIGINT PATH '$.p')) j
  STRAIGHT_JOIN open_letter p ON p.id = j.id
 WHERE CAST(CONV(HEX(LEFT(p.sha256, 8)), 16, 10) AS UNSIGNED) & 9223372036854775807 = j.print
   AND (? IS NULL OR p.type = ?) AND (? IS NULL OR p.unit_id = ?) AND (? IS NULL OR p.topic_top = ?) AND (? IS NULL OR p.topic_id = ?)
   AND (? IS NULL OR p.place_id = ?) AND (? IS NULL OR p.result_code = ?) AND p.replied_on BETWEEN ? AND ?
 ORDER BY j.n;

-- What waits for the index, the latest first.
-- query: search_waiting :many
-- for: public migrate
-- in:  type text?, type_again text?, unit_id int?, unit_again int?, topic_top int?, top_again int?, topic_id int?, topic_again int?, place_id int?, place_again int?, result text?, result_again text?, from_on date, to_on date, before_on date, before_on_again date, before_id int, limit_n int
-- out: id int, replied_on date, title text, body text, reply text
SELECT p.id, p.replied_on, p.title, p.body, p.reply FROM search_queue q JOIN open_letter p ON p.id = q.pub_id
 WHERE (? IS NULL OR p.type = ?) AND (? IS NULL OR p.unit_id = ?) AND (? IS NULL OR p.topic_top = ?) AND (? IS NULL OR p.topic_id = ?)
   AND (? IS NULL OR p.place_id = ?) AND (? IS NULL OR p.result_code = ?) AND p.replied_on BETWEEN ? AND ?
   AND p.replied_on <= ? AND (p.replied_on < ? OR p.id < ?)
 ORDER BY p.replied_on DESC, p.id DESC LIMIT ?;

-- The same of all letters.
-- query: search_all :many
-- for: public migrate
-- in:  type text?, type_again text?, unit_id int?, unit_again int?, topic_top int?, top_again int?, topic_id int?, topic_again int?, place_id int?, place_again int?, result text?, result_again text?, from_on date, to_on date, before_on date, before_on_again date, before_id int, limit_n int
-- out: id int, replied_on date, title text, body text, reply text
SELECT p.id, p.replied_on, p.title, p.body, p.reply FROM open_letter p
 WHERE (? IS NULL OR p.type = ?) AND (? IS NULL OR p.unit_id = ?) AND (? IS NULL OR p.topic_top = ?) AND (? IS NULL OR p.topic_id = ?)
   AND (? IS NULL OR p.place_id = ?) AND (? IS NULL OR p.result_code = ?) AND p.replied_on BETWEEN ? AND ?
   AND p.replied_on <= ? AND (p.replied_on < ? OR p.id < ?)
 ORDER BY p.replied_on DESC, p.id DESC LIMIT ?;

-- --- the writer ---

-- query: search_lock :one
-- for: searchd migrate
-- in:  wait_s int
-- out: got int
SELECT COALESCE(GET_LOCK('minsheng_search', ?), 0);

-- query: search_unlock :one
-- for: searchd migrate
-- out: released int
SELECT COALESCE(RELEASE_LOCK('minsheng_search'), 0);

-- query: search_health :one
-- for: searchd migrate
-- out: alive bool, ready bool, writing bool, boot text, fold int, waiting int
SELECT EXISTS (SELECT 1 FROM search_alive), s.ready, s.writing, s.boot, s.fold, (SELECT COUNT(*) FROM search_queue)
  FROM search_state s;

-- query: search_wake :exec
-- for: searchd migrate
INSERT IGNORE INTO search_alive (one) VALUES (1);

-- query: search_sleep :exec
-- for: searchd migrate
DELETE FROM search_alive;

-- query: search_unready :exec
-- for: searchd migrate
UPDATE search_state SET ready = FALSE;

-- query: search_writing :exec
-- for: searchd migrate
-- in:  writing bool
UPDATE search_state SET writing = ?;

-- query: search_progress :exec
-- for: searchd migrate
-- in:  done int, total int
UPDATE search_state SET done = ?, total = ?;

-- query: search_built :exec
-- for: searchd migrate
-- in:  boot text, fold int, now time, ms int
UPDATE search_state SET ready = TRUE, writing = FALSE, boot = ?, fold = ?, built_at = ?, built_ms = ?;

-- query: search_checked :exec
-- for: searchd migrate
-- in:  now time
UPDATE search_state SET checked_at = ?;

-- query: search_queued :many
-- for: searchd migrate
-- in:  limit_n int
-- out: pub_id int, turn int
SELECT pub_id, turn FROM search_queue ORDER BY pub_id LIMIT ?;

-- query: search_enqueue :exec
-- for: searchd migrate
-- in:  ids text
INSERT INTO search_queue (pub_id)
SELECT j.id FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j ON DUPLICATE KEY UPDATE turn = turn + 1;

-- Only as it was seen: what changed meanwhile stays.
-- query: search_dequeue :exec
-- for: searchd migrate
-- in:  list text
DELETE q FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$.i', turn INT UNSIGNED PATH '$.t')) j
  STRAIGHT_JOIN search_queue q ON q.pub_id = j.id AND q.turn = j.turn;

-- query: search_letters :many
-- for: searchd migrate
-- in:  ids text
-- out: id int, print int, type text, unit_id int, topic_top int, topic_id int, place_id int, result text, replied_on date, title text, body text, reply text
SELECT p.id, CAST(CONV(HEX(LEFT(p.sha256, 8)), 16, 10) AS UNSIGNED) & 9223372036854775807, p.type, p.unit_id, COALESCE(p.topic_top, 0),
       COALESCE(p.topic_id, 0), COALESCE(p.place_id, 0), COALESCE(p.result_code, ''), p.replied_on, p.title, p.body, p.reply
  FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j STRAIGHT_JOIN open_letter p ON p.id = j.id;

-- query: search_letters_after :many
-- for: searchd migrate
-- in:  after_id int, limit_n int
-- out: id int, print int, type text, unit_id int, topic_top int, topic_id int, place_id int, result text, replied_on date, title text, body text, reply text
SELECT p.id, CAST(CONV(HEX(LEFT(p.sha256, 8)), 16, 10) AS UNSIGNED) & 9223372036854775807, p.type, p.unit_id, COALESCE(p.topic_top, 0),
       COALESCE(p.topic_id, 0), COALESCE(p.place_id, 0), COALESCE(p.result_code, ''), p.replied_on, p.title, p.body, p.reply
  FROM open_letter p WHERE p.id > ? ORDER BY p.id LIMIT ?;

-- query: search_total :one
-- for: searchd migrate
-- out: n int
SELECT COUNT(*) FROM open_letter;

-- query: search_doc_remove :exec
-- for: searchd migrate
-- in:  ids text
DELETE d FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) j STRAIGHT_JOIN search_doc d ON d.id = j.id;

-- query: search_doc_add :exec
-- for: searchd migrate
-- in:  docs text
INSERT INTO search_doc (id, print, sort_key, type, unit_id, topic_top, topic_id, place_id, result, title, words)
SELECT j.id, j.print, j.sort_key, j.type, j.unit_id, j.topic_top, j.topic_id, j.place_id, j.result, j.title, j.words
  FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$.i', print BIGINT PATH '$.p', sort_key BIGINT PATH '$.k', type INT PATH '$.y',
       unit_id INT PATH '$.u', topic_top INT PATH '$.a', topic_id INT PATH '$.b', place_id INT PATH '$.l', result INT PATH '$.r',
       title TEXT PATH '$.t', words MEDIUMTEXT PATH '$.w')) j;

-- query: search_next_add :exec
-- for: searchd migrate
-- in:  docs text
INSERT INTO search_next (id, print, sort_key, type, unit_id, topic_top, topic_id, place_id, result, title, words)
SELECT j.id, j.print, j.sort_key, j.type, j.unit_id, j.topic_top, j.topic_id, j.place_id, j.result, j.title, j.words
  FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$.i', print BIGINT PATH '$.p', sort_key BIGINT PATH '$.k', type INT PATH '$.y',
       unit_id INT PATH '$.u', topic_top INT PATH '$.a', topic_id INT PATH '$.b', place_id INT PATH '$.l', result INT PATH '$.r',
       title TEXT PATH '$.t', words MEDIUMTEXT PATH '$.w')) j;

-- query: search_next_drop :exec
-- for: searchd migrate
DROP TABLE IF EXISTS search_next;

-- As in schema/0086_search.sql, the index follows.
-- query: search_next_make :exec
-- for: searchd migrate
CREATE TABLE search_next (
  id        BIGINT NOT NULL PRIMARY KEY,
  print     BIGINT NOT NULL,
  sort_key  BIGINT NOT NULL,
  type      INT NOT NULL,
  unit_id   INT NOT NULL,
  topic_top INT NOT NULL,
  topic_id  INT NOT NULL,
  place_id  INT NOT NULL,
  result    INT NOT NULL,
  title     TEXT NOT NULL,
  words     MEDIUMTEXT NOT NULL
) ENGINE=Mroonga DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- All at once: a third of the time of adding letter by letter.
-- query: search_next_index :exec
-- for: searchd migrate
ALTER TABLE search_next
  ADD FULLTEXT KEY search_text (title, words) COMMENT 'tokenizer "TokenBigramSplitSymbolAlphaDigit", normalizer "none"';

-- query: search_swap :exec
-- for: searchd migrate
RENAME TABLE search_doc TO search_old, search_next TO search_doc, search_old TO search_next;

-- query: search_next_empty :exec
-- for: searchd migrate
TRUNCATE TABLE search_next;

-- Counts and checksums of a thousand letters each, of hashes that an index has.
-- query: search_sums_letters :many
-- for: searchd migrate
-- out: part int, n int, sum int
SELECT id DIV 1000, COUNT(*), BIT_XOR(CAST(CONV(HEX(LEFT(sha256, 8)), 16, 10) AS UNSIGNED) & 9223372036854775807)
  FROM open_letter GROUP BY id DIV 1000 ORDER BY 1;

-- query: search_sums_docs :many
-- for: searchd migrate
-- out: part int, n int, sum int
SELECT id DIV 1000, COUNT(*), BIT_XOR(print) FROM search_doc GROUP BY id DIV 1000 ORDER BY 1;

-- query: search_prints_letters :many
-- for: searchd migrate
-- in:  part int, part_again int
-- out: id int, print int
SELECT id, CAST(CONV(HEX(LEFT(sha256, 8)), 16, 10) AS UNSIGNED) & 9223372036854775807
  FROM open_letter WHERE id BETWEEN 1000 * ? AND 1000 * ? + 999 ORDER BY id;

-- query: search_prints_docs :many
-- for: searchd migrate
-- in:  part int, part_again int
-- out: id int, print int
SELECT id, print FROM search_doc WHERE id BETWEEN 1000 * ? AND 1000 * ? + 999 ORDER BY id;
