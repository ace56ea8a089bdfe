-- Who works on a letter at this moment. Holds nobody back, and is forgotten after minutes.
CREATE TABLE presence (
  ticket_id  BIGINT UNSIGNED NOT NULL,
  officer_id INT UNSIGNED NOT NULL,
  what       ENUM('draft','review') NOT NULL,
  seen_at    DATETIME NOT NULL,
  PRIMARY KEY (ticket_id, officer_id),
  KEY presence_seen (seen_at),
  CONSTRAINT presence_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id),
  CONSTRAINT presence_officer FOREIGN KEY (officer_id) REFERENCES officer (id)
) ENGINE=InnoDB;
