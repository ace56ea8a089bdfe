-- Lights and the ladder of escalation as data. Of several rows the most specific one applies (unit and type, unit, type, any), of
-- those alike the one in force since later: as with sla_policy. Rows are added, never edited; only valid_to is ever set.
-- timer: a code of tickets/states.tbl, or rework, follow_up, petition; NULL any. sla_policy.warn_amount is not asked any more.

-- At how many working days a letter's light changes.
CREATE TABLE sla_light (
  id            INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  timer         VARCHAR(24) NULL,
  business_type VARCHAR(24) NULL,
  unit_id       INT UNSIGNED NULL,
  warn_amount   SMALLINT UNSIGNED NOT NULL,      -- 预警 from this many working days before due
  yellow_amount SMALLINT UNSIGNED NOT NULL,      -- 黄牌 while late by no more than this many, then 红牌
  warned_red    BOOLEAN NOT NULL DEFAULT FALSE,  -- 红牌 as soon as a step of its ladder has warned (veto)
  valid_from    DATE NOT NULL,
  valid_to      DATE NULL,
  grounds       VARCHAR(200) NOT NULL,
  added_at      DATETIME NULL,                   -- NULL: shipped
  added_by      INT UNSIGNED NULL,
  CONSTRAINT sla_light_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
  CONSTRAINT sla_light_by FOREIGN KEY (added_by) REFERENCES officer (id)
) ENGINE=InnoDB;
INSERT INTO sla_light (timer, warn_amount, yellow_amount, warned_red, valid_from, grounds) VALUES
  (NULL,   2, 2, FALSE, '2000-01-01', '到期前 2 个工作日预警；超期 2 个工作日以内黄牌，以上红牌'),
  ('veto', 2, 0, TRUE,  '2000-01-01', '单项否决预警即为红牌（国办秘函〔2019〕19号）');

-- Who is told what, step by step. late_audience: told when the term has run out; nobody when it is empty.
-- A clock keeps the ladder it began with (timer.ladder_id).
CREATE TABLE sla_ladder (
  id            INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  timer         VARCHAR(24) NULL,
  business_type VARCHAR(24) NULL,
  unit_id       INT UNSIGNED NULL,
  late_audience SET('handler','liaison','dept_reviewer','reviewer','registrar','office_reviewer','publisher','supervisor','circular')
                NOT NULL,
  valid_from    DATE NOT NULL,
  valid_to      DATE NULL,
  grounds       VARCHAR(200) NOT NULL,
  added_at      DATETIME NULL,
  added_by      INT UNSIGNED NULL,
  CONSTRAINT sla_ladder_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
  CONSTRAINT sla_ladder_by FOREIGN KEY (added_by) REFERENCES officer (id)
) ENGINE=InnoDB;

-- amount before (negative), on (0) or after the day it is due, or after the day it began; at the opening of the office on that day.
-- reviewer: whoever has it for review. circular: the letter goes onto the list for the next circular (通报).
CREATE TABLE sla_step (
  id          INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  ladder_id   INT UNSIGNED NOT NULL,
  anchor      ENUM('start','due') NOT NULL,
  amount      SMALLINT NOT NULL,
  amount_unit ENUM('W','D') NOT NULL,
  audience    SET('handler','liaison','dept_reviewer','reviewer','registrar','office_reviewer','publisher','supervisor','circular')
              NOT NULL,
  UNIQUE KEY sla_step_once (ladder_id, anchor, amount, amount_unit),
  CONSTRAINT sla_step_ladder FOREIGN KEY (ladder_id) REFERENCES sla_ladder (id),
  CONSTRAINT sla_step_after_start CHECK (anchor = 'due' OR amount > 0)
) ENGINE=InnoDB;

INSERT INTO sla_ladder (id, timer, business_type, late_audience, valid_from, grounds) VALUES
  (1,  NULL,                 NULL,         'registrar',            '2000-01-01', '没有专门规则的时限'),
  (2,  'accept',             NULL,         'registrar',            '2000-01-01', '受理时限'),
  (3,  'dispatch',           NULL,         'registrar',            '2000-01-01', '分办时限'),
  (4,  'arbitrate',          NULL,         'registrar',            '2000-01-01', '异议裁定'),
  (5,  'supplement',         NULL,         'registrar',            '2000-01-01', '待补充期限'),
  (6,  'sign',               NULL,         'liaison',              '2000-01-01', '签收时限'),
  (7,  'reply',              NULL,         'handler,liaison',      '2000-01-01', '承办人、联络员、分管领导、督办员、通报'),
  (8,  'reply',              'site_error', 'handler,liaison',      '2000-01-01', '武汉市政府网站管理办法第三十五条'),
  (9,  'reply_final',        NULL,         'liaison,supervisor',   '2000-01-01', '答复网民'),
  (10, 'review',             NULL,         'reviewer',             '2000-01-01', '审核时限'),
  (11, 'publish',            NULL,         'publisher',            '2000-01-01', '公开时限'),
  (12, 'promise',            NULL,         'handler,liaison',      '2000-01-01', '承诺跟踪'),
  (13, 'supervise_feedback', NULL,         'liaison,supervisor',   '2000-01-01', '督办反馈'),
  (14, 'veto',               NULL,         'supervisor',           '2000-01-01', '单项否决预警（国办秘函〔2019〕19号）'),
  (15, 'opinion',            NULL,         'handler,liaison',      '2000-01-01', '协办意见'),
  (16, 'rate',               NULL,         '',                     '2000-01-01', '评价期满不再提醒'),
  (17, 'objection',          NULL,         '',                     '2000-01-01', '异议期满不再提醒'),
  (18, 'petition_notice',    NULL,         'registrar,supervisor', '2000-01-01', '信访工作条例：十五日内告知'),
  (19, 'petition',           NULL,         'handler,liaison',      '2000-01-01', '信访工作条例：六十日内办结');
