-- Units, people, leave and hand-over as the administrators see and change them; the trail of it.

-- query: unit_tree :many
-- for: desk
-- in:  today date, today_again date
-- out: id int, parent_id int, code text, name text, kind text, takes_letters bool, active bool, open_n int, people_n int, leader text?, responsible text?
SELECT u.id, COALESCE(u.parent_id, 0), u.code, u.name, u.kind, u.takes_letters, u.active,
       (SELECT COUNT(*) FROM ticket t WHERE t.unit_id = u.id AND t.open = 1),
       (SELECT COUNT(*) FROM officer o WHERE o.unit_id = u.id AND o.active),
       (SELECT d.name FROM unit_duty d WHERE d.unit_id = u.id AND d.duty = 'leader' AND d.undone_at IS NULL AND d.from_on <= ?
         ORDER BY d.from_on DESC, d.id DESC LIMIT 1),
       (SELECT d.name FROM unit_duty d WHERE d.unit_id = u.id AND d.duty = 'responsible' AND d.undone_at IS NULL AND d.from_on <= ?
         ORDER BY d.from_on DESC, d.id DESC LIMIT 1)
  FROM unit u ORDER BY u.sort_order, u.id;

-- query: unit_full :one
-- for: desk
-- in:  code text
-- out: id int, parent_id int, code text, name text, short_name text, kind text, sort_order int, takes_letters bool, active bool, duties text, hours text, phone text, address text, contact text
SELECT u.id, COALESCE(u.parent_id, 0), u.code, u.name, u.short_name, u.kind, u.sort_order, u.takes_letters, u.active,
       COALESCE(c.duties, ''), COALESCE(c.hours, ''), COALESCE(c.phone, ''), COALESCE(c.address, ''), COALESCE(c.contact, '')
  FROM unit u LEFT JOIN unit_card c ON c.unit_id = u.id WHERE u.code = ?;

-- query: unit_lock :one
-- for: desk migrate
-- in:  code text
-- out: id int, parent_id int, name text, active bool
SELECT id, COALESCE(parent_id, 0), name, active FROM unit WHERE code = ? FOR UPDATE;

-- query: unit_parent :one
-- for: desk migrate
-- in:  id int
-- out: parent_id int
SELECT COALESCE(parent_id, 0) FROM unit WHERE id = ?;

-- query: unit_change :exec
-- for: desk migrate
-- in:  parent_id int?, code text, name text, short_name text, kind text, sort_order int, takes_letters bool, id int
UPDATE unit SET parent_id = ?, code = ?, name = ?, short_name = ?, kind = ?, sort_order = ?, takes_letters = ? WHERE id = ?;

-- query: unit_active :exec
-- for: desk migrate
-- in:  active bool, id int
UPDATE unit SET active = ? WHERE id = ?;

-- Open letters in which a unit has a part.
-- query: unit_open :many
-- for: desk migrate
-- in:  unit_id int, unit_again int, limit_n int
-- out: no text, title text, state text, co bool
SELECT x.no, x.title, x.state, x.co FROM (
  SELECT t.id, t.no, t.title, t.state, FALSE AS co FROM ticket t
   WHERE t.unit_id = ? AND t.open = 1
  UNION ALL
  SELECT t.id, t.no, t.title, t.state, TRUE FROM assignment a JOIN ticket t ON t.id = a.ticket_id
   WHERE a.unit_id = ? AND a.role = 'co' AND a.ended_at IS NULL
     AND t.open = 1) x
 ORDER BY x.co, x.id LIMIT ?;

-- query: duty_of :many
-- for: desk migrate
-- in:  unit_id int
-- out: id int, duty text, name text, post text, phone text, from_on date, to_on date?, file_by date?, why_short text, filed_on date?, filed_as text
SELECT id, duty, name, post, phone, from_on, to_on, file_by, why_short, filed_on, filed_as FROM unit_duty
 WHERE unit_id = ? AND undone_at IS NULL ORDER BY duty, from_on DESC, id DESC;

