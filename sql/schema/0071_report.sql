-- Monthly bulletins and annual reports: frozen figures, words of people, a signature, and what the public reads of it.
CREATE TABLE report (
  id           INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  kind         ENUM('month','year') NOT NULL,
  code         VARCHAR(7) NOT NULL,                -- 2026-10, 2026
  from_on      DATE NOT NULL,
  to_on        DATE NOT NULL,
  state        ENUM('draft','signed','published') NOT NULL DEFAULT 'draft',
  version      INT UNSIGNED NOT NULL DEFAULT 1,    -- one more with every change
  frozen_id    INT UNSIGNED NOT NULL,              -- the figures
  before_id    INT UNSIGNED NULL,                  -- those of the same period a year earlier
  extra        MEDIUMTEXT NOT NULL,                -- JSON: months, and the four figures of the annual form with their query
  edited_by    INT UNSIGNED NOT NULL,              -- who wrote last; somebody else signs
  edited_at    DATETIME NOT NULL,
  signed_by    INT UNSIGNED NULL,
  signed_at    DATETIME NULL,
  published_at DATETIME NULL,
  paper_id     BIGINT UNSIGNED NULL,               -- the PDF that the public fetches
  UNIQUE KEY report_code (code),
  CONSTRAINT report_frozen FOREIGN KEY (frozen_id) REFERENCES stat_frozen (id),
  CONSTRAINT report_before FOREIGN KEY (before_id) REFERENCES stat_frozen (id),
  CONSTRAINT report_editor FOREIGN KEY (edited_by) REFERENCES officer (id),
  CONSTRAINT report_signer FOREIGN KEY (signed_by) REFERENCES officer (id),
  CONSTRAINT report_paper FOREIGN KEY (paper_id) REFERENCES paper (id),
  CONSTRAINT report_two CHECK (signed_by IS NULL OR signed_by <> edited_by),
  CONSTRAINT report_sign CHECK (state = 'draft' OR signed_by IS NOT NULL),
  CONSTRAINT report_order CHECK (to_on >= from_on)
) ENGINE=InnoDB;
-- What is signed stays as it was signed, until somebody takes the signature back: a text that is NULL is refused.
CREATE TRIGGER report_signed BEFORE UPDATE ON report FOR EACH ROW
  SET NEW.extra = IF(OLD.state <> 'draft' AND NEW.state <> 'draft' AND NOT (NEW.frozen_id <=> OLD.frozen_id
    AND NEW.before_id <=> OLD.before_id AND NEW.extra <=> OLD.extra AND NEW.edited_by <=> OLD.edited_by
    AND NEW.edited_at <=> OLD.edited_at AND NEW.signed_by <=> OLD.signed_by AND NEW.signed_at <=> OLD.signed_at), NULL, NEW.extra);

-- The words, by their place in tickets/report_parts.tbl; every wording that was saved. The last one counts.
CREATE TABLE report_part (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  report_id  INT UNSIGNED NOT NULL,
  part       VARCHAR(24) NOT NULL,
  body       TEXT NOT NULL,
  changed_by INT UNSIGNED NOT NULL,
  changed_at DATETIME NOT NULL,
  KEY report_part_last (report_id, part, id),
  CONSTRAINT report_part_report FOREIGN KEY (report_id) REFERENCES report (id),
  CONSTRAINT report_part_officer FOREIGN KEY (changed_by) REFERENCES officer (id)
) ENGINE=InnoDB;
CREATE TRIGGER report_part_insert BEFORE INSERT ON report_part FOR EACH ROW
  SET NEW.body = IF((SELECT r.state FROM report r WHERE r.id = NEW.report_id) <> 'draft', NULL, NEW.body);
CREATE TRIGGER report_part_no_update BEFORE UPDATE ON report_part FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'report_part is append-only';
CREATE TRIGGER report_part_no_delete BEFORE DELETE ON report_part FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'report_part is append-only';

-- What was done to a report. Append-only.
CREATE TABLE report_event (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  report_id  INT UNSIGNED NOT NULL,
  what       ENUM('make','freeze','edit','sign','unsign','publish','withdraw') NOT NULL,
  officer_id INT UNSIGNED NOT NULL,
  at         DATETIME NOT NULL,
  note       VARCHAR(820) NOT NULL DEFAULT '',
  KEY report_event_report (report_id, id),
  CONSTRAINT report_event_report FOREIGN KEY (report_id) REFERENCES report (id),
  CONSTRAINT report_event_officer FOREIGN KEY (officer_id) REFERENCES officer (id)
) ENGINE=InnoDB;
CREATE TRIGGER report_event_no_update BEFORE UPDATE ON report_event FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'report_event is append-only';
CREATE TRIGGER report_event_no_delete BEFORE DELETE ON report_event FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'report_event is append-only';

-- What the public reads. Views with the rights of their maker: nothing but what is published.
CREATE SQL SECURITY DEFINER VIEW pub_report AS
  SELECT r.id, r.kind, r.code, r.from_on, r.to_on, r.version, r.extra, r.signed_at, r.published_at, f.figures, f.made_at AS frozen_at,
         f.sha256, b.figures AS before_figures, r.paper_id, p.state AS paper_state, p.file_name, p.size_bytes
    FROM report r JOIN stat_frozen f ON f.id = r.frozen_id LEFT JOIN stat_frozen b ON b.id = r.before_id
    LEFT JOIN paper p ON p.id = r.paper_id
   WHERE r.state = 'published';
CREATE SQL SECURITY DEFINER VIEW pub_report_part AS
  SELECT x.report_id, x.part, x.body
    FROM report_part x JOIN report r ON r.id = x.report_id
   WHERE r.state = 'published' AND x.id = (SELECT MAX(l.id) FROM report_part l WHERE l.report_id = x.report_id AND l.part = x.part);
