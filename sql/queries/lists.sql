-- The lists at the desk. One query for each way through the letters, and each way has its index: a list reads the rows it shows
-- and no others but those that its further filters take out again. A filter that is NULL does not filter. Pages go by keyset:
-- due_from is the day of the last row shown, due_from_again the same, after_id its id (backwards for what has ended).
-- tests/sql/test_lists.py asks the database whether it still goes these ways.

-- Open letters of all units.
-- query: list_open :many
-- for: desk paperd
-- in:  states text, type text?, channel text?, received_from date, received_to date, topic_from int, topic_to int, kept_unit int, kept_officer int, handler_id int?, due_from date, due_to date, due_from_again date, after_id int, limit_n int
-- out: id int, no text, type text, state text, pub_state text, title text, unit_name text?, received_on date, due_on date?, due_provisional bool, sort_due date?, version int, channel text, handler_name text?, desk text?, marks int
SELECT t.id, t.no, t.type, t.state, t.pub_state, t.title, u.short_name, t.received_on, t.due_on, t.due_provisional, t.sort_due,
       t.version, t.channel, o.name, t.desk, t.marks
  FROM ticket t FORCE INDEX (ticket_open) LEFT JOIN unit u ON u.id = t.unit_id LEFT JOIN officer o ON o.id = t.handler_id
 WHERE t.open = 1
   AND FIND_IN_SET(t.state, ?) > 0
   AND t.type = COALESCE(?, t.type) AND t.channel = COALESCE(?, t.channel) AND t.received_on BETWEEN ? AND ?
   AND COALESCE(t.topic_id, 0) BETWEEN ? AND ?
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
   AND COALESCE(t.handler_id, 0) = COALESCE(?, t.handler_id, 0)
   AND t.sort_due BETWEEN ? AND ? AND (t.sort_due > ? OR t.id > ?)
 ORDER BY t.sort_due, t.id LIMIT ?;

-- Open letters of all units received within a few days: few enough to be sorted.
-- query: list_received :many
-- for: desk paperd
-- in:  desks text, states text, type text?, channel text?, received_from date, received_to date, topic_from int, topic_to int, kept_unit int, kept_officer int, handler_id int?, due_from date, due_to date, due_from_again date, after_id int, limit_n int
-- out: id int, no text, type text, state text, pub_state text, title text, unit_name text?, received_on date, due_on date?, due_provisional bool, sort_due date?, version int, channel text, handler_name text?, desk text?, marks int
SELECT t.id, t.no, t.type, t.state, t.pub_state, t.title, u.short_name, t.received_on, t.due_on, t.due_provisional, t.sort_due,
       t.version, t.channel, o.name, t.desk, t.marks
  FROM (SELECT t.id FROM ticket t FORCE INDEX (ticket_received_topic)
         WHERE t.open = 1 AND FIND_IN_SET(t.desk, ?) > 0 AND FIND_IN_SET(t.state, ?) > 0
           AND t.type = COALESCE(?, t.type) AND t.channel = COALESCE(?, t.channel) AND t.received_on BETWEEN ? AND ?
           AND COALESCE(t.topic_id, 0) BETWEEN ? AND ?
           AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
           AND COALESCE(t.handler_id, 0) = COALESCE(?, t.handler_id, 0)
           AND t.sort_due BETWEEN ? AND ? AND (t.sort_due > ? OR t.id > ?)
         ORDER BY t.sort_due, t.id LIMIT ?) k
  JOIN ticket t ON t.id = k.id LEFT JOIN unit u ON u.id = t.unit_id LEFT JOIN officer o ON o.id = t.handler_id
 ORDER BY t.sort_due, t.id;

-- Whether so many letters are about it that its list is found quicker along the due days than sorted.
-- query: topic_broad :one
-- for: desk paperd
-- in:  open int, topic_from int, topic_to int
-- out: broad bool
SELECT COUNT(*) = 3000 FROM (SELECT 1 FROM ticket FORCE INDEX (ticket_topic_open) WHERE open = ? AND topic_id BETWEEN ? AND ? LIMIT 3000) k;

