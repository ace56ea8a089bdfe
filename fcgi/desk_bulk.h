/* desk_bulk - one action on many letters of a list: first what would happen to which, then each in a transaction of
 * its own.
 *
 * Each ticked letter carries the version the person saw: what somebody else changed meanwhile is told and left alone,
 * the others go on. Sent twice it does nothing twice. */
#ifndef DESK_BULK_H
#define DESK_BULK_H

#include "desk.h"

#define DESK_BULK_MAX DESK_ROWS

/* What this person may do to many letters, as buttons; none for who can do nothing to them. */
void desk_bulk_acts(struct page *p, const struct choice **ret, size_t *ret_n);
/* Those of them that press: reminding, urging, a circular. */
void desk_bulk_presses(struct page *p, const struct choice **ret, size_t *ret_n);

#endif
