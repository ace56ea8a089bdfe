-- The numbers.

-- query: delta_add :exec
-- for: public desk slad migrate
-- in:  day date, unit_id int, type text, topic_id int, measure text, bucket int, n int
INSERT INTO stat_delta (day, unit_id, type, topic_id, measure, bucket, n) VALUES (?, ?, ?, ?, ?, ?, ?);

-- One at a time writes days and sums of days.
-- query: stat_lock :one
-- for: slad migrate
-- out: definition int
SELECT definition FROM stat_made WHERE one = 1 FOR UPDATE;

-- query: stat_made_set :exec
-- for: migrate
-- in:  definition int
UPDATE stat_made SET definition = ? WHERE one = 1;

-- Taken and folded in one transaction; DELETE … RETURNING leaves no gap between reading and removing.
-- query: delta_take :many
-- for: slad migrate
-- in:  limit_n int
-- out: day date, unit_id int, type text, topic_id int, measure text, bucket int, n int
DELETE FROM stat_delta ORDER BY id LIMIT ? RETURNING day, unit_id, type, topic_id, measure, bucket, n;

-- rows: [["2026-03-02", unit, position of the type, topic, measure, bucket, n], …], each key once.
-- query: stat_fold :exec
-- for: slad migrate
-- in:  rows text
INSERT INTO stat_day (day, unit_id, type, topic_id, measure, bucket, n)
SELECT d.day, d.unit_id, d.type_no, d.topic_id, d.measure, d.bucket, d.n
  FROM JSON_TABLE(?, '$[*]' COLUMNS (day DATE PATH '$[0]', unit_id INT UNSIGNED PATH '$[1]', type_no INT PATH '$[2]',
       topic_id INT UNSIGNED PATH '$[3]', measure VARCHAR(16) PATH '$[4]', bucket INT PATH '$[5]', n INT PATH '$[6]')) d
ON DUPLICATE KEY UPDATE n = stat_day.n + VALUES(n);

-- The same rows into the sums (schema 0061 and 0072 say which, and the same in the view stat_spread).
-- query: cell_fold :exec
-- for: slad migrate
-- in:  rows text
INSERT INTO stat_cell (lens, period, flt_key, grp_key, measure, bucket, n)
SELECT x.lens, x.period, x.flt_key, x.grp_key, x.measure, x.bucket, SUM(x.n)
  FROM (SELECT l.id AS lens,
               CASE l.grain WHEN 'D' THEN d.day WHEN 'M' THEN d.day - INTERVAL DAYOFMONTH(d.day) - 1 DAY
                            ELSE d.day - INTERVAL DAYOFYEAR(d.day) - 1 DAY END AS period,
               CASE l.flt WHEN 'all' THEN 0 WHEN 'unit' THEN d.unit_id WHEN 'type' THEN d.type_no
                          WHEN 'topic' THEN COALESCE(t.parent_id, d.topic_id) ELSE 8 * d.unit_id + d.type_no END AS flt_key,
               CASE l.grp WHEN 'unit' THEN d.unit_id WHEN 'type' THEN d.type_no
                          WHEN 'topic' THEN COALESCE(t.parent_id, d.topic_id) ELSE d.topic_id END AS grp_key,
               d.measure, d.bucket, d.n
          FROM JSON_TABLE(?, '$[*]' COLUMNS (day DATE PATH '$[0]', unit_id INT UNSIGNED PATH '$[1]', type_no INT PATH '$[2]',
               topic_id INT UNSIGNED PATH '$[3]', measure VARCHAR(16) PATH '$[4]', bucket INT PATH '$[5]',
               n INT PATH '$[6]')) d
          LEFT JOIN topic t ON t.id = d.topic_id
          JOIN stat_lens l) x
 GROUP BY x.lens, x.period, x.flt_key, x.grp_key, x.measure, x.bucket
ON DUPLICATE KEY UPDATE n = stat_cell.n + VALUES(n);

-- Sums of a span of whole months, from the days; those of years from their months.
-- query: cell_clear :exec
-- for: migrate
-- in:  from_on date, to_on date
DELETE c FROM stat_cell c JOIN stat_lens l ON l.id = c.lens AND l.grain <> 'Y' WHERE c.period BETWEEN ? AND ?;

