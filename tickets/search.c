/* search - see search.h: words, places and pieces of text; pure. */
#include "search.h"

#include <string.h>

#include "err.h"
#include "fold.h"
#include "search_inner.h"
#include "str.h"
#include "text.h"

#define MARKS_MAX 400                    /* places of a text that a snippet is chosen among */
#define LEAD 4                           /* a snippet begins a quarter before its first word */

/* --- words --- */

static size_t quote_at(const char *s)
{
	if (*s == '"')
		return 1;
	return str_starts(s, "\xE2\x80\x9C") || str_starts(s, "\xE2\x80\x9D") ? 3 : 0; /* “ ” */
}

/* Bytes up to the next quotation mark, or to the next blank when blanks count. */
static size_t until(const char *s, bool blanks)
{
	size_t n = 0;

	while (s[n] != '\0' && quote_at(s + n) == 0 && !(blanks && s[n] == ' '))
		n++;
	return n;
}

static void add_word(struct arena *a, struct search_words *words, const char *s, size_t n)
{
	const char *word;

	while (n > 0 && *s == ' ') {
		s++;
		n--;
	}
	while (n > 0 && s[n - 1] == ' ')
		n--;
	if (n == 0)
		return;
	word = arena_strndup(a, s, n);
	for (size_t i = 0; i < words->n; i++) {
		if (str_eq(words->w[i], word))
			return;
	}
	words->w[words->n++] = word;
}

void search_words(struct arena *a, const char *q, struct search_words *ret)
{
	const char *s = fold_text(a, q);

	*ret = (struct search_words){ .n = 0 };
	while (*s != '\0' && ret->n < SEARCH_WORDS) {
		size_t quote = quote_at(s), n = ret->n + 1 < SEARCH_WORDS ? until(s + quote, quote == 0) : strlen(s + quote);

		add_word(a, ret, s + quote, n);
		s += quote + n;
		s += quote > 0 ? quote_at(s) : *s == ' ';
	}
}

/* --- what a letter holds --- */

void search_fold(struct arena *a, const char *title, const char *body, const char *reply, struct search_texts *ret)
{
	ret->title = fold_text(a, title);
	ret->words = arena_printf(a, "%s\n%s", fold_text(a, body), fold_text(a, reply));
}

unsigned search_which(const struct search_words *words, const struct search_texts *t)
{
	unsigned which = 0;

	for (size_t i = 0; i < words->n; i++) {
		if (strstr(t->title, words->w[i]) != NULL || strstr(t->words, words->w[i]) != NULL)
			which |= 1u << i;
	}
	return which;
}

bool search_held(const struct search_words *words, const struct search_texts *t)
{
	return search_which(words, t) == (1u << words->n) - 1;
}

bool search_holds(struct arena *a, const struct search_words *words, const char *title, const char *body,
	const char *reply)
{
	struct search_texts t;

	search_fold(a, title, body, reply, &t);
	return search_held(words, &t);
}

static int64_t times(const char *text, const char *word)
{
	int64_t n = 0;

	for (const char *p = text; (p = strstr(p, word)) != NULL; p += strlen(word))
		n++;
	return n;
}

int64_t search_score(const struct search_words *words, const struct search_texts *t)
{
	int64_t score = 0;

	for (size_t i = 0; i < words->n; i++)
		score += SEARCH_TITLE_WEIGHT * times(t->title, words->w[i]) + times(t->words, words->w[i]);
	return score;
}

bool search_single(const char *word)
{
	return word[text_step(word)] == '\0';
}

const char *search_against(struct arena *a, const struct search_words *words, bool ranked)
{
	struct str o;

	str_init(&o, a, 1 << 16);
	str_add(&o, ranked ? "*W1:" SEARCH_TITLE_WEIGHT_TEXT ",2:1D+" : "*D+");
	for (size_t i = 0; i < words->n; i++) {
		str_add(&o, " \"");
		for (const char *s = words->w[i]; *s != '\0'; s++) {
			if (*s == '"' || *s == '\\')
				str_addc(&o, '\\');
			str_addc(&o, *s);
		}
		str_addc(&o, '"');
	}
	return o.s;
}

int64_t search_code(const char *code)
{
	uint32_t n = *code != '\0' ? 0x811c9dc5u : 0; /* FNV-1a */

	for (; *code != '\0'; code++)
		n = (n ^ (unsigned char)*code) * 0x01000193u;
	return n & INT32_MAX;
}

