/* password - hashing of officers' passwords: argon2id of libsodium, in one place, so that a city can change it.
 *
 * Used by the login (fcgi/session.c) and by minshengctl user add. One hash takes 19 MiB and about 40 ms. */
#ifndef PASSWORD_H
#define PASSWORD_H

#include <stdbool.h>

#include "arena.h"
#include "err.h"

#define PASSWORD_MIN_GRAPHEMES 12
#define PASSWORD_MAX_BYTES 256

/* The text to store: parameters, salt and hash. ERR_INVALID: longer than PASSWORD_MAX_BYTES. */
int password_hash(struct arena *a, const char *password, const char **ret_stored) MUST_CHECK;
/* True when it is that password. stored NULL (no such officer) does the same work and is false. */
bool password_ok(const char *password, const char *stored);
/* True when stored was made with weaker parameters than today's: hash again after the next login. */
bool password_stale(const char *stored);

#endif
