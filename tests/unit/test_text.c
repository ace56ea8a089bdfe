/* What people type: cleaned, counted, normalised. */
#include "unit.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

#define N(x) (sizeof(x) / sizeof((x)[0]))

UNIT_ARENA(arena, (size_t)64 << 20);

static void utf8_is_checked(void **state)
{
	static const struct { const char *s; bool ok; } cases[] = {
		{ "", true }, { "abc", true }, { "路灯不亮", true }, { "𠮷", true }, { "👨‍👩‍👧‍👦", true },
		{ "\xC0\xAE", false },             /* overlong "." */
		{ "\xE0\x80\xAF", false },         /* overlong "/" */
		{ "\xED\xA0\x80", false },         /* a surrogate */
		{ "\xF4\x90\x80\x80", false },     /* past U+10FFFF */
		{ "\xE4\xBD", false },             /* cut */
		{ "\xFF", false }, { "\x80", false },
		{ "\xC2\xB7\xB5\xC6", false },     /* GBK */
	};

	(void)state;
	for (size_t i = 0; i < N(cases); i++)
		assert_int_equal(text_valid_utf8(cases[i].s, strlen(cases[i].s)), cases[i].ok);
	assert_false(text_valid_utf8("a\0b", 3));
}

static void a_line_is_cleaned(void **state)
{
	static const struct { const char *in, *out; } cases[] = {
		{ "", "" }, { "   ", "" }, { "\n\t ", "" },
		{ "  路灯  不亮\t了 \r\n", "路灯 不亮 了" },
		{ "　张　三　", "张 三" },
		{ "a\x01\x1F" "b\x7F", "ab" },
		{ "a\xC2\x85" "b", "a b" },
		{ "张\u202E三\u202C", "张三" },
		{ "\u2066张\u2069\u200F三", "张三" },
		{ "a\u200Bb\uFEFF", "ab" },
		{ "e\u0301", "\u00E9" },
		{ "\u3164\u3164", "" },
		{ "👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦" },
		{ "第一行\n第二行", "第一行 第二行" },
		{ "a\u2028b", "a b" },
		{ "\U000E0041a", "a" },
	};
	const char *out;

	(void)state;
	for (size_t i = 0; i < N(cases); i++) {
		assert_int_equal(text_clean_line(arena, cases[i].in, 100, &out), 0);
		assert_string_equal(out, cases[i].out);
	}
}

static void a_body_keeps_its_lines(void **state)
{
	static const struct { const char *in, *out; } cases[] = {
		{ "", "" }, { " \r\n \n", "" },
		{ "一\r\n二\r三\n", "一\n二\n三" },
		{ "一\n\n\n\n\n二", "一\n\n\n二" },
		{ "一 \n 二  ", "一\n 二" },
		{ "　　您好\n　　路灯不亮　\n", "　　您好\n　　路灯不亮" },
		{ "a\tb", "a b" },
		{ "a\x1B[31mb", "a[31mb" },
		{ "转\u202E过来", "转过来" },
		{ "\n\n首行", "首行" },
	};
	const char *out;

	(void)state;
	for (size_t i = 0; i < N(cases); i++) {
		assert_int_equal(text_clean_body(arena, cases[i].in, 100, &out), 0);
		assert_string_equal(out, cases[i].out);
	}
}

static void too_long_and_not_utf8_are_refused(void **state)
{
	char zalgo[1 + 2 * 200 + 1] = "a";
	const char *out = "untouched";

	(void)state;
	assert_int_equal(text_clean_line(arena, "一二三四", 4, &out), 0);
	out = "untouched";
	assert_int_equal(text_clean_line(arena, "一二三四五", 4, &out), ERR_TOOBIG);
	assert_int_equal(text_clean_line(arena, "\xC0\xAE", 4, &out), ERR_INVALID);
	assert_int_equal(text_clean_body(arena, "\xFF", 4, &out), ERR_INVALID);
	assert_string_equal(out, "untouched");
	/* Marks piled on one letter: one grapheme, but not 200 marks of it. */
	for (size_t i = 0; i < 200; i++)
		memcpy(zalgo + 1 + 2 * i, "\xCC\xB6", 3);
	assert_int_equal(text_clean_line(arena, zalgo, 10, &out), 0);
	assert_true(strlen(out) <= 1 + 2 * 8);
}

static void graphemes_are_what_a_person_counts(void **state)
{
	static const struct { const char *s; size_t n; } cases[] = {
		{ "", 0 }, { "路灯", 2 }, { "a路1", 3 }, { "👨‍👩‍👧‍👦", 1 }, { "🇨🇳", 1 }, { "e\u0301", 1 }, { "一\n二", 3 },
		{ "\xFF", 0 }, { "𠮷野家", 3 },
	};

	(void)state;
	for (size_t i = 0; i < N(cases); i++)
		assert_int_equal(text_graphemes(cases[i].s), cases[i].n);
	assert_string_equal(text_cut(arena, "一二三", 3), "一二三");
	assert_string_equal(text_cut(arena, "一二三四", 3), "一二三…");
	assert_string_equal(text_cut(arena, "👨‍👩‍👧‍👦二三", 1), "👨‍👩‍👧‍👦…");
	assert_string_equal(text_fold_width(arena, "１３８ＡＢｃ（）　！"), "138ABc() !");
}

