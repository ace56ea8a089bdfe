/* Steps of the ladder as people write them, and back; what is wrong is said with its line. */
#include "shipped.h"

#include "rule_add.h"
#include "str.h"

UNIT_ARENA(arena, (size_t)4 << 20);

static void steps_are_read_and_written_alike(void **state)
{
	static const char text[] = "到期前 2 个工作日：承办人、部门联络员\n到期当日：分管领导\n超期 5 个工作日：列入通报\n开始后第 45 天：督办员\n";
	struct ladder_step *steps;
	size_t n;

	(void)state;
	assert_int_equal(rule_read_steps(arena, text, &steps, &n), 0);
	assert_int_equal(n, 4);
	assert_int_equal(steps[0].amount, -2);
	assert_int_equal(steps[0].unit, 'W');
	assert_int_equal(steps[0].to, LADDER_TO(LADDER_HANDLER) | LADDER_TO(LADDER_LIAISON));
	assert_int_equal(steps[1].amount, 0);
	assert_int_equal(steps[2].amount, 5);
	assert_true(steps[3].from_start);
	assert_int_equal(steps[3].unit, 'D');
	assert_string_equal(rule_write_steps(arena, steps, n), text);
}

static void blanks_and_half_width_marks_do_no_harm(void **state)
{
	struct ladder_step *steps;
	size_t n;

	(void)state;
	assert_int_equal(rule_read_steps(arena, "\r\n  到期前3天:承办人,督办员  \r\n\n", &steps, &n), 0);
	assert_int_equal(n, 1);
	assert_int_equal(steps[0].amount, -3);
	assert_int_equal(steps[0].unit, 'D');
	assert_int_equal(steps[0].to, LADDER_TO(LADDER_HANDLER) | LADDER_TO(LADDER_SUPERVISOR));
	assert_int_equal(rule_read_steps(arena, "", &steps, &n), 0);
	assert_int_equal(n, 0);
}

static void what_cannot_be_read_names_its_line(void **state)
{
	static const char *const wrong[] = { "到期那天：承办人", "到期当日：谁都行", "到期前 2 个工作日", "到期前 2 个工作日：承办人、",
		"超期 0 个工作日：承办人", "到期前 9999 天：承办人", "开始后第 0 天：承办人", "到期当日：承办人 督办员" };
	struct ladder_step *steps;
	size_t n;

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		assert_int_equal(rule_read_steps(arena, arena_printf(arena, "到期前 1 天：承办人\n%s", wrong[i]), &steps, &n), ERR_INVALID);
		assert_non_null(strstr(err_text(ERR_INVALID), "第 2 行"));
	}
	assert_int_equal(rule_read_steps(arena, "到期当日：承办人\n到期当日：督办员", &steps, &n), ERR_INVALID);
	assert_non_null(strstr(err_text(ERR_INVALID), "同一天"));
}

static void there_is_a_most_of_steps(void **state)
{
	struct ladder_step *steps;
	struct str text;
	size_t n;

	(void)state;
	str_init(&text, arena, 10000);
	for (int i = 1; i <= LADDER_STEPS_MAX; i++)
		str_addf(&text, "超期 %d 天：督办员\n", i);
	assert_int_equal(rule_read_steps(arena, text.s, &steps, &n), 0);
	assert_int_equal(n, LADDER_STEPS_MAX);
	str_add(&text, "超期 99 天：督办员\n");
	assert_int_equal(rule_read_steps(arena, text.s, &steps, &n), ERR_INVALID);
}

static void a_rule_begins_today_or_later(void **state)
{
	struct rule_new rule = { .scope = { .valid_from = 20000, .valid_to = DAY_NONE } };

	(void)state;
	assert_null(rule_wrong(&rule, 20000));
	assert_non_null(rule_wrong(&rule, 20001));
	rule.scope.valid_to = 19999;
	assert_non_null(rule_wrong(&rule, 20000));
	rule.scope.valid_from = DAY_NONE;
	assert_non_null(rule_wrong(&rule, 20000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(steps_are_read_and_written_alike),
		cmocka_unit_test(blanks_and_half_width_marks_do_no_harm),
		cmocka_unit_test(what_cannot_be_read_names_its_line),
		cmocka_unit_test(there_is_a_most_of_steps),
		cmocka_unit_test(a_rule_begins_today_or_later),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
