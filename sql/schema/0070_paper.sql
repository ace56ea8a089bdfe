-- Files made on request by minsheng-paperd: lists as XLSX, reports as PDF. The row is the order, the file lies in paper_dir
-- under the row's id.
CREATE TABLE paper (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  kind       VARCHAR(24) NOT NULL,               -- tickets/papers.tbl
  title      VARCHAR(400) NOT NULL,              -- what was asked for, in words
  params     VARCHAR(4000) NOT NULL,             -- JSON; what it means is known to its kind
  asked_by   INT UNSIGNED NOT NULL,              -- may fetch it; the file holds what this person may read
  asked_at   DATETIME NOT NULL,
  open_key   BINARY(32) NULL,                    -- hash of kind and params until it is made: asked for twice is made once
  state      ENUM('queued','making','done','failed','gone') NOT NULL DEFAULT 'queued',
  rows_n     INT UNSIGNED NOT NULL DEFAULT 0,    -- written so far
  tries      TINYINT UNSIGNED NOT NULL DEFAULT 0,
  next_at    DATETIME NULL,                      -- when it may be taken; while it is made: when the lease ends
  lease      BINARY(16) NULL,
  file_name  VARCHAR(260) NULL,                  -- as a browser keeps it
  size_bytes BIGINT UNSIGNED NULL,
  sha256     BINARY(32) NULL,
  done_at    DATETIME NULL,
  keep_until DATE NULL,                          -- the last day it can be fetched; NULL: as long as the report it is of
  why        VARCHAR(200) NULL,                  -- it failed: a sentence for the person
  UNIQUE KEY paper_open (asked_by, open_key),
  KEY paper_next (next_at, id),
  KEY paper_mine (asked_by, id),
  KEY paper_keep (state, keep_until, id),
  CONSTRAINT paper_officer FOREIGN KEY (asked_by) REFERENCES officer (id)
) ENGINE=InnoDB;

-- Who fetched it. Append-only: no account may change or delete a row, and the triggers refuse it to all.
CREATE TABLE paper_taken (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  paper_id   BIGINT UNSIGNED NOT NULL,
  officer_id INT UNSIGNED NOT NULL,
  at         DATETIME NOT NULL,
  KEY paper_taken_paper (paper_id, id),
  CONSTRAINT paper_taken_paper FOREIGN KEY (paper_id) REFERENCES paper (id),
  CONSTRAINT paper_taken_officer FOREIGN KEY (officer_id) REFERENCES officer (id)
) ENGINE=InnoDB;
CREATE TRIGGER paper_taken_no_update BEFORE UPDATE ON paper_taken FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'paper_taken is append-only';
CREATE TRIGGER paper_taken_no_delete BEFORE DELETE ON paper_taken FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'paper_taken is append-only';
