/* states_guards - the guards that states.tbl names, one small function each. For states.c, states_why.c and the effects
 * alone.
 *
 * `act` is NULL when buttons are worked out and the details are not known yet. What a person reads when a guard does
 * not hold stands in states_why.c. */
#ifndef STATES_GUARDS_H
#define STATES_GUARDS_H

#include "states.h"

typedef bool guard_fn(const struct facts *f, const struct actor *who, const struct act *act);

#define STEP(from, action, to, guard, stops, starts, pauses, resumes, told) guard_fn guard_##guard;
#define PUBSTEP(from, action, to, guard, stops, told) guard_fn guard_##guard;
#include "states.tbl"

/* How often a writer may ask back in one round. */
#define FOLLOW_UPS_MAX 1

/* Is the level that an addition waits at the last one before its writer reads it? */
bool states_added_last(const struct facts *f);

#endif
