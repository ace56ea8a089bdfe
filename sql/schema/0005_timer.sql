-- The clocks of a letter. slad takes what is due by (next_at) with SKIP LOCKED, whatever the number of open ones.
CREATE TABLE timer (
  id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  ticket_id   BIGINT UNSIGNED NOT NULL,
  kind        ENUM('accept','supplement','dispatch','sign','arbitrate','reply','reply_final','review','publish',
                   'rate','promise','supervise_feedback','veto') NOT NULL,
  round       SMALLINT UNSIGNED NOT NULL,
  state       ENUM('running','paused','stopped') NOT NULL,
  policy_id   INT UNSIGNED NULL,
  start_on    DATE NOT NULL,                     -- day 0
  amount      SMALLINT UNSIGNED NOT NULL,
  amount_unit ENUM('W','D','M') NOT NULL,
  due_on      DATE NOT NULL,
  provisional BOOLEAN NOT NULL,
  next_at     DATETIME NULL,                     -- when it next fires; NULL: never (paused, stopped, all fired)
  next_what   ENUM('warn','breach') NULL,
  breached_at DATETIME NULL,
  stopped_at  DATETIME NULL,
  KEY timer_next (next_at, id),
  KEY timer_ticket (ticket_id, state),
  KEY timer_kind_due (kind, state, due_on),
  CONSTRAINT timer_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id)
) ENGINE=InnoDB;

-- Days from_on+1 … to_on do not count (only `supplement` and `suspended` pause).
CREATE TABLE timer_pause (
  timer_id BIGINT UNSIGNED NOT NULL,
  from_on  DATE NOT NULL,
  to_on    DATE NULL,
  seq      SMALLINT UNSIGNED NOT NULL,
  PRIMARY KEY (timer_id, seq),
  CONSTRAINT timer_pause_timer FOREIGN KEY (timer_id) REFERENCES timer (id)
) ENGINE=InnoDB;

-- Every change of a clock, append-only. A breach stays a fact whatever comes after.
CREATE TABLE timer_event (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  timer_id   BIGINT UNSIGNED NOT NULL,
  ticket_id  BIGINT UNSIGNED NOT NULL,
  what       ENUM('start','pause','resume','extend','shorten','warn','breach','stop','recompute') NOT NULL,
  due_at     DATETIME NULL,                      -- warn, breach: the true moment
  at         DATETIME NOT NULL,                  -- when it was recorded
  old_due_on DATE NULL,
  new_due_on DATE NULL,
  version    INT UNSIGNED NULL,                  -- the history row that explains it
  KEY timer_event_timer (timer_id),
  KEY timer_event_ticket (ticket_id),
  CONSTRAINT timer_event_timer FOREIGN KEY (timer_id) REFERENCES timer (id)
) ENGINE=InnoDB;
CREATE TRIGGER timer_event_no_update BEFORE UPDATE ON timer_event FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'timer_event is append-only';
CREATE TRIGGER timer_event_no_delete BEFORE DELETE ON timer_event FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'timer_event is append-only';
