/* public_scores - the scorecard for everybody: plans open for comment and in force, published results: tiers and
 * figures,
 * no points and no ranks. */
#include <string.h>

#include "clock.h"
#include "public.h"
#include "queries_read.h"
#include "score.h"
#include "views/score_list.h"
#include "views/score_open.h"
#include "views/score_plan_open.h"

#define CACHE_S 60

static bool is_public(const char *state)
{
	return strcmp(state, "draft") != 0;
}

static const char *span(struct arena *a, int32_t from, int32_t to)
{
	return arena_printf(a, "%s 至 %s", public_day(a, from), public_day(a, to));
}

static int add_plans(struct page *p, struct view_score_list *v)
{
	struct q_plan_list *rows = NULL;
	struct score_plan_shown *list;
	size_t n = 0;
	int rc = q_plan_list(p->db, p->a, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		const char *when = strcmp(rows[i].state, "comment") == 0
			? arena_printf(p->a, "正在征求意见，到%s", public_day(p->a, rows[i].comment_until))
			: rows[i].to_on != DAY_NONE ? span(p->a, rows[i].from_on, rows[i].to_on)
			: arena_printf(p->a, "%s起施行", public_day(p->a, rows[i].from_on));

		if (is_public(rows[i].state))
			list[v->plans_n++] = (struct score_plan_shown){ rows[i].id, rows[i].name, when };
	}
	v->plans = list;
	return 0;
}

int open_scores_show(struct page *p)
{
	struct view_score_list v = { .plans_n = 0 };
	struct q_card_list *rows = NULL;
	struct score_card_shown *list;
	size_t n = 0;
	int rc = q_card_list(p->db, p->a, &rows, &n);

	if (rc == 0)
		rc = add_plans(p, &v);
	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		if (strcmp(rows[i].state, "published") == 0)
			list[v.cards_n++] = (struct score_card_shown){ rows[i].id, rows[i].title, span(p->a, rows[i].from_on,
			rows[i].to_on),
				public_day(p->a, clock_day(rows[i].published_at)) };
	}
	v.cards = list;
	v.frame = page_titled(p, "办理考核");
	reply_public_cache(p->reply, CACHE_S);
	view_score_list(&p->reply->body, &v);
	return 0;
}

static int add_indicators(struct page *p, int64_t plan_id, struct view_score_plan_open *v)
{
	struct q_plan_indicators *rows = NULL;
	struct score_indicator_shown *list;
	struct q_plan_tiers *tiers = NULL;
	size_t n = 0, tiers_n = 0;
	struct str o;
	int rc = q_plan_indicators(p->db, p->a, plan_id, &rows, &n);

	if (rc == 0)
		rc = q_plan_tiers(p->db, p->a, plan_id, &tiers, &tiers_n);
	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		enum score_measure m = score_measure_from(rows[i].measure);

		if (rows[i].weight > 0 && m != SCORE__MAX)
			list[v->indicators_n++] = (struct score_indicator_shown){ .name = rows[i].name, .weight = rows[i].weight,
				.how = rows[i].how[0] != '\0' ? rows[i].how : score_measure_what(m),
				.full = m == SCORE_manual ? "—" : score_value_text(p->a, m, &rows[i].full_at),
				.zero = m == SCORE_manual ? "—" : score_value_text(p->a, m, &rows[i].zero_at) };
	}
	v->indicators = list;
	str_init(&o, p->a, 1000);
	for (size_t i = 0; i < tiers_n; i++)
		str_addf(&o, "%s%s", i > 0 ? "，" : "", score_tier_text(p->a, tiers[i].name, tiers[i].from_points,
			i > 0 ? tiers[i - 1].from_points : 0));
	v->tiers = o.s;
	return 0;
}

