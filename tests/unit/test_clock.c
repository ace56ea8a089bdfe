/* Dates and times: civil arithmetic, zones, parsing that refuses what does not exist. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "clock.h"

static void days_go_there_and_back(void **s)
{
	(void)s;
	for (int32_t day = clock_day_of(1900, 1, 1); day <= clock_day_of(2200, 12, 31); day++) {
		int y, m, d;

		clock_civil(day, &y, &m, &d);
		assert_int_equal(clock_day_of(y, m, d), day);
	}
	assert_int_equal(clock_day_of(1970, 1, 1), 0);
	assert_int_equal(clock_weekday(clock_day_of(2026, 11, 21)), 6);
}

static void a_moment_belongs_to_the_day_in_china(void **s)
{
	int64_t at;

	(void)s;
	assert_int_equal(clock_parse("2026-09-29T16:00Z", &at), 0);
	assert_int_equal(clock_day(at), clock_day_of(2026, 9, 30));
	assert_int_equal(clock_second_of_day(at), 0);
	assert_int_equal(clock_day_start(clock_day_of(2026, 9, 30)), at);
}

static void times_are_read(void **s)
{
	static const char *const same[] = { "2026-09-29T16:00", "2026-09-29 16:00", "2026-09-29T16:00:00",
		"2026-09-29T16:00+08:00", "2026-09-29T08:00Z", "2026-09-29T03:30:00-04:30" };
	int64_t want, at;

	(void)s;
	assert_int_equal(clock_parse(same[0], &want), 0);
	for (size_t i = 1; i < sizeof same / sizeof same[0]; i++) {
		assert_int_equal(clock_parse(same[i], &at), 0);
		assert_int_equal(at, want);
	}
}

static void what_does_not_exist_is_refused(void **s)
{
	static const char *const bad[] = { "", "2026-02-29T10:00", "2026-13-01T10:00", "2026-09-29", "2026-09-29T24:00",
		"2026-09-29T10:60", "2026-9-29T10:00", "2026-09-29T10:00+8", "2026-09-29T10:00x", "26-09-29T10:00" };
	int64_t at;
	int32_t day;

	(void)s;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_int_equal(clock_parse(bad[i], &at), -1);
	assert_int_equal(clock_parse_day("2026-02-30", &day), -1);
	assert_int_equal(clock_parse_day("2024-02-29", &day), 0);
	assert_int_equal(clock_parse_day("2026-01-01 ", &day), -1);
}

static void dates_are_written(void **s)
{
	struct arena *a = arena_new(1 << 16);
	int32_t today = clock_day_of(2026, 11, 21);

	(void)s;
	assert_string_equal(clock_fmt_day_zh(a, clock_day_of(2026, 11, 27), today), "11月27日（星期五）");
	assert_string_equal(clock_fmt_day_zh(a, clock_day_of(2027, 1, 5), today), "2027年1月5日（星期二）");
	assert_string_equal(clock_fmt_iso(a, clock_day_start(today)), "2026-11-21T00:00:00+08:00");
	assert_string_equal(clock_fmt_day(a, DAY_NONE), "");
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_go_there_and_back), cmocka_unit_test(a_moment_belongs_to_the_day_in_china),
		cmocka_unit_test(times_are_read), cmocka_unit_test(what_does_not_exist_is_refused),
		cmocka_unit_test(dates_are_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
