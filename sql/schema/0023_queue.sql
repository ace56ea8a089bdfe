-- Lists of letters that stay quick with 100,000 of them open: what a list is sorted and narrowed by stands in one index.

-- asks: something besides the letter's state waits for a decision (an extension, a holding reply, a supplement that did not
-- come). review_level: levels of review that the reply in review has passed. Both are written with every change of the letter.
-- desk: at whose desk it lies. sort_due: as lists are sorted, letters without a date last.
ALTER TABLE ticket
  ADD COLUMN asks BOOLEAN NOT NULL DEFAULT FALSE,
  ADD COLUMN review_level TINYINT UNSIGNED NOT NULL DEFAULT 0;
UPDATE ticket t SET t.asks = EXISTS (SELECT 1 FROM extension e WHERE e.ticket_id = t.id AND e.decision = 'open')
      OR EXISTS (SELECT 1 FROM reply r WHERE r.ticket_id = t.id AND r.kind <> 'final' AND r.state = 'in_review')
      OR EXISTS (SELECT 1 FROM timer m WHERE m.ticket_id = t.id AND m.kind = 'supplement' AND m.state = 'running'
                 AND m.breached_at IS NOT NULL),
    t.review_level = COALESCE((SELECT MAX(r.level) FROM reply r WHERE r.ticket_id = t.id AND r.kind = 'final'
                               AND r.state = 'in_review'), 0);
ALTER TABLE ticket
  ADD COLUMN open BOOLEAN AS (state IN ('submitted','supplement','accepted','assigned','handling','objected','suspended',
                                        'in_review','submitted_up')) STORED,
  ADD COLUMN sort_due DATE AS (COALESCE(due_on, DATE '9999-12-31')) STORED,
  ADD COLUMN desk ENUM('none','registrar','lapsed','writer','liaison','handler','asks','dept','office','superior','suspended') AS (
    CASE WHEN state IN ('submitted','accepted','objected') THEN 'registrar'
         WHEN state = 'supplement' THEN IF(asks, 'lapsed', 'writer')
         WHEN state = 'assigned' THEN 'liaison'
         WHEN state = 'in_review' THEN IF(review_level = 0, 'dept', 'office')
         WHEN state = 'submitted_up' THEN 'superior'
         WHEN state IN ('handling','replied','closed') AND asks THEN 'asks'
         WHEN state = 'handling' THEN 'handler'
         WHEN state = 'suspended' THEN 'suspended'
         ELSE 'none' END) STORED,
  ADD KEY ticket_open (open, sort_due, id, unit_id, desk, state, type, channel, received_on, handler_id),
  ADD KEY ticket_unit_open (unit_id, open, sort_due, id, desk, state, type, channel, received_on, handler_id),
  ADD KEY ticket_desk (desk, sort_due, id, unit_id, state, type, channel, received_on, handler_id),
  ADD KEY ticket_state (state, sort_due, id),
  ADD KEY ticket_handler_open (handler_id, open, sort_due, id),
  DROP KEY ticket_unit_queue,
  DROP KEY ticket_queue;

-- What a person has done last, and what came back to a person.
ALTER TABLE history ADD KEY history_officer (officer_id, id);
ALTER TABLE reply ADD KEY reply_author (author_id, state);

-- Pairs of neighbouring characters in titles and places, and the six random digits of the number: what a search in lists goes by.
CREATE TABLE ticket_gram (
  gram      VARCHAR(6) NOT NULL,
  ticket_id BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (gram, ticket_id),
  CONSTRAINT ticket_gram_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id)
) ENGINE=InnoDB;
INSERT IGNORE INTO ticket_gram (gram, ticket_id)
  SELECT LOWER(SUBSTR(t.title, s.seq, 2)), t.id FROM ticket t JOIN seq_1_to_259 s ON s.seq < CHAR_LENGTH(t.title);
INSERT IGNORE INTO ticket_gram (gram, ticket_id)
  SELECT LOWER(SUBSTR(x.place, s.seq, 2)), x.ticket_id FROM ticket_text x JOIN seq_1_to_259 s ON s.seq < CHAR_LENGTH(x.place);
INSERT IGNORE INTO ticket_gram (gram, ticket_id) SELECT LEFT(RIGHT(t.no, 8), 6), t.id FROM ticket t;
