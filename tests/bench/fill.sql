-- One batch of letters (filling.py): from the rows of bench_letter to those of every table that a letter has rows in.
-- @first: the last id before all batches.
CREATE OR REPLACE TABLE bench_letter (
  k           INT UNSIGNED NOT NULL PRIMARY KEY,
  type        VARCHAR(16) NOT NULL,
  state       VARCHAR(16) NOT NULL,
  amount      INT NOT NULL,
  extended    BOOLEAN NOT NULL,
  received_on DATE NOT NULL,
  second      INT NOT NULL,
  accepted_on DATE NOT NULL,
  unit_id     INT NULL,
  paused_from DATE NULL,
  paused_to   DATE NULL,
  due_on      DATE NULL,
  replied_on  DATE NULL,
  workdays    INT NULL,
  grade       INT NULL,
  published   BOOLEAN NOT NULL,
  topic_id    INT NULL,
  title       VARCHAR(60) NOT NULL,
  acts        VARCHAR(240) NOT NULL,
  n_acts      INT NOT NULL,
  is_open     BOOLEAN NOT NULL
) ENGINE=InnoDB;
LOAD DATA INFILE @path INTO TABLE bench_letter;
-- Moments: received between 9:00 and 17:00 in China, accepted at 17:00 of the same day or later, answered at 15:00.
ALTER TABLE bench_letter
  ADD COLUMN received_at DATETIME AS (TIMESTAMP(received_on, '01:00:00') + INTERVAL second SECOND) STORED,
  ADD COLUMN accepted_at DATETIME AS (IF(state IN ('submitted', 'refused'), NULL, TIMESTAMP(accepted_on, '09:00:00') + INTERVAL (second MOD 1800) SECOND)) STORED,
  ADD COLUMN replied_at DATETIME AS (TIMESTAMP(replied_on, '07:00:00') + INTERVAL (second MOD 3000) SECOND) STORED,
  ADD COLUMN answered BOOLEAN AS (state IN ('replied', 'closed')) STORED;

CREATE OR REPLACE TABLE bench_handler (unit_id INT UNSIGNED NOT NULL PRIMARY KEY) ENGINE=InnoDB
SELECT unit_id, MIN(o.id) AS officer_id FROM officer o JOIN officer_role r ON r.officer_id = o.id WHERE r.role = 'handler' GROUP BY unit_id;
INSERT INTO ticket (id, no, type, channel, state, pub_state, version, title, unit_id, handler_id, publish_ok, received_at, received_on, accepted_at,
  due_on, first_due_on, replied_at, reply_workdays, closed_at, result_code, reason_code, grade,
  topic_id, marks)
SELECT @first + k, CONCAT('MS-T-', DATE_FORMAT(received_on, '%Y%m%d'), '-', LPAD((@first + k) MOD 1000000, 6, '0'), '-', k % 10), type,
       ELT(1 + k % 4, 'web', 'mobile', 'hotline', 'visit'), state,
       IF(published, 'published', IF(answered, 'pending_review', 'not_due')), n_acts, CONCAT(title, k), b.unit_id,
       IF(state IN ('handling', 'in_review') AND k % 4 = 0, h.officer_id, NULL), k % 5 > 0,
       received_at, received_on, accepted_at, IF(is_open, due_on, NULL), due_on, replied_at, workdays,
       IF(state = 'closed', replied_at + INTERVAL 2 DAY, NULL), IF(answered, ELT(1 + k % 5, 'solved', 'solved', 'explained', 'adopted', 'untrue'), NULL),
       IF(state = 'refused', 'other_region', IF(state = 'suspended', 'appraisal', NULL)), grade,
       topic_id, extended + 4 * (acts LIKE '%return_reply%')
  FROM bench_letter b LEFT JOIN bench_handler h ON h.unit_id = b.unit_id;
-- What is in them and what people did: left out where only clocks are measured.
INSERT INTO ticket_text (ticket_id, body, demand, place)
SELECT @first + k, CONCAT(title, '。从上周起情况一直没有好转，晚上接孩子看不清路面，请派人到现场看一看。'), '', LEFT(title, 4) FROM bench_letter;

