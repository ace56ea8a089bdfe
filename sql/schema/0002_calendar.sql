-- Working days, keyed by date, with the notice each day comes from; policies of the timers as data.
CREATE TABLE calendar_version (
  id          INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  imported_at DATETIME NOT NULL,
  note        VARCHAR(200) NOT NULL
) ENGINE=InnoDB;

-- The notice in force for a year; provisional until the State Council's schedule is out.
CREATE TABLE calendar_year (
  year        SMALLINT UNSIGNED NOT NULL,
  version_id  INT UNSIGNED NOT NULL,
  provisional BOOLEAN NOT NULL,
  source      VARCHAR(500) NOT NULL,
  PRIMARY KEY (year, version_id),
  CONSTRAINT calendar_year_version FOREIGN KEY (version_id) REFERENCES calendar_version (id)
) ENGINE=InnoDB;

-- One day of a notice. The rows of the newest version of that notice are in force; a year's notice may hold days
-- of the December before.
CREATE TABLE calendar_day (
  day         DATE NOT NULL,
  notice_year SMALLINT UNSIGNED NOT NULL,
  version_id  INT UNSIGNED NOT NULL,
  kind        ENUM('off','workday') NOT NULL,
  name        VARCHAR(40) NOT NULL,
  PRIMARY KEY (notice_year, version_id, day),
  CONSTRAINT calendar_day_year FOREIGN KEY (notice_year, version_id) REFERENCES calendar_year (year, version_id)
) ENGINE=InnoDB;

-- One row a rule; NULL type or unit = any; the most specific valid one is taken (tickets/sla.h).
CREATE TABLE sla_policy (
  id            INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  timer         VARCHAR(24) NOT NULL,
  business_type VARCHAR(24) NULL,
  unit_id       INT UNSIGNED NULL,
  amount        SMALLINT UNSIGNED NOT NULL,
  amount_unit   ENUM('W','D','M') NOT NULL,
  max_amount    SMALLINT UNSIGNED NOT NULL DEFAULT 0,   -- ceiling with extensions; 0 = no extension
  allowance     SMALLINT UNSIGNED NOT NULL DEFAULT 0,   -- total up to which the unit itself may extend
  warn_amount   SMALLINT UNSIGNED NOT NULL DEFAULT 0,   -- warning this long before due, same unit
  valid_from    DATE NOT NULL,
  valid_to      DATE NULL,
  grounds       VARCHAR(200) NOT NULL,
  CONSTRAINT sla_policy_unit FOREIGN KEY (unit_id) REFERENCES unit (id)
) ENGINE=InnoDB;

-- Defaults of domain section 6.6; a city changes them with new rows, never by editing old ones.
INSERT INTO sla_policy (timer, business_type, amount, amount_unit, max_amount, allowance, warn_amount, valid_from, grounds) VALUES
  ('accept',    NULL,          1,  'W', 2,  0,  0, '2000-01-01', '受理（响应）时限'),
  ('supplement',NULL,          5,  'W', 0,  0,  1, '2000-01-01', '待补充期限'),
  ('dispatch',  NULL,          1,  'W', 0,  0,  0, '2000-01-01', '分办时限'),
  ('sign',      NULL,          1,  'W', 0,  0,  0, '2000-01-01', '签收时限'),
  ('objection', NULL,          2,  'W', 0,  0,  0, '2000-01-01', '异议期'),
  ('arbitrate', NULL,          1,  'W', 0,  0,  0, '2000-01-01', '异议裁定'),
  ('reply',     NULL,          10, 'W', 15, 15, 2, '2000-01-01', '答复时限'),
  ('reply',     'consult',     5,  'W', 15, 10, 2, '2000-01-01', '咨询答复时限'),
  ('reply',     'complaint',   10, 'W', 15, 15, 2, '2000-01-01', '投诉答复时限'),
  ('reply',     'suggestion',  7,  'W', 15, 15, 2, '2000-01-01', '建议答复时限（国办发〔2014〕57号）'),
  ('reply',     'leader_mail', 10, 'W', 15, 15, 2, '2000-01-01', '领导信箱答复时限'),
  ('reply',     'site_error',  2,  'W', 0,  0,  1, '2000-01-01', '网站找错回复意见（武汉市政府网站管理办法第三十五条）'),
  ('reply_final','site_error', 3,  'W', 0,  0,  1, '2000-01-01', '答复网民'),
  ('review',    NULL,          1,  'W', 0,  0,  0, '2000-01-01', '审核时限'),
  ('publish',   NULL,          5,  'W', 20, 0,  2, '2000-01-01', '公开时限（政府信息公开条例第二十六条）'),
  ('rate',      NULL,          15, 'D', 0,  0,  0, '2000-01-01', '评价期'),
  ('supervise_feedback', NULL, 3,  'W', 0,  0,  1, '2000-01-01', '督办反馈'),
  ('veto',      NULL,          3,  'M', 0,  0,  1, '2000-01-01', '单项否决预警（国办秘函〔2019〕19号）'),
  ('rework',    NULL,          5,  'W', 10, 10, 2, '2000-01-01', '重新办理时限'),
  ('follow_up', NULL,          5,  'W', 10, 10, 2, '2000-01-01', '追问答复时限');
