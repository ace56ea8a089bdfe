/* clock_move - the batches of a change: open clocks counted again, and written. Used by clock_change.c alone. */
#ifndef CLOCK_MOVE_H
#define CLOCK_MOVE_H

#include "queries.h"
#include "worktime.h"

/* By what clocks are counted again. */
struct clock_plan {
	const struct worktime *wt;         /* the calendar and the terms as they are or would be */
	const struct sla_policy *term;     /* the new term, one of wt->policies; NULL: the calendar has changed */
	int32_t from, to;                  /* only clocks that run on a day in between */
};

/* The next batch of a preview, in a transaction of the caller's: after letter c->at_ticket. *ret_letters: of ids,
 * how many. */
int clock_move_look(struct db *db, struct arena *a, const struct clock_plan *plan, const struct q_change_take *c,
                    size_t *ret_letters) MUST_CHECK;
/* The same for a change in force: letters are locked, clocks moved, events, letters, figures and notices written. */
int clock_move_apply(struct db *db, struct arena *a, const struct clock_plan *plan, const struct q_change_take *c,
	int64_t now,
                     size_t *ret_letters) MUST_CHECK;

#endif
