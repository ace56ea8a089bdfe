-- Lists by what letters are about: the letters of one topic, or of an upper one with all of its own, without the others.
ALTER TABLE ticket
  ADD KEY ticket_topic_open (open, topic_id, sort_due, id, unit_id, desk, state, type, channel, received_on, handler_id),
  ADD KEY ticket_received_topic (received_on, open, sort_due, id, unit_id, desk, state, type, channel, handler_id, topic_id),
  DROP KEY ticket_received_open;

-- Topics are added, renamed, and offered no more; none is deleted, as letters and figures stay with theirs. version: one more with each
-- change, so that nobody overwrites what somebody else has just written. A lower topic under one that is not offered is not offered.
ALTER TABLE topic ADD COLUMN version INT UNSIGNED NOT NULL DEFAULT 1;
CREATE TABLE topic_event (
  id       INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  at       DATETIME NOT NULL,
  topic_id SMALLINT UNSIGNED NOT NULL,
  by_id    INT UNSIGNED NOT NULL,
  kind     ENUM('added','renamed','retired','offered') NOT NULL,
  name     VARCHAR(40) NOT NULL,                 -- from then on
  was      VARCHAR(40) NULL,                     -- of a renamed one
  KEY topic_event_topic (topic_id, id),
  CONSTRAINT topic_event_of FOREIGN KEY (topic_id) REFERENCES topic (id),
  CONSTRAINT topic_event_by FOREIGN KEY (by_id) REFERENCES officer (id)
) ENGINE=InnoDB;
CREATE TRIGGER topic_event_no_update BEFORE UPDATE ON topic_event FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'topic_event is append-only';
CREATE TRIGGER topic_event_no_delete BEFORE DELETE ON topic_event FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'topic_event is append-only';
