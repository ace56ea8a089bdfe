-- The scorecard: plans, indicators, cards, adjustments.

-- query: plan_list :many
-- for: public desk
-- out: id int, name text, state text, comment_until date?, from_on date?, to_on date?, made_at time
SELECT id, name, state, comment_until, from_on, to_on, made_at FROM score_plan ORDER BY id DESC LIMIT 50;

-- query: plan_of :one
-- for: public desk migrate
-- in:  id int
-- out: id int, name text, words text, state text, version int, comment_until date?, comment_words text, from_on date?, to_on date?
SELECT id, name, words, state, version, comment_until, comment_words, from_on, to_on FROM score_plan WHERE id = ?;

-- query: plan_lock :one
-- for: desk migrate
-- in:  id int
-- out: id int, state text, version int, from_on date?
SELECT id, state, version, from_on FROM score_plan WHERE id = ? FOR UPDATE;

-- query: plan_indicators :many
-- for: public desk migrate
-- in:  plan_id int
-- out: id int, seq int, name text, weight int, measure text, full_at int, zero_at int, min_cases int, how text
SELECT id, seq, name, weight, measure, full_at, zero_at, min_cases, how FROM score_indicator WHERE plan_id = ? ORDER BY seq;

-- query: plan_tiers :many
-- for: public desk migrate
-- in:  plan_id int
-- out: seq int, from_points int, name text
SELECT seq, from_points, name FROM score_tier WHERE plan_id = ? ORDER BY seq;

-- A new draft from an older plan; indicators and tiers follow.
-- query: plan_copy :insert
-- for: desk migrate
-- in:  name text, by_id int, now time, by_again int, now_again time, from_id int
INSERT INTO score_plan (name, words, state, made_by, made_at, changed_by, changed_at)
SELECT ?, words, 'draft', NULLIF(?, 0), ?, NULLIF(?, 0), ? FROM score_plan WHERE id = ?;

-- query: plan_copy_indicators :exec
-- for: desk migrate
-- in:  plan_id int, from_id int
INSERT INTO score_indicator (plan_id, seq, name, weight, measure, full_at, zero_at, min_cases, how)
SELECT ?, seq, name, weight, measure, full_at, zero_at, min_cases, how FROM score_indicator WHERE plan_id = ? AND weight > 0;

-- query: plan_copy_tiers :exec
-- for: desk migrate
-- in:  plan_id int, from_id int
INSERT INTO score_tier (plan_id, seq, from_points, name) SELECT ?, seq, from_points, name FROM score_tier WHERE plan_id = ?;

-- query: plan_change :exec
-- for: desk
-- in:  name text, words text, by_id int, now time, id int
UPDATE score_plan SET name = ?, words = ?, version = version + 1, changed_by = NULLIF(?, 0), changed_at = ? WHERE id = ?;

-- query: plan_state :exec
-- for: desk migrate
-- in:  state text, comment_until date?, comment_words text, from_on date?, to_on date?, by_id int, now time, id int
UPDATE score_plan SET state = ?, comment_until = ?, comment_words = ?, from_on = ?, to_on = ?, version = version + 1,
       changed_by = NULLIF(?, 0), changed_at = ? WHERE id = ?;

-- query: tier_put :exec
-- for: desk
-- in:  from_points int, name text, plan_id int, seq int
UPDATE score_tier SET from_points = ?, name = ? WHERE plan_id = ? AND seq = ?;

-- query: indicator_add :exec
-- for: desk
-- in:  plan_id int, name text, weight int, measure text, full_at int, zero_at int, min_cases int, how text, plan_again int
INSERT INTO score_indicator (plan_id, name, weight, measure, full_at, zero_at, min_cases, how, seq)
SELECT ?, ?, ?, ?, ?, ?, ?, ?, COALESCE(MAX(i.seq), 0) + 1 FROM score_indicator i WHERE i.plan_id = ?;

-- query: indicator_change :exec
-- for: desk
-- in:  name text, weight int, measure text, full_at int, zero_at int, min_cases int, how text, id int, plan_id int
UPDATE score_indicator SET name = ?, weight = ?, measure = ?, full_at = ?, zero_at = ?, min_cases = ?, how = ? WHERE id = ? AND plan_id = ?;

-- query: plan_touch :exec
-- for: desk
-- in:  by_id int, now time, id int
UPDATE score_plan SET version = version + 1, changed_by = NULLIF(?, 0), changed_at = ? WHERE id = ?;

-- query: card_add :insert
-- for: desk migrate
-- in:  plan_id int, title text, from_on date, to_on date, by_id int, now time
INSERT INTO score_card (plan_id, title, from_on, to_on, made_by, made_at) VALUES (?, ?, ?, ?, NULLIF(?, 0), ?);

-- query: card_list :many
-- for: public desk
-- out: id int, title text, plan_name text, from_on date, to_on date, state text, published_at time?
SELECT c.id, c.title, p.name, c.from_on, c.to_on, c.state, c.published_at FROM score_card c JOIN score_plan p ON p.id = c.plan_id
 ORDER BY c.to_on DESC, c.id DESC LIMIT 100;

-- query: card_of :one
-- for: public desk migrate
-- in:  id int
-- out: id int, plan_id int, plan_name text, title text, from_on date, to_on date, state text, version int, computed_at time?, signed_at time?, sign_words text, published_at time?
SELECT c.id, c.plan_id, p.name, c.title, c.from_on, c.to_on, c.state, c.version, c.computed_at, c.signed_at, c.sign_words,
       c.published_at
  FROM score_card c JOIN score_plan p ON p.id = c.plan_id WHERE c.id = ?;

