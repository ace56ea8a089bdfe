-- What only the desk asks: a person's own work, and what waits for a decision.

-- Open letters by due date, keyset by (due date, id). Those in handling count only when all_handling, or when an
-- extension or a holding reply waits for approval; those with the writer only when all_supplement, or the time for an answer
-- is over; those in review only at the levels given ("0,1").
-- query: open_list :many
-- for: desk
-- in:  states text, all_handling bool, all_supplement bool, today date, levels text, unit_id int?, unit_again int?, type text?, type_again text?, words text?, words_again text?, due_from date, due_to date, after_due date, after_due_again date, after_id int, limit_n int
-- out: id int, no text, type text, state text, pub_state text, title text, unit_name text?, received_on date, due_on date?, due_provisional bool, sort_due date
SELECT t.id, t.no, t.type, t.state, t.pub_state, t.title, u.short_name, t.received_on, t.due_on, t.due_provisional,
       COALESCE(t.due_on, DATE '9999-12-31') AS sort_due
  FROM ticket t LEFT JOIN unit u ON u.id = t.unit_id
 WHERE t.state IN ('submitted','supplement','accepted','assigned','handling','objected','suspended','in_review','submitted_up')
   AND FIND_IN_SET(t.state, ?) > 0
   AND (t.state <> 'handling' OR ? OR EXISTS (SELECT 1 FROM extension e WHERE e.ticket_id = t.id AND e.decision = 'open')
        OR EXISTS (SELECT 1 FROM reply r WHERE r.ticket_id = t.id AND r.kind = 'holding' AND r.state = 'in_review'))
   AND (t.state <> 'supplement' OR ? OR EXISTS (SELECT 1 FROM timer m WHERE m.ticket_id = t.id AND m.kind = 'supplement'
        AND m.state = 'running' AND m.due_on < ?))
   AND (t.state <> 'in_review' OR FIND_IN_SET(COALESCE((SELECT MAX(r.level) FROM reply r WHERE r.ticket_id = t.id
        AND r.kind = 'final' AND r.state = 'in_review'), 0), ?) > 0)
   AND (? IS NULL OR t.unit_id = ?)
   AND (? IS NULL OR t.type = ?)
   AND (? IS NULL OR INSTR(CONCAT(t.no, ' ', t.title), ?) > 0)
   AND COALESCE(t.due_on, DATE '9999-12-31') BETWEEN ? AND ?
   AND (COALESCE(t.due_on, DATE '9999-12-31') > ? OR (COALESCE(t.due_on, DATE '9999-12-31') = ? AND t.id > ?))
 ORDER BY sort_due, t.id LIMIT ?;

-- query: open_counts :many
-- for: desk
-- in:  states text, all_handling bool, all_supplement bool, today date, levels text, unit_id int?, unit_again int?
-- out: state text, n int
SELECT t.state, COUNT(*)
  FROM ticket t
 WHERE t.state IN ('submitted','supplement','accepted','assigned','handling','objected','suspended','in_review','submitted_up')
   AND FIND_IN_SET(t.state, ?) > 0
   AND (t.state <> 'handling' OR ? OR EXISTS (SELECT 1 FROM extension e WHERE e.ticket_id = t.id AND e.decision = 'open')
        OR EXISTS (SELECT 1 FROM reply r WHERE r.ticket_id = t.id AND r.kind = 'holding' AND r.state = 'in_review'))
   AND (t.state <> 'supplement' OR ? OR EXISTS (SELECT 1 FROM timer m WHERE m.ticket_id = t.id AND m.kind = 'supplement'
        AND m.state = 'running' AND m.due_on < ?))
   AND (t.state <> 'in_review' OR FIND_IN_SET(COALESCE((SELECT MAX(r.level) FROM reply r WHERE r.ticket_id = t.id
        AND r.kind = 'final' AND r.state = 'in_review'), 0), ?) > 0)
   AND (? IS NULL OR t.unit_id = ?)
 GROUP BY t.state;

