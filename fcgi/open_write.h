/* open_write - published letters as open data: JSON, CSV, Atom. Pure: text in, text out.
 *
 * Columns: number, type, title, acceptance date, reply date, department, question, reply, result, link. */
#ifndef OPEN_WRITE_H
#define OPEN_WRITE_H

#include <jansson.h>

#include "queries_read.h"
#include "str.h"

/* One letter; link is its address. The caller owns the reference. */
json_t *open_json(struct arena *a, const struct q_pub_full_page *row, const char *link);

/* One cell, quoted where it must be. A cell that a spreadsheet would take for a formula (= + - @, tab or line end in
 * front, also in full width) gets an apostrophe in front: what citizens wrote must not calculate. */
void open_csv_cell(struct str *o, const char *text);
/* The byte order mark (Excel reads UTF-8 by it) and the names of the columns. */
void open_csv_head(struct str *o);
void open_csv_row(struct str *o, const struct q_pub_full_page *row, const char *link);

/* Text of an XML element or attribute; characters that XML does not have are dropped. */
void open_xml_text(struct str *o, const char *text);
/* RFC 4287. self is the feed's own address; next NULL at the end. */
struct open_feed { const char *title, *author, *home, *self, *next; int64_t updated; };
void open_atom_head(struct str *o, const struct open_feed *feed);
void open_atom_entry(struct str *o, const struct q_pub_full_page *row, const char *link);
void open_atom_foot(struct str *o);

#endif
