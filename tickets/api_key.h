/* api_key - keys of programs that hand letters in: over Open311 ("letters") or as a superior ("transfers").
 *
 * A key is 256 random bits, shown once; its SHA-256 is all that is kept. Made and revoked by security administrators
 * (CAP_ADMIN_KEYS) and by minshengctl key; both are in the trail (org.h). Used by fcgi/open311_post.c, api_letters.c,
 * admin_keys.c. */
#ifndef API_KEY_H
#define API_KEY_H

#include "org.h"

#define API_KEY_NAME_MAX 30
#define API_KEY_CONTACT_MAX 60
#define API_KEY_PER_DAY 500          /* unless said otherwise */
#define API_KEY_PER_DAY_MAX 100000
#define API_KEY_TOKEN_HEX 32
/* Codes of api_key.scope and api_key.answer, NULL at the end; their names in Chinese; the name itself for others. */
extern const char *const api_key_scope_codes[], *const api_key_answer_codes[];
const char *api_key_scope_name(const char *code);
const char *api_key_answer_name(const char *code);

struct api_key {
	int64_t id;
	const char *name;
	bool token;                  /* answered with a token, not with the number */
	int64_t per_day;
};
struct api_key_new {
	const char *name, *contact, *scope, *answer;
	int64_t per_day;
};

/* The key as sent by a program. ERR_LOGIN: empty, unknown, revoked, or for something else. */
int api_key_find(struct db *db, struct arena *a, const char *typed, const char *scope, struct api_key *ret) MUST_CHECK;
/* Counts one more letter of today. ERR_SLOWDOWN with a sentence past per_day. */
int api_key_count(struct db *db, struct arena *a, const struct api_key *k) MUST_CHECK;

/* Makes one; *ret_key is shown this once. ERR_DUP: a key in use has that name; ERR_INVALID; ERR_DENIED. */
int api_key_make(const struct org *o, const struct api_key_new *k, const char **ret_key) MUST_CHECK;
/* From the next request on it opens nothing. ERR_STATE when it was revoked before; ERR_NOTFOUND. */
int api_key_revoke(const struct org *o, int64_t id, const char *why) MUST_CHECK;

/* Notes which program handed a letter in; *ret_token: what leads to the letter, API_KEY_TOKEN_HEX hex digits, the same
 * each time. */
int api_key_letter(struct db *db, struct arena *a, const struct api_key *k, int64_t ticket_id, const char *no,
                   const char **ret_token) MUST_CHECK;
/* The number of the letter of a token. ERR_NOTFOUND. */
int api_key_letter_of(struct db *db, struct arena *a, const char *token, const char **ret_no) MUST_CHECK;

#endif
