-- By which version of the rules (tickets/redact.h) an edition was searched for personal data when it was made; 0: before the
-- rules had versions.
ALTER TABLE edition ADD COLUMN rules SMALLINT UNSIGNED NOT NULL DEFAULT 0;

-- Each time the vault compared texts with the sealed name and number of a letter's writer: where they name the writer is told,
-- who that is never. One row for the same texts. No foreign key: it is asked while the letter is locked by who asks.
CREATE TABLE contact_match (
  id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  ticket_id    BIGINT UNSIGNED NOT NULL,
  texts_sha256 BINARY(32) NOT NULL,
  at           DATETIME NOT NULL,
  UNIQUE KEY contact_match_texts (ticket_id, texts_sha256),
  KEY contact_match_at (ticket_id, at)
) ENGINE=InnoDB;
CREATE TRIGGER contact_match_no_update BEFORE UPDATE ON contact_match FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'contact_match is append-only';
CREATE TRIGGER contact_match_no_delete BEFORE DELETE ON contact_match FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'contact_match is append-only';
