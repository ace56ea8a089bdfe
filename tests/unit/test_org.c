/* Rules about people that need no database: administrators apart, passwords that are not guessed first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "access.h"
#include "org.h"

#define R(role) (1u << ROLE_##role)

static void administrators_are_three_persons_without_letters(void **state)
{
	static const uint32_t right[] = { 0, R(SYS_ADMIN), R(SEC_ADMIN), R(AUDIT_ADMIN), R(REGISTRAR),
		R(LIAISON) | R(HANDLER) | R(CO_HANDLER), R(REGISTRAR) | R(SUPERVISOR) | R(PUBLISHER) };
	static const uint32_t admins[] = { R(SYS_ADMIN), R(SEC_ADMIN), R(AUDIT_ADMIN) };

	(void)state;
	for (size_t i = 0; i < sizeof right / sizeof right[0]; i++)
		assert_int_equal(access_roles_apart(right[i]), 0);
	for (size_t i = 0; i < 3; i++) {
		for (int role = 0; role < ROLE_CITIZEN; role++) {
			if (admins[i] != 1u << role)
				assert_int_equal(access_roles_apart(admins[i] | 1u << role), ERR_INVALID);
		}
	}
}

static void no_administrator_reads_letters_or_contacts(void **state)
{
	static const enum role admins[] = { ROLE_SYS_ADMIN, ROLE_SEC_ADMIN, ROLE_AUDIT_ADMIN };
	static const enum cap theirs[] = { CAP_ADMIN_SYSTEM, CAP_ADMIN_PEOPLE, CAP_ADMIN_LEAVE, CAP_READ_AUDIT, CAP_HAND_OVER,
		CAP_ADMIN_KEYS, CAP_RULES, CAP_SEE_RULES };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		const struct actor who = { .officer_id = 1, .unit_id = 1, .roles = 1u << admins[i] };

		for (int cap = 0; cap < CAP__MAX; cap++) {
			bool own = false;

			for (size_t k = 0; k < sizeof theirs / sizeof theirs[0]; k++)
				own = own || theirs[k] == (enum cap)cap;
			if (!own && access_may(&who, (enum cap)cap))
				fail_msg("%s may %s", access_role_code(admins[i]), access_cap_code((enum cap)cap));
		}
	}
}

static void every_role_and_capability_has_words(void **state)
{
	(void)state;
	for (int role = 0; role < ROLE_CITIZEN; role++)
		assert_true(access_role_help((enum role)role)[0] != '\0');
	for (int cap = 0; cap < CAP__MAX; cap++)
		assert_true(access_cap_name((enum cap)cap)[0] != '\0');
}

static void passwords_that_are_tried_first_are_refused(void **state)
{
	static const char *const bad[] = { "short", "elevenchars", "123456789012", "111111111111", "abcabcabcabc",
		"abcdefghijklmnop", "password1234", "Password2026!", "P@ssw0rd2026", "qwertyuiop12", "1qaz2wsx3edc", "admin1234567",
		"minsheng2026!!", "ZhangSan-2026", "zhangsan123456", "woaini1314520", "202611220815", "aaaabbbbcccc", "市长信箱市长信箱市长信箱" };
	static const char *const good[] = { "correct horse battery", "brown-river-7-stones", "路灯下的三只灰猫在听雨打伞", "tk4m-9fcr-w2ha-p7xn" };
	struct arena *a = arena_new(1u << 20);

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		if (org_password_ok(a, bad[i], "zhangsan", "张三") != ERR_INVALID)
			fail_msg("'%s' was taken", bad[i]);
	}
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		if (org_password_ok(a, good[i], "zhangsan", "张三") != 0)
			fail_msg("'%s' was refused: %s", good[i], err_text(ERR_INVALID));
	}
	for (int i = 0; i < 100; i++)
		assert_int_equal(org_password_ok(a, org_password_make(a), "zhangsan", "张三"), 0);
	arena_free(a);
}

static void every_event_has_a_name(void **state)
{
	struct arena *a = arena_new(1u << 20);

	(void)state;
	assert_string_equal(org_event_name("reset"), "重置密码");
	assert_string_equal(org_event_name("unheard"), "unheard");
	assert_string_equal(org_event_kinds(a, false), "login,login_failed,logout");
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(administrators_are_three_persons_without_letters),
		cmocka_unit_test(no_administrator_reads_letters_or_contacts),
		cmocka_unit_test(every_role_and_capability_has_words),
		cmocka_unit_test(passwords_that_are_tried_first_are_refused),
		cmocka_unit_test(every_event_has_a_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
