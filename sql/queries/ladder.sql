-- Lights and the ladder of escalation.

-- query: light_rules :many
-- for: public desk slad migrate patrold
-- out: id int, timer text?, business_type text?, unit_id int, warn_amount int, yellow_amount int, warned_red bool, valid_from date, valid_to date?
SELECT id, timer, business_type, COALESCE(unit_id, 0), warn_amount, yellow_amount, warned_red, valid_from, valid_to FROM sla_light ORDER BY id;

-- query: ladders :many
-- for: public desk slad migrate patrold
-- out: id int, timer text?, business_type text?, unit_id int, late_audience text, valid_from date, valid_to date?
SELECT id, timer, business_type, COALESCE(unit_id, 0), late_audience, valid_from, valid_to FROM sla_ladder ORDER BY id;

-- query: ladder_steps :many
-- for: public desk slad migrate patrold
-- out: id int, ladder_id int, anchor text, amount int, amount_unit text, audience text
SELECT id, ladder_id, anchor, amount, amount_unit, audience FROM sla_step ORDER BY ladder_id, id;
