/* store_outbox - the post room's side of the outbox: take one notice under a lease, say how it ended. */
#ifndef STORE_OUTBOX_H
#define STORE_OUTBOX_H

#include <stdbool.h>

#include "db.h"

enum outbox_audience { OUTBOX_WRITER, OUTBOX_UNIT, OUTBOX_OFFICE, OUTBOX_HANDLER };

struct outbox_item {
	int64_t id, ticket_id, unit_id;
	int64_t alarm_id;            /* it is about an alarm and no letter; 0: about a letter */
	const char *event;
	enum outbox_audience audience;
	const char *role;            /* of an alarm: who reads it */
	int64_t tries;               /* this one included */
	int64_t created_at;
	unsigned char lease[16];
	bool bundle;                 /* id is that of a bundle (store_bundle.h), for the officer */
	int64_t officer_id;
};

struct outbox_alarm {
	const char *what, *light;    /* 网站可用性, 红牌 */
	const char *words;
	int64_t due_at;
	bool over;                   /* meanwhile all is well again */
};

struct outbox_letter {
	const char *no;
	int32_t due_on;              /* of the answer; DAY_NONE: none */
	bool has_email, has_phone;
};

/* The one that has waited longest, leased until lease_until: whoever dies with it lets it go by then. ERR_NOTFOUND when
 * nothing is to be sent now. */
int store_outbox_take(struct db *db, struct arena *a, int64_t now, int64_t lease_until,
                      struct outbox_item *ret) MUST_CHECK;

/* How it ended. why (may be NULL): a short code, never an address. ERR_CONFLICT when the lease has passed to
 * another. */
int store_outbox_sent(struct db *db, const struct outbox_item *item, int64_t now) MUST_CHECK;
int store_outbox_skipped(struct db *db, const struct outbox_item *item, const char *why, int64_t now) MUST_CHECK;
int store_outbox_dead(struct db *db, const struct outbox_item *item, const char *why, int64_t now) MUST_CHECK;
int store_outbox_later(struct db *db, const struct outbox_item *item, const char *why, int64_t next_at) MUST_CHECK;
/* As later, and the try does not count: it was not the message's fault. */
int store_outbox_back(struct db *db, const struct outbox_item *item, const char *why, int64_t next_at) MUST_CHECK;

/* What an alarm is about. */
int store_outbox_alarm(struct db *db, struct arena *a, int64_t alarm_id, struct outbox_alarm *ret) MUST_CHECK;
int store_outbox_letter(struct db *db, struct arena *a, int64_t ticket_id, struct outbox_letter *ret) MUST_CHECK;
/* The next date of a running clock of that kind (a code of states.tbl), or of any with kind ""; DAY_NONE. */
int store_outbox_due(struct db *db, struct arena *a, int64_t ticket_id, const char *kind,
                     int32_t *ret_due_on) MUST_CHECK;
/* Addresses of the officers of a unit who work on letters, and the unit's name (NULL when there are none). */
int store_outbox_unit_mails(struct db *db, struct arena *a, int64_t unit_id, int64_t ticket_id, const char ***ret,
                            size_t *ret_n, const char **ret_unit) MUST_CHECK;
/* Address of the letter's handler (at most one), and the unit's name. */
int store_outbox_handler_mails(struct db *db, struct arena *a, int64_t ticket_id, const char ***ret, size_t *ret_n,
                               const char **ret_unit) MUST_CHECK;
/* Addresses of all officers with a role, but those who must keep away from the letter. */
int store_outbox_role_mails(struct db *db, struct arena *a, const char *role, int64_t ticket_id, const char ***ret,
                            size_t *ret_n) MUST_CHECK;

#endif
