/* edition - see edition.h. */
#include "edition.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "str.h"

/* How much around a hidden place says where it was; what is longer than GONE_MAX was not one place. In bytes. */
#define ANCHOR 36
#define ANCHOR_LEAST 6
#define GONE_MAX 600
#define HIDDEN_LEN (sizeof REDACT_HIDDEN - 1)

const char *edition_field_code(enum edition_field f)
{
	static const char *const codes[] = { "title", "body", "reply" };

	return codes[f];
}

enum redact_voice edition_voice(enum edition_field f)
{
	return f == EDITION_REPLY ? REDACT_OFFICE : REDACT_CITIZEN;
}

/* --- keys: what and where, and what is there, so that a text that has moved is known again --- */

static uint32_t hash_of(const char *s, size_t n)
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)s[i]) * 16777619u;
	return h;
}

static const char *key_of(struct arena *a, const char *verb, enum edition_field f, size_t from, const char *piece,
	size_t len)
{
	return arena_printf(a, "%s:%s:%zu:%zu:%u", verb, edition_field_code(f), from, len, hash_of(piece, len));
}

struct key { bool hide; enum edition_field field; size_t from, len; uint32_t hash; };

static bool read_numbers(char *const *parts, struct key *ret)
{
	long long from, len, hash;

	if (str_to_int(parts[0], 0, INT32_MAX, &from) != 0 || str_to_int(parts[1], 1, GONE_MAX, &len) != 0
			|| str_to_int(parts[2], 0, UINT32_MAX, &hash) != 0)
		return false;
	ret->from = (size_t)from;
	ret->len = (size_t)len;
	ret->hash = (uint32_t)hash;
	return true;
}

static bool read_key(struct arena *a, const char *s, struct key *ret)
{
	size_t n;
	char **parts = str_split(a, arena_strdup(a, s), ':', &n);

	if (n != 5 || !(str_eq(parts[0], "hide") || str_eq(parts[0], "show")) || !read_numbers(parts + 2, ret))
		return false;
	ret->hide = str_eq(parts[0], "hide");
	for (int f = 0; f < EDITION__FIELDS; f++) {
		if (str_eq(parts[1], edition_field_code((enum edition_field)f))) {
			ret->field = (enum edition_field)f;
			return true;
		}
	}
	return false;
}

/* --- where the hidden places of a text were in its original --- */

struct gap { size_t at, from, to; };    /* in the text; in the original: from < to, or it cannot be told */

/* The first part of s[0..n), at most ANCHOR bytes, whole characters; the last part with from_end. */
static size_t anchor(const char *s, size_t n, bool from_end)
{
	size_t len = n < ANCHOR ? n : ANCHOR;

	while (len < n && ((unsigned char)s[from_end ? n - len : len] & 0xc0) == 0x80)
		len--;
	return len;
}

/* The longest piece at the end (from_end) or beginning of s[0..n) that stands in hay: where. *ret_len: its length. */
static const char *find(const char *hay, const char *s, size_t n, bool from_end, size_t *ret_len)
{
	size_t len = anchor(s, n, from_end), least = n < ANCHOR_LEAST ? n : ANCHOR_LEAST;
	const char *p = NULL;

	while (len >= least && len > 0 && (p = memmem(hay, strlen(hay), from_end ? s + n - len : s, len)) == NULL) {
		do
			len--;
		while (len > 0 && ((unsigned char)s[from_end ? n - len : len] & 0xc0) == 0x80);
	}
	*ret_len = len;
	return p;
}

/* Where in the original what follows the text before a gap begins; -1: not known. */
static ptrdiff_t gap_begin(const char *original, size_t pos, const char *before, size_t n, bool first)
{
	const char *p;
	size_t len;

	if (n == 0)
		return first ? 0 : -1;
	if (strncmp(original + pos, before, n) == 0)
		return (ptrdiff_t)(pos + n);
	p = find(original + pos, before, n, true, &len);
	return p != NULL ? p - original + (ptrdiff_t)len : -1;
}

