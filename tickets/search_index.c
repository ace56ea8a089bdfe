/* search_index - what the index proposes, and whether it is so; see search_inner.h. */
#include <string.h>

#include "queries.h"
#include "search_inner.h"
#include "states.h"

#define SPARE 8                          /* asked for beside: some may have been taken down */
#define ROUNDS 4                         /* of questions to the index for one page */
#define CHUNK_MOST 1000
#define CONFIRM_MOST 100                 /* letters whose texts are read at a time */
/* A word that so many letters hold, and one in so many of the latest, costs the index more than comparing what the
 * other words propose: a page is asked for so many times over. */
#define COMMON_LETTERS 20000
#define COMMON_OF 4

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

static bool has_single(const struct search_words *words)
{
	for (size_t i = 0; i < words->n; i++) {
		if (search_single(words->w[i]))
			return true;
	}
	return false;
}

static bool common(const struct search *s, size_t i)
{
	return s->sampled > 0 && s->held[i] * COMMON_OF >= s->sampled &&
		s->letters * s->held[i] / s->sampled >= COMMON_LETTERS;
}

/* Single characters, and words that many letters hold. */
static bool spared(const struct search *s, size_t i)
{
	return search_single(s->ask->words.w[i]) || common(s, i);
}

/* Whether the index is asked for some of the words only. */
static bool spares(const struct search *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->ask->words.n; i++)
		n += common(s, i);
	return n > 0 && n < s->ask->words.n;
}

/* Whether word i is rarer than another one, as far as the latest letters tell; else whether it is longer. */
static bool rarer(const struct search *s, size_t i, size_t than)
{
	if (s->held[i] != s->held[than])
		return s->held[i] < s->held[than];
	return strlen(s->ask->words.w[i]) > strlen(s->ask->words.w[than]);
}

/* What the index is asked, the rarest word first: it is what the others are then looked for among. Without those that
 * can be spared where there are others, unless they are `needed`; what it proposes is compared in any case. */
static const char *against(struct search *s, bool ranked, bool needed)
{
	const struct search_words *words = &s->ask->words;
	struct search_words few = { .n = 0 };
	size_t order[SEARCH_WORDS], n = 0, at;

	for (size_t i = 0; i < words->n; i++) {
		for (at = n++; at > 0 && rarer(s, i, order[at - 1]); at--)
			order[at] = order[at - 1];
		order[at] = i;
	}
	for (size_t i = 0; i < n; i++) {
		if (needed || !spared(s, order[i]))
			few.w[few.n++] = words->w[order[i]];
	}
	return few.n > 0 ? search_against(s->a, &few, ranked) : search_against(s->a, words, ranked);
}

/* --- what it proposes --- */

/* No condition on days is needed for this: a question without one is quicker. */
static bool of_all_days(const struct search *s, int64_t before)
{
	return s->ask->from_on <= SEARCH_DAY_FIRST && before > search_key(SEARCH_DAY_LAST, 0);
}

static int propose(struct search *s, const char *words, int64_t before, size_t n, struct q_search_by_date **ret,
	size_t *ret_n)
{
	const struct search_ask *ask = s->ask;
	struct limits type = only_code(ask->type, ask->type != NULL ? (int64_t)states_type_from(ask->type) : 0);
	struct limits result = only_code(ask->result, ask->result != NULL ? search_code(ask->result) : 0);
	struct limits unit = only(ask->unit_id), top = only(ask->topic_top), topic = only(ask->topic_id);
	struct limits place = only(ask->place_id);
	struct q_search_by_date_filtered *some;
	struct q_search_latest *all;
	int r;

	_Static_assert(sizeof(*some) == sizeof(**ret) && sizeof(*all) == sizeof(**ret), "the same columns all three ways");
	if (!filtered(ask) && of_all_days(s, before)) {
		r = q_search_latest(s->db, s->a, words, (int64_t)n, &all, ret_n);
		*ret = (struct q_search_by_date *)(void *)all;
		return r;
	}
	if (!filtered(ask))
		return q_search_by_date(s->db, s->a, words, s->key_from, before, (int64_t)n, ret, ret_n);
	r = q_search_by_date_filtered(s->db, s->a, words, type.from, type.to, unit.from, unit.to, top.from, top.to,
		topic.from, topic.to, place.from, place.to, result.from, result.to, s->key_from, before, (int64_t)n, &some,
		ret_n);
	*ret = (struct q_search_by_date *)(void *)some;
	return r;
}

