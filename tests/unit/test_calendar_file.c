/* Notice files: the form that is read, and everything that is refused with the file and the place. */
#include "shipped.h"

#include <unistd.h>

UNIT_ARENA(arena, (size_t)8 << 20);

/* Reads a file with that content. */
static int read_text(const char *text, size_t n, struct calendar_file *ret)
{
	char path[] = "/tmp/test_calendar_file.XXXXXX";
	int fd = mkstemp(path), rc;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, n), (ssize_t)n);
	close(fd);
	rc = calendar_file_read(arena, path, ret);
	unlink(path);
	if (rc < 0)
		assert_non_null(strstr(err_detail(), path));
	return rc;
}

static void a_notice_is_read(void **state)
{
	static const char text[] =
		"{\"$id\":\"x\",\"year\":2030,\"source\":\"通知\",\"papers\":[\"https://a\",\"https://b\"],\"days\":["
		"{\"name\":\"元旦\",\"date\":\"2030-01-01\",\"isOffDay\":true},"
		"{\"name\":\"元旦\",\"date\":\"2029-12-29\",\"isOffDay\":false}]}";
	struct calendar_file file;

	(void)state;
	assert_int_equal(read_text(text, strlen(text), &file), 0);
	assert_int_equal(file.year, 2030);
	assert_false(file.provisional);
	assert_string_equal(file.source, "通知 https://a https://b");
	assert_int_equal(file.n_days, 2);
	assert_int_equal(file.days[0].day, day_of("2029-12-29"));
	assert_false(file.days[0].off);
	assert_true(file.days[1].off);
	assert_string_equal(file.days[1].name, "元旦");
}

static void a_file_without_days_is_provisional(void **state)
{
	static const char empty[] = "{\"year\":2030,\"papers\":[],\"days\":[]}";
	struct calendar_file file;

	(void)state;
	assert_int_equal(read_text(empty, strlen(empty), &file), 0);
	assert_true(file.provisional);
	assert_int_equal(file.n_days, 0);
	assert_string_equal(file.source, "");
}

static void the_shipped_year_to_come_is_provisional(void **state)
{
	struct calendar_file file;

	(void)state;
	assert_int_equal(calendar_file_read(arena, SOURCE_DIR "/sql/calendars/2027.json", &file), 0);
	assert_true(file.provisional);
	assert_int_equal(file.n_days, 13);
	assert_non_null(strstr(file.source, "全国年节及纪念日放假办法"));
}

#define DAY(members) "{\"year\":2030,\"days\":[{\"name\":\"元旦\",\"date\":\"2030-01-01\",\"isOffDay\":true},{" members "}]}"

static void what_is_wrong_is_refused(void **state)
{
	static const struct { const char *text, *says; } bad[] = {
		{ "", ":" },
		{ "[]", "not an object" },
		{ "{\"year\":2030,\"days\":[]} x", ":1" },
		{ "{\"year\":2030,\"year\":2031,\"days\":[]}", "duplicate" },
		{ "{\"days\":[]}", "year" },
		{ "{\"year\":\"2030\",\"days\":[]}", "year" },
		{ "{\"year\":99999999999,\"days\":[]}", "year" },
		{ "{\"year\":2030}", "days" },
		{ "{\"year\":2030,\"days\":{}}", "days" },
		{ "{\"year\":2030,\"days\":[],\"provisional\":1}", "provisional" },
		{ "{\"year\":2030,\"days\":[],\"papers\":\"x\"}", "papers" },
		{ "{\"year\":2030,\"days\":[],\"papers\":[1]}", "papers[0]" },
		{ "{\"year\":2030,\"days\":[],\"source\":[]}", "source" },
		{ "{\"year\":2030,\"days\":[7]}", "days[0]" },
		{ DAY("\"name\":\"x\",\"isOffDay\":true"), "days[1]: date" },
		{ DAY("\"name\":\"x\",\"date\":\"2030-02-30\",\"isOffDay\":true"), "days[1]: \"2030-02-30\"" },
		{ DAY("\"name\":\"x\",\"date\":\"2030-2-3\",\"isOffDay\":true"), "days[1]" },
		{ DAY("\"name\":\"x\",\"date\":\"2030-02-03T00:00\",\"isOffDay\":true"), "days[1]" },
		{ DAY("\"name\":\"x\",\"date\":\"2029-11-30\",\"isOffDay\":true"), "days[1]: 2029-11-30" },
		{ DAY("\"name\":\"x\",\"date\":\"2031-01-01\",\"isOffDay\":true"), "days[1]: 2031-01-01" },
		{ DAY("\"date\":\"2030-02-03\",\"isOffDay\":true"), "days[1] (2030-02-03): name" },
		{ DAY("\"name\":\"\",\"date\":\"2030-02-03\",\"isOffDay\":true"), "name" },
		{ DAY("\"name\":\"x\",\"date\":\"2030-02-03\""), "isOffDay" },
		{ DAY("\"name\":\"x\",\"date\":\"2030-02-03\",\"isOffDay\":\"true\""), "isOffDay" },
		{ DAY("\"name\":\"x\",\"date\":\"2030-01-01\",\"isOffDay\":false"), "2030-01-01 stands there twice" },
		{ DAY("\"name\":\"\xff\",\"date\":\"2030-01-02\",\"isOffDay\":false"), ":1" },
	};
	struct calendar_file file = { .year = 1 };

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		assert_int_equal(read_text(bad[i].text, strlen(bad[i].text), &file), ERR_INVALID);
		if (!strstr(err_detail(), bad[i].says))
			fail_msg("%s: no \"%s\" in: %s", bad[i].text, bad[i].says, err_detail());
	}
	assert_int_equal(file.year, 1);
}

