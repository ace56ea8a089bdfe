/* formtoken - see formtoken.h. Text form: time.key.mac, decimal and hex; the MAC covers purpose, time and key,
 * each with its length in front, so that no two of them can be read as another. */
#include "formtoken.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "conf.h"
#include "str.h"

#define KEY_HEX 32
#define MAC_HEX 64

static unsigned char form_key[crypto_auth_hmacsha256_KEYBYTES];

int formtoken_init(struct arena *a)
{
	static const unsigned char context[] = "minsheng form token 1";
	const char *secret = NULL;
	size_t n;
	int rc = conf_secret(a, "receipt_key", &secret);

	if (rc != 0)
		return rc;
	n = strlen(secret);
	if (n < crypto_generichash_KEYBYTES_MIN)
		return err_set(ERR_INVALID, "the secret receipt_key has only %zu bytes", n);
	if (n > crypto_generichash_KEYBYTES_MAX)
		n = crypto_generichash_KEYBYTES_MAX;
	/* A key of its own, so that a form token can never stand for a receipt. */
	must(crypto_generichash(form_key, sizeof(form_key), context, sizeof(context), (const unsigned char *)secret,
		n) == 0);
	return 0;
}

static const char *mac_of(struct arena *a, const char *purpose, const char *time, const char *key)
{
	const char *text = arena_printf(a, "%zu:%s%zu:%s%zu:%s", strlen(purpose), purpose, strlen(time), time,
		strlen(key), key);
	unsigned char mac[crypto_auth_hmacsha256_BYTES];
	char *hex = arena_alloc(a, MAC_HEX + 1);

	crypto_auth_hmacsha256(mac, (const unsigned char *)text, strlen(text), form_key);
	return sodium_bin2hex(hex, MAC_HEX + 1, mac, sizeof(mac));
}

const char *formtoken_make(struct arena *a, const char *purpose, int64_t now)
{
	const char *time = arena_printf(a, "%lld", (long long)now);
	unsigned char random[KEY_HEX / 2];
	char key[KEY_HEX + 1];

	randombytes_buf(random, sizeof(random));
	sodium_bin2hex(key, sizeof(key), random, sizeof(random));
	return arena_printf(a, "%s.%s.%s", time, key, mac_of(a, purpose, time, key));
}

int formtoken_check(struct arena *a, const char *token, const char *purpose, int64_t now, int64_t min_s, int64_t max_s,
	const char **ret_key)
{
	size_t n = 0;
	char **part = str_split(a, arena_strdup(a, token != NULL ? token : ""), '.', &n);
	long long made = 0;

	if (n != 3 || strlen(part[1]) != KEY_HEX || strlen(part[2]) != MAC_HEX
			|| str_to_int(part[0], 0, INT64_MAX, &made) != 0)
		return err_set(ERR_INVALID, "form token of another shape");
	if (sodium_memcmp(part[2], mac_of(a, purpose, part[0], part[1]), MAC_HEX) != 0)
		return err_set(ERR_INVALID, "form token is not ours");
	if (now - made < min_s || now - made > max_s)
		return err_set(ERR_INVALID, "form token %lld s old", (long long)now - made);
	*ret_key = part[1];
	return 0;
}
