/* api_key - see api_key.h. */
#include "api_key.h"

#include <sodium.h>
#include <string.h>

#include "clock.h"
#include "org_inner.h"
#include "seal.h"
#include "text.h"

#define KEY_BYTES 32
#define KEY_PREFIX "mk_"
#define KEY_TYPED_MAX 200
#define HINT_CHARS 4
#define TOKEN_BYTES (API_KEY_TOKEN_HEX / 2)

const char *const api_key_scope_codes[] = { "letters", "transfers", NULL };
const char *const api_key_answer_codes[] = { "id", "token", NULL };

static const struct { const char *code, *name; } names[] = {
	{ "letters", "代写信人提交来信（Open311）" },
	{ "transfers", "上级转办来信" },
	{ "id", "返回信件编号和查询码" },
	{ "token", "只返回令牌" },
};

static const char *name_of(const char *code)
{
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (strcmp(names[i].code, code) == 0)
			return names[i].name;
	}
	return code;
}

const char *api_key_scope_name(const char *code)
{
	return name_of(code);
}

const char *api_key_answer_name(const char *code)
{
	return name_of(code);
}

static struct db_blob hash_of(struct arena *a, const char *key)
{
	const char *const parts[] = { "minsheng api key 1", key };

	return seal_sha256(a, parts, sizeof parts / sizeof parts[0]);
}

int api_key_find(struct db *db, struct arena *a, const char *typed, const char *scope, struct api_key *ret)
{
	struct q_api_key_get row;
	int r;

	if (!typed || !*typed || strlen(typed) > KEY_TYPED_MAX)
		return err_set(ERR_LOGIN, "no key");
	r = q_api_key_get(db, a, hash_of(a, typed), scope, &row);
	if (r == ERR_NOTFOUND)
		return err_set(ERR_LOGIN, "no such key, or revoked, or not for %s", scope);
	if (r < 0)
		return r;
	*ret = (struct api_key){ row.id, row.name, strcmp(row.answer, "token") == 0, row.per_day };
	return 0;
}

int api_key_count(struct db *db, struct arena *a, const struct api_key *k)
{
	struct q_api_key_use row;
	int r = q_api_key_use(db, a, k->id, clock_day(clock_now()), &row);

	if (r < 0)
		return r;
	return row.sent <= k->per_day ? 0 : err_say(ERR_SLOWDOWN,
		"这个密钥今天已经提交了 %lld 封，到了每天的上限；请明天再提交，或者请管理员调高上限", (long long)k->per_day);
}

/* --- making and revoking --- */

struct key_job {
	const struct org *o;
	const struct api_key_new *k;
	const char *hint;
	struct db_blob hash;
	int64_t id;
	const char *why;
};

