/* search_page - one page of letters that hold words; see search.h.
 *
 * By date there are three sources, each read from the latest on: what waits for the index, compared here; the latest
 * letters, compared here, as long as many of them hold the words (then the index would have too much to say); and
 * what the index proposes. Each knows how far it has looked; the page ends where the one that came least far ends, so
 * nothing in between is left out. What waits is read first: a letter that is indexed meanwhile shows in both. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "queries.h"
#include "search_inner.h"
#include "states.h"

#define KEY_END 0                        /* below every letter: looked at all */
#define SPARE 8                          /* asked for beside: some may have been taken down */
#define ROUNDS 4                         /* of questions to the index for one page */
#define CHUNK_MOST 1000
#define CONFIRM_MOST 100                 /* letters whose texts are read at a time */
#define PEEK_ROWS 60                     /* of the latest letters, read at a time while they hold the words */
#define PEEKS 5
#define DIRECT_ROWS 300                  /* letters of one reading; their texts must fit into a request's memory */
#define DIRECT_ROUNDS 4
#define DIRECT_MS 400                    /* time to compare letters, for one page */

struct hit { int64_t key, id, print, score; };
struct hits { struct hit *a; size_t n, cap; int64_t looked; /* key of the last letter looked at */ };

struct search {
	struct db *db;
	struct arena *a;
	const struct search_ask *ask;
	size_t n;
	bool ready;                          /* the index may be asked */
	bool counted;
	int64_t waiting;                     /* letters that wait for it, up to a ceiling */
	int64_t count;
	int64_t key_from, key_before;
};

/* --- lists of hits --- */

static void add_hit(struct arena *a, struct hits *h, struct hit hit)
{
	if (h->n == h->cap) {
		struct hit *grown = arena_array(a, h->cap = h->cap > 0 ? h->cap * 2 : 64, sizeof(*grown));

		if (h->n > 0)
			memcpy(grown, h->a, h->n * sizeof(*grown));
		h->a = grown;
	}
	h->a[h->n++] = hit;
}

static int by_key(const void *x, const void *y)
{
	const struct hit *a = x, *b = y;

	return a->key < b->key ? 1 : a->key > b->key ? -1 : 0;
}

static int by_score(const void *x, const void *y)
{
	const struct hit *a = x, *b = y;

	return a->score != b->score ? (a->score < b->score ? 1 : -1) : by_key(x, y);
}

static bool has(const struct hits *h, int64_t id)
{
	for (size_t i = 0; i < h->n; i++) {
		if (h->a[i].id == id)
			return true;
	}
	return false;
}

/* --- what is asked --- */

/* The limits of a column: all, or one number. */
struct limits { int64_t from, to; };

static struct limits only(const int64_t *n)
{
	return n != NULL ? (struct limits){ *n, *n } : (struct limits){ 0, INT32_MAX };
}

static struct limits only_code(const char *code, int64_t n)
{
	return only(code != NULL ? &n : NULL);
}

static bool filtered(const struct search_ask *ask)
{
	return ask->type != NULL || ask->unit_id != NULL || ask->topic_top != NULL || ask->topic_id != NULL ||
		ask->place_id != NULL || ask->result != NULL;
}

static bool all_single(const struct search_words *words)
{
	for (size_t i = 0; i < words->n; i++) {
		if (!search_single(words->w[i]))
			return false;
	}
	return true;
}

/* What the index is asked: without single characters where there are longer words, unless they are `needed`; what it
 * proposes is compared in any case. */
static const char *against(struct search *s, bool ranked, bool needed)
{
	struct search_words few = { .n = 0 };

	for (size_t i = 0; i < s->ask->words.n; i++) {
		if (!search_single(s->ask->words.w[i]))
			few.w[few.n++] = s->ask->words.w[i];
	}
	return search_against(s->a, few.n > 0 && !needed ? &few : &s->ask->words, ranked);
}

