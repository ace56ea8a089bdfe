/* draw - see draw.h. */
#include "draw.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "err.h"

struct lot {
	unsigned char hash[crypto_hash_sha256_BYTES];
	int64_t i;
};

static void hash_of(const char *text, unsigned char ret[crypto_hash_sha256_BYTES])
{
	crypto_hash_sha256(ret, (const unsigned char *)text, strlen(text));
}

void draw_secret(char ret[DRAW_HEX + 1])
{
	unsigned char bytes[DRAW_HEX / 2];

	randombytes_buf(bytes, sizeof bytes);
	sodium_bin2hex(ret, DRAW_HEX + 1, bytes, sizeof bytes);
}

void draw_hash(const char *text, char ret[DRAW_HEX + 1])
{
	unsigned char hash[crypto_hash_sha256_BYTES];

	hash_of(text, hash);
	sodium_bin2hex(ret, DRAW_HEX + 1, hash, sizeof hash);
}

void draw_seed(struct arena *a, const char *secret, const char *factor, char ret[DRAW_HEX + 1])
{
	draw_hash(arena_printf(a, "%s|%s", secret, factor), ret);
}

int64_t draw_count(int64_t n, int percent, int64_t least)
{
	int64_t k = (n * percent + 99) / 100;

	k = k < least ? least : k;
	return k < n ? k : n;
}

static int by_hash(const void *x, const void *y)
{
	const struct lot *a = x, *b = y;

	return memcmp(a->hash, b->hash, sizeof a->hash);
}

static int by_number(const void *x, const void *y)
{
	const int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

	return a < b ? -1 : a > b;
}

void draw_units(struct arena *a, const char *seed, int percent, struct draw_unit *units, size_t n)
{
	struct lot *lots = arena_array(a, n + 1, sizeof *lots);
	int64_t k = draw_count((int64_t)n, percent, 1);

	must(n <= DRAW_UNITS_MAX);
	for (size_t i = 0; i < n; i++) {
		lots[i].i = (int64_t)i;
		units[i].drawn = false;
		hash_of(arena_printf(a, "%s/%s", seed, units[i].code), lots[i].hash);
	}
	qsort(lots, n, sizeof *lots, by_hash);
	for (int64_t i = 0; i < k; i++)
		units[lots[i].i].drawn = true;
}

int64_t *draw_letters(struct arena *a, const char *seed, const char *code, int64_t letters, int64_t k)
{
	size_t room = DRAW_HEX + strlen(code) + 32;
	struct lot *lots = arena_array(a, (size_t)letters + 1, sizeof *lots);
	int64_t *ret = arena_array(a, (size_t)k + 1, sizeof *ret);
	char *text = arena_alloc(a, room);

	must(letters <= DRAW_LETTERS_MAX && k <= letters);
	for (int64_t i = 0; i < letters; i++) {
		snprintf(text, room, "%s/%s/%lld", seed, code, (long long)(i + 1));
		lots[i].i = i + 1;
		hash_of(text, lots[i].hash);
	}
	qsort(lots, (size_t)letters, sizeof *lots, by_hash);
	for (int64_t i = 0; i < k; i++)
		ret[i] = lots[i].i;
	qsort(ret, (size_t)k, sizeof *ret, by_number);
	return ret;
}
