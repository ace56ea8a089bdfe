/* search_feed - keeps the index of published letters: feeds it, compares it with the truth, builds it anew.
 *
 * Called by minsheng-searchd and `minshengctl search`. One writer at a time, by a lock of the database; who is killed
 * leaves nothing that the next turn does not put right:
 *  - what is to be indexed stands in search_queue until it has been, as it was seen;
 *  - the server died while the index was written, the machine was started anew, or the table of folding changed:
 *    the index is built anew, beside the old one, which is not asked meanwhile (letters are then compared directly);
 *  - the indexer died while it wrote, and the server did not: as when it is started anew;
 *  - the server or the indexer was started anew: counts and checksums are compared, differences go into the queue,
 *    then the index is asked. */
#ifndef SEARCH_FEED_H
#define SEARCH_FEED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "db.h"

/* Told after each batch; false: stop there (ERR_STATE is returned, nothing is lost). */
struct search_telling { bool (*tell)(void *arg, const char *what, int64_t done, int64_t of); void *arg; };

/* When the indexer starts: nothing is asked of the index before it has been compared. */
int search_begin(struct db *db, struct arena *a) MUST_CHECK;
/* One turn: the index is looked after and a batch of the queue is indexed. *done: letters; 0: nothing to do, or
 * somebody else is at it. a is scratch, reset between batches: nothing of the caller's may live in it. */
int search_turn(struct db *db, struct arena *a, const struct search_telling *t, size_t *done) MUST_CHECK;
/* Builds the index anew; the old one is asked meanwhile when it was whole. ERR_CONFLICT: somebody else is at it. */
int search_rebuild(struct db *db, struct arena *a, const struct search_telling *t) MUST_CHECK;

struct search_account {
	int64_t letters, docs;               /* published, in the index */
	int64_t differ;                      /* letters missing in the index, there too much, or of another hash */
	int64_t waiting;                     /* in the queue */
	bool ready;
};
/* Counts and checksums of both sides; what differs goes into the queue. */
int search_compare(struct db *db, struct arena *a, const struct search_telling *t, struct search_account *ret)
	MUST_CHECK;

#endif