-- Open letters about one topic, of all units: those of a topic are few enough to be sorted, and what is asked of them stands in the
-- index. A topic of the upper level and its own are neighbours there (schema 0060).
-- query: list_topic :many
-- for: desk paperd
-- in:  desks text, states text, type text?, channel text?, received_from date, received_to date, topic_from int, topic_to int, kept_unit int, kept_officer int, handler_id int?, due_from date, due_to date, due_from_again date, after_id int, limit_n int
-- out: id int, no text, type text, state text, pub_state text, title text, unit_name text?, received_on date, due_on date?, due_provisional bool, sort_due date?, version int, channel text, handler_name text?, desk text?, marks int
SELECT t.id, t.no, t.type, t.state, t.pub_state, t.title, u.short_name, t.received_on, t.due_on, t.due_provisional, t.sort_due,
       t.version, t.channel, o.name, t.desk, t.marks
  FROM (SELECT t.id FROM ticket t FORCE INDEX (ticket_topic_open)
         WHERE t.open = 1 AND FIND_IN_SET(t.desk, ?) > 0 AND FIND_IN_SET(t.state, ?) > 0
           AND t.type = COALESCE(?, t.type) AND t.channel = COALESCE(?, t.channel) AND t.received_on BETWEEN ? AND ?
           AND t.topic_id BETWEEN ? AND ?
           AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
           AND COALESCE(t.handler_id, 0) = COALESCE(?, t.handler_id, 0)
           AND t.sort_due BETWEEN ? AND ? AND (t.sort_due > ? OR t.id > ?)
         ORDER BY t.sort_due, t.id LIMIT ?) k
  JOIN ticket t ON t.id = k.id LEFT JOIN unit u ON u.id = t.unit_id LEFT JOIN officer o ON o.id = t.handler_id
 ORDER BY t.sort_due, t.id;

-- The same of what has ended.
-- query: list_topic_ended :many
-- for: desk paperd
-- in:  states text, type text?, channel text?, received_from date, received_to date, topic_from int, topic_to int, kept_unit int, kept_officer int, handler_id int?, due_from date, due_to date, due_to_again date, after_id int, limit_n int
-- out: id int, no text, type text, state text, pub_state text, title text, unit_name text?, received_on date, due_on date?, due_provisional bool, sort_due date?, version int, channel text, handler_name text?, desk text?, marks int
SELECT t.id, t.no, t.type, t.state, t.pub_state, t.title, u.short_name, t.received_on, t.due_on, t.due_provisional, t.sort_due,
       t.version, t.channel, o.name, t.desk, t.marks
  FROM (SELECT t.id FROM ticket t FORCE INDEX (ticket_topic_open)
         WHERE t.open = 0 AND FIND_IN_SET(t.state, ?) > 0
           AND t.type = COALESCE(?, t.type) AND t.channel = COALESCE(?, t.channel) AND t.received_on BETWEEN ? AND ?
           AND t.topic_id BETWEEN ? AND ?
           AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
           AND COALESCE(t.handler_id, 0) = COALESCE(?, t.handler_id, 0)
           AND t.sort_due BETWEEN ? AND ? AND (t.sort_due < ? OR t.id < ?)
         ORDER BY t.sort_due DESC, t.id DESC LIMIT ?) k
  JOIN ticket t ON t.id = k.id LEFT JOIN unit u ON u.id = t.unit_id LEFT JOIN officer o ON o.id = t.handler_id
 ORDER BY t.sort_due DESC, t.id DESC;

-- What lies at one desk, of all units.
-- query: list_desk :many
-- for: desk paperd
-- in:  desk text, states text, type text?, channel text?, received_from date, received_to date, topic_from int, topic_to int, kept_unit int, kept_officer int, handler_id int?, due_from date, due_to date, due_from_again date, after_id int, limit_n int
-- out: id int, no text, type text, state text, pub_state text, title text, unit_name text?, received_on date, due_on date?, due_provisional bool, sort_due date?, version int, channel text, handler_name text?, desk text?, marks int
SELECT t.id, t.no, t.type, t.state, t.pub_state, t.title, u.short_name, t.received_on, t.due_on, t.due_provisional, t.sort_due,
       t.version, t.channel, o.name, t.desk, t.marks
  FROM ticket t FORCE INDEX (ticket_desk) LEFT JOIN unit u ON u.id = t.unit_id LEFT JOIN officer o ON o.id = t.handler_id
 WHERE t.desk = ?
   AND FIND_IN_SET(t.state, ?) > 0
   AND t.type = COALESCE(?, t.type) AND t.channel = COALESCE(?, t.channel) AND t.received_on BETWEEN ? AND ?
   AND COALESCE(t.topic_id, 0) BETWEEN ? AND ?
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
   AND COALESCE(t.handler_id, 0) = COALESCE(?, t.handler_id, 0)
   AND t.sort_due BETWEEN ? AND ? AND (t.sort_due > ? OR t.id > ?)
 ORDER BY t.sort_due, t.id LIMIT ?;

