/* tries - how often something secret was tried (a query code, the code of a kept draft), and from where.
 *
 * Counted by networks, never by the whole address: IPv4 /24, IPv6 /48. The database holds keyed hashes of purpose,
 * thing and network and nothing that leads back to any of them. A try is counted before it is looked at, in the
 * caller's transaction, which locks the counter: so many at once are so many tries. Whoever was right rolls back. */
#ifndef TRIES_H
#define TRIES_H

#include "db.h"

/* "203.0.113.0/24", "2001:db8:7::/48"; the text itself when it is no address. */
const char *tries_network(struct arena *a, const char *address);

/* Counts one more of a network. ERR_SLOWDOWN, for the caller to roll back, past `limit` within the hour after the one
 * before: so it lasts until an hour after the last that counted. Only inside db_tx(), as the next. */
int tries_count(struct db *db, struct arena *a, const char *purpose, const char *from, int64_t limit) MUST_CHECK;
/* Counts one more of this thing: how many from this network, and how many from anywhere. */
int tries_count_both(struct db *db, struct arena *a, const char *purpose, const char *what, const char *from,
                     int64_t *ret_here, int64_t *ret_all) MUST_CHECK;
/* The tries of this network were somebody's mistakes: forgotten; the one just counted is taken back from all. */
int tries_forget(struct db *db, struct arena *a, const char *purpose, const char *what, const char *from) MUST_CHECK;

#endif
