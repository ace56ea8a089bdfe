/* search - published letters that hold words.
 *
 * A letter is found when its title, its text or its answer holds each word, all of them folded (util/fold.h). Words are
 * what stands between blanks; what stands in quotation marks is one word, with its blanks. The first part is pure; the
 * second asks the database: the index (Mroonga, table search_doc) proposes, the letter as it is published now decides.
 * So nothing is found that does not hold the words or was taken down, and what is not in the index yet (search_queue)
 * is compared directly. search_feed.h keeps the index. */
#ifndef SEARCH_H
#define SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "db.h"

#define SEARCH_WORDS 8
#define SEARCH_HITS_MAX 200              /* letters of one page */
#define SEARCH_RANKED 200                /* by relevance there is no more than this */
#define SEARCH_COUNT_MAX 200             /* more is not counted: each costs as much as comparing a letter */
#define SEARCH_DAY_FIRST (-25567)        /* 1900-01-01 and 9999-12-31: all days */
#define SEARCH_DAY_LAST 2932896

/* --- pure --- */

/* Folded, without doubles, in the order they were typed; w[n] is NULL. */
struct search_words { const char *w[SEARCH_WORDS + 1]; size_t n; };

/* The words of q: at most SEARCH_WORDS, what is left over stays in the last as a phrase. Quotation marks are " “ ” ＂;
 * one that is not closed ends with q. */
void search_words(struct arena *a, const char *q, struct search_words *ret);
/* Whether one of the texts holds each word: title, body and reply as they are. No words: true. */
bool search_holds(struct arena *a, const struct search_words *words, const char *title, const char *body,
	const char *reply);

/* Bytes of a text. */
struct search_span { size_t from, to; };
/* Where words stand in text, in order, not overlapping: array in the arena; returns how many, at most most. */
size_t search_marks(struct arena *a, const struct search_words *words, const char *text, size_t most,
	struct search_span **ret);
/* About `characters` of text around the place with most of the words, with … where it was cut; "" where no word is. */
const char *search_snippet(struct arena *a, const struct search_words *words, const char *text, size_t characters);

/* --- of the database --- */

enum search_order { SEARCH_BY_DATE, SEARCH_BY_RELEVANCE };

/* NULL in a filter: all. Filters as the view open_letter has them. */
struct search_ask {
	struct search_words words;           /* at least one */
	const char *type;                    /* code */
	const int64_t *unit_id;
	const int64_t *topic_top;            /* the upper level of a topic */
	const int64_t *topic_id;             /* the topic itself */
	const int64_t *place_id;
	const char *result;                  /* code */
	int32_t from_on, to_on;              /* days of the answer, both in */
	enum search_order order;
	int32_t before_on;                   /* by date: after this letter in the listing (latest first) */
	int64_t before_id;
	size_t skip;                         /* by relevance: so many of the best */
	int at_once;                         /* searches at the same time, of all programs that say so; 0: no limit */
};

struct search_hit { int64_t id; int32_t replied_on; };
struct search_found {
	struct search_hit *hits;
	size_t n;
	bool more;                           /* there is or may be more after these: ask again */
	int32_t next_on;                     /* by date: from here */
	int64_t next_id;
	int64_t count;                       /* of all pages, SEARCH_COUNT_MAX + 1: more than that; -1: not known */
	bool whole;                          /* nothing waits for the index */
	bool slow;                           /* much is not in the index yet: looked through as far as time allowed */
};

/* At most n letters of one page, n <= SEARCH_HITS_MAX; by date the latest first. Fewer than n with `more` set: go on
 * from next_on, next_id. counted: of the first page, says of how many in all, where the index knows. One query when
 * the same was asked a moment ago; else mostly six, more where the index proposes what is not public any more.
 * ERR_BUSY: too many search at this moment. */
int search_page(struct db *db, struct arena *a, const struct search_ask *ask, size_t n, bool counted,
	struct search_found *ret) MUST_CHECK;

#define SEARCH_OFFERS SEARCH_WORDS

/* Another way to ask for nearly the same: a word left out, one word written as two, a part of it. */
enum search_change { SEARCH_WITHOUT, SEARCH_APART, SEARCH_PART };
struct search_offer {
	enum search_change change;
	const char *without;                 /* the word that was left out */
	const char *q;                       /* what is to be asked */
	int64_t count;                       /* letters that the index has for it, about; SEARCH_COUNT_MAX + 1: more */
};

/* When nothing holds all the words, and the search said `whole`: what would be found with one of up to four words left
 * out, or, of one word, as two or with a part of it. Only what finds something, most first; at most SEARCH_OFFERS. Two
 * queries and up to six. None when too many search. */
int search_offers(struct db *db, struct arena *a, const struct search_ask *ask, struct search_offer *ret, size_t *ret_n)
	MUST_CHECK;

#endif
