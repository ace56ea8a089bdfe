/* kept - see kept.h. XChaCha20-Poly1305 with a random nonce in front; the row's id is authenticated with the text, so
 * that a text put under another code does not open. */
#include "kept.h"

#include <sodium.h>
#include <string.h>

#include "clock.h"
#include "intake.h"
#include "queries.h"
#include "seal.h"
#include "str.h"
#include "text.h"
#include "tries.h"

#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG crypto_aead_xchacha20poly1305_ietf_ABYTES
#define PAD_BYTES 2048
#define NEW_AN_HOUR 60           /* of one network */
#define SAVED_AN_HOUR 3000
#define WRONG_AN_HOUR 20

_Static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == 32, "keys are hashes of 32 bytes");

struct sealing { struct db_blob id, key; };

static int sealing_of(struct arena *a, const char *code, struct sealing *ret)
{
	const char *typed = seal_typed(a, text_fold_width(a, code));
	const char *const id[] = { "minsheng kept letter id 1", typed };
	const char *const key[] = { "minsheng kept letter key 1", typed };
	int r = seal_keyed(a, id, 2, &ret->id);

	return r < 0 ? r : seal_keyed(a, key, 2, &ret->key);
}

/* As it was given out, however it was typed. */
static const char *as_given(struct arena *a, const char *typed)
{
	const char *code = seal_typed(a, text_fold_width(a, typed));
	struct str o;

	str_init(&o, a, 2 * strlen(code) + 1);
	for (size_t i = 0; code[i] != '\0'; i++) {
		if (i > 0 && i % 4 == 0)
			str_addc(&o, '-');
		str_addc(&o, code[i]);
	}
	return o.s;
}

static struct db_blob sealed(struct arena *a, const struct sealing *s, const char *text)
{
	size_t len = strlen(text), n = (len + PAD_BYTES) / PAD_BYTES * PAD_BYTES;
	unsigned char *plain = arena_alloc(a, n), *out = arena_alloc(a, NONCE + n + TAG);
	unsigned long long made;

	memset(plain, 0, n);
	memcpy(plain, text, len);
	randombytes_buf(out, NONCE);
	must(crypto_aead_xchacha20poly1305_ietf_encrypt(out + NONCE, &made, plain, n, s->id.p, s->id.n, NULL, out,
	                                                s->key.p) == 0);
	sodium_memzero(plain, n);
	return (struct db_blob){ out, NONCE + (size_t)made };
}

static int opened(struct arena *a, const struct sealing *s, struct db_blob sealed, const char **ret)
{
	const unsigned char *in = sealed.p;
	unsigned char *plain;
	unsigned long long n;

	if (sealed.n < NONCE + TAG)
		return err_set(ERR_NOTFOUND, "sealed draft of %zu bytes", sealed.n);
	plain = arena_alloc(a, sealed.n);
	memset(plain, 0, sealed.n);
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain, &n, NULL, in + NONCE, sealed.n - NONCE, s->id.p, s->id.n, in,
	                                               s->key.p) != 0)
		return err_set(ERR_NOTFOUND, "a kept letter does not open with its code");
	*ret = (const char *)plain;
	return 0;
}

static int look(struct db *db, struct arena *a, const struct sealing *s, struct kept *k)
{
	struct q_kept_get row;
	int r = q_kept_get(db, a, s->id, clock_day(clock_now()), &row);

	if (r < 0)
		return r;
	k->version = row.version;
	k->saved_at = row.saved_at;
	k->until_on = row.until_on;
	return opened(a, s, row.sealed, &k->text);
}

/* One of the three, run as a transaction with its count of tries. */
struct keeping {
	struct arena *a;
	const char *text, *from;
	int64_t version, now;
	struct sealing s;
	struct kept kept;
	bool found;
};

static struct keeping keeping(struct arena *a, const char *text, const char *from, int64_t version)
{
	return (struct keeping){ .a = a, .text = text, .from = tries_network(a, from), .version = version,
		.now = clock_now() };
}

static int add(struct db *db, void *arg)
{
	struct keeping *w = arg;
	int r = tries_count(db, w->a, "keep", w->from, NEW_AN_HOUR);

	if (r == ERR_SLOWDOWN)
		return err_say(r, "从您的网络存的草稿太多，请一小时后再存，或者现在就提交");
	return r < 0 ? r : q_kept_add(db, w->s.id, sealed(w->a, &w->s, w->text), w->now, w->kept.until_on, NULL);
}

