-- What units do to a letter.

-- query: assignment_add :exec
-- for: desk migrate
-- in:  ticket_id int, unit_id int, role text, round int, now time
INSERT INTO assignment (ticket_id, unit_id, role, round, assigned_at) VALUES (?, ?, ?, ?, ?);

-- query: assignment_sign :exec
-- for: desk migrate
-- in:  now time, officer_id int, ticket_id int
UPDATE assignment SET signed_at = ?, signed_by = ? WHERE ticket_id = ? AND role = 'main' AND ended_at IS NULL;

-- query: assignment_end :exec
-- for: public desk migrate
-- in:  now time, ticket_id int
UPDATE assignment SET ended_at = ? WHERE ticket_id = ? AND ended_at IS NULL;

-- query: objection_add :exec
-- for: desk migrate
-- in:  ticket_id int, unit_id int, suggested_unit_id int, reason text, now time
INSERT INTO objection (ticket_id, unit_id, suggested_unit_id, reason, made_at) VALUES (?, ?, NULLIF(?, 0), ?, ?);

-- query: objection_decide :exec
-- for: desk migrate
-- in:  decision text, ticket_id int
UPDATE objection SET decision = ? WHERE ticket_id = ? AND decision = 'open';

-- query: supplement_ask :exec
-- for: desk migrate
-- in:  ticket_id int, question text, now time
INSERT INTO supplement (ticket_id, question, asked_at) VALUES (?, ?, ?);

-- query: supplement_answer :exec
-- for: public migrate
-- in:  answer text, now time, ticket_id int
UPDATE supplement SET answer = ?, answered_at = ? WHERE ticket_id = ?;

-- query: reply_add :insert
-- for: desk migrate
-- in:  ticket_id int, round int, kind text, state text, unit_id int, author_id int, body text, result_code text?, next_on date?, now time, approved_at time?
INSERT INTO reply (ticket_id, round, kind, state, unit_id, author_id, body, result_code, next_on, written_at, approved_at)
VALUES (?, ?, ?, ?, ?, NULLIF(?, 0), ?, ?, ?, ?, ?);

-- query: reply_draft_of :one
-- for: desk migrate
-- in:  ticket_id int, round int
-- out: id int, author_id int, body text, result_code text?, next_on date?, version int, state text
SELECT id, COALESCE(author_id, 0), body, result_code, next_on, version, state FROM reply
 WHERE ticket_id = ? AND round = ? AND kind = 'final' AND state IN ('draft','returned','in_review') ORDER BY id DESC LIMIT 1;

-- query: reply_draft_save :exec
-- for: desk migrate
-- in:  unit_id int, author_id int, body text, result_code text?, next_on date?, now time, id int, version int
UPDATE reply SET unit_id = ?, author_id = ?, body = ?, result_code = ?, next_on = ?, written_at = ?, version = version + 1
 WHERE id = ? AND version = ? AND state IN ('draft','returned');

-- query: reply_submit :exec
-- for: desk migrate
-- in:  unit_id int, author_id int, body text, result_code text?, next_on date?, now time, id int
UPDATE reply SET unit_id = ?, author_id = ?, body = ?, result_code = ?, next_on = ?, written_at = ?, version = version + 1, state = 'in_review', level = 0
 WHERE id = ?;

-- query: reply_in_review :one
-- for: desk migrate
-- in:  ticket_id int, kind text
-- out: id int, body text, level int, result_code text?, next_on date?, version int
SELECT id, body, level, result_code, next_on, version FROM reply
 WHERE ticket_id = ? AND kind = ? AND state = 'in_review' ORDER BY id DESC LIMIT 1;

-- query: reply_set_state :exec
-- for: desk migrate
-- in:  state text, level int, approved_at time?, id int
UPDATE reply SET state = ?, level = ?, approved_at = ? WHERE id = ?;

-- query: reply_of :many
-- for: desk migrate
-- in:  ticket_id int
-- out: id int, round int, kind text, state text, level int, unit_name text, author_name text?, body text, result_code text?, next_on date?, version int, written_at time, approved_at time?
SELECT r.id, r.round, r.kind, r.state, r.level, u.name, o.name, r.body, r.result_code, r.next_on, r.version, r.written_at, r.approved_at
  FROM reply r JOIN unit u ON u.id = r.unit_id LEFT JOIN officer o ON o.id = r.author_id
 WHERE r.ticket_id = ? AND r.state <> 'void' ORDER BY r.id;