-- Answered letters of one unit in which something waits for a decision: an addition to the answer.
-- query: list_unit_asks :many
-- for: desk paperd
-- in:  unit_id int, states text, type text?, channel text?, received_from date, received_to date, topic_from int, topic_to int, kept_unit int, kept_officer int, handler_id int?, due_from date, due_to date, due_from_again date, after_id int, limit_n int
-- out: id int, no text, type text, state text, pub_state text, title text, unit_name text?, received_on date, due_on date?, due_provisional bool, sort_due date?, version int, channel text, handler_name text?, desk text?, marks int
SELECT t.id, t.no, t.type, t.state, t.pub_state, t.title, u.short_name, t.received_on, t.due_on, t.due_provisional, t.sort_due,
       t.version, t.channel, o.name, t.desk, t.marks
  FROM ticket t FORCE INDEX (ticket_desk) LEFT JOIN unit u ON u.id = t.unit_id LEFT JOIN officer o ON o.id = t.handler_id
 WHERE t.desk = 'asks' AND t.open = 0 AND t.unit_id = ?
   AND FIND_IN_SET(t.state, ?) > 0
   AND t.type = COALESCE(?, t.type) AND t.channel = COALESCE(?, t.channel) AND t.received_on BETWEEN ? AND ?
   AND COALESCE(t.topic_id, 0) BETWEEN ? AND ?
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
   AND COALESCE(t.handler_id, 0) = COALESCE(?, t.handler_id, 0)
   AND t.sort_due BETWEEN ? AND ? AND (t.sort_due > ? OR t.id > ?)
 ORDER BY t.sort_due, t.id LIMIT ?;

-- Letters of all units in one state.
-- query: list_state :many
-- for: desk paperd
-- in:  state text, type text?, channel text?, received_from date, received_to date, topic_from int, topic_to int, kept_unit int, kept_officer int, handler_id int?, due_from date, due_to date, due_from_again date, after_id int, limit_n int
-- out: id int, no text, type text, state text, pub_state text, title text, unit_name text?, received_on date, due_on date?, due_provisional bool, sort_due date?, version int, channel text, handler_name text?, desk text?, marks int
SELECT t.id, t.no, t.type, t.state, t.pub_state, t.title, u.short_name, t.received_on, t.due_on, t.due_provisional, t.sort_due,
       t.version, t.channel, o.name, t.desk, t.marks
  FROM ticket t FORCE INDEX (ticket_state) LEFT JOIN unit u ON u.id = t.unit_id LEFT JOIN officer o ON o.id = t.handler_id
 WHERE t.state = ?
   AND t.type = COALESCE(?, t.type) AND t.channel = COALESCE(?, t.channel) AND t.received_on BETWEEN ? AND ?
   AND COALESCE(t.topic_id, 0) BETWEEN ? AND ?
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
   AND COALESCE(t.handler_id, 0) = COALESCE(?, t.handler_id, 0)
   AND t.sort_due BETWEEN ? AND ? AND (t.sort_due > ? OR t.id > ?)
 ORDER BY t.sort_due, t.id LIMIT ?;

-- Open letters of one unit.
-- query: list_unit :many
-- for: desk paperd
-- in:  unit_id int, desks text, states text, type text?, channel text?, received_from date, received_to date, topic_from int, topic_to int, kept_unit int, kept_officer int, handler_id int?, due_from date, due_to date, due_from_again date, after_id int, limit_n int
-- out: id int, no text, type text, state text, pub_state text, title text, unit_name text?, received_on date, due_on date?, due_provisional bool, sort_due date?, version int, channel text, handler_name text?, desk text?, marks int
SELECT t.id, t.no, t.type, t.state, t.pub_state, t.title, u.short_name, t.received_on, t.due_on, t.due_provisional, t.sort_due,
       t.version, t.channel, o.name, t.desk, t.marks
  FROM ticket t FORCE INDEX (ticket_unit_open) LEFT JOIN unit u ON u.id = t.unit_id LEFT JOIN officer o ON o.id = t.handler_id
 WHERE t.unit_id = ? AND t.open = 1
   AND FIND_IN_SET(t.desk, ?) > 0 AND FIND_IN_SET(t.state, ?) > 0
   AND t.type = COALESCE(?, t.type) AND t.channel = COALESCE(?, t.channel) AND t.received_on BETWEEN ? AND ?
   AND COALESCE(t.topic_id, 0) BETWEEN ? AND ?
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
   AND COALESCE(t.handler_id, 0) = COALESCE(?, t.handler_id, 0)
   AND t.sort_due BETWEEN ? AND ? AND (t.sort_due > ? OR t.id > ?)
 ORDER BY t.sort_due, t.id LIMIT ?;

-- Open letters of one handler.
-- query: list_handler :many
-- for: desk paperd
-- in:  officer_id int, desks text, states text, type text?, channel text?, received_from date, received_to date, topic_from int, topic_to int, kept_unit int, kept_officer int, due_from date, due_to date, due_from_again date, after_id int, limit_n int
-- out: id int, no text, type text, state text, pub_state text, title text, unit_name text?, received_on date, due_on date?, due_provisional bool, sort_due date?, version int, channel text, handler_name text?, desk text?, marks int
SELECT t.id, t.no, t.type, t.state, t.pub_state, t.title, u.short_name, t.received_on, t.due_on, t.due_provisional, t.sort_due,
       t.version, t.channel, o.name, t.desk, t.marks
  FROM ticket t FORCE INDEX (ticket_handler_open) LEFT JOIN unit u ON u.id = t.unit_id LEFT JOIN officer o ON o.id = t.handler_id
 WHERE t.handler_id = ? AND t.open = 1
   AND FIND_IN_SET(t.desk, ?) > 0 AND FIND_IN_SET(t.state, ?) > 0
   AND t.type = COALESCE(?, t.type) AND t.channel = COALESCE(?, t.channel) AND t.received_on BETWEEN ? AND ?
   AND COALESCE(t.topic_id, 0) BETWEEN ? AND ?
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
   AND t.sort_due BETWEEN ? AND ? AND (t.sort_due > ? OR t.id > ?)
 ORDER BY t.sort_due, t.id LIMIT ?;

