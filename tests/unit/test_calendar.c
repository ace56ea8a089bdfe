/* The calendar: shipped notices, counting, the deem rule, and what is known or provisional. */
#include "shipped.h"

static struct arena *arena;
static struct calendar *cal;

static int setup(void **state)
{
	(void)state;
	arena = arena_new((size_t)64 << 20);
	cal = shipped_calendar(arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void months_have_their_working_days(void **state)
{
	static const struct { int year, month[12]; } want[] = {
		{ 2024, { 22, 18, 21, 22, 21, 19, 23, 22, 21, 19, 21, 22 } },
		{ 2025, { 19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23 } },
		{ 2026, { 21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
		for (int m = 1; m <= 12; m++) {
			int32_t before = clock_day_of(want[i].year, m, 1) - 1;
			int32_t last = clock_day_of(want[i].year + m / 12, m % 12 + 1, 1) - 1;

			assert_int_equal(calendar_between(cal, before, last), want[i].month[m - 1]);
		}
	}
}

static void days_have_kind_and_name(void **state)
{
	static const struct { const char *day; enum calendar_kind kind; const char *name; } want[] = {
		{ "2026-02-14", CALENDAR_MAKEUP, "春节" },  { "2026-02-15", CALENDAR_HOLIDAY, "春节" },
		{ "2026-03-07", CALENDAR_WEEKEND, "" },     { "2026-03-09", CALENDAR_WORK, "" },
		{ "2024-02-09", CALENDAR_WORK, "" },        { "2020-02-03", CALENDAR_WORK, "春节" },
		{ "2006-12-30", CALENDAR_MAKEUP, "元旦" },  { "2018-12-29", CALENDAR_MAKEUP, "元旦" },
		{ "2027-02-05", CALENDAR_HOLIDAY, "春节" }, { "2027-02-09", CALENDAR_WORK, "" },
		{ "2031-05-02", CALENDAR_HOLIDAY, "劳动节" }, { "2031-10-04", CALENDAR_WEEKEND, "" },
		{ "1999-01-01", CALENDAR_HOLIDAY, "元旦" }, { "2031-01-02", CALENDAR_WORK, "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
		int32_t day = day_of(want[i].day);

		assert_int_equal(calendar_kind_of(cal, day), want[i].kind);
		assert_string_equal(calendar_name(cal, day), want[i].name);
		assert_int_equal(calendar_is_workday(cal, day), want[i].kind <= CALENDAR_MAKEUP);
	}
}

static void years_without_final_notice_are_provisional(void **state)
{
	(void)state;
	assert_int_equal(calendar_known_until(cal), day_of("2026-12-31"));
	assert_false(calendar_is_provisional(cal, day_of("2007-01-01")));
	assert_false(calendar_is_provisional(cal, day_of("2026-12-31")));
	assert_true(calendar_is_provisional(cal, day_of("2027-01-01")));
	assert_true(calendar_is_provisional(cal, day_of("2028-06-01")));
	assert_true(calendar_is_provisional(cal, day_of("2006-12-31")));
	assert_false(calendar_span_provisional(cal, day_of("2006-12-31"), day_of("2007-01-04")));
	assert_true(calendar_span_provisional(cal, day_of("2026-12-31"), day_of("2027-01-01")));
	assert_true(calendar_span_provisional(cal, day_of("2027-03-01"), day_of("2027-03-01")));
}

static void adding_walks_working_days(void **state)
{
	static const struct { const char *from; int n; const char *due; bool provisional; } want[] = {
		{ "2026-02-13", 1, "2026-02-14", false }, { "2026-02-13", 2, "2026-02-24", false },
		{ "2026-02-17", 1, "2026-02-24", false }, { "2026-02-17", 0, "2026-02-17", false },
		{ "2026-12-30", 1, "2026-12-31", false }, { "2026-12-31", 1, "2027-01-04", true },
		{ "2006-12-29", 1, "2006-12-30", true },  { "2006-12-31", 1, "2007-01-04", false },
		{ "2027-02-04", 1, "2027-02-09", true },  { "2027-03-01", 0, "2027-03-01", true },
		{ "2030-04-30", 1, "2030-05-03", true },  { "1990-09-28", 1, "1990-10-04", true },
	};
	bool provisional;

	(void)state;
	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
		assert_int_equal(calendar_add(cal, day_of(want[i].from), want[i].n, &provisional), day_of(want[i].due));
		assert_int_equal(provisional, want[i].provisional);
	}
}

static void adding_has_ceilings(void **state)
{
	(void)state;
	assert_int_equal(calendar_add(cal, day_of("2026-01-01"), -1, NULL), DAY_NONE);
	assert_int_equal(calendar_add(cal, day_of("2026-01-01"), CALENDAR_ADD_MAX + 1, NULL), DAY_NONE);
	assert_int_equal(calendar_add(cal, DAY_NONE, 1, NULL), DAY_NONE);
	assert_int_equal(calendar_add(cal, INT32_MAX, 1, NULL), DAY_NONE);
	assert_int_equal(calendar_add(cal, clock_day_of(2299, 12, 29), 1, NULL), DAY_NONE);
	assert_int_equal(calendar_add(cal, clock_day_of(2299, 12, 28), 1, NULL), clock_day_of(2299, 12, 29));
	assert_int_not_equal(calendar_add(cal, day_of("2200-12-31"), CALENDAR_ADD_MAX, NULL), DAY_NONE);
	assert_int_equal(calendar_between(cal, DAY_NONE, DAY_NONE), 0);
	assert_int_equal(calendar_between(cal, INT32_MAX, INT32_MAX), 0);
}

/* Starts before, in and beyond the years with a notice; counted one day at a time. */
static void adding_and_counting_agree_with_walking(void **state)
{
	uint64_t seed = 20260213;

	(void)state;
	for (int i = 0; i < 5000; i++) {
		int32_t from = clock_day_of(1990, 1, 1) + random_int(&seed, 0, 50 * 365), day = from;
		int n = random_int(&seed, 0, i % 50 ? 40 : 3000);
		bool provisional, seen = false;

		for (int left = n; left > 0; left -= calendar_is_workday(cal, day))
			seen |= calendar_is_provisional(cal, ++day);
		assert_int_equal(calendar_add(cal, from, n, &provisional), day);
		assert_int_equal(provisional, seen || calendar_is_provisional(cal, day));
		assert_int_equal(calendar_between(cal, from, day), n);
		assert_int_equal(calendar_between(cal, day, from), -n);
	}
}

static void late_receipt_counts_as_next_working_day(void **state)
{
	static const struct { const char *at, *deemed, *plain; } want[] = {
		{ "2026-05-08T17:30", "2026-05-08", "2026-05-08" }, { "2026-05-08T17:30:59", "2026-05-08", "2026-05-08" },
		{ "2026-05-08T17:31", "2026-05-09", "2026-05-08" }, { "2026-05-08T00:00", "2026-05-08", "2026-05-08" },
		{ "2026-05-08T06:15", "2026-05-08", "2026-05-08" }, { "2026-05-08T23:59:59", "2026-05-09", "2026-05-08" },
		{ "2026-05-09T10:00", "2026-05-09", "2026-05-09" }, { "2026-05-10T10:00", "2026-05-11", "2026-05-10" },
		{ "2026-02-14T17:31", "2026-02-24", "2026-02-14" }, { "2026-12-31T18:00", "2027-01-04", "2026-12-31" },
	};
	struct office_hours on = { .open_min = 510, .close_min = 1050, .deem_next_workday = true }, off = on;

	(void)state;
	off.deem_next_workday = false;
	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
		assert_int_equal(calendar_effective_day(cal, &on, moment_of(want[i].at)), day_of(want[i].deemed));
		assert_int_equal(calendar_effective_day(cal, &off, moment_of(want[i].at)), day_of(want[i].plain));
	}
}

static void an_empty_calendar_knows_the_law_only(void **state)
{
	struct calendar *empty;

	(void)state;
	assert_int_equal(calendar_build(arena, NULL, 0, NULL, 0, &empty), 0);
	assert_int_equal(calendar_known_until(empty), DAY_NONE);
	assert_int_equal(calendar_kind_of(empty, day_of("1970-01-01")), CALENDAR_HOLIDAY);
	assert_int_equal(calendar_kind_of(empty, day_of("2026-02-14")), CALENDAR_WEEKEND);
	assert_int_equal(calendar_add(empty, day_of("1969-12-31"), 1, NULL), day_of("1970-01-02"));
	assert_int_equal(calendar_between(empty, day_of("2025-12-31"), day_of("2026-12-31")), 261 - 4);
	assert_true(calendar_is_provisional(empty, day_of("2026-02-14")));
}

static void a_year_without_days_is_not_known(void **state)
{
	const struct calendar_year years[] = { { 2029, false, "" }, { 2030, false, "" }, { 2031, true, "" }, { 2032, false, "" } };
	const struct calendar_entry entries[] = {
		{ clock_day_of(2030, 1, 1), true, "元旦" }, { clock_day_of(2031, 2, 3), true, "春节" },
		{ clock_day_of(2030, 1, 1), false, NULL },  { clock_day_of(2032, 1, 1), true, "元旦" },
	};
	struct calendar *c;

	(void)state;
	assert_int_equal(calendar_build(arena, entries, 4, years, 4, &c), 0);
	assert_true(calendar_is_provisional(c, clock_day_of(2029, 6, 1)));
	assert_false(calendar_is_provisional(c, clock_day_of(2030, 6, 1)));
	assert_true(calendar_is_provisional(c, clock_day_of(2031, 6, 1)));
	assert_int_equal(calendar_known_until(c), clock_day_of(2030, 12, 31));
	/* The later of two entries wins; a final notice alone decides, a provisional one adds to the law. */
	assert_int_equal(calendar_kind_of(c, clock_day_of(2030, 1, 1)), CALENDAR_WORK);
	assert_int_equal(calendar_kind_of(c, clock_day_of(2030, 5, 1)), CALENDAR_WORK);
	assert_int_equal(calendar_kind_of(c, clock_day_of(2031, 2, 3)), CALENDAR_HOLIDAY);
	assert_int_equal(calendar_kind_of(c, clock_day_of(2031, 5, 1)), CALENDAR_HOLIDAY);
}

static void building_refuses_what_is_out_of_range(void **state)
{
	const struct calendar_year bad_year = { 2300, false, "" }, years[] = { { 1950, false, "" }, { 2150, false, "" } };
	const struct calendar_entry bad_day = { DAY_NONE, true, "元旦" };
	struct calendar *c = NULL;

	(void)state;
	assert_int_equal(calendar_build(arena, NULL, 0, &bad_year, 1, &c), ERR_INVALID);
	assert_int_equal(calendar_build(arena, &bad_day, 1, NULL, 0, &c), ERR_INVALID);
	assert_int_equal(calendar_build(arena, NULL, 0, years, 2, &c), ERR_INVALID);
	assert_null(c);
}

/* Against a table of every day made from another transcription of the notices. */
static void every_day_agrees_with_the_reference_table(void **state)
{
	static const char *const kinds[] = { "work", "makeup", "weekend", "holiday" };
	FILE *f = shared_open(arena, "data/calendar/workday_calendar_2018_2026.csv");
	char line[200], date[16], kind[16];
	int weekday, one, two, n = 0;

	(void)state;
	if (!f)
		skip();
	assert_non_null(fgets(line, sizeof line, f));
	while (fgets(line, sizeof line, f)) {
		int32_t day;

		assert_int_equal(sscanf(line, "%10[^,],%d,%d,%d,%15[^,]", date, &weekday, &one, &two, kind), 5);
		day = day_of(date);
		assert_int_equal(clock_weekday(day), weekday);
		assert_int_equal(calendar_is_workday(cal, day), one);
		assert_int_equal(calendar_is_workday(cal, day), two);
		assert_string_equal(kinds[calendar_kind_of(cal, day)], kind);
		n++;
	}
	fclose(f);
	assert_int_equal(n, 3287);
	print_message("[ NOTE ] %d of 3287 days agree\n", n);
}

static void every_reference_deadline_is_met(void **state)
{
	FILE *f = shared_open(arena, "data/calendar/deadline_vectors.csv");
	char line[200], start[16], due[16];
	int n_workdays, n = 0;
	bool provisional;

	(void)state;
	if (!f)
		skip();
	assert_non_null(fgets(line, sizeof line, f));
	while (fgets(line, sizeof line, f)) {
		assert_int_equal(sscanf(line, "%10[^,],%d,%10[^,]", start, &n_workdays, due), 3);
		assert_int_equal(calendar_add(cal, day_of(start), n_workdays, &provisional), day_of(due));
		assert_int_equal(provisional, day_of(due) > calendar_known_until(cal));
		assert_int_equal(calendar_between(cal, day_of(start), day_of(due)), n_workdays);
		n++;
	}
	fclose(f);
	assert_int_equal(n, 932);
	print_message("[ NOTE ] %d of 932 deadlines agree\n", n);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(months_have_their_working_days),
		cmocka_unit_test(days_have_kind_and_name),
		cmocka_unit_test(years_without_final_notice_are_provisional),
		cmocka_unit_test(adding_walks_working_days),
		cmocka_unit_test(adding_has_ceilings),
		cmocka_unit_test(adding_and_counting_agree_with_walking),
		cmocka_unit_test(late_receipt_counts_as_next_working_day),
		cmocka_unit_test(an_empty_calendar_knows_the_law_only),
		cmocka_unit_test(a_year_without_days_is_not_known),
		cmocka_unit_test(building_refuses_what_is_out_of_range),
		cmocka_unit_test(every_day_agrees_with_the_reference_table),
		cmocka_unit_test(every_reference_deadline_is_met),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
