/* The rest of the floor: arena, strings, settings, errors, splitting of SQL files; and letter numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "conf.h"
#include "publish.h"
#include "sqlfile.h"
#include "str.h"
#include "ticket.h"

static struct arena *a;

static int set_up(void **s)
{
	(void)s;
	a = arena_new(8 << 20);
	return 0;
}

static int tear_down(void **s)
{
	(void)s;
	arena_free(a);
	return 0;
}

static int deferred;

static void on_reset(void *p)
{
	deferred = deferred * 10 + *(int *)p;
}

static void an_arena_gives_zeroed_memory_and_runs_what_was_deferred(void **s)
{
	struct arena *own = arena_new(1 << 20);
	static int one = 1, two = 2;
	char *p = arena_alloc(own, 100000);

	(void)s;
	for (int i = 0; i < 100000; i++)
		assert_int_equal(p[i], 0);
	memset(p, 1, 100000);
	deferred = 0;
	arena_defer(own, on_reset, &one);
	arena_defer(own, on_reset, &two);
	arena_reset(own);
	assert_int_equal(deferred, 21); /* newest first */
	assert_int_equal(arena_used(own), 0);
	p = arena_alloc(own, 1000);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(p[i], 0);
	arena_free(own);
}

static void a_string_stops_at_its_ceiling(void **s)
{
	struct str o;

	(void)s;
	str_init(&o, a, 10);
	str_add(&o, "12345");
	assert_false(o.over);
	str_addf(&o, "%d", 67890);
	assert_string_equal(o.s, "1234567890");
	assert_false(o.over);
	str_addc(&o, 'x');
	assert_true(o.over);
	assert_string_equal(o.s, "1234567890");
	str_init(&o, a, 1000000);
	for (int i = 0; i < 10000; i++)
		str_addf(&o, "%05d", i);
	assert_int_equal(o.len, 50000);
	assert_string_equal(o.s + 49995, "09999");
}

static void numbers_are_whole_or_refused(void **s)
{
	static const char *const bad[] = { "", " 1", "1 ", "+1", "0x1", "1.0", "99999999999999999999", "11", "-1", "--1" };
	long long n = 5;

	(void)s;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_int_equal(str_to_int(bad[i], 0, 10, &n), -1);
	assert_int_equal(n, 5);
	assert_int_equal(str_to_int("10", 0, 10, &n), 0);
	assert_int_equal(n, 10);
}

