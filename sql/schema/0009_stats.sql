-- The numbers. A change of a letter appends deltas in its own transaction; slad folds them. Both can be computed
-- again from the letters (minshengctl stats --check).
CREATE TABLE stat_delta (
  id       BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  day      DATE NOT NULL,
  unit_id  INT UNSIGNED NOT NULL,               -- 0: none yet
  type     ENUM('leader_mail','consult','complaint','suggestion','site_error') NOT NULL,
  measure  ENUM('received','accepted','refused','merged','withdrawn','invalid','due','on_time','replied','published',
                'rated','satisfied') NOT NULL,
  bucket   SMALLINT NOT NULL,                   -- replied: working days taken; else 0
  n        INT NOT NULL
) ENGINE=InnoDB;

CREATE TABLE stat_day (
  day      DATE NOT NULL,
  unit_id  INT UNSIGNED NOT NULL,
  type     ENUM('leader_mail','consult','complaint','suggestion','site_error') NOT NULL,
  measure  ENUM('received','accepted','refused','merged','withdrawn','invalid','due','on_time','replied','published',
                'rated','satisfied') NOT NULL,
  bucket   SMALLINT NOT NULL,
  n        INT NOT NULL,
  PRIMARY KEY (measure, day, unit_id, type, bucket),
  KEY stat_day_day (day)                        -- a period's figures without reading all years
) ENGINE=InnoDB;

-- Long work that can be stopped and goes on where it was: imports.
CREATE TABLE job (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  kind       VARCHAR(24) NOT NULL,
  subject    VARCHAR(200) NOT NULL,
  done       BIGINT UNSIGNED NOT NULL DEFAULT 0,
  total      BIGINT UNSIGNED NOT NULL DEFAULT 0,
  state      ENUM('running','done','failed') NOT NULL,
  started_at DATETIME NOT NULL,
  changed_at DATETIME NOT NULL,
  UNIQUE KEY job_subject (kind, subject)
) ENGINE=InnoDB;
