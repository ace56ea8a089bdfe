/* public_units - who does what: the units with their duties, hours and telephone; and of each its numbers, terms and
 * latest answers. Duties, hours, address, telephone and a named contact are to be published: domain 1.1, article 10 of
 * seed 000. */
#include <string.h>

#include "clock.h"
#include "figures.h"
#include "open_filter.h"
#include "open_terms.h"
#include "public.h"
#include "public_commitments.h"
#include "show.h"
#include "stats.h"
#include "views/unit_open.h"
#include "views/units.h"

#define CACHE_S 60
#define RECENT 5
#define FACTS_MAX 8

static const struct field units_fields[] = { { "q", FIELD_LINE, .label = "关键词", .max = 40 } };
const struct form_def form_open_units = { units_fields, ARRAY_LEN(units_fields) };

static const struct { const char *code, *heading; } kinds[] = {
	{ "government", "政府部门" }, { "authorised_body", "授权管理公共事务的组织" }, { "public_utility", "公共企事业单位" },
	{ "town_street", "镇街" },
};

/* tel: for a number that a telephone dials as it stands; .s NULL for "见各科室" and the like. */
static struct url tel_of(struct arena *a, const char *phone)
{
	size_t n = strspn(phone, "0123456789-");

	return (struct url){ n >= 3 && phone[n] == '\0' ? arena_printf(a, "tel:%s", phone) : NULL };
}

/* --- all of them --- */

/* Every word of q stands in its name or its duties. */
static bool fits(struct arena *a, const struct q_open_units *u, const char *q)
{
	size_t n;
	char **words = str_split(a, arena_strdup(a, q), ' ', &n);

	for (size_t i = 0; i < n; i++) {
		if (strstr(u->name, words[i]) == NULL && strstr(u->duties, words[i]) == NULL)
			return false;
	}
	return true;
}

static struct unit_group group_of(struct arena *a, size_t kind, const struct q_open_units *rows, size_t n,
	const char *q)
{
	struct unit_group g = { .id = kinds[kind].code, .heading = kinds[kind].heading };
	struct unit_line *list = arena_array(a, n + 1, sizeof(*list));

	for (size_t i = 0; i < n; i++) {
		const struct q_open_units *u = &rows[i];

		if (str_eq(u->kind, kinds[kind].code) && fits(a, u, q))
			list[g.units_n++] = (struct unit_line){ .code = u->code, .name = view_marked(a, u->name, q),
				.duties = u->duties, .hours = u->hours, .phone = u->phone, .tel = tel_of(a, u->phone) };
	}
	g.units = list;
	return g;
}

int open_units_show(struct page *p)
{
	struct view_units v = { .frame = page_titled(p, "各单位管什么、怎么找") };
	struct unit_group *groups = arena_array(p->a, ARRAY_LEN(kinds), sizeof(*groups));
	const char *q = form_text(p->form, "q");
	struct q_open_units *rows = NULL;
	size_t n = 0, shown = 0;
	int rc = q_open_units(p->db, p->a, NULL, NULL, &rows, &n);

	if (rc != 0)
		return rc;
	v.q = q != NULL ? q : "";
	for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
		struct unit_group g = group_of(p->a, k, rows, n, v.q);

		shown += g.units_n;
		if (g.units_n > 0)
			groups[v.groups_n++] = g;
	}
	v.groups = groups;
	v.found = arena_printf(p->a, "%s %zu 个单位", *v.q ? "找到" : "共", shown);
	reply_public_cache(p->reply, CACHE_S);
	view_units(&p->reply->body, &v);
	return 0;
}

/* --- one of them --- */

static void add_fact(struct view_unit_open *v, struct unit_fact *list, const char *name, const char *text,
	struct url url)
{
	if (text[0] != '\0')
		list[v->facts_n++] = (struct unit_fact){ name, text, url };
}

/* The telephone of the card, and the names of those who answer for the unit. */
static int add_facts(struct page *p, const struct q_open_units *u, struct view_unit_open *v)
{
	struct unit_fact *list = arena_array(p->a, FACTS_MAX, sizeof(*list));
	int32_t today = clock_day(p->now);
	const char *leader = "", *responsible = "";
	struct url none = { NULL };
	struct q_open_unit_duty *rows = NULL;
	size_t n = 0;
	int rc = q_open_unit_duty(p->db, p->a, u->id, today, today, &rows, &n);

	if (rc != 0)
		return rc;
	for (size_t i = 0; i < n; i++) {
		const char **into = str_eq(rows[i].duty, "leader") ? &leader : &responsible;

		if (**into == '\0')
			*into = rows[i].post[0] != '\0' ? arena_printf(p->a, "%s（%s）", rows[i].name, rows[i].post) : rows[i].name;
	}
	add_fact(v, list, "电话", u->phone, tel_of(p->a, u->phone));
	add_fact(v, list, "接待岗位", u->contact, none);
	add_fact(v, list, "办公时间", u->hours, none);
	add_fact(v, list, "地址", u->address, none);
	add_fact(v, list, "负责人", responsible, none);
	add_fact(v, list, "分管领导", leader, none);
	v->facts = list;
	return 0;
}

