/* Which rule a clock goes by, on which moments its steps stand, and in which words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "clock.h"
#include "ladder.h"
#include "shipped.h"

#define OPEN_MIN 510
#define ON(y, m, d) clock_day_of(y, m, d)

static const struct ladder_step steps[] = {
	{ 1, false, -2, 'W', LADDER_TO(LADDER_HANDLER) | LADDER_TO(LADDER_LIAISON) },
	{ 2, false, 0, 'W', LADDER_TO(LADDER_DEPT_REVIEWER) },
	{ 3, false, 1, 'W', LADDER_TO(LADDER_SUPERVISOR) },
	{ 4, false, 5, 'W', LADDER_TO(LADDER_CIRCULAR) },
	{ 5, true, 45, 'D', LADDER_TO(LADDER_SUPERVISOR) },
};
static const struct ladder ladder = { .scope = { .id = 1, .valid_to = DAY_NONE }, .steps = steps, .n_steps = 5 };

static const struct ladder_moment *find(const struct ladder_moment *list, size_t n, int64_t step_id)
{
	for (size_t i = 0; i < n; i++) {
		if (step_id == (list[i].step ? list[i].step->id : 0))
			return &list[i];
	}
	return NULL;
}

/* Begun on 17 September 2026, ten working days: due on 9 October, over the days of the National Day. */
static struct ladder_clock clock_of(struct arena *a)
{
	return (struct ladder_clock){ .cal = shipped_calendar(a), .open_min = OPEN_MIN, .start_on = ON(2026, 9, 17),
		.due_on = ON(2026, 10, 9) };
}

static void steps_stand_on_working_days_around_the_day(void **state)
{
	struct arena *a = arena_new(32 << 20);
	struct ladder_clock clock = clock_of(a);
	struct ladder_moment list[LADDER_STEPS_MAX + 1];
	size_t n = ladder_moments(&ladder, &clock, list);

	(void)state;
	assert_int_equal(n, 6);
	/* 8 October is a working day, 1 to 7 are not: two working days before the 9th is 30 September. */
	assert_int_equal(find(list, n, 1)->on, ON(2026, 9, 30));
	assert_int_equal(find(list, n, 1)->at, clock_day_start(ON(2026, 9, 30)) + OPEN_MIN * 60);
	assert_int_equal(find(list, n, 2)->on, ON(2026, 10, 9));
	assert_int_equal(find(list, n, 0)->at, clock_day_start(ON(2026, 10, 10)));
	/* Saturday 10 October is worked for the holidays. */
	assert_int_equal(find(list, n, 3)->on, ON(2026, 10, 10));
	assert_int_equal(find(list, n, 4)->on, ON(2026, 10, 15));
	assert_int_equal(find(list, n, 5)->on, ON(2026, 11, 1));
	for (size_t i = 1; i < n; i++)
		assert_true(list[i - 1].at <= list[i].at);
	arena_free(a);
}

static void the_end_of_a_term_is_a_moment_once(void **state)
{
	struct arena *a = arena_new(32 << 20);
	struct ladder_clock clock = clock_of(a);
	struct ladder_moment list[LADDER_STEPS_MAX + 1];

	(void)state;
	clock.ended = true;
	assert_null(find(list, ladder_moments(&ladder, &clock, list), 0));
	clock.ended = false;
	assert_int_equal(ladder_moments(NULL, &clock, list), 1);
	assert_null(list[0].step);
	arena_free(a);
}

/* A term of one working day: what would warn two days before would do so before it began. */
static void nobody_is_warned_before_the_clock_began(void **state)
{
	struct arena *a = arena_new(32 << 20);
	struct ladder_clock clock = clock_of(a);
	struct ladder_moment list[LADDER_STEPS_MAX + 1];

	(void)state;
	clock.due_on = ON(2026, 9, 18);
	assert_null(find(list, ladder_moments(&ladder, &clock, list), 1));
	clock.due_on = ON(2026, 9, 20);
	assert_int_equal(find(list, ladder_moments(&ladder, &clock, list), 2)->on, ON(2026, 9, 20));
	arena_free(a);
}

static void the_rule_that_fits_best_is_taken(void **state)
{
	static const struct ladder list[] = {
		{ .scope = { 1, NULL, NULL, 0, 0, DAY_NONE } },         { .scope = { 2, "reply", NULL, 0, 0, DAY_NONE } },
		{ .scope = { 3, "reply", "consult", 0, 0, DAY_NONE } }, { .scope = { 4, "reply", NULL, 7, 0, DAY_NONE } },
		{ .scope = { 5, "reply", NULL, 0, 100, 199 } },         { .scope = { 6, NULL, "consult", 7, 0, DAY_NONE } },
	};
	static const struct { const char *timer, *type; int64_t unit; int32_t day; int64_t want; } cases[] = {
		{ "sign", "complaint", 0, 50, 1 },  { "reply", "complaint", 0, 50, 2 }, { "reply", "consult", 0, 50, 3 },
		{ "reply", "consult", 7, 50, 4 },   { "reply", "complaint", 0, 150, 5 }, { "reply", "complaint", 0, 200, 2 },
		{ "sign", "consult", 7, 50, 6 },    { "reply", NULL, 0, 50, 2 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct ladder *got = ladder_pick(list, 6, cases[i].timer, cases[i].type, cases[i].unit, cases[i].day);

		assert_non_null(got);
		assert_int_equal(got->scope.id, cases[i].want);
	}
	assert_null(ladder_pick(list + 1, 1, "sign", "consult", 0, 50));
}

static void rules_are_said_in_words(void **state)
{
	struct arena *a = arena_new(1 << 20);

	(void)state;
	assert_int_equal(ladder_audience_from("handler,liaison"), steps[0].to);
	assert_int_equal(ladder_audience_from(""), 0);
	assert_int_equal(ladder_audience_from("nobody,supervisor"), LADDER_TO(LADDER_SUPERVISOR));
	assert_string_equal(ladder_audience_names(a, steps[0].to), "承办人、部门联络员");
	assert_string_equal(ladder_audience_names(a, 0), "无");
	assert_string_equal(ladder_step_words(a, &steps[0]), "到期前 2 个工作日");
	assert_string_equal(ladder_step_words(a, &steps[1]), "到期当日");
	assert_string_equal(ladder_step_words(a, &steps[3]), "超期 5 个工作日");
	assert_string_equal(ladder_step_words(a, &steps[4]), "开始后第 45 天");
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(steps_stand_on_working_days_around_the_day),
		cmocka_unit_test(the_end_of_a_term_is_a_moment_once),
		cmocka_unit_test(nobody_is_warned_before_the_clock_began),
		cmocka_unit_test(the_rule_that_fits_best_is_taken),
		cmocka_unit_test(rules_are_said_in_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
