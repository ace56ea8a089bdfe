-- What the open pages show beside the letters (schema 0089). Letters themselves: public.sql.

-- Units that are at work and have something to tell, or of one code whether or not.
-- query: open_units :many
-- for: public
-- in:  code text?, code_again text?
-- out: id int, parent_id int, code text, name text, kind text, takes_letters bool, active bool, duties text, hours text, phone text, address text, contact text
SELECT u.id, COALESCE(u.parent_id, 0), u.code, u.name, u.kind, u.takes_letters, u.active, COALESCE(c.duties, ''), COALESCE(c.hours, ''),
       COALESCE(c.phone, ''), COALESCE(c.address, ''), COALESCE(c.contact, '')
  FROM unit u LEFT JOIN unit_card c ON c.unit_id = u.id
 WHERE (? IS NULL AND u.active AND (u.takes_letters OR c.unit_id IS NOT NULL)) OR u.code = ?
 ORDER BY u.sort_order, u.id;

-- The unit above it and those below it.
-- query: open_unit_kin :many
-- for: public
-- in:  unit_id int, unit_again int
-- out: code text, name text, above bool
SELECT k.code, k.name, k.id = COALESCE(u.parent_id, 0)
  FROM unit u JOIN unit k ON k.id = u.parent_id OR k.parent_id = u.id
  LEFT JOIN unit_card c ON c.unit_id = k.id
 WHERE u.id = ? AND k.id <> ? AND k.active AND (k.takes_letters OR c.unit_id IS NOT NULL)
 ORDER BY k.sort_order, k.id;

-- Who answers for it today; of several the one since later.
-- query: open_unit_duty :many
-- for: public
-- in:  unit_id int, today date, today_again date
-- out: duty text, name text, post text
SELECT duty, name, post FROM pub_duty
 WHERE unit_id = ? AND from_on <= ? AND (to_on IS NULL OR to_on >= ?) ORDER BY duty, from_on DESC;

-- How many promised days since one day, unit by unit.
-- query: commitment_counts :many
-- for: public
-- in:  today date, today_again date, since date
-- out: code text, name text, kept int, late int, replaced int, overdue int, ahead int
SELECT u.code, u.name, SUM(COALESCE(c.ended = 'kept', 0)), SUM(COALESCE(c.ended = 'late', 0)), SUM(COALESCE(c.ended = 'replaced', 0)),
       SUM(c.ended IS NULL AND c.promised_on < ?), SUM(c.ended IS NULL AND c.promised_on >= ?)
  FROM pub_commitment c STRAIGHT_JOIN unit u ON u.id = c.unit_id
 WHERE c.promised_on >= ?
 GROUP BY u.id, u.code, u.name, u.sort_order ORDER BY u.sort_order, u.id;

-- The same of one unit.
-- query: commitment_counts_unit :one
-- for: public
-- in:  today date, today_again date, unit_id int, since date
-- out: kept int, late int, replaced int, overdue int, ahead int
SELECT COALESCE(SUM(c.ended = 'kept'), 0), COALESCE(SUM(c.ended = 'late'), 0), COALESCE(SUM(c.ended = 'replaced'), 0),
       COALESCE(SUM(c.ended IS NULL AND c.promised_on < ?), 0), COALESCE(SUM(c.ended IS NULL AND c.promised_on >= ?), 0)
  FROM pub_commitment c WHERE c.unit_id = ? AND c.promised_on >= ?;

-- Those of published letters that are not ended, the nearest day first.
-- query: commitment_open :many
-- for: public
-- in:  limit_n int
-- out: pub_id int, title text, unit_code text, unit_name text, made_on date?, promised_on date
SELECT p.id, p.title, u.code, u.name, c.made_on, COALESCE(c.promised_on, c.made_on)
  FROM pub_commitment c STRAIGHT_JOIN open_letter p ON p.no = c.no STRAIGHT_JOIN unit u ON u.id = c.unit_id
 WHERE c.kept_on IS NULL AND c.ended IS NULL
 ORDER BY c.promised_on, c.id LIMIT ?;