-- query: card_lock :one
-- for: desk migrate
-- in:  id int
-- out: id int, plan_id int, from_on date, to_on date, state text, version int, computed_at time?
SELECT id, plan_id, from_on, to_on, state, version, computed_at FROM score_card WHERE id = ? FOR UPDATE;

-- query: card_signer :one
-- for: desk
-- in:  id int
-- out: signed_by text?, made_by text?
SELECT s.name, m.name FROM score_card c LEFT JOIN officer s ON s.id = c.signed_by LEFT JOIN officer m ON m.id = c.made_by WHERE c.id = ?;

-- All lines of a card at once: an array of objects u i part whole value points; the numbers that are null are left out.
-- query: line_put :exec
-- for: desk migrate
-- in:  card_id int, lines text
INSERT INTO score_line (card_id, unit_id, indicator_id, part, whole, value, points)
SELECT ?, j.u, j.i, j.p, j.w, j.v, j.n
  FROM JSON_TABLE(?, '$[*]' COLUMNS (u INT PATH '$.u', i INT PATH '$.i', p BIGINT PATH '$.p', w BIGINT PATH '$.w', v INT PATH '$.v', n INT PATH '$.n')) j
ON DUPLICATE KEY UPDATE part = VALUES(part), whole = VALUES(whole), value = VALUES(value), points = VALUES(points);

-- query: total_put :exec
-- for: desk migrate
-- in:  card_id int, totals text
INSERT INTO score_total (card_id, unit_id, computed, adjusted, total, tier)
SELECT ?, j.u, j.c, j.a, j.t, COALESCE(j.n, '')
  FROM JSON_TABLE(?, '$[*]' COLUMNS (u INT PATH '$.u', c INT PATH '$.c', a INT PATH '$.a', t INT PATH '$.t', n VARCHAR(40) PATH '$.n')) j
ON DUPLICATE KEY UPDATE computed = VALUES(computed), adjusted = VALUES(adjusted), total = VALUES(total), tier = VALUES(tier);

-- query: card_computed :exec
-- for: desk migrate
-- in:  now time, id int
UPDATE score_card SET computed_at = ?, version = version + 1 WHERE id = ?;

-- query: card_sign :exec
-- for: desk migrate
-- in:  by_id int, now time, words text, id int
UPDATE score_card SET state = 'signed', version = version + 1, signed_by = NULLIF(?, 0), signed_at = ?, sign_words = ? WHERE id = ?;

-- query: card_publish :exec
-- for: desk migrate
-- in:  by_id int, now time, id int
UPDATE score_card SET state = 'published', version = version + 1, published_by = NULLIF(?, 0), published_at = ? WHERE id = ?;

-- query: card_lines :many
-- for: public desk migrate
-- in:  card_id int
-- out: unit_id int, indicator_id int, part int, whole int, value int?, points int?
SELECT unit_id, indicator_id, part, whole, value, points FROM score_line WHERE card_id = ? ORDER BY unit_id, indicator_id;

-- query: card_totals :many
-- for: public desk migrate
-- in:  card_id int
-- out: unit_id int, code text, name text, computed int?, adjusted int, total int?, tier text
SELECT u.id, u.code, u.name, t.computed, t.adjusted, t.total, t.tier FROM score_total t JOIN unit u ON u.id = t.unit_id
 WHERE t.card_id = ? ORDER BY u.sort_order, u.id;

-- query: adjust_add :exec
-- for: desk migrate
-- in:  card_id int, unit_id int, indicator_id int?, points int, reason text, evidence text, by_id int, now time
INSERT INTO score_adjust (card_id, unit_id, indicator_id, points, reason, evidence, by_id, at) VALUES (?, ?, ?, ?, ?, ?, NULLIF(?, 0), ?);

-- query: adjust_undo :exec
-- for: desk
-- in:  by_id int, now time, why text, id int, card_id int
UPDATE score_adjust SET undone_by = ?, undone_at = ?, undone_why = ? WHERE id = ? AND card_id = ? AND undone_at IS NULL;

-- query: adjust_sums :many
-- for: desk migrate
-- in:  card_id int
-- out: unit_id int, points int
SELECT unit_id, SUM(points) FROM score_adjust WHERE card_id = ? AND undone_at IS NULL GROUP BY unit_id;

-- query: adjust_of :many
-- for: desk
-- in:  card_id int, unit_id int
-- out: id int, indicator text?, points int, reason text, evidence text, by_id int, by_name text?, at time, undone_by text?, undone_at time?, undone_why text
SELECT a.id, i.name, a.points, a.reason, a.evidence, COALESCE(a.by_id, 0), o.name, a.at, n.name, a.undone_at, a.undone_why
  FROM score_adjust a LEFT JOIN score_indicator i ON i.id = a.indicator_id LEFT JOIN officer o ON o.id = a.by_id
  LEFT JOIN officer n ON n.id = a.undone_by
 WHERE a.card_id = ? AND a.unit_id = ? ORDER BY a.id;

-- Whether a person adjusted a card.
-- query: adjust_by :one
-- for: desk migrate
-- in:  card_id int, by_id int
-- out: yes bool
SELECT EXISTS (SELECT 1 FROM score_adjust WHERE card_id = ? AND by_id = ? AND undone_at IS NULL);

-- Steps of supervision by unit; simulated questions are in no figures.
-- query: score_ordered :many
-- for: desk migrate
-- in:  from_at time, to_at time
-- out: unit_id int, n int
SELECT COALESCE(s.unit_id, 0), COUNT(*) FROM supervision s JOIN ticket t ON t.id = s.ticket_id
 WHERE s.at >= ? AND s.at < ? AND s.level IN ('supervise','circular') AND s.unit_id IS NOT NULL AND NOT t.simulated GROUP BY s.unit_id;
