/* public_stats - the numbers of a month, a year, a span of days, with what each of them means. */
#include "clock.h"
#include "figures.h"
#include "open_filter.h"
#include "public.h"
#include "stats_print.h"
#include "views/stats.h"

#define CACHE_S 60
#define YEARS_SHOWN 6

static const struct field stats_fields[] = {
	{ "year", FIELD_INT, .label = "年份", .min = 1990, .max = 2200 },
	{ "from", FIELD_DATE, .label = "开始日期" },
	{ "to", FIELD_DATE, .label = "结束日期" },
	{ "unit", FIELD_TOKEN, .label = "单位", .max = 40 },
};
const struct form_def form_stats = { stats_fields, ARRAY_LEN(stats_fields) };

struct period { int32_t from, to; int year; };

/* The year asked for, or the days, or this year; never beyond today. */
static struct period period_of(const struct page *p, int32_t today)
{
	int this_year, month, day;
	struct period t;

	clock_civil(today, &this_year, &month, &day);
	t.year = (int)form_int(p->form, "year", 0);
	if (t.year == 0 && form_day(p->form, "from") == DAY_NONE && form_day(p->form, "to") == DAY_NONE)
		t.year = this_year;
	if (t.year != 0) {
		t.from = clock_day_of(t.year, 1, 1);
		t.to = clock_day_of(t.year, 12, 31);
	} else {
		t.from = form_day(p->form, "from") != DAY_NONE ? form_day(p->form, "from") : OPEN_DAY_FIRST;
		t.to = form_day(p->form, "to") != DAY_NONE ? form_day(p->form, "to") : today;
	}
	/* Letters that fall due later this year are not late: they do not belong into a rate yet. */
	if (t.to > today)
		t.to = today;
	return t;
}

static const char *period_words(struct arena *a, const struct period *t, int32_t today)
{
	int year, month, day;

	clock_civil(today, &year, &month, &day);
	if (t->year != 0)
		return arena_printf(a, "%d年", t->year);
	if (t->from == clock_day_of(year, month, 1) && t->to == today)
		return arena_printf(a, "%d年%d月", year, month);
	if (t->from == OPEN_DAY_FIRST)
		return arena_printf(a, "截至%s", public_day(a, t->to));
	return arena_printf(a, "%s至%s", public_day(a, t->from), public_day(a, t->to));
}

static void add_periods(struct arena *a, struct view_stats *v, const struct period *now, int32_t today)
{
	struct choice *list = arena_array(a, YEARS_SHOWN + 2, sizeof(*list));
	int year, month, day;
	size_t n = 0;

	clock_civil(today, &year, &month, &day);
	list[n++] = (struct choice){ .text = "本月", .url = { arena_printf(a, "/stats?from=%04d-%02d-01", year, month) },
		.chosen = now->year == 0 && now->from == clock_day_of(year, month, 1) && now->to == today };
	for (int i = 0; i < YEARS_SHOWN; i++)
		list[n++] = (struct choice){ .text = arena_printf(a, "%d年", year - i),
			.url = { arena_printf(a, "/stats?year=%d", year - i) }, .chosen = now->year == year - i };
	list[n++] = (struct choice){ .text = "全部", .url = { "/stats?from=1900-01-01" },
		.chosen = now->year == 0 && now->from == OPEN_DAY_FIRST && now->to == today };
	v->periods = list;
	v->periods_n = n;
}

static const struct figure *main_figures(struct arena *a, const struct stats_line *all, size_t *ret_n)
{
	struct figure *f = arena_array(a, 6, sizeof(*f));
	int median = stats_quantile(all, 0.5);

	f[0] = (struct figure){ .value = figure_count(a, all->n[STATS_received]), .label = "收件", .definition = "" };
	f[1] = (struct figure){ .value = figure_count(a, all->n[STATS_replied]), .label = "答复", .definition = "" };
	f[2] = (struct figure){ .value = figure_on_time(a, all), .label = "按期答复率",
		.definition = arena_printf(a, "应答复 %s 封", figure_count(a, all->n[STATS_due])) };
	f[3] = (struct figure){ .value = figure_tenths(a, stats_mean_tenths(all)), .label = "平均工作日",
		.definition = median < 0 ? "" : arena_printf(a, "中位数 %d", median) };
	f[4] = (struct figure){ .value = figure_share(a, all->n[STATS_satisfied], all->n[STATS_rated]), .label = "满意率",
		.definition = arena_printf(a, "已评价 %s 封", figure_count(a, all->n[STATS_rated])) };
	f[5] = (struct figure){ .value = figure_count(a, all->n[STATS_published]), .label = "公开答复", .definition = "" };
	*ret_n = 6;
	return f;
}

static struct stats_shown row_of(struct arena *a, const struct stats_line *line, const char *name, const char *path)
{
	int64_t rate = stats_on_time_rate(line);

	return (struct stats_shown){ .name = name, .received = figure_count(a, line->n[STATS_received]),
		.accepted = figure_count(a, line->n[STATS_accepted]), .replied = figure_count(a, line->n[STATS_replied]),
		.on_time = figure_on_time(a, line), .on_time_percent = rate < 0 ? -1 : (int)(rate / 100),
		.days = figure_tenths(a, stats_mean_tenths(line)),
		.satisfaction = figure_share(a, line->n[STATS_satisfied], line->n[STATS_rated]),
		.rated = figure_share(a, line->n[STATS_rated], line->n[STATS_replied]), .url = { path } };
}

