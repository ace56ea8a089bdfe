/* session - who is logged in at the desk.
 *
 * The cookie holds 256 random bits; the database only their SHA-256, so that a copy of the table opens
 * nothing. The CSRF token is an HMAC of the same secret: nothing to store, gone with the session. A session ends after
 * conf.session_idle_min without a request and after conf.session_hours in any case.
 * Names and passwords: argon2id, the same work for a name that does not exist, and after LOGIN_FREE_TRIES wrong
 * passwords a delay per name that doubles each time (30 s to 15 min), whether somebody has that name or not.
 * Used by dispatch.c (session_find, session_csrf_ok) and by the login pages. The database is reached through
 * store_people.h alone. */
#ifndef SESSION_H
#define SESSION_H

#include <stdbool.h>

#include "err.h"
#include "store_people.h"

#define LOGIN_FREE_TRIES 5

struct page;

/* Reads the cookie and fills p->session and p->csrf. ERR_LOGIN when there is none or it has ended (session
 * and csrf are then NULL and ""); ERR_DB. */
int session_find(struct page *p) MUST_CHECK;
/* Checks name and password and starts a new session (never one that the browser brought along): the cookie is in the
 * reply, p->session is set. ERR_INVALID: wrong, one sentence for all reasons. ERR_SLOWDOWN: too many tries. */
int session_login(struct page *p, const char *login, const char *password) MUST_CHECK;
/* Whether this is the password of who is logged in; counted and slowed down like a login. ERR_INVALID, ERR_SLOWDOWN. */
int session_confirm(struct page *p, const char *password) MUST_CHECK;
/* Ends the session: its row is deleted, the cookie too. */
int session_logout(struct page *p) MUST_CHECK;
/* The hash by which the database knows this session, for the vault. ERR_LOGIN when the request has no cookie. */
int session_hash(const struct page *p, unsigned char ret_hash[32]) MUST_CHECK;
/* Compares the token of a form with the session's, in constant time. */
bool session_csrf_ok(const struct page *p, const char *token);
/* Whose session a form's token was of, also after that has ended; 0 when it does not say. A claim, not a proof. */
int64_t session_csrf_whose(struct arena *a, const char *token);

#endif
