/* searchd - minsheng-searchd: indexes published letters for the search (search_feed.h).
 *
 * A program of its own, so that whatever the index does, no clock waits for it. SIGTERM ends it after the batch in
 * hand; kill -9 at any point, two at once, or none at all do no harm: what is not indexed is compared directly. */
#include "clock.h"
#include "daemon.h"
#include "err.h"
#include "log.h"
#include "search_feed.h"

#define ARENA_BYTES ((size_t)512 << 20)
#define LOOK_MS 200
#define BACK_MS 1000
#define BACK_MOST_MS 30000
#define TOLD_EVERY_MS 10000

static bool tell(void *arg, const char *what, int64_t done, int64_t of)
{
	int64_t *told = arg, now = clock_mono_ms();

	if (now - *told >= TOLD_EVERY_MS || (done == of && *told > 0)) {
		log_event(LOG_INFO, "search", "what=%s done=%lld of=%lld", what, (long long)done, (long long)of);
		*told = now;
	}
	return !daemon_stops_within(0);
}

/* How long to wait until the next turn. */
static int64_t take_turn(struct db *db, struct arena *a, int *failures, bool *begun)
{
	int64_t told = clock_mono_ms(), back = BACK_MS;
	const struct search_telling t = { tell, &told };
	size_t done = 0;
	int r;

	err_clear();
	r = *begun ? 0 : search_begin(db, a);
	*begun = *begun || r == 0;
	if (r == 0)
		r = search_turn(db, a, &t, &done);
	arena_reset(a);
	if (r == 0) {
		if (*failures > 0)
			log_event(LOG_INFO, "search_again", "failures=%d", *failures);
		*failures = 0;
		return done > 0 ? 0 : LOOK_MS;
	}
	++*failures;
	if (!daemon_stops_within(0) && (*failures & (*failures - 1)) == 0)
		log_event(err_level(r), "search_failed", "err=%s failures=%d detail=\"%s\"", err_name(r), *failures,
			err_detail());
	for (int i = 1; i < *failures && back < BACK_MOST_MS; i++)
		back *= 2;
	return back < BACK_MOST_MS ? back : BACK_MOST_MS;
}

int main(void)
{
	struct arena *a = arena_new(ARENA_BYTES);
	struct db *db;
	bool begun = false;
	int failures = 0;

	if (daemon_begin("searchd") < 0) {
		arena_free(a);
		return 1;
	}
	db_open("searchd", &db);
	log_event(LOG_INFO, "start", "look_ms=%d", LOOK_MS);
	for (int64_t wait_ms = 0; !daemon_stops_within(wait_ms);)
		wait_ms = take_turn(db, a, &failures, &begun);
	db_close(db);
	arena_free(a);
	return 0;
}
