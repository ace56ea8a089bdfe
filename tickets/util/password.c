/* password - see password.h. OWASP's least parameters: 19 MiB, two passes; a worker hashes one at a time. */
#include "password.h"

#include <sodium.h>
#include <string.h>

#define OPS 2ULL
#define MEM ((size_t)19 * 1024 * 1024)

static void ready(void)
{
	must(sodium_init() >= 0);
}

/* What a name that does not exist is checked against, so that it takes as long as one that does. */
static const char *nobody(void)
{
	static char stored[crypto_pwhash_STRBYTES];
	char random[32];

	if (stored[0] == '\0') {
		randombytes_buf(random, sizeof(random));
		must(crypto_pwhash_str(stored, random, sizeof(random), OPS, MEM) == 0);
	}
	return stored;
}

int password_hash(struct arena *a, const char *password, const char **ret_stored)
{
	char stored[crypto_pwhash_STRBYTES];
	size_t n = strlen(password);

	ready();
	if (n == 0 || n > PASSWORD_MAX_BYTES)
		return err_set(ERR_INVALID, "password of %zu bytes", n);
	if (crypto_pwhash_str(stored, password, n, OPS, MEM) != 0)
		return err_set(ERR_BUG, "no memory to hash a password");
	*ret_stored = arena_strdup(a, stored);
	return 0;
}

bool password_ok(const char *password, const char *stored)
{
	const char *against;
	size_t n = strlen(password);
	bool same;

	ready();
	against = nobody();
	if (stored != NULL && strlen(stored) < crypto_pwhash_STRBYTES)
		against = stored;
	if (n > PASSWORD_MAX_BYTES)
		n = PASSWORD_MAX_BYTES;
	same = crypto_pwhash_str_verify(against, password, n) == 0;
	return same && stored != NULL && against == stored && strlen(password) <= PASSWORD_MAX_BYTES;
}

bool password_stale(const char *stored)
{
	ready();
	return crypto_pwhash_str_needs_rehash(stored, OPS, MEM) != 0;
}