INSERT INTO history (ticket_id, version, at, actor, officer_id, unit_id, action, from_state, to_state, round)
SELECT @first + k, s.seq,
       CASE SUBSTRING_INDEX(SUBSTRING_INDEX(acts, ',', s.seq), ',', -1)
         WHEN 'submit' THEN received_at WHEN 'refuse' THEN received_at + INTERVAL 1 HOUR WHEN 'accept' THEN accepted_at
         WHEN 'approve_reply' THEN replied_at WHEN 'submit_reply' THEN COALESCE(replied_at, accepted_at + INTERVAL 1 DAY) - INTERVAL 1 HOUR
         WHEN 'return_reply' THEN replied_at - INTERVAL 2 HOUR WHEN 'suspend' THEN TIMESTAMP(paused_from, '06:00:00')
         WHEN 'resume' THEN TIMESTAMP(paused_to, '06:00:00') WHEN 'rate' THEN replied_at + INTERVAL 2 DAY WHEN 'close' THEN replied_at + INTERVAL 2 DAY
         WHEN 'approve_full' THEN replied_at + INTERVAL 3 DAY WHEN 'publish' THEN replied_at + INTERVAL 4 DAY
         ELSE accepted_at + INTERVAL s.seq MINUTE END,
       IF(s.seq = 1, 'citizen', 'officer'), IF(s.seq = 1, NULL, 1 + k % 20), IF(s.seq = 1, NULL, unit_id),
       SUBSTRING_INDEX(SUBSTRING_INDEX(acts, ',', s.seq), ',', -1), IF(s.seq = 1, '', 'handling'), IF(s.seq = n_acts, state, 'handling'), 1
  FROM bench_letter JOIN seq_1_to_20 s ON s.seq <= n_acts;
INSERT INTO assignment (ticket_id, unit_id, role, round, assigned_at, signed_at)
SELECT @first + k, unit_id, 'main', 1, accepted_at, IF(state = 'assigned', NULL, accepted_at + INTERVAL 1 HOUR) FROM bench_letter
 WHERE unit_id IS NOT NULL;
INSERT INTO reply (ticket_id, round, kind, state, level, unit_id, author_id, body, result_code, written_at, approved_at)
SELECT @first + k, 1, 'final', IF(answered, 'approved', 'in_review'), answered, unit_id, 1 + k % 20,
       '您好！来信收悉。我局已到现场检查，更换了进水的电缆接头，今晚试灯全部正常。', 'solved', COALESCE(replied_at, accepted_at), replied_at
  FROM bench_letter WHERE answered OR state = 'in_review';
INSERT INTO extension (ticket_id, days, reason, requested_by, requested_at, old_due_on, new_due_on, decision, decided_by, decided_at)
SELECT @first + k, 5, '备件要从外地调来', 1 + k % 20, accepted_at + INTERVAL 1 DAY, due_on, due_on, 'approved', 1 + (k + 1) % 20,
       accepted_at + INTERVAL 1 DAY FROM bench_letter WHERE extended;
INSERT INTO suspension (ticket_id, reason, from_at, until_on, to_at)
SELECT @first + k, 'appraisal', TIMESTAMP(paused_from, '06:00:00'), COALESCE(paused_to, '2027-03-01'), TIMESTAMP(paused_to, '06:00:00') FROM bench_letter
 WHERE paused_from IS NOT NULL;
INSERT INTO evaluation (ticket_id, round, grade, solved, at)
SELECT @first + k, 1, grade, IF(grade > 2, 'yes', 'no'), replied_at + INTERVAL 2 DAY FROM bench_letter WHERE grade IS NOT NULL;

