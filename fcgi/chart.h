/* chart - the charts of plot.h as SVG in a page (views/_chart.html), each in two widths: for windows and for phones.
 *
 * The look of a shape is a class of the style sheet: lx-chart__grid, __axis, __label, __value, and __fill0 … __fill5,
 * __stroke0 … __stroke3, __faded, __open. Everything is in the arena. */
#ifndef CHART_H
#define CHART_H

#include "plot.h"
#include "views/_chart.h"

struct part_chart chart_bars(struct arena *a, const char *title, const struct plot_bar *bars, size_t n, int64_t max);
struct part_chart chart_lines(struct arena *a, const char *title, const struct plot_axis *axis,
	const struct plot_series *series, size_t n);
struct part_chart chart_shares(struct arena *a, const char *title, const struct plot_share *rows, size_t n,
	const char *const *names, size_t parts_n);

#endif