-- query: cell_make :exec
-- for: migrate
-- in:  from_on date, to_on date
INSERT INTO stat_cell (lens, period, flt_key, grp_key, measure, bucket, n)
SELECT x.lens, x.period, x.flt_key, x.grp_key, x.measure, x.bucket, SUM(x.n)
  FROM stat_spread x JOIN stat_lens l ON l.id = x.lens AND l.grain <> 'Y'
 WHERE x.day BETWEEN ? AND ?
 GROUP BY x.lens, x.period, x.flt_key, x.grp_key, x.measure, x.bucket HAVING SUM(x.n) <> 0;

-- query: cell_clear_years :exec
-- for: migrate
DELETE c FROM stat_cell c JOIN stat_lens l ON l.id = c.lens AND l.grain = 'Y';

-- query: cell_make_years :exec
-- for: migrate
INSERT INTO stat_cell (lens, period, flt_key, grp_key, measure, bucket, n)
SELECT c.lens + 1, c.period - INTERVAL DAYOFYEAR(c.period) - 1 DAY AS year_on, c.flt_key, c.grp_key, c.measure, c.bucket, SUM(c.n)
  FROM stat_cell c JOIN stat_lens l ON l.id = c.lens AND l.grain = 'M'
 GROUP BY c.lens, year_on, c.flt_key, c.grp_key, c.measure, c.bucket HAVING SUM(c.n) <> 0;

-- query: stat_span :one
-- for: migrate
-- out: from_on date?, to_on date?
SELECT MIN(s.day), MAX(s.day)
  FROM (SELECT MIN(day) AS day FROM stat_day UNION ALL SELECT MAX(day) FROM stat_day
        UNION ALL SELECT MIN(day) FROM stat_delta UNION ALL SELECT MAX(day) FROM stat_delta) s;

-- How many sums of a span of whole months are not what the days say.
-- query: cell_wrong :one
-- for: migrate
-- in:  from_on date, to_on date, from_again date, to_again date
-- out: n int
SELECT COUNT(*)
  FROM (SELECT y.lens
          FROM (SELECT c.lens, c.period, c.flt_key, c.grp_key, c.measure, c.bucket, c.n
                  FROM stat_cell c JOIN stat_lens l ON l.id = c.lens AND l.grain <> 'Y' WHERE c.period BETWEEN ? AND ?
                UNION ALL
                SELECT x.lens, x.period, x.flt_key, x.grp_key, x.measure, x.bucket, -x.n
                  FROM stat_spread x JOIN stat_lens l ON l.id = x.lens AND l.grain <> 'Y' WHERE x.day BETWEEN ? AND ?) y
         GROUP BY y.lens, y.period, y.flt_key, y.grp_key, y.measure, y.bucket HAVING SUM(y.n) <> 0) z;

-- query: cell_wrong_years :one
-- for: migrate
-- out: n int
SELECT COUNT(*)
  FROM (SELECT y.lens
          FROM (SELECT c.lens, c.period, c.flt_key, c.grp_key, c.measure, c.bucket, c.n
                  FROM stat_cell c JOIN stat_lens l ON l.id = c.lens AND l.grain = 'Y'
                UNION ALL
                SELECT c.lens + 1, c.period - INTERVAL DAYOFYEAR(c.period) - 1 DAY, c.flt_key, c.grp_key, c.measure, c.bucket, -c.n
                  FROM stat_cell c JOIN stat_lens l ON l.id = c.lens AND l.grain = 'M') y
         GROUP BY y.lens, y.period, y.flt_key, y.grp_key, y.measure, y.bucket HAVING SUM(y.n) <> 0) z;

-- pieces: [[tag, lens, "first day", flt_key], …]; what has the same tag is added up, from tag 100 on whatever its group.
-- query: stat_cells :many
-- for: public desk migrate paperd
-- in:  pieces text
-- out: tag int, lens int, grp_key int, measure text, bucket int, n int
SELECT COALESCE(s.tag, 0), c.lens - MOD(c.lens, 10) AS of_lens, IF(s.tag >= 100, 0, c.grp_key) AS of_key, c.measure, c.bucket, SUM(c.n)
  FROM JSON_TABLE(?, '$[*]' COLUMNS (tag INT PATH '$[0]', lens INT UNSIGNED PATH '$[1]', period DATE PATH '$[2]',
       flt_key INT UNSIGNED PATH '$[3]')) s
  JOIN stat_cell c ON c.lens = s.lens AND c.period = s.period AND c.flt_key = s.flt_key
 GROUP BY s.tag, of_lens, of_key, c.measure, c.bucket HAVING SUM(c.n) <> 0
 ORDER BY s.tag, of_lens, of_key, c.measure, c.bucket;

