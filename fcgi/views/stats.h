#ifndef VIEW_STATS_H
#define VIEW_STATS_H

#include "_chart.h"
#include "_figure_table.h"
#include "_figures.h"
#include "choice.h"
#include "frame.h"

struct view_stats {
	const struct frame *frame;
	const char *period;              /* 2026年 */
	const char *narrowed;            /* 市城管局 · 投诉; "" */
	const char *problem;             /* what was left out of the address; "" */
	const char *cutoff;              /* 统计截至2026年11月21日（含当天） */
	const struct choice *periods;    /* links */
	size_t periods_n;
	struct part_figures figures;
	struct part_chart counts;
	struct part_chart rates;
	struct part_chart topics;
	struct part_chart grades;
	struct part_figure_table by_month;
	struct part_figure_table by_type;
	struct part_figure_table by_unit;
	struct part_figure_table by_topic;
	const struct figure_head *definitions;
	size_t definitions_n;
	struct url everything;           /* the same period without unit, type, topic; .s NULL */
	struct url listing;              /* the published letters of it */
	struct url json, csv;            /* the same figures for programs, for spreadsheets */
	struct url unit;                 /* page of the unit that was asked for; .s NULL */
	const char *unit_name;
	struct url bulletin, latest;     /* the report of the period, and the latest one; .s NULL */
	const char *bulletin_name, *latest_name;
};

void view_stats(struct str *o, const struct view_stats *v);

#endif
