/* demo_watch - circulars of the demo city: list `circulars` of city.json. */
#ifndef DEMO_WATCH_H
#define DEMO_WATCH_H

#include <jansson.h>

#include "demo_letters.h"

/* Plays them after the letters, inside the caller's transaction. Moves the clock (clock_fix); the caller puts it
 * back. */
int demo_watch(struct demo *d, const json_t *circulars, const struct demo_letter *letters, size_t n) MUST_CHECK;

#endif
