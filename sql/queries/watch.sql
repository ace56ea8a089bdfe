-- Lists of supervision. What is late or due soon goes by the lists of the desk (lists.sql); these are the others. Columns and pages
-- as there; none that the viewer must keep away from. watched: open letters that have a sign, were pressed, or are in a later round.

-- mask: signs, one of which a letter must have; or it is in round round_from or later, or was pressed pressed_from or harder.
-- query: watch_marked :many
-- for: desk paperd
-- in:  mask int, round_from int, pressed_from int, pressed int?, unit_id int?, desks text, states text, type text?, received_from date, received_to date, topic_from int, topic_to int, handler_id int?, kept_unit int, kept_officer int, due_from date, due_to date, due_from_again date, after_id int, limit_n int
-- out: id int, no text, type text, state text, pub_state text, title text, unit_name text?, received_on date, due_on date?, due_provisional bool, sort_due date?, version int, channel text, handler_name text?, desk text?, marks int
SELECT t.id, t.no, t.type, t.state, t.pub_state, t.title, u.short_name, t.received_on, t.due_on, t.due_provisional, t.sort_due,
       t.version, t.channel, o.name, t.desk, t.marks
  FROM ticket t FORCE INDEX (ticket_watched) LEFT JOIN unit u ON u.id = t.unit_id LEFT JOIN officer o ON o.id = t.handler_id
 WHERE t.watched = 1 AND ((t.signs & ?) > 0 OR t.round >= ? OR t.pressed >= ?) AND t.pressed = COALESCE(?, t.pressed)
   AND COALESCE(t.unit_id, 0) = COALESCE(?, t.unit_id, 0) AND FIND_IN_SET(t.desk, ?) > 0 AND FIND_IN_SET(t.state, ?) > 0
   AND t.type = COALESCE(?, t.type) AND t.received_on BETWEEN ? AND ? AND COALESCE(t.topic_id, 0) BETWEEN ? AND ?
   AND COALESCE(t.handler_id, 0) = COALESCE(?, t.handler_id, 0)
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
   AND t.sort_due BETWEEN ? AND ? AND (t.sort_due > ? OR t.id > ?)
 ORDER BY t.sort_due, t.id LIMIT ?;

-- Letters that nobody has pressed: most are, so that their days due lead there quickly enough.
-- query: watch_unpressed :many
-- for: desk paperd
-- in:  unit_id int?, desks text, states text, type text?, received_from date, received_to date, topic_from int, topic_to int, handler_id int?, kept_unit int, kept_officer int, due_from date, due_to date, due_from_again date, after_id int, limit_n int
-- out: id int, no text, type text, state text, pub_state text, title text, unit_name text?, received_on date, due_on date?, due_provisional bool, sort_due date?, version int, channel text, handler_name text?, desk text?, marks int
SELECT t.id, t.no, t.type, t.state, t.pub_state, t.title, u.short_name, t.received_on, t.due_on, t.due_provisional, t.sort_due,
       t.version, t.channel, o.name, t.desk, t.marks
  FROM ticket t FORCE INDEX (ticket_open) LEFT JOIN unit u ON u.id = t.unit_id LEFT JOIN officer o ON o.id = t.handler_id
 WHERE t.open = 1 AND t.pressed = 0
   AND COALESCE(t.unit_id, 0) = COALESCE(?, t.unit_id, 0) AND FIND_IN_SET(t.desk, ?) > 0 AND FIND_IN_SET(t.state, ?) > 0
   AND t.type = COALESCE(?, t.type) AND t.received_on BETWEEN ? AND ? AND COALESCE(t.topic_id, 0) BETWEEN ? AND ?
   AND COALESCE(t.handler_id, 0) = COALESCE(?, t.handler_id, 0)
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
   AND t.sort_due BETWEEN ? AND ? AND (t.sort_due > ? OR t.id > ?)
 ORDER BY t.sort_due, t.id LIMIT ?;

