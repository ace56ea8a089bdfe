/* slad - minsheng-slad, the clock: does what is due by itself, chore by chore (chore.h).
 *
 * The table below is all it does. Whatever is killed, whoever runs twice: a warning or breach is recorded and told once
 * (timers.h), and the other chores do no harm when done again. SIGTERM ends it after the turn in hand. */
#include "alarm.h"
#include "chore.h"
#include "clock.h"
#include "clock_change.h"
#include "conf.h"
#include "daemon.h"
#include "log.h"
#include "queries.h"
#include "rescan.h"
#include "stats.h"
#include "ticket.h"
#include "timers_fire.h"

#define ARENA_BYTES ((size_t)64 << 20)
#define PER_TURN 100
#define SLOW_MS 1000
#define JUMP_S 30
#define MINUTE_MS 60000
#define DAY_S 86400
#define ALARM_MS 3000
#define LOOK_MS 200
#define CLOCKS_FIRST 20

/* --- chores that are too small for a file of their own --- */

static int fire_due(struct db *db, struct arena *a, int64_t now, size_t *done)
{
	struct fired f;
	int r = timers_fire(db, a, now, TIMERS_FIRE_MAX, &f);

	*done = f.clocks;
	if (f.stuck)
		log_event(LOG_ERROR, "timer_stuck", "set_aside=%zu", f.stuck);
	if (f.clocks)
		log_event(LOG_INFO, "fired", "clocks=%zu moments=%zu late_s=%lld", f.clocks, f.moments, (long long)f.late_s);
	return r;
}

/* 1 when it was done; 0 when somebody was faster, or a promise is still open. */
static int act_on(struct db *db, struct arena *a, int64_t ticket_id, enum action action)
{
	struct act act = { .action = action, .on = DAY_NONE };
	int r = ticket_apply(db, a, ticket_id, &ACTOR_SYSTEM, &act, NULL);

	if (r == ERR_STATE || r == ERR_CONFLICT)
		return 0;
	return r < 0 ? r : 1;
}

static int close_rated(struct db *db, struct arena *a, int64_t now, size_t *done)
{
	struct q_rate_over *over;
	size_t n;
	int r = q_rate_over(db, a, clock_day(now), PER_TURN, &over, &n);

	for (size_t i = 0; r >= 0 && i < n; i++) {
		r = act_on(db, a, over[i].ticket_id, ACT_CLOSE);
		*done += r > 0;
	}
	return r < 0 ? r : 0;
}

static int resume_suspended(struct db *db, struct arena *a, int64_t now, size_t *done)
{
	struct q_suspension_over *over;
	size_t n;
	int r = q_suspension_over(db, a, clock_day(now), PER_TURN, &over, &n);

	for (size_t i = 0; r >= 0 && i < n; i++) {
		r = act_on(db, a, over[i].ticket_id, ACT_RESUME);
		*done += r > 0;
	}
	return r < 0 ? r : 0;
}

static int fold_stats(struct db *db, struct arena *a, int64_t now, size_t *done)
{
	(void)now;
	return stats_fold(db, a, done);
}

/* What the ladder says is for the next circular (watch.h). */
static int list_circular(struct db *db, struct arena *a, int64_t now, size_t *done)
{
	(void)a, (void)now, (void)done;
	return q_circular_take(db, NULL);
}

/* What is kept for a while only. */
static int sweep(struct db *db, struct arena *a, int64_t now, size_t *done)
{
	int r = q_session_sweep(db, now - conf.session_hours * 3600, NULL);

	(void)a;
	(void)done;
	if (r == 0)
		r = q_code_sweep(db, now - DAY_S, NULL);
	if (r == 0)
		r = q_login_sweep(db, now - DAY_S, NULL);
	if (r == 0)
		r = q_kept_sweep(db, clock_day(now), NULL);
	return r < 0 ? r : q_presence_sweep(db, now - 3600, NULL);
}

