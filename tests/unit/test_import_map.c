/* The map of an older mailbox's table, and its rows: dates in all forms, cells as other systems leave them, what cannot be
 * taken and why. */
#include "import_map.h"
#include "shipped.h"

#define HEAD "no,title,body,at,reply,replied,unit,kind,open\n"
#define MAP_HEAD "{\"system\":\"old\",\"columns\":{\"number\":\"no\",\"title\":\"title\",\"body\":\"body\",\"received\":\"at\"," \
	"\"reply\":\"reply\",\"replied\":\"replied\",\"unit\":\"unit\"},"
#define MAP_REST "\"type\":{\"default\":\"complaint\",\"rules\":[{\"contains\":\"建议\",\"type\":\"suggestion\"}," \
	"{\"contains\":\"咨询\",\"type\":\"consult\"}]},\"unit\":{\"default\":\"办公室\"},\"published\":true}"

static struct arena *arena;
static char path[] = "/tmp/import_map_XXXXXX";

static int setup(void **state)
{
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	fclose(fdopen(fd, "w"));
	arena = arena_new((size_t)256 << 20);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	remove(path);
	arena_free(arena);
	return 0;
}

static int read_map(const char *json, struct import_map *map)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(json, f);
	fclose(f);
	return import_map_read(arena, path, map);
}

static struct import_map the_map(void)
{
	struct import_map map;

	assert_int_equal(read_map(MAP_HEAD MAP_REST, &map), 0);
	return map;
}

/* The first row of a table under HEAD. */
static enum import_refusal row_of(struct import_map *map, const char *text, struct import_row *ret)
{
	char *table = arena_printf(arena, "%s%s", HEAD, text);
	FILE *f = fmemopen(table, strlen(table), "r");
	struct csv_row head, row;
	struct csv csv;

	csv_begin(&csv, f);
	assert_int_equal(csv_next(&csv, arena, &head), 1);
	assert_int_equal(import_map_bind(map, arena, &head), 0);
	assert_int_equal(csv_next(&csv, arena, &row), 1);
	fclose(f);
	return import_map_row(map, arena, &row, moment_of("2026-01-01T00:00"), ret);
}

static void dates_are_read_in_every_form(void **state)
{
	static const struct { const char *text, *at; bool timed; } good[] = {
		{ "2019/4/25 9:32:09", "2019-04-25T09:32:09", true },
		{ "2019-11-15 16:07:12", "2019-11-15T16:07:12", true },
		{ "2019/4/25 9:32", "2019-04-25T09:32", true },
		{ "\n\t\t\t2019/4/25  9:32:09 \n", "2019-04-25T09:32:09", true },
		{ "2019年4月25日 9:32", "2019-04-25T09:32", true },
		{ "２０１９/４/２５　９:３２:０９", "2019-04-25T09:32:09", true },
		{ "2019-11-15T16:07:12+08:00", "2019-11-15T16:07:12", true },
		{ "2019-11-15T16:07:12.123Z", "2019-11-16T00:07:12", true },
		{ "2019.4.25", "2019-04-25T00:00", false },
		{ "2020/2/29", "2020-02-29T00:00", false },
	};
	static const char *const bad[] = { "", "昨天", "2019/2/29 9:00", "2019/13/1", "2019/4/31 9:00:00", "2019/4/25 24:00",
		"2019/4/25 9:60", "2019/4/25 9", "19/4/25", "2019/4/25 9:32:09 上午", "43580.397", "1899-01-01", "2019/4/25x" };
	int64_t at;
	bool timed;

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		assert_int_equal(import_map_time(arena, good[i].text, 8 * 3600, &at, &timed), 0);
		assert_int_equal(at, moment_of(good[i].at));
		assert_int_equal(timed, good[i].timed);
	}
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_int_equal(import_map_time(arena, bad[i], 8 * 3600, &at, &timed), -1);
	assert_int_equal(import_map_time(arena, "2019-11-15 16:00", 0, &at, &timed), 0);
	assert_int_equal(at, moment_of("2019-11-16T00:00"));
}

