-- The inspection cockpit: alarms that belong to no letter, visits to the public pages, simulated questions, incidents.

-- At what a light changes, and who is told. unit: D days, W working days, M months, H hours of the clock since the start (known_until:
-- days before the end); P percent of a week's visits; N how many. wakes: told at once, also outside office hours.
-- Sources: 国办秘函〔2019〕19号 (freshness, home, probe_week, veto, simulated, footer), 武汉市政府网站管理办法第三十五条 (site_error),
-- 政府信息公开条例第二十六条 (clearing), 国家网络安全事件报告管理办法 and the city's 24 hours (incident).
CREATE TABLE alarm_rule (
  id         INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  kind       ENUM('freshness','home','probe_down','probe_week','footer','known_until','incident_first','incident_full','simulated',
                  'veto','site_error','clearing') NOT NULL,
  level      ENUM('notice','warn','late') NOT NULL,
  amount     SMALLINT UNSIGNED NOT NULL,
  unit       ENUM('D','W','M','H','P','N') NOT NULL,
  roles      SET('supervisor','publisher','duty_officer','sys_admin','leader','registrar') NOT NULL,  -- '': nobody, a light only
  wakes      BOOLEAN NOT NULL DEFAULT FALSE,
  valid_from DATE NOT NULL,
  valid_to   DATE NULL,
  UNIQUE KEY alarm_rule_step (kind, amount, unit, valid_from)
) ENGINE=InnoDB;
INSERT INTO alarm_rule (kind, level, amount, unit, roles, wakes, valid_from) VALUES
  ('freshness',      'notice', 30, 'D', 'supervisor,publisher',        FALSE, '2000-01-01'),
  ('freshness',      'warn',   45, 'D', 'supervisor,publisher',        FALSE, '2000-01-01'),
  ('freshness',      'late',    2, 'M', 'supervisor,publisher,leader', FALSE, '2000-01-01'),
  ('home',           'notice',  7, 'D', 'publisher',                   FALSE, '2000-01-01'),
  ('home',           'warn',   10, 'D', 'supervisor,publisher',        FALSE, '2000-01-01'),
  ('home',           'late',   14, 'D', 'supervisor,publisher',        FALSE, '2000-01-01'),
  ('probe_down',     'warn',    3, 'N', 'supervisor,duty_officer',     FALSE, '2000-01-01'),
  ('probe_week',     'notice',  2, 'P', 'supervisor,duty_officer',     FALSE, '2000-01-01'),
  ('probe_week',     'late',    5, 'P', 'supervisor,duty_officer,leader', FALSE, '2000-01-01'),
  ('footer',         'warn',    1, 'N', 'supervisor,sys_admin',        FALSE, '2000-01-01'),
  ('known_until',    'notice', 60, 'D', 'sys_admin,supervisor',        FALSE, '2000-01-01'),
  ('known_until',    'warn',   30, 'D', 'sys_admin,supervisor',        FALSE, '2000-01-01'),
  ('known_until',    'late',    0, 'D', 'sys_admin,supervisor',        FALSE, '2000-01-01'),
  ('incident_first', 'notice',  2, 'H', 'duty_officer',                TRUE,  '2000-01-01'),
  ('incident_first', 'warn',    3, 'H', 'duty_officer,supervisor',     TRUE,  '2000-01-01'),
  ('incident_first', 'late',    4, 'H', 'duty_officer,supervisor,leader', TRUE, '2000-01-01'),
  ('incident_full',  'notice', 18, 'H', 'duty_officer',                TRUE,  '2000-01-01'),
  ('incident_full',  'warn',   22, 'H', 'duty_officer,supervisor',     TRUE,  '2000-01-01'),
  ('incident_full',  'late',   24, 'H', 'duty_officer,supervisor,leader', TRUE, '2000-01-01'),
  ('simulated',      'notice',  3, 'W', '',                            FALSE, '2000-01-01'),
  ('simulated',      'warn',    4, 'W', 'supervisor',                  FALSE, '2000-01-01'),
  ('simulated',      'late',    5, 'W', 'supervisor',                  FALSE, '2000-01-01'),
  ('veto',           'notice', 30, 'D', '', FALSE, '2000-01-01'),
  ('veto',           'late',   45, 'D', '', FALSE, '2000-01-01'),   -- any warning of this veto is red
  ('veto',           'late',   60, 'D', '', FALSE, '2000-01-01'),
  ('veto',           'late',   75, 'D', '', FALSE, '2000-01-01'),
  ('veto',           'late',    3, 'M', '', FALSE, '2000-01-01'),
  ('site_error',     'notice',  1, 'W', '', FALSE, '2000-01-01'),
  ('site_error',     'late',    2, 'W', '', FALSE, '2000-01-01'),
  ('clearing',       'warn',    5, 'W', '', FALSE, '2000-01-01'),
  ('clearing',       'late',   20, 'W', '', FALSE, '2000-01-01');

