/* figure_table - see figure_table.h. */
#include "figure_table.h"

#include <string.h>

#include "clock.h"
#include "figures.h"
#include "plot.h"

enum { COLUMN_GROWTH, COLUMN_OVERDUE_OPEN, COLUMN_MEAN, COLUMN_MEDIAN, COLUMN_P90 };

/* Short words for the head of a column; measures and rates by their place in stats.h. */
static const char *const measure_heads[STATS__MAX] = {
	[STATS_received] = "收件", [STATS_accepted] = "受理", [STATS_refused] = "不予受理", [STATS_merged] = "并办",
	[STATS_withdrawn] = "撤回", [STATS_invalid] = "无效", [STATS_due] = "应答复", [STATS_on_time] = "按期答复",
	[STATS_replied] = "答复", [STATS_published] = "公开答复", [STATS_rated] = "已评价", [STATS_satisfied] = "满意",
	[STATS_late] = "逾期答复", [STATS_closed] = "办结", [STATS_extended] = "延期", [STATS_returned] = "退回改派",
	[STATS_sent_back] = "审核退回", [STATS_reworked] = "重新办理", [STATS_result] = "已填结果",
	[STATS_solved] = "已解决" };
/* What stands behind a rate: the letters somebody would look into. */
static const enum stats_measure rate_letters[STATS_RATE__MAX] = {
	[STATS_on_time_rate] = STATS_late, [STATS_satisfaction] = STATS_rated, [STATS_rated_share] = STATS_rated,
	[STATS_publish_rate] = STATS_published, [STATS_solved_rate] = STATS_solved, [STATS_extended_rate] = STATS_extended,
	[STATS_return_rate] = STATS_returned, [STATS_sent_back_rate] = STATS_sent_back,
	[STATS_rework_rate] = STATS_reworked };
static const struct { const char *code, *head, *definition, *letters; } others[] = {
	[COLUMN_GROWTH] = { "growth", "同比", "收件数比上一年同一段时间增减的百分比", NULL },
	[COLUMN_OVERDUE_OPEN] = { "overdue_open", "逾期未办", NULL, "overdue_open" },
	[COLUMN_MEAN] = { "mean_workdays", "平均工作日", NULL, "replied" },
	[COLUMN_MEDIAN] = { "median_workdays", "中位数", NULL, "replied" },
	[COLUMN_P90] = { "p90_workdays", "九成不超过", NULL, "replied" },
};

/* The order shown: what is asked for first stands first. */
enum kind { MEASURE, RATE, OTHER };
static const struct { enum kind kind; int at; } order[FIGURE_COLUMNS] = {
	{ MEASURE, STATS_received }, { OTHER, COLUMN_GROWTH }, { MEASURE, STATS_accepted }, { MEASURE, STATS_due },
	{ MEASURE, STATS_on_time }, { RATE, STATS_on_time_rate }, { OTHER, COLUMN_OVERDUE_OPEN }, { MEASURE, STATS_late },
	{ MEASURE, STATS_replied }, { OTHER, COLUMN_MEAN }, { OTHER, COLUMN_MEDIAN }, { OTHER, COLUMN_P90 },
	{ MEASURE, STATS_closed }, { MEASURE, STATS_published }, { RATE, STATS_publish_rate }, { MEASURE, STATS_rated },
	{ RATE, STATS_rated_share }, { MEASURE, STATS_satisfied }, { RATE, STATS_satisfaction }, { MEASURE, STATS_result },
	{ MEASURE, STATS_solved }, { RATE, STATS_solved_rate }, { MEASURE, STATS_extended }, { RATE, STATS_extended_rate },
	{ MEASURE, STATS_returned }, { RATE, STATS_return_rate },
	{ MEASURE, STATS_sent_back }, { RATE, STATS_sent_back_rate },
	{ MEASURE, STATS_reworked }, { RATE, STATS_rework_rate }, { MEASURE, STATS_refused }, { MEASURE, STATS_merged },
	{ MEASURE, STATS_withdrawn }, { MEASURE, STATS_invalid } };

const char *figure_column_code(int c)
{
	return order[c].kind == MEASURE ? stats_measure_code((enum stats_measure)order[c].at)
		: order[c].kind == RATE ? stats_rate_code((enum stats_rate)order[c].at) : others[order[c].at].code;
}

const char *figure_column_head(int c)
{
	return order[c].kind == MEASURE ? measure_heads[order[c].at]
		: order[c].kind == RATE ? stats_rate_name((enum stats_rate)order[c].at) : others[order[c].at].head;
}

