/* open_filter - which published letters are asked for: type, unit, time, words, and where the page begins.
 *
 * The same query serves the listing (/open), the open data (/open.json, .csv, .atom) and the interface
 * (/api/v1/open). Pages are cut by key, not by number: a cursor names the last row shown. */
#ifndef OPEN_FILTER_H
#define OPEN_FILTER_H

#include "page.h"
#include "queries_read.h"
#include "states.h"

#define OPEN_WORDS 3
#define OPEN_DAY_FIRST (-25567)       /* 1900-01-01 */
#define OPEN_DAY_LAST 2932896         /* 9999-12-31 */
#define OPEN_LIMIT_MAX 200

struct open_filter {
	const char *type;                 /* code, NULL: all */
	const char *unit;                 /* code, NULL: all */
	const int64_t *unit_id;
	int year;                         /* 0: all */
	int32_t from, to;                 /* both in; OPEN_DAY_FIRST, OPEN_DAY_LAST: all */
	const char *q;                    /* as typed; "" */
	const char *words[OPEN_WORDS];    /* NULL: none */
	int32_t before_on;                /* rows after this one in the listing */
	int64_t before_id;
	bool first;                       /* no cursor: begins with the newest */
	int limit;                        /* 0: not given */
};

/* "20261125-123". */
const char *open_cursor(struct arena *a, int32_t replied_on, int64_t id);
/* ERR_INVALID for what open_cursor() does not make. */
int open_cursor_read(const char *s, int32_t *ret_replied_on, int64_t *ret_id) MUST_CHECK;
/* The words of q: at most OPEN_WORDS pieces between blanks, what is left over stays in the last; NULL at the end. */
void open_words(struct arena *a, const char *q, const char *ret[OPEN_WORDS]);
/* path?type=…&cursor=…; cursor NULL: from the newest. */
const char *open_filter_path(struct arena *a, const char *path, const struct open_filter *f, const char *cursor);
/* How alike two titles are, in percent: their pairs of neighbouring characters (Dice). */
int open_alike(const char *a, const char *b);

/* Fields of the query: q type unit year from to cursor limit. */
extern const struct form_def form_open;
/* From p->form. With strict a wrong value is an error (ERR_INVALID, and which field in the form), else it is left
 * out. */
int open_filter_read(struct page *p, bool strict, struct open_filter *ret) MUST_CHECK;
/* Whether anything is left out at all; the cursor is no filter. */
bool open_filtered(const struct open_filter *f);

/* At most n rows of the listing. */
int open_rows(struct page *p, const struct open_filter *f, int n, struct q_pub_page **ret, size_t *ret_n) MUST_CHECK;
/* At most n, with their texts. */
int open_full_rows(struct page *p, const struct open_filter *f, int n, struct q_pub_full_page **ret, size_t *ret_n)
	MUST_CHECK;
/* How many there are; -1 when there are words: that would mean reading every text. */
int open_count(struct page *p, const struct open_filter *f, int64_t *ret) MUST_CHECK;

#endif
