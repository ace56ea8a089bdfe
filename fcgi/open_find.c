/* open_find - the database's side of open_filter.h: which letters, their rows, how many. */
#include "open_filter.h"

#include <sodium.h>
#include <string.h>

#include "clock.h"
#include "conf.h"
#include "search.h"

#define TAG_BYTES 16
#define SEARCH_MS 1500         /* time for a page of a search */

/* --- which letters --- */

/* From newer to older: each way in has its index. */
static int walk_older(struct page *p, const struct open_filter *f, int64_t n, struct q_open_older **ret, size_t *ret_n)
{
	int32_t to = f->to < f->before_on ? f->to : f->before_on;

	if (f->unit_id != NULL)
		return q_open_older_unit(p->db, p->a, *f->unit_id, f->from, to, f->before_on, f->before_id, f->type, f->result,
			f->topic_top, f->topic_id, f->place_id, n, (void *)ret, ret_n);
	if (f->topic_top != NULL)
		return q_open_older_topic(p->db, p->a, *f->topic_top, f->from, to, f->before_on, f->before_id, f->type,
			f->result, f->topic_id, f->place_id, n, (void *)ret, ret_n);
	if (f->place_id != NULL)
		return q_open_older_place(p->db, p->a, *f->place_id, f->from, to, f->before_on, f->before_id, f->type,
			f->result, n, (void *)ret, ret_n);
	return q_open_older(p->db, p->a, f->from, to, f->before_on, f->before_id, f->type, f->result, n, ret, ret_n);
}

/* From older to newer. */
static int walk_newer(struct page *p, const struct open_filter *f, int64_t n, struct q_open_older **ret, size_t *ret_n)
{
	int32_t from = f->from > f->before_on ? f->from : f->before_on;

	if (f->unit_id != NULL)
		return q_open_newer_unit(p->db, p->a, *f->unit_id, from, f->to, f->before_on, f->before_id, f->type, f->result,
			f->topic_top, f->topic_id, f->place_id, n, (void *)ret, ret_n);
	if (f->topic_top != NULL)
		return q_open_newer_topic(p->db, p->a, *f->topic_top, from, f->to, f->before_on, f->before_id, f->type,
			f->result, f->topic_id, f->place_id, n, (void *)ret, ret_n);
	if (f->place_id != NULL)
		return q_open_newer_place(p->db, p->a, *f->place_id, from, f->to, f->before_on, f->before_id, f->type,
			f->result, n, (void *)ret, ret_n);
	return q_open_newer(p->db, p->a, from, f->to, f->before_on, f->before_id, f->type, f->result, n, (void *)ret,
		ret_n);
}

_Static_assert(sizeof(struct q_open_older) == sizeof(struct q_open_older_unit)
	&& sizeof(struct q_open_older) == sizeof(struct q_open_older_topic)
	&& sizeof(struct q_open_older) == sizeof(struct q_open_older_place)
	&& sizeof(struct q_open_older) == sizeof(struct q_open_newer)
	&& sizeof(struct q_open_older) == sizeof(struct q_open_newer_unit)
	&& sizeof(struct q_open_older) == sizeof(struct q_open_newer_topic)
	&& sizeof(struct q_open_older) == sizeof(struct q_open_newer_place), "ids and days in all of them");

/* rows: n of a page in the order of the listing, and whether there are more on either side of it. */
static void page_of(struct page *p, const struct q_open_older *rows, size_t n, bool older, bool newer,
	struct open_found *ret)
{
	ret->n = n;
	ret->ids = arena_array(p->a, n + 1, sizeof(*ret->ids));
	for (size_t i = 0; i < n; i++)
		ret->ids[i] = rows[i].id;
	if (older && n > 0)
		ret->older = open_cursor(p->a, rows[n - 1].replied_on, rows[n - 1].id);
	if (newer && n > 0)
		ret->newer = open_cursor(p->a, rows[0].replied_on, rows[0].id);
}

static void turn_round(struct q_open_older *rows, size_t n)
{
	for (size_t i = 0; i < n / 2; i++) {
		struct q_open_older one = rows[i];

		rows[i] = rows[n - 1 - i];
		rows[n - 1 - i] = one;
	}
}