static ptrdiff_t gap_end(const char *original, size_t from, const char *after, size_t n, bool last)
{
	const char *p;
	size_t len;

	if (n == 0)
		return last ? (ptrdiff_t)strlen(original) : -1;
	p = original[from] != '\0' ? find(original + from + 1, after, n, false, &len) : NULL;
	return p != NULL ? p - original : -1;
}

/* Several hidden places without anything between them: they were those spans that fill the gap they leave together. */
static void divide(struct gap *gaps, size_t n, size_t from, size_t to, const struct redact_span *spans, size_t spans_n)
{
	size_t first = 0, at = from;

	while (first < spans_n && spans[first].from < from)
		first++;
	for (size_t i = 0; i < n; i++) {
		if (first + i >= spans_n || spans[first + i].from != at)
			return;
		at = spans[first + i].to;
	}
	for (size_t i = 0; at == to && i < n; i++) {
		gaps[i].from = spans[first + i].from;
		gaps[i].to = spans[first + i].to;
	}
}

/* How many stand at s, one behind the other. */
static size_t in_a_row(const char *s)
{
	size_t n = 0;

	while (strncmp(s + n * HIDDEN_LEN, REDACT_HIDDEN, HIDDEN_LEN) == 0)
		n++;
	return n;
}

/* spans: what is found in the original. */
static size_t gaps_of(struct arena *a, const struct edition_text *t, const struct redact_span *spans, size_t spans_n,
	struct gap **ret)
{
	const char *text = t->text, *original = t->original;
	struct gap *list = arena_array(a, strlen(text) / HIDDEN_LEN + 1, sizeof *list);
	size_t n = 0, pos = 0, begin = 0, row;

	for (const char *s = text; (s = strstr(s, REDACT_HIDDEN)) != NULL; s += row * HIDDEN_LEN, n += row) {
		const char *after, *next;
		ptrdiff_t from = gap_begin(original, pos, text + begin, (size_t)(s - text) - begin, n == 0), to;

		row = in_a_row(s);
		after = s + row * HIDDEN_LEN;
		next = strstr(after, REDACT_HIDDEN);
		to = from < 0 ? -1 : gap_end(original, (size_t)from, after,
			next != NULL ? (size_t)(next - after) : strlen(after), next == NULL);
		for (size_t i = 0; i < row; i++)
			list[n + i] = (struct gap){ .at = (size_t)(s - text) + i * HIDDEN_LEN };
		begin = (size_t)(after - text);
		if (from < 0 || to <= from || to - from > GONE_MAX)
			continue;
		pos = (size_t)to;
		if (row == 1) {
			list[n].from = (size_t)from;
			list[n].to = pos;
		} else {
			divide(list + n, row, (size_t)from, pos, spans, spans_n);
		}
	}
	*ret = list;
	return n;
}

/* --- pieces --- */

static size_t look(struct arena *a, enum edition_field f, const char *text, const struct redact_span *own, size_t own_n,
	struct redact_span **ret)
{
	struct redact_span *found;
	size_t n = redact_public(a, text, edition_voice(f), &found);

	/* What is the writer's own comes first: the rule that knows more says why. */
	return redact_merge(a, own, own_n, found, n, ret);
}

static struct edition_piece *add(struct edition_pieces *p, enum edition_what what, const char *text)
{
	struct edition_piece *one = &p->list[p->n++];

	*one = (struct edition_piece){ what, text, "", "", "" };
	return one;
}

static void add_plain(struct arena *a, struct edition_pieces *p, const char *text, size_t from, size_t to)
{
	if (from < to)
		add(p, EDITION_PLAIN, arena_strndup(a, text + from, to - from));
}

