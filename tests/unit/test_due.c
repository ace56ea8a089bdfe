/* `minshengctl due`: the batch form and the day-by-day account. */
#include "shipped.h"
#include "due.h"

static const struct office_hours hours = { .open_min = 510, .close_min = 1050, .deem_next_workday = true };
static struct arena *arena;
static struct calendar *cal;

static int setup(void **state)
{
	(void)state;
	arena = arena_new((size_t)64 << 20);
	cal = shipped_calendar(arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

struct run {
	int rc;
	char *out, *err;
};

static void free_run(void *p)
{
	struct run *run = p;

	free(run->out);
	free(run->err);
}

static struct run *batch(const void *text, size_t n)
{
	struct run *run = ARENA_NEW(arena, struct run);
	size_t n_out, n_err;
	FILE *in = n ? fmemopen((void *)(uintptr_t)text, n, "r") : fopen("/dev/null", "r");
	FILE *out = open_memstream(&run->out, &n_out), *err = open_memstream(&run->err, &n_err);

	run->rc = due_batch(cal, &hours, in, out, err);
	fclose(in);
	fclose(out);
	fclose(err);
	arena_defer(arena, free_run, run);
	return run;
}

static struct run *explain(const char *received, const char *n)
{
	struct run *run = ARENA_NEW(arena, struct run);
	size_t n_out, n_err;
	FILE *out = open_memstream(&run->out, &n_out), *err = open_memstream(&run->err, &n_err);

	run->rc = due_explain(arena, cal, &hours, received, n, out, err);
	fclose(out);
	fclose(err);
	arena_defer(arena, free_run, run);
	return run;
}

static void lines_are_answered(void **state)
{
	static const struct { const char *line, *answer; } want[] = {
		{ "2026-02-13\t2", "2026-02-24\tfinal" },           { "2026-02-13T10:00\t2", "2026-02-24\tfinal" },
		{ "2026-03-02\t5", "2026-03-09\tfinal" },           { "2026-03-02T18:30\t5", "2026-03-10\tfinal" },
		{ "2025-10-03\t5", "2025-10-14\tfinal" },           { "2025-10-03T09:00\t5", "2025-10-15\tfinal" },
		{ "2026-05-08T17:30\t2", "2026-05-11\tfinal" },     { "2026-05-08T17:31\t2", "2026-05-12\tfinal" },
		{ "2025-01-24T17:31\t5", "2025-02-08\tfinal" },     { "2026-12-28T10:00\t5", "2027-01-05\tprovisional" },
		{ "2026-12-31T10:00\t0", "2026-12-31\tfinal" },     { "2026-12-31T18:00\t0", "2027-01-04\tprovisional" },
		{ "2026-03-07\t0", "2026-03-07\tfinal" },           { "2028-03-01\t0", "2028-03-01\tprovisional" },
		{ "2006-12-30T10:00\t1", "2006-12-31\tprovisional" }, { "2006-12-31\t1", "2007-01-04\tfinal" },
		{ "2006-12-31T18:00\t1", "2007-01-05\tprovisional" }, { "2026-03-02\t05", "2026-03-09\tfinal" },
		{ "2024-02-29\t1", "2024-03-01\tfinal" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
		struct run *run = batch(want[i].line, strlen(want[i].line));

		assert_int_equal(run->rc, 0);
		assert_string_equal(run->out, arena_printf(arena, "%s\t%s\n", want[i].line, want[i].answer));
		assert_string_equal(run->err, "");
	}
}

static void windows_lines_and_a_byte_order_mark_are_read(void **state)
{
	static const char text[] = "\xEF\xBB\xBF" "2026-02-13\t2\r\n2026-02-13\t1\r\n";
	struct run *run = batch(text, strlen(text));

	(void)state;
	assert_int_equal(run->rc, 0);
	assert_string_equal(run->out, "2026-02-13\t2\t2026-02-24\tfinal\n2026-02-13\t1\t2026-02-14\tfinal\n");
	assert_int_equal(batch("", 0)->rc, 0);
}

static void a_bad_line_is_told_and_the_rest_goes_on(void **state)
{
	static const char *const bad[] = {
		"", "\r", " ", "2026-02-13", "2026-02-13 2", "\t2", "2026-02-13\t", "2026-02-13\t-1", "2026-02-13\t+1",
		"2026-02-13\t 1", "2026-02-13\t1 ", "2026-02-13\t1.5", "2026-02-13\t10001", "2026-02-13\t99999999999999999999",
		"2026-02-13\t2\tx", "2026-02-13\t2\t", "2026-02-30\t2", "2025-02-29\t2", "2026-13-01\t2", "2026-00-10\t2",
		"2026-2-13\t2", "2026-02-13T24:00\t2", "2026-02-13T10:60\t2", "2026-02-13 10:00\t2", "2026-02-13T10:00:00\t2",
		"2026-02-13T10:00Z\t2", "26-02-13\t2", "0000-00-00\t2", "2026-02-13T\t2", " 2026-02-13\t2", "二月\t2",
		"\xEF\xBB\xBF" "2026-02-13\t2",
	};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		const char *text = arena_printf(arena, "2026-02-13\t1\n%s\n2026-02-13\t2\n", bad[i]);
		struct run *run = batch(text, strlen(text));

		assert_int_equal(run->rc, 1);
		assert_string_equal(run->out, "2026-02-13\t1\t2026-02-14\tfinal\n2026-02-13\t2\t2026-02-24\tfinal\n");
		assert_memory_equal(run->err, "第 2 行：", strlen("第 2 行："));
		assert_ptr_equal(strchr(run->err, '\n'), run->err + strlen(run->err) - 1);
	}
}

static void endless_lines_and_nul_bytes_are_bad_lines(void **state)
{
	static const char nul[] = "2026-02-13\t2\0 3\n2026-02-13\t2";
	size_t n = 100000;
	char *text = arena_alloc(arena, n + 20);
	struct run *run;

	(void)state;
	memset(text, '2', n);
	strcpy(text + n, "\n2026-02-13\t2\n");
	run = batch(text, n + 14);
	assert_int_equal(run->rc, 1);
	assert_string_equal(run->out, "2026-02-13\t2\t2026-02-24\tfinal\n");
	run = batch(nul, sizeof nul - 1);
	assert_int_equal(run->rc, 1);
	assert_string_equal(run->out, "2026-02-13\t2\t2026-02-24\tfinal\n");
}

static void a_full_disk_is_an_error(void **state)
{
	char text[] = "2026-02-13\t2\n";
	FILE *in = fmemopen(text, strlen(text), "r"), *out = fopen("/dev/full", "w");

	(void)state;
	assert_non_null(out);
	assert_int_equal(due_batch(cal, &hours, in, out, stderr), ERR_IO);
	fclose(in);
	fclose(out);
}

static void the_account_is_readable(void **state)
{
	static const char want[] =
		"收到：2026-09-18 周五 18:00\n"
		"在下班时间 17:30 之后收到，视为下一个工作日 2026-09-20 周日 收到\n"
		"期限：5 个工作日\n"
		"\n"
		"日期        星期   计数  说明\n"
		"2026-09-20  周日         收到之日，不计入\n"
		"2026-09-21  周一      1  工作日\n"
		"2026-09-22  周二      2  工作日\n"
		"2026-09-23  周三      3  工作日\n"
		"2026-09-24  周四      4  工作日\n"
		"2026-09-25  周五         放假，不计（中秋节）\n"
		"2026-09-26  周六         放假，不计（中秋节）\n"
		"2026-09-27  周日         放假，不计（中秋节）\n"
		"2026-09-28  周一      5  工作日\n"
		"\n"
		"到期：2026-09-28 周一 24:00\n";
	struct run *run = explain("2026-09-18T18:00", "5");

	(void)state;
	assert_int_equal(run->rc, 0);
	assert_string_equal(run->out, want);
}

static void the_account_tells_what_is_special(void **state)
{
	(void)state;
	assert_non_null(strstr(explain("2026-02-13", "1")->out, "2026-02-14  周六      1  调休上班（春节）\n"));
	assert_non_null(strstr(explain("2026-03-05", "2")->out, "2026-03-07  周六         周末，不计\n"));
	assert_non_null(strstr(explain("2026-10-03T09:00", "1")->out, "在非工作日收到，视为下一个工作日 2026-10-08 周四 收到\n"));
	assert_non_null(strstr(explain("2026-12-31", "1")->out, "2027-01-04  周一      1  工作日，暂定\n"));
	assert_non_null(strstr(explain("2026-12-31", "1")->out, "\n暂定："));
	assert_null(strstr(explain("2026-02-13", "1")->out, "暂定"));
}

static void a_wrong_question_gets_no_account(void **state)
{
	static const char *const bad[][2] = { { "2026-02-30", "1" }, { "2026-02-13", "x" }, { "", "" }, { "2026-02-13", "10001" } };

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct run *run = explain(bad[i][0], bad[i][1]);

		assert_int_equal(run->rc, 1);
		assert_string_equal(run->out, "");
		assert_true(strlen(run->err) > 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_answered),
		cmocka_unit_test(windows_lines_and_a_byte_order_mark_are_read),
		cmocka_unit_test(a_bad_line_is_told_and_the_rest_goes_on),
		cmocka_unit_test(endless_lines_and_nul_bytes_are_bad_lines),
		cmocka_unit_test(a_full_disk_is_an_error),
		cmocka_unit_test(the_account_is_readable),
		cmocka_unit_test(the_account_tells_what_is_special),
		cmocka_unit_test(a_wrong_question_gets_no_account),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
