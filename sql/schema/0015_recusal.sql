-- Who must keep away from a letter: a unit, or one officer. Marked by an officer, or by the writer when the letter was sent; a
-- supervisor may lift it. Whom it stands against neither reads the letter nor has any part in it.
CREATE TABLE recusal (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  ticket_id  BIGINT UNSIGNED NOT NULL,
  unit_id    INT UNSIGNED NULL,
  officer_id INT UNSIGNED NULL,
  by_officer INT UNSIGNED NULL,                  -- NULL: the writer
  at         DATETIME NOT NULL,
  reason     TEXT NOT NULL DEFAULT '',
  lifted_at  DATETIME NULL,
  lifted_by  INT UNSIGNED NULL,
  KEY recusal_ticket (ticket_id, lifted_at),
  KEY recusal_unit (unit_id, lifted_at, ticket_id),
  KEY recusal_officer (officer_id, lifted_at, ticket_id),
  CONSTRAINT recusal_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id),
  CONSTRAINT recusal_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
  CONSTRAINT recusal_officer FOREIGN KEY (officer_id) REFERENCES officer (id),
  CONSTRAINT recusal_of_one CHECK ((unit_id IS NULL) <> (officer_id IS NULL))
) ENGINE=InnoDB;

-- What somebody wrote who must keep away now is nobody's draft any more.
ALTER TABLE reply MODIFY state ENUM('draft','in_review','returned','approved','void') NOT NULL;
