-- The letter: making, changing and reading it.

-- query: ticket_add :insert
-- for: public desk migrate
-- in:  no text, type text, channel text, state text, title text, unit_id int?, wanted_unit_id int?, publish_ok bool, received_at time, received_on date, accepted_at time?, due_on date?, due_provisional bool, first_due_on date?
INSERT INTO ticket (no, type, channel, state, version, title, unit_id, wanted_unit_id, publish_ok, received_at, received_on,
                    accepted_at, due_on, due_provisional, first_due_on)
VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- query: ticket_text_add :exec
-- for: public desk migrate
-- in:  ticket_id int, body text, demand text, place text
INSERT INTO ticket_text (ticket_id, body, demand, place) VALUES (?, ?, ?, ?);

-- query: ticket_code_add :exec
-- for: public desk migrate
-- in:  ticket_id int, code_hash blob
INSERT INTO ticket_code (ticket_id, code_hash) VALUES (?, ?);

-- query: contact_add :exec
-- for: public desk migrate
-- in:  ticket_id int, key_id blob, sealed blob, has_phone bool, has_email bool
INSERT INTO contact (ticket_id, key_id, sealed, has_phone, has_email) VALUES (?, ?, ?, ?, ?);

-- query: idem_get :one
-- for: public desk migrate
-- in:  ik blob
-- out: ticket_id int, no text, body_hash blob, due_on date, provisional bool
SELECT i.ticket_id, t.no, i.body_hash, i.due_on, i.provisional FROM idem i JOIN ticket t ON t.id = i.ticket_id WHERE i.ik = ?;

-- query: idem_add :exec
-- for: public desk migrate
-- in:  ik blob, body_hash blob, ticket_id int, due_on date, provisional bool, now time
INSERT INTO idem (ik, body_hash, ticket_id, due_on, provisional, created_at) VALUES (?, ?, ?, ?, ?, ?);

-- query: external_add :exec
-- for: public desk migrate
-- in:  system text, no text, ticket_id int, due_on date?
INSERT INTO external_no (system, no, ticket_id, due_on) VALUES (?, ?, ?, ?);

-- query: external_get :one
-- for: public desk migrate
-- in:  system text, no text
-- out: ticket_id int, ticket_no text
SELECT e.ticket_id, t.no FROM external_no e JOIN ticket t ON t.id = e.ticket_id WHERE e.system = ? AND e.no = ?;

-- query: ticket_lock :one
-- for: public desk slad migrate
-- in:  id int
-- out: id int, no text, type text, state text, pub_state text, version int, round int, unit_id int, handler_id int, publish_ok bool, received_at time, received_on date, accepted_at time?, due_on date?, due_provisional bool, first_due_on date?, replied_at time?, reply_workdays int?, closed_at time?, result_code text?, reason_code text?, master_id int, grade int, topic_id int, simulated bool, marks int
SELECT id, no, type, state, pub_state, version, round, COALESCE(unit_id, 0), COALESCE(handler_id, 0), publish_ok, received_at,
       received_on, accepted_at, due_on, due_provisional, first_due_on, replied_at, reply_workdays, closed_at, result_code,
       reason_code, COALESCE(master_id, 0), COALESCE(grade, 0), COALESCE(topic_id, 0), simulated, marks
  FROM ticket WHERE id = ? FOR UPDATE;

-- query: ticket_peek :one
-- for: public desk slad migrate
-- in:  id int
-- out: id int, no text, type text, state text, pub_state text, version int, round int, unit_id int, handler_id int, publish_ok bool, received_at time, received_on date, accepted_at time?, due_on date?, due_provisional bool, first_due_on date?, replied_at time?, reply_workdays int?, closed_at time?, result_code text?, reason_code text?, master_id int, grade int, topic_id int, simulated bool, marks int
SELECT id, no, type, state, pub_state, version, round, COALESCE(unit_id, 0), COALESCE(handler_id, 0), publish_ok, received_at,
       received_on, accepted_at, due_on, due_provisional, first_due_on, replied_at, reply_workdays, closed_at, result_code,
       reason_code, COALESCE(master_id, 0), COALESCE(grade, 0), COALESCE(topic_id, 0), simulated, marks
  FROM ticket WHERE id = ?;

-- query: ticket_id_of :one
-- for: public desk migrate vaultd
-- in:  no text
-- out: id int, state text
SELECT id, state FROM ticket WHERE no = ?;