-- Days that no sum covers, each looked up by its index; from tag 100 on whatever unit and topic, as above.
-- days: [[tag, "day", 1 or -1], …]; topics: "100,101", or "" for all.
-- query: stat_days :many
-- for: public desk migrate paperd
-- in:  days text, type text?, type_again text?
-- out: tag int, unit_id int, type text, topic_id int, measure text, bucket int, n int
SELECT STRAIGHT_JOIN COALESCE(r.tag, 0), IF(r.tag >= 100, 0, s.unit_id) AS of_unit, s.type,
       IF(r.tag >= 100, 0, s.topic_id) AS of_topic, s.measure, s.bucket, SUM(s.n * r.sign)
  FROM JSON_TABLE(?, '$[*]' COLUMNS (tag INT PATH '$[0]', day DATE PATH '$[1]', sign INT PATH '$[2]')) r
  JOIN stat_day s FORCE INDEX (PRIMARY) ON s.day = r.day
 WHERE (? IS NULL OR s.type = ?)
 GROUP BY r.tag, of_unit, s.type, of_topic, s.measure, s.bucket HAVING SUM(s.n * r.sign) <> 0
 ORDER BY r.tag, of_unit, s.type, of_topic, s.measure, s.bucket;

-- query: stat_unit_days :many
-- for: public desk migrate paperd
-- in:  days text, unit_id int, type text?, type_again text?, topics text, topics_again text
-- out: tag int, unit_id int, type text, topic_id int, measure text, bucket int, n int
SELECT STRAIGHT_JOIN COALESCE(r.tag, 0), IF(r.tag >= 100, 0, s.unit_id) AS of_unit, s.type,
       IF(r.tag >= 100, 0, s.topic_id) AS of_topic, s.measure, s.bucket, SUM(s.n * r.sign)
  FROM JSON_TABLE(?, '$[*]' COLUMNS (tag INT PATH '$[0]', day DATE PATH '$[1]', sign INT PATH '$[2]')) r
  JOIN stat_day s FORCE INDEX (PRIMARY) ON s.day = r.day AND s.unit_id = ?
 WHERE (? IS NULL OR s.type = ?) AND (? = '' OR FIND_IN_SET(s.topic_id, ?))
 GROUP BY r.tag, of_unit, s.type, of_topic, s.measure, s.bucket HAVING SUM(s.n * r.sign) <> 0
 ORDER BY r.tag, of_unit, s.type, of_topic, s.measure, s.bucket;

-- topics: [100, 101].
-- query: stat_topic_days :many
-- for: public desk migrate paperd
-- in:  days text, topics text, type text?, type_again text?
-- out: tag int, unit_id int, type text, topic_id int, measure text, bucket int, n int
SELECT STRAIGHT_JOIN COALESCE(r.tag, 0), IF(r.tag >= 100, 0, s.unit_id) AS of_unit, s.type,
       IF(r.tag >= 100, 0, s.topic_id) AS of_topic, s.measure, s.bucket, SUM(s.n * r.sign)
  FROM JSON_TABLE(?, '$[*]' COLUMNS (tag INT PATH '$[0]', day DATE PATH '$[1]', sign INT PATH '$[2]')) r
  JOIN JSON_TABLE(?, '$[*]' COLUMNS (id INT UNSIGNED PATH '$')) p
  JOIN stat_day s FORCE INDEX (stat_day_topic) ON s.topic_id = p.id AND s.day = r.day
 WHERE (? IS NULL OR s.type = ?)
 GROUP BY r.tag, of_unit, s.type, of_topic, s.measure, s.bucket HAVING SUM(s.n * r.sign) <> 0
 ORDER BY r.tag, of_unit, s.type, of_topic, s.measure, s.bucket;

