/* walk_states - random event strings over real letters in a real database: thousands of actions by everybody, legal or not,
 * over moving time. Whatever happens, the invariants of domain 6.4 hold; test_states.py asks the database for them
 * afterwards. Prints how many actions were done and refused, and how many kinds of step were seen.
 *
 * usage: walk_states LETTERS ACTIONS SEED   (MINSHENG_CONF: an instance with environment = test and a clock_file) */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "conf.h"
#include "db.h"
#include "intake.h"
#include "queries.h"
#include "store_people.h"
#include "ticket.h"
#include "timers_fire.h"

#define ACTORS_MAX 64

static struct actor actors[ACTORS_MAX];
static size_t n_actors;
static int64_t units[64];
static size_t n_units;
static unsigned seed;
static int64_t now;

static int below(int n)
{
	seed = seed * 1103515245u + 12345u;
	return (int)((seed >> 16) % (unsigned)n);
}

static void set_clock(int64_t at)
{
	struct arena *a = arena_new(1 << 16);
	FILE *f = fopen(conf.clock_file, "we");

	now = at;
	must(f);
	fprintf(f, "%s\n", clock_fmt_iso(a, at));
	fclose(f);
	arena_free(a);
}

static void load_people(struct db *db, struct arena *a)
{
	struct q_officer_list *o;
	struct q_unit_all *u;
	size_t n;

	must(q_officer_list(db, a, &o, &n) == 0);
	for (size_t i = 0; i < n && n_actors < ACTORS_MAX - 2; i++) {
		if (store_actor(db, a, o[i].login, &actors[n_actors]) == 0)
			n_actors++;
	}
	actors[n_actors++] = ACTOR_CITIZEN;
	actors[n_actors++] = ACTOR_SYSTEM;
	must(q_unit_all(db, a, &u, &n) == 0);
	for (size_t i = 0; i < n && n_units < 64; i++)
		units[n_units++] = u[i].id;
}

static int64_t submit(struct db *db, struct arena *a, int i)
{
	struct intake in = { .type = (enum ticket_type)below(TYPE__MAX), .channel = "web", .title = "小区门口的路灯坏了三天",
		.body = "小区东门口的路灯已经坏了三天，晚上回家看不清路，请派人修理。", .publish_ok = below(4) > 0,
		.name = "测试人", .phone = "13900000001", .key_scope = "walk", .external_due_on = DAY_NONE };
	struct receipt receipt;

	in.key = arena_printf(a, "%u-%d", seed, i);
	must(intake_submit(db, a, &ACTOR_CITIZEN, &in, &receipt) == 0);
	return receipt.ticket_id;
}

/* Plausible details for whatever the action needs; sometimes wrong ones. */
static struct act make(enum action action, int64_t other)
{
	static const char *const reasons[] = { "litigation", "advert", "untrue", "court", "wrong", "nonsense", "complaint",
		"site_error", "consult" };
	static const char *const solved[] = { "yes", "partly", "no" };

	return (struct act){ .action = action, .co_units = { units[below((int)n_units)], units[below((int)n_units)] },
		.n_co_units = below(3), .text = below(8) ? "说明情况" : NULL, .reason = reasons[below(9)],
		.unit_id = units[below((int)n_units)], .master_id = other, .days = below(8), .on = clock_day(now) + below(30),
		.reply = "经查，路灯线路已于昨日修复。联系电话：12345。", .result = below(5) ? "solved" : "scheduled",
		.grade = 1 + below(5), .solved = solved[below(3)], .ed_title = "路灯", .ed_body = "路灯坏了", .ed_reply = "已修复" };
}

/* Whom a recusal names, one of those who have to do with the letter more often than not, and which one is lifted. */
static void fill_recusal(struct db *db, struct arena *a, int64_t id, struct act *act)
{
	struct q_recusal_of *rows;
	struct q_ticket_peek t;
	size_t n;

	must(q_recusal_of(db, a, id, &rows, &n) == 0 && q_ticket_peek(db, a, id, &t) == 0);
	if (act->action == ACT_LIFT_RECUSAL && n)
		act->which = rows[below((int)n)].id;
	if (act->action != ACT_RECUSE)
		return;
	if (below(2))
		act->officer_id = actors[below((int)n_actors)].officer_id;
	if (below(3) == 0)
		act->unit_id = 0;
	else if (below(2))
		act->unit_id = t.unit_id;
}

static int seen[ACT__MAX];

/* Reminding and instructing are possible at any time and lead nowhere. */
static bool only_pushes(const enum action *offered, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		bool pushes = offered[i] >= ACT_REMIND && offered[i] <= ACT_INSTRUCT;

		if (!pushes && offered[i] != ACT_RECUSE && offered[i] != ACT_LIFT_RECUSAL && offered[i] != ACT_INVITE_CO)
			return false;
	}
	return true;
}

/* Somebody of a unit that helps and has not said anything yet; NULL when there is none. */
static const struct actor *helper(struct db *db, struct arena *a, int64_t id)
{
	const struct actor *found = NULL;
	struct q_co_of *rows;
	size_t n;

	must(q_co_of(db, a, id, &rows, &n) == 0);
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < n_actors; k++) {
			if (!rows[i].ended && !rows[i].opinion && actors[k].unit_id == rows[i].unit_id && (!found || below(2)))
				found = &actors[k];
		}
	}
	return found;
}

