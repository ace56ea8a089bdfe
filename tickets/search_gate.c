/* search_gate - how many search at the same time; see search_inner.h.
 *
 * Searches share locks within the index, and whoever searches keeps a worker from all other pages. So a few may at a
 * time, one more waits, the others are told. Places are named locks of the database: they hold over all workers and web
 * hosts, and are given back with the connection at the latest. */
#include "clock.h"
#include "queries.h"
#include "search_inner.h"

#define CHAIR 0                          /* for the one that waits */
#define WAIT_S 1

static int take(struct db *db, struct arena *a, int64_t place, int64_t wait_s, bool *ret_got)
{
	struct q_search_place row = { 0 };
	int r = q_search_place(db, a, place, wait_s, &row);

	*ret_got = r == 0 && row.got == 1;
	return r;
}

static int leave(struct db *db, struct arena *a, int64_t place)
{
	struct q_search_leave row;

	return q_search_leave(db, a, place, &row);
}

static int wait_for(struct db *db, struct arena *a, int64_t place, bool *ret_got)
{
	int r = take(db, a, CHAIR, 0, ret_got), left;

	if (r < 0 || !*ret_got)
		return r;
	r = take(db, a, place, WAIT_S, ret_got);
	left = leave(db, a, CHAIR);
	return r < 0 ? r : left;
}

int search_gate_in(struct db *db, struct arena *a, int at_once, int64_t *ret_place)
{
	bool got = at_once == 0;
	int64_t place = 0;
	int r = 0;

	while (r == 0 && !got && place < at_once)
		r = take(db, a, ++place, 0, &got);
	if (r == 0 && !got) {
		place = 1 + clock_mono_us() % at_once;
		r = wait_for(db, a, place, &got);
	}
	*ret_place = got ? place : 0;
	if (r == 0 && !got)
		return err_set(ERR_BUSY, "%d search already", at_once);
	return r;
}

int search_gate_out(struct db *db, struct arena *a, int64_t place, int r)
{
	int left = place != 0 ? leave(db, a, place) : 0;

	return r < 0 ? r : left;
}
