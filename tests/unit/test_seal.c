/* Sealed contacts open with the secret key alone; query codes and their hashes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "conf.h"
#include "seal.h"

static struct arena *arena;
static char dir[] = "/tmp/test_seal.XXXXXX";

static void put_secret(const char *name, const char *value)
{
	FILE *f = fopen(arena_printf(arena, "%s/%s", dir, name), "we");

	assert_non_null(f);
	assert_true(fprintf(f, "%s\n", value) > 0);
	fclose(f);
}

static int setup(void **state)
{
	(void)state;
	arena = arena_new((size_t)8 << 20);
	assert_non_null(mkdtemp(dir));
	conf.secrets_dir = dir;
	return 0;
}

static int teardown(void **state)
{
	static const char *const names[] = { "vault_pk", "vault_sk", "receipt_key" };

	(void)state;
	for (size_t i = 0; i < 3; i++)
		unlink(arena_printf(arena, "%s/%s", dir, names[i]));
	rmdir(dir);
	arena_free(arena);
	return 0;
}

static void without_keys_nothing_works(void **state)
{
	struct db_blob id, sealed;
	const char *text;

	(void)state;
	assert_int_equal(seal_contact(arena, "张三", "", "", &id, &sealed), ERR_DOWN);
	assert_int_equal(seal_open(arena, (struct db_blob){ "x", 1 }, &text), ERR_DOWN);
	assert_int_equal(seal_code(arena, "public", "key", "MS-T-1", &text), ERR_DOWN);
	put_secret("receipt_key", "0011");
	assert_int_equal(seal_code(arena, "public", "key", "MS-T-1", &text), ERR_DOWN);
}

static const char *content(const char *name)
{
	char buf[200] = "";
	FILE *f = fopen(arena_printf(arena, "%s/%s", dir, name), "re");

	assert_non_null(f);
	assert_non_null(fgets(buf, sizeof buf, f));
	fclose(f);
	return arena_strdup(arena, buf);
}

static void keys_are_made_once_and_for_the_owner_alone(void **state)
{
	struct stat st;
	const char *sk, *pk;

	(void)state;
	assert_int_equal(seal_keygen(dir), 0);
	sk = content("vault_sk");
	pk = content("vault_pk");
	assert_int_equal(strlen(sk), 65);
	assert_string_not_equal(sk, pk);
	assert_int_equal(stat(arena_printf(arena, "%s/vault_sk", dir), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(seal_keygen(dir), 0);
	assert_string_equal(content("vault_sk"), sk);
	/* The public key follows from the secret one; never the other way. */
	unlink(arena_printf(arena, "%s/vault_pk", dir));
	assert_int_equal(seal_keygen(dir), 0);
	assert_string_equal(content("vault_pk"), pk);
	unlink(arena_printf(arena, "%s/vault_sk", dir));
	assert_int_equal(seal_keygen(dir), ERR_INVALID);
	put_secret("vault_sk", "0000000000000000000000000000000000000000000000000000000000000001");
	assert_int_equal(seal_keygen(dir), ERR_INVALID);
	put_secret("vault_sk", arena_strndup(arena, sk, 64));
	assert_int_equal(seal_keygen(dir), 0);
	assert_int_equal(seal_keygen("/nonexistent"), ERR_IO);
}

static void a_contact_opens_as_it_was_sealed(void **state)
{
	struct db_blob id, again, sealed, other;
	const char *text;

	(void)state;
	assert_int_equal(seal_contact(arena, "欧阳“锋”\n", "13800138000", "", &id, &sealed), 0);
	assert_int_equal(id.n, 8);
	assert_null(memmem(sealed.p, sealed.n, "138", 3));
	assert_int_equal(seal_open(arena, sealed, &text), 0);
	assert_memory_equal(text, "{\"name\":\"欧阳“锋”\\n\",\"phone\":\"13800138000\"} ", 50);
	/* Twice the same is sealed differently, and as long as something shorter. */
	assert_int_equal(seal_contact(arena, "李", "", "", &again, &other), 0);
	assert_memory_equal(id.p, again.p, 8);
	assert_int_equal(other.n, sealed.n);
	assert_memory_not_equal(other.p, sealed.p, sealed.n);
}

static void what_was_changed_does_not_open(void **state)
{
	struct db_blob id, sealed;
	const char *text;

	(void)state;
	assert_int_equal(seal_contact(arena, "张三", "", "a@b.cn", &id, &sealed), 0);
	((unsigned char *)sealed.p)[sealed.n / 2] ^= 1;
	assert_int_equal(seal_open(arena, sealed, &text), ERR_INVALID);
	assert_int_equal(seal_open(arena, (struct db_blob){ sealed.p, 10 }, &text), ERR_INVALID);
	assert_int_equal(seal_open(arena, (struct db_blob){ NULL, 0 }, &text), ERR_INVALID);
}

