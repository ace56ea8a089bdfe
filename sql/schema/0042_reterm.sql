-- reterm: another term applies to a clock that runs, because its letter turned out to be of another kind (a petition).
ALTER TABLE timer_event
  MODIFY what ENUM('start','pause','resume','extend','shorten','warn','breach','stop','recompute','escalate','lapse','reterm') NOT NULL;
