-- Letters from an older mailbox, written as they stood when it closed them.

-- query: import_ticket_add :insert
-- for: migrate
-- in:  no text, type text, state text, pub_state text, version int, title text, unit_id int, publish_ok bool, received_at time, received_on date, accepted_at time, due_on date, due_provisional bool, first_due_on date, replied_at time?, reply_workdays int?, closed_at time?, result_code text?, reason_code text?
INSERT INTO ticket (no, type, channel, state, pub_state, version, title, unit_id, publish_ok, received_at, received_on, accepted_at,
                    due_on, due_provisional, first_due_on, replied_at, reply_workdays, closed_at, result_code, reason_code)
VALUES (?, ?, 'import', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- query: import_assignment_add :exec
-- for: migrate
-- in:  ticket_id int, unit_id int, assigned_at time, signed_at time, ended_at time?
INSERT INTO assignment (ticket_id, unit_id, role, round, assigned_at, signed_at, ended_at) VALUES (?, ?, 'main', 1, ?, ?, ?);

-- query: import_timer_add :insert
-- for: migrate
-- in:  ticket_id int, policy_id int, start_on date, amount int, amount_unit text, due_on date, provisional bool, breached_at time?, stopped_at time
INSERT INTO timer (ticket_id, kind, round, state, policy_id, start_on, amount, amount_unit, due_on, provisional, breached_at, stopped_at)
VALUES (?, 'reply', 1, 'stopped', ?, ?, ?, ?, ?, ?, ?, ?);

-- query: import_edition_add :insert
-- for: migrate
-- in:  ticket_id int, title text, body text, reply text, sha256 blob, rules int, made_at time
INSERT INTO edition (ticket_id, seq, title, body, reply, sha256, rules, made_at) VALUES (?, 1, ?, ?, ?, ?, ?, ?);

-- Known by name only: nobody may write to it, and nothing can be assigned to it, until an administrator says so.
-- query: import_unit_add :insert
-- for: migrate
-- in:  code text, name text, short_name text
INSERT INTO unit (code, name, short_name, sort_order, takes_letters, active) VALUES (?, ?, ?, 9000, FALSE, FALSE);
