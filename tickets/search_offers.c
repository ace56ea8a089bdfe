/* search_offers - what else could be asked when nothing was found; see search.h. */
#include <stdlib.h>
#include <string.h>

#include "search_inner.h"
#include "str.h"
#include "text.h"

#define TRY_WORDS 4                      /* with more words no offer is made: too many tries */
#define PIECE 2                          /* characters of a piece at least, */
#define PIECE_MOST 17                    /* and at most: found by four tries */

static void quote(struct str *o, const char *word)
{
	const char *mark = strchr(word, ' ') != NULL ? "\"" : "";

	str_addf(o, "%s%s%s%s", o->len > 0 ? " " : "", mark, word, mark);
}

static const char *query_of(struct arena *a, const struct search_words *words)
{
	struct str o;

	str_init(&o, a, 1 << 16);
	for (size_t i = 0; i < words->n; i++)
		quote(&o, words->w[i]);
	return o.s;
}

/* How many hold all of other words. */
static int count_words(struct search *s, const struct search_words *words, int64_t *ret)
{
	const struct search_ask *asked = s->ask;
	struct search_ask other = *asked;
	int r;

	other.words = *words;
	s->ask = &other;
	r = search_index_count(s, ret);
	s->ask = asked;
	return r;
}

/* Offers other words when they find something. */
static int try_words(struct search *s, enum search_change change, const struct search_words *words, const char *without,
	struct search_offer *ret, size_t *ret_n)
{
	int64_t count;
	int r = count_words(s, words, &count);

	if (r == 0 && count > 0)
		ret[(*ret_n)++] = (struct search_offer){ change, without, query_of(s->a, words), count };
	return r;
}

static int leave_out(struct search *s, struct search_offer *ret, size_t *ret_n)
{
	const struct search_words *all = &s->ask->words;
	int r = 0;

	for (size_t i = 0; r == 0 && i < all->n; i++) {
		struct search_words few = { .n = 0 };

		for (size_t k = 0; k < all->n; k++) {
			if (k != i)
				few.w[few.n++] = all->w[k];
		}
		r = try_words(s, SEARCH_WITHOUT, &few, all->w[i], ret, ret_n);
	}
	return r;
}

static int most_first(const void *x, const void *y)
{
	const struct search_offer *a = x, *b = y;

	return (a->count < b->count) - (a->count > b->count);
}

/* --- one word --- */

static size_t bytes_of(const char *word, size_t characters)
{
	size_t at = 0;

	while (characters-- > 0)
		at += text_step(word + at);
	return at;
}

/* The characters at one end of a word of n characters as a word. */
static const char *piece(struct search *s, const char *word, size_t n, size_t characters, bool tail)
{
	return tail ? word + bytes_of(word, n - characters) : arena_strndup(s->a, word, bytes_of(word, characters));
}

/* The longest piece at one end of a word of n characters that is found and leaves another one; 0: none. The shorter it
 * is, the more letters have it. */
static int longest(struct search *s, const char *word, size_t n, bool tail, size_t *ret)
{
	size_t least = PIECE, most = n >= 2 * PIECE ? n - PIECE : n - 1;
	int r = 0;

	*ret = 0;
	most = most < PIECE_MOST ? most : PIECE_MOST;
	while (r == 0 && least <= most) {
		size_t half = (least + most) / 2;
		struct search_words one = { .w = { piece(s, word, n, half, tail) }, .n = 1 };
		int64_t count;

		r = count_words(s, &one, &count);
		if (r == 0 && count > 0) {
			*ret = half;
			least = half + 1;
		} else {
			most = half - 1;
		}
	}
	return r;
}

/* As two words, cut behind the longest beginning that is found; else the part that is. */
static int take_apart(struct search *s, struct search_offer *ret, size_t *ret_n)
{
	const char *word = s->ask->words.w[0];
	size_t n = text_characters(word, strlen(word)), at;
	struct search_words two = { .n = 2 }, one = { .n = 1 };
	int r = n > PIECE ? longest(s, word, n, false, &at) : 0;

	if (r < 0 || n <= PIECE)
		return r;
	if (at > 0) {
		two.w[0] = one.w[0] = piece(s, word, n, at, false);
		two.w[1] = piece(s, word, n, n - at, true);
		r = try_words(s, SEARCH_APART, &two, NULL, ret, ret_n);
		return r < 0 || *ret_n > 0 ? r : try_words(s, SEARCH_PART, &one, NULL, ret, ret_n);
	}
	r = longest(s, word, n, true, &at);
	if (r < 0 || at == 0)
		return r;
	one.w[0] = piece(s, word, n, at, true);
	return try_words(s, SEARCH_PART, &one, NULL, ret, ret_n);
}

int search_offers(struct db *db, struct arena *a, const struct search_ask *ask, struct search_offer *ret, size_t *ret_n)
{
	struct search s = { .db = db, .a = a, .ask = ask, .ready = true };
	int64_t place = 0;
	int r;

	*ret_n = 0;
	if (ask->words.n == 0 || ask->words.n > TRY_WORDS)
		return 0;
	search_set_keys(&s);
	r = search_gate_in(db, a, ask->at_once, &place);
	if (r == 0)
		r = ask->words.n > 1 ? leave_out(&s, ret, ret_n) : take_apart(&s, ret, ret_n);
	r = search_gate_out(db, a, place, r);
	qsort(ret, *ret_n, sizeof(*ret), most_first);
	if (r == ERR_BUSY || r == ERR_DB) {
		err_clear();
		return 0;
	}
	return r;
}