-- Letters that have ended, the latest first.
-- query: list_ended :many
-- for: desk paperd
-- in:  states text, type text?, channel text?, received_from date, received_to date, topic_from int, topic_to int, kept_unit int, kept_officer int, handler_id int?, due_from date, due_to date, due_to_again date, after_id int, limit_n int
-- out: id int, no text, type text, state text, pub_state text, title text, unit_name text?, received_on date, due_on date?, due_provisional bool, sort_due date?, version int, channel text, handler_name text?, desk text?, marks int
SELECT t.id, t.no, t.type, t.state, t.pub_state, t.title, u.short_name, t.received_on, t.due_on, t.due_provisional, t.sort_due,
       t.version, t.channel, o.name, t.desk, t.marks
  FROM ticket t FORCE INDEX (ticket_open) LEFT JOIN unit u ON u.id = t.unit_id LEFT JOIN officer o ON o.id = t.handler_id
 WHERE t.open = 0
   AND FIND_IN_SET(t.state, ?) > 0
   AND t.type = COALESCE(?, t.type) AND t.channel = COALESCE(?, t.channel) AND t.received_on BETWEEN ? AND ?
   AND COALESCE(t.topic_id, 0) BETWEEN ? AND ?
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
   AND COALESCE(t.handler_id, 0) = COALESCE(?, t.handler_id, 0)
   AND t.sort_due BETWEEN ? AND ? AND (t.sort_due < ? OR t.id < ?)
 ORDER BY t.sort_due DESC, t.id DESC LIMIT ?;

-- The same in one state.
-- query: list_state_ended :many
-- for: desk paperd
-- in:  state text, type text?, channel text?, received_from date, received_to date, topic_from int, topic_to int, kept_unit int, kept_officer int, handler_id int?, due_from date, due_to date, due_to_again date, after_id int, limit_n int
-- out: id int, no text, type text, state text, pub_state text, title text, unit_name text?, received_on date, due_on date?, due_provisional bool, sort_due date?, version int, channel text, handler_name text?, desk text?, marks int
SELECT t.id, t.no, t.type, t.state, t.pub_state, t.title, u.short_name, t.received_on, t.due_on, t.due_provisional, t.sort_due,
       t.version, t.channel, o.name, t.desk, t.marks
  FROM ticket t FORCE INDEX (ticket_state) LEFT JOIN unit u ON u.id = t.unit_id LEFT JOIN officer o ON o.id = t.handler_id
 WHERE t.state = ?
   AND t.type = COALESCE(?, t.type) AND t.channel = COALESCE(?, t.channel) AND t.received_on BETWEEN ? AND ?
   AND COALESCE(t.topic_id, 0) BETWEEN ? AND ?
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
   AND COALESCE(t.handler_id, 0) = COALESCE(?, t.handler_id, 0)
   AND t.sort_due BETWEEN ? AND ? AND (t.sort_due < ? OR t.id < ?)
 ORDER BY t.sort_due DESC, t.id DESC LIMIT ?;

-- The same of one unit.
-- query: list_unit_ended :many
-- for: desk paperd
-- in:  unit_id int, states text, type text?, channel text?, received_from date, received_to date, topic_from int, topic_to int, kept_unit int, kept_officer int, handler_id int?, due_from date, due_to date, due_to_again date, after_id int, limit_n int
-- out: id int, no text, type text, state text, pub_state text, title text, unit_name text?, received_on date, due_on date?, due_provisional bool, sort_due date?, version int, channel text, handler_name text?, desk text?, marks int
SELECT t.id, t.no, t.type, t.state, t.pub_state, t.title, u.short_name, t.received_on, t.due_on, t.due_provisional, t.sort_due,
       t.version, t.channel, o.name, t.desk, t.marks
  FROM ticket t FORCE INDEX (ticket_unit_open) LEFT JOIN unit u ON u.id = t.unit_id LEFT JOIN officer o ON o.id = t.handler_id
 WHERE t.unit_id = ? AND t.open = 0
   AND FIND_IN_SET(t.state, ?) > 0
   AND t.type = COALESCE(?, t.type) AND t.channel = COALESCE(?, t.channel) AND t.received_on BETWEEN ? AND ?
   AND COALESCE(t.topic_id, 0) BETWEEN ? AND ?
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
   AND COALESCE(t.handler_id, 0) = COALESCE(?, t.handler_id, 0)
   AND t.sort_due BETWEEN ? AND ? AND (t.sort_due < ? OR t.id < ?)
 ORDER BY t.sort_due DESC, t.id DESC LIMIT ?;

