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

desk_file_reader desk_file_letters, desk_file_figures, desk_file_report, desk_file_report_table;

#endif
