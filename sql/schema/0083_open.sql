-- What readers of the public site see. One view, open_letter, is the only way to a published letter for list, page, search, feeds, open
-- data, Open311 and sitemap: a letter is public exactly as long as it has a row there. Rows appear and go with pub_letter, whose
-- foreign key and check tie them to an approval of the same bytes (0008). The public account reads no table behind the view.

-- received_on: the day of receipt. topic_id: as registered, of either level; its upper level ends in 00 (0060). place_id: the first place
-- that the published words name (place_word), so it tells nothing that they do not tell. helpers: who else handled it. state: how far
-- the letter is now. first_at: when it became public; published_at: when these words did.
ALTER TABLE pub_letter
  ADD COLUMN received_on DATE NULL AFTER unit_id,
  ADD COLUMN topic_id SMALLINT UNSIGNED NULL,
  ADD COLUMN topic_top SMALLINT UNSIGNED AS (topic_id DIV 100 * 100) STORED,
  ADD COLUMN place_id SMALLINT UNSIGNED NULL,
  ADD COLUMN helpers VARCHAR(700) NOT NULL DEFAULT '',
  ADD COLUMN state ENUM('submitted','supplement','accepted','assigned','handling','objected','suspended','in_review',
    'submitted_up','replied','closed','archived','refused','merged','withdrawn','invalid') NOT NULL DEFAULT 'replied',
  ADD COLUMN first_at DATETIME NULL;
-- Each way through the listing in its order, with what else may be asked for: pages are read from the index alone.
ALTER TABLE pub_letter
  ADD KEY pub_by_day (replied_on, id, type, result_code),
  ADD KEY pub_by_unit (unit_id, replied_on, id, type, topic_top, topic_id, place_id, result_code),
  ADD KEY pub_by_topic (topic_top, replied_on, id, topic_id, type, place_id, result_code),
  ADD KEY pub_by_place (place_id, replied_on, id, type, result_code),
  DROP KEY pub_list,
  DROP KEY pub_unit;

-- Parts of the city that letters are about; `word`: what they are called in letters.
CREATE TABLE place (
  id         SMALLINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  code       VARCHAR(24) NOT NULL,
  name       VARCHAR(40) NOT NULL,
  sort_order SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  UNIQUE KEY place_code (code)
) ENGINE=InnoDB;
CREATE TABLE place_word (
  word     VARCHAR(40) NOT NULL PRIMARY KEY,
  place_id SMALLINT UNSIGNED NOT NULL,
  CONSTRAINT place_word_place FOREIGN KEY (place_id) REFERENCES place (id)
) ENGINE=InnoDB;
ALTER TABLE pub_letter ADD CONSTRAINT pub_place FOREIGN KEY (place_id) REFERENCES place (id);

-- The address of a letter is for ever: what comes back after a correction gets its own one again.
CREATE TABLE pub_address (
  id       BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  no       VARCHAR(40) NOT NULL,
  first_at DATETIME NOT NULL,
  UNIQUE KEY pub_address_no (no)
) ENGINE=InnoDB;
CREATE TRIGGER pub_letter_address BEFORE DELETE ON pub_letter FOR EACH ROW
  INSERT IGNORE INTO pub_address (id, no, first_at) VALUES (OLD.id, OLD.no, COALESCE(OLD.first_at, OLD.published_at));

-- What a reader sees of the letter itself follows it in the same transaction, whoever changes it.
CREATE TRIGGER ticket_public AFTER UPDATE ON ticket FOR EACH ROW
  UPDATE pub_letter SET state = NEW.state, grade = NEW.grade, topic_id = NEW.topic_id
   WHERE no = IF(NEW.state = OLD.state AND NEW.grade <=> OLD.grade AND NEW.topic_id <=> OLD.topic_id, NULL, NEW.no);

-- One more with each change of anything that these pages show: who has seen this number has seen it all.
CREATE TABLE pub_version (
  id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
  n  BIGINT UNSIGNED NOT NULL
) ENGINE=InnoDB;
INSERT INTO pub_version VALUES (1, 1);
CREATE TRIGGER pub_version_in AFTER INSERT ON pub_letter FOR EACH ROW UPDATE pub_version SET n = n + 1;
CREATE TRIGGER pub_version_change AFTER UPDATE ON pub_letter FOR EACH ROW UPDATE pub_version SET n = n + 1;
CREATE TRIGGER pub_version_out AFTER DELETE ON pub_letter FOR EACH ROW UPDATE pub_version SET n = n + 1;
CREATE TRIGGER pub_version_unit AFTER UPDATE ON unit FOR EACH ROW UPDATE pub_version SET n = n + 1;
CREATE TRIGGER pub_version_topic AFTER UPDATE ON topic FOR EACH ROW UPDATE pub_version SET n = n + 1;
CREATE TRIGGER pub_version_place AFTER UPDATE ON place FOR EACH ROW UPDATE pub_version SET n = n + 1;