static int add_figures(struct page *p, const struct q_open_units *u, struct view_unit_open *v)
{
	struct figure *f = arena_array(p->a, 6, sizeof(*f));
	struct stats_report *r = ARENA_NEW(p->a, struct stats_report);
	int32_t today = clock_day(p->now);
	struct stats_ask ask = { .to = today, .today = today, .unit_id = u->id, .type = TYPE__MAX };
	const struct stats_line *all = &r->now.all;
	int year, month, day, rc;

	clock_civil(today, &year, &month, &day);
	ask.from = clock_day_of(year, 1, 1);
	rc = stats_report(p->db, p->a, &ask, r);
	if (rc != 0)
		return rc;
	f[0] = (struct figure){ .value = figure_count(p->a, all->n[STATS_received]), .label = "收件", .definition = "有效来信" };
	f[1] = (struct figure){ .value = figure_count(p->a, all->n[STATS_replied]), .label = "答复", .definition = "首次正式答复" };
	f[2] = (struct figure){ .value = figure_on_time(p->a, all), .label = "按期答复率",
		.definition = arena_printf(p->a, "应答复 %s 封", figure_count(p->a, all->n[STATS_due])) };
	f[3] = (struct figure){ .value = figure_tenths(p->a, stats_mean_tenths(all)), .label = "平均工作日",
		.definition = "从受理到答复" };
	f[4] = (struct figure){ .value = figure_share(p->a, all->n[STATS_satisfied], all->n[STATS_rated]), .label = "满意率",
		.definition = arena_printf(p->a, "已评价 %s 封，参评率 %s", figure_count(p->a, all->n[STATS_rated]),
			figure_share(p->a, all->n[STATS_rated], all->n[STATS_replied])) };
	f[5] = (struct figure){ .value = figure_count(p->a, all->n[STATS_published]), .label = "公开答复",
		.definition = arena_printf(p->a, "公开率 %s",
			figure_share(p->a, all->n[STATS_published], all->n[STATS_replied])) };
	v->figures = (struct part_figures){ f, 6 };
	v->year = arena_printf(p->a, "%d年", year);
	v->cutoff = arena_printf(p->a, "统计截至%s（含当天）", public_day(p->a, r->now.to));
	v->stats.s = arena_printf(p->a, "/stats?year=%d&unit=%s", year, u->code);
	return 0;
}

static int add_recent(struct page *p, const struct q_open_units *u, struct view_unit_open *v)
{
	struct open_filter f = { .unit = u->code, .unit_id = &u->id, .q = "", .from = OPEN_DAY_FIRST, .to = OPEN_DAY_LAST,
		.before_on = OPEN_DAY_LAST, .before_id = INT64_MAX, .first = true };
	struct q_pub_page *rows;
	struct open_row *list;
	size_t n;
	int rc = open_rows(p, &f, RECENT, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++)
		list[i] = public_open_row(p->a, &rows[i], "");
	v->recent = (struct part_open_rows){ list, n, "最近的答复" };
	v->listing.s = open_filter_path(p->a, "/open", &f, NULL);
	v->atom.s = open_filter_path(p->a, "/open.atom", &f, NULL);
	return 0;
}

static int add_terms(struct page *p, const struct q_open_units *u, struct view_unit_open *v)
{
	struct unit_term *list = arena_array(p->a, TYPE__MAX, sizeof(*list));
	int32_t today = clock_day(p->now);
	const struct worktime *wt;
	int rc = worktime_get(p->db, &wt);

	for (int t = 0; rc == 0 && u->takes_letters && t < TYPE__MAX; t++) {
		const struct sla_policy *reply = worktime_policy(wt, "reply", (enum ticket_type)t, u->id, today);

		list[v->terms_n++] = (struct unit_term){ states_type_name((enum ticket_type)t), open_terms_words(p->a, reply),
			open_terms_limit(p->a, reply) };
	}
	v->terms = list;
	return rc;
}

static int add_kin(struct page *p, const struct q_open_units *u, struct view_unit_open *v)
{
	struct q_open_unit_kin *rows = NULL;
	struct unit_kin *above, *below;
	size_t n = 0;
	int rc = q_open_unit_kin(p->db, p->a, u->id, u->id, &rows, &n);

	if (rc != 0)
		return rc;
	above = arena_array(p->a, n + 1, sizeof(*above));
	below = arena_array(p->a, n + 1, sizeof(*below));
	for (size_t i = 0; i < n; i++) {
		if (rows[i].above)
			above[v->above_n++] = (struct unit_kin){ rows[i].code, rows[i].name };
		else
			below[v->below_n++] = (struct unit_kin){ rows[i].code, rows[i].name };
	}
	v->above = above;
	v->below = below;
	return 0;
}

int open_unit_show(struct page *p)
{
	struct view_unit_open v = { 0 };
	struct q_open_units *rows = NULL;
	size_t n = 0;
	int rc = q_open_units(p->db, p->a, p->param, p->param, &rows, &n);

	if (rc == 0 && n == 0)
		return err_set(ERR_NOTFOUND, "no such unit");
	if (rc == 0)
		rc = add_facts(p, &rows[0], &v);
	if (rc == 0)
		rc = add_figures(p, &rows[0], &v);
	if (rc == 0)
		rc = add_terms(p, &rows[0], &v);
	if (rc == 0)
		rc = add_recent(p, &rows[0], &v);
	if (rc == 0)
		rc = add_kin(p, &rows[0], &v);
	if (rc == 0)
		rc = public_commitments_words(p, rows[0].id, &v.promises);
	if (rc != 0)
		return rc;
	v.frame = page_titled(p, rows[0].name);
	v.name = rows[0].name;
	v.code = rows[0].code;
	v.duties = rows[0].duties;
	v.takes_letters = rows[0].takes_letters && rows[0].active;
	v.closed = rows[0].active ? "" : "这个单位已经撤销，或者并入了其他单位，不再收信。下面是它以前的情况。";
	reply_public_fresh(p->reply);
	view_unit_open(&p->reply->body, &v);
	return 0;
}