static bool has_single(const struct search_words *words)
{
	for (size_t i = 0; i < words->n; i++) {
		if (search_single(words->w[i]))
			return true;
	}
	return false;
}

static int begin(struct search *s)
{
	const struct search_ask *ask = s->ask;
	struct q_search_state row;
	int r = q_search_state(s->db, s->a, &row);

	if (r < 0)
		return r;
	s->ready = row.ready != 0;
	s->waiting = row.waiting;
	s->key_from = search_key(ask->from_on, 0);
	s->key_before = search_key(ask->to_on + 1, 0);
	if (ask->order == SEARCH_BY_DATE && search_key(ask->before_on, ask->before_id) < s->key_before) {
		s->key_before = search_key(ask->before_on, ask->before_id);
		s->counted = false;
	}
	return 0;
}

/* --- from the index --- */

static int propose(struct search *s, const char *words, int64_t before, size_t n, struct q_search_by_date **ret,
	size_t *ret_n)
{
	const struct search_ask *ask = s->ask;
	struct limits type = only_code(ask->type, ask->type != NULL ? (int64_t)states_type_from(ask->type) : 0);
	struct limits result = only_code(ask->result, ask->result != NULL ? search_code(ask->result) : 0);
	struct limits unit = only(ask->unit_id), top = only(ask->topic_top), topic = only(ask->topic_id);
	struct limits place = only(ask->place_id);
	struct q_search_by_date_filtered *rows;
	int r;

	_Static_assert(sizeof(*rows) == sizeof(**ret), "both ways to ask by date have the same columns");
	if (!filtered(ask))
		return q_search_by_date(s->db, s->a, words, s->key_from, before, (int64_t)n, ret, ret_n);
	r = q_search_by_date_filtered(s->db, s->a, words, type.from, type.to, unit.from, unit.to, top.from, top.to,
		topic.from, topic.to, place.from, place.to, result.from, result.to, s->key_from, before, (int64_t)n, &rows,
		ret_n);
	*ret = (struct q_search_by_date *)(void *)rows;
	return r;
}

static int propose_best(struct search *s, struct q_search_by_score **ret, size_t *ret_n)
{
	const struct search_ask *ask = s->ask;
	const char *words = against(s, true, false);
	struct limits type = only_code(ask->type, ask->type != NULL ? (int64_t)states_type_from(ask->type) : 0);
	struct limits result = only_code(ask->result, ask->result != NULL ? search_code(ask->result) : 0);
	struct limits unit = only(ask->unit_id), top = only(ask->topic_top), topic = only(ask->topic_id);
	struct limits place = only(ask->place_id);

	return q_search_by_score(s->db, s->a, words, words, type.from, type.to, unit.from, unit.to, top.from, top.to,
		topic.from, topic.to, place.from, place.to, result.from, result.to, s->key_from, s->key_before, SEARCH_RANKED,
		ret, ret_n);
}

static void compare(struct search *s, int32_t on, int64_t id, const struct search_texts *t, struct hits *ret)
{
	struct hit hit = { search_key(on, id), id, 0, 0 };

	if (!search_held(&s->ask->words, t))
		return;
	hit.score = search_score(&s->ask->words, t);
	add_hit(s->a, ret, hit);
}

/* Of what the index proposed, the letters that are published as it knows them and do hold the words. */
static int confirm(struct search *s, json_t *list, struct hits *ret)
{
	const struct search_ask *k = s->ask;
	struct q_search_confirm *rows;
	struct search_texts t;
	size_t n;
	int r = q_search_confirm(s->db, s->a, search_json(s->a, list), k->type, k->type, k->unit_id, k->unit_id,
		k->topic_top, k->topic_top, k->topic_id, k->topic_id, k->place_id, k->place_id, k->result, k->result,
		k->from_on, k->to_on, &rows, &n);

	for (size_t i = 0; r == 0 && i < n; i++) {
		search_fold(s->a, rows[i].title, rows[i].body, rows[i].reply, &t);
		compare(s, rows[i].replied_on, rows[i].id, &t, ret);
	}
	return r;
}

