-- A letter that is still being written, kept for its writer, who continues it on another device by its code. The code is
-- nowhere in the database: the id is a keyed hash of it, the text is sealed with a key made of it.
CREATE TABLE kept_letter (
  id       BINARY(32) NOT NULL PRIMARY KEY,
  sealed   MEDIUMBLOB NOT NULL,
  version  INT UNSIGNED NOT NULL,               -- one more each time it is saved
  saved_at DATETIME NOT NULL,
  until_on DATE NOT NULL,                       -- the last day; deleted the day after
  KEY kept_letter_until (until_on)
) ENGINE=InnoDB;