-- A step that was reached: once for each turn of each thing, whoever runs at the same time or again. What is fired stays.
CREATE TABLE alarm (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  rule_id    INT UNSIGNED NOT NULL,
  subject    VARCHAR(40) NOT NULL,               -- which: an incident's number, the code of an address; '' the site
  episode    VARCHAR(40) NOT NULL,               -- which turn of it: the day of the last publication, the first failed visit …
  words      VARCHAR(300) NOT NULL,              -- what was the case then
  due_at     DATETIME NOT NULL,                  -- the true moment
  at         DATETIME NOT NULL,                  -- when it was recorded
  cleared_at DATETIME NULL,                      -- when it was over
  UNIQUE KEY alarm_once (rule_id, subject, episode),
  KEY alarm_open (cleared_at, at),
  CONSTRAINT alarm_rule FOREIGN KEY (rule_id) REFERENCES alarm_rule (id)
) ENGINE=InnoDB;
CREATE TRIGGER alarm_no_delete BEFORE DELETE ON alarm FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'alarm is append-only';

-- Addresses of the public site that minsheng-patrold visits. foot: the page carries the site's foot, which is checked as well.
CREATE TABLE patrol_target (
  id        INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  code      VARCHAR(24) NOT NULL,
  name      VARCHAR(40) NOT NULL,
  path      VARCHAR(200) NOT NULL,               -- below public_url
  must_hold VARCHAR(100) NOT NULL DEFAULT '',    -- a page without these words is not that page
  foot      BOOLEAN NOT NULL DEFAULT TRUE,
  every_min SMALLINT UNSIGNED NOT NULL DEFAULT 60,
  active    BOOLEAN NOT NULL DEFAULT TRUE,
  next_at   DATETIME NOT NULL DEFAULT '2000-01-01 00:00:00',
  UNIQUE KEY patrol_target_code (code),
  KEY patrol_target_next (active, next_at),
  CONSTRAINT patrol_target_often CHECK (every_min BETWEEN 5 AND 70)   -- 70 minutes: 20 times a day
) ENGINE=InnoDB;
INSERT INTO patrol_target (code, name, path, must_hold, foot) VALUES
  ('home',   '首页',           '/',            '我要写信', TRUE),
  ('write',  '写信页面',       '/letters/new', '写信',     TRUE),
  ('track',  '查询页面',       '/track',       '查询码',   TRUE),
  ('open',   '公开答复列表',   '/open',        '公开答复', TRUE),
  ('stats',  '统计数据',       '/stats',       '统计',     TRUE),
  ('help',   '办理说明',       '/help',        '办理说明', TRUE),
  ('health', '系统自检',       '/health',      'ok',       FALSE);

CREATE TABLE patrol_visit (
  id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  target_id    INT UNSIGNED NOT NULL,
  at           DATETIME NOT NULL,
  ok           BOOLEAN NOT NULL,
  status       SMALLINT UNSIGNED NOT NULL,       -- 0: no answer
  ms           INT UNSIGNED NOT NULL,
  why          VARCHAR(24) NOT NULL DEFAULT '',  -- of a failure: timeout, connect, status, words …
  foot_missing VARCHAR(120) NOT NULL DEFAULT '', -- what the foot should have named and did not
  KEY patrol_visit_target (target_id, at, ok),
  KEY patrol_visit_at (at),
  CONSTRAINT patrol_visit_target FOREIGN KEY (target_id) REFERENCES patrol_target (id)
) ENGINE=InnoDB;

-- What a person found on a round, 巡检记录. Append-only.
CREATE TABLE patrol_note (
  id         INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  at         DATETIME NOT NULL,
  officer_id INT UNSIGNED NOT NULL,
  result     ENUM('fine','found') NOT NULL,
  words      TEXT NOT NULL,
  done       TEXT NOT NULL DEFAULT '',           -- what was done about what was found
  KEY patrol_note_at (at),
  CONSTRAINT patrol_note_officer FOREIGN KEY (officer_id) REFERENCES officer (id)
) ENGINE=InnoDB;
CREATE TRIGGER patrol_note_no_update BEFORE UPDATE ON patrol_note FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'patrol_note is append-only';
CREATE TRIGGER patrol_note_no_delete BEFORE DELETE ON patrol_note FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'patrol_note is append-only';

-- Security incidents. Hours of the clock, not of the office: the first report within 4 h of discovery, the written one within 24 h.
CREATE TABLE incident (
  id           INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  no           VARCHAR(20) NOT NULL,
  kind         ENUM('attack','tamper','malware','leak','outage','content','other') NOT NULL,
  severity     ENUM('general','serious','grave') NOT NULL,
  title        VARCHAR(200) NOT NULL,
  words        TEXT NOT NULL,
  found_at     DATETIME NOT NULL,
  registered_at DATETIME NOT NULL,
  officer_id   INT UNSIGNED NOT NULL,
  first_due_at DATETIME NOT NULL,                -- with the term in force when it was registered
  full_due_at  DATETIME NOT NULL,
  first_at     DATETIME NULL,
  full_at      DATETIME NULL,
  closed_at    DATETIME NULL,
  version      INT UNSIGNED NOT NULL DEFAULT 1,
  UNIQUE KEY incident_no (no),
  KEY incident_open (closed_at, found_at),
  CONSTRAINT incident_officer FOREIGN KEY (officer_id) REFERENCES officer (id),
  CONSTRAINT incident_order CHECK (found_at <= registered_at)
) ENGINE=InnoDB;

