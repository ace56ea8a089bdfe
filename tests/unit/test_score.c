/* What a value earns on the scorecard, what the points come to, and when a sheet passes. */
#include "sample.h"
#include "score.h"
#include "shipped.h"

static void test_a_value_is_part_of_whole_rounded_half_up(void **state)
{
	(void)state;
	assert_int_equal(score_value(SCORE_KIND_RATE, 1, 3), 3333);
	assert_int_equal(score_value(SCORE_KIND_RATE, 2, 3), 6667);
	assert_int_equal(score_value(SCORE_KIND_RATE, 0, 0), -1);
	assert_int_equal(score_value(SCORE_KIND_MEAN, 61, 12), 508);
	assert_int_equal(score_value(SCORE_KIND_COUNT, 3, 0), 300);
}

static void test_points_lie_between_the_ends_either_way_round(void **state)
{
	static const struct { int value, weight, full, zero, points; } cases[] = {
		{ 10000, 30, 10000, 7000, 3000 }, { 7000, 30, 10000, 7000, 0 }, { 8500, 30, 10000, 7000, 1500 },
		{ 0, 30, 10000, 7000, 0 }, { 500, 10, 500, 1500, 1000 }, { 100, 10, 500, 1500, 1000 },
		{ 1500, 10, 500, 1500, 0 }, { 2000, 10, 500, 1500, 0 }, { 1000, 10, 500, 1500, 500 },
		{ 9999, 30, 10000, 7000, 2999 }, { 300, 10, 0, 500, 400 }, { 7001, 1, 10000, 7000, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_int_equal(score_points(cases[i].value, cases[i].weight, cases[i].full, cases[i].zero), cases[i].points);
}

static void test_what_was_not_measured_weighs_nothing(void **state)
{
	(void)state;
	assert_int_equal(score_total(9000, 100), 9000);
	assert_int_equal(score_total(4500, 50), 9000); /* half the plan, nine tenths of it earned */
	assert_int_equal(score_total(0, 0), -1);
	assert_int_equal(score_adjusted(9800, 500), 10000);
	assert_int_equal(score_adjusted(100, -500), 0);
}

static void test_numbers_are_written_without_needless_noughts(void **state)
{
	struct arena *a = arena_new(1 << 16);
	const int64_t value = 9630;

	(void)state;
	assert_string_equal(score_points_text(a, 9000), "90");
	assert_string_equal(score_points_text(a, 9050), "90.5");
	assert_string_equal(score_points_text(a, -25), "-0.25");
	assert_string_equal(score_value_text(a, SCORE_on_time, &value), "96.3%");
	assert_string_equal(score_value_text(a, SCORE_on_time, NULL), "—");
	assert_string_equal(score_tier_text(a, "合格", 60, 80), "合格 60 分及以上");
	assert_string_equal(score_tier_text(a, "需要改进", 0, 60), "需要改进 60 分以下");
	assert_string_equal(score_tier_text(a, "不分等次", 0, 0), "不分等次 0 分及以上");
	for (int m = 0; m < SCORE__MAX; m++)
		assert_int_equal(score_measure_from(score_measure_code((enum score_measure)m)), m);
	assert_int_equal(score_measure_from("none"), SCORE__MAX);
	arena_free(a);
}

static void test_nothing_for_a_fatal_item_fails_the_sheet(void **state)
{
	static const struct sample_item items[] = { { 1, 60, true }, { 2, 30, false }, { 3, 10, true } };
	struct sample_mark marks[] = { { 1, 60, "" }, { 2, 30, "" }, { 3, 10, "" } };
	bool passed;

	(void)state;
	assert_int_equal(sample_points(items, marks, 3, 80, &passed), 100);
	assert_true(passed);
	marks[2].points = 0;
	assert_int_equal(sample_points(items, marks, 3, 80, &passed), 90);
	assert_false(passed);
	marks[2].points = 1;
	marks[1].points = 19;
	assert_int_equal(sample_points(items, marks, 3, 80, &passed), 80);
	assert_true(passed);
	marks[1].points = 18;
	sample_points(items, marks, 3, 80, &passed);
	assert_false(passed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_value_is_part_of_whole_rounded_half_up),
		cmocka_unit_test(test_points_lie_between_the_ends_either_way_round),
		cmocka_unit_test(test_what_was_not_measured_weighs_nothing),
		cmocka_unit_test(test_numbers_are_written_without_needless_noughts),
		cmocka_unit_test(test_nothing_for_a_fatal_item_fails_the_sheet),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
