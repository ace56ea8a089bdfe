/* demo_fields - reading an object of city.json: typed, cleaned as if typed into a form, and the first mistake kept.
 *
 * The caller reads all fields and looks at f->r once. */
#ifndef DEMO_FIELDS_H
#define DEMO_FIELDS_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "err.h"

struct demo_fields {
	struct arena *a;
	const json_t *o;
	int r;                       /* 0, or the first mistake; err_detail() has it */
};

/* keys: all that may be there, separated by blanks; another one is a mistake. */
struct demo_fields demo_fields_open(struct arena *a, const json_t *o, const char *keys);
/* "" when absent. */
const char *demo_fields_line(struct demo_fields *f, const char *key, size_t max_graphemes);
const char *demo_fields_body(struct demo_fields *f, const char *key, size_t max_graphemes);
/* As demo_fields_line(), and must be there. */
const char *demo_fields_need(struct demo_fields *f, const char *key, size_t max_graphemes);
/* absent when absent. */
int64_t demo_fields_int(struct demo_fields *f, const char *key, int64_t absent);
bool demo_fields_flag(struct demo_fields *f, const char *key, bool absent);
/* NULL when absent; a NULL list has the length 0. */
const json_t *demo_fields_object(struct demo_fields *f, const char *key);
const json_t *demo_fields_array(struct demo_fields *f, const char *key);

#endif
