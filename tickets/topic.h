/* topic - what a letter is about (schema 0060): optional, chosen by registrars, changed at any time.
 *
 * It is no step in the letter's life: state, version and history stay; the statistics move with it. */
#ifndef TOPIC_H
#define TOPIC_H

#include "db.h"
#include "queries_read.h"

/* Sets the topic of a letter; 0 takes it away. ERR_NOTFOUND: no such letter; ERR_INVALID: no such topic, or one that
 * is not offered any more. May this be done by who asks: the caller has asked (access.h). */
int topic_set(struct db *db, struct arena *a, int64_t ticket_id, int64_t topic_id) MUST_CHECK;

#define TOPIC_ALL (-1)
#define TOPIC_LAST 65535
/* Ids from one upper topic to the next. */
#define TOPIC_BELOW 100
/* The ids a filter by topic takes in: an upper topic with all of its own, which stand behind it (schema 0060); one of
 * the lower level alone; 0: letters of which none is said; TOPIC_ALL: every letter. Pure. */
void topic_range(int64_t id, int32_t *ret_from, int32_t *ret_to);

/* All topics, upper ones before theirs. Kept by the process until worktime_get() sees another version of them, a minute
 * at most: they hardly ever change. *ret is good until the next call. */
int topic_list(struct db *db, const struct q_topic_all **ret, size_t *ret_n) MUST_CHECK;

#endif
