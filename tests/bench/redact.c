/* redact - how quick redact_find() and redact_public() are, beside a reading of the same bytes that only asks whether they
 * are UTF-8.
 *
 * `redact FILE ROUNDS`: FILE holds texts, a NUL behind each. Each round takes the three in turn; printed are megabytes a second
 * of this process (its own time, so what else the machine does weighs little) and what each costs in such readings, medians. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "redact.h"
#include "text.h"

#define FILE_MAX (64u << 20)
#define ROUNDS_MAX 1000

static size_t finds;

static double cpu_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void read_only(struct arena *a, const char *text)
{
	(void)a;
	finds += !text_valid_utf8(text, strlen(text));
}

static void find(struct arena *a, const char *text)
{
	struct redact_span *spans;

	finds += redact_find(a, text, &spans);
}

static void find_public(struct arena *a, const char *text)
{
	struct redact_span *spans;

	finds += redact_public(a, text, REDACT_CITIZEN, &spans);
}

static double timed(void (*fn)(struct arena *a, const char *text), struct arena *a, const char *texts, size_t n)
{
	double from = cpu_seconds();

	for (size_t at = 0; at < n; at += strlen(texts + at) + 1) {
		fn(a, texts + at);
		arena_reset(a);
	}
	return cpu_seconds() - from;
}

static int by_size(const void *x, const void *y)
{
	double p = *(const double *)x, q = *(const double *)y;

	return p < q ? -1 : p > q;
}

static void report(const char *name, double *seconds, const double *reading, size_t rounds, size_t n)
{
	double ratio[ROUNDS_MAX];

	for (size_t i = 0; i < rounds; i++)
		ratio[i] = seconds[i] / reading[i];
	qsort(ratio, rounds, sizeof *ratio, by_size);
	qsort(seconds, rounds, sizeof *seconds, by_size);
	printf("%-14s %8.1f MB/s  %6.1f readings\n", name, (double)n / seconds[rounds / 2] / 1e6, ratio[rounds / 2]);
}

int main(int argc, char **argv)
{
	static char texts[FILE_MAX + 1];
	static double reading[ROUNDS_MAX], found[ROUNDS_MAX], public[ROUNDS_MAX];
	size_t rounds = argc == 3 ? (size_t)atoi(argv[2]) : 0, n = 0;
	FILE *file = rounds > 0 && rounds <= ROUNDS_MAX ? fopen(argv[1], "rb") : NULL;
	struct arena *a = arena_new(256 << 20);

	if (file == NULL) {
		fprintf(stderr, "usage: redact FILE ROUNDS\n");
		return 64;
	}
	n = fread(texts, 1, FILE_MAX, file);
	fclose(file);
	for (size_t i = 0; i < rounds; i++) {
		reading[i] = timed(read_only, a, texts, n);
		found[i] = timed(find, a, texts, n);
		public[i] = timed(find_public, a, texts, n);
	}
	report("redact_find", found, reading, rounds, n);
	report("redact_public", public, reading, rounds, n);
	qsort(reading, rounds, sizeof *reading, by_size);
	printf("%-14s %8.1f MB/s   (%zu texts' bytes, %zu finds)\n", "reading", (double)n / reading[rounds / 2] / 1e6, n, finds);
	arena_free(a);
	return 0;
}
