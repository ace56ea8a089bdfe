-- What letters are about: the list itself and its changes. Ids of lower topics stand between that of theirs and the next hundred.

-- Upper ones before theirs; “other” is the last. active: offered, which a lower one is not while its upper one is not.
-- query: topic_all :many
-- for: public desk migrate paperd
-- out: id int, parent_id int, code text, name text, active bool
SELECT t.id, COALESCE(t.parent_id, 0), t.code, t.name, t.active AND COALESCE(p.active, TRUE)
  FROM topic t LEFT JOIN topic p ON p.id = t.parent_id
 ORDER BY COALESCE(p.code, t.code) = 'other', COALESCE(p.sort_order, t.sort_order), COALESCE(p.id, t.id), t.parent_id IS NOT NULL,
          t.sort_order, t.id;

-- The same for who keeps the list, with the open letters of each.
-- query: topic_kept :many
-- for: desk
-- out: id int, parent_id int, name text, active bool, offered bool, open_n int
SELECT t.id, COALESCE(t.parent_id, 0), t.name, t.active, t.active AND COALESCE(p.active, TRUE), COALESCE(k.n, 0)
  FROM topic t LEFT JOIN topic p ON p.id = t.parent_id
  LEFT JOIN (SELECT topic_id, COUNT(*) AS n FROM ticket FORCE INDEX (ticket_topic_open) WHERE open = 1 AND topic_id > 0
              GROUP BY topic_id) k ON k.topic_id = t.id
 ORDER BY COALESCE(p.code, t.code) = 'other', COALESCE(p.sort_order, t.sort_order), COALESCE(p.id, t.id), t.parent_id IS NOT NULL,
          t.sort_order, t.id;

-- query: topic_one :one
-- for: desk
-- in:  id int
-- out: id int, parent_id int, parent_name text?, parent_active bool, name text, active bool, version int
SELECT t.id, COALESCE(t.parent_id, 0), p.name, COALESCE(p.active, TRUE), t.name, t.active, t.version
  FROM topic t LEFT JOIN topic p ON p.id = t.parent_id WHERE t.id = ?;

-- query: topic_by_code :one
-- for: migrate
-- in:  code text
-- out: id int
SELECT id FROM topic WHERE code = ?;

-- query: topic_last :one
-- for: desk
-- in:  from_id int, to_id int
-- out: id int
SELECT COALESCE(MAX(id), 0) FROM topic WHERE id BETWEEN ? AND ?;

-- How many others under the same one have that name.
-- query: topic_same :one
-- for: desk
-- in:  parent_id int, name text, not_id int
-- out: n int
SELECT COUNT(*) FROM topic WHERE COALESCE(parent_id, 0) = ? AND name = ? AND id <> ?;

-- Behind its neighbours.
-- query: topic_add :exec
-- for: desk
-- in:  id int, parent_id int, code text, name text, parent_again int
INSERT INTO topic (id, parent_id, code, name, sort_order)
SELECT ?, NULLIF(?, 0), ?, ?, COALESCE(MAX(t.sort_order), 0) + 1 FROM topic t WHERE COALESCE(t.parent_id, 0) = ? AND t.code <> 'other';

-- query: topic_change :exec
-- for: desk
-- in:  name text, active bool, id int, version int
UPDATE topic SET name = ?, active = ?, version = version + 1 WHERE id = ? AND version = ?;

-- query: topic_event_add :exec
-- for: desk
-- in:  at time, topic_id int, by_id int, kind text, name text, was text?
INSERT INTO topic_event (at, topic_id, by_id, kind, name, was) VALUES (?, ?, ?, ?, ?, ?);

-- query: topic_events :many
-- for: desk
-- in:  topic_id int
-- out: at time, kind text, by_name text, name text, was text?
SELECT e.at, e.kind, o.name, e.name, e.was FROM topic_event e JOIN officer o ON o.id = e.by_id WHERE e.topic_id = ?
 ORDER BY e.id DESC LIMIT 50;
