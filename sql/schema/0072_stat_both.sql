-- Sums for who asks for one unit and one type at once: by topic, as for one filter. Without them such a page of a year added
-- up a hundred thousand rows of stat_day. flt_key: 8 x the unit's id + the position of the type.
ALTER TABLE stat_lens MODIFY COLUMN flt ENUM('all','unit','type','topic','both') NOT NULL;
INSERT INTO stat_lens (id, flt, grp, grain) VALUES (431, 'both', 'topic', 'M'), (432, 'both', 'topic', 'Y');

CREATE OR REPLACE SQL SECURITY INVOKER VIEW stat_spread AS
  SELECT l.id AS lens,
         CASE l.grain WHEN 'D' THEN s.day WHEN 'M' THEN s.day - INTERVAL DAYOFMONTH(s.day) - 1 DAY
                      ELSE s.day - INTERVAL DAYOFYEAR(s.day) - 1 DAY END AS period,
         CASE l.flt WHEN 'all' THEN 0 WHEN 'unit' THEN s.unit_id WHEN 'type' THEN s.type + 0
                    WHEN 'topic' THEN COALESCE(t.parent_id, s.topic_id) ELSE 8 * s.unit_id + s.type END AS flt_key,
         CASE l.grp WHEN 'unit' THEN s.unit_id WHEN 'type' THEN s.type + 0 WHEN 'topic' THEN COALESCE(t.parent_id, s.topic_id)
                    ELSE s.topic_id END AS grp_key,
         s.measure, s.bucket, s.n, s.day
    FROM stat_day s
    LEFT JOIN topic t ON t.id = s.topic_id
    JOIN stat_lens l;
