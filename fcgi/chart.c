/* chart - see chart.h. */
#include "chart.h"

#include "str.h"

#define POINTS_BYTES ((size_t)16 << 10)

/* The second one is as wide as a phone's page: its text is as large as that around it. */
static const struct { const char *css; struct plot_size size; } widths[] = {
	{ "lx-chart__svg--wide", { 720, 14 } }, { "lx-chart__svg--narrow", { 340, 13 } },
};
#define WIDTHS_N (sizeof(widths) / sizeof(widths[0]))

static const char *css_of(struct arena *a, const struct plot_shape *s)
{
	const char *kind = s->kind == PLOT_CURVE ? "stroke" : "fill";

	switch (s->role) {
	case PLOT_GRID: return "lx-chart__grid";
	case PLOT_AXIS: return "lx-chart__axis";
	case PLOT_LABEL: return "lx-chart__label";
	case PLOT_VALUE: return s->anchor == PLOT_MIDDLE ? arena_printf(a, "lx-chart__value lx-chart__on%d", s->series)
	                                                 : "lx-chart__value";
	case PLOT_FADED: return arena_printf(a, "lx-chart__%s%d lx-chart__faded", kind, s->series);
	case PLOT_OPEN: return arena_printf(a, "lx-chart__stroke%d lx-chart__open", s->series);
	case PLOT_SERIES: break;
	}
	return arena_printf(a, "lx-chart__%s%d", kind, s->series);
}

static const char *points_of(struct arena *a, const struct plot_shape *s)
{
	struct str o;

	str_init(&o, a, POINTS_BYTES);
	for (size_t i = 0; i < s->points_n; i++)
		str_addf(&o, "%s%d,%d", i ? " " : "", s->points[i].x, s->points[i].y);
	return o.s;
}

static struct chart_shape shape_of(struct arena *a, const struct plot_shape *s)
{
	static const char *const anchors[] = { "start", "middle", "end" };

	return (struct chart_shape){ .is_rect = s->kind == PLOT_RECT, .is_line = s->kind == PLOT_LINE,
		.is_curve = s->kind == PLOT_CURVE, .is_dot = s->kind == PLOT_DOT, .is_text = s->kind == PLOT_TEXT,
		.css = css_of(a, s), .x = s->x, .y = s->y, .w = s->kind == PLOT_DOT ? s->w / 2 : s->w, .h = s->h,
		.x2 = s->x + s->w, .y2 = s->y + s->h, .points = s->kind == PLOT_CURVE ? points_of(a, s) : "",
		.text = s->text != NULL ? s->text : "", .anchor = anchors[s->anchor] };
}

static void add(struct arena *a, struct part_chart *chart, const struct plot *plot, struct chart_svg *drawings)
{
	struct chart_shape *shapes = arena_array(a, plot->n + 1, sizeof(*shapes));
	size_t i = chart->drawings_n++;

	for (size_t k = 0; k < plot->n; k++)
		shapes[k] = shape_of(a, &plot->shapes[k]);
	drawings[i] = (struct chart_svg){ widths[i].css, plot->width, plot->height, shapes, plot->n };
	chart->drawings = drawings;
}

struct part_chart chart_bars(struct arena *a, const char *title, const struct plot_bar *bars, size_t n, int64_t max)
{
	struct part_chart chart = { .title = title, .note = "" };
	struct chart_svg *drawings = arena_array(a, WIDTHS_N, sizeof(*drawings));
	struct plot plot;

	for (size_t i = 0; n > 0 && i < WIDTHS_N; i++) {
		plot_bars(a, widths[i].size, bars, n, max, &plot);
		add(a, &chart, &plot, drawings);
	}
	return chart;
}

struct part_chart chart_lines(struct arena *a, const char *title, const struct plot_axis *axis,
	const struct plot_series *series, size_t n)
{
	struct part_chart chart = { .title = title, .note = "" };
	struct chart_svg *drawings = arena_array(a, WIDTHS_N, sizeof(*drawings));
	struct plot plot;

	for (size_t i = 0; axis->n > 0 && i < WIDTHS_N; i++) {
		plot_lines(a, widths[i].size, axis, series, n, &plot);
		add(a, &chart, &plot, drawings);
	}
	return chart;
}

struct part_chart chart_shares(struct arena *a, const char *title, const struct plot_share *rows, size_t n,
	const char *const *names, size_t parts_n)
{
	struct part_chart chart = { .title = title, .note = "" };
	struct chart_svg *drawings = arena_array(a, WIDTHS_N, sizeof(*drawings));
	struct plot plot;

	for (size_t i = 0; n > 0 && i < WIDTHS_N; i++) {
		plot_shares(a, widths[i].size, rows, n, names, parts_n, &plot);
		add(a, &chart, &plot, drawings);
	}
	return chart;
}
