/* stats_frozen - figures of a period as they were when somebody answered for them, and what has changed since.
 *
 * Frozen is what stats_json() says: the bytes, and their SHA-256. Nobody can change or
 * delete them (triggers of schema 0062); a supervisor signs them, once. Bulletins and annual reports are
 * made from them. */
#ifndef STATS_FROZEN_H
#define STATS_FROZEN_H

#include "queries_read.h"
#include "stats.h"

#define STATS_FROZEN_NAME_MAX 60      /* graphemes */
#define STATS_FROZEN_NOTE_MAX 200
#define STATS_FROZEN_BYTES ((size_t)4 << 20)

/* One figure that is not any more what was frozen. Texts live in the arena; "" where there was or is nothing. */
struct stats_change {
	const char *where;           /* 合计, 市城市管理局, 咨询, 2026年 … */
	const char *what;            /* 收件数 */
	const char *was, *is;
};

/* One figure as it was frozen; value "" where there was nothing to count. */
struct stats_fixed {
	const char *name, *value, *definition;
};

/* Freezes the figures of all units, from … to (days, both in, not beyond yesterday: what runs is not frozen).
 * ERR_INVALID: the period; ERR_DB. */
int stats_freeze(struct db *db, struct arena *a, const char *name, int32_t from, int32_t to, int64_t officer_id,
                 int64_t *ret_id) MUST_CHECK;
/* The same for a button: pressed twice within a minute, *ret_id is of the first time. */
int stats_freeze_once(struct db *db, struct arena *a, const char *name, int32_t from, int32_t to, int64_t officer_id,
                      int64_t *ret_id) MUST_CHECK;
/* Signs. ERR_STATE: it is signed already, or does not exist. note: "" for none. */
int stats_frozen_sign(struct db *db, int64_t id, int64_t officer_id, const char *note) MUST_CHECK;
/* Whether the bytes are those that were hashed. Pure. */
bool stats_frozen_intact(const struct q_frozen_get *f);
/* The figures of all letters together, as they were frozen, in the order of their definitions. *ret in the arena.
 * ERR_BUG: what is kept is not JSON. */
int stats_frozen_total(struct arena *a, const struct q_frozen_get *f, struct stats_fixed **ret,
                       size_t *ret_n) MUST_CHECK;
/* Works the period out again and compares: total, years, types, topics and units, every figure. *ret in the arena. */
int stats_frozen_compare(struct db *db, struct arena *a, const struct q_frozen_get *f, struct stats_change **ret,
                         size_t *ret_n) MUST_CHECK;

#endif