-- query: ticket_facts :one
-- for: public desk slad migrate
-- in:  id int
-- out: asked bool, proposal text?, proposal_by int, objected bool, assigned_at time?, holding_author int, extension_days int, review_author int, final_author int, level int, follow_ups int, rated bool, edition_author int, was_published bool, rate_until date?, nudged bool, recusals int, main_recused bool, extension_by int, added_author int, added_level int, added_last int, ex_officio bool, order_state int, instructed_on date?
SELECT EXISTS (SELECT 1 FROM supplement s WHERE s.ticket_id = t.id),
       (SELECT p.action FROM proposal p WHERE p.ticket_id = t.id),
       COALESCE((SELECT p.officer_id FROM proposal p WHERE p.ticket_id = t.id), 0),
       EXISTS (SELECT 1 FROM objection o WHERE o.ticket_id = t.id AND o.unit_id = t.unit_id),
       (SELECT MAX(a.assigned_at) FROM assignment a WHERE a.ticket_id = t.id AND a.role = 'main' AND a.ended_at IS NULL),
       COALESCE((SELECT MAX(r.author_id) FROM reply r WHERE r.ticket_id = t.id AND r.kind IN ('holding','interim') AND r.state = 'in_review'), 0),
       COALESCE((SELECT MAX(e.days) FROM extension e WHERE e.ticket_id = t.id AND e.decision = 'open'), 0),
       COALESCE((SELECT MAX(r.author_id) FROM reply r WHERE r.ticket_id = t.id AND r.kind = 'final' AND r.state = 'in_review'), 0),
       COALESCE((SELECT r.author_id FROM reply r WHERE r.ticket_id = t.id AND r.kind = 'final' AND r.state = 'approved' ORDER BY r.id DESC LIMIT 1), 0),
       COALESCE((SELECT MAX(r.level) FROM reply r WHERE r.ticket_id = t.id AND r.kind = 'final' AND r.state = 'in_review'), 0),
       (SELECT COUNT(*) FROM follow_up f WHERE f.ticket_id = t.id),
       EXISTS (SELECT 1 FROM evaluation v WHERE v.ticket_id = t.id AND v.round = t.round),
       COALESCE((SELECT d.author_id FROM edition d WHERE d.ticket_id = t.id ORDER BY d.seq DESC LIMIT 1), 0),
       EXISTS (SELECT 1 FROM history h WHERE h.ticket_id = t.id AND h.action = 'publish'),
       (SELECT MAX(m.due_on) FROM timer m WHERE m.ticket_id = t.id AND m.kind = 'rate' AND m.round = t.round),
       EXISTS (SELECT 1 FROM nudge n WHERE n.ticket_id = t.id AND n.round = t.round),
       (SELECT COUNT(*) FROM recusal c WHERE c.ticket_id = t.id AND c.lifted_at IS NULL),
       EXISTS (SELECT 1 FROM recusal c WHERE c.ticket_id = t.id AND c.lifted_at IS NULL AND c.unit_id = t.unit_id),
       COALESCE((SELECT MAX(e.requested_by) FROM extension e WHERE e.ticket_id = t.id AND e.decision = 'open'), 0),
       COALESCE((SELECT MAX(r.author_id) FROM reply r WHERE r.ticket_id = t.id AND r.kind IN ('supplementary','correction') AND r.state = 'in_review'), 0),
       COALESCE((SELECT MAX(r.level) FROM reply r WHERE r.ticket_id = t.id AND r.kind IN ('supplementary','correction') AND r.state = 'in_review'), 0),
       COALESCE((SELECT r.author_id FROM reply r WHERE r.ticket_id = t.id AND r.kind IN ('supplementary','correction') AND r.state = 'approved' ORDER BY r.id DESC LIMIT 1), 0),
       EXISTS (SELECT 1 FROM history h WHERE h.ticket_id = t.id AND h.action = 'continue'),
       COALESCE((SELECT FIELD(d.state, 'issued', 'received', 'answered', 'returned') FROM supervision_order d WHERE d.ticket_id = t.id AND d.open = 1 ORDER BY d.id DESC LIMIT 1), 0),
       (SELECT MIN(i.due_on) FROM instruction i WHERE i.ticket_id = t.id AND i.round = t.round)
  FROM ticket t WHERE t.id = ?;

