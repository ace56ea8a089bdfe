-- What units do to a letter: assignments, objections, supplements, replies, reviews, extensions, suspensions,
-- supervision, ratings.
CREATE TABLE assignment (
  id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  ticket_id   BIGINT UNSIGNED NOT NULL,
  unit_id     INT UNSIGNED NOT NULL,
  role        ENUM('main','co') NOT NULL,
  round       SMALLINT UNSIGNED NOT NULL,
  assigned_at DATETIME NOT NULL,
  signed_at   DATETIME NULL,
  signed_by   INT UNSIGNED NULL,
  ended_at    DATETIME NULL,
  KEY assignment_ticket (ticket_id),
  KEY assignment_unit (unit_id, ended_at),
  CONSTRAINT assignment_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id),
  CONSTRAINT assignment_unit FOREIGN KEY (unit_id) REFERENCES unit (id)
) ENGINE=InnoDB;

CREATE TABLE objection (
  id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  ticket_id    BIGINT UNSIGNED NOT NULL,
  unit_id      INT UNSIGNED NOT NULL,
  suggested_unit_id INT UNSIGNED NULL,
  reason       TEXT NOT NULL,
  made_at      DATETIME NOT NULL,
  decision     ENUM('open','upheld','rejected') NOT NULL DEFAULT 'open',
  UNIQUE KEY objection_once (ticket_id, unit_id),        -- no second return
  CONSTRAINT objection_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id),
  CONSTRAINT objection_unit FOREIGN KEY (unit_id) REFERENCES unit (id)
) ENGINE=InnoDB;

CREATE TABLE supplement (
  ticket_id   BIGINT UNSIGNED NOT NULL PRIMARY KEY,      -- asked once
  question    TEXT NOT NULL,
  asked_at    DATETIME NOT NULL,
  answer      TEXT NULL,
  answered_at DATETIME NULL,
  CONSTRAINT supplement_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id)
) ENGINE=InnoDB;

CREATE TABLE reply (
  id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  ticket_id   BIGINT UNSIGNED NOT NULL,
  round       SMALLINT UNSIGNED NOT NULL,
  kind        ENUM('holding','interim','final','supplementary','correction') NOT NULL,
  state       ENUM('draft','in_review','returned','approved') NOT NULL,
  level       TINYINT UNSIGNED NOT NULL DEFAULT 0,       -- review levels passed
  unit_id     INT UNSIGNED NOT NULL,
  author_id   INT UNSIGNED NULL,                         -- NULL: imported
  body        TEXT NOT NULL,
  result_code VARCHAR(16) NULL,
  next_on     DATE NULL,                                 -- holding: when the writer hears again; scheduled: promised
  version     INT UNSIGNED NOT NULL DEFAULT 1,
  written_at  DATETIME NOT NULL,
  approved_at DATETIME NULL,
  KEY reply_ticket (ticket_id, round, kind),
  CONSTRAINT reply_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id),
  CONSTRAINT reply_unit FOREIGN KEY (unit_id) REFERENCES unit (id)
) ENGINE=InnoDB;

CREATE TABLE review (
  id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  ticket_id   BIGINT UNSIGNED NOT NULL,
  reply_id    BIGINT UNSIGNED NULL,
  kind        ENUM('department','office','superior','secrecy') NOT NULL,
  decision    ENUM('approved','returned','withheld') NOT NULL,
  reviewer_id INT UNSIGNED NOT NULL,
  at          DATETIME NOT NULL,
  comment     TEXT NOT NULL DEFAULT '',
  body_sha256 BINARY(32) NOT NULL,                       -- of exactly what was looked at
  KEY review_ticket (ticket_id),
  CONSTRAINT review_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id),
  CONSTRAINT review_officer FOREIGN KEY (reviewer_id) REFERENCES officer (id)
) ENGINE=InnoDB;

CREATE TABLE extension (
  id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  ticket_id    BIGINT UNSIGNED NOT NULL,
  days         SMALLINT UNSIGNED NOT NULL,
  reason       TEXT NOT NULL,
  requested_by INT UNSIGNED NOT NULL,
  requested_at DATETIME NOT NULL,
  old_due_on   DATE NOT NULL,
  new_due_on   DATE NULL,
  decision     ENUM('open','approved','denied') NOT NULL DEFAULT 'open',
  decided_by   INT UNSIGNED NULL,
  decided_at   DATETIME NULL,
  KEY extension_ticket (ticket_id, decision),
  CONSTRAINT extension_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id)
) ENGINE=InnoDB;

CREATE TABLE suspension (
  id        BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  ticket_id BIGINT UNSIGNED NOT NULL,
  reason    ENUM('court','appraisal','superior_decision','force_majeure','season','requester_unreachable') NOT NULL,
  from_at   DATETIME NOT NULL,
  until_on  DATE NULL,
  to_at     DATETIME NULL,
  KEY suspension_ticket (ticket_id),
  KEY suspension_open (to_at, until_on),
  CONSTRAINT suspension_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id)
) ENGINE=InnoDB;

-- The first of two persons whose agreement an action needs (refusing a complaint, judging a letter invalid).
CREATE TABLE proposal (
  ticket_id  BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  action     VARCHAR(24) NOT NULL,
  officer_id INT UNSIGNED NOT NULL,
  at         DATETIME NOT NULL,
  CONSTRAINT proposal_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id)
) ENGINE=InnoDB;

CREATE TABLE supervision (
  id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  ticket_id   BIGINT UNSIGNED NOT NULL,
  level       ENUM('remind','urge','supervise','circular') NOT NULL,
  unit_id     INT UNSIGNED NULL,
  by_officer  INT UNSIGNED NULL,
  at          DATETIME NOT NULL,
  words       TEXT NOT NULL DEFAULT '',
  feedback    TEXT NULL,
  feedback_at DATETIME NULL,
  KEY supervision_ticket (ticket_id),
  CONSTRAINT supervision_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id)
) ENGINE=InnoDB;

CREATE TABLE evaluation (
  ticket_id BIGINT UNSIGNED NOT NULL,
  round     SMALLINT UNSIGNED NOT NULL,                  -- once a round
  grade     TINYINT UNSIGNED NOT NULL,
  solved    ENUM('yes','partly','no') NOT NULL,
  words     TEXT NOT NULL DEFAULT '',
  at        DATETIME NOT NULL,
  PRIMARY KEY (ticket_id, round),
  CONSTRAINT evaluation_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id),
  CONSTRAINT evaluation_grade CHECK (grade BETWEEN 1 AND 5)
) ENGINE=InnoDB;

CREATE TABLE follow_up (
  id        BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  ticket_id BIGINT UNSIGNED NOT NULL,
  question  TEXT NOT NULL,
  at        DATETIME NOT NULL,
  KEY follow_up_ticket (ticket_id),
  CONSTRAINT follow_up_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id)
) ENGINE=InnoDB;
