-- What the open pages show beside the letters: who answers for a unit, what answers promised for a day, what was taken down.

-- Name and post alone: telephones of these people are the office's own. A row counts from from_on to to_on.
CREATE SQL SECURITY DEFINER VIEW pub_duty AS
  SELECT unit_id, duty, name, post, from_on, to_on FROM unit_duty WHERE undone_at IS NULL;

-- Answers that promised something for a day (result "scheduled"). ended: "kept" by its day, "late", "replaced" by a later answer
-- of the same letter; NULL: not shown to be done yet. No text: what may be read of the letter is pub_letter, by its number.
ALTER TABLE reply ADD KEY reply_promised (result_code, next_on);
CREATE SQL SECURITY DEFINER VIEW pub_commitment AS
  SELECT c.id, c.no, c.unit_id, c.made_on, c.promised_on, c.kept_on,
         CASE WHEN c.kept_on IS NOT NULL AND (c.replaced_on IS NULL OR c.kept_on <= c.replaced_on)
              THEN IF(c.kept_on <= c.promised_on, 'kept', 'late')
              WHEN c.replaced_on IS NOT NULL THEN 'replaced' END AS ended
    FROM (SELECT r.id, t.no, r.unit_id, DATE(r.approved_at + INTERVAL 8 HOUR) AS made_on, r.next_on AS promised_on,
                 (SELECT DATE(MIN(h.at) + INTERVAL 8 HOUR) FROM history h
                   WHERE h.ticket_id = r.ticket_id AND h.action = 'fulfil' AND h.at >= r.approved_at) AS kept_on,
                 (SELECT DATE(MIN(n.approved_at) + INTERVAL 8 HOUR) FROM reply n
                   WHERE n.ticket_id = r.ticket_id AND n.kind = 'final' AND n.state = 'approved' AND n.round > r.round) AS replaced_on
            FROM reply r JOIN ticket t ON t.id = r.ticket_id
           WHERE r.result_code = 'scheduled' AND r.next_on IS NOT NULL AND r.kind = 'final' AND r.state = 'approved'
             AND NOT t.simulated AND t.state <> 'invalid') c;

-- Addresses that were public and are no more, so that whoever took copies takes theirs down as well (RFC 6721). Kept for as long
-- as copies may be; a letter published again under its address is not counted (public.sql).
CREATE TABLE pub_gone (
  id      BIGINT UNSIGNED NOT NULL PRIMARY KEY,  -- pub_letter.id
  gone_at DATETIME NOT NULL,
  KEY pub_gone_at (gone_at, id)
) ENGINE=InnoDB;
CREATE TRIGGER pub_letter_gone AFTER DELETE ON pub_letter FOR EACH ROW
  INSERT INTO pub_gone (id, gone_at) VALUES (OLD.id, UTC_TIMESTAMP()) ON DUPLICATE KEY UPDATE gone_at = VALUES(gone_at);
