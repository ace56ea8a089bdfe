-- Similar letters are looked for among the latest of the same topic: so many rows, however many are published.
ALTER TABLE pub_letter
  ADD KEY pub_by_leaf (topic_id, replied_on, id),
  DROP KEY pub_published;                        -- pub_changed begins with the same column
