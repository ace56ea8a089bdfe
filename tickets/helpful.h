/* helpful - whether a published answer helped its readers: counted, never who. */
#ifndef HELPFUL_H
#define HELPFUL_H

#include "db.h"

/* One reader of a network says yes or no to a letter. More than a few an hour of one network for one letter are taken
 * and not counted, so that nobody learns how to count double. ERR_NOTFOUND: not published; ERR_SLOWDOWN: a network
 * that says so of very many letters. */
int helpful_say(struct db *db, struct arena *a, int64_t letter_id, bool yes, const char *from) MUST_CHECK;

#endif
