/* desk_helpers - the units that help with a letter, and what they say, as pages show it. */
#ifndef DESK_HELPERS_H
#define DESK_HELPERS_H

#include "desk.h"
#include "views/_opinions.h"

/* Empty when nobody helps; one query otherwise. */
int desk_helpers(struct page *p, const struct desk_letter *l, struct part_opinions *ret) MUST_CHECK;

#endif
