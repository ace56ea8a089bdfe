-- The public edition: a sanitised copy, approved by the hash of exactly its bytes, and the tables the public reads.
CREATE TABLE edition (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  ticket_id  BIGINT UNSIGNED NOT NULL,
  seq        SMALLINT UNSIGNED NOT NULL,
  title      VARCHAR(260) NOT NULL,
  body       TEXT NOT NULL,
  reply      TEXT NOT NULL,
  sha256     BINARY(32) NOT NULL,                -- SHA-256 of title 0x1f body 0x1f reply
  author_id  INT UNSIGNED NULL,                  -- NULL: made by the system from letter and reply
  made_at    DATETIME NOT NULL,
  UNIQUE KEY edition_seq (ticket_id, seq),
  CONSTRAINT edition_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id),
  CONSTRAINT edition_hash CHECK (sha256 = UNHEX(SHA2(CONCAT_WS(CHAR(31), title, body, reply), 256)))
) ENGINE=InnoDB;

-- The decision of a second person about one edition, bound to its hash.
CREATE TABLE edition_approval (
  edition_id  BIGINT UNSIGNED NOT NULL,
  sha256      BINARY(32) NOT NULL,
  form        ENUM('full','summary') NOT NULL,
  reviewer_id INT UNSIGNED NULL,                 -- NULL: published by the mailbox it was imported from
  at          DATETIME NOT NULL,
  PRIMARY KEY (edition_id, sha256),
  CONSTRAINT approval_edition FOREIGN KEY (edition_id) REFERENCES edition (id)
) ENGINE=InnoDB;

-- What the public may read: a row exists only for an approved edition (foreign key), with bytes of that hash (check).
CREATE TABLE pub_letter (
  id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,   -- public id, not the ticket's
  edition_id   BIGINT UNSIGNED NOT NULL,
  sha256       BINARY(32) NOT NULL,
  no           VARCHAR(40) NOT NULL,
  type         ENUM('leader_mail','consult','complaint','suggestion','site_error') NOT NULL,
  title        VARCHAR(260) NOT NULL,
  body         TEXT NOT NULL,
  reply        TEXT NOT NULL,
  unit_id      INT UNSIGNED NOT NULL,
  accepted_on  DATE NOT NULL,
  replied_on   DATE NOT NULL,
  workdays     SMALLINT NOT NULL,
  result_code  VARCHAR(16) NULL,
  grade        TINYINT UNSIGNED NULL,
  published_at DATETIME NOT NULL,
  UNIQUE KEY pub_no (no),
  KEY pub_list (replied_on, id),
  KEY pub_type (type, replied_on, id, title),   -- with the title: similar letters are found in the index alone
  KEY pub_unit (unit_id, replied_on, id),
  CONSTRAINT pub_approval FOREIGN KEY (edition_id, sha256) REFERENCES edition_approval (edition_id, sha256),
  CONSTRAINT pub_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
  CONSTRAINT pub_hash CHECK (sha256 = UNHEX(SHA2(CONCAT_WS(CHAR(31), title, body, reply), 256)))
) ENGINE=InnoDB;
