/* timers_tell - who is told when a clock has come to a step, or to its end. */
#ifndef TIMERS_TELL_H
#define TIMERS_TELL_H

#include "timers.h"

struct q_timer_take;

/* Adds the notices of one moment of a clock to the list `o`, as rows of the query outbox_gather. Pure. The unit is
 * the one whose clock it is, else the one that has the letter; while none has it the office is told, and a letter
 * without a handler is its unit's. */
void timers_tell(struct str *o, const struct worktime *wt, const struct q_timer_take *row, const struct timer *m,
                 const struct ladder_moment *moment);

#endif
