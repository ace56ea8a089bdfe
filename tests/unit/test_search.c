/* Folding, words, marks and pieces of text: what is found is found as people expect, whatever the spelling. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "fold.h"
#include "search.h"
#include "search_inner.h"
#include "text.h"

#define N(x) (sizeof(x) / sizeof((x)[0]))

UNIT_ARENA(arena, (size_t)64 << 20);

static void text_is_folded_character_by_character(void **state)
{
	static const struct { const char *in, *out; } cases[] = {
		{ "", "" }, { "路灯不亮", "路灯不亮" },
		{ "ＡＢＣ１２３，（測試）", "abc123,(测试)" },
		{ "路燈不亮，請維修", "路灯不亮,请维修" },
		{ "臺灣 裏面 線路 羣眾", "台湾 里面 线路 群众" },
		{ "12345 HotLine", "12345 hotline" },
		{ "  一\r\n\n　二\t三", "一 二 三" },
		{ "㎡ ① ﬁ Ⅳ", "m2 1 fi iv" },
		{ "乾隆 乾燥", "干隆 干燥" },           /* not by its neighbours */
		{ "Ünïcode 𠮷 👨‍👩‍👧", "ünïcode 𠮷 👨‍👩‍👧" },
		{ "豈", "岂" },                           /* a compatibility ideograph, then its simplified form */
	};

	(void)state;
	for (size_t i = 0; i < N(cases); i++)
		assert_string_equal(fold_text(arena, cases[i].in), cases[i].out);
	assert_true(fold_version() != 0);
}

/* A piece of a text, folded, is a piece of the folded text: else it would not be found. */
static void every_piece_of_a_text_is_found_in_it(void **state)
{
	static const char *const parts[] = { "路", "燈", "不", "亮", "乾", "隆", "着", "著", "A", "ｂ", "7", "８", "，", ",",
		"\"", "\\", "㎡", "①", "Ⅳ", "+", "-", "*", "(", "）", "𠮷", "é", "ß", "İ", "豈", "%", "_", "'", "“" };

	(void)state;
	srand(7);
	for (int round = 0; round < 3000; round++) {
		char text[400] = "";
		size_t n = 3 + (size_t)rand() % 30, from, to;
		const char *piece;

		for (size_t i = 0; i < n; i++)
			strcat(text, parts[(size_t)rand() % N(parts)]);
		from = (size_t)rand() % strlen(text);
		while (((unsigned char)text[from] & 0xC0) == 0x80)
			from--;
		for (to = from, n = 1 + (size_t)rand() % 5; n > 0 && text[to] != '\0'; n--)
			to += text_step(text + to);
		piece = fold_text(arena, arena_strndup(arena, text + from, to - from));
		assert_non_null(strstr(fold_text(arena, text), piece));
		assert_string_equal(fold_text(arena, piece), piece);
	}
}

static void words_are_what_stands_between_blanks_or_in_quotation_marks(void **state)
{
	static const struct { const char *q, *words; } cases[] = {
		{ "", "" }, { "   　 ", "" }, { "\"\"", "" }, { "“”", "" },
		{ "路灯", "路灯" }, { "路燈　維修", "路灯|维修" }, { "路灯 路灯 路燈", "路灯" },
		{ "\"路灯 维修\" 望湖路", "路灯 维修|望湖路" }, { "“路灯 维修”望湖路", "路灯 维修|望湖路" },
		{ "＂a  b＂", "a b" }, { "没关上\"的 引号", "没关上|的 引号" }, { "ＡＢ*+-()", "ab*+-()" },
		{ "1 2 3 4 5 6 7 8 9 10", "1|2|3|4|5|6|7|8 9 10" },
	};

	(void)state;
	for (size_t i = 0; i < N(cases); i++) {
		struct search_words w;
		const char *got = "";

		search_words(arena, cases[i].q, &w);
		for (size_t k = 0; k < w.n; k++)
			got = arena_printf(arena, "%s%s%s", got, k > 0 ? "|" : "", w.w[k]);
		assert_string_equal(got, cases[i].words);
		assert_null(w.w[w.n]);
	}
}

static bool holds(const char *q, const char *title, const char *body, const char *reply)
{
	struct search_words w;

	search_words(arena, q, &w);
	return search_holds(arena, &w, title, body, reply);
}

