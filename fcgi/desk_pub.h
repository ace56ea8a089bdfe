/* desk_pub - what waits at the desks of publication, for the lists and for the start page. */
#ifndef DESK_PUB_H
#define DESK_PUB_H

#include "page.h"

/* Letters: for a reviewer; sent back, for who edits; approved, for who publishes; public, with a find of a rescan. */
struct desk_pub_waiting { int64_t pending, returned, approved, found; };

/* Without those this person must keep away from. One query. */
int desk_pub_waiting(struct page *p, struct desk_pub_waiting *ret) MUST_CHECK;

#endif
