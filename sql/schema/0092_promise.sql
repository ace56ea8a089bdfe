-- When a promised day was kept stands at the answer itself, written with the step that says so: what is open is found without
-- looking at the history of all that ever was promised.
ALTER TABLE reply ADD COLUMN kept_on DATE NULL;
UPDATE reply r
   SET r.kept_on = (SELECT DATE(MIN(h.at) + INTERVAL 8 HOUR) FROM history h
                     WHERE h.ticket_id = r.ticket_id AND h.action = 'fulfil' AND h.at >= r.approved_at)
 WHERE r.kind = 'final' AND r.state = 'approved' AND r.next_on IS NOT NULL;
ALTER TABLE reply
  ADD KEY reply_promise_open (result_code, kept_on, next_on),
  ADD KEY reply_promise_unit (unit_id, result_code, next_on),
  ADD KEY reply_promise_unit_open (unit_id, result_code, kept_on, next_on);
CREATE TRIGGER history_fulfil AFTER INSERT ON history FOR EACH ROW
  UPDATE reply SET kept_on = DATE(NEW.at + INTERVAL 8 HOUR)
   WHERE ticket_id = IF(NEW.action = 'fulfil', NEW.ticket_id, NULL) AND kind = 'final' AND approved_at <= NEW.at AND kept_on IS NULL;

-- As before (0089). Where `ended` is NULL so is kept_on.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW pub_commitment AS
  SELECT c.id, c.no, c.unit_id, c.made_on, c.promised_on, c.kept_on,
         CASE WHEN c.kept_on IS NOT NULL AND (c.replaced_on IS NULL OR c.kept_on <= c.replaced_on)
              THEN IF(c.kept_on <= c.promised_on, 'kept', 'late')
              WHEN c.replaced_on IS NOT NULL THEN 'replaced' END AS ended
    FROM (SELECT r.id, t.no, r.unit_id, DATE(r.approved_at + INTERVAL 8 HOUR) AS made_on, r.next_on AS promised_on, r.kept_on,
                 (SELECT DATE(MIN(n.approved_at) + INTERVAL 8 HOUR) FROM reply n
                   WHERE n.ticket_id = r.ticket_id AND n.kind = 'final' AND n.state = 'approved' AND n.round > r.round) AS replaced_on
            FROM reply r JOIN ticket t ON t.id = r.ticket_id
           WHERE r.result_code = 'scheduled' AND r.next_on IS NOT NULL AND r.kind = 'final' AND r.state = 'approved'
             AND NOT t.simulated AND t.state <> 'invalid') c;
