-- What only the desk asks: a person's own work, and what waits for a decision.

-- A letter with all that its page shows of it alone: what it is, what somebody has to decide about, who helps.
-- query: letter_file :one
-- for: desk
-- in:  no text
-- out: id int, no text, channel text, title text, body text, demand text, place text, unit_name text?, wanted_unit text?, handler_name text?, publish_ok bool, received_at time, received_on date, accepted_at time?, due_on date?, first_due_on date?, replied_at time?, reply_workdays int?, closed_at time?, result_code text?, reason_code text?, master_no text?, grade int, question text?, answer text?, has_contact bool, reveals int, ext_days int, ext_reason text?, ext_by text?, objector text?, objection text?, suggested_unit text?, holding text?, holding_kind text?, holding_by text?, holding_on date?, proposal text?, proposal_by text?, proposal_reason text?, proposal_words text?, suspend_reason text?, suspend_until date?, co_units text?, urge_level text?, urge_words text?, registered_by text?, answer_by text?, external text?
SELECT t.id, t.no, t.channel, t.title, x.body, x.demand, x.place, u.name, w.name, h.name, t.publish_ok, t.received_at, t.received_on,
       t.accepted_at, t.due_on, t.first_due_on, t.replied_at, t.reply_workdays, t.closed_at, t.result_code, t.reason_code, m.no,
       COALESCE(t.grade, 0), q.question, q.answer, EXISTS (SELECT 1 FROM contact c WHERE c.ticket_id = t.id),
       (SELECT COUNT(*) FROM reveal v WHERE v.ticket_id = t.id AND v.purpose = 'view'),
       COALESCE(e.days, 0), e.reason, eo.name, ou.name, o.reason, su.name, r.body, r.kind, ro.name, r.next_on, p.action, po.name, p.reason, p.words, s.reason,
       s.until_on,
       (SELECT GROUP_CONCAT(cu.name ORDER BY a.id SEPARATOR '、') FROM assignment a JOIN unit cu ON cu.id = a.unit_id
         WHERE a.ticket_id = t.id AND a.role = 'co' AND a.ended_at IS NULL),
       (SELECT v.level FROM supervision v WHERE v.ticket_id = t.id AND v.level <> 'remind' AND v.feedback IS NULL
         ORDER BY v.id DESC LIMIT 1),
       (SELECT v.words FROM supervision v WHERE v.ticket_id = t.id AND v.level <> 'remind' AND v.feedback IS NULL
         ORDER BY v.id DESC LIMIT 1),
       gr.name, g.answer_by, (SELECT CONCAT(y.system, ' ', y.no) FROM external_no y WHERE y.ticket_id = t.id LIMIT 1)
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
  LEFT JOIN registration g ON g.ticket_id = t.id
  LEFT JOIN officer gr ON gr.id = g.officer_id
 WHERE t.no = ? LIMIT 1;

-- query: last_login :one
-- for: desk
-- in:  login text
-- out: at time?
SELECT s.last_login_at FROM officer o JOIN officer_secret s ON s.officer_id = o.id WHERE o.login = ?;
