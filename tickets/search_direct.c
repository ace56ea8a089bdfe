/* search_direct - letters compared one by one, as they are published; see search_inner.h. */
#include <string.h>

#include "clock.h"
#include "queries.h"
#include "search_inner.h"

#define ROWS 300                         /* letters of one reading; s->texts holds them however long they are */
#define ROUNDS 4
#define MOST_MS 400                      /* time to compare letters, for one page */
#define PEEK_ROWS 60                     /* of the latest letters, read to see how common the words are */
#define PEEK_MOST 900                    /* letters: more are never read for a page */
#define PEEK_SURE 3                      /* the rest of a page is asked for with so much in reserve, in fourths */

/* What a letter costs to compare and to find in the index, measured by tests/bench/search.py: only their ratio matters.
 * The index walks all letters that have a word, wherever they are in the listing. */
#define COMPARE_NS 17000
#define INDEX_NS 200
#define INDEX_ONCE_NS 3000000

/* --- lists --- */

void search_list_add(struct arena *a, struct search_list *list, struct search_one one)
{
	if (list->n == list->cap) {
		struct search_one *grown = arena_array(a, list->cap = list->cap > 0 ? list->cap * 2 : 64, sizeof(*grown));

		if (list->n > 0)
			memcpy(grown, list->of, list->n * sizeof(*grown));
		list->of = grown;
	}
	list->of[list->n++] = one;
}

bool search_list_has(const struct search_list *list, int64_t id)
{
	for (size_t i = 0; i < list->n; i++) {
		if (list->of[i].id == id)
			return true;
	}
	return false;
}

unsigned search_list_compare(struct search *s, struct search_one one, const char *title, const char *body,
	const char *reply, struct search_list *ret)
{
	const struct search_words *words = &s->ask->words;
	struct search_texts t;
	unsigned which;

	search_fold(s->texts, title, body, reply, &t);
	which = search_which(words, &t);
	if (which == (1u << words->n) - 1) {
		one.score = search_score(words, &t);
		search_list_add(s->a, ret, one);
	}
	return which;
}

/* --- readings --- */

static int read_next(struct search *s, enum search_source source, int64_t before, size_t n,
	struct q_search_waiting **ret, size_t *ret_n)
{
	const struct search_ask *k = s->ask;
	bool end = search_key_day(before) > k->to_on; /* the day after the last may be none that a calendar has */
	int32_t on = end ? k->to_on : search_key_day(before);
	int64_t id = end ? INT64_MAX : search_key_id(before);
	struct q_search_all *rows;
	int r;

	_Static_assert(sizeof(*rows) == sizeof(**ret), "search_all and search_waiting have the same columns");
	if (source == SEARCH_OF_WAITING)
		return q_search_waiting(s->db, s->texts, k->type, k->type, k->unit_id, k->unit_id, k->topic_top, k->topic_top,
			k->topic_id, k->topic_id, k->place_id, k->place_id, k->result, k->result, k->from_on, k->to_on, on, on, id,
			(int64_t)n, ret, ret_n);
	r = q_search_all(s->db, s->texts, k->type, k->type, k->unit_id, k->unit_id, k->topic_top, k->topic_top, k->topic_id,
		k->topic_id, k->place_id, k->place_id, k->result, k->result, k->from_on, k->to_on, on, on, id, (int64_t)n,
		&rows, ret_n);
	*ret = (struct q_search_waiting *)(void *)rows;
	return r;
}

static void sample(struct search *s, unsigned which)
{
	s->sampled++;
	for (size_t i = 0; i < s->ask->words.n; i++)
		s->held[i] += which >> i & 1u;
}

/* The next n letters of the source are compared; *ret_end: there are no more. */
static int compare_next(struct search *s, enum search_source source, size_t n, size_t most, struct search_list *ret,
	bool *ret_end)
{
	struct q_search_waiting *rows;
	size_t got;
	int r = read_next(s, source, ret->looked, n, &rows, &got);

	for (size_t i = 0; r == 0 && i < got && ret->n <= most; i++) {
		struct search_one one = { search_key(rows[i].replied_on, rows[i].id), rows[i].id, 0, 0 };
		unsigned which = search_list_compare(s, one, rows[i].title, rows[i].body, rows[i].reply, ret);

		ret->looked = one.key;
		if (source == SEARCH_OF_ALL)
			sample(s, which);
	}
	arena_reset(s->texts);
	*ret_end = r == 0 && got < n && ret->n <= most;
	if (*ret_end)
		ret->looked = SEARCH_END;
	return r;
}

int search_direct(struct search *s, enum search_source source, size_t most, struct search_list *ret)
{
	int64_t until = clock_mono_ms() + MOST_MS;
	bool end = false;
	int r = 0;

	ret->looked = s->key_before;
	for (int i = 0; r == 0 && !end && i < ROUNDS && ret->n <= most && clock_mono_ms() < until; i++)
		r = compare_next(s, source, ROWS, most, ret, &end);
	s->cut = s->cut || (!end && ret->n <= most);
	return r;
}

/* How many more letters it looks as if are to be compared for a page; 0: asking the index is quicker. */
static size_t more_rows(const struct search *s, size_t found)
{
	int64_t held = 0, rows, most = PEEK_MOST - s->sampled;

	if (found == 0)
		return 0;
	for (size_t i = 0; i < s->ask->words.n; i++)
		held += s->held[i];
	rows = (int64_t)(s->n + 1 - found) * s->sampled / (int64_t)found;
	if (rows > most || rows * COMPARE_NS > INDEX_ONCE_NS + s->letters * held / s->sampled * INDEX_NS)
		return 0;
	rows += rows * PEEK_SURE / 4 + 1;
	rows = rows < most ? rows : most;
	return (size_t)(rows < ROWS ? rows : ROWS);
}

int search_peek(struct search *s, struct search_list *ret)
{
	size_t rows = PEEK_ROWS;
	bool end = false;
	int r = 0;

	ret->looked = s->key_before;
	while (r == 0 && !end && rows > 0 && ret->n <= s->n) {
		r = compare_next(s, SEARCH_OF_ALL, rows, s->n, ret, &end);
		rows = more_rows(s, ret->n);
	}
	return r;
}
