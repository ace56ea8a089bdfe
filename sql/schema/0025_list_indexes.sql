-- The rest of what lists go by: letters a unit helps with, and letters received in a few days.
ALTER TABLE assignment ADD KEY assignment_role (unit_id, role, ended_at, ticket_id), DROP KEY assignment_unit;
ALTER TABLE ticket
  ADD KEY ticket_received_open (received_on, open, sort_due, id, unit_id, desk, state, type, channel, handler_id),
  DROP KEY ticket_received;
