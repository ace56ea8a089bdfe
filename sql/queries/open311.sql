-- What Open311 asks of the published letters (view open_letter). First which ones and how large their texts are, then their
-- texts: an answer has a ceiling in bytes. done: answered; else it is being handled once more.

-- By the day of receipt; since and until: of the last change. Behind the row of before_on and before_id.
-- query: o311_requested :many
-- for: public
-- in:  from_on date, to_on date, before_on date, before_id int, since time, until time, types text, done bool, open bool, limit_n int, skip int
-- out: id int, bytes int, received_on date
SELECT p.id, LENGTH(p.title) + LENGTH(p.body) + LENGTH(p.reply), COALESCE(p.received_on, p.accepted_on)
  FROM open_letter p
 WHERE p.received_on BETWEEN ? AND ? AND (p.received_on < ? OR p.id < ?) AND p.published_at BETWEEN ? AND ? AND FIND_IN_SET(p.type, ?) > 0
   AND IF(p.state IN ('replied','closed','archived'), ?, ?)
 ORDER BY p.received_on DESC, p.id DESC LIMIT ? OFFSET ?;

-- By the time of the last change alone.
-- query: o311_changed :many
-- for: public
-- in:  since time, until time, before_at time, before_id int, types text, done bool, open bool, limit_n int, skip int
-- out: id int, bytes int, published_at time
SELECT p.id, LENGTH(p.title) + LENGTH(p.body) + LENGTH(p.reply), p.published_at
  FROM open_letter p
 WHERE p.published_at BETWEEN ? AND ? AND (p.published_at < ? OR p.id < ?) AND FIND_IN_SET(p.type, ?) > 0 AND IF(p.state IN ('replied','closed','archived'), ?, ?)
 ORDER BY p.published_at DESC, p.id DESC LIMIT ? OFFSET ?;

-- numbers: a list in JSON.
-- query: o311_numbered :many
-- for: public
-- in:  numbers text
-- out: id int, bytes int
SELECT p.id, LENGTH(p.title) + LENGTH(p.body) + LENGTH(p.reply)
  FROM JSON_TABLE(?, '$[*]' COLUMNS (no VARCHAR(40) PATH '$')) j STRAIGHT_JOIN open_letter p ON p.no = j.no
 ORDER BY p.received_on DESC, p.id DESC;

-- ids: a list in JSON; in the order of received days.
-- query: o311_rows :many
-- for: public
-- in:  ids text
-- out: id int, edition_id int, no text, type text, title text, body text, reply text, unit_name text, helpers text, received_on date, accepted_on date, replied_on date, workdays int, result_code text?, state text, published_at time, place text?, topic text?
SELECT p.id, p.edition_id, p.no, p.type, p.title, p.body, p.reply, COALESCE(p.unit_name, ''), p.helpers,
       COALESCE(p.received_on, p.accepted_on), p.accepted_on, p.replied_on, p.workdays, p.result_code, p.state, p.published_at, w.name, t.name
  FROM JSON_TABLE(?, '$[*]' COLUMNS (at FOR ORDINALITY, id BIGINT UNSIGNED PATH '$')) j STRAIGHT_JOIN open_letter p ON p.id = j.id
  LEFT JOIN place w ON w.id = p.place_id LEFT JOIN topic t ON t.id = p.topic_id
 ORDER BY j.at;
