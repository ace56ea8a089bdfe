/* edition: what is hidden is found again in a text that people have edited, and each place turns by its key. */
#include "unit.h"

#include <string.h>

#include "edition.h"
#include "str.h"

#define H REDACT_HIDDEN

UNIT_ARENA(a, 16 << 20);

/* "[138…] hidden, {…} shown, (…) a hint". */
static const char *drawn(const char *original, const char *text)
{
	const struct edition_text t = { .original = original, .text = text };
	struct edition_pieces p = edition_pieces(a, EDITION_BODY, &t);
	struct str o;

	str_init(&o, a, 4096);
	for (size_t i = 0; i < p.n; i++) {
		static const char *const open[] = { "", "[", "{", "(" }, *const close[] = { "", "]", "}", ")" };

		str_addf(&o, "%s%s%s", open[p.list[i].what], p.list[i].text ? p.list[i].text : "?", close[p.list[i].what]);
	}
	return o.s;
}

static void test_what_was_hidden_is_known_by_what_stands_around_it(void **state)
{
	(void)state;
	assert_string_equal(drawn("电话13800138000，谢谢", "电话" H "，谢谢"), "电话[13800138000]，谢谢");
	assert_string_equal(drawn("13800138000", H), "[13800138000]");
	assert_string_equal(drawn("我叫王小明，电话13800138000。", "我叫" H "，电话" H "。"), "我叫[王小明]，电话[13800138000]。");
	/* Somebody has edited around it. */
	assert_string_equal(drawn("您好！我住3栋，电话13800138000，请回电。", "您好。电话" H "，请尽快回电。"),
		"您好。电话[13800138000]，请尽快回电。");
	assert_string_equal(drawn("完全是另一封信", "电话" H "，谢谢"), "电话[?]，谢谢");
	assert_string_equal(drawn("电话13800138000，谢谢", "电话13800138000，谢谢"), "电话{13800138000}，谢谢");
	assert_string_equal(drawn("老板张建国", "老板张建国"), "老板(张建国)");
}

static void test_places_side_by_side_are_divided_by_the_rules(void **state)
{
	(void)state;
	assert_string_equal(drawn("听雨苑3栋wang@mail.cn反映油烟", H H "反映油烟"), "[听雨苑3栋][wang@mail.cn]反映油烟");
	assert_string_equal(drawn("听雨苑三楼反映油烟", H H "反映油烟"), "[?][?]反映油烟");
}

static const char *turned(const char *original, const char *text, const char *pick, const char *later)
{
	struct edition_text t[EDITION__FIELDS] = { { .original = "", .text = "" }, { .original = original, .text = text },
		{ .original = "", .text = "" } };
	struct edition_pieces p = edition_pieces(a, EDITION_BODY, &t[EDITION_BODY]);
	enum edition_field f = EDITION_TITLE;
	const char *ret = NULL;

	t[EDITION_BODY].text = later != NULL ? later : text;
	for (size_t i = 0; i < p.n; i++) {
		if (p.list[i].what != EDITION_PLAIN && str_eq(p.list[i].text, pick)) {
			if (!edition_turn(a, t, p.list[i].key, &f, &ret))
				return "gone";
			assert_int_equal(f, EDITION_BODY);
			return ret;
		}
	}
	return "not found";
}

static void test_one_press_hides_and_shows(void **state)
{
	static const char original[] = "电话13800138000，车牌湘A12345。", hidden[] = "电话" H "，车牌" H "。";

	(void)state;
	assert_string_equal(turned(original, original, "13800138000", NULL), "电话" H "，车牌湘A12345。");
	assert_string_equal(turned(original, hidden, "湘A12345", NULL), "电话" H "，车牌湘A12345。");
	/* The text was edited between the page and the press. */
	assert_string_equal(turned(original, original, "湘A12345", "您好！电话13800138000，车牌湘A12345。"),
		"您好！电话13800138000，车牌" H "。");
	assert_string_equal(turned(original, original, "湘A12345", "您好！"), "gone");
	assert_string_equal(turned(original, hidden, "湘A12345", "电话" H "。"), "gone");
}

static void test_a_key_from_elsewhere_does_nothing(void **state)
{
	static const char *const keys[] = { "", "hide", "hide:body:0:0:0", "hide:nobody:0:3:0", "x:body:0:3:0",
		"hide:body:99999999:3:0", "hide:body:0:99999:0", "show:title:0:3:0", "hide:body:-1:3:0", "hide:body:0:3" };
	const struct edition_text t[EDITION__FIELDS] = { { .original = "标题", .text = "标题" },
		{ .original = "正文", .text = "正文" }, { .original = "答复", .text = "答复" } };
	enum edition_field f;
	const char *ret;

	(void)state;
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		assert_false(edition_turn(a, t, keys[i], &f, &ret));
}

static void test_the_writers_name_is_known_in_a_text_nobody_has_compared(void **state)
{
	static const char *const seen[] = { "我叫王小明" };
	const struct redact_span own = { 6, 15, REDACT_NAME, "own", false }, *lists[] = { &own };
	const size_t n[] = { 1 };
	struct redact_span *again;

	(void)state;
	assert_int_equal(edition_own_again(a, "王小明和王小明", seen, lists, n, 1, &again), 2);
	assert_int_equal(again[0].from, 0);
	assert_int_equal(again[1].from, 12);
	assert_string_equal(edition_hide_all(a, EDITION_REPLY, &(struct edition_text){ .original = "", .text = "王小明和王小明",
		.text_own = again, .text_own_n = 2 }), H "和" H);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_was_hidden_is_known_by_what_stands_around_it),
		cmocka_unit_test(test_places_side_by_side_are_divided_by_the_rules),
		cmocka_unit_test(test_one_press_hides_and_shows), cmocka_unit_test(test_a_key_from_elsewhere_does_nothing),
		cmocka_unit_test(test_the_writers_name_is_known_in_a_text_nobody_has_compared),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
