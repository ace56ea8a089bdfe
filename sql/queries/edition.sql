-- Making a public edition, and what its page shows beside it.

-- query: edition_make :insert
-- for: desk migrate
-- in:  ticket_id int, title text, body text, reply text, sha256 blob, rules int, author_id int, now time, ticket_again int
INSERT INTO edition (ticket_id, seq, title, body, reply, sha256, rules, author_id, made_at)
SELECT ?, COALESCE(MAX(e.seq), 0) + 1, ?, ?, ?, ?, ?, NULLIF(?, 0), CAST(? AS DATETIME) FROM edition e WHERE e.ticket_id = ?;

-- The answer as its writer reads it now: the last one, then what was added to it.
-- query: reply_shown :many
-- for: desk
-- in:  ticket_id int
-- out: kind text, body text, approved_at time?
SELECT r.kind, r.body, r.approved_at FROM reply r
 WHERE r.ticket_id = ? AND r.state = 'approved' AND r.kind IN ('final','supplementary','correction') AND r.approved_at IS NOT NULL
   AND r.id >= (SELECT MAX(f.id) FROM reply f WHERE f.ticket_id = r.ticket_id AND f.kind = 'final' AND f.state = 'approved')
 ORDER BY r.id;

-- What the last reviewer said of the last edition, if it was sent back and nothing has changed since.
-- query: edition_returned :one
-- for: desk migrate
-- in:  ticket_id int
-- out: reviewer text, at time, comment text
SELECT o.name, v.at, v.comment FROM review v JOIN officer o ON o.id = v.reviewer_id
  JOIN edition e ON e.ticket_id = v.ticket_id AND e.sha256 = v.body_sha256
 WHERE v.ticket_id = ? AND v.kind = 'secrecy' AND v.decision = 'returned'
   AND e.seq = (SELECT MAX(x.seq) FROM edition x WHERE x.ticket_id = v.ticket_id)
 ORDER BY v.id DESC LIMIT 1;

-- Letters to be reviewed, or (returned) whose edition was sent back and not changed since; what was answered first comes first:
-- it is due first.
-- query: queue_pub_pending :many
-- for: desk
-- in:  returned bool, viewer_unit int, viewer int, after_on date, after_on_again date, after_id int, limit_n int
-- out: id int, no text, type text, state text, pub_state text, title text, unit_name text?, received_on date, replied_at time?, publish_due date?, replied_on date
SELECT t.id, t.no, t.type, t.state, t.pub_state, t.title, u.short_name, t.received_on, t.replied_at,
       (SELECT m.due_on FROM timer m WHERE m.ticket_id = t.id AND m.kind = 'publish' AND m.state = 'running' LIMIT 1),
       COALESCE(t.replied_on, t.received_on)
  FROM ticket t LEFT JOIN unit u ON u.id = t.unit_id
 WHERE t.pub_state = 'pending_review'
   AND EXISTS (SELECT 1 FROM review v JOIN edition e ON e.ticket_id = v.ticket_id AND e.sha256 = v.body_sha256
                WHERE v.ticket_id = t.id AND v.kind = 'secrecy' AND v.decision = 'returned'
                  AND e.seq = (SELECT MAX(x.seq) FROM edition x WHERE x.ticket_id = t.id)) = ?
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
   AND (t.replied_on > ? OR (t.replied_on = ? AND t.id > ?)) ORDER BY t.replied_on, t.id LIMIT ?;

-- Letters whose edition was approved and waits to be published, in the same order.
-- query: queue_pub_approved :many
-- for: desk
-- in:  viewer_unit int, viewer int, after_on date, after_on_again date, after_id int, limit_n int
-- out: id int, no text, type text, state text, pub_state text, title text, unit_name text?, received_on date, replied_at time?, publish_due date?, replied_on date
SELECT t.id, t.no, t.type, t.state, t.pub_state, t.title, u.short_name, t.received_on, t.replied_at,
       (SELECT m.due_on FROM timer m WHERE m.ticket_id = t.id AND m.kind = 'publish' AND m.state = 'running' LIMIT 1),
       COALESCE(t.replied_on, t.received_on)
  FROM ticket t LEFT JOIN unit u ON u.id = t.unit_id
 WHERE t.pub_state IN ('approved_full','approved_summary')
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
   AND (t.replied_on > ? OR (t.replied_on = ? AND t.id > ?)) ORDER BY t.replied_on, t.id LIMIT ?;

-- What is over, of two states; what was answered last comes first. Each state is read along its index.
-- query: queue_pub_over :many
-- for: desk
-- in:  pub_state text, before_on date, before_on_1 date, before_id int, viewer_unit int, viewer int, most int, pub_state_too text, before_on_2 date, before_on_3 date, before_id_too int, viewer_unit_too int, viewer_too int, most_too int, limit_n int
-- out: id int, no text, type text, state text, pub_state text, title text, unit_name text?, received_on date, replied_at time?, publish_due date?, replied_on date
SELECT t.id, t.no, t.type, t.state, t.pub_state, t.title, u.short_name, t.received_on, t.replied_at,
       (SELECT m.due_on FROM timer m WHERE m.ticket_id = t.id AND m.kind = 'publish' AND m.state = 'running' LIMIT 1),
       COALESCE(t.replied_on, t.received_on)
  FROM ((
        SELECT t.id FROM ticket t WHERE t.pub_state = ? AND t.replied_on <= ? AND (t.replied_on < ? OR t.id < ?)
          AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
        ORDER BY t.replied_on DESC, t.id DESC LIMIT ?
       ) UNION ALL (
        SELECT t.id FROM ticket t WHERE t.pub_state = ? AND t.replied_on <= ? AND (t.replied_on < ? OR t.id < ?)
          AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
        ORDER BY t.replied_on DESC, t.id DESC LIMIT ?
       )) k JOIN ticket t ON t.id = k.id LEFT JOIN unit u ON u.id = t.unit_id
 ORDER BY t.replied_on DESC, t.id DESC LIMIT ?;

-- How many letters wait at the desks of publication, and for what: to be reviewed (those sent back among them), sent back, to be
-- published, to be looked at because a rescan found something. Not those the reader must keep away from.
-- query: pub_waiting :one
-- for: desk
-- in:  viewer_unit int, viewer int
-- out: pending int, returned int, approved int, found int
WITH away AS (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
SELECT (SELECT COUNT(*) FROM ticket t WHERE t.pub_state = 'pending_review' AND t.id NOT IN (SELECT ticket_id FROM away)),
       (SELECT COUNT(*) FROM ticket t WHERE t.pub_state = 'pending_review' AND t.id NOT IN (SELECT ticket_id FROM away)
           AND EXISTS (SELECT 1 FROM review v JOIN edition e ON e.ticket_id = v.ticket_id AND e.sha256 = v.body_sha256
                        WHERE v.ticket_id = t.id AND v.kind = 'secrecy' AND v.decision = 'returned'
                          AND e.seq = (SELECT MAX(x.seq) FROM edition x WHERE x.ticket_id = t.id))),
       (SELECT COUNT(*) FROM ticket t WHERE t.pub_state IN ('approved_full','approved_summary')
           AND t.id NOT IN (SELECT ticket_id FROM away)),
       (SELECT COUNT(DISTINCT f.ticket_id) FROM rescan_find f JOIN ticket t ON t.id = f.ticket_id
          JOIN pub_letter p ON p.edition_id = f.edition_id AND p.no = t.no
         WHERE f.kept_at IS NULL AND f.ticket_id NOT IN (SELECT ticket_id FROM away));