-- Open letters in which a unit helps another, and has said what it had to say or not yet.
-- query: list_co :many
-- for: desk paperd
-- in:  unit_id int, answered bool, type text?, channel text?, received_from date, received_to date, topic_from int, topic_to int, kept_unit int, kept_officer int, due_from date, due_to date, due_from_again date, after_id int, limit_n int
-- out: id int, no text, type text, state text, pub_state text, title text, unit_name text?, received_on date, due_on date?, due_provisional bool, sort_due date?, version int, channel text, handler_name text?, desk text?, marks int
SELECT t.id, t.no, t.type, t.state, t.pub_state, t.title, u.short_name, t.received_on, t.due_on, t.due_provisional, t.sort_due,
       t.version, t.channel, o.name, t.desk, t.marks
  FROM assignment a FORCE INDEX (assignment_role) JOIN ticket t ON t.id = a.ticket_id LEFT JOIN unit u ON u.id = t.unit_id LEFT JOIN officer o ON o.id = t.handler_id
 WHERE a.unit_id = ? AND a.ended_at IS NULL AND a.role = 'co' AND t.open = 1 AND (a.opinion_at IS NOT NULL) = ?
   AND t.type = COALESCE(?, t.type) AND t.channel = COALESCE(?, t.channel) AND t.received_on BETWEEN ? AND ?
   AND COALESCE(t.topic_id, 0) BETWEEN ? AND ?
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
   AND t.sort_due BETWEEN ? AND ? AND (t.sort_due > ? OR t.id > ?)
 ORDER BY t.sort_due, t.id LIMIT ?;

-- Letters whose title or place has these words, the newest first: three pairs of characters of the words lead there, the rarest
-- first, and the words themselves decide. Where even the rarest pair is common, the 1,200 newest letters that have it are looked
-- through (the page says so). Words of fewer than four characters name a pair twice.
-- query: list_words :many
-- for: desk paperd
-- in:  rarest text, before_id int, second text, third text, words text, unit_id int?, desks text, states text, type text?, channel text?, received_from date, received_to date, topic_from int, topic_to int, kept_unit int, kept_officer int, handler_id int?, due_from date, due_to date, limit_n int
-- out: id int, no text, type text, state text, pub_state text, title text, unit_name text?, received_on date, due_on date?, due_provisional bool, sort_due date?, version int, channel text, handler_name text?, desk text?, marks int
SELECT STRAIGHT_JOIN t.id, t.no, t.type, t.state, t.pub_state, t.title, u.short_name, t.received_on, t.due_on, t.due_provisional,
       t.sort_due, t.version, t.channel, o.name, t.desk, t.marks
  FROM (SELECT ticket_id FROM ticket_gram WHERE gram = ? AND ticket_id < ? ORDER BY ticket_id DESC LIMIT 1200) g
  JOIN ticket_gram g2 ON g2.gram = ? AND g2.ticket_id = g.ticket_id
  JOIN ticket_gram g3 ON g3.gram = ? AND g3.ticket_id = g.ticket_id
  JOIN ticket t ON t.id = g.ticket_id JOIN ticket_text x ON x.ticket_id = t.id LEFT JOIN unit u ON u.id = t.unit_id LEFT JOIN officer o ON o.id = t.handler_id
 WHERE INSTR(LOWER(CONCAT(t.no, ' ', t.title, ' ', x.place)), ?) > 0
   AND COALESCE(t.unit_id, 0) = COALESCE(?, t.unit_id, 0)
   AND FIND_IN_SET(t.desk, ?) > 0 AND FIND_IN_SET(t.state, ?) > 0
   AND t.type = COALESCE(?, t.type) AND t.channel = COALESCE(?, t.channel) AND t.received_on BETWEEN ? AND ?
   AND COALESCE(t.topic_id, 0) BETWEEN ? AND ?
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
   AND COALESCE(t.handler_id, 0) = COALESCE(?, t.handler_id, 0)
   AND t.sort_due BETWEEN ? AND ?
 ORDER BY g.ticket_id DESC LIMIT ?;