static int settings(const char *text)
{
	char path[] = "/tmp/minsheng-conf-XXXXXX";
	int fd = mkstemp(path), r;

	assert_true(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	close(fd);
	r = conf_load(path);
	unlink(path);
	return r;
}

static void settings_are_checked(void **s)
{
	(void)s;
	assert_int_equal(settings("# nothing\n\n  site_short =  测试信箱  \ntick_s=5\n"), 0);
	assert_string_equal(conf.site_short, "测试信箱");
	assert_int_equal(conf.tick_s, 5);
	assert_int_equal(settings("nonsense = 1\n"), ERR_INVALID);
	assert_non_null(strstr(err_detail(), ":1: unknown setting 'nonsense'"));
	assert_int_equal(settings("tick_s = 0\n"), ERR_INVALID);
	assert_int_equal(settings("tick_s\n"), ERR_INVALID);
	assert_int_equal(settings("environment = production\nclock_file = /tmp/x\n"), ERR_INVALID);
	assert_int_equal(settings("environment = test\nclock_file = /tmp/x\n"), 0);
	assert_int_equal(settings("environment = demo\nclock_file = \n"), 0);
}

static void sql_files_are_split(void **s)
{
	char **list;
	size_t n;

	(void)s;
	assert_int_equal(sqlfile_split(a, "-- a; comment\nSELECT 'a;b', \"c;\", `d;` -- x;\n FROM t;\n/* ; */ SELECT 'it''s';;\n", &list, &n),
	                 0);
	assert_int_equal(n, 2);
	assert_string_equal(list[1], "SELECT 'it''s'");
	assert_int_equal(sqlfile_split(a, "SELECT 'open", &list, &n), ERR_INVALID);
	assert_int_equal(sqlfile_split(a, "SELECT 1; /* open", &list, &n), 0);
	assert_int_equal(sqlfile_split(a, "SELECT 1 /* open", &list, &n), ERR_INVALID);
	assert_int_equal(sqlfile_split(a, "", &list, &n), 0);
	assert_int_equal(n, 0);
}

static void a_number_with_one_wrong_digit_is_noticed(void **s)
{
	(void)s;
	for (uint32_t serial = 0; serial < 1000000; serial += 7919) {
		const char *no = ticket_number(a, TYPE_COMPLAINT, clock_day_of(2026, 11, 21), serial), *back;
		char typed[64];

		assert_true(ticket_number_ok(a, no, &back));
		assert_string_equal(back, no);
		for (size_t i = 5; no[i]; i++) {
			snprintf(typed, sizeof typed, "%s", no);
			if (typed[i] == '-')
				continue;
			typed[i] = typed[i] == '9' ? '0' : (char)(typed[i] + 1);
			assert_false(ticket_number_ok(a, typed, &back));
		}
	}
}

static void a_number_may_be_typed_in_any_width_and_case(void **s)
{
	const char *no = ticket_number(a, TYPE_CONSULT, clock_day_of(2026, 11, 21), 42), *back;
	char typed[64];

	(void)s;
	snprintf(typed, sizeof typed, " %s ", no);
	typed[1] = 'm';
	assert_true(ticket_number_ok(a, typed, &back));
	assert_string_equal(back, no);
	assert_false(ticket_number_ok(a, "", &back));
	assert_false(ticket_number_ok(a, "' OR 1=1 --", &back));
}

/* The number with something else between its parts. */
static const char *parted(const char *no, const char *by)
{
	struct str o;

	str_init(&o, a, 128);
	for (; *no; no++)
		*no == '-' ? str_add(&o, by) : str_addc(&o, *no);
	return o.s;
}

static void a_number_may_be_typed_without_dashes_or_with_others(void **s)
{
	static const char *const others[] = { "", " ", "—", "——", "－", " – ", "_" };
	const char *no = ticket_number(a, TYPE_CONSULT, clock_day_of(2026, 11, 21), 42), *back;

	(void)s;
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		assert_true(ticket_number_ok(a, parted(no, others[i]), &back));
		assert_string_equal(back, no);
	}
	assert_false(ticket_number_ok(a, parted(no, "") + 3, &back)); /* digits alone */
	assert_false(ticket_number_ok(a, arena_printf(a, "%s0", no), &back));
	assert_false(ticket_number_ok(a, arena_printf(a, "路灯%s", no), &back));
	assert_string_equal(back, arena_printf(a, "路灯%s", no));
}

static void long_numbers_are_masked_before_anybody_else_reads(void **s)
{
	(void)s;
	assert_string_equal(publish_mask(a, "电话13900000001，请回", false), "电话［已隐去］，请回");
	assert_string_equal(publish_mask(a, "139 0000 0001", false), "［已隐去］");
	assert_string_equal(publish_mask(a, "身份证11010119900307771X。", false), "身份证［已隐去］。");
	assert_string_equal(publish_mask(a, "１３９００００００００１", false), "［已隐去］");
	assert_string_equal(publish_mask(a, "拨打 12345，门牌 118 号，2026年", false), "拨打 12345，门牌 118 号，2026年");
	assert_string_equal(publish_mask(a, "座机0731-8888888转8", false), "座机［已隐去］");
	assert_string_equal(publish_mask(a, "短号8888888", false), "短号［已隐去］");
	assert_string_equal(publish_mask(a, "投资 45678901.59 元、3500000元，2019-04-29 12:30", false),
	                    "投资 45678901.59 元、3500000元，2019-04-29 12:30");
	assert_string_equal(publish_mask(a, "咨询电话0731-8888888，手机139-0000-0001", true),
	                    "咨询电话0731-8888888，手机［已隐去］");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_arena_gives_zeroed_memory_and_runs_what_was_deferred),
		cmocka_unit_test(a_string_stops_at_its_ceiling), cmocka_unit_test(numbers_are_whole_or_refused),
		cmocka_unit_test(settings_are_checked), cmocka_unit_test(sql_files_are_split),
		cmocka_unit_test(a_number_with_one_wrong_digit_is_noticed),
		cmocka_unit_test(a_number_may_be_typed_in_any_width_and_case),
		cmocka_unit_test(a_number_may_be_typed_without_dashes_or_with_others),
		cmocka_unit_test(long_numbers_are_masked_before_anybody_else_reads),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