static void a_letter_holds_each_word_in_one_of_its_texts(void **state)
{
	(void)state;
	assert_true(holds("路燈 維修", "望湖路路灯不亮", "请尽快。", "已安排维修"));
	assert_false(holds("路灯 拆除", "望湖路路灯不亮", "请尽快。", "已安排维修"));
	assert_false(holds("不亮请", "望湖路路灯不亮", "请尽快。", "已安排维修")); /* not across texts */
	assert_false(holds("快。已", "望湖路路灯不亮", "请尽快。", "已安排维修"));
	assert_true(holds("\"b c\"", "t", "a B\n\nC d", "r"));
	assert_false(holds("bc", "t", "a B\n\nC d", "r"));
	assert_true(holds("㎡", "80 m2 的房子", "b", "r"));
	assert_true(holds("", "t", "b", "r"));
}

static const char *marked(const char *q, const char *text)
{
	struct search_words w;
	struct search_span *spans;
	const char *o = "";
	size_t at = 0, n;

	search_words(arena, q, &w);
	n = search_marks(arena, &w, text, 20, &spans);
	for (size_t i = 0; i < n; i++) {
		o = arena_printf(arena, "%s%.*s[%.*s]", o, (int)(spans[i].from - at), text + at,
			(int)(spans[i].to - spans[i].from), text + spans[i].from);
		at = spans[i].to;
	}
	return arena_printf(arena, "%s%s", o, text + at);
}

static void marks_are_on_the_text_as_it_was_written(void **state)
{
	(void)state;
	assert_string_equal(marked("路灯", "望湖路路燈不亮，路灯坏了"), "望湖路[路燈]不亮，[路灯]坏了");
	assert_string_equal(marked("abc 1", "ＡＢＣ１２"), "[ＡＢＣ１]２");
	assert_string_equal(marked("a b", "x  a \n b"), "x  [a] \n [b]");
	assert_string_equal(marked("\"a b\"", "x  a \n b y"), "x  [a \n b] y");
	assert_string_equal(marked("m", "80㎡"), "80[㎡]");
	assert_string_equal(marked("灯不 路灯", "路灯不亮"), "[路灯不]亮");
	assert_string_equal(marked("灯", "没有"), "没有");
	assert_string_equal(marked("", "没有"), "没有");
}

static void a_piece_shows_the_place_with_most_words(void **state)
{
	struct search_words w;
	const char *text = "前面说了路灯，又说了很多很多别的事情，一直说一直说一直说，后来才说到望湖路的路燈要維修，谢谢您的答复。";
	const char *s;

	(void)state;
	search_words(arena, "望湖路 维修", &w);
	s = search_snippet(arena, &w, text, 16);
	assert_non_null(strstr(s, "望湖路的路燈要維修"));
	assert_true(strncmp(s, "…", strlen("…")) == 0 && strcmp(s + strlen(s) - strlen("…"), "…") == 0);
	assert_int_equal(text_characters(s, strlen(s)), 18);
	search_words(arena, "前面", &w);
	assert_int_equal(strncmp(search_snippet(arena, &w, text, 16), "前面", 6), 0);
	search_words(arena, "没有", &w);
	assert_string_equal(search_snippet(arena, &w, text, 16), "");
	search_words(arena, "谢谢", &w);
	assert_string_equal(search_snippet(arena, &w, "谢谢", 16), "谢谢");
}

static void what_the_index_is_asked_holds_any_character(void **state)
{
	struct search_words w;

	(void)state;
	search_words(arena, "a\\b “c +d” 路", &w);
	assert_string_equal(search_against(arena, &w, false), "*D+ \"a\\\\b\" \"c +d\" \"路\"");
	assert_string_equal(search_against(arena, &w, true), "*W1:8,2:1D+ \"a\\\\b\" \"c +d\" \"路\"");
}

static void keys_are_in_the_order_of_the_listing(void **state)
{
	(void)state;
	assert_true(search_key(20000, 5) > search_key(20000, 4) && search_key(20001, 1) > search_key(20000, 999999));
	assert_true(search_key(-25567, 1) > 0 && search_key(2932896, INT64_MAX) < search_key(2932897, 0));
	assert_int_equal(search_key_day(search_key(-3, 77)), -3);
	assert_int_equal(search_key_id(search_key(-3, 77)), 77);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_folded_character_by_character),
		cmocka_unit_test(every_piece_of_a_text_is_found_in_it),
		cmocka_unit_test(words_are_what_stands_between_blanks_or_in_quotation_marks),
		cmocka_unit_test(a_letter_holds_each_word_in_one_of_its_texts),
		cmocka_unit_test(marks_are_on_the_text_as_it_was_written),
		cmocka_unit_test(a_piece_shows_the_place_with_most_words),
		cmocka_unit_test(what_the_index_is_asked_holds_any_character),
		cmocka_unit_test(keys_are_in_the_order_of_the_listing),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