-- query: duty_to_file :many
-- for: desk
-- out: code text, unit_name text, name text, from_on date, file_by date?
SELECT u.code, u.name, d.name, d.from_on, d.file_by FROM unit_duty d JOIN unit u ON u.id = d.unit_id
 WHERE d.filed_on IS NULL AND d.file_by IS NOT NULL AND d.undone_at IS NULL ORDER BY d.file_by, d.id;

-- The list to be filed: who answers for what now and who will.
-- query: duty_list :many
-- for: desk
-- in:  today date
-- out: unit_name text, duty text, name text, post text, phone text, from_on date, to_on date?, file_by date?, filed_on date?, filed_as text
SELECT u.name, d.duty, d.name, d.post, d.phone, d.from_on, d.to_on, d.file_by, d.filed_on, d.filed_as
  FROM unit_duty d JOIN unit u ON u.id = d.unit_id
 WHERE d.undone_at IS NULL AND u.active AND COALESCE(d.to_on, DATE '9999-12-31') >= ? ORDER BY u.sort_order, u.id, d.duty, d.from_on;

-- query: duty_add :insert
-- for: desk migrate
-- in:  unit_id int, duty text, name text, post text, phone text, from_on date, file_by date?, why_short text, made_by int, now time
INSERT INTO unit_duty (unit_id, duty, name, post, phone, from_on, file_by, why_short, made_by, made_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULLIF(?, 0), ?);

-- query: duty_until :exec
-- for: desk migrate
-- in:  to_on date?, id int
UPDATE unit_duty SET to_on = ? WHERE id = ?;

-- query: duty_filed :exec
-- for: desk migrate
-- in:  filed_on date, filed_as text, id int
UPDATE unit_duty SET filed_on = ?, filed_as = ? WHERE id = ? AND filed_on IS NULL AND undone_at IS NULL;

-- query: duty_undo :exec
-- for: desk
-- in:  now time, id int
UPDATE unit_duty SET undone_at = ? WHERE id = ? AND undone_at IS NULL;

-- query: people_list :many
-- for: desk
-- in:  today date, unit_id int?, unit_again int?, role text?, role_again text?, state text?, state_again text?, words text?, words_again text?, after_id int, limit_n int
-- out: id int, login text, name text, unit_name text, active bool, roles text, last_login_at time?, open_n int, away_to date?, stand_in text?
SELECT o.id, o.login, o.name, u.short_name, o.active,
       COALESCE((SELECT GROUP_CONCAT(r.role SEPARATOR ' ') FROM officer_role r WHERE r.officer_id = o.id), ''), c.last_login_at,
       (SELECT COUNT(*) FROM ticket t WHERE t.handler_id = o.id AND t.open = 1), a.to_on, s.name
  FROM officer o JOIN unit u ON u.id = o.unit_id LEFT JOIN officer_secret c ON c.officer_id = o.id
  LEFT JOIN absence a ON a.officer_id = o.id AND a.ended_at IS NULL AND ? BETWEEN a.from_on AND a.to_on
  LEFT JOIN officer s ON s.id = a.stand_in_id
 WHERE (? IS NULL OR o.unit_id = ?)
   AND (? IS NULL OR EXISTS (SELECT 1 FROM officer_role r WHERE r.officer_id = o.id AND r.role = ?))
   AND (? IS NULL OR (CASE WHEN NOT o.active THEN 'off' WHEN a.id IS NOT NULL THEN 'away' ELSE 'on' END) = ?)
   AND (? IS NULL OR INSTR(CONCAT(o.login, ' ', o.name), ?) > 0)
   AND o.id > ? ORDER BY o.id LIMIT ?;

