-- What warns is the ladder (0040): the old column said the same a second time.
ALTER TABLE sla_policy DROP COLUMN warn_amount;
