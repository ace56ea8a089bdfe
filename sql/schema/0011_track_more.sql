-- What else the writer of a letter sees of it: how often the contact was opened by a person, the last rating, the last
-- extension. As the views of 0010: the rights of their maker, asked for by number after the query code was checked.
CREATE SQL SECURITY DEFINER VIEW track_more AS
  SELECT t.id,
         (SELECT COUNT(*) FROM reveal r WHERE r.ticket_id = t.id AND r.purpose = 'view') AS seen,
         (SELECT MAX(r.at) FROM reveal r WHERE r.ticket_id = t.id AND r.purpose = 'view') AS seen_last,
         v.solved, v.words, v.round AS rated_round, e.old_due_on, e.new_due_on
    FROM ticket t
    LEFT JOIN evaluation v ON v.ticket_id = t.id
     AND v.round = (SELECT MAX(w.round) FROM evaluation w WHERE w.ticket_id = t.id)
    LEFT JOIN extension e ON e.id =
         (SELECT MAX(x.id) FROM extension x WHERE x.ticket_id = t.id AND x.decision = 'approved');
