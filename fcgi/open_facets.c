/* open_facets - see open_facets.h. */
#include "open_facets.h"

#include "clock.h"
#include "figures.h"
#include "public.h"

#define NO_LENS 255                   /* pub_count has none of that number: choices without counts */
#define GROUPS 7
#define SHOWN 8                       /* choices of a group that stand open; more are folded */
#define YEAR_LAST 9999                /* as a period; above it are months */

/* The filter as pub_count names it, and what is made of it. */
struct facets {
	struct page *p;
	const struct open_filter *f;
	int64_t unit, topic, place, period;
	const char *type, *result;
	struct open_facet *groups;
	size_t n;
	struct choice *chosen;
	size_t chosen_n;
};

static int lens_with(const struct facets *s, int bit)
{
	int lens = open_lens(s->f);

	return lens >= 0 && open_lens_counted(s->f, lens | bit) ? lens | bit : NO_LENS;
}

/* --- links --- */

static struct url link_to(struct facets *s, const struct open_filter *changed)
{
	struct open_filter g = *changed;

	g.skip = g.limit = 0;
	return (struct url){ open_filter_path(s->p->a, "/open", &g, NULL) };
}

static struct open_facet *group(struct facets *s, const char *id, const char *label, size_t most)
{
	struct open_facet *g = &s->groups[s->n++];

	*g = (struct open_facet){ .id = id, .label = label };
	g->choices = arena_array(s->p->a, most + 1, sizeof(*g->choices));
	return g;
}

/* A choice that would leave nothing is no choice; the one that is chosen links to the listing without it. */
static void add(struct facets *s, struct open_facet *g, const char *text, int64_t count, bool counted, bool chosen,
	const struct open_filter *with, const struct open_filter *without)
{
	struct choice c = { .code = "", .text = text, .hint = "", .count = count, .chosen = chosen,
		.url = link_to(s, chosen ? without : with) };

	if (chosen)
		s->chosen[s->chosen_n++] = c;
	if (chosen || !counted || count > 0)
		g->choices[g->choices_n++] = c;
	g->any = g->any || chosen;
	g->folded = g->choices_n > SHOWN;
}

/* --- groups --- */

static int add_units(struct facets *s)
{
	int lens = lens_with(s, OPEN_UNIT);
	struct open_filter with = *s->f, without = *s->f;
	struct q_pub_facet_units *rows;
	struct open_facet *g;
	size_t n;
	int rc = q_pub_facet_units(s->p->db, s->p->a, lens, s->topic, s->place, s->period, s->type, s->result, &rows, &n);

	if (rc != 0)
		return rc;
	g = group(s, "unit", "单位", n);
	without.unit = NULL;
	for (size_t i = 0; i < n; i++) {
		with.unit = rows[i].code;
		if (rows[i].listed || rows[i].n > 0 || str_eq(rows[i].code, s->f->unit))
			add(s, g, rows[i].name, rows[i].n, lens != NO_LENS, str_eq(rows[i].code, s->f->unit), &with, &without);
	}
	return 0;
}

/* The filter without its topic, or with the upper one alone. */
static struct open_filter without_topic(const struct facets *s, const struct q_pub_facet_topics *rows, size_t n,
	bool lower)
{
	struct open_filter f = *s->f;

	f.topic = NULL;
	for (size_t i = 0; lower && i < n; i++) {
		if (rows[i].id == *s->f->topic_top)
			f.topic = rows[i].code;
	}
	return f;
}

static bool topic_chosen(const struct open_filter *f, int64_t id, bool lower)
{
	const int64_t *chosen = lower ? f->topic_id : f->topic_top;

	return chosen != NULL && *chosen == id;
}