static int find_listed(struct page *p, const struct open_filter *f, size_t n, struct open_found *ret)
{
	struct q_open_older *rows = NULL;
	size_t got = 0;
	int rc = f->newer ? walk_newer(p, f, (int64_t)n + 1, &rows, &got) : walk_older(p, f, (int64_t)n + 1, &rows, &got);
	bool more = got > n;

	if (rc != 0)
		return rc;
	got = more ? n : got;
	if (f->newer)
		turn_round(rows, got);
	page_of(p, rows, got, f->newer || more, f->newer ? more : !f->first, ret);
	return 0;
}

struct search_ask open_ask(struct page *p, const struct open_filter *f)
{
	struct search_ask ask = { .type = f->type, .unit_id = f->unit_id, .topic_top = f->topic_top,
		.topic_id = f->topic_id, .place_id = f->place_id, .result = f->result, .from_on = f->from, .to_on = f->to,
		.order = f->by_match ? SEARCH_BY_RELEVANCE : SEARCH_BY_DATE, .before_on = f->before_on,
		.before_id = f->before_id, .skip = (size_t)f->skip, .at_once = (int)conf.search_at_once };

	search_words(p->a, f->q, &ask.words);
	return ask;
}

/* The best matches first: one page, and where the next begins. */
static int find_matches(struct page *p, const struct open_filter *f, const struct search_ask *ask, size_t n,
	struct open_found *ret)
{
	struct search_found hits;
	int rc = search_page(p->db, p->a, ask, n, f->counted, &hits);

	if (rc != 0)
		return rc;
	for (size_t i = 0; i < hits.n; i++)
		ret->ids[ret->n++] = hits.hits[i].id;
	ret->count = hits.count;
	ret->slow = hits.slow;
	ret->whole = hits.whole;
	ret->down_on = DAY_NONE;
	ret->next_skip = hits.more ? f->skip + (int)n : 0;
	return 0;
}

/* A search may stop before a page is full, to answer in time; it is asked again, for a while. */
static int find_dated(struct page *p, const struct open_filter *f, struct search_ask *ask, size_t n,
	struct open_found *ret)
{
	int64_t until = clock_mono_ms() + SEARCH_MS;
	struct search_found hits;

	do {
		int rc = search_page(p->db, p->a, ask, n - ret->n, f->counted && ret->count < 0, &hits);

		if (rc != 0)
			return rc;
		for (size_t k = 0; k < hits.n; k++)
			ret->ids[ret->n++] = hits.hits[k].id;
		ret->count = hits.count > ret->count ? hits.count : ret->count;
		ask->before_on = hits.next_on;
		ask->before_id = hits.next_id;
	} while (hits.more && ret->n < n && clock_mono_ms() < until);
	ret->slow = hits.more && ret->n < n;
	ret->whole = hits.whole;
	ret->down_on = ask->before_on;
	if (hits.more)
		ret->older = open_cursor(p->a, ask->before_on, ask->before_id > 0 ? ask->before_id : 1);
	return 0;
}

static int find_words(struct page *p, const struct open_filter *f, size_t n, struct open_found *ret)
{
	struct search_ask ask = open_ask(p, f);

	if (ask.words.n == 0)
		return find_listed(p, f, n, ret);
	ret->ids = arena_array(p->a, n + 1, sizeof(*ret->ids));
	return f->by_match ? find_matches(p, f, &ask, n, ret) : find_dated(p, f, &ask, n, ret);
}

int open_find(struct page *p, const struct open_filter *f, size_t n, struct open_found *ret)
{
	*ret = (struct open_found){ .count = -1 };
	return f->q[0] != '\0' ? find_words(p, f, n, ret) : find_listed(p, f, n, ret);
}

/* --- their rows --- */

/* "[12,9]" */
static const char *ids_json(struct arena *a, const struct open_found *found)
{
	struct str o;

	str_init(&o, a, found->n * 21 + 3);
	for (size_t i = 0; i < found->n; i++)
		str_addf(&o, "%c%lld", i == 0 ? '[' : ',', (long long)found->ids[i]);
	str_add(&o, "]");
	return o.s;
}

int open_rows_of(struct page *p, const struct open_found *found, struct q_pub_page **ret, size_t *ret_n)
{
	*ret = NULL;
	*ret_n = 0;
	return found->n == 0 ? 0 : q_pub_page(p->db, p->a, ids_json(p->a, found), ret, ret_n);
}

