-- The scorecard of 100 points (湘潭市政府网站管理办法 第三十至三十二条): indicators as data, open for comment before they hold,
-- computed from recorded figures, adjusted by people with reasons, frozen when signed.

CREATE TABLE score_plan (
  id            INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name          VARCHAR(160) NOT NULL,
  words         VARCHAR(4000) NOT NULL DEFAULT '',  -- what it is for, how it is scored
  state         ENUM('draft','comment','in_force','ended') NOT NULL DEFAULT 'draft',
  version       INT UNSIGNED NOT NULL DEFAULT 1,
  comment_until DATE NULL,
  comment_words VARCHAR(4000) NOT NULL DEFAULT '',  -- what came of the comments
  from_on       DATE NULL,                          -- in force from … to
  to_on         DATE NULL,
  made_by       INT UNSIGNED NULL,
  made_at       DATETIME NOT NULL,
  changed_by    INT UNSIGNED NULL,
  changed_at    DATETIME NOT NULL,
  CONSTRAINT score_plan_force CHECK (state IN ('draft','comment') OR from_on IS NOT NULL),
  CONSTRAINT score_plan_span CHECK (to_on IS NULL OR to_on >= from_on)
) ENGINE=InnoDB;
-- value: what the measure gives, in hundredths of its unit. full_at: all points from there; zero_at: none; between them in
-- proportion. full_at may be the smaller one.
CREATE TABLE score_indicator (
  id        INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  plan_id   INT UNSIGNED NOT NULL,
  seq       TINYINT UNSIGNED NOT NULL,
  name      VARCHAR(160) NOT NULL,
  weight    TINYINT UNSIGNED NOT NULL,              -- all of a plan: 100; 0: not used
  measure   VARCHAR(24) NOT NULL,                   -- tickets/score.h
  full_at   INT NOT NULL,
  zero_at   INT NOT NULL,
  min_cases SMALLINT UNSIGNED NOT NULL,             -- of fewer cases nothing is concluded
  how       VARCHAR(900) NOT NULL DEFAULT '',
  UNIQUE KEY score_indicator_seq (plan_id, seq),
  CONSTRAINT score_indicator_weight CHECK (weight BETWEEN 0 AND 100),
  CONSTRAINT score_indicator_ends CHECK (full_at <> zero_at),
  CONSTRAINT score_indicator_plan FOREIGN KEY (plan_id) REFERENCES score_plan (id)
) ENGINE=InnoDB;
CREATE TABLE score_tier (
  plan_id INT UNSIGNED NOT NULL,
  seq     TINYINT UNSIGNED NOT NULL,                -- 1: the best
  from_points TINYINT UNSIGNED NOT NULL,
  name    VARCHAR(40) NOT NULL,
  PRIMARY KEY (plan_id, seq),
  CONSTRAINT score_tier_plan FOREIGN KEY (plan_id) REFERENCES score_plan (id)
) ENGINE=InnoDB;
-- Only a draft may change: afterwards the plan's number becomes NULL, which is refused.
CREATE TRIGGER score_indicator_new BEFORE INSERT ON score_indicator FOR EACH ROW
  SET NEW.plan_id = IF((SELECT p.state FROM score_plan p WHERE p.id = NEW.plan_id) = 'draft', NEW.plan_id, NULL);
CREATE TRIGGER score_indicator_edit BEFORE UPDATE ON score_indicator FOR EACH ROW
  SET NEW.plan_id = IF((SELECT p.state FROM score_plan p WHERE p.id = OLD.plan_id) = 'draft' AND NEW.plan_id = OLD.plan_id, NEW.plan_id, NULL);
CREATE TRIGGER score_tier_edit BEFORE UPDATE ON score_tier FOR EACH ROW
  SET NEW.plan_id = IF((SELECT p.state FROM score_plan p WHERE p.id = OLD.plan_id) = 'draft' AND NEW.plan_id = OLD.plan_id, NEW.plan_id, NULL);
CREATE TRIGGER score_tier_new BEFORE INSERT ON score_tier FOR EACH ROW
  SET NEW.plan_id = IF((SELECT p.state FROM score_plan p WHERE p.id = NEW.plan_id) = 'draft', NEW.plan_id, NULL);