-- Open letters in which a unit helps another.
-- query: co_list :many
-- for: desk
-- in:  unit_id int, after_due date, after_due_again date, after_id int, limit_n int
-- out: id int, no text, type text, state text, pub_state text, title text, unit_name text?, received_on date, due_on date?, due_provisional bool, sort_due date
SELECT t.id, t.no, t.type, t.state, t.pub_state, t.title, u.short_name, t.received_on, t.due_on, t.due_provisional,
       COALESCE(t.due_on, DATE '9999-12-31') AS sort_due
  FROM assignment a JOIN ticket t ON t.id = a.ticket_id LEFT JOIN unit u ON u.id = t.unit_id
 WHERE a.unit_id = ? AND a.ended_at IS NULL AND a.role = 'co'
   AND t.state IN ('assigned','handling','objected','suspended','in_review','submitted_up')
   AND (COALESCE(t.due_on, DATE '9999-12-31') > ? OR (COALESCE(t.due_on, DATE '9999-12-31') = ? AND t.id > ?))
 ORDER BY sort_due, t.id LIMIT ?;

-- A letter with all that its page shows of it alone: what it is, what somebody has to decide about, who helps.
-- query: letter_file :one
-- for: desk
-- in:  no text
-- out: id int, no text, channel text, title text, body text, demand text, place text, unit_name text?, wanted_unit text?, handler_name text?, publish_ok bool, received_at time, received_on date, accepted_at time?, due_on date?, first_due_on date?, replied_at time?, reply_workdays int?, closed_at time?, result_code text?, reason_code text?, master_no text?, grade int, question text?, answer text?, has_contact bool, reveals int, ext_days int, ext_reason text?, ext_by text?, objector text?, objection text?, suggested_unit text?, holding text?, holding_by text?, holding_on date?, proposal text?, proposal_by text?, suspend_reason text?, suspend_until date?, co_units text?, urge_level text?, urge_words text?
SELECT t.id, t.no, t.channel, t.title, x.body, x.demand, x.place, u.name, w.name, h.name, t.publish_ok, t.received_at, t.received_on,
       t.accepted_at, t.due_on, t.first_due_on, t.replied_at, t.reply_workdays, t.closed_at, t.result_code, t.reason_code, m.no,
       COALESCE(t.grade, 0), q.question, q.answer, EXISTS (SELECT 1 FROM contact c WHERE c.ticket_id = t.id),
       (SELECT COUNT(*) FROM reveal v WHERE v.ticket_id = t.id AND v.purpose = 'view'),
       COALESCE(e.days, 0), e.reason, eo.name, ou.name, o.reason, su.name, r.body, ro.name, r.next_on, p.action, po.name, s.reason,
       s.until_on,
       (SELECT GROUP_CONCAT(cu.name ORDER BY a.id SEPARATOR '、') FROM assignment a JOIN unit cu ON cu.id = a.unit_id
         WHERE a.ticket_id = t.id AND a.role = 'co' AND a.ended_at IS NULL),
       (SELECT v.level FROM supervision v WHERE v.ticket_id = t.id AND v.level <> 'remind' AND v.feedback IS NULL
         ORDER BY v.id DESC LIMIT 1),
       (SELECT v.words FROM supervision v WHERE v.ticket_id = t.id AND v.level <> 'remind' AND v.feedback IS NULL
         ORDER BY v.id DESC LIMIT 1)
  FROM ticket t JOIN ticket_text x ON x.ticket_id = t.id
  LEFT JOIN unit u ON u.id = t.unit_id
  LEFT JOIN unit w ON w.id = t.wanted_unit_id
  LEFT JOIN officer h ON h.id = t.handler_id
  LEFT JOIN ticket m ON m.id = t.master_id
  LEFT JOIN supplement q ON q.ticket_id = t.id
  LEFT JOIN extension e ON e.ticket_id = t.id AND e.decision = 'open'
  LEFT JOIN officer eo ON eo.id = e.requested_by
  LEFT JOIN objection o ON o.ticket_id = t.id AND o.decision = 'open'
  LEFT JOIN unit ou ON ou.id = o.unit_id
  LEFT JOIN unit su ON su.id = o.suggested_unit_id
  LEFT JOIN reply r ON r.ticket_id = t.id AND r.kind IN ('holding','interim') AND r.state = 'in_review'
  LEFT JOIN officer ro ON ro.id = r.author_id
  LEFT JOIN proposal p ON p.ticket_id = t.id
  LEFT JOIN officer po ON po.id = p.officer_id
  LEFT JOIN suspension s ON s.ticket_id = t.id AND s.to_at IS NULL
 WHERE t.no = ? LIMIT 1;

-- query: last_login :one
-- for: desk
-- in:  login text
-- out: at time?
SELECT s.last_login_at FROM officer o JOIN officer_secret s ON s.officer_id = o.id WHERE o.login = ?;
