/* seal - see seal.h. Keyed BLAKE2b for codes: every part goes in with its length before it, so that no two lists
 * of parts can be read as one another, and the purpose comes first, so that a code and its hash never share an
 * input. */
#include "seal.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "conf.h"
#include "str.h"

#define KEY_BYTES 32
#define KEY_ID_BYTES 8
#define SEALED_MAX 2000      /* contact.sealed */
#define PAD_BYTES 256
#define CODE_CHARS 12
#define CODE_TYPED_MAX 64
#define CODE_GROUP 4

_Static_assert(crypto_box_PUBLICKEYBYTES == KEY_BYTES && crypto_box_SECRETKEYBYTES == KEY_BYTES,
               "key files hold 32 bytes");

enum key { KEY_RECEIPT, KEY_CONTACT, KEY_VAULT_PK, KEY_VAULT_SK, KEY__MAX };
static const char *const key_names[KEY__MAX] = { "receipt_key", "contact_key", "vault_pk", "vault_sk" };

/* The keys of this process. The vault's secret key lies in guarded, locked memory; only vaultd reads it. The workers'
 * keys do not: locking memory is not among the system calls they keep. */
static unsigned char receipt_key[KEY_BYTES], contact_key[KEY_BYTES], vault_pk[KEY_BYTES];
static unsigned char *vault_sk;

static unsigned char *key_store(enum key key)
{
	if (key == KEY_RECEIPT)
		return receipt_key;
	if (key == KEY_CONTACT)
		return contact_key;
	if (key == KEY_VAULT_PK)
		return vault_pk;
	if (vault_sk == NULL)
		vault_sk = sodium_malloc(KEY_BYTES);
	must(vault_sk != NULL);
	return vault_sk;
}

static int key_get(struct arena *a, enum key key, const unsigned char **ret)
{
	static bool known[KEY__MAX];
	unsigned char *store;
	const char *hex = NULL;
	size_t n = 0, len;
	int r;

	must(sodium_init() >= 0);
	store = key_store(key);
	*ret = store;
	if (known[key])
		return 0;
	r = conf_secret(a, key_names[key], &hex);
	if (r < 0)
		return err_set(ERR_DOWN, "no secret %s in secrets_dir", key_names[key]);
	len = strlen(hex);
	r = sodium_hex2bin(store, KEY_BYTES, hex, len, NULL, &n, NULL);
	sodium_memzero((void *)hex, len);
	if (r != 0 || n != KEY_BYTES || len != 2 * KEY_BYTES)
		return err_set(ERR_DOWN, "secret %s is not %d hexadecimal digits", key_names[key], 2 * KEY_BYTES);
	known[key] = true;
	return 0;
}

/* {"name":…} without what is empty. NULL when a text is not UTF-8. */
static json_t *contact_json(const char *name, const char *phone, const char *email)
{
	const char *const member[][2] = { { "name", name }, { "phone", phone }, { "email", email } };
	json_t *o = json_object();

	for (size_t i = 0; i < sizeof member / sizeof member[0]; i++) {
		if (member[i][1] == NULL || member[i][1][0] == '\0')
			continue;
		if (json_object_set_new(o, member[i][0], json_string(member[i][1])) != 0) {
			json_decref(o);
			return NULL;
		}
	}
	return o;
}

/* The text filled up with blanks to a multiple of PAD_BYTES; blanks after it are still JSON. */
static char *padded(struct arena *a, const json_t *o, size_t *ret_n)
{
	size_t n = json_dumpb(o, NULL, 0, JSON_COMPACT);
	char *text;

	*ret_n = (n + PAD_BYTES - 1) / PAD_BYTES * PAD_BYTES;
	text = arena_alloc(a, *ret_n + 1);
	memset(text, ' ', *ret_n);
	must(json_dumpb(o, text, n, JSON_COMPACT) == n);
	return text;
}

int seal_contact(struct arena *a, const char *name, const char *phone, const char *email, struct db_blob *ret_key_id,
                 struct db_blob *ret_sealed)
{
	unsigned char digest[crypto_hash_sha256_BYTES];
	const unsigned char *pk;
	unsigned char *sealed;
	json_t *o;
	char *text;
	size_t n;
	int r = key_get(a, KEY_VAULT_PK, &pk);

