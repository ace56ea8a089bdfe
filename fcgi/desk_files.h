/* desk_files - files made on request: what the pages that offer them share.
 *
 * A page that shows something gives it away by a form to POST /files with `kind` (tickets/papers.tbl) and `of`, which
 * says what it shows. Each kind reads its `of` in one function, which checks that the person may and puts it into
 * words. */
#ifndef DESK_FILES_H
#define DESK_FILES_H

#include "page.h"
#include "store_paper.h"

/* Fills wish->params and wish->title from `of`. */
typedef int desk_file_reader(struct page *p, const char *of, struct paper_wish *wish);

desk_file_reader desk_file_letters, desk_file_watched, desk_file_figures, desk_file_behind, desk_file_report,
	desk_file_report_table;

/* For titles: " · " and the word; nothing for NULL and "". */
void desk_file_word(struct str *o, const char *word);
/* The name of a unit; "" when there is none, or 0. */
const char *desk_file_unit(struct page *p, int64_t id);
/* The form of a page filled from a query, as if it had been asked with it: for readers. *ret was p->form. */
int desk_file_form(struct page *p, const struct form_def *def, const char *of, struct form **ret_was) MUST_CHECK;

#endif