-- query: commitment_open_unit :many
-- for: public
-- in:  unit_id int, limit_n int
-- out: pub_id int, title text, unit_code text, unit_name text, made_on date?, promised_on date
SELECT p.id, p.title, u.code, u.name, c.made_on, COALESCE(c.promised_on, c.made_on)
  FROM pub_commitment c STRAIGHT_JOIN open_letter p ON p.no = c.no STRAIGHT_JOIN unit u ON u.id = c.unit_id
 WHERE c.unit_id = ? AND c.kept_on IS NULL AND c.ended IS NULL
 ORDER BY c.promised_on, c.id LIMIT ?;

-- Those that are, the latest day first.
-- query: commitment_ended :many
-- for: public
-- in:  before_on date, before_again date, before_id int, limit_n int
-- out: id int, pub_id int, title text, unit_code text, unit_name text, made_on date?, promised_on date, kept_on date?, ended text
SELECT c.id, p.id, p.title, u.code, u.name, c.made_on, COALESCE(c.promised_on, c.made_on), c.kept_on, COALESCE(c.ended, '')
  FROM pub_commitment c STRAIGHT_JOIN open_letter p ON p.no = c.no STRAIGHT_JOIN unit u ON u.id = c.unit_id
 WHERE c.ended IS NOT NULL AND c.promised_on <= ? AND (c.promised_on < ? OR c.id < ?)
 ORDER BY c.promised_on DESC, c.id DESC LIMIT ?;

-- query: commitment_ended_unit :many
-- for: public
-- in:  unit_id int, before_on date, before_again date, before_id int, limit_n int
-- out: id int, pub_id int, title text, unit_code text, unit_name text, made_on date?, promised_on date, kept_on date?, ended text
SELECT c.id, p.id, p.title, u.code, u.name, c.made_on, COALESCE(c.promised_on, c.made_on), c.kept_on, COALESCE(c.ended, '')
  FROM pub_commitment c STRAIGHT_JOIN open_letter p ON p.no = c.no STRAIGHT_JOIN unit u ON u.id = c.unit_id
 WHERE c.unit_id = ? AND c.ended IS NOT NULL AND c.promised_on <= ? AND (c.promised_on < ? OR c.id < ?)
 ORDER BY c.promised_on DESC, c.id DESC LIMIT ?;

-- The latest addresses that are public no more.
-- query: open_gone :many
-- for: public
-- in:  limit_n int
-- out: id int, gone_at time
SELECT g.id, g.gone_at FROM pub_gone g LEFT JOIN open_letter p ON p.id = g.id
 WHERE p.id IS NULL ORDER BY g.gone_at DESC, g.id DESC LIMIT ?;

-- Whether this address was public and is no more.
-- query: open_was :one
-- for: public
-- in:  id int
-- out: gone_at time
SELECT gone_at FROM pub_gone WHERE id = ?;

-- What was taken down last: differs after each time something is.
-- query: open_gone_last :one
-- for: public
-- out: at time?, n int
SELECT MAX(g.gone_at), COUNT(*) FROM pub_gone g WHERE g.gone_at = (SELECT MAX(m.gone_at) FROM pub_gone m);

-- How many letters there are by year (2026) and month (202611), the latest first (0084: lens 32, no other filter).
-- query: open_periods :many
-- for: public
-- out: period int, n int
SELECT period, n FROM pub_count
 WHERE lens = 32 AND unit_id = 0 AND topic_id = 0 AND place_id = 0 AND type = '' AND result = '' AND n > 0 ORDER BY period DESC;

-- A long file takes one of two places, so that workers are left for people; given back with the connection at the latest.
-- query: open_file_place :one
-- for: public
-- out: place int?
SELECT CASE WHEN GET_LOCK(CONCAT(DATABASE(), '.open_file.1'), 0) = 1 THEN 1 WHEN GET_LOCK(CONCAT(DATABASE(), '.open_file.2'), 0) = 1 THEN 2 END;

-- query: open_file_leave :one
-- for: public
-- out: left_n int
SELECT RELEASE_ALL_LOCKS();
