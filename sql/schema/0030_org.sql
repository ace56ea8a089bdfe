-- Who answers for a unit and since when, who stands in for whom, and everything done to units, people and their rights.

-- A first or reset password is good until then.
ALTER TABLE officer_secret ADD COLUMN temp_until DATETIME NULL;

-- Leader in charge and responsible person of a unit. A later row ends the one before it; one that was taken back counts no
-- more. A change of the responsible person is filed with the supervising office before it takes effect.
CREATE TABLE unit_duty (
  id         INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  unit_id    INT UNSIGNED NOT NULL,
  duty       ENUM('leader','responsible') NOT NULL,
  name       VARCHAR(100) NOT NULL,
  post       VARCHAR(140) NOT NULL DEFAULT '',
  phone      VARCHAR(40) NOT NULL DEFAULT '',
  from_on    DATE NOT NULL,
  to_on      DATE NULL,                          -- set by the one that follows
  file_by    DATE NULL,                          -- last day for filing it; NULL: nothing to file
  why_short  VARCHAR(820) NOT NULL DEFAULT '',   -- why it takes effect sooner than the notice allows
  filed_on   DATE NULL,
  filed_as   VARCHAR(260) NOT NULL DEFAULT '',   -- number of the paper
  undone_at  DATETIME NULL,
  made_by    INT UNSIGNED NULL,
  made_at    DATETIME NOT NULL,
  KEY unit_duty_unit (unit_id, duty, from_on),
  KEY unit_duty_open (filed_on, file_by),
  CONSTRAINT unit_duty_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
  CONSTRAINT unit_duty_order CHECK (to_on IS NULL OR to_on >= from_on)
) ENGINE=InnoDB;

-- Somebody is away and somebody of the same unit stands in.
CREATE TABLE absence (
  id          INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  officer_id  INT UNSIGNED NOT NULL,
  stand_in_id INT UNSIGNED NOT NULL,
  from_on     DATE NOT NULL,
  to_on       DATE NOT NULL,                     -- the last day
  ended_at    DATETIME NULL,                     -- before its last day
  made_by     INT UNSIGNED NULL,
  made_at     DATETIME NOT NULL,
  KEY absence_officer (officer_id, to_on),
  KEY absence_stand_in (stand_in_id, to_on),
  CONSTRAINT absence_officer FOREIGN KEY (officer_id) REFERENCES officer (id),
  CONSTRAINT absence_stand_in FOREIGN KEY (stand_in_id) REFERENCES officer (id),
  CONSTRAINT absence_order CHECK (to_on >= from_on),
  CONSTRAINT absence_other CHECK (stand_in_id <> officer_id)
) ENGINE=InnoDB;

-- Roles that somebody has for others; asked with a day between from_on and to_on. What an administrator may do is lent to
-- nobody.
CREATE SQL SECURITY DEFINER VIEW lent_role AS
  SELECT a.stand_in_id, a.officer_id, f.name, r.role, a.from_on, a.to_on
    FROM absence a
    JOIN officer f ON f.id = a.officer_id AND f.active
    JOIN officer s ON s.id = a.stand_in_id AND s.unit_id = f.unit_id
    JOIN officer_role r ON r.officer_id = a.officer_id
   WHERE a.ended_at IS NULL AND r.role NOT IN ('sys_admin','sec_admin','audit_admin');

-- Whatever was done to units, people and rights, and every login.
CREATE TABLE org_event (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  at         DATETIME NOT NULL,
  kind       VARCHAR(24) NOT NULL,
  by_id      INT UNSIGNED NULL,                  -- NULL: the operator's command, or nobody known
  officer_id INT UNSIGNED NULL,                  -- whom it concerns
  unit_id    INT UNSIGNED NULL,
  what       TEXT NOT NULL,                      -- in words, as it was then
  reason     VARCHAR(820) NOT NULL DEFAULT '',
  KEY org_event_kind (kind, id),
  KEY org_event_by (by_id, id),
  KEY org_event_officer (officer_id, id),
  KEY org_event_unit (unit_id, id),
  KEY org_event_at (at)
) ENGINE=InnoDB;
CREATE TRIGGER org_event_no_update BEFORE UPDATE ON org_event FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'org_event is append-only';
CREATE TRIGGER org_event_no_delete BEFORE DELETE ON org_event FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'org_event is append-only';

-- The three administrators are three persons, and none of them handles letters: refused here whoever asks (a role that is
-- NULL is no role). The sentence a person reads is the program's.
CREATE TRIGGER officer_role_apart BEFORE INSERT ON officer_role FOR EACH ROW
  SET NEW.role = IF(EXISTS (SELECT 1 FROM officer_role r WHERE r.officer_id = NEW.officer_id AND r.role <> NEW.role
      AND (r.role IN ('sys_admin','sec_admin','audit_admin') OR NEW.role IN ('sys_admin','sec_admin','audit_admin'))),
    NULL, NEW.role);

-- In whose place it was done.
ALTER TABLE history ADD COLUMN for_officer_id INT UNSIGNED NULL;

-- A letter's handler is told as a person.
ALTER TABLE outbox MODIFY COLUMN audience ENUM('writer','unit','office','handler') NOT NULL;
