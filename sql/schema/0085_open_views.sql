-- The publish view. Names of units come by the way: who does not ask for them does not pay for them.
CREATE ALGORITHM = MERGE SQL SECURITY DEFINER VIEW open_letter AS
  SELECT p.id, p.no, p.type, p.topic_id, p.topic_top, p.place_id, p.title, p.body, p.reply, p.edition_id, p.sha256, p.unit_id,
         u.code AS unit_code, u.name AS unit_name, p.helpers, p.received_on, p.accepted_on, p.replied_on, p.workdays, p.result_code,
         p.state, p.grade, p.first_at, p.published_at, a.form
    FROM pub_letter p
    LEFT JOIN unit u ON u.id = p.unit_id
    LEFT JOIN edition_approval a ON a.edition_id = p.edition_id AND a.sha256 = p.sha256;

-- What was answered and is not published: the row without number and words. Of reasons that would themselves point at somebody only
-- that the law forbids it.
CREATE ALGORITHM = MERGE SQL SECURITY DEFINER VIEW open_withheld AS
  SELECT t.id, t.type, t.topic_id, t.unit_id, u.name AS unit_name, t.received_on, t.accepted_on, t.replied_on,
         t.reply_workdays AS workdays,
         IF(t.reason_code IN ('whistleblower', 'under_investigation'), 'law', t.reason_code) AS reason_code
    FROM ticket t LEFT JOIN unit u ON u.id = t.unit_id
   WHERE t.pub_state = 'withheld' AND NOT t.simulated AND t.replied_at IS NOT NULL;
ALTER TABLE ticket ADD KEY ticket_withheld (pub_state, replied_on);

-- Whether an answer helped: numbers of a letter, never who.
CREATE TABLE pub_helpful (
  letter_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  yes       INT UNSIGNED NOT NULL DEFAULT 0,
  no        INT UNSIGNED NOT NULL DEFAULT 0
) ENGINE=InnoDB;
