-- After all batches: what fell due before today is late, the figures are counted, the statistics of the tables are read.
-- Counted directly from the letters: the same definitions as tickets/stats.h, another way.
SET @today = (SELECT MAX(today) FROM bench_today);
INSERT INTO timer_event (timer_id, ticket_id, what, due_at, at, old_due_on)
SELECT id, ticket_id, 'breach', TIMESTAMP(due_on, '16:00:00'), TIMESTAMP(due_on, '16:00:01'), due_on FROM timer
 WHERE state = 'running' AND due_on < @today AND breached_at IS NULL;
UPDATE timer SET breached_at = TIMESTAMP(due_on, '16:00:00'), next_at = NULL, next_what = NULL
 WHERE state = 'running' AND due_on < @today AND breached_at IS NULL;

CREATE OR REPLACE TABLE bench_fact ENGINE=InnoDB
SELECT t.id, t.type, COALESCE(t.unit_id, 0) AS unit_id, t.state, t.pub_state, COALESCE(t.grade, 0) AS grade, t.received_on,
       DATE(t.accepted_at + INTERVAL 8 HOUR) AS accepted_on, DATE(t.replied_at + INTERVAL 8 HOUR) AS replied_on,
       IF(t.round = 1 AND t.due_on IS NOT NULL, t.due_on, t.first_due_on) AS due_on, LEAST(GREATEST(COALESCE(t.reply_workdays, 0), 0), 999) AS took
       , COALESCE(t.topic_id, 0) AS topic_id -- if ticket.topic_id
  FROM ticket t
 WHERE t.state <> 'invalid'
   AND t.simulated = 0 -- if ticket.simulated
;
DELETE FROM stat_delta;
DELETE FROM stat_day WHERE measure <> 'invalid';
INSERT INTO stat_day (measure, day, unit_id, type, bucket, n
  , topic_id -- if stat_day.topic_id
  )
SELECT 'received', received_on, unit_id, type, 0, COUNT(*)
       , topic_id -- if stat_day.topic_id
  FROM bench_fact WHERE TRUE
 GROUP BY 2, 3, 4, 5
  , topic_id -- if stat_day.topic_id
;
INSERT INTO stat_day (measure, day, unit_id, type, bucket, n
  , topic_id -- if stat_day.topic_id
  )
SELECT 'refused', received_on, unit_id, type, 0, COUNT(*)
       , topic_id -- if stat_day.topic_id
  FROM bench_fact WHERE state = 'refused'
 GROUP BY 2, 3, 4, 5
  , topic_id -- if stat_day.topic_id
;
INSERT INTO stat_day (measure, day, unit_id, type, bucket, n
  , topic_id -- if stat_day.topic_id
  )
SELECT 'merged', received_on, unit_id, type, 0, COUNT(*)
       , topic_id -- if stat_day.topic_id
  FROM bench_fact WHERE state = 'merged'
 GROUP BY 2, 3, 4, 5
  , topic_id -- if stat_day.topic_id
;
INSERT INTO stat_day (measure, day, unit_id, type, bucket, n
  , topic_id -- if stat_day.topic_id
  )
SELECT 'withdrawn', received_on, unit_id, type, 0, COUNT(*)
       , topic_id -- if stat_day.topic_id
  FROM bench_fact WHERE state = 'withdrawn'
 GROUP BY 2, 3, 4, 5
  , topic_id -- if stat_day.topic_id
;
INSERT INTO stat_day (measure, day, unit_id, type, bucket, n
  , topic_id -- if stat_day.topic_id
  )
SELECT 'accepted', accepted_on, unit_id, type, 0, COUNT(*)
       , topic_id -- if stat_day.topic_id
  FROM bench_fact WHERE accepted_on IS NOT NULL
 GROUP BY 2, 3, 4, 5
  , topic_id -- if stat_day.topic_id
;
INSERT INTO stat_day (measure, day, unit_id, type, bucket, n
  , topic_id -- if stat_day.topic_id
  )
SELECT 'due', due_on, unit_id, type, 0, COUNT(*)
       , topic_id -- if stat_day.topic_id
  FROM bench_fact WHERE accepted_on IS NOT NULL AND due_on IS NOT NULL AND state NOT IN ('refused', 'merged', 'withdrawn')
 GROUP BY 2, 3, 4, 5
  , topic_id -- if stat_day.topic_id
;
INSERT INTO stat_day (measure, day, unit_id, type, bucket, n
  , topic_id -- if stat_day.topic_id
  )
SELECT 'on_time', due_on, unit_id, type, 0, COUNT(*)
       , topic_id -- if stat_day.topic_id
  FROM bench_fact WHERE accepted_on IS NOT NULL AND state NOT IN ('refused', 'merged', 'withdrawn') AND replied_on <= due_on
 GROUP BY 2, 3, 4, 5
  , topic_id -- if stat_day.topic_id
;
INSERT INTO stat_day (measure, day, unit_id, type, bucket, n
  , topic_id -- if stat_day.topic_id
  )
SELECT 'replied', replied_on, unit_id, type, took, COUNT(*)
       , topic_id -- if stat_day.topic_id
  FROM bench_fact WHERE replied_on IS NOT NULL
 GROUP BY 2, 3, 4, 5
  , topic_id -- if stat_day.topic_id
;
INSERT INTO stat_day (measure, day, unit_id, type, bucket, n
  , topic_id -- if stat_day.topic_id
  )
SELECT 'published', replied_on, unit_id, type, 0, COUNT(*)
       , topic_id -- if stat_day.topic_id
  FROM bench_fact WHERE replied_on IS NOT NULL AND pub_state IN ('published', 'corrected')
 GROUP BY 2, 3, 4, 5
  , topic_id -- if stat_day.topic_id
;
INSERT INTO stat_day (measure, day, unit_id, type, bucket, n
  , topic_id -- if stat_day.topic_id
  )
SELECT 'rated', replied_on, unit_id, type, 0, COUNT(*)
       , topic_id -- if stat_day.topic_id
  FROM bench_fact WHERE replied_on IS NOT NULL AND grade > 0
 GROUP BY 2, 3, 4, 5
  , topic_id -- if stat_day.topic_id
;
INSERT INTO stat_day (measure, day, unit_id, type, bucket, n
  , topic_id -- if stat_day.topic_id
  )
SELECT 'satisfied', replied_on, unit_id, type, 0, COUNT(*)
       , topic_id -- if stat_day.topic_id
  FROM bench_fact WHERE replied_on IS NOT NULL AND grade >= 3
 GROUP BY 2, 3, 4, 5
  , topic_id -- if stat_day.topic_id
;
DROP TABLE bench_fact, bench_letter;
ANALYZE TABLE ticket, ticket_text, ticket_gram, timer, timer_event, history, assignment, reply, extension, suspension, stat_day;
