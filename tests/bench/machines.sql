-- Behind a quarter of the published letters of open.sql whose result is "scheduled", 4 % of all: the letter, its answer with a day, and for
-- most of them the step that says it was done; as many again that are not published. @first: the last letter before; @today.
CREATE OR REPLACE TABLE bench_promise (k INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY)
SELECT p.no, p.type, p.unit_id, p.replied_on AS made_on, p.replied_on + INTERVAL 20 + CRC32(p.id) MOD 100 DAY AS promised_on
  FROM pub_letter p WHERE p.result_code = 'scheduled' AND p.no LIKE 'MS-T-B%' AND CRC32(p.id + 2) MOD 4 = 0 UNION ALL
SELECT CONCAT('MS-T-C', RIGHT(p.no, 8)), p.type, p.unit_id, p.replied_on, p.replied_on + INTERVAL 20 + CRC32(p.id + 1) MOD 100 DAY
  FROM pub_letter p WHERE p.result_code = 'scheduled' AND p.no LIKE 'MS-T-B%' AND CRC32(p.id + 2) MOD 4 = 0;
INSERT INTO ticket (id, no, type, channel, state, pub_state, version, title, unit_id, publish_ok, received_at, received_on, accepted_at, first_due_on,
  replied_at, reply_workdays, closed_at, result_code)
SELECT @first + k, no, type, 'web', 'closed', 'published', 6, '一封信', unit_id, TRUE, TIMESTAMP(made_on) - INTERVAL 9 DAY,
       made_on - INTERVAL 9 DAY, TIMESTAMP(made_on) - INTERVAL 8 DAY, made_on, TIMESTAMP(made_on, '07:00:00'), 6, TIMESTAMP(made_on) + INTERVAL 9 DAY,
       'scheduled' FROM bench_promise;
INSERT INTO reply (ticket_id, round, kind, state, level, unit_id, body, result_code, next_on, written_at, approved_at)
SELECT @first + k, 1, 'final', 'approved', 1, unit_id, '您好！已列入计划。', 'scheduled', promised_on, TIMESTAMP(made_on, '06:00:00'),
       TIMESTAMP(made_on, '07:00:00') FROM bench_promise;
INSERT INTO history (ticket_id, version, at, actor, unit_id, action, from_state, to_state, round)
SELECT @first + k, s.seq, TIMESTAMP(made_on, '07:00:00') + INTERVAL s.seq MINUTE, 'officer', unit_id, 'approve_reply', 'closed', 'closed', 1
  FROM bench_promise JOIN seq_1_to_6 s;
-- One in fifty is late for good; what is due later than today is open.
INSERT INTO history (ticket_id, version, at, actor, unit_id, action, from_state, to_state, round)
SELECT @first + k, 7, TIMESTAMP(promised_on, '08:00:00') - INTERVAL CRC32(k) MOD 12 DAY, 'officer', unit_id, 'fulfil', 'closed', 'closed', 1
  FROM bench_promise WHERE promised_on < @today AND k MOD 50 > 0;
DROP TABLE bench_promise;
ANALYZE TABLE ticket, reply, history;
