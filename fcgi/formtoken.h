/* formtoken - a signed hidden field for forms of people who are not logged in.
 *
 * It says: this form was shown by us, at that time, for that purpose; and it carries a random key that makes sending
 * the same form twice harmless (the idempotency key of intake). Nothing is stored. Together with FIELD_TRAP it
 * keeps simple programs out without a puzzle for people; without a script everything works. */
#ifndef FORMTOKEN_H
#define FORMTOKEN_H

#include <stdint.h>

#include "arena.h"
#include "err.h"

/* Reads the key from the secrets; once, at start. */
int formtoken_init(struct arena *a) MUST_CHECK;
/* A new token for that purpose ("letter"), made at `now`; [0-9a-z.]+, at most 128 bytes. */
const char *formtoken_make(struct arena *a, const char *purpose, int64_t now);
/* 0 and the token's random key (32 hex digits); ERR_INVALID: not ours, for another purpose, younger than
 * min_s or older than max_s. */
int formtoken_check(struct arena *a, const char *token, const char *purpose, int64_t now, int64_t min_s, int64_t max_s,
	const char **ret_key) MUST_CHECK;

#endif
