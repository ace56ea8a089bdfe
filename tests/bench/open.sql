-- Published letters for open.py: @n of them over ten years, drawn by CRC32 so that they are the same each time. @first: the last id
-- before. The triggers of pub_letter have been taken away; what they would have counted is counted at the end.
CREATE OR REPLACE TABLE bench_unit (k INT NOT NULL PRIMARY KEY, id INT UNSIGNED NOT NULL)
SELECT ROW_NUMBER() OVER (ORDER BY id) - 1 AS k, id FROM unit WHERE takes_letters AND active;
CREATE OR REPLACE TABLE bench_topic (k INT NOT NULL PRIMARY KEY, id SMALLINT UNSIGNED NOT NULL)
SELECT ROW_NUMBER() OVER (ORDER BY id) - 1 AS k, id FROM topic WHERE parent_id IS NOT NULL;
CREATE OR REPLACE TABLE bench_place (k INT NOT NULL PRIMARY KEY, id SMALLINT UNSIGNED NOT NULL)
SELECT ROW_NUMBER() OVER (ORDER BY id) - 1 AS k, id FROM place;
SET @units = (SELECT COUNT(*) FROM bench_unit), @topics = (SELECT COUNT(*) FROM bench_topic), @places = (SELECT COUNT(*) FROM bench_place);
INSERT INTO pub_letter (id, edition_id, sha256, no, type, title, body, reply, unit_id, received_on, accepted_on, replied_on, workdays,
  result_code, grade, published_at, first_at, topic_id, place_id, helpers, state)
SELECT @first + x.seq, @first + x.seq, UNHEX(SHA2(CONCAT_WS(CHAR(31), x.title, x.body, x.reply), 256)),
       CONCAT('MS-T-B', LPAD(x.seq, 8, '0')), ELT(1 + CRC32(x.seq) MOD 10, 'leader_mail', 'consult', 'consult', 'consult', 'complaint',
       'complaint', 'complaint', 'complaint', 'suggestion', 'site_error'), x.title, x.body, x.reply, u.id, x.day - INTERVAL 9 DAY,
       x.day - INTERVAL 8 DAY, x.day, 6, ELT(1 + CRC32(x.seq + 5) MOD 6, 'solved', 'solved', 'explained', 'adopted', 'scheduled', 'untrue'),
       NULLIF(CRC32(x.seq + 6) MOD 6, 0), TIMESTAMP(x.day, '07:00:00'), TIMESTAMP(x.day, '07:00:00'), t.id, pl.id, '', 'closed'
  FROM (SELECT seq, DATE '2026-09-28' - INTERVAL (CRC32(seq + 1) MOD 3650) DAY AS day,
               CONCAT(ELT(1 + CRC32(seq + 2) MOD 6, '望湖路', '书香路', '和风路', '金穗街', '听雨苑', '长途汽车站'),
                 ELT(1 + CRC32(seq + 3) MOD 6, '路灯不亮', '积水严重', '噪声扰民', '停车混乱', '暖气不热', '井盖松动'), seq) AS title,
               REPEAT(CONCAT('从上周起情况一直没有好转，晚上接孩子看不清路面，请派人到现场看一看（', seq, '）。'), 2) AS body,
               REPEAT(CONCAT('您好！来信收悉。我局已到现场检查，更换了进水的电缆接头，今晚试灯全部正常（', seq, '）。\n'), 3) AS reply
          FROM seq_1_to_1000000 WHERE seq <= @n) x
  JOIN bench_unit u ON u.k = FLOOR(@units * POW(CRC32(x.seq + 7) / 4294967296, 1.3))
  JOIN bench_topic t ON t.k = CRC32(x.seq + 8) MOD @topics
  LEFT JOIN bench_place pl ON pl.k = CRC32(x.seq + 9) MOD (@places * 2);
DROP TABLE bench_unit, bench_topic, bench_place;
DELETE FROM pub_count;
INSERT INTO pub_count (lens, unit_id, topic_id, place_id, period, type, result, n)
SELECT l.id AS lens, IF(l.id & 2, p.unit_id, 0) AS unit_id,
       CASE l.topic_level WHEN 0 THEN 0 WHEN 1 THEN COALESCE(p.topic_top, 0) ELSE p.topic_id END AS topic_id,
       IF(l.id & 8, COALESCE(p.place_id, 0), 0) AS place_id,
       CASE l.period_level WHEN 0 THEN 0 WHEN 1 THEN p.y ELSE p.ym END AS period,
       IF(l.id & 1, p.type, '') AS kind, IF(l.id & 16, COALESCE(p.result_code, ''), '') AS outcome, SUM(p.n) AS n
  FROM (SELECT unit_id, topic_top, topic_id, place_id, type, result_code, YEAR(replied_on) AS y, EXTRACT(YEAR_MONTH FROM replied_on) AS ym,
          COUNT(*) AS n FROM pub_letter GROUP BY unit_id, topic_top, topic_id, place_id, type, result_code, y, ym) p
  STRAIGHT_JOIN pub_lens l
 WHERE l.topic_level < 2 OR p.topic_id MOD 100 > 0
 GROUP BY 1, 2, 3, 4, 5, 6, 7;
ANALYZE TABLE pub_letter, pub_count;