/* The listing of what is counted here. */
static const char *listing(struct arena *a, const struct period *t, const char *type, const char *unit)
{
	struct open_filter f = { .type = type, .unit = unit, .q = "", .from = t->from, .to = t->to, .year = t->year };

	return open_filter_path(a, "/open", &f, NULL);
}

static const char *code_of(const struct q_unit_all *units, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++) {
		if (units[i].id == id)
			return units[i].code;
	}
	return NULL;
}

static struct stats_table by_year(struct arena *a, const struct stats *s)
{
	struct stats_shown *rows = arena_array(a, s->years.n + 1, sizeof(*rows));

	for (size_t i = 0; i < s->years.n; i++)
		rows[i] = row_of(a, &s->years.of[i], arena_printf(a, "%lld年", (long long)s->years.of[i].key),
			arena_printf(a, "/stats?year=%lld", (long long)s->years.of[i].key));
	return (struct stats_table){ "year", "按年份", "年份", rows, s->years.n };
}

static struct stats_table by_type(struct arena *a, const struct stats *s, const struct period *t)
{
	struct stats_shown *rows = arena_array(a, s->types.n + 1, sizeof(*rows));

	for (size_t i = 0; i < s->types.n; i++) {
		enum ticket_type type = (enum ticket_type)s->types.of[i].key;

		rows[i] = row_of(a, &s->types.of[i], states_type_name(type), listing(a, t, states_type_code(type), NULL));
	}
	return (struct stats_table){ "type", "按类型", "类型", rows, s->types.n };
}

static struct stats_table by_unit(struct arena *a, const struct stats *s, const struct period *t,
	const struct q_unit_all *units, size_t n)
{
	struct stats_shown *rows = arena_array(a, s->units.n + 1, sizeof(*rows));

	for (size_t i = 0; i < s->units.n; i++) {
		const struct stats_line *line = &s->units.of[i];
		const char *code = code_of(units, n, line->key);

		rows[i] = row_of(a, line, line->key == 0 ? "还没有转办" : line->name,
			code != NULL ? listing(a, t, NULL, code) : NULL);
	}
	return (struct stats_table){ "unit", "按单位", "单位", rows, s->units.n };
}

static void add_definitions(struct arena *a, struct view_stats *v)
{
	static const struct stats_definition derived[] = {
		{ "按期答复率", "按期答复数占应答复数的百分比" },
		{ "平均工作日", "从受理次日算到答复当日所用的工作日，算术平均；中位数是一半答复不超过的工作日" },
		{ "满意率", "满意数占已评价数的百分比；没有评价的不算满意，也不算不满意" },
		{ "参评率", "已评价数占答复数的百分比" },
	};
	struct stats_definition *list = arena_array(a, STATS__MAX + ARRAY_LEN(derived), sizeof(*list));
	size_t n = 0;

	for (int m = 0; m < STATS__MAX; m++)
		list[n++] = (struct stats_definition){ stats_measure_name((enum stats_measure)m),
			stats_measure_definition((enum stats_measure)m) };
	for (size_t i = 0; i < ARRAY_LEN(derived); i++)
		list[n++] = derived[i];
	v->definitions = list;
	v->definitions_n = n;
}

int stats_show(struct page *p)
{
	struct view_stats v = { .frame = page_titled(p, "办理情况") };
	struct stats_table *tables = arena_array(p->a, 3, sizeof(*tables));
	int32_t today = clock_day(p->now);
	struct period t = period_of(p, today);
	struct q_unit_all *units;
	struct stats s;
	size_t n;
	int rc = stats_load(p->db, p->a, t.from, t.to, 0, &s);

	if (rc == 0)
		rc = q_unit_all(p->db, p->a, &units, &n);
	if (rc != 0)
		return rc;
	if (t.year == 0 && s.years.n > 1)
		tables[v.tables_n++] = by_year(p->a, &s);
	tables[v.tables_n++] = by_type(p->a, &s, &t);
	tables[v.tables_n++] = by_unit(p->a, &s, &t, units, n);
	v.tables = tables;
	v.period = period_words(p->a, &t, today);
	v.cutoff = arena_printf(p->a, "统计截至%s（含当天）", public_day(p->a, t.to));
	v.figures.figures = main_figures(p->a, &s.all, &v.figures.figures_n);
	v.json.s = arena_printf(p->a, "/stats.json?from=%s&to=%s", clock_fmt_day(p->a, t.from), clock_fmt_day(p->a, t.to));
	add_periods(p->a, &v, &t, today);
	add_definitions(p->a, &v);
	reply_public_cache(p->reply, CACHE_S);
	view_stats(&p->reply->body, &v);
	return 0;
}

int stats_json_show(struct page *p)
{
	struct period t = period_of(p, clock_day(p->now));
	struct q_unit_all unit = { .id = 0 };
	struct stats s;
	int rc = 0;

	if (!form_ok(p->form))
		return err_set(ERR_INVALID, "query of the statistics");
	if (form_text(p->form, "unit") != NULL)
		rc = public_unit(p, form_text(p->form, "unit"), &unit);
	if (rc == 0)
		rc = stats_load(p->db, p->a, t.from, t.to, unit.id, &s);
	if (rc != 0)
		return rc;
	stats_json(&p->reply->body, &s, p->now - p->now % CACHE_S);
	reply_type(p->reply, "application/json; charset=utf-8");
	reply_public_cache(p->reply, CACHE_S);
	return 0;
}
