/* outbox - see outbox.h. */
#include "outbox.h"

#include "queries.h"
#include "worktime_rules.h"

static int add(struct db *db, int64_t ticket_id, const char *event, const char *audience, int64_t unit_id, int64_t now)
{
	return q_outbox_add(db, ticket_id, event, audience, unit_id, false, now, now, NULL);
}

/* What waits for the morning comes in one mail with the rest of the night; the office's readers are known by the event
 * alone, so theirs come one by one. */
static int add_desk(struct db *db, int64_t ticket_id, const char *event, const char *audience, int64_t unit_id,
                    int64_t now)
{
	int64_t when = worktime_opening(worktime_last(), now);
	bool gather = when != now && !str_eq(audience, "office");

	return q_outbox_add(db, ticket_id, event, audience, unit_id, gather, when, now, NULL);
}

int outbox_tell(struct db *db, int64_t ticket_id, const char *event, unsigned told, int64_t unit_id, int64_t now)
{
	int r = 0;

	if (told & TOLD_WRITER)
		r = add(db, ticket_id, event, "writer", 0, now);
	if (r == 0 && told & TOLD_UNIT && unit_id)
		r = add_desk(db, ticket_id, event, "unit", unit_id, now);
	if (r == 0 && told & TOLD_OFFICE)
		r = add_desk(db, ticket_id, event, "office", 0, now);
	if (r == 0 && told & TOLD_HANDLER)
		r = add_desk(db, ticket_id, event, "handler", unit_id, now);
	return r;
}
