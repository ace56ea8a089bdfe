-- An answer has up to 8000 characters as people count them; of those that are written with several code points of four bytes
-- each (families of emoji, rare characters with marks) a TEXT does not hold that many.
ALTER TABLE reply MODIFY body MEDIUMTEXT NOT NULL;
ALTER TABLE edition MODIFY body MEDIUMTEXT NOT NULL, MODIFY reply MEDIUMTEXT NOT NULL;
ALTER TABLE pub_letter MODIFY body MEDIUMTEXT NOT NULL, MODIFY reply MEDIUMTEXT NOT NULL;