	if (r < 0)
		return r;
	o = contact_json(name, phone, email);
	if (o == NULL)
		return err_set(ERR_INVALID, "contact is not UTF-8");
	text = padded(a, o, &n);
	json_decref(o);
	if (n + crypto_box_SEALBYTES > SEALED_MAX) {
		sodium_memzero(text, n);
		return err_set(ERR_TOOBIG, "contact of %zu bytes", n);
	}
	sealed = arena_alloc(a, n + crypto_box_SEALBYTES);
	r = crypto_box_seal(sealed, (const unsigned char *)text, n, pk);
	sodium_memzero(text, n);
	must(r == 0);
	crypto_hash_sha256(digest, pk, KEY_BYTES);
	*ret_key_id = (struct db_blob){ arena_strndup(a, (const char *)digest, KEY_ID_BYTES), KEY_ID_BYTES };
	*ret_sealed = (struct db_blob){ sealed, n + crypto_box_SEALBYTES };
	return 0;
}

int seal_open(struct arena *a, struct db_blob sealed, const char **ret_json)
{
	unsigned char pk[KEY_BYTES];
	const unsigned char *sk;
	char *text;
	size_t n;
	int r = key_get(a, KEY_VAULT_SK, &sk);

	if (r < 0)
		return r;
	if (sealed.n < crypto_box_SEALBYTES || sealed.n > SEALED_MAX)
		return err_set(ERR_INVALID, "sealed contact of %zu bytes", sealed.n);
	n = sealed.n - crypto_box_SEALBYTES;
	text = arena_alloc(a, n + 1);
	must(crypto_scalarmult_base(pk, sk) == 0);
	if (crypto_box_seal_open((unsigned char *)text, sealed.p, sealed.n, pk, sk) != 0)
		return err_set(ERR_INVALID, "sealed contact cannot be opened with this key");
	*ret_json = text;
	return 0;
}

/* --- making the vault's keys --- */

static int write_key(const char *dir, const char *name, const unsigned char key[KEY_BYTES])
{
	char path[4096], hex[2 * KEY_BYTES + 2];
	ssize_t put;
	int fd;

	if ((size_t)snprintf(path, sizeof path, "%s/%s", dir, name) >= sizeof path)
		return err_set(ERR_INVALID, "path too long");
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_set(ERR_IO, "cannot make %s: %s", path, strerror(errno));
	sodium_bin2hex(hex, 2 * KEY_BYTES + 1, key, KEY_BYTES);
	hex[2 * KEY_BYTES] = '\n';
	put = write(fd, hex, sizeof hex - 1);
	sodium_memzero(hex, sizeof hex);
	if (fsync(fd) != 0 || put != (ssize_t)sizeof hex - 1) {
		close(fd);
		unlink(path);
		return err_set(ERR_IO, "cannot write %s", path);
	}
	close(fd);
	return 0;
}

/* 0 and the key, ERR_NOTFOUND, or ERR_INVALID. */
static int read_key(const char *dir, const char *name, unsigned char key[KEY_BYTES])
{
	char path[4096], hex[2 * KEY_BYTES + 1] = "";
	size_t n = 0;
	ssize_t got;
	int fd;

	if ((size_t)snprintf(path, sizeof path, "%s/%s", dir, name) >= sizeof path)
		return err_set(ERR_INVALID, "path too long");
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT ? ERR_NOTFOUND : err_set(ERR_IO, "cannot read %s: %s", path, strerror(errno));
	got = read(fd, hex, sizeof hex - 1);
	close(fd);
	if (got == (ssize_t)sizeof hex - 1 && sodium_hex2bin(key, KEY_BYTES, hex, (size_t)got, NULL, &n, NULL) == 0 &&
	    n == KEY_BYTES)
		got = 0;
	sodium_memzero(hex, sizeof hex);
	return got == 0 ? 0 : err_set(ERR_INVALID, "%s is not %d hexadecimal digits", path, 2 * KEY_BYTES);
}

int seal_keygen(const char *secrets_dir)
{
	unsigned char pk[KEY_BYTES], sk[KEY_BYTES], of_sk[KEY_BYTES];
	int r_sk, r_pk, r = 0;

	must(sodium_init() >= 0);
	r_sk = read_key(secrets_dir, "vault_sk", sk);
	r_pk = read_key(secrets_dir, "vault_pk", pk);
	if (r_sk == ERR_NOTFOUND && r_pk == ERR_NOTFOUND) {
		must(crypto_box_keypair(pk, sk) == 0);
		r = write_key(secrets_dir, "vault_sk", sk);
		if (r == 0)
			r = write_key(secrets_dir, "vault_pk", pk);
	} else if (r_sk == 0 && r_pk == ERR_NOTFOUND) {
		must(crypto_scalarmult_base(pk, sk) == 0);
		r = write_key(secrets_dir, "vault_pk", pk);
	} else if (r_sk == ERR_NOTFOUND) {
		r = err_set(ERR_INVALID, "vault_pk is there but vault_sk is not: bring it back from a backup");
	} else if (r_sk < 0 || r_pk < 0) {
		r = r_sk < 0 ? r_sk : r_pk;
	} else {
		must(crypto_scalarmult_base(of_sk, sk) == 0);
		if (memcmp(of_sk, pk, KEY_BYTES) != 0)
			r = err_set(ERR_INVALID, "vault_pk does not belong to vault_sk");
	}
	sodium_memzero(sk, sizeof sk);
	return r;
}

