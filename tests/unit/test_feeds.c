/* What goes out as open data, and how its pages are asked for. */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "clock.h"
#include "figures.h"
#include "open_filter.h"
#include "open_write.h"

UNIT_ARENA(a, 1 << 20);

static const char *cell(const char *text)
{
	struct str o;

	str_init(&o, a, 4096);
	open_csv_cell(&o, text);
	return o.s;
}

static void cells_are_quoted_where_they_must_be(void **state)
{
	static const struct { const char *text, *csv; } cases[] = {
		{ "", "" },
		{ "路灯不亮", "路灯不亮" },
		{ "a,b", "\"a,b\"" },
		{ "说\"急\"", "\"说\"\"急\"\"\"" },
		{ "一\n二", "\"一\n二\"" },
		{ "一\r\n二", "\"一\r\n二\"" },
		{ " 前面有空格", " 前面有空格" },
		{ "1=2", "1=2" },
		{ "a-b", "a-b" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_string_equal(cell(cases[i].text), cases[i].csv);
}

/* A spreadsheet would run =HYPERLINK(…) of a letter's title on the reader's machine. */
static void no_cell_is_a_formula(void **state)
{
	static const struct { const char *text, *csv; } cases[] = {
		{ "=1+1", "\"'=1+1\"" },
		{ "+86 10", "\"'+86 10\"" },
		{ "-1", "\"'-1\"" },
		{ "@SUM(A1)", "\"'@SUM(A1)\"" },
		{ "\t=1", "\"'\t=1\"" },
		{ "\r=1", "\"'\r=1\"" },
		{ "＝1+1", "\"'＝1+1\"" },
		{ "＠a", "\"'＠a\"" },
		{ "=A\"1\"", "\"'=A\"\"1\"\"\"" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_string_equal(cell(cases[i].text), cases[i].csv);
}

static void xml_keeps_to_the_characters_it_has(void **state)
{
	struct str o;

	(void)state;
	str_init(&o, a, 4096);
	open_xml_text(&o, "<a href=\"x\">&\x01\x0b 路\xEF\xBF\xBE灯\xEF\xBF\xBF\n</a>");
	assert_string_equal(o.s, "&lt;a href=&quot;x&quot;&gt;&amp; 路灯\n&lt;/a&gt;");
}

static void a_cursor_comes_back_as_it_was(void **state)
{
	static const struct { int year, month, day; int64_t id; } cases[] = {
		{ 2026, 11, 25, 123 }, { 1999, 1, 1, 1 }, { 2200, 12, 31, 9007199254740993 },
	};
	int32_t day;
	int64_t id;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		int32_t on = clock_day_of(cases[i].year, cases[i].month, cases[i].day);

		assert_int_equal(open_cursor_read(open_cursor(a, on, cases[i].id), &day, &id), 0);
		assert_int_equal(day, on);
		assert_int_equal(id, cases[i].id);
	}
	assert_string_equal(open_cursor(a, clock_day_of(2026, 2, 3), 7), "20260203-7");
}

static void other_cursors_are_refused(void **state)
{
	static const char *const bad[] = { "", "1", "20261125", "20261125-", "20261125-0", "20261125--1", "20261125-+1",
		"20261325-1", "20260230-1", "2026112-51", "202611250-1", "20261125-1x", "20261125-99999999999999999999", "x0261125-1" };
	int32_t day;
	int64_t id;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_int_equal(open_cursor_read(bad[i], &day, &id), ERR_INVALID);
}

static void words_are_what_stands_between_blanks(void **state)
{
	const char *w[OPEN_WORDS];

	(void)state;
	open_words(a, "  路灯   不亮 ", w);
	assert_string_equal(w[0], "路灯");
	assert_string_equal(w[1], "不亮");
	assert_null(w[2]);
	open_words(a, "一 二 三 四", w);
	assert_string_equal(w[2], "三 四");
	open_words(a, "", w);
	assert_null(w[0]);
}

static void an_address_says_what_was_chosen(void **state)
{
	struct open_filter f = { .q = "", .from = OPEN_DAY_FIRST, .to = OPEN_DAY_LAST };

	(void)state;
	assert_string_equal(open_filter_path(a, "/open", &f, NULL), "/open");
	f.q = "路灯&x=1";
	f.type = "complaint";
	f.unit = "cgj";
	f.year = 2026;
	assert_string_equal(open_filter_path(a, "/open", &f, "20261125-1"),
		"/open?q=%E8%B7%AF%E7%81%AF%26x%3D1&type=complaint&unit=cgj&year=2026&cursor=20261125-1");
	f = (struct open_filter){ .q = "", .from = clock_day_of(2026, 1, 2), .to = OPEN_DAY_LAST, .limit = 5 };
	assert_string_equal(open_filter_path(a, "/api/v1/open", &f, NULL), "/api/v1/open?from=2026-01-02&limit=5");
	assert_true(open_filtered(&f));
}

static void titles_are_alike_by_their_pairs(void **state)
{
	(void)state;
	assert_int_equal(open_alike("路灯不亮", "路灯不亮"), 100);
	assert_int_equal(open_alike("路灯不亮", "医保怎么办"), 0);
	assert_true(open_alike("解放路的路灯不亮了", "小区门口路灯不亮") > 30);
	assert_int_equal(open_alike("", "路灯"), 0);
	assert_int_equal(open_alike("路", "路"), 0);
	assert_int_equal(open_alike("a路", "a路"), 100);
}

static void figures_read_as_people_write_them(void **state)
{
	(void)state;
	assert_string_equal(figure_count(a, 0), "0");
	assert_string_equal(figure_count(a, 1204), "1,204");
	assert_string_equal(figure_count(a, 1000000), "1,000,000");
	assert_string_equal(figure_share(a, 0, 0), "—");
	assert_string_equal(figure_share(a, 1, 3), "33.3%");
	assert_string_equal(figure_share(a, 2, 3), "66.7%");
	assert_string_equal(figure_share(a, 1, 1), "100.0%");
	assert_string_equal(figure_tenths(a, 52), "5.2");
	assert_string_equal(figure_tenths(a, -1), "—");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_are_quoted_where_they_must_be),
		cmocka_unit_test(no_cell_is_a_formula),
		cmocka_unit_test(xml_keeps_to_the_characters_it_has),
		cmocka_unit_test(a_cursor_comes_back_as_it_was),
		cmocka_unit_test(other_cursors_are_refused),
		cmocka_unit_test(words_are_what_stands_between_blanks),
		cmocka_unit_test(an_address_says_what_was_chosen),
		cmocka_unit_test(titles_are_alike_by_their_pairs),
		cmocka_unit_test(figures_read_as_people_write_them),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
