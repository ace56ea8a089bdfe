/* minsheng-patrold - the patrol: visits the public pages over the network as an inspector's monitor does, and
 * hands in the weekly simulated question.
 *
 * Which addresses, how often and what they must hold stands in patrol_target; each visit is a row of
 * patrol_visit. What the visits mean (failures of a week, alarms) is worked out by minsheng-slad and the desk
 * from those rows. It knows no letter and no person. Several may run: an address is taken with SKIP LOCKED and
 * its next visit set before it is visited. SIGTERM ends it after the visit in hand. */
#include <curl/curl.h>
#include <sodium.h>

#include "clock.h"
#include "conf.h"
#include "daemon.h"
#include "log.h"
#include "patrol.h"
#include "simulate.h"
#include "simulation.h"
#include "visit.h"

#define ARENA_BYTES ((size_t)32 * 1024 * 1024)

#define SETTLE_MS 5000           /* a site that is started together with us is not visited before it is up */

struct patrol {
	struct db *db;
	struct arena *a;
	int64_t minute;              /* in which plans were last looked at */
	bool failed;
};

/* One address; ERR_NOTFOUND when none is due. */
static int patrol_one(struct patrol *p)
{
	int64_t now = clock_now();
	const char *why, *missing = "";
	struct patrol_target t;
	struct visit v;
	int r = patrol_take(p->db, p->a, now, &t);

	if (r < 0)
		return r;
	visit(p->a, arena_printf(p->a, "%s%s", conf.public_url, t.path), NULL, &v);
	why = visit_failure(&v, t.must_hold);
	if (why[0] == '\0' && t.foot)
		missing = visit_foot_missing(p->a, v.body);
	if (why[0] != '\0')
		log_event(LOG_WARN, "visit_failed", "target=%s why=%s http=%d ms=%lld", t.code, why, v.status,
		          (long long)v.ms);
	return patrol_record(p->db, t.id, now, v.status, v.ms, why, missing);
}

/* Once in a minute of the clock. */
static int plan(struct patrol *p)
{
	int64_t now = clock_now();
	int r = 0;

	if (now / 60 == p->minute)
		return 0;
	r = simulation_plan(p->db, p->a, now);
	if (r == 0)
		r = patrol_sweep(p->db, now);
	if (r == 0)
		p->minute = now / 60;
	return r;
}

static void note(struct patrol *p, const char *what, int r)
{
	if (r < 0 && !p->failed)
		log_event(err_level(r), "patrol_failed", "what=%s error=%s detail=\"%s\"", what, err_name(r), err_detail());
	p->failed = r < 0;
}

/* Everything that is due now. Returns how long to wait, in ms. */
static int64_t work(struct patrol *p)
{
	int r = plan(p), visited, filed;

	visited = r < 0 ? ERR_NOTFOUND : patrol_one(p);
	filed = r < 0 ? ERR_NOTFOUND : simulate_file(p->db, p->a, clock_now());
	if (r == 0 && visited != ERR_NOTFOUND)
		r = visited;
	if (r == 0 && filed != ERR_NOTFOUND)
		r = filed;
	note(p, "work", r);
	return r == 0 && (visited == 0 || filed == 0) ? 0 : conf.tick_s * 1000;
}

int main(void)
{
	struct patrol p = { .a = arena_new(ARENA_BYTES), .minute = -1 };
	int64_t wait_ms = SETTLE_MS;

	if (daemon_begin("patrold") < 0) {
		arena_free(p.a);
		return 1;
	}
	must(sodium_init() >= 0 && curl_global_init(CURL_GLOBAL_DEFAULT) == 0);
	db_open("patrold", &p.db);
	log_event(LOG_INFO, "start", "site=%s", conf.public_url);
	while (!daemon_stops_within(wait_ms)) {
		err_clear();
		wait_ms = work(&p);
		arena_reset(p.a);
	}
	log_event(LOG_INFO, "stop", "signal");
	visit_close();
	db_close(p.db);
	arena_free(p.a);
	return 0;
}
