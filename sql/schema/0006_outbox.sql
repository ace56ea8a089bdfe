-- "Tell someone": written in the transaction of the change, delivered by notifyd.
CREATE TABLE outbox (
  id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  ticket_id   BIGINT UNSIGNED NOT NULL,
  event       VARCHAR(24) NOT NULL,
  audience    ENUM('writer','unit','office') NOT NULL,
  unit_id     INT UNSIGNED NULL,
  state       ENUM('queued','sending','sent','skipped','dead') NOT NULL DEFAULT 'queued',
  tries       SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  next_at     DATETIME NULL,                     -- NULL when there is nothing more to do
  lease       BINARY(16) NULL,                   -- who is sending it; a later lease fences an earlier one
  last_error  VARCHAR(200) NULL,
  created_at  DATETIME NOT NULL,
  done_at     DATETIME NULL,
  KEY outbox_next (next_at, id),
  KEY outbox_ticket (ticket_id),
  CONSTRAINT outbox_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id)
) ENGINE=InnoDB;
