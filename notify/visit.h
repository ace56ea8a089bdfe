/* visit - one request to the public site as somebody outside sees it, and what an inspector would say of the
 * answer.
 *
 * By libcurl, without proxy, without cookies; at most VISIT_LIMIT_S, redirects within http(s) followed, as a
 * browser does. */
#ifndef VISIT_H
#define VISIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"

#define VISIT_LIMIT_S 15                       /* 国办秘函〔2019〕19号: what takes longer counts as not opened */
#define VISIT_BODY_MAX ((size_t)2 * 1024 * 1024)

struct visit {
	int status;                  /* 0: no answer */
	int64_t ms;
	const char *body;            /* as much as came, ended by a NUL; "" */
	const char *why;             /* "", or why there was no answer: timeout, connect, name, tls, size, other */
};

/* GET, or POST of a JSON text when json is not NULL. Body and words live in the arena. Never fails: a request
 * that does is a visit that did. */
void visit(struct arena *a, const char *url, const char *json, struct visit *ret);
void visit_close(void);

/* Why the visit counts as failed, "" when it does not: v->why, status (not 2xx), words (must_hold is not in the
 * body). Pure. */
const char *visit_failure(const struct visit *v, const char *must_hold);
/* What the foot of the page should name and does not, separated by 、 (国办秘函〔2019〕19号; the seven things of
 * fcgi/views/_public_foot.html); "" when nothing is missing. At most 120 characters. Pure. */
const char *visit_foot_missing(struct arena *a, const char *body);

#endif
