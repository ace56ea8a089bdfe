/* open_filter - which published letters are asked for: type, unit, topic, place, result, time, words, and where the
 * page begins.
 *
 * The same query serves the listing (/open), the open data (/open.json, .csv, .atom) and the interface (/api/v1/open).
 * Pages are cut by key, not by number: a cursor names the last row shown, `after` the first one. What is public is
 * decided by the view open_letter alone (sql/schema/0085). */
#ifndef OPEN_FILTER_H
#define OPEN_FILTER_H

#include "page.h"
#include "queries_read.h"
#include "search.h"
#include "states.h"

#define OPEN_WORDS 3
#define OPEN_DAY_FIRST (-25567)       /* 1900-01-01 */
#define OPEN_DAY_LAST 2932896         /* 9999-12-31 */
#define OPEN_LIMIT_MAX 200
#define OPEN_COUNT_MAX 1000           /* more than that is counted only where pub_count knows it */

struct open_filter {
	const char *type;                 /* code, NULL: all; so the others */
	const char *unit;
	const char *topic;                /* of either level */
	const char *place;
	const char *result;
	const int64_t *unit_id;
	const int64_t *topic_top;         /* the upper level of the topic, or itself */
	const int64_t *topic_id;          /* NULL when it is an upper one */
	const int64_t *place_id;
	int year, month;                  /* 0: all */
	int32_t from, to;                 /* both in; OPEN_DAY_FIRST, OPEN_DAY_LAST: all */
	const char *q;                    /* as typed; "" */
	bool by_match;                    /* best matches first; only with words */
	int32_t before_on;                /* rows after this one in the listing */
	int64_t before_id;
	bool newer;                       /* the other way round: rows before it */
	bool first;                       /* no cursor: begins with the newest */
	int skip;                         /* by_match: so many matches have been shown */
	int limit;                        /* 0: not given */
	bool counted;                     /* a search says of how many */
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

/* The results of letters in the order of reasons.tbl, NULL at the end. */
extern const char *const open_results[];
/* Fields of the query: q type unit topic place result year month from to sort cursor after skip limit. */
extern const struct form_def form_open;
/* From p->form. With strict a wrong value is an error (ERR_INVALID, and which field in the form), else it is left
 * out; strict is for programs, which only go from newer to older. */
int open_filter_read(struct page *p, bool strict, struct open_filter *ret) MUST_CHECK;
/* Whether anything is left out at all; the cursor is no filter. */
bool open_filtered(const struct open_filter *f);

/* What is asked of the search; f->q has words or not. */
struct search_ask open_ask(struct page *p, const struct open_filter *f);

/* Letters of one page, in its order. */
struct open_found {
	int64_t *ids;
	size_t n;
	const char *older, *newer;        /* cursors of the pages beside it; NULL: none */
	int next_skip;                    /* by_match: where the next page begins; 0: none */
	int64_t count;                    /* of all pages, as a search knows it; over SEARCH_COUNT_MAX: more; -1 */
	bool whole;                       /* nothing waited for the index of the search */
	bool slow;                        /* the search stopped before the page was full, to answer in time */
	int32_t down_on;                  /* then: the day of the answers it came to; by_match: DAY_NONE */
};
/* At most n; one query, or what a search needs (tickets/search.h). */
int open_find(struct page *p, const struct open_filter *f, size_t n, struct open_found *ret) MUST_CHECK;
/* The rows of a page that was found; the second with their texts. */
int open_rows_of(struct page *p, const struct open_found *found, struct q_pub_page **ret, size_t *ret_n) MUST_CHECK;
int open_full_of(struct page *p, const struct open_found *found, struct q_pub_full_page **ret, size_t *ret_n)
	MUST_CHECK;
/* open_find() and the rows: at most n of the listing. */
int open_rows(struct page *p, const struct open_filter *f, int n, struct q_pub_page **ret, size_t *ret_n) MUST_CHECK;
/* open_find() and the rows with their texts. Fewer than n is not the end: *ret_found says whether there is more. */
int open_full_rows(struct page *p, const struct open_filter *f, int n, struct open_found *ret_found,
	struct q_pub_full_page **ret, size_t *ret_n) MUST_CHECK;

/* The bits of pub_count (sql/schema/0084): which filters are on. */
enum { OPEN_TYPE = 1, OPEN_UNIT = 2, OPEN_TOPIC = 4, OPEN_PLACE = 8, OPEN_RESULT = 16, OPEN_PERIOD = 32 };
/* Of f; -1: nothing counts that (words, days that are no year or month). */
int open_lens(const struct open_filter *f);
/* Whether pub_count has that lens for f. */
bool open_lens_counted(const struct open_filter *f, int lens);
/* How many there are: exact where pub_count knows it or there are at most OPEN_COUNT_MAX, which else is returned with
 * *ret_more set; -1 when there are words. */
int open_count(struct page *p, const struct open_filter *f, int64_t *ret, bool *ret_more) MUST_CHECK;

/* For answers that are costly to make: names the answer by the address and the number of the last change of anything
 * public (pub_version), and turns it into 304 when the reader has it: then *ret is true and there is nothing more to
 * do. One query. */
int open_unchanged(struct page *p, bool *ret) MUST_CHECK;
/* The same of an answer that rests on something else besides: the tag changes with that text. */
int open_unchanged_since(struct page *p, const char *more, bool *ret) MUST_CHECK;

#endif
