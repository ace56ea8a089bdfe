-- A writer's 催一下: once a round, after half of the time for the answer.
CREATE TABLE nudge (
  ticket_id BIGINT UNSIGNED NOT NULL,
  round     SMALLINT UNSIGNED NOT NULL,
  at        DATETIME NOT NULL,
  PRIMARY KEY (ticket_id, round),
  CONSTRAINT nudge_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id)
) ENGINE=InnoDB;
