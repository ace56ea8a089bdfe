-- Units, officers, roles, sessions.

-- query: unit_all :many
-- for: public desk slad notifyd migrate paperd
-- out: id int, parent_id int?, code text, name text, short_name text, kind text, takes_letters bool, active bool
SELECT id, parent_id, code, name, short_name, kind, takes_letters, active FROM unit ORDER BY sort_order, id;

-- query: unit_name :one
-- for: desk migrate
-- in:  id int
-- out: name text, takes_letters bool
SELECT name, takes_letters AND active FROM unit WHERE id = ?;

-- query: unit_by_code :one
-- for: desk migrate
-- in:  code text
-- out: id int, name text
SELECT id, name FROM unit WHERE code = ?;

-- query: unit_by_name :one
-- for: desk migrate
-- in:  name text
-- out: id int, name text
SELECT id, name FROM unit WHERE name = ?;

-- query: unit_add :insert
-- for: desk migrate
-- in:  parent_id int?, code text, name text, short_name text, kind text, sort_order int, takes_letters bool
INSERT INTO unit (parent_id, code, name, short_name, kind, sort_order, takes_letters) VALUES (?, ?, ?, ?, ?, ?, ?);

-- query: unit_card_put :exec
-- for: desk migrate
-- in:  unit_id int, duties text, hours text, phone text, address text, contact text
INSERT INTO unit_card (unit_id, duties, hours, phone, address, contact) VALUES (?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE duties = VALUES(duties), hours = VALUES(hours), phone = VALUES(phone),
  address = VALUES(address), contact = VALUES(contact);

-- query: officer_add :insert
-- for: desk migrate
-- in:  login text, name text, unit_id int, mail text?, now time
INSERT INTO officer (login, name, unit_id, mail, created_at) VALUES (?, ?, ?, ?, ?);

-- A password of somebody's own choice, or (must_change) one to log in with once before temp_until.
-- query: officer_secret_put :exec
-- for: desk migrate
-- in:  officer_id int, password_hash text, must_change bool, temp_until time?
INSERT INTO officer_secret (officer_id, password_hash, must_change, temp_until) VALUES (?, ?, ?, ?)
ON DUPLICATE KEY UPDATE password_hash = VALUES(password_hash), must_change = VALUES(must_change),
  temp_until = VALUES(temp_until), failures = 0, wait_until = NULL;

-- query: officer_role_add :exec
-- for: desk migrate
-- in:  officer_id int, role text
INSERT INTO officer_role (officer_id, role) VALUES (?, ?);

-- query: officer_list :many
-- for: desk migrate
-- out: id int, login text, name text, active bool, unit_name text, roles text
SELECT o.id, o.login, o.name, o.active, u.name,
       COALESCE((SELECT GROUP_CONCAT(r.role ORDER BY r.role SEPARATOR ' ') FROM officer_role r WHERE r.officer_id = o.id), '')
  FROM officer o JOIN unit u ON u.id = o.unit_id ORDER BY o.id;

-- query: officer_by_login :one
-- for: desk migrate
-- in:  login text
-- out: id int, name text, unit_id int, active bool, password_hash text, failures int, wait_until time?, must_change bool, temp_until time?
SELECT o.id, o.name, o.unit_id, o.active, s.password_hash, s.failures, s.wait_until, s.must_change, s.temp_until
  FROM officer o JOIN officer_secret s ON s.officer_id = o.id WHERE o.login = ?;

-- lent: a line "id role last-day name" for each role that is somebody else's, on that day.
-- query: officer_by_id :one
-- for: desk migrate
-- in:  today date, id int
-- out: id int, login text, name text, unit_id int, unit_name text, active bool, roles text, lent text
SELECT o.id, o.login, o.name, o.unit_id, u.name, o.active,
       COALESCE((SELECT GROUP_CONCAT(r.role SEPARATOR ' ') FROM officer_role r WHERE r.officer_id = o.id), ''),
       COALESCE((SELECT GROUP_CONCAT(CONCAT_WS(' ', l.officer_id, l.role, l.to_on, l.name) ORDER BY l.officer_id SEPARATOR '\n')
                   FROM lent_role l WHERE l.stand_in_id = o.id AND ? BETWEEN l.from_on AND l.to_on), '')
  FROM officer o JOIN unit u ON u.id = o.unit_id WHERE o.id = ?;

-- query: officer_sessions_end :exec
-- for: desk migrate
-- in:  officer_id int
DELETE FROM session WHERE officer_id = ?;

-- query: officer_count :one
-- for: migrate
-- out: n int
SELECT COUNT(*) FROM officer;

-- query: login_failed :exec
-- for: desk
-- in:  forget_before time, wait_until time, officer_id int
UPDATE officer_secret SET failures = IF(wait_until < ?, 0, failures) + 1, wait_until = ? WHERE officer_id = ?;

-- query: login_tries :one
-- for: desk
-- in:  name_hash blob
-- out: failures int, wait_until time
SELECT failures, wait_until FROM login_try WHERE name_hash = ?;

-- query: login_tried :exec
-- for: desk
-- in:  name_hash blob, wait_until time, forget_before time
INSERT INTO login_try (name_hash, failures, wait_until) VALUES (?, 1, ?)
ON DUPLICATE KEY UPDATE failures = IF(wait_until < ?, 0, failures) + 1, wait_until = VALUES(wait_until);

-- query: login_sweep :exec
-- for: slad
-- in:  before time
DELETE FROM login_try WHERE wait_until < ?;

-- query: login_ok :exec
-- for: desk
-- in:  now time, fresh_hash text?, officer_id int
UPDATE officer_secret SET failures = 0, wait_until = NULL, last_login_at = ?, password_hash = COALESCE(?, password_hash)
 WHERE officer_id = ?;

-- query: session_put :exec
-- for: desk
-- in:  id_hash blob, officer_id int, created_at time, seen_at time
INSERT INTO session (id_hash, officer_id, created_at, seen_at) VALUES (?, ?, ?, ?);

-- query: session_get :one
-- for: desk
-- in:  today date, id_hash blob
-- out: officer_id int, created_at time, seen_at time, login text, name text, unit_id int, unit_name text, roles text, lent text, last_login_at time?, must_change bool
SELECT s.officer_id, s.created_at, s.seen_at, o.login, o.name, o.unit_id, u.name,
       COALESCE((SELECT GROUP_CONCAT(r.role SEPARATOR ' ') FROM officer_role r WHERE r.officer_id = o.id), ''),
       COALESCE((SELECT GROUP_CONCAT(CONCAT_WS(' ', l.officer_id, l.role, l.to_on, l.name) ORDER BY l.officer_id SEPARATOR '\n')
                   FROM lent_role l WHERE l.stand_in_id = o.id AND ? BETWEEN l.from_on AND l.to_on), ''),
       c.last_login_at, COALESCE(c.must_change, FALSE)
  FROM session s JOIN officer o ON o.id = s.officer_id JOIN unit u ON u.id = o.unit_id
  LEFT JOIN officer_secret c ON c.officer_id = o.id
 WHERE s.id_hash = ? AND o.active;

-- query: session_touch :exec
-- for: desk
-- in:  now time, id_hash blob
UPDATE session SET seen_at = ? WHERE id_hash = ?;

-- query: session_delete :exec
-- for: desk
-- in:  id_hash blob
DELETE FROM session WHERE id_hash = ?;

-- query: session_sweep :exec
-- for: slad
-- in:  seen_before time
DELETE FROM session WHERE seen_at < ?;
