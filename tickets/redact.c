/* redact - see redact.h. */
#include "redact.h"

#include <string.h>

#include "redact_text.h"
#include "str.h"
#include "text.h"

/* A Chinese numeral shorter than this is a word of the text and no number of anybody's. */
#define NUMERAL_MIN 7

static const struct { const char *code, *zh; } kinds[] = {
#define K(name, code, zh) { #code, zh },
	REDACT_KINDS(K)
#undef K
};

const char *redact_code(enum redact_kind kind)
{
	return kinds[kind].code;
}

const char *redact_name(enum redact_kind kind)
{
	return kinds[kind].zh;
}

/* --- the text in cells --- */

static uint32_t decode(const unsigned char **at)
{
	const unsigned char *s = *at;
	uint32_t c = *s++;

	if (c >= 0x80) {
		c &= c >= 0xf0 ? 0x07 : c >= 0xe0 ? 0x0f : 0x1f;
		while ((*s & 0xc0) == 0x80)
			c = c << 6 | (*s++ & 0x3f);
	}
	*at = s;
	return c;
}

static bool has_width(uint32_t c)
{
	return !(c >= 0x200b && c <= 0x200f) && !(c >= 0x2060 && c <= 0x2064) && c != 0xfeff && c != 0xad;
}

/* The value of a Chinese digit, -1 for anything else. */
static int numeral(uint32_t c)
{
	static const uint32_t plain[] = { 0x96f6, 0x4e00, 0x4e8c, 0x4e09, 0x56db, 0x4e94, 0x516d, 0x4e03, 0x516b, 0x4e5d };
	static const uint32_t formal[] = { 0x3007, 0x58f9, 0x8d30, 0x53c1, 0x8086, 0x4f0d, 0x9646, 0x67d2, 0x634c, 0x7396 };

	for (int i = 0; i < 10; i++) {
		if (c == plain[i] || c == formal[i])
			return i;
	}
	return c == 0x25cb ? 0 : c == 0x5e7a ? 1 : -1; /* ○, 幺 */
}

static bool is_blank(uint32_t c)
{
	return c == 0x3000 || c == 0xa0 || (c >= 0x2000 && c <= 0x200a) || (c >= '\t' && c <= '\r');
}

