/* figure_charts - the charts of a report of figures, the same at the desk and for everybody. In the arena. */
#ifndef FIGURE_CHARTS_H
#define FIGURE_CHARTS_H

#include "chart.h"
#include "stats.h"

/* The last twelve months up to the day `to`: what came in and was answered, and what came in a year earlier. A month
 * that is not over on that day is drawn apart. Needs want_months. */
struct part_chart figure_chart_counts(struct arena *a, const struct stats_report *r, int32_t to);
/* 按期答复率, 满意率, 参评率 of the same months. */
struct part_chart figure_chart_rates(struct arena *a, const struct stats_report *r, int32_t to);
/* What came in, line by line as they are sorted, sixteen at most; the year before in a pale bar under it. */
struct part_chart figure_chart_bars(struct arena *a, const char *title, const struct stats_lines *now,
	const struct stats_lines *before);
/* The grades as shares, and those of the year before when there were any. */
struct part_chart figure_chart_grades(struct arena *a, const struct stats_report *r);
/* Most letters first. */
void figure_sort(struct stats_lines *lines);
/* The twelve months as lines with names, and the same of the year before under the same keys: for a table. */
void figure_months(struct arena *a, const struct stats_report *r, struct stats_lines *ret_now,
	struct stats_lines *ret_before);

#endif