/* Upper topics; below the one that is chosen, its own. */
static void add_topic_level(struct facets *s, const struct q_pub_facet_topics *rows, size_t n, bool lower, bool counted)
{
	struct open_filter with = *s->f, without = without_topic(s, rows, n, lower);
	int64_t above = lower ? *s->f->topic_top : 0;
	struct open_facet *g = group(s, lower ? "subtopic" : "topic", lower ? "细分" : "主题", n);

	for (size_t i = 0; i < n; i++) {
		with.topic = rows[i].code;
		if (rows[i].parent_id == above)
			add(s, g, rows[i].name, rows[i].n, counted, topic_chosen(s->f, rows[i].id, lower), &with, &without);
	}
	if (g->choices_n == 0)
		s->n--;
}

static int add_topics(struct facets *s)
{
	struct q_pub_facet_topics *rows;
	int lens = lens_with(s, OPEN_TOPIC);
	size_t n;
	int rc = q_pub_facet_topics(s->p->db, s->p->a, lens, s->unit, s->place, s->period, s->type, s->result, &rows, &n);
	bool fine;

	if (rc != 0)
		return rc;
	add_topic_level(s, rows, n, false, lens != NO_LENS);
	fine = __builtin_popcount((unsigned)(lens & ~OPEN_TOPIC)) < 2;
	if (s->f->topic_top != NULL)
		add_topic_level(s, rows, n, true, lens != NO_LENS && fine);
	return 0;
}

static int add_places(struct facets *s)
{
	int lens = lens_with(s, OPEN_PLACE);
	struct open_filter with = *s->f, without = *s->f;
	struct q_pub_facet_places *rows;
	struct open_facet *g;
	size_t n;
	int rc = q_pub_facet_places(s->p->db, s->p->a, lens, s->unit, s->topic, s->period, s->type, s->result, &rows, &n);

	if (rc != 0 || n == 0)
		return rc;
	g = group(s, "place", "地点", n);
	without.place = NULL;
	for (size_t i = 0; i < n; i++) {
		with.place = rows[i].code;
		add(s, g, rows[i].name, rows[i].n, lens != NO_LENS, str_eq(rows[i].code, s->f->place), &with, &without);
	}
	return 0;
}

static int64_t count_of(const struct q_pub_facet_rest *rows, size_t n, int which, const char *code)
{
	for (size_t i = 0; i < n; i++) {
		if (rows[i].which == which && str_eq(rows[i].code, code))
			return rows[i].n;
	}
	return 0;
}

static void add_types(struct facets *s, const struct q_pub_facet_rest *rows, size_t n)
{
	struct open_filter with = *s->f, without = *s->f;
	struct open_facet *g = group(s, "type", "类型", TYPE__MAX);

	without.type = NULL;
	for (int i = 0; i < TYPE__MAX; i++) {
		with.type = public_types[i];
		add(s, g, public_type_name(with.type), count_of(rows, n, OPEN_TYPE, with.type),
			lens_with(s, OPEN_TYPE) != NO_LENS, str_eq(with.type, s->f->type), &with, &without);
	}
}

static void add_results(struct facets *s, const struct q_pub_facet_rest *rows, size_t n)
{
	struct open_filter with = *s->f, without = *s->f;
	size_t most = 0;
	struct open_facet *g;

	while (open_results[most] != NULL)
		most++;
	g = group(s, "result", "结果", most);
	without.result = NULL;
	for (size_t i = 0; i < most; i++) {
		with.result = open_results[i];
		add(s, g, public_result(with.result), count_of(rows, n, OPEN_RESULT, with.result),
			lens_with(s, OPEN_RESULT) != NO_LENS, str_eq(with.result, s->f->result), &with, &without);
	}
}

static void set_period(struct open_filter *f, int year, int month)
{
	f->year = year;
	f->month = month;
	f->from = OPEN_DAY_FIRST;
	f->to = OPEN_DAY_LAST;
}

