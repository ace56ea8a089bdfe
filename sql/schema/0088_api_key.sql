-- Keys of programs that hand letters in, by Open311 or from a superior. Of a key only its hash is kept: it has 256 random bits,
-- so that a hash without a secret gives nothing away.
CREATE TABLE api_key (
  id         INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name       VARCHAR(140) NOT NULL,              -- of the program
  contact    VARCHAR(260) NOT NULL,              -- who answers for it
  scope      ENUM('letters','transfers') NOT NULL,
  answer     ENUM('id','token') NOT NULL,        -- what Open311 answers: the number and the query code, or a token alone
  per_day    INT UNSIGNED NOT NULL,              -- letters a day, at most
  hint       VARCHAR(8) NOT NULL,                -- its last characters, to tell it from others
  hash       BINARY(32) NOT NULL,
  made_by    INT UNSIGNED NULL,                  -- NULL: the operator's command
  made_at    DATETIME NOT NULL,
  revoked_by INT UNSIGNED NULL,
  revoked_at DATETIME NULL,
  why        VARCHAR(820) NOT NULL DEFAULT '',   -- why it was revoked
  live_name  VARCHAR(140) AS (IF(revoked_at IS NULL, name, NULL)) STORED,
  UNIQUE KEY api_key_hash (hash),
  UNIQUE KEY api_key_live (live_name)            -- a name is free again once its key was revoked
) ENGINE=InnoDB;

-- How often a key was used, by day.
CREATE TABLE api_key_day (
  key_id INT UNSIGNED NOT NULL,
  on_day DATE NOT NULL,
  sent   INT UNSIGNED NOT NULL,
  PRIMARY KEY (key_id, on_day),
  CONSTRAINT api_key_day_key FOREIGN KEY (key_id) REFERENCES api_key (id)
) ENGINE=InnoDB;

-- Which program handed a letter in. token: what Open311 leads to the letter by; made from its number with a secret that is not
-- in the database.
CREATE TABLE api_letter (
  ticket_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  key_id    INT UNSIGNED NOT NULL,
  token     BINARY(16) NOT NULL,
  UNIQUE KEY api_letter_token (token),
  CONSTRAINT api_letter_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id),
  CONSTRAINT api_letter_key FOREIGN KEY (key_id) REFERENCES api_key (id)
) ENGINE=InnoDB;

-- Programs ask by the day of receipt and by the time of the last change.
ALTER TABLE pub_letter
  ADD KEY pub_received (received_on, id, type),
  ADD KEY pub_changed (published_at, id, type);
