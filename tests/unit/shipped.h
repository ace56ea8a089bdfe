/* shipped - the calendar made from the notices in sql/calendars, and days written as text, for unit tests. */
#ifndef SHIPPED_H
#define SHIPPED_H

#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calendar_file.h"
#include "clock.h"

#define SHIPPED_FIRST 2007
#define SHIPPED_LAST 2027

/* The day, or the moment, of a text that is known to be right. */
static inline int32_t day_of(const char *text)
{
	int32_t day = DAY_NONE;

	assert_int_equal(clock_parse_day(text, &day), 0);
	return day;
}

static inline int64_t moment_of(const char *text)
{
	int64_t at = TIME_NONE;

	assert_int_equal(clock_parse(text, &at), 0);
	return at;
}

static inline struct calendar *shipped_calendar(struct arena *a)
{
	struct calendar_entry *entries = arena_array(a, 2000, sizeof *entries);
	struct calendar_year years[SHIPPED_LAST - SHIPPED_FIRST + 1];
	struct calendar *cal = NULL;
	size_t n = 0;

	for (int year = SHIPPED_FIRST; year <= SHIPPED_LAST; year++) {
		const char *path = arena_printf(a, "%s/sql/calendars/%d.json", SOURCE_DIR, year);
		struct calendar_file file;

		if (calendar_file_read(a, path, &file) < 0)
			fail_msg("%s", err_detail());
		assert_int_equal(file.year, year);
		assert_true(n + file.n_days <= 2000);
		memcpy(entries + n, file.days, file.n_days * sizeof *entries);
		n += file.n_days;
		years[year - SHIPPED_FIRST] = (struct calendar_year){ year, file.provisional, file.source };
	}
	assert_int_equal(calendar_build(a, entries, n, years, sizeof years / sizeof years[0], &cal), 0);
	return cal;
}

/* A file of the shared test material, or NULL (said on standard error) when this machine has none. */
static inline FILE *shared_open(struct arena *a, const char *name)
{
	const char *root = getenv("MINSHENG_SHARED");
	const char *path = arena_printf(a, "%s/%s", root ? root : SOURCE_DIR "/../shared", name);
	FILE *f = fopen(path, "r");

	if (!f)
		print_message("[ NOTE ] skipped: no %s; set MINSHENG_SHARED to the folder of the shared material\n", path);
	return f;
}

/* Numbers that look random and are the same on every run (splitmix64). */
static inline uint64_t next_random(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

/* One of lo … hi. */
static inline int random_int(uint64_t *state, int lo, int hi)
{
	return lo + (int)(next_random(state) % (uint64_t)(hi - lo + 1));
}

#endif
