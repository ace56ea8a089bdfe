/* desk_since - what others did to a letter while somebody had its page open: told beside what that person typed. */
#ifndef DESK_SINCE_H
#define DESK_SINCE_H

#include "desk.h"
#include "views/_since.h"

/* The steps after this version, and the text that came with the last of them; ret->course.steps_n is 0 for none. */
int desk_since(struct page *p, const struct desk_letter *l, int64_t version, struct part_since *ret) MUST_CHECK;

#endif
