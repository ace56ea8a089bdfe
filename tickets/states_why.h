/* states_why - the sentence a person reads when a guard of states.tbl does not hold: the one reason that stands in the
 * way, not all that might. Used by states.c alone. */
#ifndef STATES_WHY_H
#define STATES_WHY_H

#include "states_guards.h"

/* Sets the message (err_text) and returns its code: ERR_STATE, ERR_DENIED or ERR_INVALID. guard: as states.tbl names
 * it; button: the action in Chinese, for a guard without a sentence; act is NULL when buttons are worked out. */
int states_why(const char *guard, const char *button, const struct facts *f, const struct actor *who,
               const struct act *act);

#endif
