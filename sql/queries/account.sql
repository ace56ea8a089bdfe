-- Why a clock of a letter ends on its day (tickets/account.h).

-- The newest clock of a kind, running or not, with the term it goes by. base: the term's own amount, without extensions.
-- query: account_clock :one
-- for: public desk migrate
-- in:  ticket_id int, kind text
-- out: id int, round int, state text, start_on date, amount int, amount_unit text, due_on date, provisional bool, breached_at time?, stopped_at time?, timer text?, business_type text?, of_unit bool, base int, base_unit text?, valid_from date?, grounds text?
SELECT m.id, m.round, m.state, m.start_on, m.amount, m.amount_unit, m.due_on, m.provisional, m.breached_at, m.stopped_at,
       p.timer, p.business_type, p.unit_id IS NOT NULL, COALESCE(p.amount, 0), p.amount_unit, p.valid_from, p.grounds
  FROM timer m LEFT JOIN sla_policy p ON p.id = m.policy_id
 WHERE m.ticket_id = ? AND m.kind = ? ORDER BY m.id DESC LIMIT 1;

-- What happened to it. title, reason: of the change of calendar or term that moved it.
-- query: account_events :many
-- for: public desk migrate
-- in:  timer_id int
-- out: what text, due_at time?, at time, old_due_on date?, new_due_on date?, title text?, reason text?
SELECT e.what, e.due_at, e.at, e.old_due_on, e.new_due_on, c.title, c.reason
  FROM timer_event e LEFT JOIN clock_change c ON c.id = e.change_id
 WHERE e.timer_id = ? AND e.what IN ('pause','resume','extend','shorten','breach','stop','recompute') ORDER BY e.id LIMIT 200;

-- The notices that some years go by.
-- query: account_years :many
-- for: public desk migrate
-- in:  from_year int, to_year int
-- out: year int, provisional bool, source text, version_id int, imported_at time
SELECT y.year, y.provisional, y.source, y.version_id, v.imported_at FROM calendar_year y
  JOIN calendar_version v ON v.id = y.version_id
 WHERE y.year BETWEEN ? AND ? AND y.version_id = (SELECT MAX(x.version_id) FROM calendar_year x WHERE x.year = y.year)
 ORDER BY y.year;
