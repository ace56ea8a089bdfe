/* public_stats - the numbers of a month, a year, a span of days for everybody, with what each of them means. */
#include "clock.h"
#include "figure_charts.h"
#include "figure_csv.h"
#include "figure_table.h"
#include "figures.h"
#include "open_filter.h"
#include "open_names.h"
#include "public.h"
#include "report.h"
#include "stats_print.h"
#include "views/stats.h"

#define CACHE_S 60
#define REPORTS_ROWS 60

static const struct field stats_fields[] = { FIGURE_ASK_FIELDS };
const struct form_def form_stats = { stats_fields, ARRAY_LEN(stats_fields) };

/* The figures at the top, and the columns of the tables. */
static const char *const main_codes[] = { "received", "replied", "on_time_rate", "mean_workdays", "satisfaction",
	"overdue_open", "published", "solved_rate" };
static const char *const column_codes[] = { "received", "growth", "accepted", "replied", "on_time_rate",
	"mean_workdays", "satisfaction", "rated_share", "publish_rate" };

struct stats_page {
	struct page *p;
	struct figure_ask f;
	struct stats_report *r;
	int columns[ARRAY_LEN(column_codes)];
};

/* What explains a figure: how many it was worked out from. */
static const char *note_of(struct arena *a, const char *code, const struct stats_report *r)
{
	const struct stats_line *now = &r->now.all;
	int median = stats_quantile(now, 0.5), p90 = stats_quantile(now, 0.9);

	if (str_eq(code, "on_time_rate"))
		return arena_printf(a, "应答复 %s 封", figure_count(a, now->n[STATS_due]));
	if (str_eq(code, "mean_workdays"))
		return median < 0 ? "" : arena_printf(a, "中位数 %d，九成不超过 %d", median, p90);
	if (str_eq(code, "satisfaction"))
		return arena_printf(a, "已评价 %s 封，参评率 %s", figure_count(a, now->n[STATS_rated]),
			figure_share(a, now->n[STATS_rated], now->n[STATS_replied]));
	if (str_eq(code, "solved_rate"))
		return arena_printf(a, "填了结果的 %s 封", figure_count(a, now->n[STATS_result]));
	return r->before.all.n[STATS_received] > 0 ? arena_printf(a, "上年同期 %s",
		figure_column_value(a, figure_column_from(code), &r->before.all, NULL)) : "";
}

static void add_figures(struct stats_page *w, struct part_figures *ret)
{
	struct figure *f = arena_array(w->p->a, ARRAY_LEN(main_codes), sizeof(*f));

	for (size_t i = 0; i < ARRAY_LEN(main_codes); i++) {
		int c = figure_column_from(main_codes[i]);

		f[i] = (struct figure){ .value = figure_column_value(w->p->a, c, &w->r->now.all, &w->r->before.all),
			.label = figure_column_head(c), .definition = note_of(w->p->a, main_codes[i], w->r) };
	}
	ret->figures = f;
	ret->figures_n = ARRAY_LEN(main_codes);
}

static struct part_figure_table table_of(struct stats_page *w, enum figure_by by, const char *heading,
	const char *first, const struct stats_lines *now, const struct stats_lines *before)
{
	struct figure_table_ask ask = { .f = &w->f, .by = by, .first = first, .heading = heading, .now = now,
		.before = before, .total = by == FIGURE_BY_MONTH ? NULL : &w->r->now.all, .total_before = &w->r->before.all,
		.columns = w->columns, .columns_n = ARRAY_LEN(column_codes), .page = "/stats" };

	return figure_table(w->p->a, &ask);
}

static void add_tables(struct stats_page *w, struct view_stats *v)
{
	struct stats *now = &w->r->now, *before = &w->r->before;
	struct stats_lines months, months_before;

	figure_sort(&now->units);
	figure_sort(&now->topics);
	figure_months(w->p->a, w->r, &months, &months_before);
	v->by_month = table_of(w, FIGURE_BY_MONTH, "按月", "月份", &months, &months_before);
	v->by_type = table_of(w, FIGURE_BY_TYPE, "按类型", "类型", &now->types, &before->types);
	v->by_unit = table_of(w, FIGURE_BY_UNIT, "按单位", "单位", &now->units, &before->units);
	v->by_topic = table_of(w, FIGURE_BY_TOPIC, "按主题", "主题", &now->topics, &before->topics);
	v->counts = figure_chart_counts(w->p->a, w->r, w->f.ask.to);
	v->rates = figure_chart_rates(w->p->a, w->r, w->f.ask.to);
	v->topics = figure_chart_bars(w->p->a, "各主题收件", &now->topics, &before->topics);
	v->grades = figure_chart_grades(w->p->a, w->r);
}

/* Of what is shown, each once. */
static void add_definitions(struct arena *a, struct view_stats *v)
{
	struct figure_head *list = arena_array(a, FIGURE_COLUMNS, sizeof(*list));
	bool shown[FIGURE_COLUMNS] = { false };
	static const char *const besides[] = { "due", "on_time", "rated", "satisfied", "result", "solved",
		"median_workdays", "p90_workdays" };

	for (size_t i = 0; i < ARRAY_LEN(main_codes); i++)
		shown[figure_column_from(main_codes[i])] = true;
	for (size_t i = 0; i < ARRAY_LEN(column_codes); i++)
		shown[figure_column_from(column_codes[i])] = true;
	for (size_t i = 0; i < ARRAY_LEN(besides); i++)
		shown[figure_column_from(besides[i])] = true;
	for (int c = 0; c < FIGURE_COLUMNS; c++) {
		if (shown[c])
			list[v->definitions_n++] = (struct figure_head){ figure_column_head(c), figure_column_definition(c) };
	}
	v->definitions = list;
}

