-- A comment before anything.

-- query: letter_by_no :one
-- for: public desk
-- in:  no text
-- out: id int, title text?, due_at time?, due_on date, sealed blob, rate real?, open bool
-- another comment
SELECT id, title, due_at, due_on, sealed, rate, open
  FROM letter WHERE no = ? AND note <> 'a ? in "quotes"';
