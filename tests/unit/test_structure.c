/* structure: what an answer has, what it lacks, what it must not have. Answers written for this test. */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "structure.h"
#include "str.h"

UNIT_ARENA(a, 16 << 20);

static const char whole[] = "您好！您反映的望湖路路灯不亮的问题收悉。\n"
	"接到来信后，我局工作人员于九月三十日到现场核查。经查，三盏路灯因电缆进水熄灭。\n"
	"依据《城市照明管理规定》第十九条，我局已安排更换电缆接头，今晚试灯正常。\n"
	"如还有疑问，请拨打 0571-82345678 联系市政设施科。";

static struct structure looked(const char *answer, struct structure_of of)
{
	struct structure s;

	structure_check(a, answer, &of, &s);
	return s;
}

static const struct structure_of complaint = { .number = "MS-T-20260929-123456-7", .title = "望湖路中段路灯不亮",
	.type = "complaint", .result = "explained" };

static void test_a_whole_answer_asks_nothing(void **state)
{
	struct structure s = looked(whole, complaint);

	(void)state;
	assert_string_equal(structure_missing(a, &s), "");
	assert_int_equal(s.warnings, 0);
	assert_false(structure_asks(&s));
	assert_non_null(strstr(s.part[STRUCTURE_BASIS].sentence, "城市照明管理规定"));
	assert_non_null(strstr(s.part[STRUCTURE_FACTS].sentence, "现场核查"));
	assert_non_null(strstr(s.part[STRUCTURE_CONTACT].sentence, "0571-82345678"));
	assert_false(s.part[STRUCTURE_REMEDY].needed);
}

static void test_says_what_is_missing(void **state)
{
	static const struct { const char *answer, *type, *result, *missing; } cases[] = {
		{ "您好！您来信反映的望湖路路灯不亮的问题我们高度重视，感谢您的关心和支持，祝您生活愉快！", "complaint", "explained",
			"查明的事实、依据、结论、联系电话" },
		{ "您好！望湖路路灯不亮一事，经核实是电缆进水，我局已更换接头，灯已恢复。谢谢您的监督。", "complaint", "solved", "联系电话" },
		{ "您好！根据《照明规定》，望湖路路灯不亮的赔偿要求不予支持。经查没有损坏车辆。电话：82345678。", "complaint",
			"not_supported", "救济途径" },
		{ "您好！根据《照明规定》，望湖路路灯不亮不予赔偿。经查没有损坏。如不服，可以申请行政复议。电话：82345678。", "complaint",
			"not_supported", "" },
		{ "您好！望湖路中段路灯不亮可以拨打 12345 报修，不收费用，全天受理，一般两天修好。", "consult", "explained", "依据" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct structure_of of = complaint;
		struct structure s;

		of.type = cases[i].type;
		of.result = cases[i].result;
		s = looked(cases[i].answer, of);
		assert_string_equal(structure_missing(a, &s), cases[i].missing);
	}
}

/* The answer with one more sentence; whether a warning has these words. */
static bool warned(const char *more, const char *words)
{
	struct structure s = looked(arena_printf(a, "%s%s", whole, more), complaint);

	for (size_t i = 0; i < s.warnings; i++) {
		if (strstr(s.warning[i], words) != NULL)
			return true;
	}
	return false;
}

static void test_warns_of_what_must_not_be_there(void **state)
{
	(void)state;
	assert_true(warned("肇事者电话 13900001234。", "手机号码"));
	assert_true(warned("肇事者电话 139 0000 1234。", "手机号码"));
	assert_true(warned("身份证号 11010519491231002X。", "身份证"));
	assert_true(warned("身份证号 110105194912310021。", "身份证"));
	assert_true(warned("联系电话：{电话}。", "{电话}"));
	assert_true(warned("依据《××办法》。", "没填"));
	assert_true(warned("另见 MS-Z-20260928-654321-4 的答复。", "MS-Z-20260928-654321-4"));
	assert_false(warned("本信编号 MS-T-20260929-123456-7。", "编号"));
	assert_false(warned("已投入 20260929 元，共 1234567890123456789 件。", "身份证"));
	assert_false(warned("电话 0571-82345678 转 801。", "手机"));
}

static void test_warns_of_a_salutation_with_a_name(void **state)
{
	static const struct { const char *head; bool warned; } cases[] = {
		{ "尊敬的张先生：您好！", true }, { "李四女士，您好！", true }, { "欧阳先生：", true }, { "尊敬的市民朋友：您好！", false },
		{ "网友同志：你好！", false }, { "您好！", false }, { "尊敬的写信人：您好！请联系王女士。", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct structure s = looked(arena_printf(a, "%s%s", cases[i].head, whole), complaint);

		assert_int_equal(s.warnings > 0, cases[i].warned);
	}
}

static void test_warns_of_an_answer_to_something_else(void **state)
{
	static const char *const earlier[] = { "第一次的答复。", whole };
	struct structure_of of = complaint;
	struct structure s;

	(void)state;
	of.title = "新生儿参保需要哪些材料";
	s = looked(whole, of);
	assert_int_equal(s.warnings, 1);
	assert_non_null(strstr(s.warning[0], "新生儿参保"));
	of.title = complaint.title;
	of.earlier = earlier;
	of.earlier_n = 2;
	s = looked(whole, of);
	assert_int_equal(s.warnings, 1);
	assert_non_null(strstr(s.warning[0], "一字不差"));
	s = looked("已处理。", complaint);
	assert_true(s.short_text && structure_asks(&s));
	s = looked("", complaint);
	assert_true(s.short_text && s.warnings == 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_a_whole_answer_asks_nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(test_says_what_is_missing, setup, teardown),
		cmocka_unit_test_setup_teardown(test_warns_of_what_must_not_be_there, setup, teardown),
		cmocka_unit_test_setup_teardown(test_warns_of_a_salutation_with_a_name, setup, teardown),
		cmocka_unit_test_setup_teardown(test_warns_of_an_answer_to_something_else, setup, teardown),
	};

	return cmocka_run_group_tests_name("structure", tests, NULL, NULL);
}
