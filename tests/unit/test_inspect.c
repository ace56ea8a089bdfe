/* When a light changes, and what a visit says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alarm.h"
#include "clock.h"
#include "inspect.h"
#include "shipped.h"
#include "simulation.h"

static struct arena *arena;
static const struct calendar *cal;
static const struct office_hours hours = { 510, 1050, true };

static int setup(void **state)
{
	(void)state;
	arena = arena_new((size_t)32 << 20);
	cal = shipped_calendar(arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void a_step_is_reached_when_its_days_are_over(void **state)
{
	static const struct { enum inspect_kind kind; int amount; char unit; const char *since, *due; } rows[] = {
		{ INSPECT_freshness, 30, 'D', "2026-09-01 15:00", "2026-10-01 00:00" },
		{ INSPECT_freshness, 2, 'M', "2026-12-31 09:00", "2027-02-28 00:00" },
		{ INSPECT_freshness, 2, 'M', "2027-12-31 09:00", "2028-02-29 00:00" },   /* a leap year */
		{ INSPECT_veto, 3, 'M', "2026-11-15 09:00", "2027-02-15 00:00" },
		{ INSPECT_simulated, 5, 'W', "2026-09-28 00:00", "2026-10-11 00:00" },   /* over the break, and a Saturday that is worked */
		{ INSPECT_incident_first, 4, 'H', "2026-09-30 22:30", "2026-10-01 02:30" },
		{ INSPECT_known_until, 60, 'D', "2026-12-31 00:00", "2026-11-02 00:00" },
		{ INSPECT_known_until, 0, 'D', "2026-12-31 00:00", "2027-01-01 00:00" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct inspect_rule rule = { .kind = rows[i].kind, .level = INSPECT_WARN, .amount = rows[i].amount,
			.unit = rows[i].unit };
		const struct inspect_fact f = { .kind = rows[i].kind, .since = moment_of(rows[i].since) };

		assert_string_equal(clock_fmt(arena, inspect_due(cal, &rule, &f)), rows[i].due);
	}
}

static void a_share_counts_from_what_it_says_and_nothing_runs_without_a_beginning(void **state)
{
	const struct inspect_rule rule = { .kind = INSPECT_probe_week, .level = INSPECT_LATE, .amount = 5, .unit = 'P' };
	struct inspect_fact f = { .kind = INSPECT_probe_week, .since = 1000, .value = 499 };

	(void)state;
	assert_true(inspect_due(cal, &rule, &f) == TIME_NONE);
	f.value = 500;
	assert_true(inspect_due(cal, &rule, &f) == 1000);
	f.since = TIME_NONE;
	assert_true(inspect_due(cal, &rule, &f) == TIME_NONE);
}

static void the_highest_step_that_was_reached_is_the_light(void **state)
{
	const struct inspect_rule rules[] = { { .kind = INSPECT_freshness, .level = INSPECT_NOTICE, .amount = 30, .unit = 'D' },
		{ .kind = INSPECT_freshness, .level = INSPECT_WARN, .amount = 45, .unit = 'D' },
		{ .kind = INSPECT_home, .level = INSPECT_LATE, .amount = 14, .unit = 'D' } };
	const struct inspect_fact f = { .kind = INSPECT_freshness, .since = moment_of("2026-09-01 09:00") };
	int64_t next;

	(void)state;
	assert_int_equal(inspect_level_of(cal, rules, 3, &f, moment_of("2026-09-30 23:59"), &next), INSPECT_GREEN);
	assert_string_equal(clock_fmt(arena, next), "2026-10-01 00:00");
	assert_int_equal(inspect_level_of(cal, rules, 3, &f, moment_of("2026-10-01 00:00"), &next), INSPECT_NOTICE);
	assert_int_equal(inspect_level_of(cal, rules, 3, &f, moment_of("2026-12-01 00:00"), &next), INSPECT_WARN);
	assert_true(next == TIME_NONE);
}

static void a_notice_waits_for_the_office_to_open(void **state)
{
	static const char *const rows[][2] = {
		{ "2026-09-29 16:00", "2026-09-29 16:00" }, { "2026-09-29 07:00", "2026-09-29 08:30" },
		{ "2026-09-30 20:00", "2026-10-08 08:30" }, { "2026-10-03 12:00", "2026-10-08 08:30" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_string_equal(clock_fmt(arena, alarm_office_moment(cal, &hours, moment_of(rows[i][0]))), rows[i][1]);
}

static void the_question_goes_out_in_the_office_hours_of_its_week(void **state)
{
	static const char *const nows[] = { "2026-09-28 00:01", "2026-09-28 12:00", "2026-09-30 16:50", "2026-10-08 09:00" };

	(void)state;
	for (size_t i = 0; i < sizeof nows / sizeof nows[0]; i++) {
		for (uint32_t draw = 0; draw < 600; draw += 7) {
			int64_t now = moment_of(nows[i]), t = simulation_moment(cal, &hours, now, draw, draw * 31);

			assert_true(t > now && calendar_is_workday(cal, clock_day(t)));
			assert_in_range(clock_second_of_day(t) / 60, hours.open_min, hours.close_min - 30);
			assert_true(clock_day(t) - clock_weekday(clock_day(t)) == clock_day(now) - clock_weekday(clock_day(now)));
		}
	}
	/* The office closes on the last working day before the break. */
	assert_true(simulation_moment(cal, &hours, moment_of("2026-09-30 17:05"), 3, 3) == TIME_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_step_is_reached_when_its_days_are_over),
		cmocka_unit_test(a_share_counts_from_what_it_says_and_nothing_runs_without_a_beginning),
		cmocka_unit_test(the_highest_step_that_was_reached_is_the_light),
		cmocka_unit_test(a_notice_waits_for_the_office_to_open),
		cmocka_unit_test(the_question_goes_out_in_the_office_hours_of_its_week),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