/* Name, every how many ms, function. Turns come in this order; clocks come first, and again before each of the others:
 * thousands are due in the same second, at midnight, and they wait for no more than one turn of another chore. */
static const struct chore chores[] = {
	{ "fire", LOOK_MS, fire_due },
	{ "close", 0, close_rated },
	{ "resume", 0, resume_suspended },
	{ "change", 0, clock_change_step },
	{ "fold", 0, fold_stats },
	{ "circular", MINUTE_MS, list_circular },
	{ "alarm", ALARM_MS, alarm_run },
	{ "rescan", ALARM_MS, rescan_step },
	{ "sweep", MINUTE_MS, sweep },
};
#define N_CHORES (sizeof chores / sizeof chores[0])

/* --- taking turns --- */

static struct chore_state states[N_CHORES];

static void take_turn(struct db *db, struct arena *a, size_t i)
{
	const struct chore *chore = &chores[i];
	int64_t from = clock_mono_ms(), ms;
	size_t done = 0;
	int r;

	err_clear();
	r = chore->run(db, a, clock_now(), &done);
	arena_reset(a);
	ms = clock_mono_ms() - from;
	if (chore_after(chore, &states[i], r, done, from + ms, conf.tick_s * 1000)) {
		if (r < 0)
			log_event(err_level(r), "slad_failed", "chore=%s err=%s failures=%d detail=\"%s\"", chore->name,
			          err_name(r), states[i].failures, err_detail());
		else
			log_event(LOG_INFO, "slad_again", "chore=%s", chore->name);
	}
	if (done || ms > SLOW_MS)
		log_event(ms > SLOW_MS ? LOG_WARN : LOG_INFO, "chore", "chore=%s done=%zu ms=%lld", chore->name, done,
		          (long long)ms);
}

/* Somebody set the clock, or it was wrong: days follow it, what was recorded stays, and an operator should look. */
static void watch_clock(void)
{
	static int64_t was, was_ms;
	int64_t now = clock_now(), ms = clock_mono_ms(), by = now - was - (ms - was_ms) / 1000;

	if (was_ms && (by > JUMP_S || by < -JUMP_S))
		log_event(LOG_WARN, "clock_jumped", "by_s=%lld", (long long)by);
	was = now;
	was_ms = ms;
}

/* What is due now, up to CLOCKS_FIRST batches; false when it is time to stop. */
static bool clocks_first(struct db *db, struct arena *a)
{
	for (int n = 0; n < CLOCKS_FIRST && states[0].next_ms <= clock_mono_ms(); n++) {
		take_turn(db, a, 0);
		if (daemon_stops_within(0))
			return false;
	}
	return !daemon_stops_within(0);
}

/* One turn for each whose time has come; how long until the next one's. -1: to stop. */
static int64_t round_of_turns(struct db *db, struct arena *a)
{
	int64_t next = INT64_MAX, now;

	watch_clock();
	for (size_t i = 1; i < N_CHORES; i++) {
		if (!clocks_first(db, a))
			return -1;
		if (states[i].next_ms <= clock_mono_ms())
			take_turn(db, a, i);
	}
	for (size_t i = 0; i < N_CHORES; i++) {
		if (states[i].next_ms < next)
			next = states[i].next_ms;
	}
	now = clock_mono_ms();
	return next > now ? next - now : 0;
}

int main(void)
{
	struct arena *a = arena_new(ARENA_BYTES);
	struct db *db;
	int64_t wait_ms = 0;

	if (daemon_begin("slad") < 0) {
		arena_free(a);
		return 1;
	}
	db_open("slad", &db);
	log_event(LOG_INFO, "start", "tick_s=%lld chores=%zu", (long long)conf.tick_s, N_CHORES);
	while (wait_ms >= 0 && !daemon_stops_within(wait_ms))
		wait_ms = round_of_turns(db, a);
	db_close(db);
	arena_free(a);
	return 0;
}
