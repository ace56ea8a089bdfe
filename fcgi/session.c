/* session - see session.h. */
#include "session.h"

#include <sodium.h>
#include <string.h>

#include "clock.h"
#include "page.h"
#include "password.h"
#include "session_rule.h"
#include "text.h"

#define COOKIE "sid"
#define SECRET_BYTES 32
#define TOUCH_EVERY_S 60
#define DELAY_FIRST_S 30
#define DELAY_MOST_S 900
#define FORGET_S 86400

_Static_assert(crypto_hash_sha256_BYTES == 32, "as session.id_hash");

static int cookie_secret(const struct page *p, unsigned char secret[SECRET_BYTES])
{
	const char *text = params_get(&p->req->cookies, reply_cookie_name(p->a, COOKIE));
	size_t n = 0;

	if (text == NULL || strlen(text) != 2 * SECRET_BYTES)
		return ERR_LOGIN;
	if (sodium_hex2bin(secret, SECRET_BYTES, text, 2 * SECRET_BYTES, NULL, &n, NULL) != 0 || n != SECRET_BYTES)
		return ERR_LOGIN;
	return 0;
}

/* The officer stands in front, so that what was typed before a session ended goes back to who typed it. */
static const char *csrf_of(struct arena *a, const unsigned char secret[SECRET_BYTES], int64_t officer_id)
{
	static const unsigned char purpose[] = "csrf";
	unsigned char mac[crypto_auth_hmacsha256_BYTES];
	char text[2 * sizeof(mac) + 1];

	crypto_auth_hmacsha256(mac, purpose, sizeof(purpose), secret);
	sodium_bin2hex(text, sizeof(text), mac, sizeof(mac));
	return arena_printf(a, "%lld-%s", (long long)officer_id, text);
}

int session_find(struct page *p)
{
	unsigned char secret[SECRET_BYTES], hash[32];
	struct officer_session *found = ARENA_NEW(p->a, struct officer_session);
	int rc = cookie_secret(p, secret);

	p->session = NULL;
	p->csrf = "";
	if (rc != 0)
		return err_set(rc, "no session cookie");
	crypto_hash_sha256(hash, secret, sizeof(secret));
	rc = store_session_get(p->db, p->a, hash, found);
	if (rc != 0)
		return rc == ERR_NOTFOUND ? err_set(ERR_LOGIN, "no such session") : rc;
	if (session_has_ended(found->created_at, found->seen_at, p->now)) {
		rc = store_session_delete(p->db, hash);
		return rc != 0 ? rc : err_set(ERR_LOGIN, "session has ended");
	}
	if (p->now - found->seen_at >= TOUCH_EVERY_S) {
		rc = store_session_touch(p->db, hash, p->now);
		if (rc != 0)
			return rc;
	}
	p->session = found;
	p->csrf = csrf_of(p->a, secret, found->officer_id);
	return 0;
}

int session_hash(const struct page *p, unsigned char ret_hash[32])
{
	unsigned char secret[SECRET_BYTES];
	int rc = cookie_secret(p, secret);

	if (rc != 0)
		return err_set(rc, "no session cookie");
	crypto_hash_sha256(ret_hash, secret, sizeof(secret));
	return 0;
}

bool session_csrf_ok(const struct page *p, const char *token)
{
	size_t n = strlen(p->csrf);

	return n > 0 && token != NULL && strlen(token) == n && sodium_memcmp(token, p->csrf, n) == 0;
}

int64_t session_csrf_whose(struct arena *a, const char *token)
{
	const char *dash = token != NULL ? strchr(token, '-') : NULL;
	long long id = 0;

	if (dash == NULL || str_to_int(arena_strndup(a, token, (size_t)(dash - token)), 1, INT32_MAX, &id) != 0)
		return 0;
	return id;
}

/* Moment before which the next try is refused, after one more that failed. */
static int64_t wait_until(const struct store_officer *who, int64_t now)
{
	int64_t delay = DELAY_FIRST_S;
	int64_t failures = who->wait_until != TIME_NONE && who->wait_until < now - FORGET_S ? 1 : who->failures + 1;

	if (failures < LOGIN_FREE_TRIES)
		return now;
	for (int64_t n = failures; n > LOGIN_FREE_TRIES && delay < DELAY_MOST_S; n--)
		delay *= 2;
	return now + (delay < DELAY_MOST_S ? delay : DELAY_MOST_S);
}