static void cells_are_cleaned(void **state)
{
	struct import_map map = the_map();
	struct import_row row;

	(void)state;
	assert_int_equal(row_of(&map, "\"\n\t\t\t\t\t17\",\"\n\t\t\t 路灯\xc2\xa0不亮　\",\"\n\t\t\t\t\t第一行_x000D_\n第二行_x000D_第三行\","
	                              "\"\n\t\t2019/4/25 9:32:09\",\"　　已经修好，联系电话****。\",2019-04-26 08:00:00,市城管局,,\n",
	                        &row), IMPORT_TAKEN);
	assert_string_equal(row.no, "17");
	assert_string_equal(row.title, "路灯 不亮");
	assert_string_equal(row.body, "第一行\n第二行\n第三行");
	assert_string_equal(row.reply, "　　已经修好，联系电话****。");
	assert_string_equal(row.unit, "市城管局");
	assert_int_equal(row.received_at, moment_of("2019-04-25T09:32:09"));
	assert_int_equal(row.replied_at, moment_of("2019-04-26T08:00"));
	assert_int_equal(row.type, TYPE_COMPLAINT);
	assert_true(row.published);
	assert_true(row.short_reply);
}

static void a_row_that_cannot_be_taken_says_why(void **state)
{
	static const struct { const char *text; enum import_refusal why; } want[] = {
		{ " ,标题,内容,2019/4/25,,\n", IMPORT_NO_NUMBER },
		{ "1,\xe3\x80\x80,内容,2019/4/25,,\n", IMPORT_NO_TITLE },
		{ "1,***,内容,2019/4/25,,\n", IMPORT_NO_TITLE },
		{ "1,标题,\"\n\t\t\",2019/4/25,,\n", IMPORT_NO_BODY },
		{ "1,标题,******。,2019/4/25,,\n", IMPORT_NO_BODY },
		{ "1,标题,内容,,,\n", IMPORT_BAD_RECEIVED },
		{ "1,标题,内容,2019/2/30 9:00,,\n", IMPORT_BAD_RECEIVED },
		{ "1,标题,内容,2030/1/1 9:00,,\n", IMPORT_FUTURE },
		{ "1,标题,内容,2019/4/25 9:00,答复,\n", IMPORT_BAD_REPLIED },
		{ "1,标题,内容,2019/4/25 9:00,,2019/4/26\n", IMPORT_NO_REPLY },
		{ "1,标题,内容,2019/4/25 9:00:01,答复,2019/4/25 9:00:00\n", IMPORT_REPLY_FIRST },
		{ "1,标题,内容,2019/4/25 9:00:01,答复,2019/4/24\n", IMPORT_REPLY_FIRST },
		{ "1,标题,内容,2019/4/25 9:00:01,答复,2027/4/24\n", IMPORT_FUTURE },
		{ "1,标题,\"内\"容,2019/4/25,,\n", IMPORT_MALFORMED },
		{ "1,标题,内容,2019/4/25,,\n", IMPORT_TAKEN },
		{ "1,标题\n", IMPORT_NO_BODY },
	};
	struct import_map map = the_map();
	struct import_row row;

	(void)state;
	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
		assert_int_equal(row_of(&map, want[i].text, &row), want[i].why);
		assert_true(want[i].why == IMPORT_TAKEN || *import_map_refusal(want[i].why));
	}
}

static void what_a_column_cannot_hold_is_refused(void **state)
{
	struct import_map map = the_map();
	struct import_row row;
	struct str o;

	(void)state;
	str_init(&o, arena, 1 << 20);
	for (int i = 0; i < 241; i++)
		str_add(&o, "字");
	assert_int_equal(row_of(&map, arena_printf(arena, "1,%s,内容,2019/4/25,,\n", o.s), &row), IMPORT_LONG_TITLE);
	str_cut(&o, 240 * 3);
	assert_int_equal(row_of(&map, arena_printf(arena, "1,%s,内容,2019/4/25,,\n", o.s), &row), IMPORT_TAKEN);
	assert_int_equal(row_of(&map, arena_printf(arena, "1,标题,内容,2019/4/25,,,%s\n", o.s), &row), IMPORT_TAKEN);
	assert_true(row.long_unit);
	assert_null(row.unit);
	for (int i = 0; i < 20001; i++)
		str_add(&o, "字");
	assert_int_equal(row_of(&map, arena_printf(arena, "1,标题,%s,2019/4/25,,\n", o.s), &row), IMPORT_LONG_BODY);
	assert_int_equal(row_of(&map, arena_printf(arena, "1,标题,内容,2019/4/25,%s,2019/4/26\n", o.s), &row),
	                 IMPORT_LONG_REPLY);
}

