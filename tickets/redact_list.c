/* redact_list - see redact_text.h: does a word of a list stand here? Asked at nearly every character, answered at once
 * for nearly all: no word of the list begins, or ends, with that one. */
#include <stdlib.h>
#include <string.h>

#include "redact_text.h"

static uint32_t lower(uint32_t c)
{
	return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

static void set(uint64_t bits[4], uint32_t c)
{
	bits[c >> 6 & 3] |= (uint64_t)1 << (c & 63);
}

static bool is_set(const uint64_t bits[4], uint32_t c)
{
	return bits[c >> 6 & 3] >> (c & 63) & 1;
}

/* As same() compares: the character, or its half width. */
static bool may_be(const uint64_t bits[4], const struct cell *c)
{
	return is_set(bits, c->cp) || (c->f != WIDE && is_set(bits, lower(c->f)));
}

/* One word of a list, in the chains of those that begin, and that end, alike. 0 ends a chain. */
struct entry { const char *word; uint16_t cells, same_first, same_last; };

/* All words of all lists; they are part of the program, so the test that uses each list knows that they fit. */
#define ENTRIES_MAX 4096
static struct entry entries[ENTRIES_MAX];
static size_t entries_n = 1;

static size_t bucket(uint32_t c)
{
	return c % REDACT_BUCKETS;
}

static void add_word(struct redact_words *words, const char *word, uint32_t first, uint32_t last, size_t cells)
{
	struct entry *e = &entries[entries_n];

	if (entries_n == ENTRIES_MAX)
		abort();
	*e = (struct entry){ word, (uint16_t)cells, words->firsts[bucket(first)], words->lasts[bucket(last)] };
	words->firsts[bucket(first)] = words->lasts[bucket(last)] = (uint16_t)entries_n++;
	set(words->first, first);
	set(words->last, last);
}

static void make_ready(struct redact_words *words)
{
	for (const char *w = words->list; *w != '\0';) {
		const unsigned char *s = (const unsigned char *)w;
		uint32_t first = redact_decode(&s), last = first;
		size_t cells = 1;

		for (; *s != ' ' && *s != '\0'; cells++)
			last = redact_decode(&s);
		add_word(words, w, first, last, cells);
		w = (const char *)s + (*s == ' ');
	}
	words->ready = true;
}

static bool same(const struct cell *c, uint32_t cp)
{
	if (cp >= 0x80)
		return c->cp == cp;
	return c->f == cp || (cp >= 'a' && cp <= 'z' && c->f + 32u == cp);
}

size_t redact_word(const struct cells *t, size_t i, const char *word)
{
	const unsigned char *s = (const unsigned char *)word;
	size_t n = 0;

	while (*s != '\0' && *s != ' ') {
		if (i + n >= t->n || !same(&t->c[i + n], redact_decode(&s)))
			return 0;
		n++;
	}
	return n;
}

static size_t longest_of(const struct cells *t, size_t i, uint16_t chain)
{
	size_t best = 0;

	for (; chain != 0; chain = entries[chain].same_first) {
		if (entries[chain].cells > best && redact_word(t, i, entries[chain].word) > 0)
			best = entries[chain].cells;
	}
	return best;
}

size_t redact_longest(const struct cells *t, size_t i, struct redact_words *words)
{
	const struct cell *c = &t->c[i];
	size_t best, narrow;

	if (!words->ready)
		make_ready(words);
	if (i >= t->n || !may_be(words->first, c))
		return 0;
	best = longest_of(t, i, words->firsts[bucket(c->cp)]);
	narrow = c->f == WIDE || lower(c->f) == c->cp ? 0 : longest_of(t, i, words->firsts[bucket(lower(c->f))]);
	return narrow > best ? narrow : best;
}

/* What may stand between a label and its number. */
static bool is_between(const struct cell *c)
{
	static const char ascii[] = " :;,.-_=#(<[\"'";

	if (c->f < 0x80)
		return strchr(ascii, c->f) != NULL;
	switch (c->cp) {
	case 0x53f7: case 0x7801: case 0x4e3a: case 0x662f: case 0x540d: case 0x53ca: case 0x3001: case 0x3002: case 0x201c:
	case 0x300a: case 0x3010: case 0x300c: case 0x7b2c: /* 号码为是名及、。“《【「第 */
		return true;
	default:
		return false;
	}
}

static bool ends_with(const struct cells *t, size_t end, uint16_t chain)
{
	for (; chain != 0; chain = entries[chain].same_last) {
		size_t n = entries[chain].cells;

		if (n <= end && redact_word(t, end - n, entries[chain].word) == n)
			return true;
	}
	return false;
}

static bool ends_at(const struct cells *t, size_t end, const struct redact_words *words)
{
	const struct cell *c = &t->c[end - (end > 0)];

	if (end == 0 || !may_be(words->last, c))
		return false;
	return ends_with(t, end, words->lasts[bucket(c->cp)])
		|| (c->f != WIDE && ends_with(t, end, words->lasts[bucket(lower(c->f))]));
}

bool redact_label(const struct cells *t, size_t i, size_t within, bool close, struct redact_words *words)
{
	if (!words->ready)
		make_ready(words);
	for (size_t back = 0; back <= within && back <= i; back++) {
		if (ends_at(t, i - back, words))
			return true;
		if (i == back || (close && !is_between(&t->c[i - back - 1])))
			return false;
	}
	return false;
}