const char *figure_column_definition(int c)
{
	const char *code, *name, *definition;

	if (order[c].kind != OTHER)
		return order[c].kind == MEASURE ? stats_measure_definition((enum stats_measure)order[c].at)
			: stats_rate_definition((enum stats_rate)order[c].at);
	for (size_t i = 0; others[order[c].at].definition == NULL && stats_derived_at(i, &code, &name, &definition); i++) {
		if (str_eq(code, others[order[c].at].code))
			return definition;
	}
	return others[order[c].at].definition;
}

int figure_column_from(const char *code)
{
	for (int c = 0; c < FIGURE_COLUMNS; c++) {
		if (str_eq(figure_column_code(c), code))
			return c;
	}
	return -1;
}

const char *figure_column_letters(int c)
{
	return order[c].kind == MEASURE ? stats_measure_code((enum stats_measure)order[c].at)
		: order[c].kind == RATE ? stats_measure_code(rate_letters[order[c].at]) : others[order[c].at].letters;
}

/* --- values --- */

/* In tenths of a percent, rounded half away from zero. */
static int64_t growth_tenths(int64_t now, int64_t before)
{
	int64_t d = (now - before) * 2000;

	return (d + (d < 0 ? -before : before)) / (2 * before);
}

const char *figure_growth(struct arena *a, int64_t now, int64_t before)
{
	int64_t t = before > 0 ? growth_tenths(now, before) : 0;
	int64_t abs = t < 0 ? -t : t;

	return before <= 0 ? "—" : arena_printf(a, "%s%lld.%lld%%", t < 0 ? "-" : t > 0 ? "+" : "", (long long)(abs / 10),
		(long long)(abs % 10));
}

static const char *days(struct arena *a, int v, const char *none)
{
	return v < 0 ? none : arena_printf(a, "%d", v);
}

const char *figure_column_value(struct arena *a, int c, const struct stats_line *line, const struct stats_line *before)
{
	int64_t rate;

	if (order[c].kind == MEASURE)
		return figure_count(a, line->n[order[c].at]);
	if (order[c].kind == RATE) {
		rate = stats_rate(line, (enum stats_rate)order[c].at);
		return rate < 0 ? "—" : figure_share(a, rate, 10000);
	}
	switch (order[c].at) {
	case COLUMN_GROWTH: return figure_growth(a, line->n[STATS_received], before ? before->n[STATS_received] : 0);
	case COLUMN_OVERDUE_OPEN: return figure_count(a, stats_overdue_open(line));
	case COLUMN_MEAN: return figure_tenths(a, stats_mean_tenths(line));
	case COLUMN_MEDIAN: return days(a, stats_quantile(line, 0.5), "—");
	default: return days(a, stats_quantile(line, 0.9), "—");
	}
}

const char *figure_column_plain(struct arena *a, int c, const struct stats_line *line,
	const struct stats_line *before)
{
	int64_t v;

	if (order[c].kind == MEASURE)
		return arena_printf(a, "%lld", (long long)line->n[order[c].at]);
	if (order[c].kind == RATE) {
		v = stats_rate(line, (enum stats_rate)order[c].at);
		return v < 0 ? "" : arena_printf(a, "%lld.%02lld", (long long)(v / 100), (long long)(v % 100));
	}
	switch (order[c].at) {
	case COLUMN_GROWTH:
		v = before != NULL && before->n[STATS_received] > 0
			? growth_tenths(line->n[STATS_received], before->n[STATS_received]) : INT64_MIN;
		return v == INT64_MIN ? "" : arena_printf(a, "%s%lld.%lld", v < 0 ? "-" : "",
			(long long)((v < 0 ? -v : v) / 10), (long long)((v < 0 ? -v : v) % 10));
	case COLUMN_OVERDUE_OPEN: return arena_printf(a, "%lld", (long long)stats_overdue_open(line));
	case COLUMN_MEAN:
		v = stats_mean_tenths(line);
		return v < 0 ? "" : arena_printf(a, "%lld.%lld", (long long)(v / 10), (long long)(v % 10));
	case COLUMN_MEDIAN: return days(a, stats_quantile(line, 0.5), "");
	default: return days(a, stats_quantile(line, 0.9), "");
	}
}

/* --- tables --- */

/* Where there is much of it is seen at a glance: of what comes in, and of what is late. */
static int64_t heat_value(int c, const struct stats_line *line)
{
	if (order[c].kind == MEASURE && (order[c].at == STATS_received || order[c].at == STATS_late))
		return line->n[order[c].at];
	return order[c].kind == OTHER && order[c].at == COLUMN_OVERDUE_OPEN ? stats_overdue_open(line) : 0;
}