-- How common up to eight pairs are, as far as it matters.
-- query: gram_counts :one
-- for: desk paperd
-- in:  one text, two text, three text, four text, five text, six text, seven text, eight text
-- out: one_n int, two_n int, three_n int, four_n int, five_n int, six_n int, seven_n int, eight_n int
SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM ticket_gram WHERE gram = ? LIMIT 1000) k),
       (SELECT COUNT(*) FROM (SELECT 1 FROM ticket_gram WHERE gram = ? LIMIT 1000) k),
       (SELECT COUNT(*) FROM (SELECT 1 FROM ticket_gram WHERE gram = ? LIMIT 1000) k),
       (SELECT COUNT(*) FROM (SELECT 1 FROM ticket_gram WHERE gram = ? LIMIT 1000) k),
       (SELECT COUNT(*) FROM (SELECT 1 FROM ticket_gram WHERE gram = ? LIMIT 1000) k),
       (SELECT COUNT(*) FROM (SELECT 1 FROM ticket_gram WHERE gram = ? LIMIT 1000) k),
       (SELECT COUNT(*) FROM (SELECT 1 FROM ticket_gram WHERE gram = ? LIMIT 1000) k),
       (SELECT COUNT(*) FROM (SELECT 1 FROM ticket_gram WHERE gram = ? LIMIT 1000) k);

-- Letters by the beginning of their number, the latest first; of very many the 1,200 latest are looked through.
-- query: list_number :many
-- for: desk paperd
-- in:  number text, unit_id int?, desks text, states text, type text?, channel text?, received_from date, received_to date, topic_from int, topic_to int, kept_unit int, kept_officer int, handler_id int?, due_from date, due_to date, limit_n int
-- out: id int, no text, type text, state text, pub_state text, title text, unit_name text?, received_on date, due_on date?, due_provisional bool, sort_due date?, version int, channel text, handler_name text?, desk text?, marks int
SELECT t.id, t.no, t.type, t.state, t.pub_state, t.title, u.short_name, t.received_on, t.due_on, t.due_provisional, t.sort_due,
       t.version, t.channel, o.name, t.desk, t.marks
  FROM (SELECT n.id FROM ticket n FORCE INDEX (ticket_no) WHERE n.no LIKE CONCAT(?, '%') ORDER BY n.no DESC LIMIT 1200) k
  JOIN ticket t ON t.id = k.id LEFT JOIN unit u ON u.id = t.unit_id LEFT JOIN officer o ON o.id = t.handler_id
 WHERE COALESCE(t.unit_id, 0) = COALESCE(?, t.unit_id, 0)
   AND FIND_IN_SET(t.desk, ?) > 0 AND FIND_IN_SET(t.state, ?) > 0
   AND t.type = COALESCE(?, t.type) AND t.channel = COALESCE(?, t.channel) AND t.received_on BETWEEN ? AND ?
   AND COALESCE(t.topic_id, 0) BETWEEN ? AND ?
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
   AND COALESCE(t.handler_id, 0) = COALESCE(?, t.handler_id, 0)
   AND t.sort_due BETWEEN ? AND ?
 ORDER BY t.no DESC LIMIT ?;

-- The gram of a letter's title, place and number, as JSON: ["路灯","灯不"].
-- query: ticket_gram_add :exec
-- for: public desk migrate
-- in:  ticket_id int, grams text
INSERT IGNORE INTO ticket_gram (gram, ticket_id)
SELECT g.gram, ? FROM JSON_TABLE(?, '$[*]' COLUMNS (gram VARCHAR(6) PATH '$')) g;

-- A supplement that did not come in time lies at the registrars' desk from then on.
-- ids: [1,2]
-- query: tickets_ask :exec
-- for: slad migrate
-- in:  ids text
UPDATE JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j STRAIGHT_JOIN ticket t ON t.id = j.id SET t.asks = TRUE
 WHERE t.state = 'supplement';

-- What came back to a person for changes.
-- query: list_returned :many
-- for: desk paperd
-- in:  author_id int, unit_id int, kept_unit int, kept_officer int, limit_n int
-- out: id int, no text, type text, state text, pub_state text, title text, unit_name text?, received_on date, due_on date?, due_provisional bool, sort_due date?, version int, channel text, handler_name text?, desk text?, marks int
SELECT t.id, t.no, t.type, t.state, t.pub_state, t.title, u.short_name, t.received_on, t.due_on, t.due_provisional, t.sort_due,
       t.version, t.channel, o.name, t.desk, t.marks
  FROM reply r JOIN ticket t ON t.id = r.ticket_id LEFT JOIN unit u ON u.id = t.unit_id LEFT JOIN officer o ON o.id = t.handler_id
 WHERE r.author_id = ? AND r.state = 'returned' AND r.round = t.round AND t.state = 'handling' AND t.unit_id = ?
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
 GROUP BY t.id ORDER BY t.sort_due, t.id LIMIT ?;

-- The letters a person did something to last, as far as the person may read them now.
-- query: touched :many
-- for: desk
-- in:  officer_id int, unit_id int?, kept_unit int, kept_officer int, limit_n int
-- out: no text, title text, state text, at time?
SELECT t.no, t.title, t.state, k.at
  FROM (SELECT h.ticket_id, MAX(h.id) AS last, MAX(h.at) AS at
          FROM (SELECT ticket_id, id, at FROM history WHERE officer_id = ? ORDER BY id DESC LIMIT 60) h
         GROUP BY h.ticket_id) k
  JOIN ticket t ON t.id = k.ticket_id
 WHERE t.unit_id <=> COALESCE(?, t.unit_id)
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
 ORDER BY k.last DESC LIMIT ?;

