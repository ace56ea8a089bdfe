-- What the writer of a letter sees of it. Views with the rights of their maker: the public account reads these columns
-- and not the tables behind them. A row is asked for by number; the program checks the query code first.
CREATE SQL SECURITY DEFINER VIEW track_ticket AS
  SELECT t.id, t.no, t.type, t.state, t.version, t.round, t.title, x.body, x.demand, x.place, u.name AS unit_name,
         t.received_at, t.accepted_at, t.due_on, t.due_provisional, t.first_due_on, t.replied_at, t.closed_at,
         t.result_code, t.reason_code, t.grade, t.publish_ok, m.no AS master_no,
         s.question AS supplement_question, s.answer AS supplement_answer
    FROM ticket t
    JOIN ticket_text x ON x.ticket_id = t.id
    LEFT JOIN unit u ON u.id = t.unit_id
    LEFT JOIN ticket m ON m.id = t.master_id
    LEFT JOIN supplement s ON s.ticket_id = t.id;

CREATE SQL SECURITY DEFINER VIEW track_history AS
  SELECT h.ticket_id, h.id, h.at, h.action, h.to_state, h.round, h.public_note, u.name AS unit_name
    FROM history h LEFT JOIN unit u ON u.id = h.unit_id;

CREATE SQL SECURITY DEFINER VIEW track_reply AS
  SELECT r.ticket_id, r.id, r.round, r.kind, r.body, r.result_code, r.next_on, r.approved_at, u.name AS unit_name
    FROM reply r JOIN unit u ON u.id = r.unit_id
   WHERE r.state = 'approved';