-- One scoring of all units over a time.
CREATE TABLE score_card (
  id           INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  plan_id      INT UNSIGNED NOT NULL,
  title        VARCHAR(160) NOT NULL,
  from_on      DATE NOT NULL,
  to_on        DATE NOT NULL,
  state        ENUM('open','signed','published') NOT NULL DEFAULT 'open',
  version      INT UNSIGNED NOT NULL DEFAULT 1,
  computed_at  DATETIME NULL,
  made_by      INT UNSIGNED NULL,
  made_at      DATETIME NOT NULL,
  signed_by    INT UNSIGNED NULL,
  signed_at    DATETIME NULL,
  sign_words   VARCHAR(2000) NOT NULL DEFAULT '',
  published_by INT UNSIGNED NULL,
  published_at DATETIME NULL,
  UNIQUE KEY score_card_span (plan_id, from_on, to_on),
  CONSTRAINT score_card_days CHECK (from_on <= to_on),
  CONSTRAINT score_card_signed CHECK (state = 'open' OR signed_at IS NOT NULL),
  CONSTRAINT score_card_plan FOREIGN KEY (plan_id) REFERENCES score_plan (id)
) ENGINE=InnoDB;
CREATE TRIGGER score_card_stands BEFORE UPDATE ON score_card FOR EACH ROW
  SET NEW.plan_id = IF(NEW.plan_id = OLD.plan_id AND NEW.from_on = OLD.from_on AND NEW.to_on = OLD.to_on
      AND (OLD.state = 'open' OR (NEW.state <> 'open' AND NEW.title = OLD.title AND NEW.signed_at <=> OLD.signed_at
        AND NEW.signed_by <=> OLD.signed_by AND NEW.computed_at <=> OLD.computed_at)), NEW.plan_id, NULL);
CREATE TRIGGER score_card_no_delete BEFORE DELETE ON score_card FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a scorecard is never deleted';

-- What was measured: part of whole, the value and what it earns; NULL: too few cases, its weight goes to the others.
CREATE TABLE score_line (
  card_id      INT UNSIGNED NOT NULL,
  unit_id      INT UNSIGNED NOT NULL,
  indicator_id INT UNSIGNED NOT NULL,
  part         BIGINT NOT NULL,
  whole        BIGINT NOT NULL,
  value        INT NULL,                            -- hundredths
  points       INT NULL,                            -- hundredths, 0 … 100 × weight
  PRIMARY KEY (card_id, unit_id, indicator_id),
  CONSTRAINT score_line_card FOREIGN KEY (card_id) REFERENCES score_card (id),
  CONSTRAINT score_line_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
  CONSTRAINT score_line_indicator FOREIGN KEY (indicator_id) REFERENCES score_indicator (id)
) ENGINE=InnoDB;
CREATE TABLE score_total (
  card_id  INT UNSIGNED NOT NULL,
  unit_id  INT UNSIGNED NOT NULL,
  computed INT NULL,                                -- hundredths of 100 points; NULL: nothing to measure
  adjusted INT NOT NULL,                            -- sum of the adjustments
  total    INT NULL,
  tier     VARCHAR(40) NOT NULL DEFAULT '',
  PRIMARY KEY (card_id, unit_id),
  CONSTRAINT score_total_card FOREIGN KEY (card_id) REFERENCES score_card (id),
  CONSTRAINT score_total_unit FOREIGN KEY (unit_id) REFERENCES unit (id)
) ENGINE=InnoDB;
-- Points given or taken by a person, with the reason; taken back, never deleted.
CREATE TABLE score_adjust (
  id           INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  card_id      INT UNSIGNED NOT NULL,
  unit_id      INT UNSIGNED NOT NULL,
  indicator_id INT UNSIGNED NULL,                   -- NULL: of the whole
  points       INT NOT NULL,                        -- hundredths
  reason       VARCHAR(1200) NOT NULL,
  evidence     VARCHAR(600) NOT NULL DEFAULT '',
  by_id        INT UNSIGNED NULL,
  at           DATETIME NOT NULL,
  undone_by    INT UNSIGNED NULL,
  undone_at    DATETIME NULL,
  undone_why   VARCHAR(1200) NOT NULL DEFAULT '',
  KEY score_adjust_card (card_id, unit_id),
  CONSTRAINT score_adjust_card FOREIGN KEY (card_id) REFERENCES score_card (id),
  CONSTRAINT score_adjust_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
  CONSTRAINT score_adjust_indicator FOREIGN KEY (indicator_id) REFERENCES score_indicator (id)
) ENGINE=InnoDB;
-- A signed card is frozen: whoever writes to it, the card's number becomes NULL, which is refused.
CREATE TRIGGER score_line_new BEFORE INSERT ON score_line FOR EACH ROW
  SET NEW.card_id = IF((SELECT c.state FROM score_card c WHERE c.id = NEW.card_id) = 'open', NEW.card_id, NULL);
