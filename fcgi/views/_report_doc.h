#ifndef PART_REPORT_DOC_H
#define PART_REPORT_DOC_H

#include "_chart.h"
#include "_figures.h"
#include "view.h"

struct report_view_cell { const char *text; const char *head; bool number; };
struct report_view_row { const char *name; const struct report_view_cell *cells; size_t cells_n; };

/* One piece of a report; exactly one of the flags is set. */
struct report_view_block {
	bool is_heading, is_words, is_note, is_right, is_figures, is_table, is_chart;
	const char *text;                /* heading, note, right; of a table: its caption */
	struct safe_html words;
	struct part_figures figures;
	const char *const *heads;        /* table: all heads, the first one of the names */
	size_t heads_n;
	const struct report_view_row *rows;
	size_t rows_n;
	struct part_chart chart;
};

/* A monthly bulletin or annual report, as it is read. */
struct part_report_doc {
	const struct report_view_block *blocks;
	size_t blocks_n;
};

void part_report_doc(struct str *o, const struct part_report_doc *v);

#endif
