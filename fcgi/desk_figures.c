/* desk_figures - the figures of a period for leaders and supervisors: /figures, and the same as CSV. */
#include <string.h>

#include "clock.h"
#include "figure_charts.h"
#include "figure_csv.h"
#include "figure_table.h"
#include "figures.h"
#include "show.h"
#include "views/desk_figures.h"
#include "tabs.h"

#define PATH "/figures"
#define LETTERS "/figures/letters"

static const struct field figures_fields[] = { FIGURE_ASK_FIELDS, { "col", FIELD_LIST, .max = FIGURE_COLUMNS } };
const struct form_def form_figures = { figures_fields, ARRAY_LEN(figures_fields) };

static const char *const usual[] = { "received", "growth", "accepted", "due", "on_time_rate", "overdue_open", "late",
	"replied", "mean_workdays", "median_workdays", "p90_workdays", "publish_rate", "rated_share", "satisfaction",
	"solved_rate" };

struct figures_page {
	struct page *p;
	struct figure_ask f;
	struct stats_report *r;
	int columns[FIGURE_COLUMNS];
	size_t columns_n;
};

/* --- what is asked for --- */

static void read_columns(struct figures_page *w)
{
	bool picked[FIGURE_COLUMNS] = { false };
	const char *const *list;
	size_t n = 0;

	list = form_list(w->p->form, "col", &n);
	for (size_t i = 0; i < n; i++) {
		int c = figure_column_from(list[i]);

		if (c >= 0)
			picked[c] = true;
	}
	for (int c = 0; c < FIGURE_COLUMNS; c++) {
		if (picked[c])
			w->columns[w->columns_n++] = c;
	}
	for (size_t i = 0; w->columns_n == 0 && i < ARRAY_LEN(usual); i++)
		w->columns[i] = figure_column_from(usual[i]);
	if (w->columns_n == 0)
		w->columns_n = ARRAY_LEN(usual);
}

static int load(struct page *p, struct figures_page *w)
{
	int rc;

	*w = (struct figures_page){ .p = p, .r = ARENA_NEW(p->a, struct stats_report) };
	rc = figure_ask_read(p, &w->f);
	if (rc != 0)
		return rc;
	read_columns(w);
	w->f.ask.want_before = true;
	w->f.ask.want_months = true;
	return stats_report(p->db, p->a, &w->f.ask, w->r);
}

/* --- the figures at the top --- */

static struct url letters_url(struct figures_page *w, const char *measure)
{
	return (struct url){ arena_printf(w->p->a, "%s&measure=%s", figure_ask_path(w->p->a, LETTERS, &w->f, NULL),
		measure) };
}

static struct figure figure_of(struct figures_page *w, const char *code, bool warn)
{
	struct arena *a = w->p->a;
	int c = figure_column_from(code);
	const struct stats_line *now = &w->r->now.all, *before = &w->r->before.all;
	bool had = before->n[STATS_received] > 0 || before->n[STATS_replied] > 0 || before->n[STATS_due] > 0;

	return (struct figure){ .value = figure_column_value(a, c, now, before), .label = figure_column_head(c),
		.definition = had ? arena_printf(a, "上年同期 %s", figure_column_value(a, c, before, NULL)) : "",
		.url = letters_url(w, figure_column_letters(c)), .warn = warn };
}

static void add_figures(struct figures_page *w, struct part_figures *ret)
{
	static const char *const shown[] = { "received", "replied", "on_time_rate", "overdue_open", "late", "mean_workdays",
		"median_workdays", "p90_workdays", "satisfaction", "rated_share", "publish_rate", "solved_rate",
			"extended_rate",
		"return_rate", "rework_rate" };
	struct figure *list = arena_array(w->p->a, ARRAY_LEN(shown), sizeof(*list));

	for (size_t i = 0; i < ARRAY_LEN(shown); i++)
		list[i] = figure_of(w, shown[i], strcmp(shown[i], "overdue_open") == 0
			&& stats_overdue_open(&w->r->now.all) > 0);
	ret->figures = list;
	ret->figures_n = ARRAY_LEN(shown);
}

/* --- results --- */

static size_t add_results(struct figures_page *w, const struct figure_share_row **ret)
{
	const char *code, *text, *path;
	struct figure_share_row *rows = arena_array(w->p->a, STATS_RESULTS, sizeof(*rows));
	const struct stats_line *now = &w->r->now.all, *before = &w->r->before.all;
	size_t n = 0;

	for (size_t i = 0; states_reason_at("result", i, &code, &text, &path) && i + 1 < STATS_RESULTS; i++) {
		if (now->results[i + 1] > 0 || before->results[i + 1] > 0)
			rows[n++] = (struct figure_share_row){ text, figure_count(w->p->a, now->results[i + 1]),
				figure_share(w->p->a, now->results[i + 1], now->n[STATS_result]),
				figure_share(w->p->a, before->results[i + 1], before->n[STATS_result]) };
	}
	*ret = rows;
	return n;
}

/* --- tables --- */

static struct part_figure_table table_of(struct figures_page *w, enum figure_by by, struct stats_lines *now,
	const struct stats_lines *before)
{
	static const char *const first[] = { "月份", "单位", "类型", "主题", "细分主题" };
	static const char *const heading[] = { "按月", "按承办单位", "按类型", "按主题", "按细分主题" };
	struct figure_table_ask ask = { .f = &w->f, .by = by, .first = first[by], .heading = heading[by], .now = now,
		.before = before, .total = by == FIGURE_BY_MONTH ? NULL : &w->r->now.all, .total_before = &w->r->before.all,
		.columns = w->columns, .columns_n = w->columns_n, .page = PATH, .letters = LETTERS };

	return figure_table(w->p->a, &ask);
}

