/* failure - what is shown instead of a page: the error page, and "click once more" with what was typed.
 *
 * Called by dispatch.c (the number also by held_back.c). Neither touches the database. */
#ifndef FAILURE_H
#define FAILURE_H

#include "page.h"

/* The reply for an error: JSON for /api/ and *.json, Open311's own form below /open311/, else a page. A POST whose
 * error will pass (a busy database, a conflict, an expired session) shows failure_again(): nothing typed is lost. */
void failure_reply(struct page *p, int code);
/* The typed fields once more, to be sent by one click: long texts to read and edit, the rest hidden, passwords
 * never. Falls back to the plain error page when there is too much to keep (FAILURE_KEEP_MAX). */
void failure_again(struct page *p, int code, const char *heading, const char *advice);

/* The beginning of the request's id, short enough to be read out on the telephone: "825e cc27" is rid=825ecc27… in the
 * log. In p->a. */
const char *failure_number(const struct page *p);

#define FAILURE_KEEP_MAX ((size_t)300 * 1024)

#endif