static void telephone_numbers_are_normalised(void **state)
{
	static const struct { const char *in, *out; } cases[] = {
		{ "13800138000", "13800138000" }, { " 138 0013 8000 ", "13800138000" }, { "138-0013-8000", "13800138000" },
		{ "１３８００１３８０００", "13800138000" }, { "+86 13800138000", "13800138000" },
		{ "0086-138-0013-8000", "13800138000" }, { "8613800138000", "13800138000" }, { "＋８６13800138000", "13800138000" },
		{ "19912345678", "19912345678" },
		{ "010-66001234", "010-66001234" }, { "01066001234", "010-66001234" }, { "(010) 6600 1234", "010-66001234" },
		{ "（0571）87654321", "0571-87654321" }, { "0571 8765432", "0571-8765432" }, { "+86 10 66001234", "010-66001234" },
		{ "021—66001234", "021-66001234" }, { "0571-87654321-801", "0571-87654321-801" },
		{ "010-66001234转12", "010-66001234-12" },
		{ "12800138000", NULL }, { "1380013800", NULL }, { "138001380001", NULL }, { "66001234", NULL },
		{ "000-12345678", NULL }, { "010-06001234", NULL }, { "010-6600123", NULL }, { "电话138", NULL },
		{ "13800138000 或 13900139000", NULL }, { "", NULL }, { "+", NULL }, { "----", NULL }, { "+1 212 555 0100", NULL },
		{ "010-66001234-1234567", NULL }, { "13800138000'--", NULL }, { "\xFF", NULL },
	};
	const char *out;

	(void)state;
	for (size_t i = 0; i < N(cases); i++) {
		int rc = text_phone(arena, cases[i].in, &out);

		assert_int_equal(rc, cases[i].out != NULL ? 0 : ERR_INVALID);
		if (rc == 0)
			assert_string_equal(out, cases[i].out);
	}
}

static void mail_addresses_are_checked(void **state)
{
	static const struct { const char *in, *out; } cases[] = {
		{ "wang@example.com", "wang@example.com" }, { " wang@Example.COM\n", "wang@example.com" },
		{ "Wang.Fang+x@mail.example.gov.cn", "Wang.Fang+x@mail.example.gov.cn" },
		{ "ｗａｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ", "wang@example.com" }, { "o'hara@a-b.cn", "o'hara@a-b.cn" },
		{ "", NULL }, { "wang", NULL }, { "@example.com", NULL }, { "wang@", NULL }, { "wang@localhost", NULL },
		{ "a@b@c.cn", NULL }, { ".a@b.cn", NULL }, { "a.@b.cn", NULL }, { "a..b@c.cn", NULL }, { "a b@c.cn", NULL },
		{ "a@-b.cn", NULL }, { "a@b-.cn", NULL }, { "a@b..cn", NULL }, { "a@b.cn.", NULL }, { "a@127.0.0.1", NULL },
		{ "a@b.cn\r\nBcc: x@y.cn", NULL }, { "a@b.cn,c@d.cn", NULL }, { "\"a\"@b.cn", NULL }, { "<a@b.cn>", NULL },
		{ "王@例子.中国", NULL },
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@b.cn", NULL },
	};
	const char *out;

	(void)state;
	for (size_t i = 0; i < N(cases); i++) {
		int rc = text_email(arena, cases[i].in, &out);

		assert_int_equal(rc, cases[i].out != NULL ? 0 : ERR_INVALID);
		if (rc == 0)
			assert_string_equal(out, cases[i].out);
	}
}

static void masks_show_little(void **state)
{
	(void)state;
	assert_string_equal(text_mask_phone(arena, "13812345678"), "138****5678");
	assert_string_equal(text_mask_phone(arena, "010-66001234"), "010-****1234");
	assert_string_equal(text_mask_phone(arena, "0571-87654321-801"), "0571-****-801");
	assert_string_equal(text_mask_phone(arena, "12345"), "****");
	assert_string_equal(text_mask_phone(arena, "not a number at all"), "****");
	assert_string_equal(text_mask_phone(arena, ""), "");
	assert_string_equal(text_mask_name(arena, "张三丰"), "张**");
	assert_string_equal(text_mask_name(arena, "Smith"), "S**");
	assert_string_equal(text_mask_name(arena, ""), "");
	assert_string_equal(text_mask_name(arena, "\xFF"), "");
}

/* The list of naughty strings: whatever goes in, what comes out is valid, clean, and cleaning it again changes
 * nothing. Skipped where the list is not there. */
static void naughty_strings_become_harmless(void **state)
{
	const char *root = getenv("MINSHENG_SHARED"), *out, *again;
	json_t *list = root == NULL ? NULL
		: json_load_file(arena_printf(arena, "%s/data/hostile/blns/blns.json", root), JSON_ALLOW_NUL, NULL);

	(void)state;
	if (list == NULL)
		skip();
	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *s = json_string_value(json_array_get(list, i));

		assert_int_equal(text_clean_line(arena, s, 60000, &out), 0);
		assert_true(text_valid_utf8(out, strlen(out)));
		assert_null(strpbrk(out, "\r\n\t\x1B"));
		assert_int_equal(text_clean_line(arena, out, 60000, &again), 0);
		assert_string_equal(again, out);
		assert_int_equal(text_clean_body(arena, s, 60000, &out), 0);
		assert_int_equal(text_clean_body(arena, out, 60000, &again), 0);
		assert_string_equal(again, out);
		assert_int_equal(text_email(arena, s, &out), ERR_INVALID);
	}
	assert_true(json_array_size(list) > 400);
	json_decref(list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(utf8_is_checked),
		cmocka_unit_test(a_line_is_cleaned),
		cmocka_unit_test(a_body_keeps_its_lines),
		cmocka_unit_test(too_long_and_not_utf8_are_refused),
		cmocka_unit_test(graphemes_are_what_a_person_counts),
		cmocka_unit_test(telephone_numbers_are_normalised),
		cmocka_unit_test(mail_addresses_are_checked),
		cmocka_unit_test(masks_show_little),
		cmocka_unit_test(naughty_strings_become_harmless),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
