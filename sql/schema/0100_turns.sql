-- The day by which a leader wants a letter answered, also when it is named before the answer's clock runs: that clock keeps to it
-- (domain 6.4, instruct: may shorten, never lengthen).
CREATE TABLE instruction (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  ticket_id  BIGINT UNSIGNED NOT NULL,
  round      SMALLINT UNSIGNED NOT NULL,
  due_on     DATE NOT NULL,
  by_officer INT UNSIGNED NOT NULL,
  at         DATETIME NOT NULL,
  KEY instruction_ticket (ticket_id, round),
  CONSTRAINT instruction_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id)
) ENGINE=InnoDB;

-- What the first of two persons said, for the second one.
ALTER TABLE proposal
  ADD COLUMN reason VARCHAR(24) NULL,
  ADD COLUMN words TEXT NULL;

-- What the writer reads besides. Extended more than once, the day that was meant at first in this round; and of a letter that is
-- answered with another one, how far that one is.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW track_more AS
  SELECT t.id,
         (SELECT COUNT(*) FROM reveal r WHERE r.ticket_id = t.id AND r.purpose = 'view') AS seen,
         (SELECT MAX(r.at) FROM reveal r WHERE r.ticket_id = t.id AND r.purpose = 'view') AS seen_last,
         v.solved, v.words, v.round AS rated_round,
         (SELECT x.old_due_on FROM extension x WHERE x.ticket_id = t.id AND x.decision = 'approved' AND x.requested_at >= COALESCE(
           (SELECT MAX(h.at) FROM history h WHERE h.ticket_id = t.id AND h.action IN ('reopen', 'ask_follow_up')), '1000-01-01')
          ORDER BY x.id LIMIT 1) AS old_due_on,
         e.new_due_on, m.state AS master_state, m.due_on AS master_due_on
    FROM ticket t
    JOIN ticket_code c ON c.ticket_id = t.id
    LEFT JOIN evaluation v ON v.ticket_id = t.id
     AND v.round = (SELECT MAX(w.round) FROM evaluation w WHERE w.ticket_id = t.id)
    LEFT JOIN extension e ON e.id =
         (SELECT MAX(x.id) FROM extension x WHERE x.ticket_id = t.id AND x.decision = 'approved')
    LEFT JOIN ticket m ON m.id = t.master_id AND t.state = 'merged'
   WHERE c.code_hash = track_proof();