int open_rows(struct page *p, const struct open_filter *f, int n, struct q_pub_page **ret, size_t *ret_n)
{
	struct open_found found;
	int rc = open_find(p, f, (size_t)n, &found);

	return rc != 0 ? rc : open_rows_of(p, &found, ret, ret_n);
}

int open_full_of(struct page *p, const struct open_found *found, struct q_pub_full_page **ret, size_t *ret_n)
{
	*ret = NULL;
	*ret_n = 0;
	return found->n == 0 ? 0 : q_pub_full_page(p->db, p->a, ids_json(p->a, found), ret, ret_n);
}

int open_full_rows(struct page *p, const struct open_filter *f, int n, struct open_found *ret_found,
	struct q_pub_full_page **ret, size_t *ret_n)
{
	int rc = open_find(p, f, (size_t)n, ret_found);

	return rc != 0 ? rc : open_full_of(p, ret_found, ret, ret_n);
}

/* --- how many --- */

/* Counted in the index, up to one more than is said. */
static int count_listed(struct page *p, const struct open_filter *f, int64_t *ret)
{
	struct q_open_many cell = { 0 };
	int rc;

	_Static_assert(sizeof(cell) == sizeof(struct q_open_many_unit) && sizeof(cell) == sizeof(struct q_open_many_topic)
		&& sizeof(cell) == sizeof(struct q_open_many_place), "one number in all of them");
	if (f->unit_id != NULL)
		rc = q_open_many_unit(p->db, p->a, *f->unit_id, f->from, f->to, f->type, f->result, f->topic_top, f->topic_id,
			f->place_id, OPEN_COUNT_MAX + 1, (void *)&cell);
	else if (f->topic_top != NULL)
		rc = q_open_many_topic(p->db, p->a, *f->topic_top, f->from, f->to, f->type, f->result, f->topic_id, f->place_id,
			OPEN_COUNT_MAX + 1, (void *)&cell);
	else if (f->place_id != NULL)
		rc = q_open_many_place(p->db, p->a, *f->place_id, f->from, f->to, f->type, f->result, OPEN_COUNT_MAX + 1,
			(void *)&cell);
	else
		rc = q_open_many(p->db, p->a, f->from, f->to, f->type, f->result, OPEN_COUNT_MAX + 1, &cell);
	*ret = cell.n;
	return rc;
}

int open_count(struct page *p, const struct open_filter *f, int64_t *ret, bool *ret_more)
{
	int lens = open_lens(f), period = f->month != 0 ? f->year * 100 + f->month : f->year;
	struct q_pub_count cell;
	int rc;

	*ret = -1;
	*ret_more = false;
	if (f->q[0] != '\0')
		return 0;
	if (lens >= 0 && open_lens_counted(f, lens)) {
		rc = q_pub_count(p->db, p->a, lens, f->unit_id != NULL ? *f->unit_id : 0,
			f->topic_id != NULL ? *f->topic_id : f->topic_top != NULL ? *f->topic_top : 0,
			f->place_id != NULL ? *f->place_id : 0, period, f->type != NULL ? f->type : "",
			f->result != NULL ? f->result : "", &cell);
		*ret = cell.n;
		return rc;
	}
	rc = count_listed(p, f, ret);
	*ret_more = *ret > OPEN_COUNT_MAX;
	*ret = *ret_more ? OPEN_COUNT_MAX : *ret;
	return rc;
}

/* --- not made again --- */

int open_unchanged(struct page *p, bool *ret)
{
	return open_unchanged_since(p, "", ret);
}

int open_unchanged_since(struct page *p, const char *more, bool *ret)
{
	const char *parts[] = { p->req->target, conf.public_url, conf.site_name, conf.site_host_unit, p->frame->version,
		more };
	unsigned char hash[TAG_BYTES];
	char text[2 * TAG_BYTES + 1];
	crypto_generichash_state h;
	struct q_pub_version now;
	int rc = q_pub_version(p->db, p->a, &now);

	*ret = false;
	if (rc != 0)
		return rc;
	crypto_generichash_init(&h, NULL, 0, TAG_BYTES);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		crypto_generichash_update(&h, (const unsigned char *)parts[i], strlen(parts[i]) + 1);
	crypto_generichash_final(&h, hash, TAG_BYTES);
	sodium_bin2hex(text, sizeof(text), hash, sizeof(hash));
	*ret = reply_tagged(p->reply, arena_printf(p->a, "W/\"%lld-%s\"", (long long)now.n, text), p->req->if_none_match);
	return 0;
}
