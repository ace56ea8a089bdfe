/* sentences - see sentences.h. */
#include "sentences.h"

#include <stdint.h>
#include <string.h>
#include <unigbrk.h>

static const char *const ends[] = { "。", "！", "？", "；", "…", "!", "?", ";", NULL };
static const char *const closers[] = { "”", "’", "）", "》", "」", "』", "】", "\"", ")", NULL };

/* Bytes of the first of the list with which s begins; 0 for none. */
static size_t begins(const char *s, size_t n, const char *const *list)
{
	for (; *list != NULL; list++) {
		size_t len = strlen(*list);

		if (len <= n && memcmp(s, *list, len) == 0)
			return len;
	}
	return 0;
}

/* Bytes of the sentence at s. */
static size_t sentence(const char *s, size_t n)
{
	size_t i = 0, len;
	bool ended = false;

	while (i < n && s[i] != '\n') {
		len = begins(s + i, n - i, ends);
		if (len == 0 && ended)
			len = begins(s + i, n - i, closers);
		if (len == 0 && ended)
			return i;
		ended = ended || len > 0;
		i += len > 0 ? len : 1;
	}
	while (i < n && s[i] == '\n')
		i++;
	return i;
}

static size_t line(const char *s, size_t n)
{
	const char *end = memchr(s, '\n', n);

	return end != NULL ? (size_t)(end - s) + 1 : n;
}

static struct piece *cut(struct arena *a, const char *s, size_t n, size_t (*length)(const char *s, size_t n),
	size_t *ret_n)
{
	struct piece *list;
	size_t count = 0;

	for (size_t i = 0; i < n; i += length(s + i, n - i))
		count++;
	list = arena_array(a, count + 1, sizeof(*list));
	*ret_n = 0;
	for (size_t i = 0; i < n; i += list[(*ret_n)++].n)
		list[*ret_n] = (struct piece){ s + i, length(s + i, n - i) };
	return list;
}

struct piece *sentences_cut(struct arena *a, const char *s, size_t n, size_t *ret_n)
{
	return cut(a, s, n, sentence, ret_n);
}

struct piece *sentences_lines(struct arena *a, const char *s, size_t n, size_t *ret_n)
{
	return cut(a, s, n, line, ret_n);
}

/* All breaks at once: the pairwise u8_grapheme_next() would cut a family emoji in four. */
struct piece *sentences_characters(struct arena *a, const char *s, size_t n, size_t *ret_n)
{
	struct piece *list = arena_array(a, n + 1, sizeof(*list));
	char *breaks = arena_alloc(a, n + 1);

	*ret_n = 0;
	u8_grapheme_breaks((const uint8_t *)s, n, breaks);
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || breaks[i])
			list[(*ret_n)++] = (struct piece){ s + i, 0 };
		list[*ret_n - 1].n++;
	}
	return list;
}

bool sentences_same(struct piece a, struct piece b)
{
	return a.n == b.n && memcmp(a.s, b.s, a.n) == 0;
}
