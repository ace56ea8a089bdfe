/* outbox - "tell someone": one row, in the transaction of the change it tells about. notify/ delivers it. */
#ifndef OUTBOX_H
#define OUTBOX_H

#include "ticket.h"

/* Rows for the audiences in the set told (TOLD_*); event: the action's code. Writers are told at once, the desk while
 * the office is open: what happens at night or on a day off waits for the next opening. worktime_get() has been
 * called. */
int outbox_tell(struct db *db, int64_t ticket_id, const char *event, unsigned told, int64_t unit_id,
                int64_t now) MUST_CHECK;

#endif
