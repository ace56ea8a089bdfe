/* dispatch - from a request to a reply: finds the page, checks who may, reads the form, calls the page function.
 *
 * Everything a page must never forget is decided here, from its row in pages.tbl. It knows no business rules. */
#ifndef DISPATCH_H
#define DISPATCH_H

#include "page.h"

/* The row for a path; HEAD is looked up as GET. *ret_param: the :part, in the arena, or "".
 * ERR_NOTFOUND; ERR_METHOD when the path exists with other methods (*ret_allow then names them: "GET, HEAD"). */
int dispatch_find(struct arena *a, const struct page_row *rows, size_t n, const struct request *req, enum site site,
	const struct page_row **ret_row, const char **ret_param, const char **ret_allow) MUST_CHECK;
/* False for a POST that another site made the browser send: by Sec-Fetch-Site, else by Origin. Both are absent
 * in old browsers and programs, which is no objection. */
bool dispatch_same_origin(const struct request *req, enum site site);
/* Makes the reply. p has a, db, req, reply, site and now; head_rc is what request_read_head() returned. Never
 * fails: an error becomes a reply and a line in the log. */
void dispatch(struct page *p, int head_rc, const struct page_row *rows, size_t n, request_read_fn read, void *ctx);

#endif
