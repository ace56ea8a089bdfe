/* topic_change - the list of topics itself (schema 0060, 0099): one is added, renamed, not offered any more, or again.
 *
 * Rows stay for ever, as letters and figures stay with them; a new name holds for all of them. Two levels. Each change
 * is a row of topic_event. Who may do this: the caller has asked (CAP_RULES). */
#ifndef TOPIC_CHANGE_H
#define TOPIC_CHANGE_H

#include "db.h"

#define TOPIC_NAME_MAX 20 /* characters; the column holds 40 */

struct topic_by { struct db *db; struct arena *a; int64_t officer_id, now; };

/* parent_id 0: one of the upper level. ERR_INVALID in words: the name is taken beside it, there is no such upper topic
 * or it is not offered, or there are too many (TOPIC_BELOW - 1 under one). ERR_CONFLICT: somebody adds one at the same
 * moment. */
int topic_add(const struct topic_by *by, int64_t parent_id, const char *name, int64_t *ret_id) MUST_CHECK;
/* version: as the person saw it; ERR_CONFLICT when it is another one by now. ERR_INVALID: the name is taken beside it.
 * ERR_NOTFOUND. The same name again is no change. */
int topic_rename(const struct topic_by *by, int64_t id, int64_t version, const char *name) MUST_CHECK;
/* offered false: no letter gets it any more, nor one of its own. What is so already is no change. */
int topic_offer(const struct topic_by *by, int64_t id, int64_t version, bool offered) MUST_CHECK;

#endif
