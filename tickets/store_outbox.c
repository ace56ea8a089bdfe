/* store_outbox - see store_outbox.h. */
#include "store_outbox.h"

#include <sodium.h>
#include <string.h>

#include "clock.h"
#include "inspect.h"
#include "queries.h"

struct taking {
	struct arena *a;
	int64_t now, lease_until;
	struct outbox_item *item;
};

static struct db_blob lease_of(const struct outbox_item *item)
{
	return (struct db_blob){ item->lease, sizeof item->lease };
}

static enum outbox_audience audience_from(const char *code)
{
	if (strcmp(code, "writer") == 0)
		return OUTBOX_WRITER;
	if (strcmp(code, "handler") == 0)
		return OUTBOX_HANDLER;
	return strcmp(code, "unit") == 0 ? OUTBOX_UNIT : OUTBOX_OFFICE;
}

static int take(struct db *db, void *arg)
{
	const struct taking *w = arg;
	struct outbox_item *item = w->item;
	struct q_outbox_take row;
	int r = q_outbox_take(db, w->a, w->now, &row);

	if (r < 0)
		return r;
	*item = (struct outbox_item){ .id = row.id, .ticket_id = row.ticket_id, .unit_id = row.unit_id,
		.alarm_id = row.alarm_id, .event = row.event, .audience = audience_from(row.audience), .role = row.role,
		.tries = row.tries + 1, .created_at = row.created_at };
	randombytes_buf(item->lease, sizeof item->lease);
	return q_outbox_lease(db, lease_of(item), w->lease_until, item->id, NULL);
}

int store_outbox_take(struct db *db, struct arena *a, int64_t now, int64_t lease_until, struct outbox_item *ret)
{
	struct taking w = { a, now, lease_until, ret };

	return db_tx(db, take, &w);
}

static int fenced(int r, int64_t affected, const struct outbox_item *item)
{
	if (r == 0 && affected != 1)
		return err_set(ERR_CONFLICT, "outbox %lld: the lease has passed to another", (long long)item->id);
	return r;
}

static int done(struct db *db, const struct outbox_item *item, const char *state, int64_t next_at, const char *why,
                int64_t at)
{
	int64_t affected = 0;
	int r = item->bundle ? q_bundle_done(db, state, next_at, why, at, item->id, lease_of(item), &affected)
	                     : q_outbox_done(db, state, next_at, why, at, item->id, lease_of(item), &affected);

	return fenced(r, affected, item);
}

int store_outbox_sent(struct db *db, const struct outbox_item *item, int64_t now)
{
	return done(db, item, "sent", TIME_NONE, NULL, now);
}

int store_outbox_skipped(struct db *db, const struct outbox_item *item, const char *why, int64_t now)
{
	return done(db, item, "skipped", TIME_NONE, why, now);
}

int store_outbox_dead(struct db *db, const struct outbox_item *item, const char *why, int64_t now)
{
	return done(db, item, "dead", TIME_NONE, why, now);
}

int store_outbox_later(struct db *db, const struct outbox_item *item, const char *why, int64_t next_at)
{
	return done(db, item, "queued", next_at, why, TIME_NONE);
}

int store_outbox_back(struct db *db, const struct outbox_item *item, const char *why, int64_t next_at)
{
	int64_t affected = 0;
	int r = item->bundle ? q_bundle_back(db, next_at, why, item->id, lease_of(item), &affected)
	                     : q_outbox_back(db, next_at, why, item->id, lease_of(item), &affected);

	return fenced(r, affected, item);
}

int store_outbox_alarm(struct db *db, struct arena *a, int64_t alarm_id, struct outbox_alarm *ret)
{
	struct q_alarm_words row;
	int r = q_alarm_words(db, a, alarm_id, &row);
	enum inspect_kind kind;

	if (r < 0)
		return r;
	kind = inspect_kind_from(row.kind);
	*ret = (struct outbox_alarm){ kind < INSPECT__MAX ? inspect_kind_name(kind) : row.kind,
		                      inspect_level_name(inspect_level_from(row.level)), row.words, row.due_at, row.over };
	return 0;
}

int store_outbox_letter(struct db *db, struct arena *a, int64_t ticket_id, struct outbox_letter *ret)
{
	struct q_outbox_letter row;
	int r = q_outbox_letter(db, a, ticket_id, &row);

	if (r == 0)
		*ret = (struct outbox_letter){ .no = row.no, .due_on = row.due_on, .has_email = row.has_email,
			.has_phone = row.has_phone };
	return r;
}

int store_outbox_due(struct db *db, struct arena *a, int64_t ticket_id, const char *kind, int32_t *ret_due_on)
{
	struct q_outbox_due row;
	int r = q_outbox_due(db, a, ticket_id, kind, kind, &row);

	if (r == 0)
		*ret_due_on = row.due_on;
	return r;
}

int store_outbox_unit_mails(struct db *db, struct arena *a, int64_t unit_id, int64_t ticket_id, const char ***ret,
                            size_t *ret_n, const char **ret_unit)
{
	struct q_outbox_officers *rows;
	int r = q_outbox_officers(db, a, unit_id, ticket_id, &rows, ret_n);

	*ret_unit = NULL;
	if (r < 0)
		return r;
	*ret = arena_array(a, *ret_n + 1, sizeof **ret);
	for (size_t i = 0; i < *ret_n; i++) {
		(*ret)[i] = rows[i].mail;
		*ret_unit = rows[i].unit_name;
	}
	return 0;
}

int store_outbox_handler_mails(struct db *db, struct arena *a, int64_t ticket_id, const char ***ret, size_t *ret_n,
                               const char **ret_unit)
{
	struct q_outbox_handler row;
	int r = q_outbox_handler(db, a, ticket_id, &row);

	*ret_n = 0;
	*ret_unit = NULL;
	if (r < 0)
		return r == ERR_NOTFOUND ? 0 : r;
	*ret = arena_array(a, 1, sizeof **ret);
	(*ret)[(*ret_n)++] = row.mail;
	*ret_unit = row.unit_name;
	return 0;
}

int store_outbox_role_mails(struct db *db, struct arena *a, const char *role, int64_t ticket_id, const char ***ret,
                            size_t *ret_n)
{
	struct q_outbox_office *rows;
	int r = q_outbox_office(db, a, role, role, clock_day(clock_now()), ticket_id, &rows, ret_n);

	if (r < 0)
		return r;
	*ret = arena_array(a, *ret_n + 1, sizeof **ret);
	for (size_t i = 0; i < *ret_n; i++)
		(*ret)[i] = rows[i].mail;
	return 0;
}
