-- Sampling answers: at least once a quarter, at least 30 % (武汉市政府网站管理办法 第三十三条); drawn from a seed nobody could
-- choose, scored on a sheet, put right and published.

-- What is looked at and how many points it is worth. A sheet is never changed; a later one takes its place.
CREATE TABLE check_sheet (
  id          INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name        VARCHAR(160) NOT NULL,
  pass_points TINYINT UNSIGNED NOT NULL,         -- of 100
  made_by     INT UNSIGNED NULL,                 -- NULL: shipped
  made_at     DATETIME NOT NULL,
  CONSTRAINT check_sheet_pass CHECK (pass_points BETWEEN 1 AND 100),
  CONSTRAINT check_sheet_officer FOREIGN KEY (made_by) REFERENCES officer (id)
) ENGINE=InnoDB;
CREATE TABLE check_item (
  id       INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  sheet_id INT UNSIGNED NOT NULL,
  seq      TINYINT UNSIGNED NOT NULL,
  name     VARCHAR(160) NOT NULL,
  points   TINYINT UNSIGNED NOT NULL,
  fatal    BOOLEAN NOT NULL,                     -- no points here: the answer fails whatever the rest
  help     VARCHAR(900) NOT NULL DEFAULT '',
  UNIQUE KEY check_item_seq (sheet_id, seq),
  CONSTRAINT check_item_points CHECK (points BETWEEN 1 AND 100),
  CONSTRAINT check_item_sheet FOREIGN KEY (sheet_id) REFERENCES check_sheet (id)
) ENGINE=InnoDB;
CREATE TRIGGER check_item_no_update BEFORE UPDATE ON check_item FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a sheet is never changed';
CREATE TRIGGER check_item_no_delete BEFORE DELETE ON check_item FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a sheet is never changed';

INSERT INTO check_sheet (id, name, pass_points, made_by, made_at) VALUES (1, '答复质量评分表', 80, NULL, '2026-01-01 00:00:00');
INSERT INTO check_item (sheet_id, seq, name, points, fatal, help) VALUES
  (1, 1, '答其所问', 25, TRUE, '来信的每一项主要诉求都有回应；答非所问、避实就虚的记 0 分，整件不合格。'),
  (1, 2, '事实清楚', 15, FALSE, '写明什么时候、由谁、怎样核实，核实的结果是什么。'),
  (1, 3, '依据明确', 10, FALSE, '写明所依据的法律、法规或政策；不予支持的必须写明依据。'),
  (1, 4, '结论和措施具体', 15, FALSE, '说清办成了什么；一时办不了的写明由谁、在什么日期以前办。'),
  (1, 5, '按期办理', 10, FALSE, '在期限以内答复；延期有理由，并且事先告诉写信人。'),
  (1, 6, '后续途径和联系方式', 5, FALSE, '写明联系单位和电话；涉及权利的写明救济途径。'),
  (1, 7, '用语规范诚恳', 10, FALSE, '通俗、有礼，没有套话，没有错别字和错误的名称、日期。'),
  (1, 8, '不泄露个人信息', 10, TRUE, '答复和公开的内容没有写信人或他人的身份信息；泄露的记 0 分，整件不合格。');

-- One draw. The secret's hash is published when the draw is announced, the secret with the draw: seed = SHA-256(secret '|'
-- factor), the factor being a public number of the day of the draw that nobody knew before.
CREATE TABLE sample (
  id             INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  year           SMALLINT UNSIGNED NOT NULL,
  quarter        TINYINT UNSIGNED NOT NULL,
  batch          TINYINT UNSIGNED NOT NULL,
  from_on        DATE NOT NULL,                  -- first answers given from … to
  to_on          DATE NOT NULL,
  unit_percent   TINYINT UNSIGNED NOT NULL,
  letter_percent TINYINT UNSIGNED NOT NULL,
  letters_min    SMALLINT UNSIGNED NOT NULL,     -- of a unit drawn, when it has as many
  draw_on        DATE NOT NULL,
  factor_source  VARCHAR(300) NOT NULL DEFAULT '', -- where the factor will be read; '': none
  sheet_id       INT UNSIGNED NOT NULL,
  commitment     CHAR(64) NOT NULL,              -- SHA-256 of the secret, hex
  state          ENUM('announced','drawn','published','closed','cancelled') NOT NULL DEFAULT 'announced',
  version        INT UNSIGNED NOT NULL DEFAULT 1,
  announced_by   INT UNSIGNED NULL,
  announced_at   DATETIME NOT NULL,
  secret         CHAR(64) NULL,                  -- set by the draw, all of them together
  factor         VARCHAR(300) NULL,
  seed           CHAR(64) NULL,
  frame_sha256   CHAR(64) NULL,                  -- of the list of all letters that could be drawn
  drawn_by       INT UNSIGNED NULL,
  drawn_at       DATETIME NULL,
  summary        VARCHAR(4000) NULL,             -- published with the results
  rectify_by     DATE NULL,
  published_by   INT UNSIGNED NULL,
  published_at   DATETIME NULL,
  outcome        VARCHAR(4000) NULL,             -- of putting right; of a cancelled one: why
  closed_by      INT UNSIGNED NULL,
  closed_at      DATETIME NULL,
  UNIQUE KEY sample_batch (year, quarter, batch),
  CONSTRAINT sample_span CHECK (from_on <= to_on AND to_on < draw_on AND quarter BETWEEN 1 AND 4),
  CONSTRAINT sample_share CHECK (unit_percent BETWEEN 30 AND 100 AND letter_percent BETWEEN 30 AND 100),
  CONSTRAINT sample_drawn CHECK (seed IS NULL = (state IN ('announced','cancelled'))),
  CONSTRAINT sample_sheet FOREIGN KEY (sheet_id) REFERENCES check_sheet (id)
) ENGINE=InnoDB;
-- What was announced stands, and so does what was drawn: a forbidden change makes a column NULL that may not be.
CREATE TRIGGER sample_stands BEFORE UPDATE ON sample FOR EACH ROW
  SET NEW.commitment = IF(NEW.commitment = OLD.commitment AND NEW.year = OLD.year AND NEW.quarter = OLD.quarter
      AND NEW.batch = OLD.batch AND NEW.from_on = OLD.from_on AND NEW.to_on = OLD.to_on AND NEW.draw_on = OLD.draw_on
      AND NEW.unit_percent = OLD.unit_percent AND NEW.letter_percent = OLD.letter_percent
      AND NEW.letters_min = OLD.letters_min AND NEW.factor_source = OLD.factor_source AND NEW.sheet_id = OLD.sheet_id
      AND (OLD.seed IS NULL OR (NEW.seed <=> OLD.seed AND NEW.secret <=> OLD.secret AND NEW.factor <=> OLD.factor
        AND NEW.frame_sha256 <=> OLD.frame_sha256)), NEW.commitment, NULL);
