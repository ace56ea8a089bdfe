-- How many letters there are under each filter, so that nobody counts them. A lens is a set of filters (1 type, 2 unit, 4 topic, 8 place,
-- 16 result, 32 time), at most three together; its cells hold a number for each choice of them. Topics are counted at both levels and
-- time by year and month where at most two filters meet: level 1 is the upper topic and the year, 2 the lower topic and the month.
CREATE TABLE pub_lens (
  id           TINYINT UNSIGNED NOT NULL,
  topic_level  TINYINT UNSIGNED NOT NULL,
  period_level TINYINT UNSIGNED NOT NULL,
  PRIMARY KEY (id, topic_level, period_level)
) ENGINE=InnoDB;
INSERT INTO pub_lens (id, topic_level, period_level)
SELECT s.seq, t.seq, p.seq FROM seq_0_to_63 s JOIN seq_0_to_2 t JOIN seq_0_to_2 p
 WHERE BIT_COUNT(s.seq) <= 3 AND (t.seq > 0) = (s.seq & 4 > 0) AND (p.seq > 0) = (s.seq & 32 > 0)
   AND (BIT_COUNT(s.seq) < 3 OR (t.seq < 2 AND p.seq < 2));

-- 0 and '': not asked in this lens, or none. period: 2026, 202611.
CREATE TABLE pub_count (
  lens     TINYINT UNSIGNED NOT NULL,
  unit_id  INT UNSIGNED NOT NULL,
  topic_id SMALLINT UNSIGNED NOT NULL,
  place_id SMALLINT UNSIGNED NOT NULL,
  period   MEDIUMINT UNSIGNED NOT NULL,
  type     VARCHAR(16) CHARACTER SET ascii NOT NULL,
  result   VARCHAR(16) CHARACTER SET ascii NOT NULL,
  n        INT NOT NULL,
  PRIMARY KEY (lens, unit_id, topic_id, place_id, period, type, result)
) ENGINE=InnoDB;

-- What there is is counted once.
UPDATE pub_letter p JOIN ticket t ON t.no = p.no
   SET p.received_on = t.received_on, p.topic_id = t.topic_id, p.state = t.state, p.first_at = p.published_at,
       p.helpers = COALESCE((SELECT GROUP_CONCAT(DISTINCT u.name ORDER BY u.sort_order SEPARATOR '、') FROM assignment a
         JOIN unit u ON u.id = a.unit_id WHERE a.ticket_id = t.id AND a.role = 'co' AND a.round = t.round), '');
INSERT INTO pub_count (lens, unit_id, topic_id, place_id, period, type, result, n)
SELECT l.id AS lens, IF(l.id & 2, p.unit_id, 0) AS unit_id,
       CASE l.topic_level WHEN 0 THEN 0 WHEN 1 THEN COALESCE(p.topic_top, 0) ELSE p.topic_id END AS topic_id,
       IF(l.id & 8, COALESCE(p.place_id, 0), 0) AS place_id,
       CASE l.period_level WHEN 0 THEN 0 WHEN 1 THEN YEAR(p.replied_on) ELSE EXTRACT(YEAR_MONTH FROM p.replied_on) END AS period,
       IF(l.id & 1, p.type, '') AS type, IF(l.id & 16, COALESCE(p.result_code, ''), '') AS result, COUNT(*) AS n
  FROM pub_letter p JOIN pub_lens l
 WHERE l.topic_level < 2 OR p.topic_id MOD 100 > 0
 GROUP BY 1, 2, 3, 4, 5, 6, 7;

