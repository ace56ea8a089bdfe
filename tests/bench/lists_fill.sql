-- 100,000 open letters as a large city has them in a bad season: states, units, types and due days in a realistic mix, with
-- their texts, clocks, assignments, replies in review, requests and history; and as many answered ones behind them.
-- For measuring alone: the rows are not what ticket_apply() would have written one by one.
SET @n = 100000, @closed = 100000;
SET @first = (SELECT COALESCE(MAX(id), 0) FROM ticket);
SET @units = (SELECT GROUP_CONCAT(id ORDER BY id) FROM unit WHERE takes_letters AND active);
SET @units_n = (SELECT COUNT(*) FROM unit WHERE takes_letters AND active);
SET unique_checks = 0, foreign_key_checks = 0, max_statement_time = 0;

CREATE TEMPORARY TABLE fill AS
SELECT s.seq AS k, s.seq <= @closed AS closed, CRC32(CONCAT('a', s.seq)) % 1000 AS a, CRC32(CONCAT('b', s.seq)) % 1000 AS b,
       CRC32(CONCAT('c', s.seq)) % 1000 AS c, CRC32(CONCAT('d', s.seq)) % 1000 AS d, CRC32(CONCAT('e', s.seq)) % 1000 AS e,
       CURRENT_DATE - INTERVAL (CRC32(CONCAT('f', s.seq)) % 45 + IF(s.seq <= @closed, 45, 0)) DAY AS received
  FROM seq_1_to_200000 s WHERE s.seq <= @n + @closed;
ALTER TABLE fill ADD PRIMARY KEY (k);

INSERT INTO ticket (id, no, type, channel, state, version, title, unit_id, wanted_unit_id, handler_id, publish_ok, received_at,
                    received_on, accepted_at, due_on, first_due_on, replied_at, reply_workdays, closed_at, result_code,
                    asks, review_level)
SELECT @first + k, CONCAT('MS-T-', DATE_FORMAT(received, '%Y%m%d'), '-', LPAD(k, 6, '0'), '-', k % 10),
       ELT(1 + (a > 150) + (a > 450) + (a > 850) + (a > 990), 'leader_mail', 'consult', 'complaint', 'suggestion', 'site_error'),
       ELT(1 + (b > 500) + (b > 750) + (b > 950), 'web', 'mobile', 'hotline', 'visit'),
       @state := IF(closed, ELT(1 + (c > 300) + (c > 900) + (c > 950), 'replied', 'closed', 'refused', 'withdrawn'),
         ELT(1 + (c > 80) + (c > 100) + (c > 180) + (c > 300) + (c > 860) + (c > 870) + (c > 890) + (c > 990),
             'submitted', 'supplement', 'accepted', 'assigned', 'handling', 'objected', 'suspended', 'in_review',
             'submitted_up')),
       3, CONCAT(ELT(1 + d % 12, '望湖路', '书香路', '和风路', '金穗街', '听雨苑', '锦棠小区', '青禾小学', '市民中心', '滨河公园',
                     '长途汽车站', '创业大厦', '东门菜场'), ELT(1 + e % 10, '路灯不亮', '积水严重', '噪声扰民', '停车混乱', '暖气不热',
                     '井盖松动', '公交站牌破损', '物业收费不明', '垃圾无人清运', '绿化带枯死'), ELT(1 + b % 6, '，请尽快处理',
                     '已经半个月', '影响老人出行', '多次反映没有结果', '希望给出答复', ''), k),
       IF(@state IN ('submitted', 'supplement', 'accepted', 'refused', 'withdrawn'), NULL,
          SUBSTRING_INDEX(SUBSTRING_INDEX(@units, ',', 1 + FLOOR(@units_n * POW(d / 1000, 1.3))), ',', -1)),
       NULL, NULL, e > 400, TIMESTAMP(received, '03:00:00') + INTERVAL k % 20000 SECOND, received,
       IF(@state IN ('submitted', 'supplement'), NULL, TIMESTAMP(received, '03:00:00') + INTERVAL 1 DAY),
       IF(closed, NULL, received + INTERVAL 15 + b % 30 DAY), received + INTERVAL 15 + b % 30 DAY,
       IF(closed AND c <= 900, TIMESTAMP(received) + INTERVAL 9 DAY, NULL), IF(closed AND c <= 900, 7, NULL),
       IF(closed AND c > 300, TIMESTAMP(received) + INTERVAL 12 DAY, NULL), IF(closed AND c <= 900, 'solved', NULL),
       @state = 'handling' AND e < 15 OR @state = 'supplement' AND e < 100, IF(@state = 'in_review' AND e < 50, 1, 0)
  FROM fill;
UPDATE ticket t JOIN (SELECT unit_id, MIN(o.id) AS id FROM officer o JOIN officer_role r ON r.officer_id = o.id
                       WHERE r.role = 'handler' GROUP BY unit_id) o ON o.unit_id = t.unit_id
   SET t.handler_id = o.id WHERE t.id > @first AND t.state IN ('handling', 'in_review') AND t.id % 4 = 0;

