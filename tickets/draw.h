/* draw - which units and letters a sample takes, worked out from a published seed so that anybody can do it again.
 *
 * Pure, and simple enough for a shell: a unit's ticket is SHA-256("SEED/CODE"), the ticket of its i-th letter is
 * SHA-256("SEED/CODE/i"), both in hex; the smallest win. Called by sample.c and by minshengctl sample. The rule in
 * words stands on the public page (views/sample_open.html) and must say the same. */
#ifndef DRAW_H
#define DRAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"

#define DRAW_HEX 64
/* The least share that a draw may take, in percent (武汉市政府网站管理办法 第三十三条). */
#define DRAW_PERCENT_MIN 30
/* Letters of one unit, and units: more than any city has in a quarter. */
#define DRAW_LETTERS_MAX 1000000
#define DRAW_UNITS_MAX 5000

struct draw_unit {
	const char *code;
	int64_t letters;             /* 1 … DRAW_LETTERS_MAX */
	bool drawn;
};

/* 64 random hex digits; the system's part of the seed. */
void draw_secret(char ret[DRAW_HEX + 1]);
/* SHA-256 of a text, hex: of the secret it is the commitment that is published beforehand. */
void draw_hash(const char *text, char ret[DRAW_HEX + 1]);
/* SHA-256("SECRET|FACTOR"); factor "" when none was announced. */
void draw_seed(struct arena *a, const char *secret, const char *factor, char ret[DRAW_HEX + 1]);
/* percent of n, rounded up, at least `least`, at most n. */
int64_t draw_count(int64_t n, int percent, int64_t least);
/* Sets .drawn of percent of the units (rounded up, at least one). n <= DRAW_UNITS_MAX. */
void draw_units(struct arena *a, const char *seed, int percent, struct draw_unit *units, size_t n);
/* The positions (1 … letters, ascending) of the k letters of a unit that are drawn; k <= letters. In the arena. */
int64_t *draw_letters(struct arena *a, const char *seed, const char *code, int64_t letters, int64_t k);

#endif
