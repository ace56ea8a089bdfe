-- Notices that wait for the office to open and then reach each person in one mail.

-- gather: goes into the bundle of each person concerned instead of out on its own. role: officers with this role only, of unit_id or, when
-- that is NULL, of the whole city. kind, due_on: the clock it is about and the day it was due then. bundled: it lies in the bundles of its
-- readers (bundle_item).
ALTER TABLE outbox
  MODIFY state ENUM('queued','sending','sent','skipped','dead','bundled') NOT NULL DEFAULT 'queued',
  ADD COLUMN gather BOOLEAN NOT NULL DEFAULT FALSE,
  ADD COLUMN role VARCHAR(24) NULL,
  ADD COLUMN kind VARCHAR(24) NULL,
  ADD COLUMN due_on DATE NULL,
  DROP KEY outbox_next,
  ADD KEY outbox_next (gather, next_at, id);

-- What one officer is told in one mail. open: more may still be put into it (one a person); NULL from the first try to send it.
CREATE TABLE bundle (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  officer_id INT UNSIGNED NOT NULL,
  open       BOOLEAN NULL DEFAULT TRUE,
  state      ENUM('queued','sending','sent','skipped','dead') NOT NULL DEFAULT 'queued',
  tries      SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  next_at    DATETIME NULL,
  lease      BINARY(16) NULL,
  last_error VARCHAR(200) NULL,
  created_at DATETIME NOT NULL,
  done_at    DATETIME NULL,
  UNIQUE KEY bundle_open (officer_id, open),
  KEY bundle_next (next_at, id),
  CONSTRAINT bundle_officer FOREIGN KEY (officer_id) REFERENCES officer (id)
) ENGINE=InnoDB;
CREATE TABLE bundle_item (
  bundle_id BIGINT UNSIGNED NOT NULL,
  outbox_id BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (bundle_id, outbox_id),
  KEY bundle_item_outbox (outbox_id),
  CONSTRAINT bundle_item_bundle FOREIGN KEY (bundle_id) REFERENCES bundle (id),
  CONSTRAINT bundle_item_outbox FOREIGN KEY (outbox_id) REFERENCES outbox (id)
) ENGINE=InnoDB;
