/* sheet - a table as an XLSX file, written row by row: memory does not grow with the rows.
 *
 * By libxlsxwriter in its constant-memory mode: cells are written from left to right, rows from top to bottom; what is
 * written waits in an unnamed file of paper_dir until sheet_close() packs it. Texts are always written as texts,
 * never as formulas, and what a program for tables would take for one when the file is stored as CSV begins with '
 * (csv_formula()).
 * Dates are dates, numbers are numbers; a letter's number stays a text. */
#ifndef SHEET_H
#define SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "err.h"

#define SHEET_ROWS_MAX 1048575  /* below the head; what the format holds */
#define SHEET_TEXT_MAX 32767    /* characters of a cell; longer ones are cut */
#define SHEET_COLUMNS_MAX 40

struct sheet;
struct sheet_column { const char *head; double width; /* in digits */ };
struct sheet_about { const char *title, *author; };

/* Begins the file at path, an existing one is written over. *ret lives in the arena until sheet_close(). */
void sheet_open(struct arena *a, const char *path, const char *tmp_dir, const struct sheet_about *about,
	struct sheet **ret);
/* The next table: its name (at most 31 characters, none of []:*?/\), its head, which stays in sight and is repeated
 * on each printed page. foot: left of the page number in print; "". */
void sheet_table(struct sheet *s, const char *name, const struct sheet_column *columns, size_t n, const char *foot);
/* The next row; then its cells, from the left. */
void sheet_row(struct sheet *s);
void sheet_text(struct sheet *s, const char *text);
void sheet_count(struct sheet *s, int64_t n);
/* A number with places decimals: 0, 1 or 2. */
void sheet_real(struct sheet *s, double n, int places);
/* A share, 0.0 to 1.0, shown in percent with one decimal. */
void sheet_share(struct sheet *s, double share);
/* Empty for DAY_NONE. */
void sheet_day(struct sheet *s, int32_t day);
void sheet_empty(struct sheet *s);
/* Rows of the table begun last. */
int64_t sheet_rows(const struct sheet *s);
/* Packs the file; also after an error before it. ERR_FULL when the disk is, ERR_IO for all else. */
int sheet_close(struct sheet *s) MUST_CHECK;

#endif
