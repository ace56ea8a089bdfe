/* pdf - pages for people to print and keep: A4, fonts embedded, text that can be searched and read aloud.
 *
 * By Pango and Cairo. What is added flows down the page and onto the next one: paragraphs line by line, tables row by
 * row with their head repeated, charts and headings never torn apart. Each piece carries its structure tag (H1, P,
 * Table …) and headings stand in the outline.
 * The number of pages stands on every page: a document is laid out twice, first with path NULL to count them. */
#ifndef PDF_H
#define PDF_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "err.h"
#include "plot.h"

#define PDF_COLUMNS_MAX 14
#define PDF_PAGES_MAX 400
/* The size of a chart to draw: its texts become 9 points high. */
#define PDF_PLOT_WIDTH 680
#define PDF_PLOT_TEXT 13

struct pdf_about {
	const char *title, *author, *subject;
	const char *foot;            /* left in the foot of each page */
	const char *font, *font_head;/* families; of text and of titles */
	int pages;                   /* as counted before; 0: not known */
};
struct pdf;

/* path NULL: nothing is written. ERR_IO when a family has no Chinese characters (no file would be better than boxes).
 * */
int pdf_open(struct arena *a, const char *path, const struct pdf_about *about, struct pdf **ret) MUST_CHECK;

/* The title, once, centred; under it a line, "" for none. */
void pdf_title(struct pdf *p, const char *title, const char *under);
/* level 1-3. Kept together with what follows. */
void pdf_heading(struct pdf *p, int level, const char *text);
/* Paragraphs (split at line ends), the first line indented by two characters. */
void pdf_text(struct pdf *p, const char *text);
/* Small print. */
void pdf_note(struct pdf *p, const char *text);
/* Lines at the right: who signs, the date. */
void pdf_right(struct pdf *p, const char *text);

struct pdf_figure { const char *value, *label, *note; };
/* Figures side by side, four in a row. */
void pdf_figures(struct pdf *p, const struct pdf_figure *figures, size_t n);

struct pdf_column { const char *head; double share; /* of the width */ bool right; };
struct pdf_table { const struct pdf_column *columns; size_t columns_n; const char *const *cells; size_t rows_n; };
/* cells: row by row, columns_n each. */
void pdf_table(struct pdf *p, const struct pdf_table *t);
/* A chart as wide as the text; its table says the same for who cannot see it. */
void pdf_plot(struct pdf *p, const struct plot *plot);

/* Ends the file; *ret_pages: how many. ERR_TOOBIG past PDF_PAGES_MAX, ERR_FULL when the disk is, ERR_IO for all else.
 * */
int pdf_close(struct pdf *p, int *ret_pages) MUST_CHECK;

#endif
