-- The writer of a merged letter reads the answers to the letter it went under: each of them is answered.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW track_reply AS
  SELECT t.id AS ticket_id, r.id, r.round, r.kind, r.body, r.result_code, r.next_on, r.approved_at, u.name AS unit_name
    FROM ticket t
    JOIN reply r ON r.ticket_id = IF(t.state = 'merged', t.master_id, t.id)
    JOIN unit u ON u.id = r.unit_id
   WHERE r.state = 'approved';
