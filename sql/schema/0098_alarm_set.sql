-- Steps of alarms are changed like terms and ladders: rows are added, never edited. A step (alarm_rule) is what it is for ever; which of
-- them hold is a set of a kind, with the day from which on it holds. In force on a day is the set of its kind that began last; of several
-- of one day the one added last. A step that is in both the old and the new set stays the same row, so that nobody is told twice.
-- stuck: clocks that could not be fired (timer_stuck): seen at once, told when one has been stuck for an hour.
ALTER TABLE alarm_rule
  MODIFY kind ENUM('freshness','home','probe_down','probe_week','footer','known_until','incident_first','incident_full','simulated',
                   'veto','site_error','clearing','stuck') NOT NULL;
INSERT INTO alarm_rule (kind, level, amount, unit, roles, wakes, valid_from) VALUES
  ('stuck', 'notice',  1, 'N', '',                            FALSE, '2000-01-01'),
  ('stuck', 'warn',    1, 'H', 'supervisor,sys_admin',        FALSE, '2000-01-01'),
  ('stuck', 'late',   24, 'H', 'supervisor,sys_admin,leader', FALSE, '2000-01-01');

CREATE TABLE alarm_set (
  id         INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  kind       ENUM('freshness','home','probe_down','probe_week','footer','known_until','incident_first','incident_full','simulated',
                  'veto','site_error','clearing','stuck') NOT NULL,
  valid_from DATE NOT NULL,
  grounds    VARCHAR(400) NOT NULL,
  added_by   INT UNSIGNED NULL,                  -- NULL: came with the system
  added_at   DATETIME NULL,
  KEY alarm_set_kind (kind, valid_from, id),
  CONSTRAINT alarm_set_officer FOREIGN KEY (added_by) REFERENCES officer (id)
) ENGINE=InnoDB;
CREATE TABLE alarm_set_rule (
  set_id  INT UNSIGNED NOT NULL,
  rule_id INT UNSIGNED NOT NULL,
  PRIMARY KEY (set_id, rule_id),
  CONSTRAINT alarm_set_rule_set FOREIGN KEY (set_id) REFERENCES alarm_set (id),
  CONSTRAINT alarm_set_rule_rule FOREIGN KEY (rule_id) REFERENCES alarm_rule (id)
) ENGINE=InnoDB;
INSERT INTO alarm_set (kind, valid_from, grounds)
SELECT kind, MIN(valid_from), '随系统提供' FROM alarm_rule WHERE valid_to IS NULL GROUP BY kind ORDER BY kind;
INSERT INTO alarm_set_rule (set_id, rule_id)
SELECT s.id, r.id FROM alarm_set s JOIN alarm_rule r ON r.kind = s.kind WHERE r.valid_to IS NULL;
ALTER TABLE alarm_rule
  DROP KEY alarm_rule_step,
  DROP COLUMN valid_from,
  DROP COLUMN valid_to,
  ADD UNIQUE KEY alarm_rule_step (kind, level, amount, unit, roles, wakes);

CREATE TRIGGER alarm_rule_no_update BEFORE UPDATE ON alarm_rule FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'alarm_rule is append-only';
CREATE TRIGGER alarm_rule_no_delete BEFORE DELETE ON alarm_rule FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'alarm_rule is append-only';
CREATE TRIGGER alarm_set_no_update BEFORE UPDATE ON alarm_set FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'alarm_set is append-only';
CREATE TRIGGER alarm_set_no_delete BEFORE DELETE ON alarm_set FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'alarm_set is append-only';
CREATE TRIGGER alarm_set_rule_no_update BEFORE UPDATE ON alarm_set_rule FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'alarm_set_rule is append-only';
CREATE TRIGGER alarm_set_rule_no_delete BEFORE DELETE ON alarm_set_rule FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'alarm_set_rule is append-only';
