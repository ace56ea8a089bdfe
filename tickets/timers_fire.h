/* timers_fire - what is due is recorded and told, in batches; for slad.
 *
 * A batch takes what has been due longest, whatever the number of open clocks, and locks it with its letters without
 * waiting for anybody: what somebody holds comes another time. For each clock every moment that has passed is
 * recorded in order, with its true time, also after hours of standstill: the events are a ledger with a unique key
 * (clock, step, day), so each is there once, whoever runs twice or is killed. The notices are part of the same
 * transaction and wait for the office to open. One clock that cannot be fired is set aside (timer_stuck), tried again
 * later and later, and holds up no other. */
#ifndef TIMERS_FIRE_H
#define TIMERS_FIRE_H

#include "timers.h"

#define TIMERS_FIRE_MAX 500

struct fired {
	size_t clocks, moments;
	size_t stuck;                /* set aside in this batch */
	int64_t late_s;              /* how late the latest moment was recorded */
};

/* One batch of at most `max` clocks (TIMERS_FIRE_MAX). Nothing due: *ret is all 0. Errors of the database. */
int timers_fire(struct db *db, struct arena *a, int64_t now, size_t max, struct fired *ret) MUST_CHECK;

#endif
