-- The gate once more, in the database: whatever a program does or is made to do, words become public only as the last edition of their
-- own letter, in the bytes that a second person approved, and only as long as the letter is to be public. What is refused gets a hash
-- that is NULL, which its column does not take.

-- An approval is of the bytes of its edition and of no others.
ALTER TABLE edition ADD UNIQUE KEY edition_bytes (id, sha256);
ALTER TABLE edition_approval ADD CONSTRAINT approval_bytes FOREIGN KEY IF NOT EXISTS (edition_id, sha256) REFERENCES edition (id, sha256);

-- Of another person: not of who edited any edition of the letter, wrote any of its answers or handles it (domain 6.4). Nobody's: of
-- letters that were public in the mailbox they came from.
CREATE TRIGGER approval_of_another BEFORE INSERT ON edition_approval FOR EACH ROW
  SET NEW.sha256 = IF(EXISTS (
    SELECT 1 FROM edition e JOIN ticket t ON t.id = e.ticket_id WHERE e.id = NEW.edition_id AND (
      (NEW.reviewer_id IS NULL AND t.channel <> 'import') OR t.handler_id = NEW.reviewer_id
      OR EXISTS (SELECT 1 FROM edition o WHERE o.ticket_id = t.id AND o.author_id = NEW.reviewer_id)
      OR EXISTS (SELECT 1 FROM reply r WHERE r.ticket_id = t.id AND r.author_id = NEW.reviewer_id
        AND r.kind IN ('final', 'supplementary', 'correction')))), NULL, NEW.sha256);

-- Nothing of it is changed afterwards.
CREATE TRIGGER edition_no_update BEFORE UPDATE ON edition FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'edition is append-only';
CREATE TRIGGER edition_no_delete BEFORE DELETE ON edition FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'edition is append-only';
CREATE TRIGGER edition_approval_no_update BEFORE UPDATE ON edition_approval FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'edition_approval is append-only';
CREATE TRIGGER edition_approval_no_delete BEFORE DELETE ON edition_approval FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'edition_approval is append-only';

-- Public is the last edition of this very letter, while the letter is approved or published: an approval that was overtaken by an
-- edit, or a letter that was taken down, opens nothing any more. A letter of the system's own has no public words.
CREATE TRIGGER pub_letter_gate BEFORE INSERT ON pub_letter FOR EACH ROW
  SET NEW.sha256 = IF(EXISTS (
    SELECT 1 FROM edition e JOIN ticket t ON t.id = e.ticket_id
     WHERE e.id = NEW.edition_id AND t.no = NEW.no AND t.type = NEW.type AND NOT t.simulated
       AND t.pub_state IN ('approved_full', 'approved_summary', 'published', 'corrected')
       AND NOT EXISTS (SELECT 1 FROM edition x WHERE x.ticket_id = e.ticket_id AND x.seq > e.seq)), NEW.sha256, NULL);
CREATE TRIGGER pub_letter_gate_again BEFORE UPDATE ON pub_letter FOR EACH ROW
  SET NEW.sha256 = IF((NEW.edition_id = OLD.edition_id AND NEW.no = OLD.no AND NEW.type = OLD.type AND NEW.id = OLD.id) OR EXISTS (
    SELECT 1 FROM edition e JOIN ticket t ON t.id = e.ticket_id
     WHERE e.id = NEW.edition_id AND t.no = NEW.no AND t.type = NEW.type AND NEW.id = OLD.id AND NOT t.simulated
       AND t.pub_state IN ('approved_full', 'approved_summary', 'published', 'corrected')
       AND NOT EXISTS (SELECT 1 FROM edition x WHERE x.ticket_id = e.ticket_id AND x.seq > e.seq)), NEW.sha256, NULL);

-- A letter that is not to be public any more has no public words from that moment on, whoever changed it.
CREATE TRIGGER ticket_not_public AFTER UPDATE ON ticket FOR EACH ROW
  DELETE FROM pub_letter
   WHERE no = IF(OLD.pub_state IN ('published', 'corrected') AND NEW.pub_state NOT IN ('published', 'corrected'), NEW.no, NULL);

-- The writer's own letter. The public account sees in the track_ views what belongs to the query code whose keyed hash it has said on
-- this connection (SET @track_proof), and of all other letters nothing: it neither reads the hashes nor makes them up, and the key of
-- the hash is not in the database. (In a condition of the whole view: in one of a join the server asks whether the reader may call
-- the function.)
CREATE OR REPLACE FUNCTION track_proof() RETURNS BINARY(32) NO SQL RETURN @track_proof;

CREATE OR REPLACE SQL SECURITY DEFINER VIEW track_code AS
  SELECT t.id, t.no FROM ticket t JOIN ticket_code c ON c.ticket_id = t.id
   WHERE c.code_hash = track_proof() AND t.state <> 'invalid';

CREATE OR REPLACE SQL SECURITY DEFINER VIEW track_ticket AS
  SELECT t.id, t.no, t.type, t.state, t.version, t.round, t.title, x.body, x.demand, x.place, u.name AS unit_name,
         t.received_at, t.accepted_at, t.due_on, t.due_provisional, t.first_due_on, t.replied_at, t.closed_at,
         t.result_code, t.reason_code, t.grade, t.publish_ok, m.no AS master_no,
         s.question AS supplement_question, s.answer AS supplement_answer, c.code_hash AS proof
    FROM ticket t
    JOIN ticket_code c ON c.ticket_id = t.id
    JOIN ticket_text x ON x.ticket_id = t.id
    LEFT JOIN unit u ON u.id = t.unit_id
    LEFT JOIN ticket m ON m.id = t.master_id
    LEFT JOIN supplement s ON s.ticket_id = t.id
   WHERE c.code_hash = track_proof();

CREATE OR REPLACE SQL SECURITY DEFINER VIEW track_history AS
  SELECT h.ticket_id, h.id, h.at, h.action, h.to_state, h.round, h.public_note, u.name AS unit_name
    FROM history h JOIN ticket_code c ON c.ticket_id = h.ticket_id LEFT JOIN unit u ON u.id = h.unit_id
   WHERE c.code_hash = track_proof();

CREATE OR REPLACE SQL SECURITY DEFINER VIEW track_reply AS
  SELECT t.id AS ticket_id, r.id, r.round, r.kind, r.body, r.result_code, r.next_on, r.approved_at, u.name AS unit_name
    FROM ticket t
    JOIN ticket_code c ON c.ticket_id = t.id
    JOIN reply r ON r.ticket_id = IF(t.state = 'merged', t.master_id, t.id)
    JOIN unit u ON u.id = r.unit_id
   WHERE c.code_hash = track_proof() AND r.state = 'approved';

CREATE OR REPLACE SQL SECURITY DEFINER VIEW track_more AS
  SELECT t.id,
         (SELECT COUNT(*) FROM reveal r WHERE r.ticket_id = t.id AND r.purpose = 'view') AS seen,
         (SELECT MAX(r.at) FROM reveal r WHERE r.ticket_id = t.id AND r.purpose = 'view') AS seen_last,
         v.solved, v.words, v.round AS rated_round, e.old_due_on, e.new_due_on
    FROM ticket t
    JOIN ticket_code c ON c.ticket_id = t.id
    LEFT JOIN evaluation v ON v.ticket_id = t.id
     AND v.round = (SELECT MAX(w.round) FROM evaluation w WHERE w.ticket_id = t.id)
    LEFT JOIN extension e ON e.id =
         (SELECT MAX(x.id) FROM extension x WHERE x.ticket_id = t.id AND x.decision = 'approved')
   WHERE c.code_hash = track_proof();
