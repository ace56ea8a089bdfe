#ifndef VIEW_STATS_H
#define VIEW_STATS_H

#include "_figures.h"
#include "choice.h"
#include "frame.h"

struct stats_shown {
	const char *name;                /* 2026年, 投诉, 市城管局 */
	const char *received;
	const char *accepted;
	const char *replied;
	const char *on_time;             /* 96.3%; — when nothing was due */
	int on_time_percent;             /* for the bar; -1: no bar */
	const char *days;                /* average working days; — */
	const char *satisfaction;        /* 91.0%; — */
	const char *rated;               /* how many rated, of those replied: 62% */
	struct url url;                  /* the letters behind it; .s NULL */
};

struct stats_table {
	const char *id;                  /* year, type, unit: also the anchor */
	const char *heading;             /* 按单位 */
	const char *first;               /* heading of the first column: 单位 */
	const struct stats_shown *rows;
	size_t rows_n;
};

struct stats_definition { const char *term; const char *text; };

struct view_stats {
	const struct frame *frame;
	const char *period;              /* 2026年 */
	const char *cutoff;              /* 统计截至 2026年11月21日 24时 */
	const struct choice *periods;    /* links */
	size_t periods_n;
	struct part_figures figures;
	const struct stats_table *tables;
	size_t tables_n;
	const struct stats_definition *definitions;
	size_t definitions_n;
	struct url json;                 /* the same figures for programs */
};

void view_stats(struct str *o, const struct view_stats *v);

#endif
