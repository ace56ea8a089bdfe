/* The signed hidden field: ours, for one purpose, neither too fresh nor too old. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "conf.h"
#include "formtoken.h"

static struct arena *arena;
static char dir[] = "/tmp/test_formtoken.XXXXXX";

static void write_key(const char *text)
{
	FILE *f = fopen(arena_printf(arena, "%s/receipt_key", dir), "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static int setup(void **state)
{
	(void)state;
	arena = arena_new((size_t)1 << 20);
	assert_non_null(mkdtemp(dir));
	conf.secrets_dir = dir;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	unlink(arena_printf(arena, "%s/receipt_key", dir));
	rmdir(dir);
	arena_free(arena);
	return 0;
}

static void a_short_or_absent_key_stops_the_start(void **state)
{
	(void)state;
	assert_int_equal(formtoken_init(arena), ERR_NOTFOUND);
	write_key("short");
	assert_int_equal(formtoken_init(arena), ERR_INVALID);
	write_key("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n");
	assert_int_equal(formtoken_init(arena), 0);
}

static void a_token_is_good_for_its_purpose_and_time(void **state)
{
	const char *token = formtoken_make(arena, "letter", 1000), *key = NULL, *other;

	(void)state;
	assert_int_equal(formtoken_check(arena, token, "letter", 1005, 3, 60, &key), 0);
	assert_int_equal(strlen(key), 32);
	assert_int_equal(formtoken_check(arena, token, "letter", 1002, 3, 60, &key), ERR_INVALID);
	assert_int_equal(formtoken_check(arena, token, "letter", 1061, 3, 60, &key), ERR_INVALID);
	assert_int_equal(formtoken_check(arena, token, "lette", 1005, 3, 60, &key), ERR_INVALID);
	assert_int_equal(formtoken_check(arena, token, "letter ", 1005, 3, 60, &key), ERR_INVALID);
	assert_int_equal(formtoken_check(arena, formtoken_make(arena, "letter", 1000), "letter", 1005, 3, 60, &other), 0);
	assert_string_not_equal(key, other);
}

static void a_changed_token_is_refused(void **state)
{
	static const char *const cases[] = { NULL, "", ".", "..", "1.2.3", "....", "1000" };
	const char *token = formtoken_make(arena, "letter", 1000), *key = NULL;

	(void)state;
	for (size_t i = 0; i < strlen(token); i++) {
		char *bad = arena_strdup(arena, token);

		bad[i] = bad[i] == '0' ? '1' : '0';
		assert_int_equal(formtoken_check(arena, bad, "letter", 1005, -2000000000, 2000000000, &key), ERR_INVALID);
	}
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(formtoken_check(arena, cases[i], "letter", 1005, 0, 60, &key), ERR_INVALID);
	assert_null(key);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_short_or_absent_key_stops_the_start),
		cmocka_unit_test(a_token_is_good_for_its_purpose_and_time),
		cmocka_unit_test(a_changed_token_is_refused),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
