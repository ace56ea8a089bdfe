#ifndef PART_FIGURE_TABLE_H
#define PART_FIGURE_TABLE_H

#include "view.h"

struct figure_cell {
	const char *head;                /* of its column, for phones */
	const char *text;                /* 1,204, 96.3%, 5.2, — */
	const char *css;                 /* lx-heat1 … lx-heat5: how much of the most; "" */
	struct url url;                  /* the letters behind it; .s NULL */
};

struct figure_row {
	const char *name;                /* 2026年10月, 投诉, 市城管局 */
	struct url url;                  /* the same page for this alone; .s NULL */
	const char *css;                 /* lx-row-total; "" */
	const struct figure_cell *cells;
	size_t cells_n;
};

struct figure_head { const char *text; const char *definition; };

/* Figures by unit, type, topic, month. */
struct part_figure_table {
	const char *id;                  /* unit, type, topic, leaf, month: also the anchor */
	const char *heading;             /* 按单位 */
	const char *first;               /* heading of the first column */
	const struct figure_head *heads;
	size_t heads_n;
	const struct figure_row *rows;
	size_t rows_n;
};

void part_figure_table(struct str *o, const struct part_figure_table *v);

#endif
