-- Lists that a person keeps under a name, and who took which list out of the house.
CREATE TABLE saved_view (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  officer_id INT UNSIGNED NOT NULL,
  name       VARCHAR(96) NOT NULL,               -- at most 20 characters as people count them
  filter     VARCHAR(1200) NOT NULL,             -- the query of the list's address: view=open&type=complaint&cols=…
  is_start   BOOLEAN NOT NULL DEFAULT FALSE,     -- what /queue shows when nothing is asked for
  made_at    DATETIME NOT NULL,
  UNIQUE KEY saved_view_name (officer_id, name),
  CONSTRAINT saved_view_officer FOREIGN KEY (officer_id) REFERENCES officer (id)
) ENGINE=InnoDB;

-- Append-only: no account may change or delete a row, and the triggers refuse it to all.
CREATE TABLE export_log (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  officer_id INT UNSIGNED NOT NULL,
  at         DATETIME NOT NULL,
  filter     VARCHAR(1200) NOT NULL,
  rows_n     INT UNSIGNED NOT NULL,
  KEY export_log_officer (officer_id, id),
  CONSTRAINT export_log_officer FOREIGN KEY (officer_id) REFERENCES officer (id)
) ENGINE=InnoDB;
CREATE TRIGGER export_log_no_update BEFORE UPDATE ON export_log FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'export_log is append-only';
CREATE TRIGGER export_log_no_delete BEFORE DELETE ON export_log FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'export_log is append-only';
