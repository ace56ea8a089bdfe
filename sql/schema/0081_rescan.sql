-- Everything published, looked at again when the rules for personal data have become better. One at a time; slad goes from
-- letter to letter and remembers where it is.
CREATE TABLE rescan (
  id         INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  rules      SMALLINT UNSIGNED NOT NULL,         -- version of the rules (tickets/redact.h)
  asked_by   INT UNSIGNED NULL,                  -- NULL: the operator, or because the rules were new
  asked_at   DATETIME NOT NULL,
  last_pub   BIGINT UNSIGNED NOT NULL,           -- what is published later was looked at by these rules
  at_pub     BIGINT UNSIGNED NOT NULL DEFAULT 0, -- up to here it has come
  total      INT UNSIGNED NOT NULL,
  looked     INT UNSIGNED NOT NULL DEFAULT 0,
  letters    INT UNSIGNED NOT NULL DEFAULT 0,    -- in which something was found
  finds      INT UNSIGNED NOT NULL DEFAULT 0,
  uncompared INT UNSIGNED NOT NULL DEFAULT 0,    -- the vault did not answer: not compared with the writer's name
  done_at    DATETIME NULL,
  running    BOOLEAN AS (IF(done_at IS NULL, 1, NULL)) STORED,
  UNIQUE KEY rescan_running (running),
  CONSTRAINT rescan_officer FOREIGN KEY (asked_by) REFERENCES officer (id)
) ENGINE=InnoDB;

-- What it found, until somebody decided: the letter is taken down or edited (then its edition is not public any more), or what
-- was found may stay.
CREATE TABLE rescan_find (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  rescan_id  INT UNSIGNED NOT NULL,
  ticket_id  BIGINT UNSIGNED NOT NULL,
  edition_id BIGINT UNSIGNED NOT NULL,
  field      ENUM('title','body','reply') NOT NULL,
  from_at    INT UNSIGNED NOT NULL,              -- bytes of the text
  to_at      INT UNSIGNED NOT NULL,
  kind       VARCHAR(16) NOT NULL,
  why        VARCHAR(80) NOT NULL,
  kept_by    INT UNSIGNED NULL,                  -- who said that it may stay
  kept_at    DATETIME NULL,
  UNIQUE KEY rescan_find_place (edition_id, field, from_at, to_at),
  KEY rescan_find_open (kept_at, id),
  CONSTRAINT rescan_find_rescan FOREIGN KEY (rescan_id) REFERENCES rescan (id),
  CONSTRAINT rescan_find_edition FOREIGN KEY (edition_id) REFERENCES edition (id),
  CONSTRAINT rescan_find_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id),
  CONSTRAINT rescan_find_officer FOREIGN KEY (kept_by) REFERENCES officer (id)
) ENGINE=InnoDB;