-- query: ticket_update :exec
-- for: public desk slad migrate
-- in:  state text, pub_state text, version int, round int, unit_id int, handler_id int, accepted_at time?, due_on date?, due_provisional bool, first_due_on date?, replied_at time?, reply_workdays int?, closed_at time?, result_code text?, reason_code text?, master_id int, grade int, marks int, id int, old_version int
UPDATE ticket SET state = ?, pub_state = ?, version = ?, round = ?, unit_id = NULLIF(?, 0), handler_id = NULLIF(?, 0),
       accepted_at = ?, due_on = ?, due_provisional = ?, first_due_on = ?, replied_at = ?, reply_workdays = ?, closed_at = ?,
       result_code = ?, reason_code = ?, master_id = NULLIF(?, 0), grade = NULLIF(?, 0), marks = ?,
       asks = EXISTS (SELECT 1 FROM extension e WHERE e.ticket_id = ticket.id AND e.decision = 'open')
         OR EXISTS (SELECT 1 FROM reply r WHERE r.ticket_id = ticket.id AND r.kind <> 'final' AND r.state = 'in_review')
         OR EXISTS (SELECT 1 FROM timer m WHERE m.ticket_id = ticket.id AND m.kind = 'supplement' AND m.state = 'running'
                    AND m.breached_at IS NOT NULL),
       review_level = COALESCE((SELECT MAX(r.level) FROM reply r WHERE r.ticket_id = ticket.id AND r.state = 'in_review'
         AND (r.kind = 'final' OR (ticket.state IN ('replied','closed') AND r.kind IN ('supplementary','correction')))), 0)
 WHERE id = ? AND version = ?;

-- query: ticket_retype :exec
-- for: desk migrate
-- in:  type text, id int
UPDATE ticket SET type = ? WHERE id = ?;

-- The answer's clock of a letter moved without a step of its own: a merged letter's, a changed calendar's.
-- query: ticket_due :exec
-- for: desk slad migrate
-- in:  due_on date?, due_provisional bool, first_due_on date?, id int
UPDATE ticket SET due_on = ?, due_provisional = ?, first_due_on = ? WHERE id = ?;

-- query: merged_under :many
-- for: public desk migrate
-- in:  master_id int
-- out: id int, ex_officio bool
SELECT t.id, EXISTS (SELECT 1 FROM history h WHERE h.ticket_id = t.id AND h.action = 'continue')
  FROM ticket t WHERE t.master_id = ? AND t.state = 'merged';

-- query: history_add :insert
-- for: public desk slad migrate
-- in:  ticket_id int, version int, at time, actor text, officer_id int, unit_id int, action text, from_state text, to_state text, round int, reason text?, note text?, public_note text?, for_officer_id int
INSERT INTO history (ticket_id, version, at, actor, officer_id, unit_id, action, from_state, to_state, round, reason, note, public_note,
                     for_officer_id)
VALUES (?, ?, ?, ?, NULLIF(?, 0), NULLIF(?, 0), ?, ?, ?, ?, ?, ?, ?, NULLIF(?, 0));

-- What follows of a letter is seen by whoever has said the keyed hash of its query code on this connection (sql/schema/0090).
-- query: track_prove :one
-- for: public
-- in:  proof blob
-- out: bytes int
SELECT LENGTH(@track_proof := ?);

-- query: track_of_code :one
-- for: public
-- in:  no text
-- out: id int
SELECT id FROM track_code WHERE no = ?;

-- One more try, of what the keyed hashes stand for: by this network, by all; an hour after the last one it begins anew. The
-- counters are locked from here.
-- query: code_try :many
-- for: public
-- in:  one blob, now time, all blob, now_again time, hour_ago time
-- out: failures int
INSERT INTO code_try (number_hash, failures, last_at) VALUES (?, 1, ?), (?, 1, ?)
ON DUPLICATE KEY UPDATE failures = IF(last_at <= ?, 1, failures + 1), last_at = VALUES(last_at) RETURNING failures;

-- query: code_try_one :one
-- for: public
-- in:  id blob, now time, hour_ago time
-- out: failures int
INSERT INTO code_try (number_hash, failures, last_at) VALUES (?, 1, ?)
ON DUPLICATE KEY UPDATE failures = IF(last_at <= ?, 1, failures + 1), last_at = VALUES(last_at) RETURNING failures;

-- query: code_less :exec
-- for: public
-- in:  id blob
UPDATE code_try SET failures = failures - 1 WHERE number_hash = ? AND failures > 0;

-- query: code_right :exec
-- for: public
-- in:  number_hash blob
DELETE FROM code_try WHERE number_hash = ?;

