/* kept - a letter that is still being written, kept under a code, so that its writer can go on elsewhere.
 *
 * Nothing but the code opens it: the row's id is a keyed hash of the code, the text is sealed with a key made of the
 * code and a secret that is not in the database, and its length is rounded. KEPT_DAYS after it was last saved it is
 * gone (slad). Saving and looking for codes are limited by network (tries.h). */
#ifndef KEPT_H
#define KEPT_H

#include "db.h"

#define KEPT_DAYS 30
#define KEPT_CODE_CHARS 16           /* 80 bits, "ABCD-EFGH-JKMN-PQRS" */
#define KEPT_BYTES_MAX ((size_t)96 * 1024)

struct kept {
	const char *code;
	const char *text;
	int64_t version;
	int64_t saved_at;
	int32_t until_on;            /* the last day it is kept */
};

/* A first time: a new code. seed: of the page it was typed on; the same seed and text again is the same draft, so that
 * a second click makes no second one. ERR_TOOBIG over KEPT_BYTES_MAX; ERR_SLOWDOWN; ERR_FULL. */
int kept_new(struct db *db, struct arena *a, const char *seed, const char *text, const char *from,
             struct kept *ret) MUST_CHECK;
/* Again, over `version`; kept for KEPT_DAYS from now. ERR_CONFLICT: saved elsewhere meanwhile, *ret is what stands
 * there. ERR_NOTFOUND: no such draft (any more). */
int kept_again(struct db *db, struct arena *a, const char *code, int64_t version, const char *text, const char *from,
               struct kept *ret) MUST_CHECK;
/* By the code as typed. ERR_NOTFOUND; ERR_SLOWDOWN after many wrong ones. */
int kept_find(struct db *db, struct arena *a, const char *code, const char *from, struct kept *ret) MUST_CHECK;
/* Gone, if it was there. */
int kept_drop(struct db *db, struct arena *a, const char *code) MUST_CHECK;

#endif
