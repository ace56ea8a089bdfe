-- Sampling answers.

-- query: sheet_last :one
-- for: desk migrate
-- out: id int, name text, pass_points int
SELECT id, name, pass_points FROM check_sheet ORDER BY id DESC LIMIT 1;

-- query: sheet_of :one
-- for: public desk migrate
-- in:  id int
-- out: name text, pass_points int
SELECT name, pass_points FROM check_sheet WHERE id = ?;

-- query: sheet_items :many
-- for: public desk migrate
-- in:  sheet_id int
-- out: id int, seq int, name text, points int, fatal bool, help text
SELECT id, seq, name, points, fatal, help FROM check_item WHERE sheet_id = ? ORDER BY seq;

-- query: sheet_list :many
-- for: desk
-- out: id int, name text, pass_points int, made_at time, by_name text?, samples int
SELECT s.id, s.name, s.pass_points, s.made_at, o.name, (SELECT COUNT(*) FROM sample x WHERE x.sheet_id = s.id)
  FROM check_sheet s LEFT JOIN officer o ON o.id = s.made_by ORDER BY s.id DESC LIMIT 20;

-- query: sheet_add :insert
-- for: desk
-- in:  name text, pass_points int, by_id int, now time
INSERT INTO check_sheet (name, pass_points, made_by, made_at) VALUES (?, ?, ?, ?);

-- query: sheet_item_add :exec
-- for: desk
-- in:  sheet_id int, seq int, name text, points int, fatal bool, help text
INSERT INTO check_item (sheet_id, seq, name, points, fatal, help) VALUES (?, ?, ?, ?, ?, ?);

-- The next batch of a quarter.
-- query: sample_batch_next :one
-- for: desk migrate
-- in:  year int, quarter int
-- out: batch int
SELECT COALESCE(MAX(batch), 0) + 1 FROM sample WHERE year = ? AND quarter = ?;

-- query: sample_add :insert
-- for: desk migrate
-- in:  year int, quarter int, batch int, from_on date, to_on date, unit_percent int, letter_percent int, letters_min int, draw_on date, factor_source text, sheet_id int, commitment text, by_id int, now time
INSERT INTO sample (year, quarter, batch, from_on, to_on, unit_percent, letter_percent, letters_min, draw_on, factor_source,
    sheet_id, commitment, announced_by, announced_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULLIF(?, 0), ?);

-- query: sample_secret_add :exec
-- for: desk migrate
-- in:  sample_id int, secret text
INSERT INTO sample_secret (sample_id, secret) VALUES (?, ?);

-- query: sample_secret_of :one
-- for: desk migrate
-- in:  sample_id int
-- out: secret text
SELECT secret FROM sample_secret WHERE sample_id = ?;

-- query: sample_lock :one
-- for: desk migrate
-- in:  id int
-- out: id int, state text, version int, from_on date, to_on date, draw_on date, unit_percent int, letter_percent int, letters_min int, factor_source text, sheet_id int
SELECT id, state, version, from_on, to_on, draw_on, unit_percent, letter_percent, letters_min, factor_source, sheet_id
  FROM sample WHERE id = ? FOR UPDATE;

-- query: sample_of :one
-- for: public desk migrate
-- in:  id int
-- out: id int, year int, quarter int, batch int, from_on date, to_on date, unit_percent int, letter_percent int, letters_min int, draw_on date, factor_source text, sheet_id int, commitment text, state text, version int, announced_at time, secret text?, factor text?, seed text?, frame_sha256 text?, drawn_at time?, summary text?, rectify_by date?, published_at time?, outcome text?, closed_at time?
SELECT id, year, quarter, batch, from_on, to_on, unit_percent, letter_percent, letters_min, draw_on, factor_source, sheet_id,
       commitment, state, version, announced_at, secret, factor, seed, frame_sha256, drawn_at, summary, rectify_by, published_at,
       outcome, closed_at
  FROM sample WHERE id = ?;

