/* open_withheld - what was answered and is not published, page by page, for the list and for programs.
 *
 * A cursor is a day, and how many rows of that day have been shown ("20260929-3"): unlike that of the listing it names
 * no letter, as the rows do not. When one of the same day comes or goes between two pages, a row may be seen twice. */
#ifndef OPEN_WITHHELD_H
#define OPEN_WITHHELD_H

#include "page.h"
#include "queries_read.h"

/* Rows, the latest first. */
struct open_withheld {
	struct q_withheld_page *rows;
	size_t n;
	bool first;                       /* the first page */
	const char *next;                 /* cursor of the page after it, NULL at the end */
};
/* At most n (200) rows; one query. cursor NULL: from the latest. ERR_INVALID for a cursor that is none. */
int open_withheld(struct page *p, const char *cursor, size_t n, struct open_withheld *ret) MUST_CHECK;

#endif