static const char *make_key(struct arena *a)
{
	unsigned char bytes[KEY_BYTES];
	char text[sodium_base64_ENCODED_LEN(KEY_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];

	randombytes_buf(bytes, sizeof bytes);
	sodium_bin2base64(text, sizeof text, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return arena_printf(a, KEY_PREFIX "%s", text);
}

static bool listed(const char *const *codes, const char *code)
{
	for (; *codes; codes++) {
		if (str_eq(*codes, code))
			return true;
	}
	return false;
}

static int check_new(const struct api_key_new *k)
{
	if (!k->name || !*k->name || text_graphemes(k->name) > API_KEY_NAME_MAX)
		return err_say(ERR_INVALID, "请填写程序的名称，最多 %d 个字", API_KEY_NAME_MAX);
	if (!k->contact || !*k->contact || text_graphemes(k->contact) > API_KEY_CONTACT_MAX)
		return err_say(ERR_INVALID, "请填写负责这个程序的人和联系方式，最多 %d 个字", API_KEY_CONTACT_MAX);
	if (!listed(api_key_scope_codes, k->scope) || !listed(api_key_answer_codes, k->answer))
		return err_say(ERR_INVALID, "请选择密钥的用途");
	if (k->per_day < 1 || k->per_day > API_KEY_PER_DAY_MAX)
		return err_say(ERR_INVALID, "每天的上限应在 1 到 %d 之间", API_KEY_PER_DAY_MAX);
	return 0;
}

static int add_key(struct db *db, void *arg)
{
	struct key_job *w = arg;
	const struct api_key_new *k = w->k;
	int64_t id;
	int r = q_api_key_add(db, k->name, k->contact, k->scope, k->answer, k->per_day, w->hint, w->hash, org_by(w->o),
	                      clock_now(), &id);

	if (r == ERR_DUP)
		return err_say(ERR_DUP, "已经有叫“%s”的密钥；如果没有看到它的内容，请撤销后另建一个", k->name);
	if (r < 0)
		return r;
	return org_note(w->o, "key_add", 0, 0,
	                arena_printf(w->o->a, "%s（…%s），%s，%s，每天最多 %lld 封；负责人：%s", k->name, w->hint,
	                             api_key_scope_name(k->scope), api_key_answer_name(k->answer), (long long)k->per_day,
	                             k->contact), NULL);
}

int api_key_make(const struct org *o, const struct api_key_new *k, const char **ret_key)
{
	struct key_job w = { .o = o, .k = k };
	const char *key = make_key(o->a);
	int r = org_may(o, CAP_ADMIN_KEYS, 0);

	if (r == 0)
		r = check_new(k);
	if (r < 0)
		return r;
	w.hint = key + strlen(key) - HINT_CHARS;
	w.hash = hash_of(o->a, key);
	r = db_tx(o->db, add_key, &w);
	if (r == 0)
		*ret_key = key;
	return r;
}

static int revoke_key(struct db *db, void *arg)
{
	const struct key_job *w = arg;
	struct q_api_key_lock row;
	int r = q_api_key_lock(db, w->o->a, w->id, &row);

	if (r < 0)
		return r;
	if (!row.live)
		return err_say(ERR_STATE, "“%s”的密钥已经撤销了", row.name);
	r = q_api_key_revoke(db, org_by(w->o), clock_now(), w->why, w->id, NULL);
	return r < 0 ? r : org_note(w->o, "key_revoke", 0, 0, arena_printf(w->o->a, "%s（…%s）", row.name, row.hint), w->why);
}

int api_key_revoke(const struct org *o, int64_t id, const char *why)
{
	struct key_job w = { .o = o, .id = id, .why = why ? why : "" };
	int r = org_may(o, CAP_ADMIN_KEYS, 0);

	return r < 0 ? r : db_tx(o->db, revoke_key, &w);
}

/* --- letters --- */

int api_key_letter(struct db *db, struct arena *a, const struct api_key *k, int64_t ticket_id, const char *no,
                   const char **ret_token)
{
	const char *const parts[] = { "minsheng open311 token 1", no };
	char *text = arena_alloc(a, API_KEY_TOKEN_HEX + 1);
	struct db_blob token;
	int r = seal_keyed(a, parts, sizeof parts / sizeof parts[0], &token);

	if (r < 0)
		return r;
	must(token.n >= TOKEN_BYTES);
	token.n = TOKEN_BYTES;
	*ret_token = sodium_bin2hex(text, API_KEY_TOKEN_HEX + 1, token.p, TOKEN_BYTES);
	r = q_api_letter_put(db, ticket_id, k->id, token, NULL);
	if (r != ERR_DUP)
		return r;
	/* A repeated request: it is noted already. */
	err_clear();
	return 0;
}

int api_key_letter_of(struct db *db, struct arena *a, const char *token, const char **ret_no)
{
	unsigned char bytes[TOKEN_BYTES];
	struct q_api_letter_of row;
	size_t n = 0;
	int r;

	if (strlen(token) != API_KEY_TOKEN_HEX ||
	    sodium_hex2bin(bytes, sizeof bytes, token, API_KEY_TOKEN_HEX, NULL, &n, NULL) != 0 || n != sizeof bytes)
		return err_set(ERR_NOTFOUND, "not a token");
	r = q_api_letter_of(db, a, (struct db_blob){ bytes, sizeof bytes }, &row);
	if (r == 0)
		*ret_no = row.no;
	return r;
}
