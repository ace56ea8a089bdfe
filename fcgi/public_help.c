/* public_help - how letters are handled: terms in force, what is refused and where to turn, privacy, accessibility. */
#include <string.h>

#include "clock.h"
#include "public.h"
#include "show.h"
#include "views/help.h"

#define CACHE_S 60

static const char *term_of(struct arena *a, const struct sla_policy *policy)
{
	if (policy == NULL)
		return "—";
	return policy->amount == 0 ? "当天" : show_term(a, policy->amount, policy->unit);
}

static const char *limit_of(struct arena *a, const struct sla_policy *policy)
{
	if (policy == NULL)
		return "—";
	if (policy->max_amount <= policy->amount)
		return "不延期";
	return arena_printf(a, "经批准可以延期，最长 %s", show_term(a, policy->max_amount, policy->unit));
}

/* "建议答复时限（国办发〔2014〕57号）" → "依据：国办发〔2014〕57号". A term that names no rule of others is the office's own
 * word. */
static const char *rule_in(struct arena *a, const char *grounds)
{
	const char *from = strstr(grounds, "（"), *to = from != NULL ? strstr(from, "）") : NULL;

	if (to == NULL)
		return "";
	from += strlen("（");
	return arena_printf(a, "依据：%s", arena_strndup(a, from, (size_t)(to - from)));
}

/* Where the rule comes from. */
static const char *grounds(struct arena *a, const struct q_policies *rows, size_t n, const struct sla_policy *policy)
{
	for (size_t i = 0; policy != NULL && i < n; i++) {
		if (rows[i].id == policy->id)
			return rule_in(a, rows[i].grounds);
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
			term_of(p->a, worktime_policy(wt, "accept", type, 0, today)), term_of(p->a, reply), limit_of(p->a, reply),
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
	struct q_unit_cards *rows = NULL;
	struct unit_card *list;
	int rc = q_unit_cards(p->db, p->a, &rows, &v->units_n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, v->units_n + 1, sizeof(*list));
	for (size_t i = 0; i < v->units_n; i++)
		list[i] = (struct unit_card){ rows[i].name, rows[i].duties, rows[i].hours, rows[i].phone, rows[i].address,
			rows[i].contact };
	v->units = list;
	return 0;
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
	reply_public_cache(p->reply, CACHE_S);
	view_help(&p->reply->body, &v);
	return 0;
}
