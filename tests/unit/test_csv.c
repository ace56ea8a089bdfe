/* Tables: quotes, line ends, marks, ceilings; and that one bad row does not cost the others. */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "csv.h"
#include "str.h"

UNIT_ARENA(arena, (size_t)512 << 20);

/* Every row as "line:[a][b]" or "line!wrong", joined by ';'. */
static const char *rows_of(const char *text, size_t n)
{
	FILE *f = fmemopen((void *)text, n, "r");
	struct csv_row row;
	struct csv csv;
	struct str o;
	int r;

	assert_non_null(f);
	str_init(&o, arena, 1 << 20);
	csv_begin(&csv, f);
	while ((r = csv_next(&csv, arena, &row)) == 1) {
		str_addf(&o, "%s%zu%s", o.len ? ";" : "", row.line, row.wrong ? "!" : ":");
		if (row.wrong)
			str_add(&o, row.wrong);
		for (size_t i = 0; !row.wrong && i < row.n; i++)
			str_addf(&o, "[%s]", row.field[i]);
	}
	assert_int_equal(r, 0);
	fclose(f);
	return o.s;
}

static void rows_are_read_as_the_standard_has_them(void **state)
{
	static const struct { const char *text, *rows; } want[] = {
		{ "a,b\nc,d\n", "1:[a][b];2:[c][d]" },
		{ "a,b\r\nc,d", "1:[a][b];2:[c][d]" },
		{ "\xEF\xBB\xBF" "编号,标题\n1,路灯\n", "1:[编号][标题];2:[1][路灯]" },
		{ "\xEF\xBB\xBF\"a\",b\n", "1:[a][b]" },
		{ "\"a,b\",\"c\"\"d\",\"\"\n", "1:[a,b][c\"d][]" },
		{ "\"one\ntwo\r\nthree\",x\ny,z\n", "1:[one\ntwo\r\nthree][x];4:[y][z]" },
		{ ",\n", "1:[][]" },
		{ "a,\n,b\n", "1:[a][];2:[][b]" },
		{ "a\n\n\r\nb\n", "1:[a];4:[b]" },
		{ "\"\"\n", "1:[]" },
		{ "5\" pipe,x\n", "1:[5\" pipe][x]" },
		{ "a\rb,c\n", "1:[a\rb][c]" },
		{ "a,b\r", "1:[a][b\r]" },
		{ "\n\n", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++)
		assert_string_equal(rows_of(want[i].text, strlen(want[i].text)), want[i].rows);
}

static void a_bad_row_is_named_and_the_rest_goes_on(void **state)
{
	(void)state;
	assert_string_equal(rows_of("\"a\"b,c\nd,e\n", 10), "1!引号之后还有文字;2:[d][e]");
	assert_string_equal(rows_of("a\xff,b\nc,d\n", 9), "1!不是 UTF-8 编码;2:[c][d]");
	assert_string_equal(rows_of("a\0b,c\nd,e\n", 10), "1!含有空字符;2:[d][e]");
	assert_string_equal(rows_of("a,b\n\"never ended\nmore\n", 22), "1:[a][b];2!引号没有结束");
}

static void more_than_64_columns_are_refused(void **state)
{
	struct str o;

	(void)state;
	str_init(&o, arena, 1000);
	for (int i = 0; i < CSV_COLUMNS_MAX; i++)
		str_add(&o, ",");
	str_add(&o, "\nx,y\n");
	assert_string_equal(rows_of(o.s, o.len), "1!超过 64 列;2:[x][y]");
}

static void a_field_over_the_ceiling_is_refused_and_skipped(void **state)
{
	size_t n = CSV_FIELD_MAX + 10;
	char *text = arena_alloc(arena, n + 10);

	(void)state;
	memset(text, 'x', n);
	text[0] = '"';
	memcpy(text + n, "\",a\nb,c\n", 8);
	assert_string_equal(rows_of(text, n + 8), "1!一格超过 1 MiB;2:[b][c]");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_read_as_the_standard_has_them),
		cmocka_unit_test(a_bad_row_is_named_and_the_rest_goes_on),
		cmocka_unit_test(more_than_64_columns_are_refused),
		cmocka_unit_test(a_field_over_the_ceiling_is_refused_and_skipped),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