-- The clocks: acceptance and the three months of every letter, the answer's where it was accepted; of an open one that was not
-- answered they run. When they fire next: at 24:00 of their day (the first step of a ladder is set in fill_end.sql).
INSERT INTO timer (ticket_id, kind, round, state, policy_id, start_on, amount, amount_unit, due_on, provisional, next_at, next_what, stopped_at, ladder_id)
SELECT @first + k, 'reply', 1, IF(state = 'suspended', 'paused', IF(is_open, 'running', 'stopped')),
       (SELECT MAX(id) FROM sla_policy p WHERE p.timer = 'reply' AND p.business_type = b.type), accepted_on, amount, 'W', due_on, YEAR(due_on) > 2026,
       IF(is_open AND state <> 'suspended', TIMESTAMP(due_on, '16:00:00'), NULL), IF(is_open AND state <> 'suspended', 'breach', NULL), replied_at,
       IF(type = 'site_error', (SELECT MAX(l.id) FROM sla_ladder l WHERE l.timer = 'reply' AND l.business_type = 'site_error'),
          (SELECT MAX(l.id) FROM sla_ladder l WHERE l.timer = 'reply' AND l.business_type IS NULL))
  FROM bench_letter b WHERE due_on IS NOT NULL;
INSERT INTO timer (ticket_id, kind, round, state, policy_id, start_on, amount, amount_unit, due_on, provisional, next_at, next_what, stopped_at, ladder_id)
SELECT @first + k, 'veto', 1, IF(is_open, 'running', 'stopped'), (SELECT MAX(id) FROM sla_policy p WHERE p.timer = 'veto'), received_on, 3, 'M',
       d.works_on, YEAR(d.works_on) > 2026, IF(is_open, TIMESTAMP(d.works_on, '16:00:00'), NULL), IF(is_open, 'breach', NULL), replied_at,
       (SELECT MAX(l.id) FROM sla_ladder l WHERE l.timer = 'veto')
  FROM bench_letter b JOIN bench_day d ON d.day = b.received_on + INTERVAL 3 MONTH;
INSERT INTO timer (ticket_id, kind, round, state, policy_id, start_on, amount, amount_unit, due_on, provisional, next_at, next_what, stopped_at, ladder_id)
SELECT @first + k, 'accept', 1, IF(state = 'submitted', 'running', 'stopped'), (SELECT MAX(id) FROM sla_policy p WHERE p.timer = 'accept'), received_on, 1,
       'W', d.next_on, 0, IF(state = 'submitted', TIMESTAMP(d.next_on, '16:00:00'), NULL), IF(state = 'submitted', 'breach', NULL), accepted_at,
       (SELECT MAX(l.id) FROM sla_ladder l WHERE l.timer = 'accept')
  FROM bench_letter b JOIN bench_day d ON d.day = b.received_on;
INSERT INTO timer_pause (timer_id, from_on, to_on, seq)
SELECT m.id, b.paused_from, b.paused_to, 1 FROM bench_letter b JOIN timer m ON m.ticket_id = @first + b.k AND m.kind = 'reply'
 WHERE b.paused_from IS NOT NULL;
INSERT INTO timer_event (timer_id, ticket_id, what, at, new_due_on, version)
SELECT m.id, m.ticket_id, 'start', TIMESTAMP(m.start_on, '01:00:00'), m.due_on, 1 FROM bench_letter b JOIN timer m ON m.ticket_id = @first + b.k;
INSERT INTO timer_event (timer_id, ticket_id, what, due_at, at, old_due_on)
SELECT m.id, m.ticket_id, 'breach', TIMESTAMP(m.due_on, '16:00:00'), TIMESTAMP(m.due_on, '16:00:01'), m.due_on
  FROM bench_letter b JOIN timer m ON m.ticket_id = @first + b.k AND m.kind = 'reply' WHERE b.replied_on > b.due_on;
UPDATE bench_letter b JOIN timer m ON m.ticket_id = @first + b.k AND m.kind = 'reply' SET m.breached_at = TIMESTAMP(m.due_on, '16:00:00')
 WHERE b.replied_on > b.due_on;

-- What searches go by: left out where nobody searches.
INSERT IGNORE INTO ticket_gram (gram, ticket_id)
SELECT SUBSTR(t.title, s.seq, 2), t.id FROM bench_letter b JOIN ticket t ON t.id = @first + b.k JOIN seq_1_to_60 s ON s.seq < CHAR_LENGTH(t.title);
INSERT IGNORE INTO ticket_gram (gram, ticket_id)
SELECT LEFT(RIGHT(t.no, 8), 6), t.id FROM bench_letter b JOIN ticket t ON t.id = @first + b.k;
