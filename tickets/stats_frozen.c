/* stats_frozen - see stats_frozen.h. */
#include "stats_frozen.h"

#include <jansson.h>
#include <sodium.h>
#include <string.h>

#include "clock.h"
#include "queries.h"
#include "stats_print.h"

#define CHANGES_MAX 2000
#define AGAIN_S 60

int stats_freeze(struct db *db, struct arena *a, const char *name, int32_t from, int32_t to, int64_t officer_id,
                 int64_t *ret_id)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	int64_t now = clock_now();
	struct stats s;
	struct str o;
	int r;

	if (from == DAY_NONE || to == DAY_NONE || from > to || to >= clock_day(now))
		return err_say(ERR_INVALID, "只能固定已经过完的时间，请把结束日期选在今天以前");
	r = stats_load(db, a, from, to, 0, &s);
	if (r < 0)
		return r;
	str_init(&o, a, STATS_FROZEN_BYTES);
	stats_json(&o, &s, now);
	if (o.over)
		return err_set(ERR_TOOBIG, "figures of a period are longer than %zu bytes", STATS_FROZEN_BYTES);
	crypto_hash_sha256(hash, (const unsigned char *)o.s, o.len);
	return q_frozen_add(db, name, from, to, o.s, (struct db_blob){ hash, sizeof hash }, officer_id, now, ret_id);
}

struct freezing {
	struct arena *a;
	const char *name;
	int32_t from, to;
	int64_t officer_id, id;
};

static int freeze(struct db *db, void *arg)
{
	struct freezing *w = arg;
	struct q_frozen_turn turn;
	struct q_frozen_again row;
	int r = q_frozen_turn(db, w->a, w->officer_id, &turn);

	if (r < 0)
		return r;
	r = q_frozen_again(db, w->a, w->from, w->to, w->name, w->officer_id, clock_now() - AGAIN_S, &row);
	if (r == ERR_NOTFOUND) {
		err_clear();
		return stats_freeze(db, w->a, w->name, w->from, w->to, w->officer_id, &w->id);
	}
	if (r == 0)
		w->id = row.id;
	return r;
}

int stats_freeze_once(struct db *db, struct arena *a, const char *name, int32_t from, int32_t to, int64_t officer_id,
                      int64_t *ret_id)
{
	struct freezing w = { a, name, from, to, officer_id, 0 };
	int r = db_tx(db, freeze, &w);

	*ret_id = w.id;
	return r;
}

int stats_frozen_sign(struct db *db, int64_t id, int64_t officer_id, const char *note)
{
	int64_t n = 0;
	int r = q_frozen_sign(db, officer_id, clock_now(), note, id, &n);

	return r == 0 && n != 1 ? err_set(ERR_STATE, "signed already") : r;
}

