-- Pages of promised days go by the day alone: with the constant result in front, the database would walk there from the latest day.
ALTER TABLE reply
  ADD KEY reply_promise_day (next_on, result_code),
  DROP KEY reply_promised;
