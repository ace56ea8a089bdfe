-- Who wrote, sealed on arrival to the vault's public key; only minsheng-vaultd can open it, one at a time, after the
-- reveal row is written.
CREATE TABLE contact (
  ticket_id  BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  key_id     BINARY(8) NOT NULL,                 -- first bytes of the hash of the public key
  sealed     VARBINARY(2000) NOT NULL,           -- crypto_box_seal of {"name","phone","email"}
  has_phone  BOOLEAN NOT NULL,
  has_email  BOOLEAN NOT NULL,
  CONSTRAINT contact_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id)
) ENGINE=InnoDB;

CREATE TABLE reveal (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  ticket_id  BIGINT UNSIGNED NOT NULL,
  purpose    ENUM('notify','view') NOT NULL,
  officer_id INT UNSIGNED NULL,
  outbox_id  BIGINT UNSIGNED NULL,
  reason     VARCHAR(200) NOT NULL,
  at         DATETIME NOT NULL,
  KEY reveal_ticket (ticket_id),
  KEY reveal_officer (officer_id, at),
  CONSTRAINT reveal_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id)
) ENGINE=InnoDB;
CREATE TRIGGER reveal_no_update BEFORE UPDATE ON reveal FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'reveal is append-only';
CREATE TRIGGER reveal_no_delete BEFORE DELETE ON reveal FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'reveal is append-only';
