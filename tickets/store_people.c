/* store_people - see store_people.h. */
#include "store_people.h"

#include <string.h>

#include "clock.h"
#include "password.h"
#include "queries.h"
#include "seal.h"
#include "str.h"

/* "registrar handler" → set; unknown words → *ret_bad. */
static uint32_t roles_from(struct arena *a, const char *text, const char **ret_bad)
{
	char *copy = arena_strdup(a, text), *save = NULL;
	uint32_t set = 0;

	*ret_bad = NULL;
	for (char *w = strtok_r(copy, " ,", &save); w; w = strtok_r(NULL, " ,", &save)) {
		enum role role = access_role_from(w);

		if (role >= ROLE_CITIZEN)
			*ret_bad = w;
		else
			set |= 1u << role;
	}
	return set;
}

int store_officer_by_login(struct db *db, struct arena *a, const char *login, struct store_officer *ret)
{
	struct q_officer_by_login row;
	int r = q_officer_by_login(db, a, login, &row);

	if (r < 0)
		return r;
	*ret = (struct store_officer){ .id = row.id, .unit_id = row.unit_id, .name = row.name,
		.password_hash = row.password_hash, .active = row.active, .must_change = row.must_change,
		.failures = row.failures, .wait_until = row.wait_until };
	return 0;
}

int store_actor(struct db *db, struct arena *a, const char *login, struct actor *ret)
{
	struct q_officer_by_login o;
	struct q_officer_by_id row;
	const char *bad;
	int r;

	if ((r = q_officer_by_login(db, a, login, &o)) < 0 || (r = q_officer_by_id(db, a, o.id, &row)) < 0)
		return r;
	if (!row.active)
		return err_set(ERR_DENIED, "%s is disabled", login);
	*ret = (struct actor){ .officer_id = row.id, .unit_id = row.unit_id, .name = row.name,
	                       .roles = roles_from(a, row.roles, &bad) };
	return 0;
}

static struct db_blob hash_blob(const unsigned char id_hash[32])
{
	return (struct db_blob){ id_hash, 32 };
}

int store_session_put(struct db *db, const unsigned char id_hash[32], int64_t officer_id, int64_t now)
{
	return q_session_put(db, hash_blob(id_hash), officer_id, now, now, NULL);
}

int store_session_get(struct db *db, struct arena *a, const unsigned char id_hash[32], struct officer_session *ret)
{
	struct q_session_get row;
	const char *bad;
	int r = q_session_get(db, a, hash_blob(id_hash), &row);

	if (r < 0)
		return r;
	*ret = (struct officer_session){ .officer_id = row.officer_id, .created_at = row.created_at,
		.seen_at = row.seen_at, .last_login_at = row.last_login_at, .unit_id = row.unit_id, .login = row.login,
		.name = row.name, .unit_name = row.unit_name,
		.actor = { .officer_id = row.officer_id, .unit_id = row.unit_id, .name = row.name,
		           .roles = roles_from(a, row.roles, &bad) } };
	return 0;
}

int store_session_touch(struct db *db, const unsigned char id_hash[32], int64_t now)
{
	return q_session_touch(db, now, hash_blob(id_hash), NULL);
}

int store_session_delete(struct db *db, const unsigned char id_hash[32])
{
	return q_session_delete(db, hash_blob(id_hash), NULL);
}

/* The database compares names without regard to case. */
static struct db_blob name_hash(struct arena *a, const char *login)
{
	char *name = arena_strdup(a, login);
	const char *parts[] = { name };

	for (char *p = name; *p; p++) {
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
	}
	return seal_sha256(a, parts, 1);
}

int store_nobody(struct db *db, struct arena *a, const char *login, struct store_officer *ret)
{
	struct q_login_tries row;
	struct db_blob hash = name_hash(a, login);
	int r = q_login_tries(db, a, hash, &row);

	*ret = (struct store_officer){ .name_hash = hash, .wait_until = TIME_NONE };
	if (r == 0) {
		ret->failures = row.failures;
		ret->wait_until = row.wait_until;
	}
	return r == ERR_NOTFOUND ? 0 : r;
}

int store_login_failed(struct db *db, const struct store_officer *who, int64_t forget_before, int64_t wait_until)
{
	if (who->id == 0)
		return q_login_tried(db, who->name_hash, wait_until, forget_before, NULL);
	return q_login_failed(db, forget_before, wait_until, who->id, NULL);
}

int store_login_ok(struct db *db, int64_t officer_id, int64_t now, const char *fresh_hash)
{
	return q_login_ok(db, now, fresh_hash, officer_id, NULL);
}

struct adding {
	struct arena *a;
	const char *login, *name, *mail, *hash;
	int64_t unit_id;
	uint32_t roles;
	bool must_change;
};

static int add(struct db *db, void *arg)
{
	const struct adding *w = arg;
	int64_t id;
	int r = q_officer_add(db, w->login, w->name, w->unit_id, w->mail, clock_now(), &id);

	if (r == 0)
		r = q_officer_secret_put(db, id, w->hash, w->must_change, NULL);
	for (int i = 0; r == 0 && i < ROLE__MAX; i++) {
		if (w->roles & 1u << i)
			r = q_officer_role_add(db, id, access_role_code((enum role)i), NULL);
	}
	return r;
}

int store_officer_add(struct db *db, struct arena *a, const char *login, const char *name, const char *unit_code,
                      const char *roles, const char *password, const char *mail, bool must_change)
{
	struct adding w = { .a = a, .login = login, .name = name, .mail = mail, .must_change = must_change };
	struct q_unit_by_code unit;
	const char *bad;
	int r = q_unit_by_code(db, a, unit_code, &unit);

	if (r == ERR_NOTFOUND)
		return err_set(ERR_INVALID, "no unit with the code '%s'", unit_code);
	w.roles = roles_from(a, roles, &bad);
	if (bad)
		return err_set(ERR_INVALID, "no role '%s'", bad);
	if (r == 0)
		r = password_hash(a, password, &w.hash);
	w.unit_id = unit.id;
	return r < 0 ? r : db_tx(db, add, &w);
}
