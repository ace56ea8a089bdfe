/* search_offers - what else could be asked when nothing was found; see search.h. */
#include <stdlib.h>
#include <string.h>

#include "search_inner.h"
#include "str.h"
#include "text.h"

#define TRY_WORDS 4                      /* with more words no offer is made: too many tries */
#define TRY_PLACES 6                     /* where one word is taken apart */
#define PIECE 2                          /* characters of a piece at least */

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

/* Asks for other words, and offers them when that finds something. */
static int try_words(struct search *s, const struct search_words *words, const char *without, struct search_offer *ret,
	size_t *ret_n)
{
	const struct search_ask *asked = s->ask;
	struct search_ask other = *asked;
	int64_t count;
	int r;

	other.words = *words;
	s->ask = &other;
	r = search_index_count(s, &count);
	s->ask = asked;
	if (r == 0 && count > 0)
		ret[(*ret_n)++] = (struct search_offer){ without, query_of(s->a, words), count };
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
		r = try_words(s, &few, all->w[i], ret, ret_n);
	}
	return r;
}

static int most_first(const void *x, const void *y)
{
	const struct search_offer *a = x, *b = y;

	return (a->count < b->count) - (a->count > b->count);
}

/* The one word as two; the cut that finds most is taken for the right one. */
static int take_apart(struct search *s, struct search_offer *ret, size_t *ret_n)
{
	const char *word = s->ask->words.w[0], *at = word;
	size_t n = text_characters(word, strlen(word));
	struct search_offer tries[TRY_PLACES];
	size_t found = 0;
	int r = 0;

	for (size_t i = 1; r == 0 && i + PIECE <= n && i < PIECE + TRY_PLACES; i++) {
		struct search_words two = { .n = 2 };

		at += text_step(at);
		if (i < PIECE || *at == ' ' || at[-1] == ' ')
			continue;
		two.w[0] = arena_strndup(s->a, word, (size_t)(at - word));
		two.w[1] = at;
		r = try_words(s, &two, NULL, tries, &found);
	}
	if (found > 0) {
		qsort(tries, found, sizeof(*tries), most_first);
		ret[(*ret_n)++] = tries[0];
	}
	return r;
}

int search_offers(struct db *db, struct arena *a, const struct search_ask *ask, struct search_offer *ret, size_t *ret_n)
{
	struct search s = { .db = db, .a = a, .ask = ask };
	int64_t place = 0;
	int r = search_set_out(&s);

	*ret_n = 0;
	if (r < 0 || !s.ready || ask->words.n == 0 || ask->words.n > TRY_WORDS)
		return r;
	r = search_gate_in(db, a, ask->at_once, &place);
	if (r == ERR_BUSY) {
		err_clear();
		return 0;
	}
	if (r == 0)
		r = ask->words.n > 1 ? leave_out(&s, ret, ret_n) : take_apart(&s, ret, ret_n);
	r = search_gate_out(db, a, place, r);
	qsort(ret, *ret_n, sizeof(*ret), most_first);
	return r;
}
