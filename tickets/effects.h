/* effects - what an action does besides changing the state: one function an action, within the change's transaction. */
#ifndef EFFECTS_H
#define EFFECTS_H

#include "ticket.h"

/* Runs the effect of c->act->action, if it has one. Called before the timers move: it may set c->t's unit, answer and
 * result, and c->public_note and c->reason. */
int effects_before(struct change *c) MUST_CHECK;
/* The part that needs the clocks to have moved (extensions, instruction). */
int effects_after(struct change *c) MUST_CHECK;

#endif
