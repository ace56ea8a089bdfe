-- A change of the calendar or of a term: drawn up, looked at (what would move), applied in the background.
-- body: the notices as JSON (tickets/calendar_file.h), or the term (tickets/clock_change.h). It is never edited afterwards.
CREATE TABLE clock_change (
  id           INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  kind         ENUM('calendar','policy') NOT NULL,
  state        ENUM('looking','ready','applying','done','dropped') NOT NULL,
  title        VARCHAR(200) NOT NULL,            -- 2027年放假安排; 投诉的答复时限：10 个工作日
  reason       VARCHAR(200) NOT NULL,            -- why, in the words of who made it
  body         MEDIUMTEXT NOT NULL,
  open_too     BOOLEAN NOT NULL,                 -- whether clocks that run already follow it
  span_from    DATE NOT NULL,                    -- the first and the last day that count otherwise than before
  span_to      DATE NOT NULL,
  basis        VARCHAR(40) NOT NULL,             -- versions of calendar and terms it was looked at with
  pass         TINYINT UNSIGNED NOT NULL DEFAULT 0,
  at_ticket    BIGINT UNSIGNED NOT NULL DEFAULT 0, -- looked at, or applied, up to this letter
  last_ticket  BIGINT UNSIGNED NOT NULL,
  looked_at    INT UNSIGNED NOT NULL DEFAULT 0,  -- clocks of the preview, and what it said of them
  to_move      INT UNSIGNED NOT NULL DEFAULT 0,
  to_confirm   INT UNSIGNED NOT NULL DEFAULT 0,  -- the same day, no longer provisional
  moved        INT UNSIGNED NOT NULL DEFAULT 0,
  policy_id    INT UNSIGNED NULL,                -- the row it became
  version_id   INT UNSIGNED NULL,                -- the last version of the calendar it became
  made_by      INT UNSIGNED NULL,                -- NULL: minshengctl
  made_at      DATETIME NOT NULL,
  applied_by   INT UNSIGNED NULL,
  applied_at   DATETIME NULL,
  done_at      DATETIME NULL,
  KEY clock_change_state (state, id),
  CONSTRAINT clock_change_policy FOREIGN KEY (policy_id) REFERENCES sla_policy (id),
  CONSTRAINT clock_change_made FOREIGN KEY (made_by) REFERENCES officer (id),
  CONSTRAINT clock_change_applied FOREIGN KEY (applied_by) REFERENCES officer (id)
) ENGINE=InnoDB;

-- What a change moves, one row a clock: as the preview saw it, then as it was done (applied).
CREATE TABLE clock_move (
  change_id  INT UNSIGNED NOT NULL,
  timer_id   BIGINT UNSIGNED NOT NULL,
  ticket_id  BIGINT UNSIGNED NOT NULL,
  unit_id    INT UNSIGNED NOT NULL,              -- 0: none yet
  kind       VARCHAR(24) NOT NULL,
  old_due_on DATE NOT NULL,
  new_due_on DATE NOT NULL,
  applied    BOOLEAN NOT NULL,
  PRIMARY KEY (change_id, ticket_id, timer_id),
  KEY clock_move_unit (change_id, unit_id, ticket_id),
  CONSTRAINT clock_move_change FOREIGN KEY (change_id) REFERENCES clock_change (id) ON DELETE CASCADE
) ENGINE=InnoDB;

-- Which change moved a clock.
ALTER TABLE timer_event ADD COLUMN change_id INT UNSIGNED NULL;
-- Which change a version of the calendar came with, and who made a term.
ALTER TABLE calendar_version ADD COLUMN change_id INT UNSIGNED NULL;
ALTER TABLE sla_policy ADD COLUMN change_id INT UNSIGNED NULL;