-- query: officer_full :one
-- for: desk migrate
-- in:  today date, login text
-- out: id int, login text, name text, unit_id int, unit_code text, unit_name text, active bool, mail text?, created_at time, roles text, lent text, last_login_at time?, must_change bool, temp_until time?, sessions int, open_n int
SELECT o.id, o.login, o.name, o.unit_id, u.code, u.name, o.active, o.mail, o.created_at,
       COALESCE((SELECT GROUP_CONCAT(r.role SEPARATOR ' ') FROM officer_role r WHERE r.officer_id = o.id), ''),
       COALESCE((SELECT GROUP_CONCAT(CONCAT_WS(' ', l.officer_id, l.role, l.to_on, l.name) ORDER BY l.officer_id SEPARATOR '\n')
                   FROM lent_role l WHERE l.stand_in_id = o.id AND ? BETWEEN l.from_on AND l.to_on), ''),
       c.last_login_at, COALESCE(c.must_change, FALSE), c.temp_until,
       (SELECT COUNT(*) FROM session s WHERE s.officer_id = o.id),
       (SELECT COUNT(*) FROM ticket t WHERE t.open = 1
         AND (t.handler_id = o.id OR EXISTS (SELECT 1 FROM reply r WHERE r.ticket_id = t.id AND r.author_id = o.id
              AND r.state IN ('draft','returned') AND r.unit_id = t.unit_id AND r.round = t.round)))
  FROM officer o JOIN unit u ON u.id = o.unit_id LEFT JOIN officer_secret c ON c.officer_id = o.id WHERE o.login = ?;

-- query: officer_lock :one
-- for: desk migrate
-- in:  login text
-- out: id int, login text, name text, unit_id int, active bool, mail text?
SELECT id, login, name, unit_id, active, mail FROM officer WHERE login = ? FOR UPDATE;

-- query: officer_roles :one
-- for: desk migrate
-- in:  officer_id int
-- out: roles text
SELECT COALESCE(GROUP_CONCAT(role SEPARATOR ' '), '') FROM officer_role WHERE officer_id = ?;

-- query: officer_change :exec
-- for: desk migrate
-- in:  name text, unit_id int, mail text?, id int
UPDATE officer SET name = ?, unit_id = ?, mail = ? WHERE id = ?;

-- query: officer_active :exec
-- for: desk migrate
-- in:  active bool, id int
UPDATE officer SET active = ? WHERE id = ?;

-- query: officer_roles_clear :exec
-- for: desk migrate
-- in:  officer_id int
DELETE FROM officer_role WHERE officer_id = ?;

-- The active holders of a role, locked: two that take it from each other at once wait for one another.
-- query: role_holders :many
-- for: desk migrate
-- in:  role text
-- out: id int
SELECT o.id FROM officer o JOIN officer_role r ON r.officer_id = o.id WHERE r.role = ? AND o.active ORDER BY o.id FOR UPDATE;

-- query: officer_hash :one
-- for: desk
-- in:  id int
-- out: password_hash text
SELECT password_hash FROM officer_secret WHERE officer_id = ?;

-- query: sessions_but :exec
-- for: desk
-- in:  officer_id int, id_hash blob
DELETE FROM session WHERE officer_id = ? AND id_hash <> ?;

-- Colleagues who draft answers, with how much each has.
-- query: unit_handlers :many
-- for: desk
-- in:  today date, unit_id int
-- out: id int, login text, name text, open_n int, away_to date?, stand_in text?
SELECT o.id, o.login, o.name,
       (SELECT COUNT(*) FROM ticket t WHERE t.handler_id = o.id AND t.open = 1), a.to_on, s.name
  FROM officer o JOIN officer_role r ON r.officer_id = o.id AND r.role = 'handler'
  LEFT JOIN absence a ON a.officer_id = o.id AND a.ended_at IS NULL AND ? BETWEEN a.from_on AND a.to_on
  LEFT JOIN officer s ON s.id = a.stand_in_id
 WHERE o.unit_id = ? AND o.active GROUP BY o.id ORDER BY o.id;

