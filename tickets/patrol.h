/* patrol - visits to the public pages and rounds of people: what minsheng-patrold takes and records, and what
 * the desk adds.
 *
 * What the rows mean is inspect.h. */
#ifndef PATROL_H
#define PATROL_H

#include "access.h"
#include "db.h"

struct patrol_target {
	int64_t id;
	const char *code, *path, *must_hold;
	bool foot;                   /* carries the site's foot */
};
/* One address that is due, its next visit set (up to a tenth sooner than planned, so that visits spread).
 * ERR_NOTFOUND when none is. Also due is what is planned more than two hours ahead: the clock was set back. */
int patrol_take(struct db *db, struct arena *a, int64_t now, struct patrol_target *ret) MUST_CHECK;
/* why: "" when it went well; foot_missing: at most 120 characters. */
int patrol_record(struct db *db, int64_t target_id, int64_t at, int status, int64_t ms, const char *why,
                  const char *foot_missing) MUST_CHECK;
/* Forgets visits older than 400 days (inspections look a year back), at most 1,000 a call. */
int patrol_sweep(struct db *db, int64_t now) MUST_CHECK;

#define PATROL_NAME_MAX 40
#define PATROL_PATH_MAX 200
#define PATROL_WORDS_MAX 100
#define PATROL_NOTE_MAX 1000
/* The desk, for who has CAP_INSPECT: an address below public_url to be visited as well (ERR_DUP: that path is
 * visited already); whether one is visited. ERR_DENIED. */
int patrol_target_add(struct db *db, struct arena *a, const struct actor *who, const char *name, const char *path,
                      const char *must_hold, int every_min) MUST_CHECK;
int patrol_target_set(struct db *db, const struct actor *who, int64_t id, bool active) MUST_CHECK;
/* What somebody found on a round (CAP_PATROL). */
int patrol_note(struct db *db, const struct actor *who, bool found, const char *words, const char *done,
                int64_t now) MUST_CHECK;

#endif
