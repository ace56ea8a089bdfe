-- Search: a derived table in Mroonga, which is neither transactional nor safe against crashes by itself. What must be indexed stands
-- in a queue that is written in the transaction that publishes or takes down; what the index proposes counts only when the published
-- row has the same hash. minsheng-searchd keeps it and builds it anew when it may be damaged.
CREATE TABLE search_queue (
  pub_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  turn   INT UNSIGNED NOT NULL DEFAULT 1        -- grows with each change: taken from the queue only as it was seen
) ENGINE=InnoDB;

CREATE TRIGGER search_queue_insert AFTER INSERT ON pub_letter FOR EACH ROW
INSERT INTO search_queue (pub_id) VALUES (NEW.id) ON DUPLICATE KEY UPDATE turn = turn + 1;

CREATE TRIGGER search_queue_update AFTER UPDATE ON pub_letter FOR EACH ROW
INSERT INTO search_queue (pub_id) SELECT NEW.id FROM DUAL
 WHERE NOT (NEW.sha256 <=> OLD.sha256 AND NEW.type <=> OLD.type AND NEW.unit_id <=> OLD.unit_id AND NEW.replied_on <=> OLD.replied_on
   AND NEW.topic_id <=> OLD.topic_id AND NEW.place_id <=> OLD.place_id AND NEW.result_code <=> OLD.result_code)
    ON DUPLICATE KEY UPDATE turn = turn + 1;

CREATE TRIGGER search_queue_delete AFTER DELETE ON pub_letter FOR EACH ROW
INSERT INTO search_queue (pub_id) VALUES (OLD.id) ON DUPLICATE KEY UPDATE turn = turn + 1;

-- One row.
CREATE TABLE search_state (
  one        TINYINT NOT NULL PRIMARY KEY DEFAULT 1 CHECK (one = 1),
  ready      BOOLEAN NOT NULL DEFAULT FALSE,    -- search_doc is whole but for what stands in the queue
  writing    BOOLEAN NOT NULL DEFAULT FALSE,    -- somebody is writing to it: if the server dies now, it may be damaged
  boot       VARCHAR(40) NOT NULL DEFAULT '',   -- start of the machine since which it was written
  fold       BIGINT NOT NULL DEFAULT 0,         -- the table its text was folded by
  done       BIGINT NOT NULL DEFAULT 0,         -- of a building under way, in letters
  total      BIGINT NOT NULL DEFAULT 0,
  built_at   DATETIME NULL,
  built_ms   BIGINT NOT NULL DEFAULT 0,
  checked_at DATETIME NULL
) ENGINE=InnoDB;
INSERT INTO search_state (one) VALUES (1);

-- Empty after every start of the server: until somebody has looked whether search_doc is as it was, it is not asked.
CREATE TABLE search_alive (
  one TINYINT NOT NULL PRIMARY KEY
) ENGINE=MEMORY;

-- Folded texts of published letters, and what they are filtered by (0: none; result: a number made of the code). sort_key: day of the
-- answer, then id (tickets/search_inner.h). TokenBigramSplitSymbolAlphaDigit and no normaliser: every pair of neighbouring characters,
-- whatever they are, so that a phrase is found exactly where it stands.
CREATE TABLE search_doc (
  id        BIGINT NOT NULL PRIMARY KEY,
  print     BIGINT NOT NULL,                    -- first 63 bits of the hash of the edition
  sort_key  BIGINT NOT NULL,
  type      INT NOT NULL,
  unit_id   INT NOT NULL,
  topic_top INT NOT NULL,
  topic_id  INT NOT NULL,
  place_id  INT NOT NULL,
  result    INT NOT NULL,
  title     TEXT NOT NULL,
  words     MEDIUMTEXT NOT NULL,
  FULLTEXT KEY search_text (title, words) COMMENT 'tokenizer "TokenBigramSplitSymbolAlphaDigit", normalizer "none"'
) ENGINE=Mroonga DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The one that is built beside it.
CREATE TABLE search_next LIKE search_doc;