/* Years, latest first. */
static void add_years(struct facets *s, const struct q_pub_facet_rest *rows, size_t n, bool counted)
{
	struct open_filter with = *s->f, without = *s->f;
	struct open_facet *g = group(s, "year", "年份", n);

	set_period(&without, 0, 0);
	for (size_t i = n; i-- > 0;) {
		int year = (int)rows[i].period;

		if (rows[i].which != OPEN_PERIOD || year > YEAR_LAST)
			continue;
		set_period(&with, year, 0);
		add(s, g, arena_printf(s->p->a, "%d年", year), counted ? rows[i].n : 0, counted, year == s->f->year, &with,
			&without);
	}
	if (g->choices_n == 0)
		s->n--;
}

/* The months of the year that is chosen. */
static void add_months(struct facets *s, const struct q_pub_facet_rest *rows, size_t n, bool counted)
{
	struct open_filter with = *s->f, without = *s->f;
	struct open_facet *g = group(s, "month", "月份", n);

	set_period(&without, s->f->year, 0);
	for (size_t i = n; i-- > 0;) {
		int month = (int)rows[i].period - s->f->year * 100;

		if (rows[i].which != OPEN_PERIOD || month < 1 || month > 12)
			continue;
		set_period(&with, s->f->year, month);
		add(s, g, arena_printf(s->p->a, "%d月", month), counted ? rows[i].n : 0, counted, month == s->f->month, &with,
			&without);
	}
	if (g->choices_n == 0)
		s->n--;
}

/* Years are there in any case: without counts they are those of the whole listing. */
static int add_rest(struct facets *s)
{
	int type = lens_with(s, OPEN_TYPE), result = lens_with(s, OPEN_RESULT), period = lens_with(s, OPEN_PERIOD);
	bool all = period == NO_LENS;
	struct q_pub_facet_rest *rows;
	size_t n;
	int rc = q_pub_facet_rest(s->p->db, s->p->a, type, s->unit, s->topic, s->place, s->period, s->result, result,
		s->unit, s->topic, s->place, s->period, s->type, all ? OPEN_PERIOD : period, all ? 0 : s->unit,
		all ? 0 : s->topic, all ? 0 : s->place, all ? "" : s->type, all ? "" : s->result, &rows, &n);

	if (rc != 0)
		return rc;
	add_types(s, rows, n);
	add_results(s, rows, n);
	add_years(s, rows, n, !all);
	if (s->f->year != 0)
		add_months(s, rows, n, !all);
	return 0;
}

/* In the order of the page: what most people look for first. */
static void in_order(struct facets *s, struct view_open_list *v)
{
	static const char *const order[] = { "type", "topic", "subtopic", "unit", "place", "result", "year", "month" };
	struct open_facet *sorted = arena_array(s->p->a, s->n + 1, sizeof(*sorted));
	size_t n = 0;

	for (size_t k = 0; k < ARRAY_LEN(order); k++) {
		for (size_t i = 0; i < s->n; i++) {
			if (str_eq(s->groups[i].id, order[k]) && s->groups[i].choices_n > 0)
				sorted[n++] = s->groups[i];
		}
	}
	v->facets = sorted;
	v->facets_n = n;
	v->chosen = s->chosen;
	v->chosen_n = s->chosen_n;
}

int open_facets(struct page *p, const struct open_filter *f, struct view_open_list *v)
{
	struct facets s = { .p = p, .f = f, .unit = f->unit_id != NULL ? *f->unit_id : 0,
		.topic = f->topic_id != NULL ? *f->topic_id : f->topic_top != NULL ? *f->topic_top : 0,
		.place = f->place_id != NULL ? *f->place_id : 0, .period = f->month != 0 ? f->year * 100 + f->month : f->year,
		.type = f->type != NULL ? f->type : "", .result = f->result != NULL ? f->result : "" };
	int rc;

	s.groups = arena_array(p->a, GROUPS + 2, sizeof(*s.groups));
	s.chosen = arena_array(p->a, GROUPS + 2, sizeof(*s.chosen));
	rc = add_rest(&s);
	if (rc == 0)
		rc = add_topics(&s);
	if (rc == 0)
		rc = add_units(&s);
	if (rc == 0)
		rc = add_places(&s);
	if (rc != 0)
		return rc;
	in_order(&s, v);
	return 0;
}