-- Whether somebody may be the handler of a unit's letter (ticket_id 0: of any).
-- query: unit_handler :one
-- for: desk migrate
-- in:  officer_id int, unit_id int, ticket_id int
-- out: name text
SELECT o.name FROM officer o WHERE o.id = ? AND o.unit_id = ? AND o.active
   AND EXISTS (SELECT 1 FROM officer_role r WHERE r.officer_id = o.id AND r.role = 'handler')
   AND NOT EXISTS (SELECT 1 FROM recusal x WHERE x.ticket_id = ? AND x.officer_id = o.id AND x.lifted_at IS NULL);

-- query: unit_colleagues :many
-- for: desk
-- in:  unit_id int, id int
-- out: id int, name text, roles text
SELECT o.id, o.name, COALESCE((SELECT GROUP_CONCAT(r.role SEPARATOR ' ') FROM officer_role r WHERE r.officer_id = o.id), '')
  FROM officer o WHERE o.unit_id = ? AND o.active AND o.id <> ? ORDER BY o.id;

-- query: draft_pass :exec
-- for: desk migrate
-- in:  to_id int, ticket_id int, from_id int
UPDATE reply SET author_id = ? WHERE ticket_id = ? AND author_id = ? AND state IN ('draft','returned');

-- What a person leaves behind: open letters in their hands, or with a draft of theirs, by due day; but those that who asks
-- must keep away from (kept_unit, kept_officer; 0: nobody asks).
-- query: handover_list :many
-- for: desk migrate
-- in:  officer_id int, officer_again int, officer_third int, kept_unit int, kept_officer int, limit_n int
-- out: id int, no text, title text, state text, due_on date?, drafted bool
SELECT t.id, t.no, t.title, t.state, t.due_on,
       EXISTS (SELECT 1 FROM reply r WHERE r.ticket_id = t.id AND r.author_id = ? AND r.state IN ('draft','returned'))
  FROM ticket t
 WHERE t.open = 1
   AND (t.handler_id = ? OR EXISTS (SELECT 1 FROM reply r WHERE r.ticket_id = t.id AND r.author_id = ? AND r.state IN ('draft','returned')
        AND r.unit_id = t.unit_id AND r.round = t.round))
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
 ORDER BY COALESCE(t.due_on, DATE '9999-12-31'), t.id LIMIT ?;

-- Absences from a day on in which somebody is away or stands in.
-- query: absence_of :many
-- for: desk migrate
-- in:  today date, officer_id int, officer_again int
-- out: id int, officer_id int, name text, login text, stand_in_id int, stand_in text, from_on date, to_on date
SELECT a.id, a.officer_id, f.name, f.login, a.stand_in_id, s.name, a.from_on, a.to_on
  FROM absence a JOIN officer f ON f.id = a.officer_id JOIN officer s ON s.id = a.stand_in_id
 WHERE a.ended_at IS NULL AND a.to_on >= ? AND (a.officer_id = ? OR a.stand_in_id = ?) ORDER BY a.from_on, a.id;

-- query: absence_in :many
-- for: desk migrate
-- in:  to_on date, from_on date, officer_id int, officer_again int
-- out: id int, officer_id int, name text, stand_in_id int, stand_in text, from_on date, to_on date
SELECT a.id, a.officer_id, f.name, a.stand_in_id, s.name, a.from_on, a.to_on
  FROM absence a JOIN officer f ON f.id = a.officer_id JOIN officer s ON s.id = a.stand_in_id
 WHERE a.ended_at IS NULL AND a.from_on <= ? AND a.to_on >= ? AND (a.officer_id = ? OR a.stand_in_id = ?) ORDER BY a.id;

-- query: absence_add :insert
-- for: desk migrate
-- in:  officer_id int, stand_in_id int, from_on date, to_on date, made_by int, now time
INSERT INTO absence (officer_id, stand_in_id, from_on, to_on, made_by, made_at) VALUES (?, ?, ?, ?, NULLIF(?, 0), ?);

