/* search_page - one page of letters that hold words; see search.h.
 *
 * By date there are three sources, each read from the latest on: what waits for the index, compared here; the latest
 * letters, compared here, as long as many of them hold the words (then the index would have too much to say); and
 * what the index proposes. Each knows how far it has looked; the page ends where the one that came least far ends, so
 * nothing in between is left out. What waits is read first: a letter that is indexed meanwhile shows in both. */
#include <jansson.h>
#include <stdlib.h>

#include "queries.h"
#include "search_inner.h"

#define TEXTS_BYTES ((size_t)512 << 20)  /* of one reading: far more than the longest letters that can be published */

static int by_key(const void *x, const void *y)
{
	const struct search_one *a = x, *b = y;

	return a->key < b->key ? 1 : a->key > b->key ? -1 : 0;
}

static int by_score(const void *x, const void *y)
{
	const struct search_one *a = x, *b = y;

	return a->score != b->score ? (a->score < b->score ? 1 : -1) : by_key(x, y);
}

static bool all_single(const struct search_words *words)
{
	for (size_t i = 0; i < words->n; i++) {
		if (!search_single(words->w[i]))
			return false;
	}
	return true;
}

void search_set_keys(struct search *s)
{
	const struct search_ask *ask = s->ask;

	s->key_from = search_key(ask->from_on, 0);
	s->key_before = search_key(ask->to_on + 1, 0);
	/* A page that begins at the very end of the days asked for is the first one. */
	if (ask->order == SEARCH_BY_DATE && search_key(ask->before_on, ask->before_id) < s->key_before - 1) {
		s->key_before = search_key(ask->before_on, ask->before_id);
		s->counted = false;
	}
}

static int begin(struct search *s)
{
	struct q_search_state row;
	int r = q_search_state(s->db, s->a, &row);

	if (r < 0)
		return r;
	s->ready = row.ready != 0;
	s->waiting = row.waiting;
	s->letters = row.letters;
	s->version = row.version;
	search_set_keys(s);
	return 0;
}

static void add_all(struct search *s, const struct search_list *from, int64_t least, struct search_list *ret)
{
	for (size_t i = 0; i < from->n; i++) {
		if (from->of[i].key >= least && !search_list_has(ret, from->of[i].id))
			search_list_add(s->a, ret, from->of[i]);
	}
}

/* All that is known down to all->looked, the latest first. */
static int gather(struct search *s, struct search_list *all)
{
	struct search_list direct = { .looked = SEARCH_END }, latest = { 0 }, index = { .looked = SEARCH_END };
	int r = 0;

	if (!s->ready)
		r = search_direct(s, SEARCH_OF_ALL, s->n, &direct);
	else if (s->waiting > 0)
		r = search_direct(s, SEARCH_OF_WAITING, s->n, &direct);
	if (r == 0 && s->ready)
		r = search_peek(s, &latest);
	if (r == 0 && s->ready && latest.looked != SEARCH_END && latest.n <= s->n)
		r = search_index_by_date(s, &(struct search_seen){ &direct, latest.looked, latest.n }, &index);
	else if (s->ready)
		index.looked = latest.looked;
	all->looked = direct.looked > index.looked ? direct.looked : index.looked;
	add_all(s, &direct, all->looked, all);
	add_all(s, &latest, all->looked, all);
	add_all(s, &index, all->looked, all);
	if (all->n > 0)
		qsort(all->of, all->n, sizeof(*all->of), by_key);
	return r;
}

static void take(struct search *s, const struct search_list *all, size_t skip, struct search_found *ret)
{
	ret->hits = arena_array(s->a, s->n + 1, sizeof(*ret->hits));
	for (size_t i = skip; i < all->n && ret->n < s->n; i++)
		ret->hits[ret->n++] = (struct search_hit){ all->of[i].id, search_key_day(all->of[i].key) };
}

static int page_by_date(struct search *s, struct search_found *ret)
{
	struct search_list all = { 0 };
	int64_t next;
	int r = gather(s, &all);

	if (r < 0)
		return r;
	take(s, &all, 0, ret);
	ret->more = all.n > ret->n || all.looked != SEARCH_END;
	if (s->counted && !ret->more)
		s->count = (int64_t)all.n;
	next = all.n > ret->n ? all.of[ret->n - 1].key : all.looked;
	ret->next_on = search_key_day(next);
	ret->next_id = search_key_id(next);
	return 0;
}

