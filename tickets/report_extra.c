/* report_extra - what is frozen in a report besides the figures of a period. See report_doc.h. */
#include <jansson.h>
#include <string.h>

#include "clock.h"
#include "json_text.h"
#include "queries_read.h"
#include "report_doc.h"
#include "stats.h"
#include "str.h"

#define EXTRA_BYTES ((size_t)64 * 1024)

static json_t *months_json(struct arena *a, const struct stats_report *s)
{
	json_t *list = json_array();

	for (size_t i = 0; i < s->months_n; i++)
		json_array_append_new(list, json_pack("{s:s, s:I, s:I}", "month",
			arena_strndup(a, clock_fmt_day(a, (int32_t)s->months[i].key), 7), "received",
			(json_int_t)s->months[i].n[STATS_received], "replied", (json_int_t)s->months[i].n[STATS_replied]));
	return list;
}

static const char *text_of_query(const char *name)
{
	for (size_t i = 0; i < db_queries_n; i++) {
		if (strcmp(db_queries[i]->name, name) == 0)
			return db_queries[i]->sql;
	}
	return "";
}

int report_extra(struct db *db, struct arena *a, int32_t from, int32_t to, const char **ret)
{
	struct stats_ask ask = { .from = from, .to = to, .today = clock_day(clock_now()), .type = TYPE__MAX,
		.want_months = true };
	struct stats_report s;
	struct q_report_form f;
	struct str o;
	json_t *root;
	int r = stats_report(db, a, &ask, &s);

	if (r == 0)
		r = q_report_form(db, a, from, to, from, to, from, to, &f);
	if (r < 0)
		return r;
	root = json_pack("{s:o, s:{s:I, s:I, s:I, s:I, s:I, s:I, s:s, s:s, s:s}}", "months", months_json(a, &s), "form",
		"received", (json_int_t)f.received, "closed", (json_int_t)f.closed, "replied", (json_int_t)f.replied, "days",
		(json_int_t)f.days, "workdays", (json_int_t)f.workdays, "published", (json_int_t)f.published, "sql",
		text_of_query("report_form"), "from", clock_fmt_day(a, from), "to", clock_fmt_day(a, to));
	must(root != NULL);
	str_init(&o, a, EXTRA_BYTES);
	json_text_add(&o, root, JSON_COMPACT);
	json_decref(root);
	*ret = o.s;
	return 0;
}
