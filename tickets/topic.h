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

/* All topics, upper ones before theirs. Kept by the process for a minute: they hardly ever change. *ret is good until
 * the next call. */
int topic_list(struct db *db, const struct q_topic_all **ret, size_t *ret_n) MUST_CHECK;

#endif