-- Most of the accepted ones have a topic, some more often than others.
SET @topics = (SELECT GROUP_CONCAT(id ORDER BY id) FROM topic WHERE parent_id IS NOT NULL AND active);
SET @topics_n = (SELECT COUNT(*) FROM topic WHERE parent_id IS NOT NULL AND active);
UPDATE ticket t JOIN fill f ON t.id = @first + f.k
   SET t.topic_id = SUBSTRING_INDEX(SUBSTRING_INDEX(@topics, ',', 1 + FLOOR(@topics_n * POW(CRC32(CONCAT('t', f.k)) % 1000 / 1000, 1.5))), ',', -1)
 WHERE t.unit_id IS NOT NULL AND f.d < 900;

-- One in eight of the open ones gives supervisors something to look at: most were urged, some came again or are marked by leaders.
UPDATE ticket t JOIN fill f ON t.id = @first + f.k
   SET t.pressed = IF(f.d < 60, 1 + f.d % 4, 0), t.signs = IF(f.e < 40, 1, 0) | IF(f.e BETWEEN 30 AND 60, 8, 0) | IF(f.c % 200 = 1, 16, 0),
       t.round = IF(f.e BETWEEN 100 AND 120, 2, 1), t.moved_on = f.received + INTERVAL LEAST(f.b % 20, DATEDIFF(CURRENT_DATE, f.received)) DAY
 WHERE NOT f.closed;
INSERT INTO supervision (ticket_id, level, unit_id, by_officer, at, words)
SELECT t.id, ELT(t.pressed, 'remind', 'urge', 'supervise', 'circular'), t.unit_id, 1, t.received_at + INTERVAL 5 DAY, '请抓紧办理'
  FROM ticket t WHERE t.id > @first AND t.pressed > 0;

INSERT INTO ticket_text (ticket_id, body, demand, place)
SELECT id, CONCAT(title, '。', REPEAT('从上周起情况一直没有好转，晚上接孩子看不清路面，请派人到现场看一看。', 6)), '', LEFT(title, 4)
  FROM ticket WHERE id > @first;
INSERT INTO assignment (ticket_id, unit_id, role, round, assigned_at, signed_at)
SELECT id, unit_id, 'main', 1, accepted_at, IF(state = 'assigned', NULL, accepted_at) FROM ticket
 WHERE id > @first AND unit_id IS NOT NULL;
INSERT INTO reply (ticket_id, round, kind, state, level, unit_id, author_id, body, result_code, written_at, approved_at)
SELECT id, 1, 'final', IF(open, 'in_review', 'approved'), review_level, unit_id, handler_id,
       REPEAT('您好！来信收悉。我局已到现场检查，更换了进水的电缆接头，今晚试灯全部正常。', 4), 'solved', accepted_at, replied_at
  FROM ticket WHERE id > @first AND state IN ('in_review', 'submitted_up', 'replied', 'closed');
INSERT INTO extension (ticket_id, days, reason, requested_by, requested_at, old_due_on)
SELECT t.id, 5, '备件要从外地调来', (SELECT MIN(id) FROM officer), t.accepted_at, t.due_on FROM ticket t
 WHERE t.id > @first AND t.state = 'handling' AND t.asks;
INSERT INTO supplement (ticket_id, question, asked_at)
SELECT id, '请补充灯杆编号。', received_at FROM ticket WHERE id > @first AND state = 'supplement';
INSERT INTO timer (ticket_id, kind, round, state, policy_id, start_on, amount, amount_unit, due_on, provisional, next_at, next_what,
                   breached_at)
SELECT t.id, k.kind, 1, IF(t.state IN ('suspended'), 'paused', IF(t.open, 'running', 'stopped')), NULL, t.received_on, 15, 'W',
       COALESCE(t.due_on, t.received_on), 0, NULL, NULL, IF(k.kind = 'supplement' AND t.asks, t.received_at, NULL)
  FROM ticket t JOIN (SELECT 'reply' AS kind UNION ALL SELECT 'veto' UNION ALL SELECT 'supplement') k
 WHERE t.id > @first AND (k.kind <> 'supplement' OR t.state = 'supplement');
INSERT INTO history (ticket_id, version, at, actor, officer_id, unit_id, action, from_state, to_state, round)
SELECT t.id, v.seq, t.received_at + INTERVAL v.seq HOUR, IF(v.seq = 1, 'citizen', 'officer'),
       IF(v.seq = 1, NULL, 1 + t.id % 20), NULL, ELT(v.seq, 'submit', 'accept', 'assign'),
       ELT(v.seq, '', 'submitted', 'accepted'), ELT(v.seq, 'submitted', 'accepted', t.state), 1
  FROM ticket t JOIN seq_1_to_3 v WHERE t.id > @first;
INSERT IGNORE INTO ticket_gram (gram, ticket_id)
SELECT SUBSTR(t.title, s.seq, 2), t.id FROM ticket t JOIN seq_1_to_60 s ON s.seq < CHAR_LENGTH(t.title) WHERE t.id > @first;
INSERT IGNORE INTO ticket_gram (gram, ticket_id) SELECT LEFT(RIGHT(no, 8), 6), id FROM ticket WHERE id > @first;
SET unique_checks = 1, foreign_key_checks = 1;
ANALYZE TABLE ticket, ticket_text, ticket_gram, timer, history, assignment, reply, extension, supplement;
SELECT state, COUNT(*) FROM ticket GROUP BY state;
