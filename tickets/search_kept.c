/* search_kept - answers that were given a moment ago; see search_inner.h.
 *
 * What is asked often (a word on a poster, the next reader of a shared link) costs one small query instead of a search.
 * An answer is a list of numbers of letters; what is shown is read anew from the view open_letter each time, and the
 * version (pub_version) changes in the transaction that publishes or takes down. */
#include <sodium.h>
#include <string.h>

#include "search_inner.h"
#include "str.h"

#define KEPT 64                          /* answers of a process */
#define KEY_BYTES crypto_generichash_BYTES_MIN
#define ASKED_MAX (1 << 16)              /* what is asked, as text */

struct kept {
	unsigned char key[KEY_BYTES];
	int64_t version;                     /* 0: free */
	int64_t used;
	struct search_found found;
	struct search_hit hits[SEARCH_HITS_MAX];
};

static struct kept kept[KEPT];
static int64_t turn;

static void add_code(struct str *o, const char *code)
{
	str_addf(o, "%s\n", code != NULL ? code : "");
}

static void add_number(struct str *o, const int64_t *n)
{
	str_addf(o, "%lld\n", n != NULL ? (long long)*n : -1LL);
}

/* No word holds a line end, so that two questions never look alike. */
static void key_of(const struct search *s, bool counted, unsigned char ret[KEY_BYTES])
{
	const struct search_ask *k = s->ask;
	struct str o;

	str_init(&o, s->a, ASKED_MAX);
	str_addf(&o, "%zu %d %d %zu %d %d %d %lld\n", s->n, counted, (int)k->order, k->skip, (int)k->from_on, (int)k->to_on,
		(int)k->before_on, (long long)k->before_id);
	add_code(&o, k->type);
	add_code(&o, k->result);
	add_number(&o, k->unit_id);
	add_number(&o, k->topic_top);
	add_number(&o, k->topic_id);
	add_number(&o, k->place_id);
	for (size_t i = 0; i < k->words.n; i++)
		add_code(&o, k->words.w[i]);
	must(crypto_generichash(ret, KEY_BYTES, (const unsigned char *)o.s, o.len, NULL, 0) == 0);
}

bool search_kept_get(const struct search *s, bool counted, struct search_found *ret)
{
	unsigned char key[KEY_BYTES];

	key_of(s, counted, key);
	for (size_t i = 0; i < KEPT; i++) {
		struct kept *k = &kept[i];

		if (k->version == 0 || k->version != s->version || memcmp(k->key, key, KEY_BYTES) != 0)
			continue;
		k->used = ++turn;
		*ret = k->found;
		ret->hits = arena_array(s->a, k->found.n + 1, sizeof(*ret->hits));
		memcpy(ret->hits, k->hits, k->found.n * sizeof(*ret->hits));
		return true;
	}
	return false;
}

void search_kept_put(const struct search *s, bool counted, const struct search_found *found)
{
	struct kept *oldest = &kept[0];

	if (s->version == 0 || found->slow || found->n > SEARCH_HITS_MAX)
		return;
	for (size_t i = 1; i < KEPT; i++) {
		if (kept[i].used < oldest->used)
			oldest = &kept[i];
	}
	key_of(s, counted, oldest->key);
	oldest->version = s->version;
	oldest->used = ++turn;
	oldest->found = *found;
	oldest->found.hits = NULL;
	if (found->n > 0)
		memcpy(oldest->hits, found->hits, found->n * sizeof(*found->hits));
}
