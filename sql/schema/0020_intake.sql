-- Letters that an officer took down: who did, and how the writer gets the answer when there is no telephone or mail address.
CREATE TABLE registration (
  ticket_id  BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  officer_id INT UNSIGNED NOT NULL,
  at         DATETIME NOT NULL,
  answer_by  ENUM('contact','code','counter','post','superior') NOT NULL,
  KEY registration_officer (officer_id, at),
  CONSTRAINT registration_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id)
) ENGINE=InnoDB;

-- Whether two letters came from the same telephone number, and nothing else: a keyed hash of the number, its key outside the
-- database. It answers equality only; without the key no number can be tried against it.
CREATE TABLE contact_key (
  ticket_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  phone_key BINARY(32) NOT NULL,
  KEY contact_key_phone (phone_key, ticket_id),
  CONSTRAINT contact_key_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id)
) ENGINE=InnoDB;

-- Who looked up the letters of a number, when, and how many there were; not the number. Append-only.
CREATE TABLE caller_lookup (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  officer_id INT UNSIGNED NOT NULL,
  at         DATETIME NOT NULL,
  found      SMALLINT UNSIGNED NOT NULL,
  KEY caller_lookup_officer (officer_id, at)
) ENGINE=InnoDB;
CREATE TRIGGER caller_lookup_no_update BEFORE UPDATE ON caller_lookup FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'caller_lookup is append-only';
CREATE TRIGGER caller_lookup_no_delete BEFORE DELETE ON caller_lookup FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'caller_lookup is append-only';

-- Names of other systems are typed by people now: 40 characters as people count them, each of several code points (form.h).
ALTER TABLE external_no MODIFY system VARCHAR(176) NOT NULL;