-- Letters in which nothing has moved, the longest first; sort_due is the day since when.
-- query: watch_still :many
-- for: desk paperd
-- in:  pressed int?, unit_id int?, desks text, states text, type text?, received_from date, received_to date, topic_from int, topic_to int, handler_id int?, due_from date, due_to date, kept_unit int, kept_officer int, since_from date, since_to date, since_from_again date, after_id int, limit_n int
-- out: id int, no text, type text, state text, pub_state text, title text, unit_name text?, received_on date, due_on date?, due_provisional bool, sort_due date?, version int, channel text, handler_name text?, desk text?, marks int
SELECT t.id, t.no, t.type, t.state, t.pub_state, t.title, u.short_name, t.received_on, t.due_on, t.due_provisional, t.still_since,
       t.version, t.channel, o.name, t.desk, t.marks
  FROM ticket t FORCE INDEX (ticket_still) LEFT JOIN unit u ON u.id = t.unit_id LEFT JOIN officer o ON o.id = t.handler_id
 WHERE t.open = 1 AND t.pressed = COALESCE(?, t.pressed)
   AND COALESCE(t.unit_id, 0) = COALESCE(?, t.unit_id, 0) AND FIND_IN_SET(t.desk, ?) > 0 AND FIND_IN_SET(t.state, ?) > 0
   AND t.type = COALESCE(?, t.type) AND t.received_on BETWEEN ? AND ? AND COALESCE(t.topic_id, 0) BETWEEN ? AND ?
   AND COALESCE(t.handler_id, 0) = COALESCE(?, t.handler_id, 0) AND t.sort_due BETWEEN ? AND ?
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
   AND t.still_since BETWEEN ? AND ? AND (t.still_since > ? OR t.id > ?)
 ORDER BY t.still_since, t.id LIMIT ?;

-- The open letters that the system asked itself: one a week at most, and answered soon.
-- query: simulated_open :many
-- for: desk paperd
-- out: ticket_id int
SELECT t.id FROM simulation s JOIN ticket t ON t.no = s.no WHERE t.open = 1 ORDER BY s.id DESC LIMIT 100;

-- What the rows of a list say besides. ids: JSON, [1,2].
-- query: watch_more :many
-- for: desk paperd
-- in:  ids text
-- out: ticket_id int, simulated bool, round int, signs int, still_since date?, reminds int, urges int, orders int, circulars int, last_at time?, feedback text?, feedback_at time?, nudged_at time?, merged_n int, asked_n int, order_id int, order_state text?, order_due date?, last_action text?
SELECT STRAIGHT_JOIN t.id, t.simulated, t.round, t.signs + 0, t.still_since,
       (SELECT COUNT(*) FROM supervision s WHERE s.ticket_id = t.id AND s.level = 'remind'),
       (SELECT COUNT(*) FROM supervision s WHERE s.ticket_id = t.id AND s.level = 'urge'),
       (SELECT COUNT(*) FROM supervision s WHERE s.ticket_id = t.id AND s.level = 'supervise'),
       (SELECT COUNT(*) FROM supervision s WHERE s.ticket_id = t.id AND s.level = 'circular'),
       (SELECT MAX(s.at) FROM supervision s WHERE s.ticket_id = t.id),
       (SELECT LEFT(s.feedback, 80) FROM supervision s WHERE s.ticket_id = t.id AND s.feedback IS NOT NULL ORDER BY s.id DESC LIMIT 1),
       (SELECT MAX(s.feedback_at) FROM supervision s WHERE s.ticket_id = t.id),
       (SELECT MAX(n.at) FROM nudge n WHERE n.ticket_id = t.id),
       (SELECT COUNT(*) FROM ticket m WHERE m.master_id = t.id),
       (SELECT COUNT(*) FROM follow_up f WHERE f.ticket_id = t.id),
       COALESCE(d.id, 0), d.state, d.due_on,
       (SELECT h.action FROM history h WHERE h.ticket_id = t.id AND h.action NOT IN ('nudge','remind','urge','supervise','circularise',
          'receive_order','feedback','accept_feedback','return_feedback','instruct','lift_recusal') ORDER BY h.version DESC LIMIT 1)
  FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j JOIN ticket t ON t.id = j.id
  LEFT JOIN supervision_order d ON d.ticket_id = t.id AND d.open = 1;

-- How many are in each list, of one unit or of all; where counting would go on, 1,000 is as many as is said, and of the letters with
-- a sign the first 2,000 are counted (seen). What the viewer must keep away from, and what the system asked itself, is taken off
-- afterwards (watch_counts_kept).
-- query: watch_counts :one
-- for: desk
-- in:  today date, unit_id int?, soon_from date, soon_to date, unit_again int?, still_to date, unit_third int?, unit_fourth int?
-- out: late int, soon int, still int, reopened int, repeated int, leader int, pressed int, seen int
SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM ticket t FORCE INDEX (ticket_open) WHERE t.open = 1 AND t.sort_due < ?
          AND t.state NOT IN ('suspended','submitted_up') AND COALESCE(t.unit_id, 0) = COALESCE(?, t.unit_id, 0) LIMIT 1000) k),
       (SELECT COUNT(*) FROM (SELECT 1 FROM ticket t FORCE INDEX (ticket_open) WHERE t.open = 1 AND t.sort_due BETWEEN ? AND ?
          AND t.state NOT IN ('suspended','submitted_up') AND COALESCE(t.unit_id, 0) = COALESCE(?, t.unit_id, 0) LIMIT 1000) k),
       (SELECT COUNT(*) FROM (SELECT 1 FROM ticket t FORCE INDEX (ticket_still) WHERE t.open = 1 AND t.still_since <= ?
          AND t.state NOT IN ('suspended','supplement') AND COALESCE(t.unit_id, 0) = COALESCE(?, t.unit_id, 0) LIMIT 1000) k),
       COALESCE(SUM(w.round > 1), 0), COALESCE(SUM((w.signs & 15) > 0), 0), COALESCE(SUM((w.signs & 16) > 0), 0), COALESCE(SUM(w.pressed > 0), 0), COUNT(*)
  FROM (SELECT t.round, t.signs, t.pressed FROM ticket t FORCE INDEX (ticket_watched)
         WHERE t.watched = 1 AND COALESCE(t.unit_id, 0) = COALESCE(?, t.unit_id, 0) LIMIT 2000) w;

