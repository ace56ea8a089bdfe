/* figure_table - figures by unit, type, topic or month as rows of a table, a chart and a CSV.
 *
 * A column is a measure, a rate or something else that stats.h works out, or the growth against the year before.
 * Everything lives in the arena. */
#ifndef FIGURE_TABLE_H
#define FIGURE_TABLE_H

#include "figure_ask.h"
#include "views/_figure_table.h"

/* All columns there are: 0 … FIGURE_COLUMNS - 1, in the order shown. */
#define FIGURE_COLUMNS (STATS__MAX + STATS_RATE__MAX + 5)
const char *figure_column_code(int column);
const char *figure_column_head(int column);          /* 收件, 按期答复率 */
const char *figure_column_definition(int column);
/* The column of a code; -1 when there is none. */
int figure_column_from(const char *code);
/* As shown; before: the same line a year earlier, NULL when there is none. */
const char *figure_column_value(struct arena *a, int column, const struct stats_line *line,
	const struct stats_line *before);
/* For programs: 1204, 96.31, 5.2; "" when there is nothing to work it out from. */
const char *figure_column_plain(struct arena *a, int column, const struct stats_line *line,
	const struct stats_line *before);
/* The measure whose letters stand behind it (for a rate those that matter); NULL: none. */
const char *figure_column_letters(int column);
/* "+12.5%", "-3.0%", "—" against nothing; of one measure. */
const char *figure_growth(struct arena *a, int64_t now, int64_t before);

enum figure_by { FIGURE_BY_MONTH, FIGURE_BY_UNIT, FIGURE_BY_TYPE, FIGURE_BY_TOPIC, FIGURE_BY_LEAF };
struct figure_table_ask {
	const struct figure_ask *f;
	enum figure_by by;
	const char *first, *heading;
	const struct stats_lines *now, *before;  /* before NULL: growth is left empty */
	const struct stats_line *total, *total_before; /* NULL: no row of totals */
	const int *columns;
	size_t columns_n;
	const char *page;                /* the name leads to this page with that unit, type, topic; NULL */
	const char *letters;             /* figures lead to this list; NULL: to none */
};
struct part_figure_table figure_table(struct arena *a, const struct figure_table_ask *ask);

#endif