-- query: code_sweep :exec
-- for: slad
-- in:  before time
DELETE FROM code_try WHERE last_at < ?;

-- With who looked at the contact, how it was rated, what an extension changed.
-- query: track_get :one
-- for: public
-- in:  id int
-- out: no text, type text, state text, version int, round int, title text, body text, demand text, place text, unit_name text?, received_at time, accepted_at time?, due_on date?, due_provisional bool, first_due_on date?, replied_at time?, closed_at time?, result_code text?, reason_code text?, grade int, publish_ok bool, master_no text?, supplement_question text?, supplement_answer text?, proof blob, seen int, seen_last time?, solved text?, words text?, rated_round int, old_due_on date?, new_due_on date?, master_state text?, master_due_on date?
SELECT t.no, t.type, t.state, t.version, t.round, t.title, t.body, t.demand, t.place, t.unit_name, t.received_at, t.accepted_at, t.due_on,
       t.due_provisional, t.first_due_on, t.replied_at, t.closed_at, t.result_code, t.reason_code, COALESCE(t.grade, 0), t.publish_ok,
       t.master_no, t.supplement_question, t.supplement_answer, t.proof, COALESCE(m.seen, 0), m.seen_last, m.solved, m.words,
       COALESCE(m.rated_round, 0), m.old_due_on, m.new_due_on, m.master_state, m.master_due_on
  FROM track_ticket t JOIN track_more m ON m.id = t.id WHERE t.id = ?;

-- query: track_events :many
-- for: public
-- in:  ticket_id int
-- out: at time, action text, to_state text, round int, public_note text?, unit_name text?
SELECT at, action, to_state, round, public_note, unit_name FROM track_history WHERE ticket_id = ? ORDER BY id;

-- query: track_replies :many
-- for: public
-- in:  ticket_id int
-- out: round int, kind text, body text, result_code text?, next_on date?, approved_at time?, unit_name text
SELECT round, kind, body, result_code, next_on, approved_at, unit_name FROM track_reply WHERE ticket_id = ? ORDER BY id;

-- query: ticket_show :one
-- for: desk migrate
-- in:  id int
-- out: no text, type text, channel text, state text, pub_state text, version int, round int, title text, body text, demand text, place text, unit_id int, unit_name text?, wanted_unit text?, handler_name text?, publish_ok bool, received_at time, received_on date, accepted_at time?, due_on date?, due_provisional bool, first_due_on date?, replied_at time?, reply_workdays int?, closed_at time?, result_code text?, reason_code text?, master_no text?, grade int, supplement_question text?, supplement_answer text?, has_contact bool, reveals int
SELECT t.no, t.type, t.channel, t.state, t.pub_state, t.version, t.round, t.title, x.body, x.demand, x.place, COALESCE(t.unit_id, 0),
       u.name, w.name, o.name, t.publish_ok, t.received_at, t.received_on, t.accepted_at, t.due_on, t.due_provisional,
       t.first_due_on, t.replied_at, t.reply_workdays, t.closed_at, t.result_code, t.reason_code, m.no, COALESCE(t.grade, 0),
       s.question, s.answer, EXISTS (SELECT 1 FROM contact c WHERE c.ticket_id = t.id),
       (SELECT COUNT(*) FROM reveal r WHERE r.ticket_id = t.id AND r.purpose = 'view')
  FROM ticket t JOIN ticket_text x ON x.ticket_id = t.id
  LEFT JOIN unit u ON u.id = t.unit_id
  LEFT JOIN unit w ON w.id = t.wanted_unit_id
  LEFT JOIN officer o ON o.id = t.handler_id
  LEFT JOIN ticket m ON m.id = t.master_id
  LEFT JOIN supplement s ON s.ticket_id = t.id
 WHERE t.id = ?;

-- query: history_of :many
-- for: desk migrate
-- in:  ticket_id int
-- out: version int, at time, actor text, officer_name text?, for_name text?, unit_name text?, action text, from_state text, to_state text, round int, reason text?, note text?, public_note text?
SELECT h.version, h.at, h.actor, o.name, f.name, u.name, h.action, h.from_state, h.to_state, h.round, h.reason, h.note, h.public_note
  FROM history h LEFT JOIN officer o ON o.id = h.officer_id LEFT JOIN unit u ON u.id = h.unit_id
  LEFT JOIN officer f ON f.id = h.for_officer_id
 WHERE h.ticket_id = ? ORDER BY h.version;