bool stats_frozen_intact(const struct q_frozen_get *f)
{
	unsigned char hash[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(hash, (const unsigned char *)f->figures, strlen(f->figures));
	return f->sha256.n == sizeof hash && memcmp(f->sha256.p, hash, sizeof hash) == 0;
}

/* --- what was frozen --- */

static const char *text_of(struct arena *a, const json_t *v)
{
	return json_is_integer(v) ? arena_printf(a, "%lld", (long long)json_integer_value(v))
	       : json_is_string(v) ? arena_strdup(a, json_string_value(v)) : "";
}

/* As on the other pages: a share with its sign. */
static const char *figure_text(struct arena *a, const char *code, const json_t *v)
{
	const char *text = text_of(a, v);

	for (int r = 0; r < STATS_RATE__MAX; r++) {
		if (*text && strcmp(stats_rate_code((enum stats_rate)r), code) == 0)
			return arena_printf(a, "%s%%", text);
	}
	return text;
}

int stats_frozen_total(struct arena *a, const struct q_frozen_get *f, struct stats_fixed **ret, size_t *ret_n)
{
	json_t *root = json_loads(f->figures, 0, NULL), *definitions, *total, *definition;
	struct stats_fixed *list;
	const char *code;
	size_t n = 0;

	if (!root)
		return err_set(ERR_BUG, "frozen figures %lld are not JSON", (long long)f->id);
	definitions = json_object_get(root, "definitions");
	total = json_object_get(root, "total");
	list = arena_array(a, json_object_size(definitions) + 1, sizeof *list);
	json_object_foreach(definitions, code, definition)
		list[n++] = (struct stats_fixed){ text_of(a, json_object_get(definition, "name")),
			figure_text(a, code, json_object_get(total, code)), text_of(a, json_object_get(definition, "definition")) };
	json_decref(root);
	*ret = list;
	*ret_n = n;
	return 0;
}

/* --- comparing --- */

struct comparing {
	struct arena *a;
	struct stats_change *changes;
	size_t n;
	json_t *definitions;
};

/* Each figure that has a definition. One that the older text does not know was defined later: no change. */
static void compare_line(struct comparing *w, const char *where, json_t *was, json_t *is)
{
	const char *code;
	json_t *definition, *old;

	json_object_foreach(w->definitions, code, definition) {
		const char *before, *now;

		old = was ? json_object_get(was, code) : NULL;
		if (was && !old)
			continue;
		before = text_of(w->a, old);
		now = text_of(w->a, is ? json_object_get(is, code) : NULL);
		if (strcmp(before, now) == 0 || ((!was || !is) && (strcmp(before, "0") == 0 || strcmp(now, "0") == 0)))
			continue;
		if (w->n < CHANGES_MAX)
			w->changes[w->n++] = (struct stats_change){ where,
				text_of(w->a, json_object_get(definition, "name")), before, now };
	}
}

static json_t *same_key(json_t *lines, json_t *line, const char *key)
{
	json_t *other;
	size_t i;

	json_array_foreach(lines, i, other) {
		if (json_equal(json_object_get(line, key), json_object_get(other, key)))
			return other;
	}
	return NULL;
}

static const char *name_of(struct comparing *w, json_t *line, const char *key)
{
	const char *name = text_of(w->a, json_object_get(line, strcmp(key, "year") == 0 ? "year" : "name"));

	return strcmp(key, "year") == 0 ? arena_printf(w->a, "%s年", name) : name;
}

static void compare_list(struct comparing *w, const char *list, const char *key, json_t *was, json_t *is)
{
	json_t *before = json_object_get(was, list), *now = json_object_get(is, list), *line;
	size_t i;

	json_array_foreach(before, i, line)
		compare_line(w, name_of(w, line, key), line, same_key(now, line, key));
	json_array_foreach(now, i, line) {
		if (before && !same_key(before, line, key))
			compare_line(w, name_of(w, line, key), NULL, line);
	}
}

int stats_frozen_compare(struct db *db, struct arena *a, const struct q_frozen_get *f, struct stats_change **ret,
                         size_t *ret_n)
{
	struct comparing w = { .a = a, .changes = arena_array(a, CHANGES_MAX, sizeof *w.changes) };
	json_t *was, *is;
	struct stats s;
	struct str o;
	int r = stats_load(db, a, f->from_on, f->to_on, 0, &s);

	if (r < 0)
		return r;
	str_init(&o, a, STATS_FROZEN_BYTES);
	stats_json(&o, &s, clock_now());
	was = json_loads(f->figures, 0, NULL);
	is = json_loads(o.s, 0, NULL);
	must(is);
	w.definitions = json_object_get(is, "definitions");
	if (was) {
		compare_line(&w, "合计", json_object_get(was, "total"), json_object_get(is, "total"));
		compare_list(&w, "years", "year", was, is);
		compare_list(&w, "types", "type", was, is);
		compare_list(&w, "topics", "topic", was, is);
		compare_list(&w, "units", "id", was, is);
	}
	json_decref(is);
	json_decref(was);
	if (!was)
		return err_set(ERR_BUG, "frozen figures %lld are not JSON", (long long)f->id);
	*ret = w.changes;
	*ret_n = w.n;
	return 0;
}
