/* alarm - tells somebody when something that is no letter reaches a step: nothing published for so long, the
 * site does not open, an incident not reported, the calendar at its end.
 *
 * What is measured is inspect.h, the steps are data (alarm_rule). A step of one turn is one row of `alarm`
 * (unique), with its true moment and the moment it was recorded; its notices are written in the same
 * transaction. So every step is fired exactly once, whoever runs twice or dies, and after hours of downtime all
 * that were passed are fired in order. Outside the office hours the fact is recorded on time and the notice
 * waits for the office to open, except where the rule wakes (incidents: their clocks count hours of the night). What is
 * over by then is not told. */
#ifndef ALARM_H
#define ALARM_H

#include "calendar.h"
#include "db.h"

/* A chore of slad (chore.h): fires what is due, clears what is over. */
int alarm_run(struct db *db, struct arena *a, int64_t now, size_t *done) MUST_CHECK;

/* now during the office hours of a working day, else when the office next opens. Pure. */
int64_t alarm_office_moment(const struct calendar *cal, const struct office_hours *hours, int64_t now);

#endif
