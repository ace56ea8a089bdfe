/* store_people - see store_people.h. */
#include "store_people.h"

#include <string.h>

#include "clock.h"
#include "password.h"
#include "queries.h"
#include "seal.h"
#include "str.h"
#include "text.h"

#define LENDERS_MAX 16

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

/* A line "id role last-day name" for each role lent, by id. An administrator has none: who became one while standing in
 * for somebody handles no letters any more. */
static void lent_from(struct arena *a, const char *text, struct actor *who)
{
	char *save = NULL, *line, *copy = arena_strdup(a, text);
	struct actor_lent *list = arena_array(a, LENDERS_MAX, sizeof *list);

	who->own = who->roles;
	who->lent = list;
	if (who->own & access_admin_roles())
		return;
	for (line = strtok_r(copy, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		char *rest = NULL, *id = strtok_r(line, " ", &rest), *role = strtok_r(NULL, " ", &rest);
		char *until = strtok_r(NULL, " ", &rest);
		long long n;

		if (!id || !role || !until || str_to_int(id, 1, INT32_MAX, &n) < 0 || access_role_from(role) >= ROLE_CITIZEN)
			continue;
		if (who->n_lent == 0 || list[who->n_lent - 1].officer_id != n) {
			if (who->n_lent == LENDERS_MAX)
				return;
			list[who->n_lent++] = (struct actor_lent){ .officer_id = n, .name = rest, .until = until };
		}
		list[who->n_lent - 1].roles |= 1u << access_role_from(role);
		who->roles |= 1u << access_role_from(role);
	}
}

struct actor store_actor_of(struct arena *a, int64_t id, int64_t unit_id, const char *name, const char *roles,
                            const char *lent)
{
	const char *bad;
	struct actor who = { .officer_id = id, .unit_id = unit_id, .name = name, .roles = roles_from(a, roles, &bad) };

	lent_from(a, lent, &who);
	return who;
}

int store_officer_by_login(struct db *db, struct arena *a, const char *login, struct store_officer *ret)
{
	struct q_officer_by_login row;
	int r = q_officer_by_login(db, a, login, &row);

	if (r < 0)
		return r;
	*ret = (struct store_officer){ .id = row.id, .unit_id = row.unit_id, .name = row.name,
		.password_hash = row.password_hash, .active = row.active, .must_change = row.must_change,
		.failures = row.failures, .wait_until = row.wait_until, .temp_until = row.temp_until };
	return 0;
}

int store_actor(struct db *db, struct arena *a, const char *login, struct actor *ret)
{
	struct q_officer_by_login o;
	struct q_officer_by_id row;
	int r;

	if ((r = q_officer_by_login(db, a, login, &o)) < 0 ||
	    (r = q_officer_by_id(db, a, clock_day(clock_now()), o.id, &row)) < 0)
		return r;
	if (!row.active)
		return err_set(ERR_DENIED, "%s is disabled", login);
	*ret = store_actor_of(a, row.id, row.unit_id, row.name, row.roles, row.lent);
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
	int r = q_session_get(db, a, clock_day(clock_now()), hash_blob(id_hash), &row);

	if (r < 0)
		return r;
	*ret = (struct officer_session){ .officer_id = row.officer_id, .created_at = row.created_at,
		.seen_at = row.seen_at, .last_login_at = row.last_login_at, .unit_id = row.unit_id, .login = row.login,
		.name = row.name, .unit_name = row.unit_name, .must_change = row.must_change,
		.actor = store_actor_of(a, row.officer_id, row.unit_id, row.name, row.roles, row.lent) };
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
	const char *parts[] = { text_lower(a, login) };

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

int store_login_event(struct db *db, const char *kind, int64_t officer_id, const char *what, int64_t now)
{
	return q_org_event_add(db, now, kind, officer_id, officer_id, 0, what, "", NULL);
}

int store_roles_from(struct arena *a, const char *text, uint32_t *ret)
{
	const char *bad;

	*ret = roles_from(a, text, &bad);
	return bad ? err_set(ERR_INVALID, "no role '%s'", bad) : 0;
}