-- query: watch_counts_kept :one
-- for: desk
-- in:  today date, soon_from date, soon_to date, still_to date, kept_unit int, kept_officer int, unit_id int?
-- out: late int, soon int, still int, reopened int, repeated int, leader int, pressed int
SELECT COALESCE(SUM(t.sort_due < ? AND t.state NOT IN ('suspended','submitted_up')), 0),
       COALESCE(SUM(t.sort_due BETWEEN ? AND ? AND t.state NOT IN ('suspended','submitted_up')), 0),
       COALESCE(SUM(t.still_since <= ? AND t.state NOT IN ('suspended','supplement')), 0),
       COALESCE(SUM(t.round > 1), 0), COALESCE(SUM((t.signs & 15) > 0), 0), COALESCE(SUM((t.signs & 16) > 0), 0), COALESCE(SUM(t.pressed > 0), 0)
  FROM (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?)
        UNION SELECT n.id FROM simulation s JOIN ticket n ON n.no = s.no WHERE n.open = 1) k
  JOIN ticket t ON t.id = k.ticket_id WHERE t.open = 1 AND COALESCE(t.unit_id, 0) = COALESCE(?, t.unit_id, 0);

-- Every unit that takes letters: what is open there now, without simulated letters. Each sum is worked out once (LIMIT), not again for every unit.
-- query: watch_units :many
-- for: desk
-- in:  today date, soon_from date, soon_to date, still_to date
-- out: id int, code text, name text, responsible text?, open_n int, late int, soon int, still int, reopened int, repeated int
SELECT u.id, u.code, u.name,
       (SELECT d.name FROM unit_duty d WHERE d.unit_id = u.id AND d.duty = 'responsible' AND d.undone_at IS NULL AND d.to_on IS NULL ORDER BY d.from_on DESC LIMIT 1),
       COALESCE(k.n, 0), COALESCE(k.late, 0), COALESCE(k.soon, 0), COALESCE(v.still, 0), COALESCE(w.reopened, 0), COALESCE(w.repeated, 0)
  FROM unit u
  LEFT JOIN (SELECT t.unit_id, COUNT(*) AS n, SUM(t.sort_due < ? AND t.state NOT IN ('suspended','submitted_up')) AS late,
                    SUM(t.sort_due BETWEEN ? AND ? AND t.state NOT IN ('suspended','submitted_up')) AS soon
               FROM ticket t FORCE INDEX (ticket_open) WHERE t.open = 1 AND t.unit_id IS NOT NULL
                AND t.id NOT IN (SELECT n.id FROM simulation s JOIN ticket n ON n.no = s.no WHERE n.open = 1)
              GROUP BY t.unit_id LIMIT 1000) k ON k.unit_id = u.id
  LEFT JOIN (SELECT t.unit_id, COUNT(*) AS still FROM ticket t FORCE INDEX (ticket_still)
              WHERE t.open = 1 AND t.still_since <= ? AND t.state NOT IN ('suspended','supplement') AND t.unit_id IS NOT NULL
                AND t.id NOT IN (SELECT n.id FROM simulation s JOIN ticket n ON n.no = s.no WHERE n.open = 1)
              GROUP BY t.unit_id LIMIT 1000) v ON v.unit_id = u.id
  LEFT JOIN (SELECT t.unit_id, SUM(t.round > 1) AS reopened, SUM((t.signs & 15) > 0) AS repeated
               FROM ticket t FORCE INDEX (ticket_watched) WHERE t.watched = 1
                AND t.id NOT IN (SELECT n.id FROM simulation s JOIN ticket n ON n.no = s.no WHERE n.open = 1)
              GROUP BY t.unit_id LIMIT 1000) w ON w.unit_id = u.id
 WHERE u.takes_letters AND u.active ORDER BY u.sort_order, u.id;

