/* demo_inspect - what the inspection pages of the demo city begin with: questions to ask, an incident, rounds. */
#ifndef DEMO_INSPECT_H
#define DEMO_INSPECT_H

#include <jansson.h>

#include "demo_letters.h"

/* Plays `questions`, `incidents` and `rounds` of city.json, inside the caller's transaction. The weekly question
 * is switched on where environment = demo; a test city asks only when a test says so. */
int demo_inspect(struct demo *d, const json_t *city) MUST_CHECK;

#endif
