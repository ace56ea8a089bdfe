/* desk_params - the description of a list as text, to be read later with the rights of then.
 *
 * An order for a file keeps which letters it is of; days are those of the moment it was ordered. Pure. */
#ifndef DESK_PARAMS_H
#define DESK_PARAMS_H

#include "desk_list.h"

/* JSON. What a list shows first and how many a page is left out. */
const char *desk_params_pack(struct arena *a, const struct desk_query *ask);
/* The same list for who, from its start: never more than who may read. ERR_INVALID when the text is none of ours. */
int desk_params_unpack(struct arena *a, const char *text, const struct actor *who, struct desk_query *ret) MUST_CHECK;

#endif
