-- Letters still being written, kept by a code.

-- query: kept_add :exec
-- for: public
-- in:  id blob, sealed blob, now time, until_on date
INSERT INTO kept_letter (id, sealed, version, saved_at, until_on) VALUES (?, ?, 1, ?, ?);

-- query: kept_put :exec
-- for: public
-- in:  sealed blob, now time, until_on date, id blob, version int, today date
UPDATE kept_letter SET sealed = ?, version = version + 1, saved_at = ?, until_on = ?
 WHERE id = ? AND version = ? AND until_on >= ?;

-- query: kept_get :one
-- for: public
-- in:  id blob, today date
-- out: sealed blob, version int, saved_at time, until_on date
SELECT sealed, version, saved_at, until_on FROM kept_letter WHERE id = ? AND until_on >= ?;

-- query: kept_drop :exec
-- for: public
-- in:  id blob
DELETE FROM kept_letter WHERE id = ?;

-- query: kept_sweep :exec
-- for: slad
-- in:  today date
DELETE FROM kept_letter WHERE until_on < ?;