static void files_have_a_ceiling(void **state)
{
	size_t n = ((size_t)1 << 20) + 1;
	char *text = arena_alloc(arena, n);
	struct calendar_file file;

	(void)state;
	memset(text, ' ', n);
	memcpy(text, "{\"year\":2030,\"days\":[]}", 23);
	assert_int_equal(read_text(text, n, &file), ERR_TOOBIG);
	assert_int_equal(read_text(text, n - 1, &file), 0);
}

static void too_many_days_are_refused(void **state)
{
	static const char head[] = "{\"year\":2030,\"days\":[";
	char *text = arena_alloc(arena, 4096);
	struct calendar_file file;
	size_t n = strlen(strcpy(text, head));

	(void)state;
	for (int i = 0; i < 401; i++)
		n += (size_t)sprintf(text + n, "%s7", i ? "," : "");
	strcpy(text + n, "]}");
	assert_int_equal(read_text(text, n + 2, &file), ERR_TOOBIG);
}

static void a_missing_file_is_said_to_be_missing(void **state)
{
	struct calendar_file file;

	(void)state;
	assert_int_equal(calendar_file_read(arena, "/nonexistent/2030.json", &file), ERR_NOTFOUND);
	assert_non_null(strstr(err_detail(), "/nonexistent/2030.json"));
	assert_int_equal(calendar_file_read(arena, "/", &file), ERR_IO);
}

static void several_notices_in_one_text_are_read_and_written_again(void **state)
{
	static const char text[] = "[{\"year\": 2026, \"source\": \"甲\", \"days\": [{\"name\": \"元旦\", \"date\": \"2026-01-01\","
		" \"isOffDay\": true}]}, {\"year\": 2027, \"days\": []}]";
	struct calendar_file *files, *again;
	const char *json;
	size_t n, m;

	(void)state;
	assert_int_equal(calendar_file_parse(arena, "notice", text, strlen(text), &files, &n), 0);
	assert_int_equal(n, 2);
	assert_false(files[0].provisional);
	assert_true(files[1].provisional);
	json = calendar_file_json(arena, files, n);
	assert_int_equal(calendar_file_parse(arena, "notice", json, strlen(json), &again, &m), 0);
	assert_int_equal(m, 2);
	assert_int_equal(again[0].days[0].day, day_of("2026-01-01"));
	assert_true(again[0].days[0].off);
	assert_string_equal(again[0].source, "甲");
	assert_true(again[1].provisional);
	assert_int_equal(calendar_file_parse(arena, "notice", "[]", 2, &files, &n), ERR_INVALID);
	assert_int_equal(calendar_file_parse(arena, "notice", "[1]", 3, &files, &n), ERR_INVALID);
	assert_int_equal(calendar_file_parse(arena, "notice", "x", 1, &files, &n), ERR_INVALID);
	assert_non_null(strstr(err_detail(), "notice"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(several_notices_in_one_text_are_read_and_written_again),
		cmocka_unit_test(a_notice_is_read),
		cmocka_unit_test(a_file_without_days_is_provisional),
		cmocka_unit_test(the_shipped_year_to_come_is_provisional),
		cmocka_unit_test(what_is_wrong_is_refused),
		cmocka_unit_test(files_have_a_ceiling),
		cmocka_unit_test(too_many_days_are_refused),
		cmocka_unit_test(a_missing_file_is_said_to_be_missing),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
