/* store_people - officers and their sessions. */
#ifndef STORE_PEOPLE_H
#define STORE_PEOPLE_H

#include "access.h"
#include "db.h"

struct store_officer {
	int64_t id, unit_id;
	const char *name, *password_hash;
	bool active, must_change;
	int64_t failures, wait_until, temp_until;
	struct db_blob name_hash;    /* of a name that nobody has; id is 0 then */
};

struct officer_session {
	int64_t officer_id, created_at, seen_at, last_login_at, unit_id;
	const char *login, *name, *unit_name;
	bool must_change;            /* logged in with a password that somebody else knows */
	struct actor actor;
};

/* ERR_NOTFOUND when there is no such login. */
int store_officer_by_login(struct db *db, struct arena *a, const char *login, struct store_officer *ret) MUST_CHECK;
/* The officer as an actor. ERR_NOTFOUND, or ERR_DENIED when disabled. */
int store_actor(struct db *db, struct arena *a, const char *login, struct actor *ret) MUST_CHECK;
int store_session_put(struct db *db, const unsigned char id_hash[32], int64_t officer_id, int64_t now) MUST_CHECK;
/* ERR_NOTFOUND when there is none, or its officer is disabled. */
int store_session_get(struct db *db, struct arena *a, const unsigned char id_hash[32],
                      struct officer_session *ret) MUST_CHECK;
int store_session_touch(struct db *db, const unsigned char id_hash[32], int64_t now) MUST_CHECK;
int store_session_delete(struct db *db, const unsigned char id_hash[32]) MUST_CHECK;
/* What is known of a login that nobody has: how often it was tried. */
int store_nobody(struct db *db, struct arena *a, const char *login, struct store_officer *ret) MUST_CHECK;
/* Counts a wrong try; those whose wait ended before forget_before count no more. */
int store_login_failed(struct db *db, const struct store_officer *who, int64_t forget_before,
                       int64_t wait_until) MUST_CHECK;
/* fresh_hash NULL: keep the password hash. */
int store_login_ok(struct db *db, int64_t officer_id, int64_t now, const char *fresh_hash) MUST_CHECK;

/* For the trail: "login", "login_failed", "logout"; officer_id 0: a name that nobody has. */
int store_login_event(struct db *db, const char *kind, int64_t officer_id, const char *what, int64_t now) MUST_CHECK;
/* "registrar handler" (blanks or commas) as a set. ERR_INVALID for an unknown one. */
int store_roles_from(struct arena *a, const char *text, uint32_t *ret) MUST_CHECK;
/* From columns: roles as above, lent as officer_by_id has it. */
struct actor store_actor_of(struct arena *a, int64_t id, int64_t unit_id, const char *name, const char *roles,
                            const char *lent);

#endif