-- query: sample_list :many
-- for: public desk migrate
-- in:  limit_n int
-- out: id int, year int, quarter int, batch int, from_on date, to_on date, draw_on date, state text, published_at time?, closed_at time?, units int, picked int
SELECT s.id, s.year, s.quarter, s.batch, s.from_on, s.to_on, s.draw_on, s.state, s.published_at, s.closed_at,
       (SELECT COUNT(*) FROM sample_unit u WHERE u.sample_id = s.id AND u.drawn),
       (SELECT COALESCE(SUM(u.picked), 0) FROM sample_unit u WHERE u.sample_id = s.id)
  FROM sample s ORDER BY s.year DESC, s.quarter DESC, s.batch DESC LIMIT ?;

-- Letters that may be drawn, counted by unit: first answered within the time.
-- query: sample_frame :many
-- for: desk migrate
-- in:  from_at time, to_at time
-- out: unit_id int, code text, name text, letters int
SELECT u.id, u.code, u.name, COUNT(*) FROM ticket t JOIN unit u ON u.id = t.unit_id
 WHERE t.replied_at >= ? AND t.replied_at < ? AND t.state <> 'invalid' AND NOT t.simulated
 GROUP BY u.id, u.code, u.name ORDER BY u.code;

-- query: sample_frame_page :many
-- for: desk migrate
-- in:  unit_id int, from_at time, to_at time, after_id int, limit_n int
-- out: id int, no text
SELECT t.id, t.no FROM ticket t
 WHERE t.unit_id = ? AND t.replied_at >= ? AND t.replied_at < ? AND t.state <> 'invalid' AND NOT t.simulated AND t.id > ? ORDER BY t.id LIMIT ?;

-- query: sample_unit_add :exec
-- for: desk migrate
-- in:  sample_id int, unit_id int, letters int, drawn bool, picked int
INSERT INTO sample_unit (sample_id, unit_id, letters, drawn, picked) VALUES (?, ?, ?, ?, ?);

-- Positions (JSON, from 1) among the unit's letters in the order of their ids.
-- query: sample_pick :exec
-- for: desk migrate
-- in:  sample_id int, unit_id int, from_at time, to_at time, positions text
INSERT INTO sample_letter (sample_id, unit_id, ticket_id, position)
SELECT ?, f.unit_id, f.id, f.position
  FROM (SELECT t.id, t.unit_id, ROW_NUMBER() OVER (ORDER BY t.id) AS position FROM ticket t
         WHERE t.unit_id = ? AND t.replied_at >= ? AND t.replied_at < ? AND t.state <> 'invalid' AND NOT t.simulated) f
  JOIN JSON_TABLE(?, '$[*]' COLUMNS (position INT UNSIGNED PATH '$')) j ON j.position = f.position;

-- query: sample_drawn :exec
-- for: desk migrate
-- in:  secret text, factor text, seed text, frame text, by_id int, now time, id int
UPDATE sample SET state = 'drawn', version = version + 1, secret = ?, factor = ?, seed = ?, frame_sha256 = ?,
       drawn_by = NULLIF(?, 0), drawn_at = ? WHERE id = ?;

-- query: sample_publish :exec
-- for: desk migrate
-- in:  summary text, rectify_by date?, by_id int, now time, id int
UPDATE sample SET state = 'published', version = version + 1, summary = ?, rectify_by = ?, published_by = NULLIF(?, 0),
       published_at = ? WHERE id = ?;

-- Closed or cancelled.
-- query: sample_end :exec
-- for: desk migrate
-- in:  state text, outcome text, by_id int, now time, id int
UPDATE sample SET state = ?, version = version + 1, outcome = ?, closed_by = NULLIF(?, 0), closed_at = ? WHERE id = ?;

-- Unit by unit, how it stands.
-- query: sample_units :many
-- for: public desk migrate
-- in:  sample_id int
-- out: unit_id int, code text, name text, letters int, drawn bool, picked int, scored int, passed_first int, points int, standing int, put_right int
SELECT u.id, u.code, u.name, s.letters, s.drawn, s.picked, COALESCE(SUM(l.turn > 0), 0), COALESCE(SUM(l.first_passed), 0),
       COALESCE(SUM(l.first_points), 0), COALESCE(SUM(l.turn > 0 AND NOT l.passed), 0),
       COALESCE(SUM(l.turn > 0 AND l.passed AND NOT l.first_passed), 0)
  FROM sample_unit s JOIN unit u ON u.id = s.unit_id
  LEFT JOIN sample_letter l ON l.sample_id = s.sample_id AND l.unit_id = s.unit_id
 WHERE s.sample_id = ? GROUP BY u.id, u.code, u.name, s.letters, s.drawn, s.picked, u.sort_order ORDER BY u.sort_order, u.id;