-- query: absence_end :exec
-- for: desk migrate
-- in:  now time, id int, officer_id int, today date
UPDATE absence SET ended_at = ? WHERE id = ? AND officer_id = ? AND ended_at IS NULL AND to_on >= ?;

-- query: absence_pass :exec
-- for: desk migrate
-- in:  to_id int, id int
UPDATE absence SET stand_in_id = ? WHERE id = ? AND ended_at IS NULL;

-- query: org_event_add :exec
-- for: desk migrate
-- in:  now time, kind text, by_id int, officer_id int, unit_id int, what text, reason text
INSERT INTO org_event (at, kind, by_id, officer_id, unit_id, what, reason) VALUES (?, ?, NULLIF(?, 0), NULLIF(?, 0), NULLIF(?, 0), ?, ?);

-- Newest first; kinds: a list by commas.
-- query: org_event_list :many
-- for: desk
-- in:  kinds text, person int?, person_again int?, person_third int?, from_at time, to_at time, before_id int, limit_n int
-- out: id int, at time, kind text, by_name text?, by_login text?, officer_name text?, officer_login text?, unit_name text?, what text, reason text
SELECT e.id, e.at, e.kind, b.name, b.login, o.name, o.login, u.name, e.what, e.reason
  FROM org_event e LEFT JOIN officer b ON b.id = e.by_id LEFT JOIN officer o ON o.id = e.officer_id LEFT JOIN unit u ON u.id = e.unit_id
 WHERE FIND_IN_SET(e.kind, ?) > 0 AND (? IS NULL OR e.by_id = ? OR e.officer_id = ?) AND e.at >= ? AND e.at < ? AND e.id < ?
 ORDER BY e.id DESC LIMIT ?;

-- query: org_event_officer :many
-- for: desk
-- in:  officer_id int, limit_n int
-- out: at time, kind text, by_name text?, what text, reason text
SELECT e.at, e.kind, b.name, e.what, e.reason FROM org_event e LEFT JOIN officer b ON b.id = e.by_id
 WHERE e.officer_id = ? AND e.kind NOT IN ('login','login_failed','logout') ORDER BY e.id DESC LIMIT ?;

-- query: org_event_unit :many
-- for: desk
-- in:  unit_id int, limit_n int
-- out: at time, kind text, by_name text?, what text, reason text
SELECT e.at, e.kind, b.name, e.what, e.reason FROM org_event e LEFT JOIN officer b ON b.id = e.by_id
 WHERE e.unit_id = ? AND e.officer_id IS NULL ORDER BY e.id DESC LIMIT ?;

-- query: reveal_list :many
-- for: desk
-- in:  person int?, person_again int?, from_at time, to_at time, before_id int, viewer_unit int, viewer int, limit_n int
-- out: id int, at time, by_name text?, by_login text?, no text, reason text
SELECT r.id, r.at, o.name, o.login, t.no, r.reason
  FROM reveal r JOIN ticket t ON t.id = r.ticket_id LEFT JOIN officer o ON o.id = r.officer_id
 WHERE r.purpose = 'view' AND (? IS NULL OR r.officer_id = ?) AND r.at >= ? AND r.at < ? AND r.id < ?
   AND r.ticket_id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
 ORDER BY r.id DESC LIMIT ?;

-- Letters a person may read, by state: all, those of the unit, those the unit helps with; never those they are kept from.
-- query: read_counts :many
-- for: desk
-- in:  any bool, own bool, unit_id int, co bool, unit_again int, unit_third int, unit_fourth int, officer_id int
-- out: state text, n int
SELECT t.state, COUNT(*) FROM ticket t
 WHERE (? OR (? AND t.unit_id = ?) OR (? AND COALESCE(t.unit_id, 0) <> ? AND EXISTS (SELECT 1 FROM assignment a
       WHERE a.ticket_id = t.id AND a.unit_id = ? AND a.role = 'co' AND a.ended_at IS NULL)))
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
 GROUP BY t.state;
