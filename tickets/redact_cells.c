/* redact_cells - see redact_text.h: a text, one cell a character, alike forms made one. */
#include <string.h>

#include "fold.h"
#include "redact_text.h"
#include "text.h"

/* A numeral shorter than this is a word of the text and no number of anybody's. */
#define NUMERAL_MIN 7
/* What a letter that looks like a digit may stand in: a mobile number, an identity number. */
#define MOBILE_DIGITS 11
#define IDENTITY_DIGITS 18

/* What is known about a Chinese character: its simplified form, its value as a digit (-1: none), whether it can stand
 * in the number of a house. */
struct han { uint16_t plain; signed char digit; bool house; };
static struct han hans[REDACT_HAN_LAST - REDACT_HAN_FIRST + 1];

static bool is_han(uint32_t c)
{
	return c >= REDACT_HAN_FIRST && c <= REDACT_HAN_LAST;
}

static void read_hans(void)
{
	static const char digits[] = "零一二三四五六七八九零壹贰叁肆伍陆柒捌玖零幺", house[] = "一二三四五六七八九十百零甲乙丙丁";
	int value = 0;

	for (uint32_t c = REDACT_HAN_FIRST; c <= REDACT_HAN_LAST; c++) {
		uint32_t plain = fold_character(c);

		hans[c - REDACT_HAN_FIRST] = (struct han){ (uint16_t)(is_han(plain) ? plain : c), -1, false };
	}
	for (const unsigned char *at = (const unsigned char *)digits; *at != '\0'; value = (value + 1) % 10) {
		uint32_t c = redact_decode(&at);

		hans[c - REDACT_HAN_FIRST] = (struct han){ (uint16_t)c, (signed char)value, false };
	}
	for (const unsigned char *at = (const unsigned char *)house; *at != '\0';)
		hans[redact_decode(&at) - REDACT_HAN_FIRST].house = true;
}

/* --- one character --- */

struct range { uint32_t from, to; };

static bool is_within(uint32_t c, const struct range *r, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (c >= r[i].from && c <= r[i].to)
			return true;
	}
	return false;
}
#define IS_WITHIN(c, ranges) is_within(c, ranges, sizeof(ranges) / sizeof((ranges)[0]))

/* Joiners, marks of direction, and marks that only change how the character before them looks (keycaps). */
static bool has_width(uint32_t c)
{
	static const struct range none[] = { { 0x200b, 0x200f }, { 0x202a, 0x202e }, { 0x2060, 0x206f }, { 0xfe00, 0xfe0f },
		{ 0xe0000, 0xe0fff }, { 0xfeff, 0xfeff }, { 0xad, 0xad }, { 0x20e3, 0x20e3 } };

	return c < 0x80 || !IS_WITHIN(c, none);
}

/* Emoji stand between the parts of a number as blanks do. */
static bool is_blank(uint32_t c)
{
	static const struct range blanks[] = { { '\t', '\r' }, { ' ', ' ' }, { 0xa0, 0xa0 }, { 0x2000, 0x200a },
		{ 0x2028, 0x2029 }, { 0x202f, 0x202f }, { 0x205f, 0x205f }, { 0x2600, 0x27bf }, { 0x3000, 0x3000 },
		{ 0x3164, 0x3164 }, { 0x1f000, 0x1faff } };

	return IS_WITHIN(c, blanks);
}

static bool is_dash(uint32_t c)
{
	static const struct range dashes[] = { { 0x2010, 0x2015 }, { 0x2212, 0x2212 }, { 0xfe58, 0xfe58 },
		{ 0xfe63, 0xfe63 } };

	return IS_WITHIN(c, dashes);
}

static bool is_dot(uint32_t c)
{
	static const struct range dots[] = { { 0xb7, 0xb7 }, { 0x2022, 0x2022 }, { 0x30fb, 0x30fb } };

	return IS_WITHIN(c, dots);
}

static unsigned char fold(uint32_t c)
{
	if (c >= 0xff01 && c <= 0xff5e)
		c -= 0xfee0;
	if (c > ' ' && c < 0x80)
		return (unsigned char)c;
	if (is_blank(c))
		return ' ';
	if (is_dash(c))
		return '-';
	if (c >= 0x1d7ce && c <= 0x1d7ff)
		return (unsigned char)('0' + (c - 0x1d7ce) % 10); /* the digits of formulas: bold, double, … */
	return is_dot(c) ? '.' : c == 0x2236 ? ':' : c < 0x80 ? (unsigned char)c : WIDE;
}

/* The value of a Chinese digit, -1 for anything else. */
static int numeral(const struct cell *c)
{
	if (c->f != WIDE)
		return -1;
	if (is_han(c->cp))
		return hans[c->cp - REDACT_HAN_FIRST].digit;
	return c->cp == 0x3007 || c->cp == 0x25cb ? 0 : -1; /* 〇, ○ */
}

/* --- numbers that are not written in digits --- */

/* Digits of both kinds from a cell on. */
struct numerals { size_t n, chinese, ones; };

static struct numerals numerals_at(const struct cells *t, size_t i)
{
	struct numerals r = { 0 };

	for (;; r.n++) {
		int value = numeral(&t->c[i + r.n]);

		if (value < 0 && !redact_is_digit(&t->c[i + r.n]))
			return r;
		r.chinese += value >= 0;
		r.ones += t->c[i + r.n].cp == 0x4e00;
	}
}