/* What has been compared already: what waits, and everything down to a letter. */
struct seen { const struct hits *direct; int64_t down_to; size_t n; };

/* The proposals one after the other, until there are enough. */
static int confirm_all(struct search *s, const struct q_search_by_date *rows, size_t n, const struct seen *seen,
	struct hits *ret)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < n && seen->n + ret->n <= s->n;) {
		size_t most = s->n + SPARE < CONFIRM_MOST ? s->n + SPARE : CONFIRM_MOST;
		json_t *list = json_array();

		for (; i < n && json_array_size(list) < most; i++) {
			ret->looked = rows[i].sort_key;
			if (rows[i].sort_key < seen->down_to && !has(seen->direct, rows[i].id))
				json_array_append_new(list, json_pack("{s:I, s:I}", "i", (json_int_t)rows[i].id, "p",
					(json_int_t)rows[i].print));
		}
		if (json_array_size(list) > 0)
			r = confirm(s, list, ret);
		else
			json_decref(list);
	}
	return r;
}

static bool enough(const struct search *s, const struct seen *seen, const struct hits *ret)
{
	return seen->n + ret->n > s->n;
}

/* One question to the index; *ret_got: how many it proposed. */
static int ask_index(struct search *s, const struct seen *seen, bool needed, size_t n, struct hits *ret,
	size_t *ret_got)
{
	struct q_search_by_date *rows;
	int r = propose(s, against(s, false, needed), ret->looked, n, &rows, ret_got);

	return r < 0 ? r : confirm_all(s, rows, *ret_got, seen, ret);
}

/* The index until there are enough, or nothing is left. What has been seen is passed over, but counted. */
static int from_index(struct search *s, const struct seen *seen, struct hits *ret)
{
	bool counted = s->counted && s->waiting == 0 && !has_single(&s->ask->words);
	size_t asked = counted ? SEARCH_COUNT_MAX + 1 : s->n + SPARE, got = 0;
	int r;

	ret->looked = counted ? s->key_before : seen->down_to;
	r = ask_index(s, seen, false, asked, ret, &got);
	if (counted)
		s->count = (int64_t)got;
	for (int i = 1; r == 0 && got == asked && i < ROUNDS && !enough(s, seen, ret); i++) {
		asked = CHUNK_MOST;
		r = ask_index(s, seen, true, asked, ret, &got);
	}
	if (got < asked && !enough(s, seen, ret))
		ret->looked = KEY_END;
	return r;
}

/* --- without the index --- */

enum source { OF_WAITING, OF_ALL };

static int read_direct(struct search *s, enum source source, int64_t before, size_t n, struct q_search_waiting **ret,
	size_t *ret_n)
{
	const struct search_ask *k = s->ask;
	bool end = search_key_day(before) > k->to_on; /* the day after the last may be none that a calendar has */
	int32_t on = end ? k->to_on : search_key_day(before);
	int64_t id = end ? INT64_MAX : search_key_id(before);
	struct q_search_all *rows;
	int r;

	_Static_assert(sizeof(*rows) == sizeof(**ret), "search_all and search_waiting have the same columns");
	if (source == OF_WAITING)
		return q_search_waiting(s->db, s->a, k->type, k->type, k->unit_id, k->unit_id, k->topic_top, k->topic_top,
			k->topic_id, k->topic_id, k->place_id, k->place_id, k->result, k->result, k->from_on, k->to_on, on, on, id,
			(int64_t)n, ret, ret_n);
	r = q_search_all(s->db, s->a, k->type, k->type, k->unit_id, k->unit_id, k->topic_top, k->topic_top, k->topic_id,
		k->topic_id, k->place_id, k->place_id, k->result, k->result, k->from_on, k->to_on, on, on, id, (int64_t)n,
		&rows, ret_n);
	*ret = (struct q_search_waiting *)(void *)rows;
	return r;
}