static void add_span(struct arena *a, struct edition_pieces *p, const char *text, const struct redact_span *s,
	const char *key)
{
	struct edition_piece *one = add(p, s->hint ? EDITION_HINT : EDITION_SHOWN,
		arena_strndup(a, text + s->from, s->to - s->from));

	one->kind = redact_name(s->kind);
	one->why = s->why;
	one->key = key;
}

/* What the rules say about what was hidden here. */
static void explain(struct edition_piece *one, const struct gap *g, const struct redact_span *spans, size_t n)
{
	one->kind = "人工隐去";
	one->why = "不是按规则找到的";
	for (size_t i = 0; i < n; i++) {
		if (spans[i].from < g->to && g->from < spans[i].to) {
			one->kind = redact_name(spans[i].kind);
			one->why = spans[i].why;
			return;
		}
	}
}

struct looking {
	struct arena *a;
	enum edition_field f;
	const struct edition_text *t;
	struct redact_span *spans, *before;  /* of the text; of its original */
	size_t spans_n, before_n;
	struct gap *gaps;
	size_t gaps_n;
};

static struct looking begin(struct arena *a, enum edition_field f, const struct edition_text *t)
{
	struct looking w = { .a = a, .f = f, .t = t };

	w.spans_n = look(a, f, t->text, t->text_own, t->text_own_n, &w.spans);
	w.before_n = look(a, f, t->original, t->original_own, t->original_own_n, &w.before);
	w.gaps_n = gaps_of(a, t, w.before, w.before_n, &w.gaps);
	return w;
}

static void add_gap(const struct looking *w, struct edition_pieces *p, const struct gap *g)
{
	const char *was = w->t->original + g->from;
	struct edition_piece *one = add(p, EDITION_HIDDEN, NULL);

	if (g->to == g->from) {
		one->kind = "人工隐去";
		one->why = "找不到它在原文里的位置，要恢复请直接改文字";
		return;
	}
	one->text = arena_strndup(w->a, was, g->to - g->from);
	explain(one, g, w->before, w->before_n);
	one->key = key_of(w->a, "show", w->f, g->at, was, g->to - g->from);
}

struct edition_pieces edition_pieces(struct arena *a, enum edition_field f, const struct edition_text *t)
{
	struct looking w = begin(a, f, t);
	struct edition_pieces p = { arena_array(a, 2 * (w.spans_n + w.gaps_n) + 2, sizeof *p.list), 0 };
	size_t at = 0, i = 0, g = 0;

	while (i < w.spans_n || g < w.gaps_n) {
		if (g == w.gaps_n || (i < w.spans_n && w.spans[i].from < w.gaps[g].at)) {
			const struct redact_span *s = &w.spans[i++];

			add_plain(a, &p, t->text, at, s->from);
			add_span(a, &p, t->text, s, key_of(a, "hide", f, s->from, t->text + s->from, s->to - s->from));
			at = s->to;
			continue;
		}
		add_plain(a, &p, t->text, at, w.gaps[g].at);
		at = w.gaps[g].at + HIDDEN_LEN;
		add_gap(&w, &p, &w.gaps[g++]);
	}
	add_plain(a, &p, t->text, at, strlen(t->text));
	return p;
}

struct edition_pieces edition_original(struct arena *a, enum edition_field f, const struct edition_text *t)
{
	struct redact_span *spans;
	size_t n = look(a, f, t->original, t->original_own, t->original_own_n, &spans), at = 0;
	struct edition_pieces p = { arena_array(a, 2 * n + 2, sizeof *p.list), 0 };

	for (size_t i = 0; i < n; i++) {
		add_plain(a, &p, t->original, at, spans[i].from);
		add_span(a, &p, t->original, &spans[i], "");
		at = spans[i].to;
	}
	add_plain(a, &p, t->original, at, strlen(t->original));
	return p;
}

/* --- turning --- */

static const char *replaced(struct arena *a, const char *text, size_t from, size_t len, const char *by)
{
	return arena_printf(a, "%.*s%s%s", (int)from, text, by, text + from + len);
}

