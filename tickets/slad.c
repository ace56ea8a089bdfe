/* slad - minsheng-slad, the clock: fires what is due, closes what nobody touches any more, folds the statistics.
 *
 * Every tick it takes due timers one at a time, each in a transaction of its own (timers_fire_one): whatever is
 * killed, a warning or breach is recorded and told once. Two slads at a time share the work through SKIP LOCKED. */
#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include "clock.h"
#include "conf.h"
#include "log.h"
#include "queries.h"
#include "stats.h"
#include "ticket.h"
#include "timers.h"

#define PER_TICK 500
#define SWEEP_EVERY_MS 60000

static volatile sig_atomic_t stopping;

static void on_term(int sig)
{
	(void)sig;
	stopping = 1;
}

static void report(const char *what, int r)
{
	log_event(err_level(r), "slad_failed", "what=%s err=%s detail=\"%s\"", what, err_name(r), err_detail());
}

static int fire_due(struct db *db, struct arena *a)
{
	int n = 0, r = 0;

	while (!stopping && n < PER_TICK && (r = timers_fire_one(db, a, clock_now())) == 0) {
		arena_reset(a);
		n++;
	}
	if (r < 0 && r != ERR_NOTFOUND)
		report("fire", r);
	return n;
}

static void act_on(struct db *db, struct arena *a, int64_t ticket_id, enum action action)
{
	struct act act = { .action = action, .on = DAY_NONE };
	int r = ticket_apply(db, a, ticket_id, &ACTOR_SYSTEM, &act, NULL);

	/* Somebody was faster, or a promise is still open: nothing to do. */
	if (r < 0 && r != ERR_STATE && r != ERR_CONFLICT)
		report(states_action_code(action), r);
}

/* Letters whose rating window is over are closed; suspensions that reached their end date go on. */
static int end_windows(struct db *db, struct arena *a)
{
	struct q_rate_over *over;
	struct q_suspension_over *susp;
	size_t n = 0, m = 0;
	int32_t today = clock_day(clock_now());
	int r = q_rate_over(db, a, today, PER_TICK, &over, &n);

	if (r < 0)
		report("rate_over", r);
	for (size_t i = 0; r == 0 && i < n && !stopping; i++)
		act_on(db, a, over[i].ticket_id, ACT_CLOSE);
	r = q_suspension_over(db, a, today, PER_TICK, &susp, &m);
	if (r < 0)
		report("suspension_over", r);
	for (size_t i = 0; r == 0 && i < m && !stopping; i++)
		act_on(db, a, susp[i].ticket_id, ACT_RESUME);
	return (int)(n + m);
}

static void tick(struct db *db, struct arena *a, int64_t *swept)
{
	int64_t from = clock_mono_ms();
	int fired = fire_due(db, a), ended = end_windows(db, a);
	size_t folded = 0;
	int r;

	arena_reset(a);
	if ((r = stats_fold(db, a, &folded)) < 0)
		report("fold", r);
	if (from - *swept > SWEEP_EVERY_MS) {
		*swept = from;
		if ((r = q_session_sweep(db, clock_now() - conf.session_hours * 3600, NULL)) < 0)
			report("sweep", r);
		if ((r = q_code_sweep(db, clock_now() - 86400, NULL)) < 0 ||
		    (r = q_login_sweep(db, clock_now() - 86400, NULL)) < 0 ||
		    (r = q_kept_sweep(db, clock_day(clock_now()), NULL)) < 0 ||
		    (r = q_presence_sweep(db, clock_now() - 3600, NULL)) < 0)
			report("sweep", r);
	}
	if (fired || folded)
		log_event(LOG_INFO, "tick", "fired=%d windows=%d folded=%zu ms=%lld", fired, ended, folded,
		          (long long)(clock_mono_ms() - from));
	arena_reset(a);
}

int main(void)
{
	struct sigaction sa = { .sa_handler = on_term };
	struct arena *a = arena_new(64 << 20);
	struct db *db;
	int64_t swept = 0;

	log_init("slad", LOG_INFO);
	if (conf_load(NULL) < 0) {
		log_event(LOG_ERROR, "settings", "detail=\"%s\"", err_detail());
		return 1;
	}
	clock_init(conf.clock_file);
	sigaction(SIGTERM, &sa, NULL);
	sigaction(SIGINT, &sa, NULL);
	db_open("slad", &db);
	log_event(LOG_INFO, "start", "tick_s=%lld", (long long)conf.tick_s);
	while (!stopping) {
		struct timespec pause = { conf.tick_s, 0 };

		tick(db, a, &swept);
		if (!stopping)
			nanosleep(&pause, NULL);
	}
	db_close(db);
	arena_free(a);
	return 0;
}
