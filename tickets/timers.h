/* timers - the clocks of a letter: started, stopped, paused, resumed and moved as part of a change; fired by slad. */
#ifndef TIMERS_H
#define TIMERS_H

#include "ticket.h"

/* Fills c->timers with the open ones. */
int timers_load(struct change *c) MUST_CHECK;
/* Carries out c->move: stops, pauses, resumes, starts. Moves c->t.due_on with the answer's clock. */
int timers_move(struct change *c) MUST_CHECK;
/* Makes the answer's clock longer, in days as its term has them, and records it. *ret_due: the new day. */
int timers_extend(struct change *c, int days, int32_t *ret_due) MUST_CHECK;
/* Gives the answer's clock the term its letter has by now (a petition, or no more); not before today. Records it. */
int timers_reterm(struct change *c) MUST_CHECK;
/* Sets the answer's clock to an earlier day (a leader may shorten, never lengthen: ERR_INVALID). */
int timers_shorten(struct change *c, int32_t due_on) MUST_CHECK;
/* The master of a merged letter answers by the earlier of the two days (domain 6.4, merge). */
int timers_inherit(struct change *c, int64_t ticket_id, int32_t due_on) MUST_CHECK;
/* The open timer of a kind, or NULL. */
const struct timer *timers_find(const struct change *c, enum timer_kind kind);

/* A day that somebody fixed (the promise, a superior's or leader's date) does not follow the calendar. */
bool timers_follow_calendar(const struct worktime *wt, const struct timer *m);
/* When it fires next after its due day was moved: next_at and what is to happen then. Pure. */
void timers_next(const struct worktime *wt, struct timer *m, int64_t now);

/* The steps a clock goes by; NULL when there are none. One from before there were ladders goes by those in force when
 * it began. Pure. */
const struct ladder *timers_ladder(const struct worktime *wt, const struct timer *m);
/* All moments of a clock, in order; see ladder_moments(). Pure. */
size_t timers_moments(const struct worktime *wt, const struct timer *m,
                      struct ladder_moment ret[LADDER_STEPS_MAX + 1]);
/* A time during which something may be done: when it is over nobody is late. */
bool timers_is_window(enum timer_kind kind);

#endif