-- What was done to every unit since a day: steps of supervision, circulars, talks.
-- query: watch_pressed_units :many
-- for: desk
-- in:  since time, since_again time, since_third time, since_day date
-- out: unit_id int, what text, n int
SELECT s.unit_id, s.level, COUNT(*) FROM supervision s WHERE s.unit_id IS NOT NULL AND s.at >= ? GROUP BY s.unit_id, s.level
UNION ALL
SELECT d.unit_id, 'order_open', COUNT(*) FROM supervision_order d WHERE d.open = 1 GROUP BY d.unit_id
UNION ALL
SELECT d.unit_id, 'order', COUNT(*) FROM supervision_order d WHERE d.issued_at >= ? GROUP BY d.unit_id
UNION ALL
SELECT c.unit_id, IF(c.previous_id IS NULL, 'issued', 'second'), COUNT(*) FROM circular_unit c JOIN circular k ON k.id = c.circular_id
 WHERE k.state = 'issued' AND k.issued_at >= ? GROUP BY c.unit_id, c.previous_id IS NULL
UNION ALL
SELECT k.unit_id, 'talk', COUNT(*) FROM talk k WHERE k.held_on >= ? GROUP BY k.unit_id;

-- The people of a unit who handle letters: how many each has.
-- query: watch_people :many
-- for: desk
-- in:  today date, unit_id int, still_to date, unit_again int, unit_third int
-- out: login text, name text, active bool, open_n int, late int, still int
SELECT o.login, o.name, o.active, COALESCE(k.n, 0), COALESCE(k.late, 0), COALESCE(v.still, 0)
  FROM officer o
  LEFT JOIN (SELECT t.handler_id, COUNT(*) AS n, SUM(t.sort_due < ? AND t.state NOT IN ('suspended','submitted_up')) AS late
               FROM ticket t FORCE INDEX (ticket_unit_open) WHERE t.unit_id = ? AND t.open = 1
                AND t.id NOT IN (SELECT n.id FROM simulation s JOIN ticket n ON n.no = s.no WHERE n.open = 1)
              GROUP BY t.handler_id LIMIT 1000) k ON k.handler_id = o.id
  LEFT JOIN (SELECT t.handler_id, COUNT(*) AS still FROM ticket t FORCE INDEX (ticket_still)
              WHERE t.open = 1 AND t.still_since <= ? AND t.unit_id = ? AND t.state NOT IN ('suspended','supplement')
                AND t.id NOT IN (SELECT n.id FROM simulation s JOIN ticket n ON n.no = s.no WHERE n.open = 1)
              GROUP BY t.handler_id LIMIT 1000) v ON v.handler_id = o.id
 WHERE o.unit_id = ? AND (COALESCE(k.n, 0) > 0 OR (o.active AND EXISTS (SELECT 1 FROM officer_role r WHERE r.officer_id = o.id AND r.role IN ('handler','liaison'))))
 ORDER BY COALESCE(k.late, 0) DESC, COALESCE(k.n, 0) DESC, o.id LIMIT 100;

-- Answers of one person: what came of them. Without those to simulated letters, as in the figures.
-- query: watch_person :one
-- for: desk
-- in:  since time, since_again time, since_third time, login text
-- out: id int, name text, unit_id int, unit_code text, unit_name text, active bool, answered int, late_answered int, returned int
SELECT o.id, o.name, o.unit_id, u.code, u.name, o.active,
       (SELECT COUNT(*) FROM reply r JOIN ticket t ON t.id = r.ticket_id WHERE r.author_id = o.id AND r.kind = 'final' AND r.state = 'approved'
          AND NOT t.simulated AND r.approved_at >= ?),
       (SELECT COUNT(*) FROM reply r JOIN ticket t ON t.id = r.ticket_id WHERE r.author_id = o.id AND r.kind = 'final' AND r.state = 'approved'
          AND NOT t.simulated AND r.round = 1 AND r.approved_at >= ? AND t.first_due_on < DATE(r.approved_at + INTERVAL 8 HOUR)),
       (SELECT COUNT(*) FROM review v JOIN reply r ON r.id = v.reply_id JOIN ticket t ON t.id = r.ticket_id
         WHERE r.author_id = o.id AND v.decision = 'returned' AND NOT t.simulated AND v.at >= ?)
  FROM officer o JOIN unit u ON u.id = o.unit_id WHERE o.login = ?;

-- query: watch_unit :one
-- for: desk
-- in:  code text
-- out: id int, code text, name text, takes_letters bool
SELECT id, code, name, takes_letters FROM unit WHERE code = ?;
