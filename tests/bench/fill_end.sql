-- After all batches: what fell due before today is late and its steps were told, and the database knows
-- how many rows there are. Figures are left to `minshengctl stats --repair`.
SET @today = (SELECT MAX(today) FROM bench_today);
INSERT INTO timer_event (timer_id, ticket_id, what, due_at, at, old_due_on, step_id, step_on)
SELECT id, ticket_id, 'breach', TIMESTAMP(due_on, '16:00:00'), TIMESTAMP(due_on, '16:00:01'), due_on, 0, due_on FROM timer
 WHERE state = 'running' AND due_on < @today AND breached_at IS NULL AND ticket_id > @first;
UPDATE timer SET breached_at = TIMESTAMP(due_on, '16:00:00'), next_at = NULL, next_what = NULL
 WHERE state = 'running' AND due_on < @today AND breached_at IS NULL AND ticket_id > @first;

DROP TABLE bench_letter, bench_handler;
ANALYZE TABLE ticket, ticket_text, ticket_gram, timer, timer_event, history, assignment, reply, extension, suspension;