const char *search_json(struct arena *a, json_t *list)
{
	size_t n = json_dumpb(list, NULL, 0, JSON_COMPACT);
	char *text = arena_alloc(a, n + 1);

	must(json_dumpb(list, text, n, JSON_COMPACT) == n);
	json_decref(list);
	return text;
}

/* --- places --- */

/* Bytes of the folded text, and which words stand there. */
struct place { size_t from, to; unsigned words; };

/* The end of the longest word at s, 0 when there is none; *which gets the bits of all of them. */
static size_t longest(const struct search_words *words, const char *s, unsigned *which)
{
	size_t most = 0;

	for (size_t i = 0; i < words->n; i++) {
		size_t n = strlen(words->w[i]);

		if (strncmp(s, words->w[i], n) != 0)
			continue;
		*which |= 1u << i;
		if (n > most)
			most = n;
	}
	return most;
}

/* At most `most`; places that overlap or touch are one. */
static size_t places_of(const struct search_words *words, const char *folded, struct place *ret, size_t most)
{
	size_t n = 0, step;

	for (size_t at = 0; folded[at] != '\0'; at += step) {
		unsigned which = 0;
		size_t len = longest(words, folded + at, &which);

		step = text_step(folded + at);
		if (len == 0)
			continue;
		if (n == 0 || at > ret[n - 1].to) {
			if (n == most)
				break;
			ret[n++] = (struct place){ at, at + len, which };
			continue;
		}
		if (at + len > ret[n - 1].to)
			ret[n - 1].to = at + len;
		ret[n - 1].words |= which;
	}
	return n;
}

/* From bytes of the folded text to bytes of the text. */
static void unfold(struct arena *a, const char *text, const struct place *places, size_t n, struct search_span *ret)
{
	size_t *at = arena_array(a, 2 * n + 1, sizeof(*at));

	for (size_t i = 0; i < n; i++) {
		at[2 * i] = places[i].from;
		at[2 * i + 1] = places[i].to - 1;
	}
	fold_places(text, at, 2 * n);
	for (size_t i = 0; i < n; i++) {
		size_t last = at[2 * i + 1];

		ret[i] = (struct search_span){ at[2 * i], last + (text[last] != '\0' ? text_step(text + last) : 0) };
	}
}

size_t search_marks(struct arena *a, const struct search_words *words, const char *text, size_t most,
	struct search_span **ret)
{
	struct place *places = arena_array(a, most + 1, sizeof(*places));
	size_t n = places_of(words, fold_text(a, text), places, most), kept = 0;
	struct search_span *spans = arena_array(a, n + 1, sizeof(*spans));

	unfold(a, text, places, n, spans);
	/* Two places of one character, as the two halves of ㎡, are one span. */
	for (size_t i = 0; i < n; i++) {
		if (kept > 0 && spans[i].from < spans[kept - 1].to)
			spans[kept - 1].to = spans[i].to;
		else
			spans[kept++] = spans[i];
	}
	*ret = spans;
	return kept;
}

/* --- a piece of a text --- */

/* The place from which a window of that many bytes holds most of the words. */
static size_t best_place(const struct place *places, size_t n, size_t bytes)
{
	size_t best = 0;
	int most = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned words = 0;

		for (size_t k = i; k < n && places[k].to <= places[i].from + bytes; k++)
			words |= places[k].words;
		if (__builtin_popcount(words) > most) {
			most = __builtin_popcount(words);
			best = i;
		}
	}
	return best;
}

static size_t back(const char *text, size_t at, size_t characters)
{
	while (at > 0 && characters > 0) {
		at--;
		characters -= ((unsigned char)text[at] & 0xC0) != 0x80;
	}
	return at;
}

const char *search_snippet(struct arena *a, const struct search_words *words, const char *text, size_t characters)
{
	struct place *places = arena_array(a, MARKS_MAX, sizeof(*places));
	size_t n = places_of(words, fold_text(a, text), places, MARKS_MAX), from, to;
	struct search_span span;

	if (n == 0)
		return "";
	unfold(a, text, &places[best_place(places, n, characters * 3)], 1, &span);
	from = back(text, span.from, characters / LEAD);
	for (to = from; text[to] != '\0' && characters > 0; characters--)
		to += text_step(text + to);
	return arena_printf(a, "%s%.*s%s", from > 0 ? "…" : "", (int)(to - from), text + from, text[to] != '\0' ? "…" : "");
}
