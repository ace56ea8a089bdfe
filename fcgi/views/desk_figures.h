#ifndef VIEW_DESK_FIGURES_H
#define VIEW_DESK_FIGURES_H

#include "_chart.h"
#include "_figure_table.h"
#include "_figures.h"
#include "_tabs.h"
#include "choice.h"
#include "frame.h"

struct figure_share_row { const char *name; const char *n; const char *share; const char *before; };

struct view_desk_figures {
	const struct frame *frame;
	struct part_tabs nav;
	const char *period;              /* 2026年第三季度 */
	const char *narrowed;            /* 市城管局 · 投诉; "" */
	const char *problem;             /* what was left out of the address; "" */
	const char *from;                /* 2026-07-01 */
	const char *to;
	const char *cutoff;
	const struct choice *periods;    /* links */
	size_t periods_n;
	const struct choice *unit_list;
	size_t unit_list_n;
	const struct choice *type_list;
	size_t type_list_n;
	const struct choice *topic_list;
	size_t topic_list_n;
	const struct choice *columns;    /* boxes */
	size_t columns_n;
	struct part_figures figures;
	struct part_chart counts;
	struct part_chart rates;
	struct part_chart types;
	struct part_chart units;
	struct part_chart topics;
	struct part_chart grades;
	struct part_figure_table by_month;
	struct part_figure_table by_type;
	struct part_figure_table by_unit;
	struct part_figure_table by_topic;
	struct part_figure_table by_leaf;
	const struct figure_share_row *results;
	size_t results_n;
	const struct figure_head *definitions;
	size_t definitions_n;
	const char *of;                  /* what is asked for, for a file of it */
	struct url csv;
	struct url everything;           /* the same period without unit, type, topic; .s NULL */
	bool may_freeze;
};

void view_desk_figures(struct str *o, const struct view_desk_figures *v);

#endif
