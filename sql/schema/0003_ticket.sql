-- The letter, its text, its immutable history.
CREATE TABLE ticket (
  id            BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  no            VARCHAR(40) NOT NULL,
  type          ENUM('leader_mail','consult','complaint','suggestion','site_error') NOT NULL,
  channel       ENUM('web','mobile','terminal','wechat','hotline','visit','paper','superior_transfer',
                     'national_site_error','api','import') NOT NULL,
  state         ENUM('submitted','supplement','accepted','assigned','handling','objected','suspended','in_review',
                     'submitted_up','replied','closed','archived','refused','merged','withdrawn','invalid') NOT NULL,
  pub_state     ENUM('not_due','pending_review','approved_full','approved_summary','withheld','published',
                     'withdrawn_pub','corrected') NOT NULL DEFAULT 'not_due',
  version       INT UNSIGNED NOT NULL,           -- one more with each history row
  round         SMALLINT UNSIGNED NOT NULL DEFAULT 1,
  title         VARCHAR(260) NOT NULL,
  unit_id       INT UNSIGNED NULL,               -- main handling unit
  wanted_unit_id INT UNSIGNED NULL,              -- the one the writer chose; NULL = not sure
  handler_id    INT UNSIGNED NULL,
  publish_ok    BOOLEAN NOT NULL,                -- the writer agrees to publish the text
  received_at   DATETIME NOT NULL,
  received_on   DATE NOT NULL,                   -- effective receipt (deem rule)
  accepted_at   DATETIME NULL,
  due_on        DATE NULL,                       -- of the answer; NULL when no clock runs towards one
  due_provisional BOOLEAN NOT NULL DEFAULT FALSE,
  first_due_on  DATE NULL,                       -- what the first answer is measured against: follows extensions, then fixed
  replied_at    DATETIME NULL,                   -- first final reply
  reply_workdays SMALLINT NULL,                  -- working days from acceptance to that reply
  closed_at     DATETIME NULL,
  result_code   ENUM('solved','explained','adopted','partly_adopted','not_adopted','scheduled','not_supported',
                     'untrue','guided') NULL,
  reason_code   VARCHAR(24) NULL,  -- refused, suspended, withheld: why
  master_id     BIGINT UNSIGNED NULL,            -- merged under
  grade         TINYINT UNSIGNED NULL,           -- 5 very satisfied … 1 very dissatisfied, last round
  UNIQUE KEY ticket_no (no),
  KEY ticket_queue (state, due_on, id),
  KEY ticket_unit_queue (unit_id, state, due_on, id),
  KEY ticket_pub (pub_state, id),
  KEY ticket_received (received_on),
  KEY ticket_master (master_id),
  CONSTRAINT ticket_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
  CONSTRAINT ticket_wanted FOREIGN KEY (wanted_unit_id) REFERENCES unit (id),
  CONSTRAINT ticket_handler FOREIGN KEY (handler_id) REFERENCES officer (id),
  CONSTRAINT ticket_master FOREIGN KEY (master_id) REFERENCES ticket (id),
  CONSTRAINT ticket_order CHECK (accepted_at IS NULL OR replied_at IS NULL OR accepted_at <= replied_at)
) ENGINE=InnoDB;

CREATE TABLE ticket_text (
  ticket_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  body      TEXT NOT NULL,
  demand    VARCHAR(260) NOT NULL DEFAULT '',   -- the main demand in one sentence
  place     VARCHAR(260) NOT NULL DEFAULT '',
  CONSTRAINT ticket_text_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id)
) ENGINE=InnoDB;

-- Keyed hash of the query code; the key is not in the database.
CREATE TABLE ticket_code (
  ticket_id  BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  code_hash  BINARY(32) NOT NULL,
  CONSTRAINT ticket_code_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id)
) ENGINE=InnoDB;

-- Wrong tries by the number that was typed, whether there is such a letter or not: both are slowed down alike.
CREATE TABLE code_try (
  number_hash BINARY(32) NOT NULL PRIMARY KEY,
  failures    SMALLINT UNSIGNED NOT NULL,
  last_at     DATETIME NOT NULL,
  KEY code_try_last (last_at)
) ENGINE=InnoDB;

-- Numbers of the same matter elsewhere: an older mailbox, a superior's platform.
CREATE TABLE external_no (
  system    VARCHAR(40) NOT NULL,
  no        VARCHAR(80) NOT NULL,
  ticket_id BIGINT UNSIGNED NOT NULL,
  due_on    DATE NULL,                          -- the superior's deadline
  PRIMARY KEY (system, no),
  KEY external_ticket (ticket_id),
  CONSTRAINT external_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id)
) ENGINE=InnoDB;

-- What happened. Append-only: no account may change or delete a row, and the triggers refuse it to all.
CREATE TABLE history (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  ticket_id  BIGINT UNSIGNED NOT NULL,
  version    INT UNSIGNED NOT NULL,             -- the ticket's version after it; one row each
  at         DATETIME NOT NULL,
  actor      ENUM('citizen','officer','system','api') NOT NULL,
  officer_id INT UNSIGNED NULL,
  unit_id    INT UNSIGNED NULL,                 -- of the officer, then
  action     VARCHAR(24) NOT NULL,
  from_state VARCHAR(16) NOT NULL,
  to_state   VARCHAR(16) NOT NULL,
  round      SMALLINT UNSIGNED NOT NULL,
  reason     VARCHAR(24) NULL,
  note       TEXT NULL,                         -- for the office
  public_note TEXT NULL,                        -- for the writer
  UNIQUE KEY history_version (ticket_id, version),
  CONSTRAINT history_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id)
) ENGINE=InnoDB;
CREATE TRIGGER history_no_update BEFORE UPDATE ON history FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'history is append-only';
CREATE TRIGGER history_no_delete BEFORE DELETE ON history FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'history is append-only';

-- One submission, one letter: the key a form or a client made, and what it was answered.
CREATE TABLE idem (
  ik         BINARY(32) NOT NULL PRIMARY KEY,   -- SHA-256 of scope and key
  body_hash  BINARY(32) NOT NULL,
  ticket_id  BIGINT UNSIGNED NOT NULL,
  due_on     DATE NOT NULL,
  provisional BOOLEAN NOT NULL,
  created_at DATETIME NOT NULL,
  KEY idem_created (created_at),
  CONSTRAINT idem_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id)
) ENGINE=InnoDB;