INSERT INTO sla_step (ladder_id, anchor, amount, amount_unit, audience) VALUES
  (2,  'due',    1, 'W', 'supervisor'),
  (3,  'due',    1, 'W', 'supervisor'),
  (4,  'due',    1, 'W', 'supervisor'),
  (5,  'due',   -1, 'W', 'registrar'),
  (6,  'due',    1, 'W', 'dept_reviewer,supervisor'),
  (6,  'due',    5, 'W', 'circular'),
  (7,  'due',   -2, 'W', 'handler,liaison'),
  (7,  'due',    0, 'W', 'dept_reviewer'),
  (7,  'due',    1, 'W', 'supervisor'),
  (7,  'due',    5, 'W', 'circular'),
  (8,  'due',   -1, 'W', 'handler,liaison'),
  (8,  'due',    0, 'W', 'dept_reviewer'),
  (8,  'due',    1, 'W', 'supervisor'),
  (8,  'due',    5, 'W', 'circular'),
  (9,  'due',   -1, 'W', 'handler,liaison'),
  (9,  'due',    1, 'W', 'supervisor'),
  (10, 'due',    1, 'W', 'dept_reviewer,supervisor'),
  (11, 'due',   -2, 'W', 'publisher'),
  (11, 'due',    1, 'W', 'supervisor'),
  (12, 'due',   -2, 'W', 'handler,liaison'),
  (12, 'due',    0, 'W', 'dept_reviewer'),
  (12, 'due',    1, 'W', 'supervisor'),
  (12, 'due',    5, 'W', 'circular'),
  (13, 'due',   -1, 'W', 'handler,liaison'),
  (13, 'due',    0, 'W', 'dept_reviewer'),
  (13, 'due',    5, 'W', 'circular'),
  (14, 'start', 45, 'D', 'handler,liaison,supervisor'),
  (14, 'start', 60, 'D', 'dept_reviewer,supervisor'),
  (14, 'start', 75, 'D', 'dept_reviewer,office_reviewer,supervisor'),
  (15, 'due',   -1, 'W', 'handler,liaison'),
  (15, 'due',    1, 'W', 'dept_reviewer'),
  (18, 'due',   -5, 'D', 'registrar'),
  (19, 'due',  -10, 'D', 'handler,liaison'),
  (19, 'due',   -2, 'W', 'handler,liaison'),
  (19, 'due',    0, 'W', 'dept_reviewer'),
  (19, 'due',    1, 'W', 'supervisor'),
  (19, 'due',    5, 'W', 'circular');

-- The rules a clock began with hold for it. take_at: when slad takes it, which is when it fires next, or later when it could not
-- be fired and was set aside (timer_stuck), so that it holds up no other.
ALTER TABLE timer
  MODIFY kind ENUM('accept','supplement','dispatch','sign','arbitrate','reply','reply_final','review','publish',
                   'rate','promise','supervise_feedback','veto','opinion','objection','petition_notice') NOT NULL,
  ADD COLUMN ladder_id INT UNSIGNED NULL,
  ADD COLUMN retry_at DATETIME NULL,
  ADD COLUMN take_at DATETIME AS (COALESCE(retry_at, next_at)) STORED,
  DROP KEY timer_next,
  ADD KEY timer_take (take_at, id);
UPDATE timer m JOIN ticket t ON t.id = m.ticket_id
   SET m.ladder_id = COALESCE((SELECT MAX(l.id) FROM sla_ladder l WHERE l.timer = m.kind AND l.business_type = t.type),
                              (SELECT MAX(l.id) FROM sla_ladder l WHERE l.timer = m.kind AND l.business_type IS NULL), 1)
 WHERE m.state <> 'stopped';

-- The ledger: each step of a clock once. step_id: the step of the ladder; 0: the term has run out. step_on: the day it stands on, so
-- that a clock that was moved warns again before its new day. escalate: a step on the day it is due, or after it. lapse: a window (to rate,
-- to object) is over: nobody is late.
ALTER TABLE timer_event
  MODIFY what ENUM('start','pause','resume','extend','shorten','warn','breach','stop','recompute','escalate','lapse') NOT NULL,
  ADD COLUMN step_id INT UNSIGNED NULL,
  ADD COLUMN step_on DATE NULL,
  ADD UNIQUE KEY timer_event_once (timer_id, step_id, step_on),
  ADD KEY timer_event_step (step_id, id);

-- A clock that could not be fired: tried again later and later, and somebody has to look at it.
CREATE TABLE timer_stuck (
  timer_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  tries    SMALLINT UNSIGNED NOT NULL,
  since    DATETIME NOT NULL,
  error    VARCHAR(200) NOT NULL,
  CONSTRAINT timer_stuck_timer FOREIGN KEY (timer_id) REFERENCES timer (id)
) ENGINE=InnoDB;

-- The missing terms. objection: how long after it was assigned a letter may be sent back; petition_notice and petition: of a letter
-- that is a petition by its nature (信访工作条例).
INSERT INTO sla_policy (timer, business_type, amount, amount_unit, max_amount, allowance, valid_from, grounds) VALUES
  ('petition_notice', NULL, 15, 'D', 0,  0,  '2000-01-01', '信访事项受理告知（信访工作条例）'),
  ('petition',        NULL, 60, 'D', 90, 60, '2000-01-01', '信访事项办结时限（信访工作条例，可延长三十日）');
