/* json_text - a JSON value of jansson as text in memory of ours. */
#ifndef JSON_TEXT_H
#define JSON_TEXT_H

#include <jansson.h>

#include "str.h"

/* Adds the value as text; flags: of json_dumps(), JSON_COMPACT and the like. What does not fit sets o->over. value
 * stays the caller's. */
void json_text_add(struct str *o, const json_t *value, size_t flags);

#endif
