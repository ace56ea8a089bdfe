-- What a unit that helps has to say, and its own clock: timer.unit_id says whose clock it is.
ALTER TABLE assignment
  ADD COLUMN opinion MEDIUMTEXT NULL,
  ADD COLUMN opinion_by INT UNSIGNED NULL,
  ADD COLUMN opinion_at DATETIME NULL;
ALTER TABLE timer
  MODIFY kind ENUM('accept','supplement','dispatch','sign','arbitrate','reply','reply_final','review','publish',
                   'rate','promise','supervise_feedback','veto','opinion') NOT NULL,
  ADD COLUMN unit_id INT UNSIGNED NULL;          -- NULL: of the letter as a whole
INSERT INTO sla_policy (timer, business_type, amount, amount_unit, max_amount, allowance, warn_amount, valid_from, grounds) VALUES
  ('opinion', NULL, 3, 'W', 0, 0, 1, '2000-01-01', '协办意见时限（在答复时限以内）');