static void what_no_column_holds_is_refused(void **state)
{
	char name[2000];
	struct db_blob id, sealed;

	(void)state;
	memset(name, 'x', sizeof name);
	name[sizeof name - 1] = '\0';
	assert_int_equal(seal_contact(arena, name, "", "", &id, &sealed), ERR_TOOBIG);
	name[1700] = '\0';
	assert_int_equal(seal_contact(arena, name, "", "", &id, &sealed), 0);
	assert_true(sealed.n <= 2000);
	assert_int_equal(seal_contact(arena, "\xff", "", "", &id, &sealed), ERR_INVALID);
}

static void a_code_belongs_to_scope_key_and_number(void **state)
{
	const char *code, *other;

	(void)state;
	put_secret("receipt_key", "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
	assert_int_equal(seal_code(arena, "public", "k1", "MS-T-1", &code), 0);
	assert_int_equal(strlen(code), 14);
	assert_int_equal(strspn(code, "0123456789ABCDEFGHJKMNPQRSTVWXYZ-"), 14);
	assert_int_equal(code[4], '-');
	assert_int_equal(code[9], '-');
	/* The same for ever: codes in people's hands must stay good. */
	assert_string_equal(code, "1GC5-BDJH-WPSM");
	assert_int_equal(seal_code(arena, "public", "k1", "MS-T-1", &other), 0);
	assert_string_equal(other, code);
	assert_int_equal(seal_code(arena, "public", "k1M", "S-T-1", &other), 0);
	assert_string_not_equal(other, code);
	assert_int_equal(seal_code(arena, "api", "k1", "MS-T-1", &other), 0);
	assert_string_not_equal(other, code);
}

static void a_code_is_found_however_it_was_typed(void **state)
{
	static const char *const same[] = { "0123-4567-89AB", "o123-4567-89ab", "OI23456789AB", " 0l23 4567 89AB ", "0i23\t456789ab" };
	static const char *const differ[] = { "", "0123-4567-89AC", "0123-4567-89A", "0123-4567-89ABB", "零123-4567-89AB" };
	struct db_blob want, hash;

	(void)state;
	assert_int_equal(seal_code_hash(arena, "MS-T-1", same[0], &want), 0);
	assert_int_equal(want.n, 32);
	for (size_t i = 1; i < sizeof same / sizeof same[0]; i++) {
		assert_int_equal(seal_code_hash(arena, "MS-T-1", same[i], &hash), 0);
		assert_memory_equal(hash.p, want.p, 32);
	}
	for (size_t i = 0; i < sizeof differ / sizeof differ[0]; i++) {
		assert_int_equal(seal_code_hash(arena, "MS-T-1", differ[i], &hash), 0);
		assert_memory_not_equal(hash.p, want.p, 32);
	}
	assert_int_equal(seal_code_hash(arena, "MS-T-2", same[0], &hash), 0);
	assert_memory_not_equal(hash.p, want.p, 32);
}

static void a_very_long_code_has_a_hash(void **state)
{
	char *typed = arena_alloc(arena, 100000);
	struct db_blob hash;

	(void)state;
	memset(typed, 'A', 99999);
	assert_int_equal(seal_code_hash(arena, "MS-T-1", typed, &hash), 0);
}

static void a_number_is_known_again_only_with_the_key(void **state)
{
	const char *const plain[] = { "13900000001" };
	struct db_blob one, same, other;

	(void)state;
	assert_int_equal(seal_phone_key(arena, "13900000001", &one), ERR_DOWN);
	put_secret("contact_key", "1f1e1d1c1b1a191817161514131211100f0e0d0c0b0a09080706050403020100");
	assert_int_equal(seal_phone_key(arena, "13900000001", &one), 0);
	assert_int_equal(seal_phone_key(arena, "13900000001", &same), 0);
	assert_int_equal(seal_phone_key(arena, "13900000002", &other), 0);
	assert_int_equal(one.n, 32);
	assert_memory_equal(one.p, same.p, 32);
	assert_memory_not_equal(one.p, other.p, 32);
	assert_memory_not_equal(one.p, seal_sha256(arena, plain, 1).p, 32);
}

static void sha256_separates_its_parts(void **state)
{
	static const unsigned char abc[] = { 0xba, 0x78, 0x16, 0xbf };
	const char *const one[] = { "abc" }, *const ab_c[] = { "ab", "c" }, *const a_bc[] = { "a", "bc" };

	(void)state;
	assert_memory_equal(seal_sha256(arena, one, 1).p, abc, 4);
	assert_memory_not_equal(seal_sha256(arena, ab_c, 2).p, seal_sha256(arena, a_bc, 2).p, 32);
	assert_memory_not_equal(seal_sha256(arena, ab_c, 2).p, abc, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_keys_nothing_works),
		cmocka_unit_test(keys_are_made_once_and_for_the_owner_alone),
		cmocka_unit_test(a_contact_opens_as_it_was_sealed),
		cmocka_unit_test(what_was_changed_does_not_open),
		cmocka_unit_test(what_no_column_holds_is_refused),
		cmocka_unit_test(a_code_belongs_to_scope_key_and_number),
		cmocka_unit_test(a_code_is_found_however_it_was_typed),
		cmocka_unit_test(a_very_long_code_has_a_hash),
		cmocka_unit_test(a_number_is_known_again_only_with_the_key),
		cmocka_unit_test(sha256_separates_its_parts),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