int open_plan_show(struct page *p)
{
	struct view_score_plan_open v = { .indicators_n = 0 };
	struct q_plan_of plan;
	int64_t id = 0;
	int rc = page_id(p, &id);

	if (rc == 0)
		rc = q_plan_of(p->db, p->a, id, &plan);
	if (rc == 0 && !is_public(plan.state))
		rc = err_set(ERR_NOTFOUND, "a draft");
	if (rc == 0)
		rc = add_indicators(p, id, &v);
	if (rc != 0)
		return rc;
	v.name = plan.name;
	v.words = view_paragraphs(p->a, plan.words);
	if (plan.comment_words[0] != '\0')
		v.comment_words = view_paragraphs(p->a, plan.comment_words);
	v.comment_until = strcmp(plan.state, "comment") == 0 ? public_day(p->a, plan.comment_until) : "";
	v.from = plan.from_on != DAY_NONE ? public_day(p->a, plan.from_on) : "";
	v.to = plan.to_on != DAY_NONE ? public_day(p->a, plan.to_on) : "";
	v.frame = page_titled(p, plan.name);
	reply_public_cache(p->reply, CACHE_S);
	view_score_plan_open(&p->reply->body, &v);
	return 0;
}

/* The values of a unit in the order of the indicators. */
static const struct score_cell *cells_of(struct page *p, int64_t unit_id, const struct q_plan_indicators *rows,
	size_t n,
	const struct q_card_lines *lines, size_t lines_n, size_t *ret_n)
{
	struct score_cell *cells = arena_array(p->a, n + 1, sizeof(*cells));

	*ret_n = 0;
	for (size_t i = 0; i < n; i++) {
		enum score_measure m = score_measure_from(rows[i].measure);

		if (rows[i].weight == 0 || m == SCORE__MAX)
			continue;
		cells[*ret_n] = (struct score_cell){ rows[i].name, "—" };
		for (size_t k = 0; k < lines_n; k++) {
			if (lines[k].unit_id == unit_id && lines[k].indicator_id == rows[i].id && lines[k].points != NULL)
				cells[*ret_n].value = score_value_text(p->a, m, lines[k].value);
		}
		++*ret_n;
	}
	return cells;
}

int open_card_show(struct page *p)
{
	struct view_score_open v = { .units_n = 0 };
	struct q_plan_indicators *rows = NULL;
	struct q_card_totals *totals = NULL;
	struct q_card_lines *lines = NULL;
	struct score_unit_shown *list;
	size_t n = 0, totals_n = 0, lines_n = 0;
	struct q_card_of c;
	int64_t id = 0;
	int rc = page_id(p, &id);

	if (rc == 0)
		rc = q_card_of(p->db, p->a, id, &c);
	if (rc == 0 && strcmp(c.state, "published") != 0)
		rc = err_set(ERR_NOTFOUND, "not published");
	if (rc == 0)
		rc = q_plan_indicators(p->db, p->a, c.plan_id, &rows, &n);
	if (rc == 0)
		rc = q_card_totals(p->db, p->a, id, &totals, &totals_n);
	if (rc == 0)
		rc = q_card_lines(p->db, p->a, id, &lines, &lines_n);
	if (rc != 0)
		return rc;
	list = arena_array(p->a, totals_n + 1, sizeof(*list));
	for (size_t i = 0; i < totals_n; i++) {
		list[i] = (struct score_unit_shown){ .name = totals[i].name, .tier = totals[i].total != NULL ? totals[i].tier
			: "没有可计分的指标" };
		list[i].cells = cells_of(p, totals[i].unit_id, rows, n, lines, lines_n, &list[i].cells_n);
	}
	v.heads = cells_of(p, 0, rows, n, lines, lines_n, &v.heads_n);
	v.units = list;
	v.units_n = totals_n;
	v.title = c.title;
	v.span = span(p->a, c.from_on, c.to_on);
	v.published = public_day(p->a, clock_day(c.published_at));
	v.plan_id = c.plan_id;
	v.plan = c.plan_name;
	v.frame = page_titled(p, c.title);
	reply_public_cache(p->reply, CACHE_S);
	view_score_open(&p->reply->body, &v);
	return 0;
}