CREATE TRIGGER sample_no_delete BEFORE DELETE ON sample FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a sample is never deleted';

-- Until the draw; the citizens' site has no right to read it.
CREATE TABLE sample_secret (
  sample_id INT UNSIGNED NOT NULL PRIMARY KEY,
  secret    CHAR(64) NOT NULL,
  CONSTRAINT sample_secret_sample FOREIGN KEY (sample_id) REFERENCES sample (id)
) ENGINE=InnoDB;

-- Every unit with answers in that time, drawn or not.
CREATE TABLE sample_unit (
  sample_id INT UNSIGNED NOT NULL,
  unit_id   INT UNSIGNED NOT NULL,
  letters   INT UNSIGNED NOT NULL,               -- that could be drawn
  drawn     BOOLEAN NOT NULL,
  picked    INT UNSIGNED NOT NULL,
  PRIMARY KEY (sample_id, unit_id),
  CONSTRAINT sample_unit_sample FOREIGN KEY (sample_id) REFERENCES sample (id),
  CONSTRAINT sample_unit_unit FOREIGN KEY (unit_id) REFERENCES unit (id)
) ENGINE=InnoDB;

CREATE TABLE sample_letter (
  id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  sample_id    INT UNSIGNED NOT NULL,
  unit_id      INT UNSIGNED NOT NULL,
  ticket_id    BIGINT UNSIGNED NOT NULL,
  position     INT UNSIGNED NOT NULL,            -- among the unit's letters by number, from 1
  turn         TINYINT UNSIGNED NOT NULL DEFAULT 0, -- how often it was scored
  passed       BOOLEAN NULL,                     -- in the last turn
  first_passed BOOLEAN NULL,
  first_points TINYINT UNSIGNED NULL,
  redo         ENUM('reopen','correct') NULL,    -- how a failed one is put right
  redo_round   SMALLINT UNSIGNED NULL,           -- reopen: the answer of this round is the new one
  UNIQUE KEY sample_letter_position (sample_id, unit_id, position),
  KEY sample_letter_ticket (ticket_id),
  CONSTRAINT sample_letter_sample FOREIGN KEY (sample_id) REFERENCES sample (id),
  CONSTRAINT sample_letter_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
  CONSTRAINT sample_letter_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id)
) ENGINE=InnoDB;
-- A filled sheet. Append-only: a second look is another row.
CREATE TABLE sample_check (
  id        BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  letter_id BIGINT UNSIGNED NOT NULL,
  turn      TINYINT UNSIGNED NOT NULL,
  round     SMALLINT UNSIGNED NOT NULL,          -- of the letter then
  points    TINYINT UNSIGNED NOT NULL,
  passed    BOOLEAN NOT NULL,
  words     VARCHAR(2000) NOT NULL DEFAULT '',
  by_id     INT UNSIGNED NOT NULL,
  at        DATETIME NOT NULL,
  UNIQUE KEY sample_check_turn (letter_id, turn),
  CONSTRAINT sample_check_letter FOREIGN KEY (letter_id) REFERENCES sample_letter (id),
  CONSTRAINT sample_check_officer FOREIGN KEY (by_id) REFERENCES officer (id)
) ENGINE=InnoDB;
CREATE TABLE sample_mark (
  check_id BIGINT UNSIGNED NOT NULL,
  item_id  INT UNSIGNED NOT NULL,
  points   TINYINT UNSIGNED NOT NULL,
  words    VARCHAR(600) NOT NULL DEFAULT '',
  PRIMARY KEY (check_id, item_id),
  CONSTRAINT sample_mark_check FOREIGN KEY (check_id) REFERENCES sample_check (id),
  CONSTRAINT sample_mark_item FOREIGN KEY (item_id) REFERENCES check_item (id)
) ENGINE=InnoDB;
CREATE TRIGGER sample_check_no_update BEFORE UPDATE ON sample_check FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'sample_check is append-only';
CREATE TRIGGER sample_check_no_delete BEFORE DELETE ON sample_check FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'sample_check is append-only';
CREATE TRIGGER sample_mark_no_update BEFORE UPDATE ON sample_mark FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'sample_mark is append-only';
CREATE TRIGGER sample_mark_no_delete BEFORE DELETE ON sample_mark FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'sample_mark is append-only';
