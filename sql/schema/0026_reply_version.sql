-- What an answer was, save by save. Automatic saves of one person within two minutes are one row; what was handed in, sent
-- back, restored or set aside stays for ever.
CREATE TABLE reply_version (
  id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  reply_id    BIGINT UNSIGNED NOT NULL,
  version     INT UNSIGNED NOT NULL,             -- of the reply, after it
  event       ENUM('auto','save','restore','submit','return','aside') NOT NULL, -- aside: lost a race, kept all the same
  author_id   INT UNSIGNED NULL,
  began_at    DATETIME NOT NULL,                 -- of the first save that this row stands for
  at          DATETIME NOT NULL,
  body        MEDIUMTEXT NOT NULL,
  result_code VARCHAR(16) NULL,
  next_on     DATE NULL,
  note        VARCHAR(820) NOT NULL DEFAULT '',  -- said when handing in with something missing
  added       INT UNSIGNED NOT NULL,             -- characters, against the row before
  removed     INT UNSIGNED NOT NULL,
  KEY reply_version_reply (reply_id, id),
  CONSTRAINT reply_version_reply FOREIGN KEY (reply_id) REFERENCES reply (id),
  CONSTRAINT reply_version_author FOREIGN KEY (author_id) REFERENCES officer (id)
) ENGINE=InnoDB;
INSERT INTO reply_version (reply_id, version, event, author_id, began_at, at, body, result_code, next_on, added, removed)
SELECT id, version, CASE state WHEN 'draft' THEN 'save' WHEN 'returned' THEN 'return' ELSE 'submit' END, author_id, written_at,
       written_at, body, result_code, next_on, CHAR_LENGTH(body), 0
  FROM reply WHERE kind = 'final' AND state IN ('draft', 'in_review', 'returned');
