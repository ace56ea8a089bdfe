-- Working days, policies.

-- query: worktime_version :one
-- for: public desk slad migrate patrold
-- out: calendar_id int, policy_id int, topics int, rules int
SELECT COALESCE((SELECT MAX(id) FROM calendar_version), 0), COALESCE((SELECT MAX(id) FROM sla_policy), 0),
       COALESCE((SELECT MAX(id) FROM topic_event), 0),
       COALESCE((SELECT MAX(id) + COUNT(*) + 1000 * COUNT(valid_to) FROM sla_light), 0) +
       1000000 * COALESCE((SELECT MAX(id) + COUNT(*) + 1000 * COUNT(valid_to) FROM sla_ladder), 0);

-- query: calendar_days :many
-- for: public desk slad migrate patrold
-- out: year int, day date, kind text, name text
SELECT d.notice_year, d.day, d.kind, d.name FROM calendar_day d
  JOIN (SELECT year, MAX(version_id) AS version_id FROM calendar_year GROUP BY year) y
    ON y.year = d.notice_year AND y.version_id = d.version_id
 ORDER BY d.notice_year, d.day;

-- query: calendar_years :many
-- for: public desk slad migrate patrold
-- out: year int, provisional bool, source text
SELECT c.year, c.provisional, c.source FROM calendar_year c
  JOIN (SELECT year, MAX(version_id) AS version_id FROM calendar_year GROUP BY year) y
    ON y.year = c.year AND y.version_id = c.version_id
 ORDER BY c.year;

-- query: calendar_version_add :insert
-- for: desk migrate
-- in:  now time, note text, change_id int
INSERT INTO calendar_version (imported_at, note, change_id) VALUES (?, ?, ?);

-- query: calendar_year_add :exec
-- for: desk migrate
-- in:  year int, version_id int, provisional bool, source text
INSERT INTO calendar_year (year, version_id, provisional, source) VALUES (?, ?, ?, ?);

-- query: calendar_day_add :exec
-- for: desk migrate
-- in:  day date, year int, version_id int, kind text, name text
INSERT INTO calendar_day (day, notice_year, version_id, kind, name) VALUES (?, ?, ?, ?, ?);

-- query: policies :many
-- for: public desk slad migrate patrold
-- out: id int, timer text, business_type text?, unit_id int?, amount int, amount_unit text, max_amount int, allowance int, valid_from date, valid_to date?, grounds text
SELECT id, timer, business_type, unit_id, amount, amount_unit, max_amount, allowance, valid_from, valid_to, grounds
  FROM sla_policy ORDER BY id;

-- query: calendar_year_of :one
-- for: desk migrate
-- in:  year int
-- out: version_id int, provisional bool
SELECT version_id, provisional FROM calendar_year WHERE year = ? ORDER BY version_id DESC LIMIT 1;

-- query: calendar_days_of :many
-- for: desk migrate
-- in:  year int, version_id int
-- out: day date, kind text, name text
SELECT day, kind, name FROM calendar_day WHERE notice_year = ? AND version_id = ? ORDER BY day;

-- query: policy_add :insert
-- for: desk migrate
-- in:  timer text, business_type text?, unit_id int, amount int, amount_unit text, max_amount int, allowance int, valid_from date, valid_to date?, grounds text, change_id int
INSERT INTO sla_policy (timer, business_type, unit_id, amount, amount_unit, max_amount, allowance, valid_from, valid_to, grounds, change_id)
VALUES (?, ?, NULLIF(?, 0), ?, ?, ?, ?, ?, ?, ?, ?);
