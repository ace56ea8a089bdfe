/* store_bundle - see store_bundle.h. */
#include "store_bundle.h"

#include <sodium.h>
#include <string.h>

#include "clock.h"
#include "queries.h"
#include "str.h"

#define GATHER_MAX 500
#define JSON_MAX ((size_t)4 << 20)

struct gathering {
	struct arena *a;
	int64_t now;
	size_t n;
};

static void add_id(struct str *o, int64_t id)
{
	str_addf(o, "%s%lld", o->len > 1 ? "," : "", (long long)id);
}

static void begin(struct str *o, struct arena *a)
{
	str_init(o, a, JSON_MAX);
	str_addc(o, '[');
}

/* The text of a list; ERR_TOOBIG when it is longer than JSON_MAX. */
static int end(struct str *o)
{
	str_addc(o, ']');
	return o->over ? err_set(ERR_TOOBIG, "readers of %d notices: too many", GATHER_MAX) : 0;
}

/* Who reads it when nobody has the role: the unit's liaison, then the registrars; nobody else then. */
static bool redirect(const struct q_gather_due *row, const char **ret_audience, const char **ret_role,
                     int64_t *ret_unit)
{
	bool of_unit = row->unit_id && !(row->role && str_eq(row->role, "liaison"));

	*ret_audience = of_unit ? "unit" : "office";
	*ret_role = of_unit ? "liaison" : "registrar";
	*ret_unit = of_unit ? row->unit_id : 0;
	return !(row->role && str_eq(row->role, "registrar"));
}

static int fill(struct db *db, const struct gathering *g, const struct q_gather_readers *rows, size_t n)
{
	struct str officers, pairs;
	int r;

	if (n == 0)
		return 0;
	begin(&officers, g->a);
	begin(&pairs, g->a);
	for (size_t i = 0; i < n; i++) {
		add_id(&officers, rows[i].officer_id);
		str_addf(&pairs, "%s{\"o\":%lld,\"f\":%lld}", pairs.len > 1 ? "," : "", (long long)rows[i].outbox_id,
		         (long long)rows[i].officer_id);
	}
	if ((r = end(&officers)) < 0 || (r = end(&pairs)) < 0)
		return r;
	r = q_bundle_open(db, g->now, g->now, officers.s, NULL);
	return r < 0 ? r : q_bundle_fill(db, pairs.s, NULL);
}

static bool has_reader(const struct q_gather_readers *rows, size_t n, int64_t outbox_id)
{
	for (size_t i = 0; i < n; i++) {
		if (rows[i].outbox_id == outbox_id)
			return true;
	}
	return false;
}

/* Of each notice: it lies with its readers, or somebody else reads it, or there is nobody. */
static int settle(struct db *db, const struct gathering *g, const struct q_gather_due *due, size_t n,
                  const struct q_gather_readers *rows, size_t n_rows)
{
	struct str with, without;
	const char *audience, *role;
	int64_t unit;
	int r = 0;

	begin(&with, g->a);
	begin(&without, g->a);
	for (size_t i = 0; r == 0 && i < n; i++) {
		if (has_reader(rows, n_rows, due[i].id))
			add_id(&with, due[i].id);
		else if (redirect(&due[i], &audience, &role, &unit))
			r = q_gather_redirect(db, audience, role, unit, due[i].id, NULL);
		else
			add_id(&without, due[i].id);
	}
	if (r < 0 || (r = end(&with)) < 0 || (r = end(&without)) < 0)
		return r;
	if (with.len > 2)
		r = q_gather_done(db, with.s, "bundled", NULL, g->now, NULL);
	return r < 0 || without.len <= 2 ? r : q_gather_done(db, without.s, "skipped", "no_email", g->now, NULL);
}

static int gather(struct db *db, void *arg)
{
	struct gathering *g = arg;
	struct q_gather_due *due;
	struct q_gather_readers *rows;
	struct str ids;
	size_t n, n_rows;
	int r = q_gather_due(db, g->a, g->now, GATHER_MAX, &due, &n);

	g->n = n;
	if (r < 0 || n == 0)
		return r;
	begin(&ids, g->a);
	for (size_t i = 0; i < n; i++)
		add_id(&ids, due[i].id);
	if ((r = end(&ids)) < 0)
		return r;
	r = q_gather_readers(db, g->a, ids.s, ids.s, ids.s, clock_day(g->now), &rows, &n_rows);
	if (r == 0)
		r = fill(db, g, rows, n_rows);
	return r < 0 ? r : settle(db, g, due, n, rows, n_rows);
}

int store_bundle_gather(struct db *db, struct arena *a, int64_t now, size_t *ret_n)
{
	struct gathering g = { .a = a, .now = now };
	int r = db_tx(db, gather, &g);

	*ret_n = r < 0 ? 0 : g.n;
	return r;
}

struct taking {
	struct arena *a;
	int64_t now, lease_until;
	struct outbox_item *item;
};

static int take(struct db *db, void *arg)
{
	const struct taking *w = arg;
	struct outbox_item *item = w->item;
	struct q_bundle_take row;
	int r = q_bundle_take(db, w->a, w->now, &row);

	if (r < 0)
		return r;
	*item = (struct outbox_item){ .id = row.id, .bundle = true, .officer_id = row.officer_id, .event = "bundle",
		.audience = OUTBOX_UNIT, .tries = row.tries + 1, .created_at = row.created_at };
	randombytes_buf(item->lease, sizeof item->lease);
	return q_bundle_lease(db, (struct db_blob){ item->lease, sizeof item->lease }, w->lease_until, item->id, NULL);
}

int store_bundle_take(struct db *db, struct arena *a, int64_t now, int64_t lease_until, struct outbox_item *ret)
{
	struct taking w = { a, now, lease_until, ret };

	return db_tx(db, take, &w);
}

static enum outbox_audience audience_from(const char *code)
{
	if (strcmp(code, "handler") == 0)
		return OUTBOX_HANDLER;
	return strcmp(code, "unit") == 0 ? OUTBOX_UNIT : OUTBOX_OFFICE;
}

static bool is_told(const struct bundle_line *list, size_t n, const struct q_bundle_lines *row)
{
	for (size_t i = 0; i < n; i++) {
		if (list[i].ticket_id == row->ticket_id && strcmp(list[i].kind, row->kind) == 0)
			return true;
	}
	return false;
}

int store_bundle_lines(struct db *db, struct arena *a, const struct outbox_item *item, const char **ret_mail,
                       const char **ret_unit, struct bundle_line **ret, size_t *ret_n)
{
	struct q_bundle_reader reader;
	struct q_bundle_lines *rows;
	struct bundle_line *list;
	size_t n, told = 0;
	int r = q_bundle_reader(db, a, item->officer_id, &reader);

	if (r < 0 || (r = q_bundle_lines(db, a, item->id, BUNDLE_LINES_MAX, &rows, &n)) < 0)
		return r;
	list = arena_array(a, n + 1, sizeof *list);
	for (size_t i = 0; i < n; i++) {
		if (is_told(list, told, &rows[i]))
			continue;
		list[told++] = (struct bundle_line){ rows[i].ticket_id, rows[i].no, rows[i].event, rows[i].kind,
			audience_from(rows[i].audience), rows[i].due_on };
	}
	*ret_mail = reader.mail;
	*ret_unit = reader.unit_name;
	*ret = list;
	*ret_n = told;
	return 0;
}
