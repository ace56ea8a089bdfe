/* worktime_rules - lights and ladders in force: part of the worktime (worktime.h) that is kept and loaded with it. */
#ifndef WORKTIME_RULES_H
#define WORKTIME_RULES_H

#include "worktime.h"

/* Fills lights and ladders of *wt, in `to`. For worktime.c. */
int worktime_rules_load(struct db *db, struct arena *tmp, struct arena *to, struct worktime *wt) MUST_CHECK;

/* The ladder a clock that begins on a day keeps; NULL when no rule fits. timer: a timer's code, or petition. type
 * TYPE__MAX: of no type in particular. */
const struct ladder *worktime_ladder(const struct worktime *wt, const char *timer, enum ticket_type type,
                                     int64_t unit_id, int32_t day);
/* By its id (timer.ladder_id); NULL when there is none. */
const struct ladder *worktime_ladder_of(const struct worktime *wt, int64_t id);
/* At how many working days the light of a clock changes, by the rule of the day; never NULL. */
const struct light_rule *worktime_light(const struct worktime *wt, const char *timer, enum ticket_type type,
                                        int64_t unit_id, int32_t day);
/* The last day that is soon, by the rule for answers in general: what falls due up to then has the light 预警. */
int32_t worktime_soon_day(const struct worktime *wt, int32_t today);
/* When the office is open: `at` itself in office hours (both ends included), else the next opening. For whoever
 * should not be woken. Beyond the calendar: at. */
int64_t worktime_opening(const struct worktime *wt, int64_t at);

#endif