/* Those of the page that came from the index are looked at; which have been taken down is no gap worth filling. */
static int confirm_slice(struct search *s, const struct search_list *all, size_t skip, const struct search_list *direct,
	struct search_list *ret)
{
	json_t *list = json_array();
	struct search_list good = { 0 };
	int r = 0;

	for (size_t i = skip; i < all->n && i < skip + s->n; i++) {
		if (!search_list_has(direct, all->of[i].id))
			json_array_append_new(list, json_pack("{s:I, s:I}", "i", (json_int_t)all->of[i].id, "p",
				(json_int_t)all->of[i].print));
	}
	if (json_array_size(list) > 0)
		r = search_index_confirm(s, list, &good);
	else
		json_decref(list);
	for (size_t i = skip; r == 0 && i < all->n && i < skip + s->n; i++) {
		if (search_list_has(direct, all->of[i].id) || search_list_has(&good, all->of[i].id))
			search_list_add(s->a, ret, all->of[i]);
	}
	return r;
}

/* The best of the index and the best of what waits for it. */
static int page_by_relevance(struct search *s, struct search_found *ret)
{
	struct search_list direct = { 0 }, index = { 0 }, all = { 0 }, page = { 0 };
	size_t skip = s->ask->skip;
	int r = s->waiting > 0 ? search_direct(s, SEARCH_OF_WAITING, SEARCH_RANKED, &direct) : 0;

	if (r == 0)
		r = search_index_by_score(s, &index);
	if (r < 0)
		return r;
	add_all(s, &direct, SEARCH_END, &all);
	add_all(s, &index, SEARCH_END, &all);
	if (all.n > 0)
		qsort(all.of, all.n, sizeof(*all.of), by_score);
	r = confirm_slice(s, &all, skip, &direct, &page);
	take(s, &page, 0, ret);
	ret->more = all.n > skip + s->n;
	return r;
}

/* The latest that hold the words, the best of them first: for single characters, which half of all letters hold, and
 * when the index is not there. */
static int page_of_latest(struct search *s, struct search_found *ret)
{
	struct search_list all = { 0 };
	size_t n = s->n;
	int r;

	s->n = SEARCH_RANKED;
	r = gather(s, &all);
	s->n = n;
	if (s->counted && r == 0 && all.looked == SEARCH_END)
		s->count = (int64_t)all.n;
	if (all.n > 0)
		qsort(all.of, all.n, sizeof(*all.of), by_score);
	take(s, &all, s->ask->skip, ret);
	ret->more = all.n > s->ask->skip + s->n && s->ask->skip + s->n < SEARCH_RANKED;
	return r;
}

static int page(struct search *s, struct search_found *ret)
{
	int r;

	*ret = (struct search_found){ 0 };
	s->count = -1;
	s->cut = false;
	if (s->ask->order == SEARCH_BY_DATE)
		r = page_by_date(s, ret);
	else if (!s->ready || all_single(&s->ask->words))
		r = page_of_latest(s, ret);
	else
		r = page_by_relevance(s, ret);
	ret->count = s->count;
	ret->slow = s->cut;
	ret->whole = s->ready && s->waiting == 0;
	return r;
}

/* With the index, or without it when it does not answer. */
static int page_somehow(struct search *s, struct search_found *ret)
{
	int r = page(s, ret);

	if (r != ERR_DB || !s->ready)
		return r;
	s->ready = false;
	err_clear();
	return page(s, ret);
}

int search_page(struct db *db, struct arena *a, const struct search_ask *ask, size_t n, bool counted,
	struct search_found *ret)
{
	struct search s = { .db = db, .a = a, .ask = ask, .n = n < SEARCH_HITS_MAX ? n : SEARCH_HITS_MAX,
		.counted = counted };
	int64_t place;
	int r = begin(&s);

	if (r < 0 || search_kept_get(&s, counted, ret))
		return r;
	r = search_gate_in(db, a, ask->at_once, &place);
	if (r < 0)
		return r;
	s.texts = arena_new(TEXTS_BYTES);
	r = page_somehow(&s, ret);
	arena_free(s.texts);
	r = search_gate_out(db, a, place, r);
	if (r == 0)
		search_kept_put(&s, counted, ret);
	return r;
}
