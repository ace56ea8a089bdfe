/* store_bundle - the post room's side of notices that are gathered: what waits is put into one bundle for each person
 * it is for, and a bundle is sent like a notice (store_outbox.h: struct outbox_item with bundle set).
 *
 * Who reads a notice is asked when it is gathered, so that it reaches who is there then. A role that nobody has in a
 * unit is that of its liaison, then of the office: what nobody has is the first thing that somebody must see. */
#ifndef STORE_BUNDLE_H
#define STORE_BUNDLE_H

#include "store_outbox.h"

#define BUNDLE_LINES_MAX 500

/* What a mail says of one letter and clock. */
struct bundle_line {
	int64_t ticket_id;
	const char *no, *event, *kind;  /* kind: a clock's code, "" none */
	enum outbox_audience audience;
	int32_t due_on;
};

/* Puts what is due into the bundles of its readers; *ret_n: how many notices were looked at, 0 when none wait. */
int store_bundle_gather(struct db *db, struct arena *a, int64_t now, size_t *ret_n) MUST_CHECK;
/* As store_outbox_take(): the bundle that has waited longest; no more is put into it. */
int store_bundle_take(struct db *db, struct arena *a, int64_t now, int64_t lease_until,
                      struct outbox_item *ret) MUST_CHECK;
/* Whom it is for, and what it says: of each letter and clock the newest notice alone, of clocks that still run; none
 * when all of it is over. ERR_NOTFOUND when the officer is gone. */
int store_bundle_lines(struct db *db, struct arena *a, const struct outbox_item *item, const char **ret_mail,
                       const char **ret_unit, struct bundle_line **ret, size_t *ret_n) MUST_CHECK;

#endif