-- Numbers of the start page. Over all units each is counted up to 1,000: what is more is shown as “999+”, so that counting
-- takes as long with 100,000 open letters as with 1,000.
-- query: counts_all :many
-- for: desk
-- in:  today date, today_again date, soon_from date, soon_to date
-- out: what text, n int
SELECT 'submitted', COUNT(*) FROM (SELECT 1 FROM ticket FORCE INDEX (ticket_state) WHERE state = 'submitted' LIMIT 1000) k
UNION ALL
SELECT 'supplement', COUNT(*) FROM (SELECT 1 FROM ticket FORCE INDEX (ticket_state) WHERE state = 'supplement' LIMIT 1000) k
UNION ALL
SELECT 'accepted', COUNT(*) FROM (SELECT 1 FROM ticket FORCE INDEX (ticket_state) WHERE state = 'accepted' LIMIT 1000) k
UNION ALL
SELECT 'assigned', COUNT(*) FROM (SELECT 1 FROM ticket FORCE INDEX (ticket_state) WHERE state = 'assigned' LIMIT 1000) k
UNION ALL
SELECT 'handling', COUNT(*) FROM (SELECT 1 FROM ticket FORCE INDEX (ticket_state) WHERE state = 'handling' LIMIT 1000) k
UNION ALL
SELECT 'objected', COUNT(*) FROM (SELECT 1 FROM ticket FORCE INDEX (ticket_state) WHERE state = 'objected' LIMIT 1000) k
UNION ALL
SELECT 'suspended', COUNT(*) FROM (SELECT 1 FROM ticket FORCE INDEX (ticket_state) WHERE state = 'suspended' LIMIT 1000) k
UNION ALL
SELECT 'in_review', COUNT(*) FROM (SELECT 1 FROM ticket FORCE INDEX (ticket_state) WHERE state = 'in_review' LIMIT 1000) k
UNION ALL
SELECT 'submitted_up', COUNT(*) FROM (SELECT 1 FROM ticket FORCE INDEX (ticket_state) WHERE state = 'submitted_up' LIMIT 1000) k
UNION ALL
SELECT 'at_lapsed', COUNT(*) FROM (SELECT 1 FROM ticket FORCE INDEX (ticket_desk) WHERE desk = 'lapsed' LIMIT 1000) k
UNION ALL
SELECT 'at_asks', COUNT(*) FROM (SELECT 1 FROM ticket FORCE INDEX (ticket_desk) WHERE desk = 'asks' LIMIT 1000) k
UNION ALL
SELECT 'at_dept', COUNT(*) FROM (SELECT 1 FROM ticket FORCE INDEX (ticket_desk) WHERE desk = 'dept' LIMIT 1000) k
UNION ALL
SELECT 'at_office', COUNT(*) FROM (SELECT 1 FROM ticket FORCE INDEX (ticket_desk) WHERE desk = 'office' LIMIT 1000) k
UNION ALL
SELECT 'at_superior', COUNT(*) FROM (SELECT 1 FROM ticket FORCE INDEX (ticket_desk) WHERE desk = 'superior' LIMIT 1000) k
UNION ALL
SELECT 'late', COUNT(*) FROM (SELECT 1 FROM ticket FORCE INDEX (ticket_open) WHERE open = 1 AND sort_due < ?
                                 AND state NOT IN ('suspended','submitted_up') LIMIT 1000) k
UNION ALL
SELECT 'today', COUNT(*) FROM (SELECT 1 FROM ticket FORCE INDEX (ticket_open) WHERE open = 1 AND sort_due = ?
                                  AND state NOT IN ('suspended','submitted_up') LIMIT 1000) k
UNION ALL
SELECT 'soon', COUNT(*) FROM (SELECT 1 FROM ticket FORCE INDEX (ticket_open) WHERE open = 1 AND sort_due > ? AND sort_due <= ?
                                 AND state NOT IN ('suspended','submitted_up') LIMIT 1000) k;

-- The same of one unit, exactly; mine: those a person handles.
-- query: counts_unit :many
-- for: desk
-- in:  today date, today_again date, soon_from date, soon_to date, officer_id int, unit_id int, kept_unit int, kept_officer int, asks_unit int, asks_kept_unit int, asks_kept_officer int
-- out: desk text, state text, n int, late int, today_n int, soon int, mine int
SELECT COALESCE(t.desk, 'none'), t.state, COUNT(*),
       COALESCE(SUM(t.sort_due < ? AND t.state NOT IN ('suspended','submitted_up')), 0),
       COALESCE(SUM(t.sort_due = ? AND t.state NOT IN ('suspended','submitted_up')), 0),
       COALESCE(SUM(t.sort_due > ? AND t.sort_due <= ? AND t.state NOT IN ('suspended','submitted_up')), 0),
       COALESCE(SUM(t.handler_id = ?), 0)
  FROM ticket t FORCE INDEX (ticket_unit_open)
 WHERE t.unit_id = ? AND t.open = 1
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
 GROUP BY t.desk, t.state