/* Somebody who has something to do with the letter, if there is anybody; what it is, or any action at all. */
static enum action choose(struct db *db, struct arena *a, int64_t id, const struct actor **ret_who)
{
	enum action offered[ACT__MAX];
	struct ticket t;
	struct facts f;
	size_t n = 0;

	*ret_who = below(3) == 0 ? helper(db, a, id) : NULL;
	if (*ret_who) {
		must(ticket_facts(db, a, id, *ret_who, &t, &f) == 0);
		n = states_offered(&f, *ret_who, offered);
		return n ? offered[below((int)n)] : ACT_CO_OPINION;
	}
	must(ticket_facts(db, a, id, &ACTOR_SYSTEM, &t, &f) == 0);
	for (size_t tries = 0; tries < 3 * n_actors; tries++) {
		*ret_who = &actors[below((int)n_actors)];
		n = states_offered(&f, *ret_who, offered);
		if (n && !only_pushes(offered, n))
			break;
	}
	return n && below(6) ? offered[below((int)n)] : (enum action)below(ACT__MAX);
}

/* What ends or delays a letter is done seldom, so that letters get somewhere. */
static bool is_rare(enum action a)
{
	static const enum action rare[] = { ACT_WITHDRAW, ACT_MERGE, ACT_REFUSE, ACT_MARK_INVALID, ACT_OBJECT, ACT_SUSPEND,
		                            ACT_RETURN_REPLY, ACT_RECUSE, ACT_RECALL, ACT_UNMERGE, ACT_RECALL_REPLY };

	for (size_t i = 0; i < sizeof rare / sizeof rare[0]; i++) {
		if (rare[i] == a)
			return true;
	}
	return false;
}

static long done, refused, fired;

/* Fires one clock that is due; false when there is none. */
static bool fire_one(struct db *db, struct arena *a)
{
	struct fired f;
	int r = timers_fire(db, a, now, 1, &f);

	if (r < 0 || f.stuck) {
		fprintf(stderr, "fire: %s: %s\n", err_name(r), err_detail());
		exit(1);
	}
	fired += f.clocks > 0;
	return f.clocks > 0;
}

/* One action; 0, or the error that must not be. */
static int step(struct db *db, struct arena *a, const int64_t *ids, long letters)
{
	int64_t id = ids[below((int)letters)];
	const struct actor *who;
	enum action action = choose(db, a, id, &who);
	struct act act = make(action, ids[below((int)letters)]);
	int r;

	fill_recusal(db, a, id, &act);
	if (is_rare(action) && below(12))
		return 0;
	r = ticket_apply(db, a, id, who, &act, NULL);
	if (r != 0 && r != ERR_STATE && r != ERR_DENIED && r != ERR_INVALID && r != ERR_CONFLICT) {
		fprintf(stderr, "%s: %s: %s\n", states_action_code(action), err_name(r), err_detail());
		return r;
	}
	seen[action] += r == 0;
	done += r == 0;
	refused += r != 0;
	if (below(30) == 0)
		set_clock(now + below(86400));
	while (below(4) == 0 && fire_one(db, a))
		;
	return 0;
}

static int report(void)
{
	int kinds = 0;

	for (int i = 0; i < ACT__MAX; i++) {
		kinds += seen[i] > 0;
		if (!seen[i])
			fprintf(stderr, "never done: %s\n", states_action_code((enum action)i));
	}
	return printf("{\"done\":%ld,\"refused\":%ld,\"fired\":%ld,\"kinds\":%d}\n", done, refused, fired, kinds) < 0;
}

int main(int argc, char **argv)
{
	struct db *db;
	struct arena *keep = arena_new(64 << 20), *a = arena_new(64 << 20);
	long letters = argc > 3 ? atol(argv[1]) : 0, actions = argc > 3 ? atol(argv[2]) : 0;
	int64_t *ids = calloc((size_t)letters + 1, sizeof *ids);
	int r = 0;

	if (letters < 2 || conf_load(NULL) < 0 || !*conf.clock_file) {
		fprintf(stderr, "usage: walk_states LETTERS ACTIONS SEED, with a clock_file: %s\n", err_detail());
		return 2;
	}
	seed = (unsigned)atol(argv[3]);
	clock_init(conf.clock_file);
	set_clock(clock_day_start(clock_day_of(2026, 3, 2)) + 9 * 3600);
	db_open("migrate", &db);
	load_people(db, keep);
	for (long i = 0; i < letters; i++)
		ids[i] = submit(db, keep, (int)i);
	for (long i = 0; r == 0 && i < actions; i++) {
		r = step(db, a, ids, letters);
		arena_reset(a);
	}
	while (r == 0 && fire_one(db, a))
		arena_reset(a);
	db_close(db);
	free(ids);
	arena_free(a);
	arena_free(keep);
	return r < 0 ? 1 : report();
}
