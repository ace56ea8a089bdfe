/* search_inner - what the parts of search share. */
#ifndef SEARCH_INNER_H
#define SEARCH_INNER_H

#include <jansson.h>

#include "clock.h"
#include "search.h"

#define SEARCH_TITLE_WEIGHT 8            /* a word in the title counts as so many in the text */
#define SEARCH_TITLE_WEIGHT_TEXT "8"

/* The two columns of search_doc: folded; words holds letter and answer with a line end between them, which no folded
 * word holds. */
struct search_texts { const char *title, *words; };

void search_fold(struct arena *a, const char *title, const char *body, const char *reply, struct search_texts *ret);
/* Whether they hold each word; how often, the title counting more. */
bool search_held(const struct search_words *words, const struct search_texts *t);
int64_t search_score(const struct search_words *words, const struct search_texts *t);
/* Whether a word is a single character: those go by the beginnings of pairs, which are many. */
bool search_single(const char *word);
/* What MATCH … AGAINST is given, IN BOOLEAN MODE; ranked: with the weight of the title. */
const char *search_against(struct arena *a, const struct search_words *words, bool ranked);

/* list as text; the reference is taken. */
const char *search_json(struct arena *a, json_t *list);

/* A number for the code of a result; 0 for "". */
int64_t search_code(const char *code);

/* The order of the listing in one number: day of the answer, then id. id < 2^40. */
#define SEARCH_ID_BITS 40
#define SEARCH_DAY_SHIFT 200000          /* days are never negative with it */
static inline int64_t search_key(int32_t day, int64_t id)
{
	const int64_t most = ((int64_t)1 << SEARCH_ID_BITS) - 1;

	return (int64_t)(day + SEARCH_DAY_SHIFT) << SEARCH_ID_BITS | (id < most ? id : most);
}
static inline int32_t search_key_day(int64_t key)
{
	return (int32_t)(key >> SEARCH_ID_BITS) - SEARCH_DAY_SHIFT;
}
static inline int64_t search_key_id(int64_t key)
{
	return key & (((int64_t)1 << SEARCH_ID_BITS) - 1);
}

#endif