-- Then each row that comes, goes or changes moves its cells, in the same transaction and always in the same order.
CREATE TRIGGER pub_count_in AFTER INSERT ON pub_letter FOR EACH ROW
  INSERT INTO pub_count (lens, unit_id, topic_id, place_id, period, type, result, n)
  SELECT l.id, IF(l.id & 2, NEW.unit_id, 0),
         CASE l.topic_level WHEN 0 THEN 0 WHEN 1 THEN COALESCE(NEW.topic_id DIV 100 * 100, 0) ELSE NEW.topic_id END,
         IF(l.id & 8, COALESCE(NEW.place_id, 0), 0),
         CASE l.period_level WHEN 0 THEN 0 WHEN 1 THEN YEAR(NEW.replied_on) ELSE EXTRACT(YEAR_MONTH FROM NEW.replied_on) END,
         IF(l.id & 1, NEW.type, ''), IF(l.id & 16, COALESCE(NEW.result_code, ''), ''), 1
    FROM pub_lens l WHERE l.topic_level < 2 OR NEW.topic_id MOD 100 > 0
   ORDER BY l.id, l.topic_level, l.period_level
  ON DUPLICATE KEY UPDATE n = n + 1;
CREATE TRIGGER pub_count_out AFTER DELETE ON pub_letter FOR EACH ROW
  INSERT INTO pub_count (lens, unit_id, topic_id, place_id, period, type, result, n)
  SELECT l.id, IF(l.id & 2, OLD.unit_id, 0),
         CASE l.topic_level WHEN 0 THEN 0 WHEN 1 THEN COALESCE(OLD.topic_id DIV 100 * 100, 0) ELSE OLD.topic_id END,
         IF(l.id & 8, COALESCE(OLD.place_id, 0), 0),
         CASE l.period_level WHEN 0 THEN 0 WHEN 1 THEN YEAR(OLD.replied_on) ELSE EXTRACT(YEAR_MONTH FROM OLD.replied_on) END,
         IF(l.id & 1, OLD.type, ''), IF(l.id & 16, COALESCE(OLD.result_code, ''), ''), -1
    FROM pub_lens l WHERE l.topic_level < 2 OR OLD.topic_id MOD 100 > 0
   ORDER BY l.id, l.topic_level, l.period_level
  ON DUPLICATE KEY UPDATE n = n - 1;
CREATE TRIGGER pub_count_change AFTER UPDATE ON pub_letter FOR EACH ROW
  INSERT INTO pub_count (lens, unit_id, topic_id, place_id, period, type, result, n)
  SELECT l.id, IF(l.id & 2, IF(w.seq, NEW.unit_id, OLD.unit_id), 0),
         CASE l.topic_level WHEN 0 THEN 0 WHEN 1 THEN COALESCE(IF(w.seq, NEW.topic_id, OLD.topic_id) DIV 100 * 100, 0)
           ELSE IF(w.seq, NEW.topic_id, OLD.topic_id) END,
         IF(l.id & 8, COALESCE(IF(w.seq, NEW.place_id, OLD.place_id), 0), 0),
         CASE l.period_level WHEN 0 THEN 0 WHEN 1 THEN YEAR(IF(w.seq, NEW.replied_on, OLD.replied_on))
           ELSE EXTRACT(YEAR_MONTH FROM IF(w.seq, NEW.replied_on, OLD.replied_on)) END,
         IF(l.id & 1, IF(w.seq, NEW.type, OLD.type), ''),
         IF(l.id & 16, COALESCE(IF(w.seq, NEW.result_code, OLD.result_code), ''), ''), IF(w.seq, 1, -1)
    FROM pub_lens l JOIN seq_0_to_1 w
   WHERE (l.topic_level < 2 OR IF(w.seq, NEW.topic_id, OLD.topic_id) MOD 100 > 0)
     AND NOT (NEW.unit_id = OLD.unit_id AND NEW.topic_id <=> OLD.topic_id AND NEW.place_id <=> OLD.place_id
       AND NEW.replied_on = OLD.replied_on AND NEW.type = OLD.type AND NEW.result_code <=> OLD.result_code)
   ORDER BY l.id, l.topic_level, l.period_level, w.seq
  ON DUPLICATE KEY UPDATE n = n + VALUES(n);