static size_t distance(size_t x, size_t y)
{
	return x > y ? x - y : y - x;
}

static bool is_border(const char *s)
{
	return ((unsigned char)*s & 0xc0) != 0x80;
}

/* Where the piece of the key stands, nearest to where it stood; -1: nowhere. */
static ptrdiff_t place_of(const char *text, const struct key *k)
{
	size_t len = strlen(text);
	ptrdiff_t best = -1;

	for (size_t i = 0; i + k->len <= len; i++) {
		if (!is_border(text + i) || !is_border(text + i + k->len) || hash_of(text + i, k->len) != k->hash)
			continue;
		if (best < 0 || distance(i, k->from) < distance((size_t)best, k->from))
			best = (ptrdiff_t)i;
	}
	return best;
}

static const char *show_again(struct arena *a, const struct edition_text *t, const struct key *k)
{
	struct looking w = begin(a, k->field, t);
	struct gap *gaps = w.gaps, *best = NULL;
	size_t n = w.gaps_n;

	for (size_t i = 0; i < n; i++) {
		if (gaps[i].to - gaps[i].from != k->len || hash_of(t->original + gaps[i].from, k->len) != k->hash)
			continue;
		if (best == NULL || distance(gaps[i].at, k->from) < distance(best->at, k->from))
			best = &gaps[i];
	}
	return best == NULL ? NULL : replaced(a, t->text, best->at, HIDDEN_LEN,
		arena_strndup(a, t->original + best->from, k->len));
}

bool edition_turn(struct arena *a, const struct edition_text *texts, const char *key, enum edition_field *ret_field,
	const char **ret_text)
{
	const struct edition_text *t;
	struct key k;
	ptrdiff_t at;

	if (!read_key(a, key, &k))
		return false;
	t = &texts[k.field];
	*ret_field = k.field;
	if (!k.hide)
		return (*ret_text = show_again(a, t, &k)) != NULL;
	at = place_of(t->text, &k);
	if (at >= 0)
		*ret_text = replaced(a, t->text, (size_t)at, k.len, REDACT_HIDDEN);
	return at >= 0;
}

const char *edition_hide_all(struct arena *a, enum edition_field f, const struct edition_text *t)
{
	struct redact_span *spans;
	size_t n = look(a, f, t->text, t->text_own, t->text_own_n, &spans), kept = 0;

	for (size_t i = 0; i < n; i++) {
		if (!spans[i].hint)
			spans[kept++] = spans[i];
	}
	return redact_apply(a, t->text, spans, kept);
}

/* --- the writer, in a text that the vault has not seen --- */

static int by_place(const void *x, const void *y)
{
	const struct redact_span *p = x, *q = y;

	return p->from < q->from ? -1 : p->from > q->from;
}

static size_t places_of(const char *text, const char *piece, size_t len, const struct redact_span *as,
	struct redact_span *list, size_t room)
{
	size_t n = 0;

	for (const char *s = text; n < room && (s = memmem(s, strlen(s), piece, len)) != NULL; s += len) {
		list[n] = *as;
		list[n].from = (size_t)(s - text);
		list[n++].to = (size_t)(s - text) + len;
	}
	return n;
}

#define OWN_MAX ((size_t)200)

size_t edition_own_again(struct arena *a, const char *text, const char *const *seen,
	const struct redact_span *const *own, const size_t *own_n, size_t n, struct redact_span **ret)
{
	struct redact_span *list = arena_array(a, OWN_MAX, sizeof *list), *merged;
	size_t found = 0;

	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < own_n[i]; k++)
			found += places_of(text, seen[i] + own[i][k].from, own[i][k].to - own[i][k].from, &own[i][k], list + found,
				OWN_MAX - found);
	}
	qsort(list, found, sizeof *list, by_place);
	/* The same place was found by several of them. */
	found = redact_merge(a, NULL, 0, list, found, &merged);
	*ret = merged;
	return found;
}
