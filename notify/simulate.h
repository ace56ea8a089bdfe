/* simulate - hands in a simulated question (tickets/simulation.h) over the public interface, as anybody could. */
#ifndef SIMULATE_H
#define SIMULATE_H

#include "db.h"

/* One that is due; ERR_NOTFOUND when none is. What the site did not take is tried again later and no error. */
int simulate_file(struct db *db, struct arena *a, int64_t now) MUST_CHECK;

#endif
