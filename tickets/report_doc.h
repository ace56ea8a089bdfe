/* report_doc - a report as a document: headings, words, figures, tables, charts, in the order in which they are read.
 *
 * The page, its print and the PDF draw the same list of blocks; the XLSX takes the tables. Made from what is frozen
 * in the report alone, so that it says the same for ever. */
#ifndef REPORT_DOC_H
#define REPORT_DOC_H

#include "plot.h"
#include "report.h"

#define REPORT_COLUMNS_MAX 10
#define REPORT_TOPICS_SHOWN 10

enum report_cell_kind { CELL_TEXT, CELL_COUNT, CELL_TENTHS, CELL_SHARE, CELL_NONE };
/* text: as it is shown; value: the count, tenths, or share from 0 to 1. */
struct report_cell { enum report_cell_kind kind; const char *text; double value; };
struct report_figure { const char *value, *label, *note; };

enum report_block_kind { BLOCK_HEADING, BLOCK_TEXT, BLOCK_NOTE, BLOCK_FIGURES, BLOCK_TABLE, BLOCK_BARS, BLOCK_LINES,
	BLOCK_RIGHT };
struct report_block {
	enum report_block_kind kind;
	const char *text;                    /* heading, words; of a table or chart: what it is called */
	const struct report_figure *figures;
	size_t figures_n;
	const char *const *heads;            /* table: columns_n of them; cells row by row */
	size_t columns_n;
	const struct report_cell *cells;
	size_t rows_n;
	const struct plot_bar *bars;
	size_t bars_n;
	struct plot_axis axis;               /* lines */
	const struct plot_series *series;
	size_t series_n;
};
struct report_doc {
	const char *title, *under;
	const struct report_block *blocks;
	size_t n;
};

/* ERR_BUG when the frozen figures cannot be read. Everything in the arena. */
int report_doc(struct arena *a, const struct report *r, struct report_doc *ret) MUST_CHECK;
/* The first wording of the overview, from the figures; "" when they cannot be read. */
const char *report_overview(struct arena *a, const struct report *r);
/* What is frozen besides the figures of stats_freeze(): the months (this year's and last year's), and the figures of
 * the annual form, worked out from the letters themselves, with the query that says how. JSON. */
int report_extra(struct db *db, struct arena *a, int32_t from, int32_t to, const char **ret) MUST_CHECK;

#endif
