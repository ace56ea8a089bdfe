/* demo_letters - the letters of the demo city, played in the order in which things happened. */
#ifndef DEMO_LETTERS_H
#define DEMO_LETTERS_H

#include <jansson.h>

#include "demo_time.h"
#include "ticket.h"

struct demo_officer {
	const char *login, *name, *unit_name;
	struct actor who;
};

struct demo {
	struct db *db;
	struct arena *a;             /* lives as long as the load */
	struct demo_time time;
	struct demo_officer *officers;
	size_t n_officers;
};

/* A letter as it stands at the end. */
struct demo_letter {
	const char *no, *query_code, *state, *title;
};

/* Plays the list `letters` of city.json, inside the caller's transaction. Moves the clock (clock_fix); the caller puts
 * it back. */
int demo_letters(struct demo *d, const json_t *letters, struct demo_letter **ret, size_t *ret_n) MUST_CHECK;

#endif
