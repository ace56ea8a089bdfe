-- What supervisors go by: signs on letters, how hard they were pressed, since when nothing moved.

-- signs: nudged 写信人催过, asked 追问过, merged other letters stand under it, same the number has another letter of the last
-- months, leader 领导批示. pressed: the hardest step of supervision so far (0 none, 1 remind, 2 urge, 3 order, 4 circular).
-- moved_on: the day of the last step that led on; what supervisors do moves nothing. All written with the change itself.
ALTER TABLE ticket
  ADD COLUMN signs SET('nudged','asked','merged','same','leader') NOT NULL DEFAULT '',
  ADD COLUMN pressed TINYINT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN moved_on DATE NULL;
UPDATE ticket t SET
  t.signs = IF(EXISTS (SELECT 1 FROM nudge n WHERE n.ticket_id = t.id), 1, 0)
          | IF(EXISTS (SELECT 1 FROM follow_up f WHERE f.ticket_id = t.id), 2, 0)
          | IF(EXISTS (SELECT 1 FROM history h WHERE h.ticket_id = t.id AND h.action = 'instruct'), 16, 0),
  t.pressed = COALESCE((SELECT MAX(FIELD(s.level, 'remind', 'urge', 'supervise', 'circular')) FROM supervision s
                         WHERE s.ticket_id = t.id), 0),
  t.moved_on = (SELECT DATE(MAX(h.at) + INTERVAL 8 HOUR) FROM history h WHERE h.ticket_id = t.id
                 AND h.action NOT IN ('remind','urge','supervise','circularise','nudge','instruct'));
UPDATE ticket t JOIN (SELECT DISTINCT master_id FROM ticket WHERE master_id IS NOT NULL) m ON m.master_id = t.id
   SET t.signs = t.signs | 4;

-- watched: open, and one of the above or a second round. Few of the open letters: a list of them reads this index alone.
ALTER TABLE ticket
  ADD COLUMN watched BOOLEAN AS (open = 1 AND (round > 1 OR pressed > 0 OR signs > 0)) STORED,
  ADD COLUMN still_since DATE AS (COALESCE(moved_on, received_on)) STORED,
  ADD KEY ticket_watched (watched, sort_due, id, unit_id, desk, state, type, received_on, handler_id, pressed, signs, round),
  ADD KEY ticket_still (open, still_since, id, unit_id, desk, state, type, received_on, handler_id, pressed);

-- Letters of one telephone number, without the number and without its hash: the account that takes letters in may ask whether
-- there is another one, and nothing else.
CREATE SQL SECURITY DEFINER VIEW same_number AS
SELECT a.ticket_id, b.ticket_id AS other_id, o.received_on AS other_on
  FROM contact_key a JOIN contact_key b ON b.phone_key = a.phone_key AND b.ticket_id <> a.ticket_id
  JOIN ticket o ON o.id = b.ticket_id;

-- Supervision orders (督办令): a number of its own, 督〔year〕seq号; due_on is the day by which the unit reports.
CREATE TABLE supervision_order (
  id          INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  year        SMALLINT UNSIGNED NOT NULL,
  seq         INT UNSIGNED NOT NULL,
  ticket_id   BIGINT UNSIGNED NOT NULL,
  unit_id     INT UNSIGNED NOT NULL,
  state       ENUM('issued','received','answered','returned','accepted','void') NOT NULL DEFAULT 'issued',
  words       TEXT NOT NULL,
  due_on      DATE NOT NULL,
  issued_by   INT UNSIGNED NOT NULL,
  issued_at   DATETIME NOT NULL,
  received_by INT UNSIGNED NULL,
  received_at DATETIME NULL,
  closed_by   INT UNSIGNED NULL,
  closed_at   DATETIME NULL,                             -- accepted or void
  open        BOOLEAN AS (state IN ('issued','received','answered','returned')) STORED,
  UNIQUE KEY order_no (year, seq),
  KEY order_ticket (ticket_id, id),
  KEY order_open (open, due_on, id),
  KEY order_unit (unit_id, open, due_on, id),
  CONSTRAINT order_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id),
  CONSTRAINT order_unit FOREIGN KEY (unit_id) REFERENCES unit (id)
) ENGINE=InnoDB;

-- What the unit reported, and what the supervisor said to it.
CREATE TABLE order_feedback (
  order_id       INT UNSIGNED NOT NULL,
  seq            SMALLINT UNSIGNED NOT NULL,
  words          TEXT NOT NULL,
  by_officer     INT UNSIGNED NOT NULL,
  at             DATETIME NOT NULL,
  decision       ENUM('open','accepted','returned') NOT NULL DEFAULT 'open',
  decision_words TEXT NOT NULL DEFAULT '',
  decided_by     INT UNSIGNED NULL,
  decided_at     DATETIME NULL,
  PRIMARY KEY (order_id, seq),
  CONSTRAINT order_feedback_order FOREIGN KEY (order_id) REFERENCES supervision_order (id)
) ENGINE=InnoDB;