UNION ALL
SELECT 'asks', t.state, COUNT(*), 0, 0, 0, 0
  FROM ticket t FORCE INDEX (ticket_desk)
 WHERE t.desk = 'asks' AND t.open = 0 AND t.unit_id = ?
   AND t.id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
 GROUP BY t.state;

-- What a person must keep away from, to be taken off the numbers over all units.
-- query: counts_kept :many
-- for: desk
-- in:  today date, today_again date, soon_from date, soon_to date, unit_id int, officer_id int
-- out: desk text, state text, n int, late int, today_n int, soon int, mine int
SELECT COALESCE(t.desk, 'none'), t.state, COUNT(*),
       COALESCE(SUM(t.open AND t.sort_due < ? AND t.state NOT IN ('suspended','submitted_up')), 0),
       COALESCE(SUM(t.open AND t.sort_due = ? AND t.state NOT IN ('suspended','submitted_up')), 0),
       COALESCE(SUM(t.open AND t.sort_due > ? AND t.sort_due <= ? AND t.state NOT IN ('suspended','submitted_up')), 0), 0
  FROM ticket t
 WHERE (t.open = 1 OR t.desk IN ('asks','superior')) AND t.id IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
 GROUP BY t.desk, t.state;

-- Lists kept under a name.
-- query: saved_views :many
-- for: desk
-- in:  officer_id int
-- out: id int, name text, filter text, is_start bool
SELECT id, name, filter, is_start FROM saved_view WHERE officer_id = ? ORDER BY id LIMIT 20;

-- query: saved_view_add :exec
-- for: desk
-- in:  officer_id int, name text, filter text, now time, officer_again int
INSERT INTO saved_view (officer_id, name, filter, made_at)
SELECT ?, ?, ?, ? FROM (SELECT COUNT(*) AS n FROM saved_view WHERE officer_id = ?) k WHERE k.n < 20;

-- query: saved_view_change :exec
-- for: desk
-- in:  name text, filter text, id int, officer_id int
UPDATE saved_view SET name = ?, filter = ? WHERE id = ? AND officer_id = ?;

-- One list of a person is the first; id 0: none.
-- query: saved_view_start :exec
-- for: desk
-- in:  id int, officer_id int
UPDATE saved_view SET is_start = (id = ?) WHERE officer_id = ?;

-- query: saved_view_drop :exec
-- for: desk
-- in:  id int, officer_id int
DELETE FROM saved_view WHERE id = ? AND officer_id = ?;

-- query: export_log_add :exec
-- for: desk
-- in:  officer_id int, now time, filter text, rows_n int
INSERT INTO export_log (officer_id, at, filter, rows_n) VALUES (?, ?, ?, ?);

-- Letters by their numbers, ["MS-T-…","MS-T-…"]: those that were ticked.
-- query: list_picked :many
-- for: desk
-- in:  numbers text
-- out: id int, no text, type text, state text, pub_state text, title text, unit_name text?, received_on date, due_on date?, due_provisional bool, sort_due date?, version int, channel text, handler_name text?, desk text?, marks int
SELECT t.id, t.no, t.type, t.state, t.pub_state, t.title, u.short_name, t.received_on, t.due_on, t.due_provisional, t.sort_due,
       t.version, t.channel, o.name, t.desk, t.marks
  FROM JSON_TABLE(?, '$[*]' COLUMNS (no VARCHAR(40) PATH '$')) j JOIN ticket t ON t.no = j.no
  LEFT JOIN unit u ON u.id = t.unit_id LEFT JOIN officer o ON o.id = t.handler_id
 ORDER BY t.sort_due, t.id LIMIT 50;

-- What was done to a letter in one step, and by whom.
-- query: history_step :one
-- for: desk
-- in:  ticket_id int, version int
-- out: action text, officer_id int
SELECT action, COALESCE(officer_id, 0) FROM history WHERE ticket_id = ? AND version = ?;

-- What has to be done to letters of a list before their answer, and until when. ids: JSON, [1,2].
-- query: list_stages :many
-- for: desk
-- in:  ids text
-- out: ticket_id int, kind text, due_on date
SELECT STRAIGHT_JOIN m.ticket_id, m.kind, m.due_on
  FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j JOIN timer m FORCE INDEX (timer_ticket) ON m.ticket_id = j.id
 WHERE m.state = 'running' AND m.kind IN ('accept','dispatch','sign','arbitrate','review','supervise_feedback')
 ORDER BY m.due_on;