static const char *heat_css(struct arena *a, const struct figure_table_ask *ask, int c, const struct stats_line *line)
{
	int64_t max = 0;
	int step;

	for (size_t i = 0; i < ask->now->n; i++) {
		int64_t v = heat_value(c, &ask->now->of[i]);

		max = v > max ? v : max;
	}
	step = plot_heat(heat_value(c, line), max);
	return step > 0 && ask->now->n > 1 && line != ask->total ? arena_printf(a, "lx-heat%d", step) : "";
}

/* Asked for with this line alone. Lines without a code (no unit yet, no topic) have no address of their own. */
static bool narrowed(const struct figure_table_ask *ask, const struct stats_line *line, struct figure_ask *f,
	struct figure_other *o)
{
	*f = *ask->f;
	*o = (struct figure_other){ NULL, NULL, NULL };
	if (line == ask->total)
		return true;
	switch (ask->by) {
	case FIGURE_BY_UNIT: o->unit = line->code; break;
	case FIGURE_BY_TYPE: o->type = line->code; break;
	case FIGURE_BY_TOPIC:
	case FIGURE_BY_LEAF: o->topic = line->code; break;
	case FIGURE_BY_MONTH: {
		int year, month, day;
		int32_t end;

		clock_civil((int32_t)line->key, &year, &month, &day);
		end = clock_day_of(year + month / 12, month % 12 + 1, 1) - 1;
		f->ask.from = (int32_t)line->key;
		f->ask.to = end < f->ask.today ? end : f->ask.today;
		return true;
	}
	}
	return line->code != NULL;
}

static struct figure_cell cell_of(struct arena *a, const struct figure_table_ask *ask, int c,
	const struct stats_line *line, const struct stats_line *before)
{
	const char *letters = figure_column_letters(c);
	struct figure_cell cell = { .head = figure_column_head(c), .text = figure_column_value(a, c, line, before),
		.css = heat_css(a, ask, c, line) };
	struct figure_other o;
	struct figure_ask f;

	if (ask->letters != NULL && letters != NULL && strcmp(cell.text, "0") != 0 && strcmp(cell.text, "—") != 0
			&& narrowed(ask, line, &f, &o)) {
		cell.url.s = arena_printf(a, "%s&measure=%s", figure_ask_path(a, ask->letters, &f, &o), letters);
	}
	return cell;
}

static struct figure_row row_of(struct arena *a, const struct figure_table_ask *ask, const struct stats_line *line,
	const struct stats_line *before)
{
	struct figure_cell *cells = arena_array(a, ask->columns_n + 1, sizeof(*cells));
	struct figure_row row = { .name = line->name, .css = line == ask->total ? "lx-row-total" : "", .cells = cells,
		.cells_n = ask->columns_n };
	struct figure_other o;
	struct figure_ask f;

	for (size_t i = 0; i < ask->columns_n; i++)
		cells[i] = cell_of(a, ask, ask->columns[i], line, before);
	if (ask->page != NULL && line != ask->total && narrowed(ask, line, &f, &o))
		row.url.s = figure_ask_path(a, ask->page, &f, &o);
	return row;
}

struct part_figure_table figure_table(struct arena *a, const struct figure_table_ask *ask)
{
	static const char *const ids[] = { "month", "unit", "type", "topic", "leaf" };
	struct part_figure_table t = { .id = ids[ask->by], .heading = ask->heading, .first = ask->first };
	struct figure_head *heads = arena_array(a, ask->columns_n + 1, sizeof(*heads));
	struct figure_row *rows = arena_array(a, ask->now->n + 2, sizeof(*rows));

	for (size_t i = 0; i < ask->columns_n; i++)
		heads[i] = (struct figure_head){ figure_column_head(ask->columns[i]),
			figure_column_definition(ask->columns[i]) };
	for (size_t i = 0; i < ask->now->n; i++) {
		const struct stats_line *line = &ask->now->of[i];

		rows[t.rows_n++] = row_of(a, ask, line, ask->before ? stats_find(ask->before, line->key) : NULL);
	}
	if (ask->total != NULL && t.rows_n > 1)
		rows[t.rows_n++] = row_of(a, ask, ask->total, ask->total_before);
	t.heads = heads;
	t.heads_n = ask->columns_n;
	t.rows = rows;
	return t;
}