/* The published letters of what is counted here. */
static const char *listing(struct arena *a, const struct figure_ask *f)
{
	struct open_filter open = { .type = f->type_code, .unit = f->unit_code, .q = "",
		.from = f->ask.from, .to = f->ask.to };

	return open_filter_path(a, "/open", &open, NULL);
}

static const char *narrow_words(struct arena *a, const struct figure_ask *f)
{
	const char *type = f->type_code != NULL ? states_type_name(f->ask.type) : NULL;
	const char *parts[] = { f->unit, type, f->topic };
	struct str o;

	str_init(&o, a, 600);
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		if (parts[i] != NULL)
			str_addf(&o, "%s%s", o.len ? " · " : "", parts[i]);
	}
	return o.s;
}

/* The report of just this period, when it is published, and the latest one. */
static int add_reports(struct page *p, const struct figure_ask *f, struct view_stats *v)
{
	struct q_pub_report_list *rows = NULL;
	enum report_kind kind;
	int32_t from, to;
	size_t n = 0;
	int rc = q_pub_report_list(p->db, p->a, REPORTS_ROWS, &rows, &n);

	for (size_t i = 0; rc == 0 && i < n; i++) {
		if (report_period(rows[i].code, &kind, &from, &to) != 0 || from != f->ask.from || to != f->ask.to)
			continue;
		v->bulletin.s = arena_printf(p->a, "/reports/%s", rows[i].code);
		v->bulletin_name = report_name(p->a, rows[i].code);
	}
	if (rc == 0 && n > 0) {
		v->latest.s = arena_printf(p->a, "/reports/%s", rows[0].code);
		v->latest_name = report_name(p->a, rows[0].code);
	}
	return rc;
}

int stats_show(struct page *p)
{
	struct view_stats v = { .frame = page_titled(p, "办理情况") };
	struct stats_page w = { .p = p, .r = ARENA_NEW(p->a, struct stats_report) };
	int rc = figure_ask_read(p, &w.f);

	if (rc != 0)
		return rc;
	w.f.ask.want_before = w.f.ask.want_months = true;
	rc = stats_report(p->db, p->a, &w.f.ask, w.r);
	if (rc == 0)
		rc = add_reports(p, &w.f, &v);
	if (rc != 0)
		return rc;
	for (size_t i = 0; i < ARRAY_LEN(column_codes); i++)
		w.columns[i] = figure_column_from(column_codes[i]);
	v.period = w.f.period;
	v.narrowed = narrow_words(p->a, &w.f);
	v.problem = w.f.problem;
	v.everything.s = *v.narrowed ? figure_ask_path(p->a, "/stats", &w.f, &(struct figure_other){ "", "", "" }) : NULL;
	v.cutoff = arena_printf(p->a, "统计截至%s（含当天）", public_day(p->a, w.r->now.to));
	v.listing.s = listing(p->a, &w.f);
	v.unit.s = w.f.unit_code != NULL ? arena_printf(p->a, "/units/%s", w.f.unit_code) : NULL;
	v.unit_name = w.f.unit;
	v.json.s = figure_ask_path(p->a, "/stats.json", &w.f, NULL);
	v.csv.s = figure_ask_path(p->a, "/stats.csv", &w.f, NULL);
	v.periods = figure_ask_periods(p->a, "/stats", &w.f, &v.periods_n);
	add_figures(&w, &v.figures);
	add_tables(&w, &v);
	add_definitions(p->a, &v);
	reply_public_cache(p->reply, CACHE_S);
	view_stats(&p->reply->body, &v);
	return 0;
}

/* --- for programs and spreadsheets --- */

/* Who fetches a file is told what a page leaves out with a sentence. */
static int read_for_file(struct page *p, struct figure_ask *f)
{
	int rc = form_ok(p->form) ? figure_ask_read(p, f) : err_set(ERR_INVALID, "query of the statistics");

	if (rc == 0 && *f->problem)
		rc = err_say(f->unit_code == NULL && form_text(p->form, "unit") != NULL ? ERR_NOTFOUND : ERR_INVALID,
			"%s", f->problem);
	return rc;
}

int stats_json_show(struct page *p)
{
	struct stats_report *r = ARENA_NEW(p->a, struct stats_report);
	struct figure_ask f;
	int rc = read_for_file(p, &f);

	if (rc != 0)
		return rc;
	f.ask.want_years = true;
	rc = stats_report(p->db, p->a, &f.ask, r);
	if (rc != 0)
		return rc;
	open_names_headers(p);
	stats_json(&p->reply->body, &r->now, p->now - p->now % CACHE_S);
	reply_type(p->reply, "application/json; charset=utf-8");
	reply_public_cache(p->reply, CACHE_S);
	return 0;
}

int stats_csv_show(struct page *p)
{
	struct stats_report *r = ARENA_NEW(p->a, struct stats_report);
	struct figure_ask f;
	int rc = read_for_file(p, &f);

	if (rc != 0)
		return rc;
	f.ask.want_before = true;
	rc = stats_report(p->db, p->a, &f.ask, r);
	if (rc != 0)
		return rc;
	open_names_headers(p);
	figure_csv(p, r);
	reply_public_cache(p->reply, CACHE_S);
	return 0;
}