static bool is_dash(uint32_t c)
{
	return (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

static unsigned char fold(uint32_t c)
{
	if (c >= 0xff01 && c <= 0xff5e)
		c -= 0xfee0;
	if (is_blank(c))
		return ' ';
	if (is_dash(c))
		return '-';
	if (c == 0xb7 || c == 0x2022 || c == 0x30fb)
		return '.';
	if (c == 0x2236)
		return ':';
	return c < 0x80 ? (unsigned char)c : WIDE;
}

/* Long Chinese numerals, alone or among other digits, become digits. */
static void read_numerals(struct cells *t)
{
	for (size_t i = 0; i < t->n;) {
		size_t n = 0, chinese = 0;

		while (i + n < t->n && (redact_is_digit(&t->c[i + n]) || numeral(t->c[i + n].cp) >= 0))
			chinese += !redact_is_digit(&t->c[i + n++]);
		for (size_t k = i; chinese > 0 && n >= NUMERAL_MIN && k < i + n; k++) {
			if (!redact_is_digit(&t->c[k]))
				t->c[k].f = (unsigned char)('0' + numeral(t->c[k].cp));
		}
		i += n + 1;
	}
}

struct cells redact_cells(struct arena *a, const char *text)
{
	size_t len = strnlen(text, REDACT_TEXT_MAX);
	const unsigned char *s = (const unsigned char *)text, *end;
	struct cells t = { .c = arena_array(a, len + 1, sizeof *t.c) };
	bool numerals = false;

	while (len > 0 && text[len] != '\0' && ((unsigned char)text[len] & 0xc0) == 0x80)
		len--;
	end = s + len;
	while (s < end) {
		struct cell *c = &t.c[t.n];

		c->at = (uint32_t)((const char *)s - text);
		c->cp = decode(&s);
		c->f = fold(c->cp);
		if (c->f == WIDE && numeral(c->cp) >= 0)
			numerals = true;
		t.n += has_width(c->cp);
	}
	t.c[t.n] = (struct cell){ .at = (uint32_t)len };
	if (numerals)
		read_numerals(&t);
	return t;
}

static bool same(const struct cell *c, uint32_t cp)
{
	unsigned char f = c->f;

	if (cp >= 0x80)
		return c->cp == cp;
	return f == cp || (cp >= 'a' && cp <= 'z' && f + 32u == cp);
}

size_t redact_word(const struct cells *t, size_t i, const char *word)
{
	const unsigned char *s = (const unsigned char *)word;
	size_t n = 0;

	while (*s != '\0' && *s != ' ') {
		if (i + n >= t->n || !same(&t->c[i + n], decode(&s)))
			return 0;
		n++;
	}
	return n;
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

static size_t word_length(const char *word)
{
	return text_characters(word, strcspn(word, " "));
}

static bool ends_at(const struct cells *t, size_t end, const char *words)
{
	for (const char *w = words; *w != '\0'; w += strcspn(w, " "), w += *w == ' ') {
		size_t n = word_length(w);

		if (n <= end && redact_word(t, end - n, w) == n)
			return true;
	}
	return false;
}

bool redact_label(const struct cells *t, size_t i, size_t within, bool close, const char *words)
{
	for (size_t back = 0; back <= within && back <= i; back++) {
		if (ends_at(t, i - back, words))
			return true;
		if (i == back || (close && !is_between(&t->c[i - back - 1])))
			return false;
	}
	return false;
}

/* --- finding --- */

typedef bool finder(const struct cells *t, size_t i, struct found *ret);

/* Who may find something in what begins here: what is surest comes first. */
static bool find_at(const struct cells *t, size_t i, struct found *ret)
{
	static finder *const digit[] = { redact_number, redact_email, redact_address, redact_home, NULL };
	static finder *const letter[] = { redact_email, redact_wechat, redact_number, redact_address,
		redact_home, NULL };
	static finder *const wide[] = { redact_plate, redact_address, redact_home, redact_person, NULL };
	const struct cell *c = &t->c[i];
	finder *const *who = redact_is_digit(c) || c->f == '+' || c->f == '(' ? digit : redact_is_letter(c) ? letter
		: c->f == WIDE ? wide : NULL;

	for (; who != NULL && *who != NULL; who++) {
		if ((*who)(t, i, ret))
			return true;
	}
	return false;
}

static void add(struct redact_span *list, size_t *n, const struct cells *t, const struct found *f)
{
	struct redact_span span = { t->c[f->from].at, t->c[f->to].at, f->kind, f->why, false };

	/* An address that was found by its end reaches back, never over what was found before it. */
	if (*n > 0 && span.from < list[*n - 1].to)
		span.from = list[*n - 1].to;
	if (span.from < span.to)
		list[(*n)++] = span;
}

size_t redact_find(struct arena *a, const char *text, struct redact_span **ret)
{
	struct cells t = redact_cells(a, text);
	size_t n = 0, room = 64;
	struct redact_span *list = arena_array(a, room, sizeof *list);

	for (size_t i = 0; i < t.n;) {
		struct found f = { 0 };

		if (!find_at(&t, i, &f) || f.to <= i) {
			i++;
			continue;
		}
		if (n == room) {
			struct redact_span *more = arena_array(a, room *= 2, sizeof *more);

			memcpy(more, list, n * sizeof *list);
			list = more;
		}
		add(list, &n, &t, &f);
		i = f.to;
	}
	*ret = list;
	return n;
}

const char *redact_apply(struct arena *a, const char *text, const struct redact_span *spans, size_t n)
{
	size_t at = 0;
	struct str o;

	str_init(&o, a, strlen(text) + n * sizeof REDACT_HIDDEN + 1);
	for (size_t i = 0; i < n; i++) {
		str_addn(&o, text + at, spans[i].from - at);
		str_add(&o, REDACT_HIDDEN);
		at = spans[i].to;
	}
	str_add(&o, text + at);
	return o.s;
}
