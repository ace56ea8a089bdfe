/* public_help - how letters are handled: terms in force, what is refused and where to turn, privacy, accessibility. */
#include "clock.h"
#include "open_terms.h"
#include "public.h"
#include "sitemap.h"
#include "views/help.h"
#include "worktime.h"

#define CACHE_S 60

/* Where the rule comes from. */
static const char *grounds(struct arena *a, const struct q_policies *rows, size_t n, const struct sla_policy *policy)
{
	for (size_t i = 0; policy != NULL && i < n; i++) {
		if (rows[i].id == policy->id)
			return open_terms_basis(a, rows[i].grounds);
	}
	return "";
}

static int add_policies(struct page *p, const struct worktime *wt, struct view_help *v)
{
	struct policy_row *list = arena_array(p->a, TYPE__MAX, sizeof(*list));
	int32_t today = clock_day(p->now);
	struct q_policies *rows;
	size_t n;
	int rc = q_policies(p->db, p->a, &rows, &n);

	for (int i = 0; rc == 0 && i < TYPE__MAX; i++) {
		enum ticket_type type = (enum ticket_type)i;
		const struct sla_policy *reply = worktime_policy(wt, "reply", type, 0, today);

		list[i] = (struct policy_row){ states_type_name(type),
			open_terms_words(p->a, worktime_policy(wt, "accept", type, 0, today)), open_terms_words(p->a, reply),
			open_terms_limit(p->a, reply),
			grounds(p->a, rows, n, reply) };
	}
	v->policies = list;
	v->policies_n = TYPE__MAX;
	return rc;
}

static void add_refusals(struct arena *a, struct view_help *v)
{
	const char *code, *text, *path;
	struct refusal_row *list;
	size_t n = 0;

	while (states_reason_at("refuse", n, &code, &text, &path))
		n++;
	list = arena_array(a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n && states_reason_at("refuse", i, &code, &text, &path); i++)
		list[i] = (struct refusal_row){ text, path };
	v->refusals = list;
	v->refusals_n = n;
}

static int add_units(struct page *p, struct view_help *v)
{
	struct q_open_units *rows = NULL;
	struct unit_name *list;
	size_t n = 0;
	int rc = q_open_units(p->db, p->a, NULL, NULL, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		if (rows[i].takes_letters)
			list[v->units_n++] = (struct unit_name){ rows[i].code, rows[i].name };
	}
	v->units = list;
	return 0;
}

/* Groups stand together in sitemap.tbl. */
static void add_map(struct arena *a, struct view_help *v)
{
	struct map_group *groups = arena_array(a, site_pages_n, sizeof(*groups));
	struct map_page *pages = arena_array(a, site_pages_n, sizeof(*pages));

	for (size_t i = 0; i < site_pages_n; i++) {
		const struct site_page *s = &site_pages[i];

		if (v->map_n == 0 || !str_eq(groups[v->map_n - 1].heading, s->group))
			groups[v->map_n++] = (struct map_group){ .heading = s->group, .pages = &pages[i] };
		pages[i] = (struct map_page){ { s->path }, s->text, s->what };
		groups[v->map_n - 1].pages_n++;
	}
	v->map = groups;
}

int help_show(struct page *p)
{
	struct view_help v = { .frame = page_titled(p, "办理说明") };
	const struct worktime *wt;
	int rc = worktime_get(p->db, &wt);

	if (rc == 0)
		rc = add_policies(p, wt, &v);
	if (rc == 0)
		rc = add_units(p, &v);
	if (rc != 0)
		return rc;
	v.office_hours = arena_printf(p->a, "%d:%02d—%d:%02d", wt->hours.open_min / 60, wt->hours.open_min % 60,
		wt->hours.close_min / 60, wt->hours.close_min % 60);
	add_refusals(p->a, &v);
	add_map(p->a, &v);
	reply_public_cache(p->reply, CACHE_S);
	view_help(&p->reply->body, &v);
	return 0;
}
