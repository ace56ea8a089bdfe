/* fold - see fold.h. */
#include "fold.h"

#include <stdbool.h>
#include <string.h>

#include "str.h"
#include "text.h"

/* No character gives more than eleven times its bytes (U+FDFA: 3 to 33). */
#define GROWTH 11
#define PAGE_SHIFT 8
#define PAGES (0x110000 >> PAGE_SHIFT)

struct row { uint32_t from; const char *to; };

#define FOLD(from, to) { from, to },
#define FOLD_VERSION(number)
static const struct row rows[] = {
#include "fold.tbl"
};
#undef FOLD
#undef FOLD_VERSION
#define ROWS_N (sizeof(rows) / sizeof(rows[0]))

/* Where the rows of each 256 characters begin. */
static uint16_t first[PAGES + 1];
/* A bit for each character of the basic plane that has a row: most of a text has none. */
static uint8_t has_row[0x10000 / 8];
static bool ready;

_Static_assert(ROWS_N < UINT16_MAX, "the numbers of rows fit");

uint64_t fold_version(void)
{
#define FOLD(from, to)
#define FOLD_VERSION(number) return number;
#include "fold.tbl"
#undef FOLD
#undef FOLD_VERSION
}

static void make_ready(void)
{
	size_t i = 0;

	for (size_t page = 0; page <= PAGES; page++) {
		while (i < ROWS_N && rows[i].from >> PAGE_SHIFT < page)
			i++;
		first[page] = (uint16_t)i;
	}
	for (i = 0; i < ROWS_N && rows[i].from < 0x10000; i++)
		has_row[rows[i].from / 8] |= (uint8_t)(1u << rows[i].from % 8);
	ready = true;
}

/* NULL: it stays as it is. */
static const char *other(uint32_t c)
{
	size_t from, to;

	if (c < 0x10000 && (has_row[c / 8] >> c % 8 & 1u) == 0)
		return NULL;
	from = first[c >> PAGE_SHIFT];
	to = first[(c >> PAGE_SHIFT) + 1];
	while (from < to) {
		size_t mid = (from + to) / 2;

		if (rows[mid].from == c)
			return rows[mid].to;
		if (rows[mid].from < c)
			from = mid + 1;
		else
			to = mid;
	}
	return NULL;
}

static uint32_t value(const char *s, size_t n)
{
	const unsigned char *u = (const unsigned char *)s;

	if (n == 2)
		return (u[0] & 0x1fu) << 6 | (u[1] & 0x3fu);
	if (n == 3)
		return (u[0] & 0x0fu) << 12 | (u[1] & 0x3fu) << 6 | (u[2] & 0x3fu);
	return ((u[0] & 0x07u) << 18 | (u[1] & 0x3fu) << 12 | (u[2] & 0x3fu) << 6 | (u[3] & 0x3fu)) & 0x1fffff;
}

uint32_t fold_character(uint32_t c)
{
	const char *to;

	if (!ready)
		make_ready();
	to = c >= 0x80 && c >> PAGE_SHIFT < PAGES ? other(c) : NULL;
	return to != NULL && *to != '\0' && text_step(to) == strlen(to) && strlen(to) > 1 ? value(to, strlen(to)) : c;
}

/* One character after the other. */
struct walk {
	const char *s;
	bool blank;                  /* what came before ends with a blank, or nothing did */
	char small;
	const char *out;             /* what the last step gave */
	size_t n;
};

static void step_ascii(struct walk *w)
{
	char c = *w->s++;

	w->small = (unsigned char)c <= ' ' ? ' ' : c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
	w->out = &w->small;
	w->n = 1;
}

static void step_other(struct walk *w)
{
	size_t n = strnlen(w->s, text_step(w->s));
	uint32_t c = value(w->s, n);
	const char *to = n > 1 && c >> PAGE_SHIFT < PAGES ? other(c) : NULL;

	w->out = to != NULL ? to : w->s;
	w->n = to != NULL ? strlen(to) : n;
	w->s += n;
}

/* False at the end. */
static bool step(struct walk *w)
{
	if (*w->s == '\0')
		return false;
	if ((unsigned char)*w->s < 0x80)
		step_ascii(w);
	else
		step_other(w);
	if (w->n > 0 && w->blank && w->out[0] == ' ') {
		w->out++;
		w->n--;
	}
	if (w->n > 0)
		w->blank = w->out[w->n - 1] == ' ';
	return true;
}

char *fold_text(struct arena *a, const char *s)
{
	struct walk w = { .s = s, .blank = true };
	const char *run = s; /* n bytes that stay as they are and are not written yet */
	size_t n = 0;
	struct str o;

	if (!ready)
		make_ready();
	str_init(&o, a, GROWTH * strlen(s) + 1);
	while (step(&w)) {
		if (w.n > 0 && w.out == run + n) {
			n += w.n;
			continue;
		}
		str_addn(&o, run, n);
		str_addn(&o, w.out, w.n);
		run = w.s;
		n = 0;
	}
	str_addn(&o, run, n);
	return o.s;
}

void fold_places(const char *s, size_t *at, size_t n)
{
	struct walk w = { .s = s, .blank = true };
	size_t given = 0, begins = 0;

	if (!ready)
		make_ready();
	while (n > 0 && step(&w)) {
		given += w.n;
		for (; n > 0 && *at < given; at++, n--)
			*at = begins;
		begins = (size_t)(w.s - s);
	}
	for (; n > 0; at++, n--)
		*at = begins;
}
