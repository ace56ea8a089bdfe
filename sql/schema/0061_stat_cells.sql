-- The numbers by topic too, more of them, and sums of them so that a page of a year reads thousands of rows, not millions.

ALTER TABLE stat_delta
  ADD COLUMN topic_id SMALLINT UNSIGNED NOT NULL DEFAULT 0 AFTER type,        -- 0: none
  MODIFY COLUMN measure ENUM('received','accepted','refused','merged','withdrawn','invalid','due','on_time','replied','published',
    'rated','satisfied','late','closed','extended','returned','sent_back','reworked','result','solved') NOT NULL;
ALTER TABLE stat_day
  ADD COLUMN topic_id SMALLINT UNSIGNED NOT NULL DEFAULT 0 AFTER type,
  MODIFY COLUMN measure ENUM('received','accepted','refused','merged','withdrawn','invalid','due','on_time','replied','published',
    'rated','satisfied','late','closed','extended','returned','sent_back','reworked','result','solved') NOT NULL,
  DROP PRIMARY KEY,
  ADD PRIMARY KEY (day, unit_id, type, topic_id, measure, bucket),
  DROP KEY stat_day_day,
  ADD KEY stat_day_unit (unit_id, day),
  ADD KEY stat_day_topic (topic_id, day);

-- Sums of stat_day, so that a page about a year reads thousands of rows. One row a kind of sum: the figures of each `grp`, of
-- one `flt` (or of all), in pieces of a day, month or year. A topic of the upper level has those of its lower topics too; leaf:
-- the topic as it was chosen. id: 100 x flt + 10 x grp + grain, each by its position (all, D: 0; unit 1 … leaf 4).
CREATE TABLE stat_lens (
  id    SMALLINT UNSIGNED NOT NULL PRIMARY KEY,
  flt   ENUM('all','unit','type','topic') NOT NULL,
  grp   ENUM('unit','type','topic','leaf') NOT NULL,
  grain ENUM('D','M','Y') NOT NULL
) ENGINE=InnoDB;
INSERT INTO stat_lens (id, flt, grp, grain) VALUES
  ( 10, 'all', 'unit', 'D'),    ( 11, 'all', 'unit', 'M'),    ( 12, 'all', 'unit', 'Y'),
  ( 20, 'all', 'type', 'D'),    ( 21, 'all', 'type', 'M'),    ( 22, 'all', 'type', 'Y'),
  ( 30, 'all', 'topic', 'D'),   ( 31, 'all', 'topic', 'M'),   ( 32, 'all', 'topic', 'Y'),
  (121, 'unit', 'type', 'M'),   (122, 'unit', 'type', 'Y'),   (131, 'unit', 'topic', 'M'),  (132, 'unit', 'topic', 'Y'),
  (211, 'type', 'unit', 'M'),   (212, 'type', 'unit', 'Y'),   (231, 'type', 'topic', 'M'),  (232, 'type', 'topic', 'Y'),
  (311, 'topic', 'unit', 'M'),  (312, 'topic', 'unit', 'Y'),  (321, 'topic', 'type', 'M'),  (322, 'topic', 'type', 'Y'),
  (341, 'topic', 'leaf', 'M'),  (342, 'topic', 'leaf', 'Y');

-- flt_key, grp_key: a unit's id, the position of a type in its ENUM, a topic's id; 0: all, or none.
-- period: the first day of the piece. Written by whoever folds; `minshengctl stats --check` compares it with stat_day.
CREATE TABLE stat_cell (
  lens    SMALLINT UNSIGNED NOT NULL,
  period  DATE NOT NULL,
  flt_key INT UNSIGNED NOT NULL,
  grp_key INT UNSIGNED NOT NULL,
  measure ENUM('received','accepted','refused','merged','withdrawn','invalid','due','on_time','replied','published',
    'rated','satisfied','late','closed','extended','returned','sent_back','reworked','result','solved') NOT NULL,
  bucket  SMALLINT NOT NULL,
  n       INT NOT NULL,
  PRIMARY KEY (lens, period, flt_key, grp_key, measure, bucket)
) ENGINE=InnoDB;

-- What stat_day says a sum should be: each figure under each kind of sum.
CREATE SQL SECURITY INVOKER VIEW stat_spread AS
  SELECT l.id AS lens,
         CASE l.grain WHEN 'D' THEN s.day WHEN 'M' THEN s.day - INTERVAL DAYOFMONTH(s.day) - 1 DAY
                      ELSE s.day - INTERVAL DAYOFYEAR(s.day) - 1 DAY END AS period,
         CASE l.flt WHEN 'all' THEN 0 WHEN 'unit' THEN s.unit_id WHEN 'type' THEN s.type + 0
                    ELSE COALESCE(t.parent_id, s.topic_id) END AS flt_key,
         CASE l.grp WHEN 'unit' THEN s.unit_id WHEN 'type' THEN s.type + 0 WHEN 'topic' THEN COALESCE(t.parent_id, s.topic_id)
                    ELSE s.topic_id END AS grp_key,
         s.measure, s.bucket, s.n, s.day
    FROM stat_day s
    LEFT JOIN topic t ON t.id = s.topic_id
    JOIN stat_lens l;

-- Which definitions the recorded figures follow; `minshengctl migrate` works them out again when the program's are newer.
CREATE TABLE stat_made (
  one        TINYINT UNSIGNED NOT NULL PRIMARY KEY,
  definition SMALLINT UNSIGNED NOT NULL,
  CONSTRAINT stat_made_one CHECK (one = 1)
) ENGINE=InnoDB;
INSERT INTO stat_made (one, definition) VALUES (1, 1);
