/* desk_queue - the page of a list, for those who show it again: desk_saved.c when a name will not do. */
#ifndef DESK_QUEUE_H
#define DESK_QUEUE_H

#include "desk.h"

/* filter: of the list; NULL: as the address says. name, name_problem: of a list to be kept, as typed and what is
 * wrong. */
int desk_queue_show(struct page *p, const char *filter, const char *name, const char *name_problem) MUST_CHECK;

#endif