/* The next n letters of the source are compared; *ret_end: there are no more. */
static int compare_next(struct search *s, enum source source, size_t n, size_t most, struct hits *ret, bool *ret_end)
{
	struct q_search_waiting *rows;
	struct search_texts t;
	size_t got;
	int r = read_direct(s, source, ret->looked, n, &rows, &got);

	for (size_t i = 0; r == 0 && i < got && ret->n <= most; i++) {
		ret->looked = search_key(rows[i].replied_on, rows[i].id);
		search_fold(s->a, rows[i].title, rows[i].body, rows[i].reply, &t);
		compare(s, rows[i].replied_on, rows[i].id, &t, ret);
	}
	*ret_end = r == 0 && got < n && ret->n <= most;
	if (*ret_end)
		ret->looked = KEY_END;
	return r;
}

/* From the latest on, until there are more than most, nothing is left or it took too long. */
static int compare_directly(struct search *s, enum source source, size_t most, struct hits *ret)
{
	int64_t until = clock_mono_ms() + DIRECT_MS;
	bool end = false;
	int r = 0;

	ret->looked = s->key_before;
	for (int i = 0; r == 0 && !end && i < DIRECT_ROUNDS && ret->n <= most && clock_mono_ms() < until; i++)
		r = compare_next(s, source, DIRECT_ROWS, most, ret, &end);
	return r;
}

/* The latest letters, as long as it looks as if a few more of them were enough. */
static int peek(struct search *s, struct hits *ret)
{
	bool end = false;
	int r = 0;

	ret->looked = s->key_before;
	for (size_t i = 1; r == 0 && !end && i <= PEEKS && ret->n <= s->n; i++) {
		r = compare_next(s, OF_ALL, PEEK_ROWS, s->n, ret, &end);
		if (ret->n * PEEKS < s->n * i)
			break;
	}
	return r;
}

/* --- together --- */

static void add_all(struct search *s, const struct hits *from, int64_t least, struct hits *ret)
{
	for (size_t i = 0; i < from->n; i++) {
		if (from->a[i].key >= least && !has(ret, from->a[i].id))
			add_hit(s->a, ret, from->a[i]);
	}
}

/* All that is known down to all->looked, the latest first. */
static int gather(struct search *s, struct hits *all)
{
	struct hits direct = { .looked = KEY_END }, latest = { 0 }, index = { .looked = KEY_END };
	int r = 0;

	if (!s->ready)
		r = compare_directly(s, OF_ALL, s->n, &direct);
	else if (s->waiting > 0)
		r = compare_directly(s, OF_WAITING, s->n, &direct);
	if (r == 0 && s->ready)
		r = peek(s, &latest);
	if (r == 0 && s->ready && latest.looked != KEY_END && latest.n <= s->n)
		r = from_index(s, &(struct seen){ &direct, latest.looked, latest.n }, &index);
	else if (s->ready)
		index.looked = latest.looked;
	all->looked = direct.looked > index.looked ? direct.looked : index.looked;
	add_all(s, &direct, all->looked, all);
	add_all(s, &latest, all->looked, all);
	add_all(s, &index, all->looked, all);
	if (all->n > 0)
		qsort(all->a, all->n, sizeof(*all->a), by_key);
	return r;
}

static void take(struct search *s, const struct hits *all, size_t skip, struct search_found *ret)
{
	ret->hits = arena_array(s->a, s->n + 1, sizeof(*ret->hits));
	for (size_t i = skip; i < all->n && ret->n < s->n; i++)
		ret->hits[ret->n++] = (struct search_hit){ all->a[i].id, search_key_day(all->a[i].key) };
}

static int page_by_date(struct search *s, struct search_found *ret)
{
	struct hits all = { 0 };
	int64_t next;
	int r = gather(s, &all);

	if (r < 0)
		return r;
	take(s, &all, 0, ret);
	ret->more = all.n > ret->n || all.looked != KEY_END;
	if (s->counted && !ret->more)
		s->count = (int64_t)all.n;
	next = all.n > ret->n ? all.a[ret->n - 1].key : all.looked;
	ret->next_on = search_key_day(next);
	ret->next_id = search_key_id(next);
	return 0;
}

