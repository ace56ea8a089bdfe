-- The letters behind a figure, by the day it falls on; and figures of a period as they were when somebody answered for them.

ALTER TABLE ticket
  ADD COLUMN accepted_on DATE AS (DATE(accepted_at + INTERVAL 8 HOUR)) VIRTUAL,
  ADD COLUMN replied_on DATE AS (DATE(replied_at + INTERVAL 8 HOUR)) VIRTUAL,
  ADD COLUMN closed_on DATE AS (DATE(closed_at + INTERVAL 8 HOUR)) VIRTUAL,
  ADD COLUMN answer_due_on DATE AS (IF(round = 1 AND due_on IS NOT NULL, due_on, first_due_on)) VIRTUAL;
ALTER TABLE ticket
  ADD KEY ticket_received_day (received_on),
  ADD KEY ticket_accepted_day (accepted_on),
  ADD KEY ticket_replied_day (replied_on),
  ADD KEY ticket_closed_day (closed_on),
  ADD KEY ticket_due_day (answer_due_on);

-- figures: what /stats.json says of the period, and for programs the same bytes for ever. Kept for ever; a signature is added once.
CREATE TABLE stat_frozen (
  id        INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name      VARCHAR(260) NOT NULL,
  from_on   DATE NOT NULL,
  to_on     DATE NOT NULL,
  figures   MEDIUMTEXT NOT NULL,
  sha256    BINARY(32) NOT NULL,
  made_by   INT UNSIGNED NOT NULL,
  made_at   DATETIME NOT NULL,
  signed_by INT UNSIGNED NULL,
  signed_at DATETIME NULL,
  note      VARCHAR(820) NOT NULL DEFAULT '',   -- of who signed
  KEY stat_frozen_period (from_on, to_on),
  CONSTRAINT stat_frozen_made FOREIGN KEY (made_by) REFERENCES officer (id),
  CONSTRAINT stat_frozen_signed FOREIGN KEY (signed_by) REFERENCES officer (id),
  CONSTRAINT stat_frozen_order CHECK (to_on >= from_on)
) ENGINE=InnoDB;
-- A figure that is NULL is refused: nothing but a signature is ever added, once.
CREATE TRIGGER stat_frozen_update BEFORE UPDATE ON stat_frozen FOR EACH ROW
  SET NEW.figures = IF(OLD.signed_at IS NOT NULL OR NEW.figures <> OLD.figures OR NEW.from_on <> OLD.from_on
    OR NEW.to_on <> OLD.to_on OR NEW.sha256 <> OLD.sha256 OR NEW.name <> OLD.name OR NEW.made_by <> OLD.made_by
    OR NEW.made_at <> OLD.made_at, NULL, NEW.figures);
CREATE TRIGGER stat_frozen_delete BEFORE DELETE ON stat_frozen FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'frozen figures stay';
