/* chore - one row of what minsheng-slad does in the background, and when its turn comes again.
 *
 * The rows stand in slad.c. Each has its turn by its own time; one that fails is logged, waits longer and longer, and
 * holds up no other. One thread does them all, so a turn is short: at most about 200 ms, in batches, each a transaction
 * of its own; what is left is taken at the next turn. Two slads may run at once and either be killed at any point:
 * whoever takes work locks it with SKIP LOCKED, or does what does no harm when done twice. */
#ifndef CHORE_H
#define CHORE_H

#include <stdbool.h>
#include <stddef.h>

#include "db.h"

struct chore {
	const char *name;
	int64_t every_ms;            /* when there was nothing to do; 0: the setting tick_s */
	/* *done: how many things it did. Not 0: there may be more, it has its turn again right after the others. */
	int (*run)(struct db *db, struct arena *a, int64_t now, size_t *done);
};

struct chore_state {
	int64_t next_ms;             /* clock_mono_ms() of its next turn */
	int failures;                /* in a row */
};

#define CHORE_BACK_MS 1000       /* after the first failure; doubled with each */
#define CHORE_BACK_MOST_MS 60000
#define CHORE_AWAY_MOST_MS 2000  /* when it is the database that is away: nobody's fault, and clocks are waiting */

/* Sets when its turn comes again: r is what run() returned, tick_ms stands for every_ms 0. True when this is worth a
 * line in the log: the 1st, 2nd, 4th, 8th … failure in a row, and the first success after one. Pure. */
bool chore_after(const struct chore *chore, struct chore_state *s, int r, size_t done, int64_t mono_ms,
                 int64_t tick_ms);

#endif