-- Each report that went out about an incident. Append-only.
CREATE TABLE incident_report (
  id          INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  incident_id INT UNSIGNED NOT NULL,
  kind        ENUM('first','full','more','close') NOT NULL,
  to_whom     VARCHAR(100) NOT NULL,
  how         ENUM('phone','platform','mail','paper') NOT NULL,
  words       TEXT NOT NULL,
  reported_at DATETIME NOT NULL,
  logged_at   DATETIME NOT NULL,
  officer_id  INT UNSIGNED NOT NULL,
  KEY incident_report_of (incident_id, id),
  CONSTRAINT incident_report_of FOREIGN KEY (incident_id) REFERENCES incident (id),
  CONSTRAINT incident_report_officer FOREIGN KEY (officer_id) REFERENCES officer (id),
  CONSTRAINT incident_report_order CHECK (reported_at <= logged_at)
) ENGINE=InnoDB;
CREATE TRIGGER incident_report_no_update BEFORE UPDATE ON incident_report FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'incident_report is append-only';
CREATE TRIGGER incident_report_no_delete BEFORE DELETE ON incident_report FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'incident_report is append-only';

-- Simulated questions: what an inspector does once, the system does every week. Letters like any other; only who plans them
-- knows, from these tables.
CREATE TABLE simulated_question (
  id       INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  type     ENUM('consult','suggestion') NOT NULL,
  title    VARCHAR(260) NOT NULL,
  body     TEXT NOT NULL,
  name     VARCHAR(120) NOT NULL,                -- of the writer
  email    VARCHAR(120) NOT NULL,                -- a mailbox of the supervisors', where the notices arrive
  active   BOOLEAN NOT NULL DEFAULT TRUE,
  officer_id INT UNSIGNED NULL,
  added_at DATETIME NOT NULL,
  CONSTRAINT simulated_question_officer FOREIGN KEY (officer_id) REFERENCES officer (id)
) ENGINE=InnoDB;

-- Whether one goes out each week; the last row counts, the others say who changed it when.
CREATE TABLE simulation_switch (
  id         INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  is_on      BOOLEAN NOT NULL,
  officer_id INT UNSIGNED NULL,
  at         DATETIME NOT NULL,
  CONSTRAINT simulation_switch_officer FOREIGN KEY (officer_id) REFERENCES officer (id)
) ENGINE=InnoDB;

CREATE TABLE simulation (
  id          INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  week_on     DATE NOT NULL,                     -- its Monday: one a week
  question_id INT UNSIGNED NOT NULL,
  planned_at  DATETIME NOT NULL,                 -- a moment of the office hours, drawn
  next_at     DATETIME NULL,                     -- when it is tried (again); NULL: nothing more to do
  send_key    CHAR(32) NOT NULL,                 -- idempotency key: sent twice it is one letter
  ik          BINARY(32) NOT NULL,               -- as idem.ik: by it intake knows the letter
  state       ENUM('planned','filed','missed') NOT NULL DEFAULT 'planned',
  tries       SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  filed_at    DATETIME NULL,
  no          VARCHAR(40) NULL,
  query_code  VARCHAR(20) NULL,
  last_error  VARCHAR(60) NOT NULL DEFAULT '',
  ended_at    DATETIME NULL,                     -- taken back by a supervisor
  ended_by    INT UNSIGNED NULL,
  UNIQUE KEY simulation_week (week_on),
  UNIQUE KEY simulation_ik (ik),
  UNIQUE KEY simulation_no (no),
  KEY simulation_next (next_at),
  CONSTRAINT simulation_question FOREIGN KEY (question_id) REFERENCES simulated_question (id)
) ENGINE=InnoDB;

-- A notice may be about an alarm instead of a letter.
ALTER TABLE outbox
  MODIFY ticket_id BIGINT UNSIGNED NULL,
  ADD COLUMN alarm_id BIGINT UNSIGNED NULL,
  ADD CONSTRAINT outbox_alarm FOREIGN KEY (alarm_id) REFERENCES alarm (id);

-- Nothing of a simulated letter becomes public, whoever asks (a NULL there is refused).
CREATE TRIGGER pub_letter_not_simulated BEFORE INSERT ON pub_letter FOR EACH ROW
  SET NEW.sha256 = IF(EXISTS (SELECT 1 FROM simulation s WHERE s.no = NEW.no), NULL, NEW.sha256);

-- When something was last published, without reading all of it.
ALTER TABLE pub_letter ADD KEY pub_published (published_at);