-- The last number given in a year, of orders and of circulars: taken in the transaction that uses it, so no number is missing.
CREATE TABLE watch_no (
  kind ENUM('order','circular') NOT NULL,
  year SMALLINT UNSIGNED NOT NULL,
  last INT UNSIGNED NOT NULL,
  PRIMARY KEY (kind, year)
) ENGINE=InnoDB;

-- Circulars (通报): gathered by unit, edited, issued to all units; 通报〔year〕seq号 once issued.
CREATE TABLE circular (
  id        INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  year      SMALLINT UNSIGNED NULL,
  seq       INT UNSIGNED NULL,
  state     ENUM('draft','issued') NOT NULL DEFAULT 'draft',
  title     VARCHAR(120) NOT NULL,
  intro     TEXT NOT NULL DEFAULT '',
  closing   TEXT NOT NULL DEFAULT '',
  version   INT UNSIGNED NOT NULL DEFAULT 1,
  made_by   INT UNSIGNED NOT NULL,
  made_at   DATETIME NOT NULL,
  issued_by INT UNSIGNED NULL,
  issued_at DATETIME NULL,
  UNIQUE KEY circular_no (year, seq),
  KEY circular_state (state, id)
) ENGINE=InnoDB;

-- Letters for a circular. circular_id NULL: waits for the next one; at most one waits of a letter (waits).
-- ladder: the escalation put it there; chosen: a supervisor did. told_at: when the letter itself was told (action circularise).
CREATE TABLE circular_entry (
  id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  ticket_id   BIGINT UNSIGNED NOT NULL,
  unit_id     INT UNSIGNED NOT NULL,
  why         ENUM('ladder','chosen') NOT NULL,
  words       VARCHAR(1000) NOT NULL DEFAULT '',
  at          DATETIME NOT NULL,
  by_officer  INT UNSIGNED NULL,
  circular_id INT UNSIGNED NULL,
  told_at     DATETIME NULL,
  dropped_at  DATETIME NULL,                             -- taken out again: stays out
  dropped_by  INT UNSIGNED NULL,
  late_days   SMALLINT UNSIGNED NULL,                    -- working days late when it was issued
  was_open    BOOLEAN NULL,                              -- not answered when it was issued
  waits       BIGINT UNSIGNED AS (IF(circular_id IS NULL AND dropped_at IS NULL, ticket_id, NULL)) STORED,
  UNIQUE KEY circular_entry_waits (waits),
  UNIQUE KEY circular_entry_once (circular_id, ticket_id),
  KEY circular_entry_ticket (ticket_id),
  KEY circular_entry_unit (unit_id, circular_id),
  CONSTRAINT circular_entry_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id),
  CONSTRAINT circular_entry_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
  CONSTRAINT circular_entry_circular FOREIGN KEY (circular_id) REFERENCES circular (id)
) ENGINE=InnoDB;

-- A unit in a circular. previous_id: the circular before it, in which the unit stood with a letter that was still unanswered when
-- this one was issued: two consecutive (武汉市政府网站管理办法 第三十六条), to be answered by a written self-criticism.
CREATE TABLE circular_unit (
  circular_id INT UNSIGNED NOT NULL,
  unit_id     INT UNSIGNED NOT NULL,
  words       VARCHAR(1000) NOT NULL DEFAULT '',
  previous_id INT UNSIGNED NULL,
  critic_due_on DATE NULL,
  critic_words TEXT NULL,
  critic_by   INT UNSIGNED NULL,
  critic_at   DATETIME NULL,
  seen_by     INT UNSIGNED NULL,                         -- the supervisor who took it
  seen_at     DATETIME NULL,
  PRIMARY KEY (circular_id, unit_id),
  KEY circular_unit_unit (unit_id, circular_id),
  CONSTRAINT circular_unit_circular FOREIGN KEY (circular_id) REFERENCES circular (id),
  CONSTRAINT circular_unit_unit FOREIGN KEY (unit_id) REFERENCES unit (id)
) ENGINE=InnoDB;

-- Talks with those who answer for a unit (约谈). Written down afterwards, never changed.
CREATE TABLE talk (
  id         INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  unit_id    INT UNSIGNED NOT NULL,
  held_on    DATE NOT NULL,
  person     VARCHAR(120) NOT NULL,                      -- who was talked to, with post
  about      VARCHAR(400) NOT NULL,
  words      TEXT NOT NULL,
  promise    VARCHAR(1000) NOT NULL DEFAULT '',
  promise_on DATE NULL,
  ticket_id  BIGINT UNSIGNED NULL,
  made_by    INT UNSIGNED NOT NULL,
  made_at    DATETIME NOT NULL,
  form_key   BINARY(32) NOT NULL,                        -- of the form: sent twice is one record
  UNIQUE KEY talk_form (form_key),
  KEY talk_unit (unit_id, held_on, id),
  CONSTRAINT talk_unit FOREIGN KEY (unit_id) REFERENCES unit (id)
) ENGINE=InnoDB;
