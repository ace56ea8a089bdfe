/* redact_text - a text as redact*.c read it: one cell a character, alike forms made one. For redact*.c alone. */
#ifndef REDACT_TEXT_H
#define REDACT_TEXT_H

#include <stdint.h>

#include "redact.h"

/* What is neither ASCII nor made like it. */
#define WIDE ((unsigned char)0x80)

/* The Chinese characters that stand in names and words. */
#define REDACT_HAN_FIRST 0x4e00u
#define REDACT_HAN_LAST 0x9fffu

struct cell {
	uint32_t at;                 /* byte of the text */
	uint32_t cp;                 /* the character; a Chinese one in its simplified form */
	unsigned char f;             /* half width; ' ' any blank, '-' any dash, a digit of a long numeral; WIDE */
	bool house;                  /* can stand in the number of a house: a digit, a letter, 十, 甲, # */
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

/* redact_find() of what was read already. */
size_t redact_find_in(struct arena *a, const struct cells *t, struct redact_span **ret);

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
/* A name by its surname and by what stands beside it, a hint. */
bool redact_called(const struct cells *t, size_t i, struct found *ret);
/* Does a word stand at i that only begins like a name: 高层, 于今年? */
bool redact_is_word(const struct cells *t, size_t i);

/* The number that begins here is one of a mobile, written in parts nobody writes it in; a hint. */
bool redact_spread(const struct cells *t, size_t i, struct found *ret);

/* Words separated by blanks, letters small. Static, { .list = … }; the rest is made when it is first asked. */
#define REDACT_BUCKETS 32
struct redact_words {
	const char *list;
	uint64_t first[4], last[4];  /* a bit for the lowest eight of a character that begins, or ends, one of them */
	uint16_t firsts[REDACT_BUCKETS], lasts[REDACT_BUCKETS]; /* chains of those whose first, last character is alike */
	bool ready;
};
#define REDACT_WORDS(words) { .list = (words) }

/* Does the word (valid UTF-8) stand at cell i? How many cells it takes, else 0. Letters compare without case. */
size_t redact_word(const struct cells *t, size_t i, const char *word);
/* How many cells the longest of the words takes at i; 0: none stands there. */
size_t redact_longest(const struct cells *t, size_t i, struct redact_words *words);
/* Does one of the words end at cell i, or up to `within` cells before it? close: nothing but blanks, marks and 号, 码,
 * 为, 是 may stand in between. */
bool redact_label(const struct cells *t, size_t i, size_t within, bool close, struct redact_words *words);

/* How many cells of a surname begin at i; 0: none. */
size_t redact_surname(const struct cells *t, size_t i);

/* The character at *at, which goes behind it; valid UTF-8. */
static inline uint32_t redact_decode(const unsigned char **at)
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

/* A character that can be one of a name. */
static inline bool redact_is_han(const struct cell *c)
{
	return c->f == WIDE && c->cp >= REDACT_HAN_FIRST && c->cp <= REDACT_HAN_LAST;
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