-- query: stat_first :one
-- for: public desk migrate paperd
-- out: day date?
SELECT MIN(day) FROM stat_day;

-- What is not folded yet.
-- query: stat_fresh :many
-- for: public desk migrate paperd
-- in:  ranges text, unit_id int?, unit_again int?, type text?, type_again text?, topics text, topics_again text
-- out: tag int, unit_id int, type text, topic_id int, measure text, bucket int, n int
SELECT COALESCE(r.tag, 0), s.unit_id, s.type, s.topic_id, s.measure, s.bucket, SUM(s.n)
  FROM JSON_TABLE(?, '$[*]' COLUMNS (tag INT PATH '$[0]', from_on DATE PATH '$[1]', to_on DATE PATH '$[2]')) r
  JOIN stat_delta s ON s.day BETWEEN r.from_on AND r.to_on
 WHERE (? IS NULL OR s.unit_id = ?) AND (? IS NULL OR s.type = ?) AND (? = '' OR FIND_IN_SET(s.topic_id, ?))
 GROUP BY r.tag, s.unit_id, s.type, s.topic_id, s.measure, s.bucket HAVING SUM(s.n) <> 0
 ORDER BY r.tag, s.unit_id, s.type, s.topic_id, s.measure, s.bucket;

-- query: ticket_topic_set :exec
-- for: desk migrate
-- in:  topic_id int, id int
UPDATE ticket SET topic_id = NULLIF(?, 0) WHERE id = ?;

-- query: ticket_simulated_set :exec
-- for: public migrate
-- in:  id int
UPDATE ticket SET simulated = TRUE WHERE id = ?;

-- query: stat_raw :many
-- for: migrate
-- in:  from_on date, to_on date, from_again date, to_again date
-- out: day date, unit_id int, type text, topic_id int, measure text, bucket int, n int
SELECT s.day, s.unit_id, s.type, s.topic_id, s.measure, s.bucket, SUM(s.n)
  FROM (SELECT day, unit_id, type, topic_id, measure, bucket, n FROM stat_day WHERE day BETWEEN ? AND ?
        UNION ALL SELECT day, unit_id, type, topic_id, measure, bucket, n FROM stat_delta WHERE day BETWEEN ? AND ?) s
 GROUP BY s.day, s.unit_id, s.type, s.topic_id, s.measure, s.bucket HAVING SUM(s.n) <> 0
 ORDER BY s.day, s.unit_id, s.type, s.topic_id, s.measure, s.bucket;

-- query: ticket_page_all :many
-- for: migrate
-- in:  after_id int, limit_n int
-- out: id int, no text, type text, state text, pub_state text, version int, round int, unit_id int, handler_id int, publish_ok bool, received_at time, received_on date, accepted_at time?, due_on date?, due_provisional bool, first_due_on date?, replied_at time?, reply_workdays int?, closed_at time?, result_code text?, reason_code text?, master_id int, grade int, topic_id int, simulated bool, marks int
SELECT id, no, type, state, pub_state, version, round, COALESCE(unit_id, 0), COALESCE(handler_id, 0), publish_ok, received_at,
       received_on, accepted_at, due_on, due_provisional, first_due_on, replied_at, reply_workdays, closed_at, result_code,
       reason_code, COALESCE(master_id, 0), COALESCE(grade, 0), COALESCE(topic_id, 0), simulated, marks
  FROM ticket WHERE id > ? ORDER BY id LIMIT ?;

-- Of those the viewer need not keep away from.
-- query: veto_oldest :one
-- for: desk migrate
-- in:  viewer_unit int, viewer int
-- out: no text?, received_on date?
SELECT t.no, t.received_on FROM timer m JOIN ticket t ON t.id = m.ticket_id
 WHERE m.kind = 'veto' AND m.state = 'running' AND NOT t.simulated
   AND m.ticket_id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
 ORDER BY m.due_on, m.id LIMIT 1;

-- query: job_put :exec
-- for: migrate
-- in:  kind text, subject text, done int, total int, state text, now time, now_again time
INSERT INTO job (kind, subject, done, total, state, started_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE done = VALUES(done), total = VALUES(total), state = VALUES(state), changed_at = VALUES(changed_at);

