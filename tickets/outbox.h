/* outbox - "tell someone": one row, in the transaction of the change it tells about. notify/ delivers it. */
#ifndef OUTBOX_H
#define OUTBOX_H

#include "ticket.h"

/* Rows for the audiences in the set told (TOLD_*); event: the action's code. */
int outbox_tell(struct db *db, int64_t ticket_id, const char *event, unsigned told, int64_t unit_id,
                int64_t now) MUST_CHECK;

#endif
