/* What the registrar's screen works out: how alike titles are, what a refused writer reads. */

#include "unit.h"

#include <string.h>

#include "triage.h"

UNIT_ARENA(arena, 1 << 20);

static int alike(const char *one, const char *other)
{
	int how = triage_likeness(arena, one, other);

	assert_int_equal(how, triage_likeness(arena, other, one));
	return how;
}

static void the_same_title_is_wholly_alike(void **state)
{
	(void)state;
	assert_int_equal(alike("望湖路路灯不亮", "望湖路路灯不亮"), 100);
	assert_int_equal(alike("望湖路，路灯不亮！", "望湖路 路灯不亮"), 100);
}

static void titles_of_one_matter_are_more_alike_than_others(void **state)
{
	int near = alike("书香路口红绿灯时间太短老人过不去", "书香路口红绿灯太短，老人过不了马路");

	(void)state;
	assert_true(near >= 45 && near < 100);
	assert_true(alike("书香路口红绿灯时间太短老人过不去", "书香路小学门口乱停车") < 45);
	assert_int_equal(alike("居住证怎样办理", "望湖路路灯不亮"), 0);
}

static void what_has_no_words_is_like_nothing(void **state)
{
	char long_one[4000];

	(void)state;
	assert_int_equal(alike("", ""), 0);
	assert_int_equal(alike("灯", "灯"), 0);
	assert_int_equal(alike("，。！？", "，。！？"), 0);
	memset(long_one, 'a', sizeof long_one - 1);
	long_one[sizeof long_one - 1] = '\0';
	assert_int_equal(alike(long_one, long_one), 100);
}

static void a_refusal_says_reason_way_and_words(void **state)
{
	const char *told = triage_refusal(arena, "discipline", "您反映的是个人违纪。");

	(void)state;
	assert_non_null(strstr(told, "属于纪检监察举报。"));
	assert_non_null(strstr(told, "12388"));
	assert_string_equal(told + strlen(told) - strlen("您反映的是个人违纪。"), "您反映的是个人违纪。");
	assert_non_null(triage_refusal(arena, "discipline", NULL));
	assert_null(triage_refusal(arena, "nonsense", "x"));
	assert_null(triage_refusal(arena, "", "x"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_title_is_wholly_alike),
		cmocka_unit_test(titles_of_one_matter_are_more_alike_than_others),
		cmocka_unit_test(what_has_no_words_is_like_nothing),
		cmocka_unit_test(a_refusal_says_reason_way_and_words),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