static int check_size(const char *text)
{
	return strlen(text) > KEPT_BYTES_MAX ? err_set(ERR_TOOBIG, "a letter of %zu bytes to keep", strlen(text)) : 0;
}

int kept_new(struct db *db, struct arena *a, const char *seed, const char *text, const char *from, struct kept *ret)
{
	const char *const parts[] = { "minsheng kept letter code 1", seed, text };
	struct keeping w = keeping(a, text, from, 0);
	struct db_blob hash;
	int r = check_size(text);

	if (r < 0 || (r = intake_room()) < 0 || (r = seal_keyed(a, parts, 3, &hash)) < 0)
		return r;
	w.kept = (struct kept){ .code = seal_groups(a, hash, KEPT_CODE_CHARS), .text = text, .version = 1,
		.saved_at = w.now, .until_on = clock_day(w.now) + KEPT_DAYS };
	if ((r = sealing_of(a, w.kept.code, &w.s)) < 0)
		return r;
	r = db_tx(db, add, &w);
	/* A second click, or an answer lost on the way. */
	if (r == ERR_DUP || r == ERR_UNSURE)
		r = look(db, a, &w.s, &w.kept);
	if (r == 0)
		*ret = w.kept;
	return r;
}

static int put(struct db *db, void *arg)
{
	struct keeping *w = arg;
	int64_t changed;
	int r = tries_count(db, w->a, "keep again", w->from, SAVED_AN_HOUR);

	if (r < 0)
		return r;
	r = q_kept_put(db, sealed(w->a, &w->s, w->text), w->now, w->kept.until_on, w->s.id, w->version, clock_day(w->now),
	               &changed);
	w->found = r == 0 && changed == 1;
	return r;
}

int kept_again(struct db *db, struct arena *a, const char *code, int64_t version, const char *text, const char *from,
               struct kept *ret)
{
	struct keeping w = keeping(a, text, from, version);
	int r = check_size(text);

	w.kept = (struct kept){ .code = as_given(a, code), .text = text, .version = version + 1, .saved_at = w.now,
		.until_on = clock_day(w.now) + KEPT_DAYS };
	if (r < 0 || (r = sealing_of(a, code, &w.s)) < 0)
		return r;
	r = db_tx(db, put, &w);
	if (r < 0 && r != ERR_UNSURE)
		return r;
	*ret = w.kept;
	if (r == 0 && w.found)
		return 0;
	/* Saved elsewhere meanwhile, or by this very page a moment ago. */
	if ((r = look(db, a, &w.s, ret)) < 0)
		return r;
	return str_eq(ret->text, text) ? 0 : err_set(ERR_CONFLICT, "draft at version %lld", (long long)ret->version);
}

/* Only who is wrong is counted; whoever is right takes it back by rolling back. */
#define ROLL_BACK 1

static int find(struct db *db, void *arg)
{
	struct keeping *w = arg;
	int r = tries_count(db, w->a, "kept code", w->from, WRONG_AN_HOUR);

	if (r == ERR_SLOWDOWN)
		return err_say(r, "代码输错的次数太多，请一小时后再试");
	if (r == 0)
		r = look(db, w->a, &w->s, &w->kept);
	w->found = r == 0;
	return r == ERR_NOTFOUND ? 0 : r == 0 ? ROLL_BACK : r;
}

int kept_find(struct db *db, struct arena *a, const char *code, const char *from, struct kept *ret)
{
	struct keeping w = keeping(a, "", from, 0);
	int r = sealing_of(a, code, &w.s);

	if (r == 0)
		r = db_tx(db, find, &w);
	if (r < 0)
		return r;
	if (!w.found)
		return err_set(ERR_NOTFOUND, "no letter is kept under this code");
	w.kept.code = as_given(a, code);
	*ret = w.kept;
	return 0;
}

int kept_drop(struct db *db, struct arena *a, const char *code)
{
	struct sealing s;
	int r = sealing_of(a, code, &s);

	return r < 0 ? r : q_kept_drop(db, s.id, NULL);
}
