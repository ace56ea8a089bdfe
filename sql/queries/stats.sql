-- The numbers.

-- query: delta_add :exec
-- for: public desk slad migrate
-- in:  day date, unit_id int, type text, measure text, bucket int, n int
INSERT INTO stat_delta (day, unit_id, type, measure, bucket, n) VALUES (?, ?, ?, ?, ?, ?);

-- Taken and folded in one transaction; DELETE … RETURNING leaves no gap between reading and removing.
-- query: delta_take :many
-- for: slad migrate
-- in:  limit_n int
-- out: day date, unit_id int, type text, measure text, bucket int, n int
DELETE FROM stat_delta ORDER BY id LIMIT ? RETURNING day, unit_id, type, measure, bucket, n;

-- query: stat_fold :exec
-- for: slad migrate
-- in:  day date, unit_id int, type text, measure text, bucket int, n int
INSERT INTO stat_day (day, unit_id, type, measure, bucket, n) VALUES (?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE n = n + VALUES(n);

-- query: stat_year :many
-- for: public desk migrate
-- in:  from_on date, to_on date, unit_id int?, unit_again int?, from_again date, to_again date, unit_third int?, unit_fourth int?
-- out: year int, measure text, bucket int, n int
SELECT YEAR(s.day), s.measure, s.bucket, SUM(s.n)
  FROM (SELECT day, measure, bucket, n FROM stat_day WHERE day BETWEEN ? AND ? AND (? IS NULL OR unit_id = ?)
        UNION ALL
        SELECT day, measure, bucket, n FROM stat_delta WHERE day BETWEEN ? AND ? AND (? IS NULL OR unit_id = ?)) s
 GROUP BY YEAR(s.day), s.measure, s.bucket HAVING SUM(s.n) <> 0 ORDER BY 1, 2, 3;

-- query: stat_by_unit :many
-- for: public desk migrate
-- in:  from_on date, to_on date, from_again date, to_again date
-- out: unit_id int, unit_name text?, measure text, bucket int, n int
SELECT s.unit_id, u.name, s.measure, s.bucket, SUM(s.n)
  FROM (SELECT unit_id, measure, bucket, n FROM stat_day WHERE day BETWEEN ? AND ?
        UNION ALL
        SELECT unit_id, measure, bucket, n FROM stat_delta WHERE day BETWEEN ? AND ?) s
  LEFT JOIN unit u ON u.id = s.unit_id
 GROUP BY s.unit_id, u.name, s.measure, s.bucket HAVING SUM(s.n) <> 0 ORDER BY s.unit_id, s.measure, s.bucket;

-- query: stat_by_type :many
-- for: public desk migrate
-- in:  from_on date, to_on date, from_again date, to_again date
-- out: type text, measure text, bucket int, n int
SELECT s.type, s.measure, s.bucket, SUM(s.n)
  FROM (SELECT type, measure, bucket, n FROM stat_day WHERE day BETWEEN ? AND ?
        UNION ALL
        SELECT type, measure, bucket, n FROM stat_delta WHERE day BETWEEN ? AND ?) s
 GROUP BY s.type, s.measure, s.bucket HAVING SUM(s.n) <> 0 ORDER BY s.type, s.measure, s.bucket;

-- query: stat_raw :many
-- for: migrate
-- out: day date, unit_id int, type text, measure text, bucket int, n int
SELECT s.day, s.unit_id, s.type, s.measure, s.bucket, SUM(s.n)
  FROM (SELECT day, unit_id, type, measure, bucket, n FROM stat_day
        UNION ALL SELECT day, unit_id, type, measure, bucket, n FROM stat_delta) s
 GROUP BY s.day, s.unit_id, s.type, s.measure, s.bucket HAVING SUM(s.n) <> 0
 ORDER BY s.day, s.unit_id, s.type, s.measure, s.bucket;

-- query: ticket_page_all :many
-- for: migrate
-- in:  after_id int, limit_n int
-- out: id int, no text, type text, state text, pub_state text, version int, round int, unit_id int, handler_id int, publish_ok bool, received_at time, received_on date, accepted_at time?, due_on date?, due_provisional bool, first_due_on date?, replied_at time?, reply_workdays int?, closed_at time?, result_code text?, reason_code text?, master_id int, grade int
SELECT id, no, type, state, pub_state, version, round, COALESCE(unit_id, 0), COALESCE(handler_id, 0), publish_ok, received_at,
       received_on, accepted_at, due_on, due_provisional, first_due_on, replied_at, reply_workdays, closed_at, result_code,
       reason_code, COALESCE(master_id, 0), COALESCE(grade, 0)
  FROM ticket WHERE id > ? ORDER BY id LIMIT ?;

-- Of those the viewer need not keep away from.
-- query: veto_oldest :one
-- for: desk migrate
-- in:  viewer_unit int, viewer int
-- out: no text?, received_on date?
SELECT t.no, t.received_on FROM timer m JOIN ticket t ON t.id = m.ticket_id
 WHERE m.kind = 'veto' AND m.state = 'running'
   AND m.ticket_id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
 ORDER BY m.due_on, m.id LIMIT 1;

-- query: job_put :exec
-- for: migrate
-- in:  kind text, subject text, done int, total int, state text, now time, now_again time
INSERT INTO job (kind, subject, done, total, state, started_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE done = VALUES(done), total = VALUES(total), state = VALUES(state), changed_at = VALUES(changed_at);

