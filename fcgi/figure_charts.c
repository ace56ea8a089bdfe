/* figure_charts - see figure_charts.h. */
#include "figure_charts.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "figures.h"

#define BARS_MAX 16
#define MONTHS (STATS_MONTHS / 2)

/* The last month of a report is that of the day up to which it goes: whole when that is its last day. */
static bool is_open(int32_t to)
{
	int year, month, day, next;

	clock_civil(to, &year, &month, &day);
	clock_civil(to + 1, &year, &next, &day);
	return next == month;
}

static const char *const *month_labels(struct arena *a, const struct stats_report *r)
{
	const char **labels = arena_array(a, MONTHS, sizeof(*labels));
	int year, month, day;

	for (int i = 0; i < MONTHS; i++) {
		clock_civil((int32_t)r->months[MONTHS + i].key, &year, &month, &day);
		labels[i] = month == 1 || i == 0 ? arena_printf(a, "%d年%d月", year % 100, month) : arena_printf(a, "%d月", month);
	}
	return labels;
}

static const int64_t *month_values(struct arena *a, const struct stats_report *r, int from, enum stats_measure m)
{
	int64_t *v = arena_array(a, MONTHS, sizeof(*v));

	for (int i = 0; i < MONTHS; i++)
		v[i] = r->months[from + i].n[m];
	return v;
}

/* In hundredths of a percent; a gap in months without any. */
static const int64_t *month_rates(struct arena *a, const struct stats_report *r, enum stats_rate rate)
{
	int64_t *v = arena_array(a, MONTHS, sizeof(*v));

	for (int i = 0; i < MONTHS; i++) {
		v[i] = stats_rate(&r->months[MONTHS + i], rate);
		if (v[i] < 0)
			v[i] = PLOT_NONE;
	}
	return v;
}

static bool had_year_before(const struct stats_report *r)
{
	int64_t n = 0;

	for (int i = 0; i < MONTHS; i++)
		n += r->months[i].n[STATS_received];
	return n > 0;
}

/* 11月只到 11月22日，用细虚线和空心点表示 */
static const char *open_note(struct arena *a, int32_t to)
{
	int year, month, day;

	clock_civil(to, &year, &month, &day);
	return is_open(to) ? arena_printf(a, "%d月只算到%d日，用细线和空心点表示", month, day) : "";
}

struct part_chart figure_chart_counts(struct arena *a, const struct stats_report *r, int32_t to)
{
	const struct plot_axis axis = { month_labels(a, r), MONTHS, 0, 1, "", PLOT_NONE, is_open(to) };
	const struct plot_series series[] = {
		{ "收件", month_values(a, r, MONTHS, STATS_received), false },
		{ "答复", month_values(a, r, MONTHS, STATS_replied), false },
		{ "上年收件", month_values(a, r, 0, STATS_received), true },
	};

	struct part_chart chart = chart_lines(a, "近十二个月收件和答复", &axis, series, had_year_before(r) ? 3 : 2);

	chart.note = open_note(a, to);
	return chart;
}

struct part_chart figure_chart_rates(struct arena *a, const struct stats_report *r, int32_t to)
{
	const struct plot_axis axis = { month_labels(a, r), MONTHS, 10000, 100, "%", PLOT_NONE, is_open(to) };
	const struct plot_series series[] = {
		{ "按期答复率", month_rates(a, r, STATS_on_time_rate), false },
		{ "满意率", month_rates(a, r, STATS_satisfaction), false },
		{ "参评率", month_rates(a, r, STATS_rated_share), false },
	};

	struct part_chart chart = chart_lines(a, "近十二个月按期答复率、满意率和参评率", &axis, series, 3);

	chart.note = open_note(a, to);
	return chart;
}

struct part_chart figure_chart_bars(struct arena *a, const char *title, const struct stats_lines *now,
	const struct stats_lines *before)
{
	struct plot_bar *bars = arena_array(a, BARS_MAX, sizeof(*bars));
	size_t n = now->n < BARS_MAX ? now->n : BARS_MAX;
	struct part_chart chart;
	bool two = false;

	for (size_t i = 0; i < n; i++) {
		const struct stats_line *was = stats_find(before, now->of[i].key);

		bars[i] = (struct plot_bar){ now->of[i].name, now->of[i].n[STATS_received],
			was != NULL ? was->n[STATS_received] : PLOT_NONE, figure_count(a, now->of[i].n[STATS_received]) };
		two = two || was != NULL;
	}
	chart = chart_bars(a, title, bars, n, 0);
	if (now->n > BARS_MAX)
		chart.note = two ? "收件最多的 16 个，浅色是上年同期" : "收件最多的 16 个";
	else
		chart.note = two ? "浅色是上年同期" : "";
	return chart;
}

struct part_chart figure_chart_grades(struct arena *a, const struct stats_report *r)
{
	static const char *const names[] = { "很满意", "满意", "基本满意", "不满意", "很不满意" };
	const struct stats_line *lines[] = { &r->now.all, &r->before.all };
	struct plot_share rows[2] = { { "本期", { 0 } }, { "上年同期", { 0 } } };

	for (int i = 0; i < 2; i++) {
		for (int g = 0; g < 5; g++)
			rows[i].parts[g] = lines[i]->grades[5 - g];
	}
	if (r->now.all.n[STATS_rated] == 0)
		return chart_shares(a, "写信人的评价", rows, 0, names, 5);
	return chart_shares(a, "写信人的评价", rows, r->before.all.n[STATS_rated] > 0 ? 2 : 1, names, 5);
}

static int by_received(const void *x, const void *y)
{
	const struct stats_line *a = x, *b = y;

	return a->n[STATS_received] < b->n[STATS_received] ? 1 : a->n[STATS_received] > b->n[STATS_received] ? -1
		: a->key < b->key ? -1 : 1;
}

void figure_sort(struct stats_lines *lines)
{
	if (lines->n > 1)
		qsort(lines->of, lines->n, sizeof(*lines->of), by_received);
}

void figure_months(struct arena *a, const struct stats_report *r, struct stats_lines *ret_now,
	struct stats_lines *ret_before)
{
	*ret_now = (struct stats_lines){ arena_array(a, MONTHS, sizeof(struct stats_line)), MONTHS };
	*ret_before = (struct stats_lines){ arena_array(a, MONTHS, sizeof(struct stats_line)), MONTHS };
	for (int i = 0; i < MONTHS; i++) {
		int year, month, day;

		ret_now->of[i] = r->months[MONTHS + i];
		ret_before->of[i] = r->months[i];
		ret_before->of[i].key = ret_now->of[i].key;
		clock_civil((int32_t)ret_now->of[i].key, &year, &month, &day);
		ret_now->of[i].name = arena_printf(a, "%d年%d月", year, month);
	}
}