/* Those of the page that came from the index are looked at; which have been taken down is no gap worth filling. */
static int confirm_slice(struct search *s, const struct hits *all, size_t skip, const struct hits *direct,
	struct hits *ret)
{
	json_t *list = json_array();
	struct hits good = { 0 };
	int r = 0;

	for (size_t i = skip; i < all->n && i < skip + s->n; i++) {
		if (!has(direct, all->a[i].id))
			json_array_append_new(list, json_pack("{s:I, s:I}", "i", (json_int_t)all->a[i].id, "p",
				(json_int_t)all->a[i].print));
	}
	if (json_array_size(list) > 0)
		r = confirm(s, list, &good);
	else
		json_decref(list);
	for (size_t i = skip; r == 0 && i < all->n && i < skip + s->n; i++) {
		if (has(direct, all->a[i].id) || has(&good, all->a[i].id))
			add_hit(s->a, ret, all->a[i]);
	}
	return r;
}

/* The best of the index and the best of what waits for it. */
static int page_by_relevance(struct search *s, struct search_found *ret)
{
	struct hits direct = { 0 }, all = { 0 }, page = { 0 };
	struct q_search_by_score *rows = NULL;
	size_t n = 0, skip = s->ask->skip;
	int r = s->waiting > 0 ? compare_directly(s, OF_WAITING, SEARCH_RANKED, &direct) : 0;

	if (r == 0)
		r = propose_best(s, &rows, &n);
	if (r < 0)
		return r;
	add_all(s, &direct, KEY_END, &all);
	for (size_t i = 0; i < n; i++) {
		if (!has(&direct, rows[i].id))
			add_hit(s->a, &all, (struct hit){ rows[i].sort_key, rows[i].id, rows[i].print, (int64_t)rows[i].score });
	}
	if (all.n > 0)
		qsort(all.a, all.n, sizeof(*all.a), by_score);
	r = confirm_slice(s, &all, skip, &direct, &page);
	take(s, &page, 0, ret);
	ret->more = all.n > skip + s->n;
	return r;
}

/* The latest that hold the words, the best of them first: for single characters, which half of all letters hold, and
 * when the index is not there. */
static int page_of_latest(struct search *s, struct search_found *ret)
{
	struct hits all = { 0 };
	size_t n = s->n;
	int r;

	s->n = SEARCH_RANKED;
	r = gather(s, &all);
	s->n = n;
	if (all.n > 0)
		qsort(all.a, all.n, sizeof(*all.a), by_score);
	take(s, &all, s->ask->skip, ret);
	ret->more = all.n > s->ask->skip + s->n && s->ask->skip + s->n < SEARCH_RANKED;
	return r;
}

static int page(struct search *s, struct search_found *ret)
{
	int r;

	*ret = (struct search_found){ .slow = !s->ready };
	s->count = -1;
	if (s->ask->order == SEARCH_BY_DATE)
		r = page_by_date(s, ret);
	else if (!s->ready || all_single(&s->ask->words))
		r = page_of_latest(s, ret);
	else
		r = page_by_relevance(s, ret);
	ret->count = s->count;
	return r;
}

int search_page(struct db *db, struct arena *a, const struct search_ask *ask, size_t n, bool counted,
	struct search_found *ret)
{
	struct search s = { .db = db, .a = a, .ask = ask, .n = n < SEARCH_HITS_MAX ? n : SEARCH_HITS_MAX,
		.counted = counted };
	int r = begin(&s);

	if (r < 0)
		return r;
	r = page(&s, ret);
	if (r == ERR_DB && s.ready) { /* the index does not answer: without it then */
		s.ready = false;
		err_clear();
		r = page(&s, ret);
	}
	return r;
}