-- query: review_add :insert
-- for: desk migrate
-- in:  ticket_id int, reply_id int, kind text, decision text, reviewer_id int, now time, comment text, body_sha256 blob
INSERT INTO review (ticket_id, reply_id, kind, decision, reviewer_id, at, comment, body_sha256)
VALUES (?, NULLIF(?, 0), ?, ?, ?, ?, ?, ?);

-- query: review_of :many
-- for: desk migrate
-- in:  ticket_id int
-- out: kind text, decision text, reviewer text, at time, comment text
SELECT r.kind, r.decision, o.name, r.at, r.comment FROM review r JOIN officer o ON o.id = r.reviewer_id
 WHERE r.ticket_id = ? ORDER BY r.id;

-- query: extension_add :exec
-- for: desk migrate
-- in:  ticket_id int, days int, reason text, requested_by int, now time, old_due_on date
INSERT INTO extension (ticket_id, days, reason, requested_by, requested_at, old_due_on) VALUES (?, ?, ?, ?, ?, ?);

-- query: extension_decide :exec
-- for: desk migrate
-- in:  decision text, decided_by int, now time, new_due_on date?, ticket_id int
UPDATE extension SET decision = ?, decided_by = ?, decided_at = ?, new_due_on = ? WHERE ticket_id = ? AND decision = 'open';

-- Requests that nobody has decided when there is nothing left to decide.
-- query: extension_lapse :exec
-- for: desk migrate
-- in:  now time, ticket_id int
UPDATE extension SET decision = 'denied', decided_at = ? WHERE ticket_id = ? AND decision = 'open';

-- query: holding_lapse :exec
-- for: desk migrate
-- in:  ticket_id int
UPDATE reply SET state = 'returned' WHERE ticket_id = ? AND kind IN ('holding','interim') AND state = 'in_review';

-- query: suspension_add :exec
-- for: desk migrate
-- in:  ticket_id int, reason text, now time, until_on date?
INSERT INTO suspension (ticket_id, reason, from_at, until_on) VALUES (?, ?, ?, ?);

-- query: suspension_end :exec
-- for: desk slad migrate
-- in:  now time, ticket_id int
UPDATE suspension SET to_at = ? WHERE ticket_id = ? AND to_at IS NULL;

-- query: suspension_over :many
-- for: slad
-- in:  today date, limit_n int
-- out: ticket_id int
SELECT ticket_id FROM suspension WHERE to_at IS NULL AND until_on <= ? LIMIT ?;

-- query: proposal_put :exec
-- for: desk migrate
-- in:  ticket_id int, action text, officer_id int, now time, reason text?, words text
REPLACE INTO proposal (ticket_id, action, officer_id, at, reason, words) VALUES (?, ?, ?, ?, ?, ?);

-- query: proposal_drop :exec
-- for: public desk migrate
-- in:  ticket_id int
DELETE FROM proposal WHERE ticket_id = ?;

-- By which day a leader wants it answered.
-- query: instruction_add :exec
-- for: desk migrate
-- in:  ticket_id int, round int, due_on date, by_officer int, now time
INSERT INTO instruction (ticket_id, round, due_on, by_officer, at) VALUES (?, ?, ?, ?, ?);

-- query: supervision_add :exec
-- for: desk slad migrate
-- in:  ticket_id int, level text, unit_id int, by_officer int, now time, words text
INSERT INTO supervision (ticket_id, level, unit_id, by_officer, at, words) VALUES (?, ?, NULLIF(?, 0), NULLIF(?, 0), ?, ?);

-- query: supervision_feedback :exec
-- for: desk migrate
-- in:  feedback text, now time, ticket_id int
UPDATE supervision SET feedback = ?, feedback_at = ? WHERE ticket_id = ? AND feedback IS NULL AND level <> 'remind';

-- query: evaluation_add :exec
-- for: public migrate
-- in:  ticket_id int, round int, grade int, solved text, words text, now time
INSERT INTO evaluation (ticket_id, round, grade, solved, words, at) VALUES (?, ?, ?, ?, ?, ?);

-- query: follow_up_add :exec
-- for: public migrate
-- in:  ticket_id int, question text, now time
INSERT INTO follow_up (ticket_id, question, at) VALUES (?, ?, ?);
