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
/* Which words they hold, a bit each; whether each; how often, the title counting more. */
unsigned search_which(const struct search_words *words, const struct search_texts *t);
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

/* --- one page in the making: search_page.c puts together what search_direct.c and search_index.c find --- */

#define SEARCH_END 0                     /* a key below every letter: looked at all */

struct search_one { int64_t key, id, print, score; };
/* looked: the key of the last letter looked at. */
struct search_list { struct search_one *of; size_t n, cap; int64_t looked; };

struct search {
	struct db *db;
	struct arena *a;
	struct arena *texts;                 /* of the letters being compared, reset after each reading */
	const struct search_ask *ask;
	size_t n;
	bool ready;                          /* the index may be asked */
	bool counted;
	bool cut;                            /* comparing took too long to be complete */
	int64_t waiting;                     /* letters that wait for the index, up to a ceiling */
	int64_t letters;                     /* published, about */
	int64_t version;                     /* of all that is public; changes with each change */
	int64_t count;
	int64_t key_from, key_before;        /* which keys are asked for: from, and below */
	int64_t sampled, held[SEARCH_WORDS]; /* of the latest letters: how many were compared, how many hold each word */
};

/* The keys that are asked for. */
void search_set_keys(struct search *s);

void search_list_add(struct arena *a, struct search_list *list, struct search_one one);
bool search_list_has(const struct search_list *list, int64_t id);
/* Adds a letter to ret when it holds the words; returns which of them it holds. */
unsigned search_list_compare(struct search *s, struct search_one one, const char *title, const char *body,
	const char *reply, struct search_list *ret);

enum search_source { SEARCH_OF_WAITING, SEARCH_OF_ALL };

/* Compares letters from the latest on, until there are more than most, nothing is left, or it took too long. */
int search_direct(struct search *s, enum search_source source, size_t most, struct search_list *ret) MUST_CHECK;
/* The latest letters, as long as that looks quicker than asking the index. */
int search_peek(struct search *s, struct search_list *ret) MUST_CHECK;

/* What has been compared already: what waits, and everything down to a letter. */
struct search_seen { const struct search_list *direct; int64_t down_to; size_t n; };

/* The letters that the index proposes, until there are enough or nothing is left. What has been seen is passed over,
 * but counted in s->count. */
int search_index_by_date(struct search *s, const struct search_seen *seen, struct search_list *ret) MUST_CHECK;
/* The best of the index, at most SEARCH_RANKED, with their scores; they are not confirmed. Sets s->count. */
int search_index_by_score(struct search *s, struct search_list *ret) MUST_CHECK;
/* How many letters the index has for what is asked, SEARCH_COUNT_MAX + 1: more. */
int search_index_count(struct search *s, int64_t *ret) MUST_CHECK;
/* Of list (objects {"i": id, "p": print}), the letters that are published as the index knows them and do hold the
 * words. The reference is taken. */
int search_index_confirm(struct search *s, json_t *list, struct search_list *ret) MUST_CHECK;

/* --- answers that were given a moment ago (search_kept.c) --- */

/* A process keeps some answers; they are good as long as nothing that is public has changed. */
bool search_kept_get(const struct search *s, bool counted, struct search_found *ret);
void search_kept_put(const struct search *s, bool counted, const struct search_found *found);

/* --- how many search at the same time (search_gate.c) --- */

/* *ret_place: to be given back; 0: no limit was asked for. ERR_BUSY: all places are taken and somebody waits already,
 * or none became free within a second. */
int search_gate_in(struct db *db, struct arena *a, int at_once, int64_t *ret_place) MUST_CHECK;
/* r, or what went wrong with giving it back. */
int search_gate_out(struct db *db, struct arena *a, int64_t place, int r) MUST_CHECK;

#endif