static int wrong_login(void)
{
	err_set(ERR_INVALID, "login refused");
	return err_say(ERR_INVALID, "用户名或密码不对");
}

/* Counted and written down, whether somebody has that name or not. */
static int failed(struct page *p, const struct store_officer *officer)
{
	int rc = store_login_failed(p->db, officer, p->now - FORGET_S, wait_until(officer, p->now));

	if (rc == 0)
		rc = store_login_event(p->db, "login_failed", officer->id, officer->id == 0 ? "没有这个登录名" : "密码不对", p->now);
	return rc != 0 ? rc : wrong_login();
}

/* officer: the one of that name, or what is known of a name that nobody has: its tries are counted, slowed down and
 * answered alike. */
static int verify(struct page *p, const struct store_officer *officer, const char *password)
{
	if (officer->wait_until != TIME_NONE && officer->wait_until > p->now) {
		err_set(ERR_SLOWDOWN, "login of officer %lld delayed", (long long)officer->id);
		return err_say(ERR_SLOWDOWN, "连续多次密码不对，请 %lld 分钟后再试",
			(long long)(officer->wait_until - p->now + 59) / 60);
	}
	return password_ok(password, officer->active ? officer->password_hash : NULL) ? 0 : failed(p, officer);
}

static int check_password(struct page *p, const struct store_officer *officer, const char *password)
{
	const char *fresh = NULL;
	int rc = verify(p, officer, password);

	if (rc != 0)
		return rc;
	if (officer->must_change && officer->temp_until != TIME_NONE && officer->temp_until < p->now) {
		err_set(ERR_INVALID, "first password of officer %lld is too old", (long long)officer->id);
		return err_say(ERR_INVALID, "这个初始密码已经过期，请联系安全管理员重新设置");
	}
	if (password_stale(officer->password_hash)) {
		rc = password_hash(p->a, password, &fresh);
		if (rc != 0)
			return rc;
	}
	return store_login_ok(p->db, officer->id, p->now, fresh);
}

int session_confirm(struct page *p, const char *password)
{
	struct store_officer officer = { 0 };
	int rc = store_officer_by_login(p->db, p->a, p->session->login, &officer);

	return rc != 0 ? rc : verify(p, &officer, password);
}

static int start(struct page *p, int64_t officer_id)
{
	unsigned char secret[SECRET_BYTES], hash[32];
	char text[2 * SECRET_BYTES + 1];
	struct officer_session *s = ARENA_NEW(p->a, struct officer_session);
	int rc;

	randombytes_buf(secret, sizeof(secret));
	crypto_hash_sha256(hash, secret, sizeof(secret));
	sodium_bin2hex(text, sizeof(text), secret, sizeof(secret));
	rc = store_session_put(p->db, hash, officer_id, p->now);
	if (rc == 0)
		rc = store_login_event(p->db, "login", officer_id, "", p->now);
	if (rc == 0)
		rc = store_session_get(p->db, p->a, hash, s);
	if (rc != 0)
		return rc;
	reply_cookie(p->reply, COOKIE, text);
	p->session = s;
	p->csrf = csrf_of(p->a, secret, officer_id);
	return 0;
}

int session_login(struct page *p, const char *login, const char *password)
{
	struct store_officer officer = { 0 };
	unsigned char old[SECRET_BYTES], old_hash[32];
	int rc = store_officer_by_login(p->db, p->a, login, &officer);

	if (rc == ERR_NOTFOUND)
		rc = store_nobody(p->db, p->a, login, &officer);
	if (rc == 0)
		rc = check_password(p, &officer, password);
	if (rc == 0 && cookie_secret(p, old) == 0) {
		crypto_hash_sha256(old_hash, old, sizeof(old));
		rc = store_session_delete(p->db, old_hash);
	}
	return rc != 0 ? rc : start(p, officer.id);
}

int session_logout(struct page *p)
{
	unsigned char secret[SECRET_BYTES], hash[32];
	int rc = cookie_secret(p, secret);

	if (rc == 0) {
		crypto_hash_sha256(hash, secret, sizeof(secret));
		rc = store_session_delete(p->db, hash);
		if (rc == 0 && p->session != NULL)
			rc = store_login_event(p->db, "logout", p->session->officer_id, "", p->now);
		if (rc != 0)
			return rc;
	}
	reply_cookie(p->reply, COOKIE, NULL);
	p->session = NULL;
	p->csrf = "";
	return 0;
}
