/* timers - the clocks of a letter: started, stopped, paused, resumed and moved as part of a change; fired by slad. */
#ifndef TIMERS_H
#define TIMERS_H

#include "ticket.h"

/* Fills c->timers with the open ones. */
int timers_load(struct change *c) MUST_CHECK;
/* Carries out c->move: stops, pauses, resumes, starts. Moves c->t.due_on with the answer's clock. */
int timers_move(struct change *c) MUST_CHECK;
/* Makes the answer's clock longer by working days and records it. *ret_due: the new day. */
int timers_extend(struct change *c, int days, int32_t *ret_due) MUST_CHECK;
/* Sets the answer's clock to an earlier day (a leader may shorten, never lengthen: ERR_INVALID). */
int timers_shorten(struct change *c, int32_t due_on) MUST_CHECK;
/* The master of a merged letter answers by the earlier of the two days (domain 6.4, merge). */
int timers_inherit(struct change *c, int64_t ticket_id, int32_t due_on) MUST_CHECK;
/* The open timer of a kind, or NULL. */
const struct timer *timers_find(const struct change *c, enum timer_kind kind);

/* A day that somebody fixed (the promise, a superior's or leader's date) does not follow the calendar. */
bool timers_follow_calendar(const struct timer *m);
/* When it fires next after its due day was moved: next_at and what is to happen then. Pure. */
void timers_next(const struct worktime *wt, struct timer *m, int64_t now);

/* Works the due day of one open timer out again after the calendar changed. *ret_old, *ret_new: the same when it
 * did not move. dry: nothing is written. */
int timers_recompute(struct db *db, struct arena *a, const struct worktime *wt, int64_t timer_id, int64_t ticket_id,
                     bool dry,
                     int64_t now, int32_t *ret_old, int32_t *ret_new) MUST_CHECK;

/* Takes one timer that is due and fires it, in one transaction: a warning or a breach, once, with its true moment.
 * ERR_NOTFOUND when none is due. */
int timers_fire_one(struct db *db, struct arena *a, int64_t now) MUST_CHECK;

#endif
