/* redact_text - a text as redact*.c read it: one cell a character, alike forms made one. For redact*.c alone. */
#ifndef REDACT_TEXT_H
#define REDACT_TEXT_H

#include <stdint.h>

#include "redact.h"

/* What is neither ASCII nor made like it. */
#define WIDE ((unsigned char)0x80)

struct cell {
	uint32_t at;                 /* byte of the text */
	uint32_t cp;                 /* the character */
	unsigned char f;             /* half width; ' ' any blank, '-' any dash, a digit of a long numeral; WIDE */
};

/* n cells, and behind them one that is zero; c[n].at is the text's length. Characters without width are left out. */
struct cells {
	struct cell *c;
	size_t n;
};

struct cells redact_cells(struct arena *a, const char *text);

/* A find: the cells from … to-1. n 0: nothing. */
struct found {
	size_t from, to;
	enum redact_kind kind;
	const char *why;
};

/* Each looks at what begins at cell i (a digit, a letter, a character) and says what it is; false: nothing. */
bool redact_number(const struct cells *t, size_t i, struct found *ret);
bool redact_plate(const struct cells *t, size_t i, struct found *ret);
bool redact_email(const struct cells *t, size_t i, struct found *ret);
bool redact_wechat(const struct cells *t, size_t i, struct found *ret);
bool redact_address(const struct cells *t, size_t i, struct found *ret);
/* The number of a house where somebody is said to live; redact_place(): whoever lives there, a hint. */
bool redact_home(const struct cells *t, size_t i, struct found *ret);
bool redact_place(const struct cells *t, size_t i, struct found *ret);
bool redact_person(const struct cells *t, size_t i, struct found *ret);

/* Does the word (valid UTF-8) stand at cell i? How many cells it takes, else 0. Letters compare without case. */
size_t redact_word(const struct cells *t, size_t i, const char *word);
/* Does one of the words (separated by blanks) end at cell i, or up to `within` cells before it? close: nothing but
 * blanks, marks and 号, 码, 为, 是 may stand in between. */
bool redact_label(const struct cells *t, size_t i, size_t within, bool close, const char *words);

/* How many cells the longest of the words (separated by blanks) takes at i; 0: none stands there. */
size_t redact_longest(const struct cells *t, size_t i, const char *words);
/* How many cells of a surname begin at i; 0: none. */
size_t redact_surname(const struct cells *t, size_t i);

/* A character that can be one of a name: CJK. */
static inline bool redact_is_han(const struct cell *c)
{
	return c->f == WIDE && c->cp >= 0x4e00 && c->cp <= 0x9fff;
}

static inline bool redact_is_digit(const struct cell *c)
{
	return c->f >= '0' && c->f <= '9';
}

static inline bool redact_is_letter(const struct cell *c)
{
	return (c->f >= 'a' && c->f <= 'z') || (c->f >= 'A' && c->f <= 'Z');
}

#endif