/* 0731一82235678: the one among digits is a dash. */
static void read_dashes(struct cells *t, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		if (t->c[i].cp == 0x4e00)
			t->c[i].f = '-';
	}
}

/* 其二13800138000: a numeral at the edge of a whole number is no part of it. */
static bool is_beside(const struct cells *t, size_t i, const struct numerals *r)
{
	return r->chinese == 1 && r->n > NUMERAL_MIN && r->n != MOBILE_DIGITS
		&& (numeral(&t->c[i]) >= 0 || numeral(&t->c[i + r->n - 1]) >= 0);
}

static void read_numeral(struct cells *t, size_t i, const struct numerals *r)
{
	if (r->ones == r->chinese && r->chinese <= 2 && r->n - r->chinese >= NUMERAL_MIN) {
		read_dashes(t, i, i + r->n);
		return;
	}
	if (is_beside(t, i, r))
		return;
	for (size_t k = i; k < i + r->n; k++) {
		int value = numeral(&t->c[k]);

		if (value >= 0)
			t->c[k].f = (unsigned char)('0' + value);
	}
}

/* Long Chinese numerals, alone or among other digits, become digits. */
static void read_numerals(struct cells *t)
{
	for (size_t i = 0; i < t->n;) {
		struct numerals r = numerals_at(t, i);

		if (r.chinese > 0 && r.n >= NUMERAL_MIN)
			read_numeral(t, i, &r);
		i += r.n + 1;
	}
}

/* The digit a letter looks like; '\0': none. */
static unsigned char looks_like(unsigned char f)
{
	return f == 'O' || f == 'o' ? '0' : f == 'l' || f == 'I' ? '1' : '\0';
}

static bool in_number(const struct cell *c)
{
	return redact_is_digit(c) || looks_like(c->f) != '\0';
}

/* The cells of a number in which letters may stand for digits, single blanks, dashes and dots among them. *n: how many
 * of it count. */
static size_t number_end(const struct cells *t, size_t i, size_t *n, size_t *letters)
{
	*n = *letters = 0;
	for (; *n <= IDENTITY_DIGITS; i++) {
		if (in_number(&t->c[i])) {
			++*n;
			*letters += !redact_is_digit(&t->c[i]);
		} else if (strchr(" -.", t->c[i].f) == NULL || t->c[i].f == '\0' || !in_number(&t->c[i + 1])) {
			break;
		}
	}
	return i;
}

static bool is_long_enough(size_t n)
{
	return n == MOBILE_DIGITS || n == IDENTITY_DIGITS || n + 1 == IDENTITY_DIGITS;
}

/* Where a number with such letters begins, and no word or number goes on. */
static bool begins_number(const struct cells *t, size_t i)
{
	return in_number(&t->c[i]) && (i == 0 || !(redact_is_letter(&t->c[i - 1]) || redact_is_digit(&t->c[i - 1])));
}

/* l38OO138OOO */
static void read_letters(struct cells *t)
{
	for (size_t i = 0; i < t->n; i++) {
		size_t n, letters, end;
		bool ends;

		if (!begins_number(t, i))
			continue;
		end = number_end(t, i, &n, &letters);
		ends = !redact_is_letter(&t->c[end]) || t->c[end].f == 'X' || t->c[end].f == 'x';
		for (size_t k = i; ends && letters > 0 && letters <= n / 2 && is_long_enough(n) && k < end; k++) {
			if (looks_like(t->c[k].f) != '\0')
				t->c[k].f = looks_like(t->c[k].f);
		}
		i = end - 1;
	}
}

/* --- all of it --- */

static void read_cell(struct cell *c, uint32_t cp)
{
	c->cp = cp;
	if (is_han(cp)) {
		const struct han *h = &hans[cp - REDACT_HAN_FIRST];

		c->cp = h->plain;
		c->f = WIDE;
		c->house = hans[h->plain - REDACT_HAN_FIRST].house;
		return;
	}
	c->f = fold(cp);
	c->house = redact_is_digit(c) || redact_is_letter(c) || c->f == '#' || cp == 0x3007;
}

struct cells redact_cells(struct arena *a, const char *text)
{
	static bool ready;
	size_t len = strnlen(text, REDACT_TEXT_MAX);
	const unsigned char *s = (const unsigned char *)text, *end;
	struct cells t = { 0 };
	bool numerals = false, letters = false;

	if (!ready)
		read_hans();
	ready = true;
	while (len > 0 && text[len] != '\0' && ((unsigned char)text[len] & 0xc0) == 0x80)
		len--;
	end = s + len;
	t.c = arena_array(a, text_characters(text, len) + 1, sizeof *t.c);
	while (s < end) {
		struct cell *c = &t.c[t.n];
		uint32_t cp;

		c->at = (uint32_t)((const char *)s - text);
		cp = redact_decode(&s);
		read_cell(c, cp);
		numerals = numerals || numeral(c) >= 0;
		letters = letters || looks_like(c->f) != '\0';
		t.n += is_han(cp) || has_width(cp);
	}
	t.c[t.n] = (struct cell){ .at = (uint32_t)len };
	if (numerals)
		read_numerals(&t);
	if (letters)
		read_letters(&t);
	return t;
}
