-- Security incidents and the reports about them.

-- query: incident_count :one
-- for: desk migrate
-- in:  prefix text
-- out: n int
SELECT COUNT(*) FROM incident WHERE no LIKE ?;

-- query: incident_add :insert
-- for: desk migrate
-- in:  no text, kind text, severity text, title text, words text, found_at time, now time, officer_id int, first_due_at time, full_due_at time
INSERT INTO incident (no, kind, severity, title, words, found_at, registered_at, officer_id, first_due_at, full_due_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- query: incident_get :one
-- for: desk migrate
-- in:  no text
-- out: id int, no text, kind text, severity text, title text, words text, found_at time, registered_at time, who text, first_due_at time, full_due_at time, first_at time?, full_at time?, closed_at time?, version int
SELECT i.id, i.no, i.kind, i.severity, i.title, i.words, i.found_at, i.registered_at, o.name, i.first_due_at, i.full_due_at, i.first_at,
       i.full_at, i.closed_at, i.version
  FROM incident i JOIN officer o ON o.id = i.officer_id WHERE i.no = ?;

-- query: incident_lock :one
-- for: desk migrate
-- in:  no text
-- out: id int, found_at time, first_at time?, full_at time?, closed_at time?, version int
SELECT id, found_at, first_at, full_at, closed_at, version FROM incident WHERE no = ? FOR UPDATE;

-- query: incident_report_add :exec
-- for: desk migrate
-- in:  incident_id int, kind text, to_whom text, how text, words text, reported_at time, now time, officer_id int
INSERT INTO incident_report (incident_id, kind, to_whom, how, words, reported_at, logged_at, officer_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

-- query: incident_move :exec
-- for: desk migrate
-- in:  first_at time?, full_at time?, closed_at time?, id int
UPDATE incident SET first_at = ?, full_at = ?, closed_at = ?, version = version + 1 WHERE id = ?;

-- query: incident_reports :many
-- for: desk
-- in:  incident_id int
-- out: kind text, to_whom text, how text, words text, reported_at time, logged_at time, who text
SELECT r.kind, r.to_whom, r.how, r.words, r.reported_at, r.logged_at, o.name
  FROM incident_report r JOIN officer o ON o.id = r.officer_id WHERE r.incident_id = ? ORDER BY r.id LIMIT 200;

-- query: incident_list :many
-- for: desk
-- in:  before_id int, limit_n int
-- out: id int, no text, kind text, severity text, title text, found_at time, first_due_at time, full_due_at time, first_at time?, full_at time?, closed_at time?
SELECT id, no, kind, severity, title, found_at, first_due_at, full_due_at, first_at, full_at, closed_at FROM incident
 WHERE id < ? ORDER BY id DESC LIMIT ?;

-- Those whose clocks run.
-- query: incident_running :many
-- for: desk slad
-- out: no text, found_at time, first_at time?, full_at time?
SELECT no, found_at, first_at, full_at FROM incident
 WHERE closed_at IS NULL AND (first_at IS NULL OR full_at IS NULL) ORDER BY found_at LIMIT 50;
