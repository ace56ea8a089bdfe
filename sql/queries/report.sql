-- Monthly bulletins and annual reports.

-- query: report_list :many
-- for: desk
-- in:  limit_n int
-- out: id int, kind text, code text, state text, edited_name text, edited_at time, signed_name text?, published_at time?
SELECT r.id, r.kind, r.code, r.state, e.name, r.edited_at, s.name, r.published_at
  FROM report r JOIN officer e ON e.id = r.edited_by LEFT JOIN officer s ON s.id = r.signed_by
 ORDER BY r.from_on DESC, r.kind LIMIT ?;

-- query: report_get :one
-- for: desk paperd
-- in:  code text
-- out: id int, kind text, code text, from_on date, to_on date, state text, version int, figures text, frozen_at time, sha256 blob, before_figures text?, extra text, edited_by int, edited_name text, edited_at time, signed_name text?, signed_at time?, published_at time?, paper_id int
SELECT r.id, r.kind, r.code, r.from_on, r.to_on, r.state, r.version, f.figures, f.made_at, f.sha256, b.figures, r.extra, r.edited_by,
       e.name, r.edited_at, s.name, r.signed_at, r.published_at, COALESCE(r.paper_id, 0)
  FROM report r JOIN stat_frozen f ON f.id = r.frozen_id LEFT JOIN stat_frozen b ON b.id = r.before_id
  JOIN officer e ON e.id = r.edited_by LEFT JOIN officer s ON s.id = r.signed_by
 WHERE r.code = ?;

-- query: report_parts :many
-- for: desk paperd
-- in:  report_id int
-- out: part text, body text
SELECT x.part, x.body FROM report_part x
 WHERE x.report_id = ? AND x.id = (SELECT MAX(l.id) FROM report_part l WHERE l.report_id = x.report_id AND l.part = x.part);

-- query: report_events :many
-- for: desk
-- in:  report_id int
-- out: what text, at time, name text, note text
SELECT v.what, v.at, o.name, v.note FROM report_event v JOIN officer o ON o.id = v.officer_id WHERE v.report_id = ?
 ORDER BY v.id DESC LIMIT 50;

-- query: report_lock :one
-- for: desk
-- in:  id int
-- out: state text, version int, edited_by int, paper_id int, code text
SELECT state, version, edited_by, COALESCE(paper_id, 0), code FROM report WHERE id = ? FOR UPDATE;

-- query: report_add :insert
-- for: desk
-- in:  kind text, code text, from_on date, to_on date, frozen_id int, before_id int?, extra text, edited_by int, now time
INSERT INTO report (kind, code, from_on, to_on, frozen_id, before_id, extra, edited_by, edited_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?);

-- query: report_freeze :exec
-- for: desk
-- in:  frozen_id int, before_id int?, extra text, edited_by int, now time, id int
UPDATE report SET frozen_id = ?, before_id = ?, extra = ?, edited_by = ?, edited_at = ?, version = version + 1 WHERE id = ?;

-- query: report_edited :exec
-- for: desk
-- in:  edited_by int, now time, id int
UPDATE report SET edited_by = ?, edited_at = ?, version = version + 1 WHERE id = ?;

-- query: report_sign :exec
-- for: desk
-- in:  signed_by int, now time, id int
UPDATE report SET state = 'signed', signed_by = ?, signed_at = ?, version = version + 1 WHERE id = ?;

-- query: report_unsign :exec
-- for: desk
-- in:  id int
UPDATE report SET state = 'draft', signed_by = NULL, signed_at = NULL, published_at = NULL, paper_id = NULL, version = version + 1
 WHERE id = ?;

-- query: report_publish :exec
-- for: desk
-- in:  now time, paper_id int, id int
UPDATE report SET state = 'published', published_at = ?, paper_id = ?, version = version + 1 WHERE id = ?;

-- query: report_withdraw :exec
-- for: desk
-- in:  id int
UPDATE report SET state = 'signed', published_at = NULL, paper_id = NULL, version = version + 1 WHERE id = ?;

-- query: report_part_add :exec
-- for: desk
-- in:  report_id int, part text, body text, changed_by int, now time
INSERT INTO report_part (report_id, part, body, changed_by, changed_at) VALUES (?, ?, ?, ?, ?);

-- query: report_event_add :exec
-- for: desk
-- in:  report_id int, what text, officer_id int, now time, note text
INSERT INTO report_event (report_id, what, officer_id, at, note) VALUES (?, ?, ?, ?, ?);

-- The figures of the annual form, from the letters themselves: 收到留言数量、办结留言数量、平均办理时间、公开答复数量. Printed in the report.
-- query: report_form :one
-- for: desk
-- in:  from_1 date, to_1 date, from_2 date, to_2 date, from_3 date, to_3 date
-- out: received int, closed int, replied int, days int, workdays int, published int
SELECT r.n, c.n, a.n, a.days, a.workdays, a.published
  FROM (SELECT COUNT(*) AS n FROM ticket WHERE received_on BETWEEN ? AND ? AND state <> 'invalid' AND NOT simulated) r
  JOIN (SELECT COUNT(*) AS n FROM ticket WHERE closed_on BETWEEN ? AND ? AND state IN ('closed','archived') AND NOT simulated) c
  JOIN (SELECT COUNT(*) AS n, COALESCE(SUM(DATEDIFF(replied_on, accepted_on)), 0) AS days,
               COALESCE(SUM(reply_workdays), 0) AS workdays, COALESCE(SUM(pub_state IN ('published','corrected')), 0) AS published
          FROM ticket WHERE replied_on BETWEEN ? AND ? AND state <> 'invalid' AND NOT simulated) a;

-- Published ones, for everybody.
-- query: pub_report_list :many
-- for: public
-- in:  limit_n int
-- out: kind text, code text, published_at time?
SELECT kind, code, published_at FROM pub_report ORDER BY from_on DESC, kind LIMIT ?;

-- query: pub_report_get :one
-- for: public
-- in:  code text
-- out: id int, kind text, code text, from_on date, to_on date, version int, extra text, signed_at time?, published_at time?, figures text, frozen_at time, sha256 blob, before_figures text?, paper_id int, paper_state text?, file_name text?, size_bytes int
SELECT id, kind, code, from_on, to_on, version, extra, signed_at, published_at, figures, frozen_at, sha256, before_figures,
       COALESCE(paper_id, 0), paper_state, file_name, COALESCE(size_bytes, 0) FROM pub_report WHERE code = ?;

-- query: pub_report_parts :many
-- for: public
-- in:  report_id int
-- out: part text, body text
SELECT part, body FROM pub_report_part WHERE report_id = ?;