/* --- query codes --- */

static void add_part(crypto_generichash_state *st, const char *part)
{
	uint64_t n = strlen(part);
	unsigned char length[8];

	for (size_t i = 0; i < sizeof length; i++)
		length[i] = (unsigned char)(n >> (8 * i));
	crypto_generichash_update(st, length, sizeof length);
	crypto_generichash_update(st, (const unsigned char *)part, n);
}

static int hash_under(struct arena *a, enum key which, const char *const *parts, size_t n_parts, unsigned char out[32])
{
	crypto_generichash_state st;
	const unsigned char *key;
	int r = key_get(a, which, &key);

	if (r < 0)
		return r;
	must(crypto_generichash_init(&st, key, KEY_BYTES, 32) == 0);
	for (size_t i = 0; i < n_parts; i++)
		add_part(&st, parts[i]);
	must(crypto_generichash_final(&st, out, 32) == 0);
	return 0;
}

static int keyed_hash(struct arena *a, const char *const *parts, size_t n_parts, unsigned char out[32])
{
	return hash_under(a, KEY_RECEIPT, parts, n_parts, out);
}

int seal_keyed(struct arena *a, const char *const *parts, size_t n, struct db_blob *ret)
{
	unsigned char *digest = arena_alloc(a, 32);

	*ret = (struct db_blob){ digest, 32 };
	return keyed_hash(a, parts, n, digest);
}

const char *seal_groups(struct arena *a, struct db_blob hash, int n)
{
	static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; /* Crockford: without I, L, O, U */
	const unsigned char *byte = hash.p;
	struct str code;

	must(n <= 24 && hash.n >= 15);
	str_init(&code, a, 40);
	for (int i = 0, bit = 0; i < n; i++, bit += 5) {
		unsigned two = byte[bit / 8] | (unsigned)byte[bit / 8 + 1] << 8;

		if (i > 0 && i % CODE_GROUP == 0)
			str_addc(&code, '-');
		str_addc(&code, alphabet[two >> bit % 8 & 31]);
	}
	return code.s;
}

int seal_code(struct arena *a, const char *scope, const char *key, const char *no, const char **ret_code)
{
	const char *const parts[] = { "minsheng query code 1", scope, key, no };
	struct db_blob digest;
	int r = seal_keyed(a, parts, sizeof parts / sizeof parts[0], &digest);

	if (r == 0)
		*ret_code = seal_groups(a, digest, CODE_CHARS);
	return r;
}

/* What the eye and the keyboard mix up, made one. */
static char code_char(char c)
{
	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c == 'O')
		return '0';
	return c == 'I' || c == 'L' ? '1' : c;
}

const char *seal_typed(struct arena *a, const char *code)
{
	struct str o;

	str_init(&o, a, CODE_TYPED_MAX);
	for (; *code != '\0'; code++) {
		if (*code != '-' && *code != ' ' && *code != '\t')
			str_addc(&o, code_char(*code));
	}
	return o.s;
}

int seal_code_hash(struct arena *a, const char *no, const char *code, struct db_blob *ret_hash)
{
	const char *const parts[] = { "minsheng query code hash 1", no, seal_typed(a, code) };
	unsigned char *digest = arena_alloc(a, 32);
	int r = keyed_hash(a, parts, sizeof parts / sizeof parts[0], digest);

	*ret_hash = (struct db_blob){ digest, 32 };
	return r;
}

int seal_phone_key(struct arena *a, const char *phone, struct db_blob *ret_key)
{
	const char *const parts[] = { "minsheng same phone 1", phone };
	unsigned char *digest = arena_alloc(a, 32);
	int r = hash_under(a, KEY_CONTACT, parts, sizeof parts / sizeof parts[0], digest);

	*ret_key = (struct db_blob){ digest, 32 };
	return r;
}

struct db_blob seal_sha256(struct arena *a, const char *const *parts, size_t n)
{
	static const unsigned char separator = 0x1f;
	unsigned char *digest = arena_alloc(a, crypto_hash_sha256_BYTES);
	crypto_hash_sha256_state st;

	crypto_hash_sha256_init(&st);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			crypto_hash_sha256_update(&st, &separator, 1);
		crypto_hash_sha256_update(&st, (const unsigned char *)parts[i], strlen(parts[i]));
	}
	crypto_hash_sha256_final(&st, digest);
	return (struct db_blob){ digest, crypto_hash_sha256_BYTES };
}