int search_index_by_score(struct search *s, struct search_list *ret)
{
	const struct search_ask *ask = s->ask;
	const char *words = against(s, true, false);
	struct limits type = only_code(ask->type, ask->type != NULL ? (int64_t)states_type_from(ask->type) : 0);
	struct limits result = only_code(ask->result, ask->result != NULL ? search_code(ask->result) : 0);
	struct limits unit = only(ask->unit_id), top = only(ask->topic_top), topic = only(ask->topic_id);
	struct limits place = only(ask->place_id);
	struct q_search_by_score *rows = NULL;
	size_t n = 0;
	int r = q_search_by_score(s->db, s->a, words, words, type.from, type.to, unit.from, unit.to, top.from, top.to,
		topic.from, topic.to, place.from, place.to, result.from, result.to, s->key_from, s->key_before,
		SEARCH_RANKED + 1, &rows, &n);

	_Static_assert(SEARCH_RANKED == SEARCH_COUNT_MAX, "one more than is shown is one more than is counted");
	if (r == 0 && s->counted && s->waiting == 0 && !has_single(&ask->words) && !spares(s))
		s->count = (int64_t)n;
	for (size_t i = 0; r == 0 && i < n && i < SEARCH_RANKED; i++)
		search_list_add(s->a, ret, (struct search_one){ rows[i].sort_key, rows[i].id, rows[i].print,
			(int64_t)rows[i].score });
	return r;
}

int search_index_count(struct search *s, int64_t *ret)
{
	struct q_search_by_date *rows;
	size_t n;
	int r = propose(s, against(s, false, true), s->key_before, SEARCH_COUNT_MAX + 1, &rows, &n);

	*ret = r == 0 ? (int64_t)n : 0;
	return r;
}

/* --- whether it is so --- */

int search_index_confirm(struct search *s, json_t *list, struct search_list *ret)
{
	const struct search_ask *k = s->ask;
	struct q_search_confirm *rows;
	size_t n;
	int r = q_search_confirm(s->db, s->texts, search_json(s->a, list), k->type, k->type, k->unit_id, k->unit_id,
		k->topic_top, k->topic_top, k->topic_id, k->topic_id, k->place_id, k->place_id, k->result, k->result,
		k->from_on, k->to_on, &rows, &n);

	for (size_t i = 0; r == 0 && i < n; i++)
		search_list_compare(s, (struct search_one){ search_key(rows[i].replied_on, rows[i].id), rows[i].id, 0, 0 },
			rows[i].title, rows[i].body, rows[i].reply, ret);
	arena_reset(s->texts);
	return r;
}

static bool enough(const struct search *s, const struct search_seen *seen, const struct search_list *ret)
{
	return seen->n + ret->n > s->n;
}

/* The proposals one after the other, until there are enough. */
static int confirm_all(struct search *s, const struct q_search_by_date *rows, size_t n, const struct search_seen *seen,
	struct search_list *ret)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < n && !enough(s, seen, ret);) {
		size_t most = s->n + SPARE < CONFIRM_MOST ? s->n + SPARE : CONFIRM_MOST;
		json_t *list = json_array();

		for (; i < n && json_array_size(list) < most; i++) {
			ret->looked = rows[i].sort_key;
			if (rows[i].sort_key < seen->down_to && !search_list_has(seen->direct, rows[i].id))
				json_array_append_new(list, json_pack("{s:I, s:I}", "i", (json_int_t)rows[i].id, "p",
					(json_int_t)rows[i].print));
		}
		if (json_array_size(list) > 0)
			r = search_index_confirm(s, list, ret);
		else
			json_decref(list);
	}
	return r;
}

/* One question to the index; *ret_got: how many it proposed. */
static int ask_index(struct search *s, const struct search_seen *seen, bool needed, size_t n, struct search_list *ret,
	size_t *ret_got)
{
	struct q_search_by_date *rows;
	int r = propose(s, against(s, false, needed), ret->looked, n, &rows, ret_got);

	return r < 0 ? r : confirm_all(s, rows, *ret_got, seen, ret);
}

/* Asked with more of the words, and for more, until there are enough or nothing is left. */
static int ask_on(struct search *s, const struct search_seen *seen, size_t asked, size_t got, struct search_list *ret)
{
	int r = 0;

	for (int i = 1; r == 0 && got == asked && i < ROUNDS && !enough(s, seen, ret); i++) {
		asked = CHUNK_MOST;
		r = ask_index(s, seen, true, asked, ret, &got);
	}
	if (got < asked && !enough(s, seen, ret))
		ret->looked = SEARCH_END;
	return r;
}

int search_index_by_date(struct search *s, const struct search_seen *seen, struct search_list *ret)
{
	bool counted = s->counted && s->waiting == 0 && !has_single(&s->ask->words) && !spares(s);
	bool top = counted || (!filtered(s->ask) && of_all_days(s, s->key_before));
	size_t asked = counted ? SEARCH_COUNT_MAX + 1 : s->n + SPARE + (top ? seen->n : 0), got = 0;
	int r;

	asked *= spares(s) ? COMMON_OF : 1;
	ret->looked = top ? s->key_before : seen->down_to;
	r = ask_index(s, seen, false, asked, ret, &got);
	if (counted)
		s->count = (int64_t)got;
	return r < 0 ? r : ask_on(s, seen, asked, got, ret);
}
