/* csv - tables as RFC 4180 has them, read row by row: quoted fields, doubled quotes, line ends inside quotes.
 *
 * Used by the import of letters and by whatever else reads a table that somebody else's program wrote. A byte order
 * mark is skipped; lines end in LF or CR LF; empty lines between rows are skipped; a quote in the middle of an
 * unquoted field is an ordinary character. A row that is not well-formed is handed over with what is wrong with it,
 * and reading goes on behind it: one bad row does not cost the rest. Nothing is cleaned here (text.h does that).
 * Holds one row at a time, whatever the size of the file. */
#ifndef CSV_H
#define CSV_H

#include <stdio.h>

#include "arena.h"
#include "err.h"

#define CSV_FIELD_MAX ((size_t)1 << 20)  /* bytes */
#define CSV_COLUMNS_MAX 64

struct csv {
	FILE *in;
	size_t line;                 /* of the file, 1 at the start */
	bool begun;
};

struct csv_row {
	size_t line;                 /* on which the row begins */
	size_t n;
	const char *field[CSV_COLUMNS_MAX];
	const char *wrong;           /* NULL, or what is wrong with it; field then holds what could be read */
};

/* Reads from in, which stays the caller's. */
void csv_begin(struct csv *csv, FILE *in);
/* The next row, its texts in the arena. Returns 1, 0 at the end of the file, or ERR_IO. */
int csv_next(struct csv *csv, struct arena *a, struct csv_row *ret) MUST_CHECK;

/* Whether a program for tables would take the text for a formula: such a cell begins with ' in what we write. */
bool csv_formula(const char *s);

#endif