static void add_tables(struct figures_page *w, struct view_desk_figures *v)
{
	struct stats *now = &w->r->now, *before = &w->r->before;
	struct stats_lines months, months_before;

	figure_sort(&now->units);
	figure_sort(&now->topics);
	figure_sort(&now->leaves);
	figure_months(w->p->a, w->r, &months, &months_before);
	v->by_month = table_of(w, FIGURE_BY_MONTH, &months, &months_before);
	v->by_type = table_of(w, FIGURE_BY_TYPE, &now->types, &before->types);
	v->by_unit = table_of(w, FIGURE_BY_UNIT, &now->units, &before->units);
	v->by_topic = table_of(w, FIGURE_BY_TOPIC, &now->topics, &before->topics);
	v->by_leaf = table_of(w, FIGURE_BY_LEAF, &now->leaves, &before->leaves);
}

static void add_charts(struct figures_page *w, struct view_desk_figures *v)
{
	struct arena *a = w->p->a;

	v->counts = figure_chart_counts(a, w->r, w->f.ask.to);
	v->rates = figure_chart_rates(a, w->r, w->f.ask.to);
	v->types = figure_chart_bars(a, "各类型收件", &w->r->now.types, &w->r->before.types);
	v->units = figure_chart_bars(a, "各单位收件", &w->r->now.units, &w->r->before.units);
	v->topics = figure_chart_bars(a, "各主题收件", &w->r->now.topics, &w->r->before.topics);
	v->grades = figure_chart_grades(a, w->r);
}

/* --- the page --- */

static void add_choices(struct figures_page *w, struct view_desk_figures *v)
{
	struct arena *a = w->p->a;
	struct choice *cols = arena_array(a, FIGURE_COLUMNS, sizeof(*cols));

	v->periods = figure_ask_periods(a, PATH, &w->f, &v->periods_n);
	v->unit_list = figure_ask_units(a, &w->f, &v->unit_list_n);
	v->type_list = figure_ask_types(a, &w->f, &v->type_list_n);
	v->topic_list = figure_ask_topics(a, &w->f, &v->topic_list_n);
	for (int c = 0; c < FIGURE_COLUMNS; c++) {
		cols[c] = (struct choice){ .code = figure_column_code(c), .text = figure_column_head(c) };
		for (size_t i = 0; i < w->columns_n; i++)
			cols[c].chosen = cols[c].chosen || w->columns[i] == c;
	}
	v->columns = cols;
	v->columns_n = FIGURE_COLUMNS;
}

static void add_definitions(struct arena *a, struct view_desk_figures *v)
{
	struct figure_head *list = arena_array(a, FIGURE_COLUMNS, sizeof(*list));

	for (int c = 0; c < FIGURE_COLUMNS; c++)
		list[c] = (struct figure_head){ figure_column_head(c), figure_column_definition(c) };
	v->definitions = list;
	v->definitions_n = FIGURE_COLUMNS;
}

/* 市城管局 · 投诉 · 道路交通 */
static const char *narrow_words(struct arena *a, const struct figure_ask *f)
{
	struct str o;

	str_init(&o, a, 600);
	if (f->unit != NULL)
		str_add(&o, f->unit);
	if (f->type_code != NULL)
		str_addf(&o, "%s%s", o.len ? " · " : "", states_type_name(f->ask.type));
	if (f->topic != NULL)
		str_addf(&o, "%s%s", o.len ? " · " : "", f->topic);
	return o.s;
}

int desk_figures(struct page *p)
{
	struct view_desk_figures v = { .frame = page_titled(p, "办理统计"), .nav = tabs(p, TABS_WATCH) };
	struct figures_page w;
	int rc = load(p, &w);

	if (rc != 0)
		return rc;
	v.period = w.f.period;
	v.narrowed = narrow_words(p->a, &w.f);
	v.problem = w.f.problem;
	v.from = clock_fmt_day(p->a, w.r->now.from);
	v.to = clock_fmt_day(p->a, w.r->now.to);
	v.cutoff = arena_printf(p->a, "统计 %s（含首尾两日），截至 %s；上年同期为 %s",
		show_span(p->a, w.r->now.from, w.r->now.to), show_moment(p->a, p->now, clock_day(p->now)),
		show_span(p->a, w.r->before.from, w.r->before.to));
	v.csv.s = figure_ask_path(p->a, "/figures.csv", &w.f, NULL);
	v.of = strchr(v.csv.s, '?') != NULL ? strchr(v.csv.s, '?') + 1 : "";
	v.everything.s = w.f.unit_code || w.f.type_code || w.f.topic_code
		? figure_ask_path(p->a, PATH, &w.f, &(struct figure_other){ "", "", "" }) : NULL;
	v.may_freeze = access_may(page_actor(p), CAP_WATCH);
	add_figures(&w, &v.figures);
	add_tables(&w, &v);
	add_charts(&w, &v);
	v.results_n = add_results(&w, &v.results);
	add_choices(&w, &v);
	add_definitions(p->a, &v);
	view_desk_figures(&p->reply->body, &v);
	return 0;
}

/* --- CSV --- */

int desk_figures_csv(struct page *p)
{
	struct figures_page w;
	int rc = load(p, &w);

	if (rc == 0)
		figure_csv(p, w.r);
	return rc;
}
