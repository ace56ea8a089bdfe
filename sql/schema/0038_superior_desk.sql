-- What is added to an answer lies at the superior's desk once it has passed the office: review_level tells the levels that the
-- reply in review has passed, of an answered letter those of the addition.
UPDATE ticket t SET t.review_level = COALESCE((SELECT MAX(r.level) FROM reply r WHERE r.ticket_id = t.id
      AND r.kind IN ('supplementary','correction') AND r.state = 'in_review'), 0)
 WHERE t.state IN ('replied','closed') AND t.asks;
ALTER TABLE ticket MODIFY COLUMN
  desk ENUM('none','registrar','lapsed','writer','liaison','handler','asks','dept','office','superior','suspended') AS (
    CASE WHEN state IN ('submitted','accepted','objected') THEN 'registrar'
         WHEN state = 'supplement' THEN IF(asks, 'lapsed', 'writer')
         WHEN state = 'assigned' THEN 'liaison'
         WHEN state = 'in_review' THEN IF(review_level = 0, 'dept', 'office')
         WHEN state = 'submitted_up' THEN 'superior'
         WHEN state IN ('replied','closed') AND asks AND review_level >= 2 THEN 'superior'
         WHEN state IN ('handling','replied','closed') AND asks THEN 'asks'
         WHEN state = 'handling' THEN 'handler'
         WHEN state = 'suspended' THEN 'suspended'
         ELSE 'none' END) STORED;