CREATE TRIGGER score_line_edit BEFORE UPDATE ON score_line FOR EACH ROW
  SET NEW.card_id = IF((SELECT c.state FROM score_card c WHERE c.id = OLD.card_id) = 'open', NEW.card_id, NULL);
CREATE TRIGGER score_line_no_delete BEFORE DELETE ON score_line FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a line of a scorecard is never deleted';
CREATE TRIGGER score_total_new BEFORE INSERT ON score_total FOR EACH ROW
  SET NEW.card_id = IF((SELECT c.state FROM score_card c WHERE c.id = NEW.card_id) = 'open', NEW.card_id, NULL);
CREATE TRIGGER score_total_edit BEFORE UPDATE ON score_total FOR EACH ROW
  SET NEW.card_id = IF((SELECT c.state FROM score_card c WHERE c.id = OLD.card_id) = 'open', NEW.card_id, NULL);
CREATE TRIGGER score_total_no_delete BEFORE DELETE ON score_total FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a total of a scorecard is never deleted';
CREATE TRIGGER score_adjust_new BEFORE INSERT ON score_adjust FOR EACH ROW
  SET NEW.card_id = IF((SELECT c.state FROM score_card c WHERE c.id = NEW.card_id) = 'open', NEW.card_id, NULL);
CREATE TRIGGER score_adjust_edit BEFORE UPDATE ON score_adjust FOR EACH ROW
  SET NEW.card_id = IF((SELECT c.state FROM score_card c WHERE c.id = OLD.card_id) = 'open' AND NEW.points = OLD.points
      AND NEW.reason = OLD.reason AND OLD.undone_at IS NULL, NEW.card_id, NULL);
CREATE TRIGGER score_adjust_no_delete BEFORE DELETE ON score_adjust FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'an adjustment is never deleted';

-- A plan to begin with, as a draft: a city publishes it for comment, changes it, puts it in force.
INSERT INTO score_plan (id, name, words, state, made_at, changed_at) VALUES (1, '网上信件办理考核方案',
  '考核各承办单位办理网上信件的质量和效率，满分 100 分，只分等次，不排名次。数据由系统从办理记录计算，不用单位填报。件数太少的指标不计分，它的分值按比例分给其他指标。',
  'draft', '2026-01-01 00:00:00', '2026-01-01 00:00:00');
INSERT INTO score_indicator (plan_id, seq, name, weight, measure, full_at, zero_at, min_cases, how) VALUES
  (1, 1, '按期答复', 30, 'on_time', 10000, 7000, 3, '答复期限落在考核期的来信，在期限当日及以前答复的比例。'),
  (1, 2, '抽查合格', 20, 'sample_pass', 10000, 5000, 3, '考核期内公布的抽查中，第一次评分就合格的比例。'),
  (1, 3, '群众满意', 10, 'satisfied', 9500, 6000, 5, '已评价的答复中，很满意、满意、基本满意的比例；没有评价的不计。'),
  (1, 4, '公开答复', 10, 'published', 9000, 3000, 3, '考核期答复的来信中，答复已向社会公开的比例。'),
  (1, 5, '办理用时', 10, 'days', 500, 1500, 3, '从受理到答复平均用的工作日；五天以内满分，十五天不得分。'),
  (1, 6, '重新办理率', 10, 'rework', 0, 2000, 3, '考核期答复的来信中，答复后又被重新办理的比例，越低得分越高。'),
  (1, 7, '督办情况', 10, 'ordered', 0, 500, 0, '考核期内被下督办、通报的次数；没有的满分，五次及以上不得分。');
INSERT INTO score_tier (plan_id, seq, from_points, name) VALUES (1, 1, 90, '优秀'), (1, 2, 80, '良好'), (1, 3, 60, '合格'), (1, 4, 0, '需要改进');