-- Points by item in the first turn.
-- query: sample_by_item :many
-- for: public desk migrate
-- in:  sample_id int
-- out: item_id int, name text, points int, scored int, got int, zero int
SELECT i.id, i.name, i.points, COUNT(m.item_id), COALESCE(SUM(m.points), 0), COALESCE(SUM(m.points = 0), 0)
  FROM sample s JOIN check_item i ON i.sheet_id = s.sheet_id
  JOIN sample_letter l ON l.sample_id = s.id
  JOIN sample_check c ON c.letter_id = l.id AND c.turn = 1
  JOIN sample_mark m ON m.check_id = c.id AND m.item_id = i.id
 WHERE s.id = ? GROUP BY i.id, i.name, i.points, i.seq ORDER BY i.seq;

-- Letters of a sample by what is to be done with them: todo, redo (failed), again (put right, to be scored again), passed.
-- Letters the viewer must keep away from are left out.
-- query: sample_letters :many
-- for: desk migrate
-- in:  sample_id int, unit_id int?, unit_again int?, viewer_unit int, viewer int, after_id int, what text, what_again text, limit_n int
-- out: id int, no text, title text, type text, unit_name text, position int, turn int, passed int?, points int?, redo text?, ready bool
SELECT l.id, t.no, t.title, t.type, u.short_name, l.position, l.turn, l.passed, l.first_points, l.redo,
       l.turn > 0 AND NOT l.passed AND (l.redo = 'correct' OR (t.round >= l.redo_round AND t.state IN ('replied','closed','archived')))
  FROM sample_letter l JOIN ticket t ON t.id = l.ticket_id JOIN unit u ON u.id = l.unit_id
 WHERE l.sample_id = ? AND (? IS NULL OR l.unit_id = ?)
   AND l.ticket_id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
   AND l.id > ?
   AND (? = 'all' OR CASE WHEN l.turn = 0 THEN 'todo' WHEN l.passed THEN 'passed' ELSE 'redo' END = ?)
 ORDER BY l.id LIMIT ?;

-- query: sample_letter_of :one
-- for: desk migrate
-- in:  id int
-- out: id int, sample_id int, sheet_id int, sample_state text, year int, quarter int, batch int, unit_id int, unit_name text, ticket_id int, no text, title text, type text, state text, round int, position int, turn int, passed int?, redo text?, redo_round int?
SELECT l.id, l.sample_id, s.sheet_id, s.state, s.year, s.quarter, s.batch, l.unit_id, u.name, l.ticket_id, t.no, t.title, t.type,
       t.state, t.round, l.position, l.turn, l.passed, l.redo, l.redo_round
  FROM sample_letter l JOIN sample s ON s.id = l.sample_id JOIN ticket t ON t.id = l.ticket_id JOIN unit u ON u.id = l.unit_id
 WHERE l.id = ?;

-- query: sample_letter_lock :one
-- for: desk migrate
-- in:  id int
-- out: turn int, sample_state text
SELECT l.turn, s.state FROM sample_letter l JOIN sample s ON s.id = l.sample_id WHERE l.id = ? FOR UPDATE;

-- The next one to be scored behind this one, round from the start.
-- query: sample_letter_next :one
-- for: desk
-- in:  sample_id int, viewer_unit int, viewer int, after_id int
-- out: id int
SELECT l.id FROM sample_letter l
 WHERE l.sample_id = ? AND l.turn = 0
   AND l.ticket_id NOT IN (SELECT x.ticket_id FROM recusal x WHERE x.lifted_at IS NULL AND (x.unit_id = ? OR x.officer_id = ?))
 ORDER BY l.id <= ?, l.id LIMIT 1;

