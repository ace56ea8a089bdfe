/* Header lines that every mail system reads, whatever is put into them. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "clock.h"
#include "mailhead.h"
#include "text.h"

UNIT_ARENA(arena, (size_t)32 << 20);

static const char *line_of(const char *value)
{
	struct str o;

	str_init(&o, arena, 65536);
	assert_int_equal(mailhead_text(&o, "Subject", value), 0);
	assert_false(o.over);
	return o.s;
}

static void plain_values_stay_plain(void **state)
{
	(void)state;
	assert_string_equal(line_of("Letter MS-T-20261121-483920-7 answered"),
	                    "Subject: Letter MS-T-20261121-483920-7 answered\r\n");
}

static void long_plain_values_are_folded_at_blanks(void **state)
{
	(void)state;
	assert_string_equal(line_of("one two three four five six seven eight nine ten eleven twelve thirteen fourteen"),
	                    "Subject: one two three four five six seven eight nine ten eleven twelve\r\n thirteen fourteen\r\n");
}

/* Takes the words apart again; checks each line on the way. */
static const char *decoded(const char *line)
{
	struct str o;
	char *copy = arena_strdup(arena, line + strlen("Subject:"));
	size_t first = strlen("Subject:");

	str_init(&o, arena, 65536);
	for (char *at = copy; *at != '\0';) {
		char *end = strstr(at, "\r\n"), *head, *tail;
		unsigned char bytes[128];
		size_t n = 0;

		assert_non_null(end);
		assert_true((size_t)(end - at) + first <= 76);
		first = 0;
		*end = '\0';
		if (*at != '\0') {
			head = strstr(at, "=?UTF-8?B?");
			assert_ptr_equal(head, at + 1);
			tail = strstr(head + 10, "?=");
			assert_non_null(tail);
			assert_int_equal(tail[2], '\0');
			assert_true((size_t)(tail + 2 - head) <= 75);
			*tail = '\0';
			assert_int_equal(sodium_base642bin(bytes, sizeof bytes, head + 10, strlen(head + 10), NULL, &n, NULL,
			                                   sodium_base64_VARIANT_ORIGINAL), 0);
			/* No word may end within a character. */
			assert_true(text_valid_utf8((const char *)bytes, n));
			str_addn(&o, (const char *)bytes, n);
		}
		at = end + 2;
	}
	return o.s;
}

static void words_are_short_and_never_split_a_character(void **state)
{
	static const char *const pieces[] = { "信", "a", "é", "👨‍👩‍👧", "，", "𠮷" };

	(void)state;
	for (size_t n = 1; n < 200; n++) {
		struct str value;

		str_init(&value, arena, 65536);
		for (size_t i = 0; i < n; i++)
			str_add(&value, pieces[(i * 7 + n) % 6]);
		assert_string_equal(decoded(line_of(arena_printf(arena, "中%s", value.s))), arena_printf(arena, "中%s", value.s));
	}
}

static void what_could_be_misread_is_encoded(void **state)
{
	static const char *const values[] = { "", "=?UTF-8?Q?x?=", " a", "a ", "a  b",
		"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" };

	(void)state;
	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
		assert_string_equal(decoded(line_of(values[i])), values[i]);
}

static void line_ends_and_bad_bytes_are_refused(void **state)
{
	static const char *const values[] = { "a\r\nBcc: x@y.cn", "a\nb", "a\rb", "a\tb", "中\x01", "\x7f", "\xff", "\xe4\xb8" };
	struct str o;

	(void)state;
	str_init(&o, arena, 1000);
	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
		assert_int_equal(mailhead_text(&o, "Subject", values[i]), ERR_INVALID);
		assert_int_equal(mailhead_from(&o, "From", values[i], "a@b.cn"), ERR_INVALID);
		assert_int_equal(mailhead_from(&o, "From", "x", values[i]), ERR_INVALID);
	}
	assert_int_equal(o.len, 0);
}

static void addresses_are_addresses(void **state)
{
	const char *const two[] = { "a@b.cn", "C.D@e.gov.cn" }, *const bad[] = { "a@b.cn", "a@b.cn>\r\nBcc: x@y.cn" };
	struct str o;

	(void)state;
	str_init(&o, arena, 4000);
	assert_int_equal(mailhead_from(&o, "From", "民声信箱", "noreply@minsheng.invalid"), 0);
	assert_string_equal(o.s, "From: =?UTF-8?B?5rCR5aOw5L+h566x?= <noreply@minsheng.invalid>\r\n");
	str_cut(&o, 0);
	assert_int_equal(mailhead_to(&o, "To", two, 2), 0);
	assert_string_equal(o.s, "To: a@b.cn,\r\n C.D@e.gov.cn\r\n");
	assert_int_equal(mailhead_to(&o, "To", bad, 2), ERR_INVALID);
	assert_int_equal(mailhead_to(&o, "To", two, 0), ERR_INVALID);
}

static void the_date_has_its_zone(void **state)
{
	struct str o;
	int64_t at = 0;

	(void)state;
	str_init(&o, arena, 100);
	assert_int_equal(clock_parse("2026-11-02T00:04:05+08:00", &at), 0);
	mailhead_date(&o, at);
	assert_string_equal(o.s, "Date: Mon, 2 Nov 2026 00:04:05 +0800\r\n");
}

static void a_body_has_short_lines_and_canonical_ends(void **state)
{
	struct str o;

	(void)state;
	str_init(&o, arena, 4000);
	mailhead_body(&o, "a\nb\n");
	assert_string_equal(o.s, "YQ0KYg0K\r\n");
	str_cut(&o, 0);
	mailhead_body(&o, "您的来信已收到，编号在下面。您的来信已收到，编号在下面。您的来信已收到，编号在下面。");
	for (const char *at = o.s; *at != '\0'; at = strstr(at, "\r\n") + 2)
		assert_true(strcspn(at, "\r") <= 76);
	assert_int_equal(strcspn(o.s, "\r"), 76);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_values_stay_plain),
		cmocka_unit_test(long_plain_values_are_folded_at_blanks),
		cmocka_unit_test(words_are_short_and_never_split_a_character),
		cmocka_unit_test(what_could_be_misread_is_encoded),
		cmocka_unit_test(line_ends_and_bad_bytes_are_refused),
		cmocka_unit_test(addresses_are_addresses),
		cmocka_unit_test(the_date_has_its_zone),
		cmocka_unit_test(a_body_has_short_lines_and_canonical_ends),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
