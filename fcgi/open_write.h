/* open_write - published letters as open data: JSON, CSV, Atom. Pure: text in, text out.
 *
 * The columns are those of open_fields.tbl. */
#ifndef OPEN_WRITE_H
#define OPEN_WRITE_H

#include <jansson.h>

#include "queries_read.h"
#include "str.h"

enum open_field {
#define OPEN_FIELD(name, head, kind, meaning) OPEN_##name,
#include "open_fields.tbl"
	OPEN__MAX
};
struct open_field_row { const char *name, *head, *kind, *meaning; };
extern const struct open_field_row open_field_rows[OPEN__MAX];

/* A letter and what is not in its row: its address, codes and names of topic and place (NULL: none), its grade in words
 * ("": not rated). */
struct open_one {
	const struct q_pub_full_page *row;
	const char *link;
	const char *topic, *topic_name, *place, *place_name, *grade;
};

/* One letter. The caller owns the reference. */
json_t *open_json(struct arena *a, const struct open_one *one);
/* The same as text. a: what is made of it on the way. */
void open_json_text(struct str *o, struct arena *a, const struct open_one *one);

/* One cell, quoted where it must be. A cell that a spreadsheet would take for a formula (= + - @, tab or line end in
 * front, also in full width) gets an apostrophe in front: what citizens wrote must not calculate. */
void open_csv_cell(struct str *o, const char *text);
/* The byte order mark (Excel reads UTF-8 by it) and the names of the columns. */
void open_csv_head(struct str *o);
/* a: what is made of it on the way. */
void open_csv_row(struct str *o, struct arena *a, const struct open_one *one);

/* Text of an XML element or attribute; characters that XML does not have are dropped. */
void open_xml_text(struct str *o, const char *text);
/* RFC 4287, with the paging of RFC 5005 and the deleted entries of RFC 6721. id: of the whole feed, the same on all its
 * pages; self: this page; first, next NULL where there is none. */
struct open_feed { const char *title, *author, *id, *home, *self, *first, *next, *licence; int64_t updated; };
void open_atom_head(struct str *o, const struct open_feed *feed);
/* What was public under an address and is no more. */
void open_atom_gone(struct str *o, const char *link, int64_t at);
void open_atom_entry(struct str *o, const struct open_one *one);
void open_atom_foot(struct str *o);

#endif