-- query: sample_counts :one
-- for: desk migrate
-- in:  sample_id int
-- out: letters int, scored int, failed int, standing int
SELECT COUNT(*), COALESCE(SUM(turn > 0), 0), COALESCE(SUM(first_passed = FALSE), 0), COALESCE(SUM(turn > 0 AND NOT passed), 0)
  FROM sample_letter WHERE sample_id = ?;

-- query: sample_check_add :insert
-- for: desk migrate
-- in:  letter_id int, turn int, round int, points int, passed bool, words text, by_id int, now time
INSERT INTO sample_check (letter_id, turn, round, points, passed, words, by_id, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

-- query: sample_mark_add :exec
-- for: desk migrate
-- in:  check_id int, item_id int, points int, words text
INSERT INTO sample_mark (check_id, item_id, points, words) VALUES (?, ?, ?, ?);

-- query: sample_letter_first :exec
-- for: desk migrate
-- in:  passed bool, passed_again bool, points int, redo text?, redo_round int?, id int
UPDATE sample_letter SET turn = 1, passed = ?, first_passed = ?, first_points = ?, redo = ?, redo_round = ? WHERE id = ?;

-- query: sample_letter_again :exec
-- for: desk migrate
-- in:  passed bool, redo text?, redo_round int?, id int
UPDATE sample_letter SET turn = turn + 1, passed = ?, redo = ?, redo_round = ? WHERE id = ?;

-- query: sample_checks :many
-- for: desk
-- in:  letter_id int
-- out: id int, turn int, points int, passed bool, words text, by_name text, at time
SELECT c.id, c.turn, c.points, c.passed, c.words, o.name, c.at FROM sample_check c JOIN officer o ON o.id = c.by_id
 WHERE c.letter_id = ? ORDER BY c.turn;

-- query: sample_marks :many
-- for: desk
-- in:  letter_id int
-- out: turn int, item_id int, points int, words text
SELECT c.turn, m.item_id, m.points, m.words FROM sample_check c JOIN sample_mark m ON m.check_id = c.id
  JOIN check_item i ON i.id = m.item_id WHERE c.letter_id = ? ORDER BY c.turn, i.seq;

-- The answer that was given in a round, and the letter, for whoever scores it.
-- query: sample_answer :many
-- for: desk
-- in:  ticket_id int
-- out: round int, kind text, body text, result_code text?, unit_name text, approved_at time?
SELECT r.round, r.kind, r.body, r.result_code, u.name, r.approved_at FROM reply r JOIN unit u ON u.id = r.unit_id
 WHERE r.ticket_id = ? AND r.state = 'approved' AND r.kind IN ('final','supplementary','correction') ORDER BY r.id;

-- query: sample_letter_text :one
-- for: desk
-- in:  ticket_id int
-- out: body text, demand text, accepted_at time?, replied_at time?, reply_workdays int?, first_due_on date?
SELECT x.body, x.demand, t.accepted_at, t.replied_at, t.reply_workdays, t.first_due_on
  FROM ticket t JOIN ticket_text x ON x.ticket_id = t.id WHERE t.id = ?;

-- Results of a unit in samples whose results were published within a time: for the scorecard.
-- query: sample_results :many
-- for: desk migrate
-- in:  from_at time, to_at time
-- out: unit_id int, scored int, passed int, points int
SELECT l.unit_id, COUNT(*), SUM(l.first_passed), SUM(l.first_points) FROM sample s JOIN sample_letter l ON l.sample_id = s.id
 WHERE s.published_at >= ? AND s.published_at < ? AND l.turn > 0 GROUP BY l.unit_id;

-- Whether a person wrote or passed an answer to a letter.
-- query: sample_took_part :one
-- for: desk migrate
-- in:  ticket_id int, officer_id int, ticket_again int, officer_again int
-- out: took_part bool
SELECT EXISTS (SELECT 1 FROM reply r WHERE r.ticket_id = ? AND r.author_id = ? AND r.state = 'approved')
       OR EXISTS (SELECT 1 FROM review v WHERE v.ticket_id = ? AND v.reviewer_id = ? AND v.decision = 'approved');

-- query: sample_positions :many
-- for: migrate
-- in:  sample_id int, unit_id int
-- out: position int, ticket_id int
SELECT position, ticket_id FROM sample_letter WHERE sample_id = ? AND unit_id = ? ORDER BY position;