static void a_bare_date_of_the_answer_is_not_before_the_letter(void **state)
{
	struct import_map map = the_map();
	struct import_row row;

	(void)state;
	assert_int_equal(row_of(&map, "1,标题,内容,2019/4/25 9:00:01,答复,2019/4/25\n", &row), IMPORT_TAKEN);
	assert_int_equal(row.replied_at, row.received_at);
	assert_int_equal(row_of(&map, "1,标题,内容,2019/4/25 9:00:01,答复,2019/4/26\n", &row), IMPORT_TAKEN);
	assert_int_equal(row.replied_at, moment_of("2019-04-26T00:00"));
}

static void types_follow_the_first_rule_that_holds(void **state)
{
	struct import_map map = the_map();
	struct import_row row;

	(void)state;
	assert_int_equal(row_of(&map, "1,咨询并建议,内容,2019/4/25,,\n", &row), IMPORT_TAKEN);
	assert_int_equal(row.type, TYPE_SUGGESTION);
	assert_int_equal(read_map("{\"system\":\"old\",\"columns\":{\"number\":\"no\",\"title\":\"title\",\"body\":\"body\","
	                          "\"received\":\"at\",\"type\":\"kind\",\"published\":\"open\"},\"withhold_reason\":\"privacy\","
	                          MAP_REST, &map), 0);
	assert_int_equal(row_of(&map, "1,咨询并建议,内容,2019/4/25,,,,业务咨询,是\n", &row), IMPORT_TAKEN);
	assert_int_equal(row.type, TYPE_CONSULT);
	assert_true(row.published);
	assert_int_equal(row_of(&map, "1,建议,内容,2019/4/25,,,,,0\n", &row), IMPORT_TAKEN);
	assert_int_equal(row.type, TYPE_SUGGESTION);
	assert_false(row.published);
}

static void a_map_with_a_mistake_is_refused(void **state)
{
	static const char *const bad[] = {
		"", "[]", "{", MAP_HEAD "\"zone\":1," MAP_REST, MAP_HEAD "\"system\":\"x\"," MAP_REST, MAP_HEAD "\"result\":\"great\"," MAP_REST,
		MAP_HEAD "\"timezone\":\"Mars\"," MAP_REST, MAP_HEAD "\"published\":false,\"type\":{\"default\":\"complaint\"},\"unit\":{\"default\":\"x\"}}",
		MAP_HEAD "\"published\":1,\"type\":{\"default\":\"complaint\"},\"unit\":{\"default\":\"x\"}}",
		MAP_HEAD "\"published\":true,\"type\":{\"default\":\"nonsense\"},\"unit\":{\"default\":\"x\"}}",
		MAP_HEAD "\"published\":true,\"type\":{\"default\":\"complaint\",\"rules\":[1]},\"unit\":{\"default\":\"x\"}}",
		MAP_HEAD "\"published\":true,\"type\":{\"default\":\"complaint\"},\"unit\":{}}",
		"{\"system\":\"Old System\",\"columns\":{\"number\":\"no\",\"title\":\"title\",\"body\":\"body\",\"received\":\"at\"}," MAP_REST,
		"{\"system\":\"old\",\"columns\":{\"title\":\"title\",\"body\":\"body\",\"received\":\"at\"}," MAP_REST,
		"{\"system\":\"old\",\"columns\":{\"number\":\"no\",\"title\":\"title\",\"body\":\"body\",\"received\":\"at\",\"reply\":\"r\"}," MAP_REST,
	};
	struct import_map map;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_int_equal(read_map(bad[i], &map), ERR_INVALID);
	assert_int_equal(import_map_read(arena, "/nonexistent/map.json", &map), ERR_NOTFOUND);
}

static void a_column_that_is_not_there_is_named(void **state)
{
	struct import_map map = the_map();
	struct csv_row head = { .n = 2, .field = { "no", "title" } };

	(void)state;
	assert_int_equal(import_map_bind(&map, arena, &head), ERR_INVALID);
	assert_non_null(strstr(err_detail(), "\"body\""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_are_read_in_every_form),
		cmocka_unit_test(cells_are_cleaned),
		cmocka_unit_test(a_row_that_cannot_be_taken_says_why),
		cmocka_unit_test(what_a_column_cannot_hold_is_refused),
		cmocka_unit_test(a_bare_date_of_the_answer_is_not_before_the_letter),
		cmocka_unit_test(types_follow_the_first_rule_that_holds),
		cmocka_unit_test(a_map_with_a_mistake_is_refused),
		cmocka_unit_test(a_column_that_is_not_there_is_named),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
