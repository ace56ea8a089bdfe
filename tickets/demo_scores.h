/* demo_scores - samples and scorecards of the demo city: lists `samples` and `scores` of city.json. */
#ifndef DEMO_SCORES_H
#define DEMO_SCORES_H

#include <jansson.h>

#include "demo_letters.h"

/* Plays them after the letters, inside the caller's transaction. Moves the clock (clock_fix); the caller puts it back.
 * */
int demo_scores(struct demo *d, const json_t *samples, const json_t *scores) MUST_CHECK;

#endif
