/* desk_pub - what waits at the desks of publication, for the lists and for the start page; and the way from letter to
 * letter through one of the lists.
 *
 * The list from which an edition was opened stands in its address: ?pub=clearing-pending. Without it (and without a
 * list of the desk) it is what the person works off: what waits for review, or for being published. */
#ifndef DESK_PUB_H
#define DESK_PUB_H

#include "desk.h"
#include "page.h"

/* Letters: for a reviewer; sent back, for who edits; approved, for who publishes; public, with a find of a rescan. */
struct desk_pub_waiting { int64_t pending, returned, approved, found; };

/* Without those this person must keep away from. One query. */
int desk_pub_waiting(struct page *p, struct desk_pub_waiting *ret) MUST_CHECK;

/* Which one it is; NULL: none. */
const char *desk_pub_from(const struct page *p);
/* The address of that list; .s NULL: none. */
struct url desk_pub_list(struct page *p);
/* The edition behind this one in that list, as an address; NULL at its end. */
const char *desk_pub_next(struct page *p, const struct desk_letter *l);
/* After a decision or publishing: the next edition of that list, after its end from its start; the list itself when
 * nothing is left, or when it is one of what is over. As desk_go_on() for who has no such list. */
int desk_pub_go_on(struct page *p, const struct desk_letter *l, enum action done) MUST_CHECK;

#endif
