/* page - what a page function gets, and the table of pages.
 *
 * A page function is `int f(struct page *p)`: load, decide through the domain, fill a view struct, render into
 * p->reply->body or redirect. It returns 0, or an ERR_* that dispatch.c turns into the error page (or the JSON
 * error for /api/ and *.json). Access, CSRF, body size and form are already dealt with, from its row in pages.tbl.
 * All page functions are declared here, from that table. */
#ifndef PAGE_H
#define PAGE_H

#include <stdint.h>

#include "access.h"
#include "arena.h"
#include "conf.h"
#include "db.h"
#include "err.h"
#include "form.h"
#include "views/frame.h"
#include "reply.h"
#include "request.h"
#include "session.h"

enum site { SITE_PUBLIC, SITE_DESK };
enum page_who_kind {
	WHO_ANYONE,   /* no session needed */
	WHO_OFFICER,  /* logged in */
	WHO_CAP       /* logged in, and access_may(actor, cap) */
};
struct page_who { enum page_who_kind kind; enum cap cap; };

struct page;
struct page_row {
	enum site site;
	enum method method;
	const char *pattern;           /* one :param at most: "/open/:id", "/requests/:id.json" */
	const char *name;              /* of the function, for the log */
	int (*fn)(struct page *p);
	struct page_who who;
	const struct form_def *form;
	size_t body_max_bytes;
};

struct page {
	struct arena *a;
	struct db *db;
	struct request *req;
	struct reply *reply;
	const struct page_row *row;    /* NULL on an error page of an address that does not exist */
	struct form *form;             /* never NULL in a page function */
	struct officer_session *session; /* NULL when nobody is logged in, always on the public site */
	struct frame *frame;           /* head and foot, filled but for title and flash */
	const char *csrf;              /* for the hidden field `csrf`; "" without a session */
	const char *param;             /* the :part of the path, "" without one */
	enum site site;
	int64_t now;                   /* clock_now() when the request came in */
};

#define PAGE(site, method, pattern, function, who, form, body_max) \
	int function(struct page *p); \
	extern const struct form_def form;
#include "pages.tbl"
#undef PAGE

#define BODY_SMALL ((size_t)16 * 1024)
#define BODY_LETTER ((size_t)256 * 1024)

/* All pages (pages.c), for main.c and the tests. */
extern const struct page_row page_rows[];
extern const size_t page_rows_n;

/* Sets p->frame; dispatch.c calls it, before the page function. */
void page_frame(struct page *p);
/* p->frame with its title, for the first member of a view struct. */
const struct frame *page_titled(struct page *p, const char *title);
/* The title of a page that says that something went wrong; page_titled() knows it of forms with mistakes. */
const char *page_wrong(struct page *p, const char *title);
/* The officer as the domain wants it; only in pages that need a login. */
const struct actor *page_actor(const struct page *p);
/* The number that stands for :id in the path, from 1; ERR_NOTFOUND when there is none. */
int page_id(const struct page *p, int64_t *ret) MUST_CHECK;
/* What was done, as the address that a form leads back to says it (?ok=saved), told at the top of the page. */
struct page_done { const char *code, *text; };
void page_tell_done(struct page *p, const char *name, const struct page_done *done, size_t n);
/* What the navigation calls the page of that path; NULL when it is not in it. */
const char *page_nav_text(enum site site, const char *path);
/* True when the answer must be JSON: /api/… and ….json. */
bool page_is_json(const struct page *p);

#endif
