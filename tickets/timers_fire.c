/* timers_fire - see timers_fire.h. */
#include "timers_fire.h"

#include "queries.h"
#include "timers_tell.h"
#include "worktime_rules.h"

#define JSON_MAX ((size_t)16 << 20)

/* The rows of a batch, as JSON for one statement each. */
struct firing {
	struct arena *a;
	const struct worktime *wt;
	int64_t now;
	size_t max;
	int64_t only;                /* this clock alone; 0: what is due */
	struct fired *fired;
	const struct q_timer_ledger *ledger;
	size_t n_ledger;
	struct str timers, events, tells, asks;
	bool any_aside;
};

_Static_assert(sizeof(struct q_timer_take) == sizeof(struct q_timer_take_id), "both have the same columns");

static const char *sep(const struct str *o)
{
	return o->len > 1 ? "," : "";
}

static void begin(struct firing *f, struct str *o)
{
	str_init(o, f->a, JSON_MAX);
	str_addc(o, '[');
}

static bool has_rows(const struct str *o)
{
	return o->len > 1;
}

/* The text of a list that was begun; ERR_TOOBIG is not possible with TIMERS_FIRE_MAX clocks. */
static const char *end(struct str *o)
{
	str_addc(o, ']');
	must(!o->over);
	return o->s;
}

static struct timer clock_of(const struct q_timer_take *row)
{
	return (struct timer){ .id = row->id, .kind = states_timer_from(row->kind), .start_on = row->start_on,
		.due_on = row->due_on, .breached_at = row->breached_at, .next_at = row->next_at, .unit_id = row->own_unit,
		.ladder_id = row->ladder_id };
}

static bool in_ledger(const struct firing *f, int64_t timer_id, const struct ladder_moment *m)
{
	for (size_t i = 0; i < f->n_ledger; i++) {
		const struct q_timer_ledger *row = &f->ledger[i];

		if (row->timer_id == timer_id && row->step_id == (m->step ? m->step->id : 0) && row->step_on == m->on)
			return true;
	}
	return false;
}

static const char *what_of(enum timer_kind kind, const struct ladder_moment *m)
{
	if (!m->step)
		return timers_is_window(kind) ? "lapse" : "breach";
	return m->step->from_start || m->step->amount < 0 ? "warn" : "escalate";
}

static void record(struct firing *f, const struct q_timer_take *row, struct timer *m,
                   const struct ladder_moment *moment)
{
	str_addf(&f->events, "%s{\"t\":%lld,\"l\":%lld,\"w\":\"%s\",\"d\":%lld,\"s\":%lld,\"o\":%d,\"u\":%d}",
	         sep(&f->events), (long long)row->id, (long long)row->ticket_id, what_of(m->kind, moment),
	         (long long)moment->at, (long long)(moment->step ? moment->step->id : 0), (int)moment->on, (int)m->due_on);
	timers_tell(&f->tells, f->wt, row, m, moment);
	f->fired->moments++;
	if (f->now - moment->at > f->fired->late_s)
		f->fired->late_s = f->now - moment->at;
}

/* The term has run out, inside the row of the clock that is being written. */
static void end_term(struct firing *f, const struct q_timer_take *row, enum timer_kind kind, int64_t at)
{
	if (!timers_is_window(kind))
		str_addf(&f->timers, ",\"b\":%lld", (long long)at);
	if (kind == TIMER_SUPPLEMENT)
		str_addf(&f->asks, "%s%lld", sep(&f->asks), (long long)row->ticket_id);
}

/* Every moment of one clock that has passed since it was to fire, and when it fires next. */
static void fire_clock(struct firing *f, const struct q_timer_take *row)
{
	struct ladder_moment list[LADDER_STEPS_MAX + 1];
	struct timer m = clock_of(row);
	size_t n = timers_moments(f->wt, &m, list);
	const struct ladder_moment *next = NULL;

	str_addf(&f->timers, "%s{\"t\":%lld", sep(&f->timers), (long long)row->id);
	for (size_t i = 0; i < n && !next; i++) {
		/* A step from before it was to fire belongs to a day that was moved meanwhile. */
		bool passed = list[i].at <= f->now, meant = !list[i].step || list[i].at >= m.next_at;

		if (!passed)
			next = &list[i];
		else if (meant && !in_ledger(f, row->id, &list[i])) {
			record(f, row, &m, &list[i]);
			if (!list[i].step)
				end_term(f, row, m.kind, list[i].at);
		}
	}
	if (next)
		str_addf(&f->timers, ",\"n\":%lld,\"w\":\"%s\"", (long long)next->at, next->step ? "warn" : "breach");
	str_addc(&f->timers, '}');
	f->any_aside |= row->aside;
	f->fired->clocks++;
}

static int write_all(struct db *db, struct firing *f)
{
	int r = q_timers_fired(db, end(&f->timers), NULL);

	if (r == 0 && has_rows(&f->events))
		r = q_timer_events_fired(db, f->now, end(&f->events), NULL);
	if (r == 0 && has_rows(&f->tells))
		r = q_outbox_gather(db, worktime_opening(f->wt, f->now), f->now, end(&f->tells), NULL);
	if (r == 0 && has_rows(&f->asks))
		r = q_tickets_ask(db, end(&f->asks), NULL);
	return r == 0 && f->any_aside ? q_timer_unstuck(db, NULL) : r;
}

static int take(struct db *db, struct firing *f, struct q_timer_take **ret, size_t *ret_n)
{
	struct q_timer_take_id *one;
	int r;

	if (!f->only)
		return q_timer_take(db, f->a, f->now, (int64_t)f->max, ret, ret_n);
	r = q_timer_take_id(db, f->a, f->now, f->only, &one, ret_n);
	*ret = (struct q_timer_take *)one;
	return r;
}

static int fire(struct db *db, void *arg)
{
	struct firing *f = arg;
	struct q_timer_take *rows;
	struct q_timer_ledger *ledger;
	struct str ids;
	size_t n;
	int r = take(db, f, &rows, &n);

	*f->fired = (struct fired){ 0 };
	if (r < 0 || n == 0)
		return r;
	f->any_aside = false;
	begin(f, &f->timers);
	begin(f, &f->events);
	begin(f, &f->tells);
	begin(f, &f->asks);
	begin(f, &ids);
	for (size_t i = 0; i < n; i++)
		str_addf(&ids, "%s%lld", sep(&ids), (long long)rows[i].id);
	if ((r = q_timer_ledger(db, f->a, end(&ids), &ledger, &f->n_ledger)) < 0)
		return r;
	f->ledger = ledger;
	for (size_t i = 0; i < n; i++)
		fire_clock(f, &rows[i]);
	return write_all(db, f);
}

struct aside {
	int64_t id, now;
	const char *error;
};

static int set_aside(struct db *db, void *arg)
{
	const struct aside *x = arg;
	int r = q_timer_stuck_add(db, x->id, x->now, x->error, NULL);

	return r < 0 ? r : q_timer_set_aside(db, x->now, x->id, NULL);
}

/* Each on its own, so that one that cannot be fired is found; it alone is set aside. When that cannot be written
 * either, it is the database that fails. */
static int fire_singly(struct db *db, struct firing *f, struct fired *sum)
{
	struct fired one;
	struct q_timer_due *due;
	size_t n;
	int r = q_timer_due(db, f->a, f->now, (int64_t)f->max, &due, &n);

	f->fired = &one;
	for (size_t i = 0; r >= 0 && i < n; i++) {
		f->only = due[i].id;
		r = db_tx(db, fire, f);
		if (r < 0 && r != ERR_RETRY && r != ERR_UNSURE) {
			struct aside x = { due[i].id, f->now, arena_printf(f->a, "%s %.150s", err_name(r), err_detail()) };

			r = db_tx(db, set_aside, &x);
			sum->stuck += r == 0;
			continue;
		}
		sum->clocks += one.clocks;
		sum->moments += one.moments;
		sum->late_s = one.late_s > sum->late_s ? one.late_s : sum->late_s;
	}
	return r;
}

int timers_fire(struct db *db, struct arena *a, int64_t now, size_t max, struct fired *ret)
{
	struct firing f = { .a = a, .now = now, .max = max < TIMERS_FIRE_MAX ? max : TIMERS_FIRE_MAX, .fired = ret };
	int r = worktime_get(db, &f.wt);

	*ret = (struct fired){ 0 };
	if (r == 0)
		r = db_tx(db, fire, &f);
	if (r == 0 || r == ERR_RETRY || r == ERR_UNSURE)
		return r;
	*ret = (struct fired){ 0 };
	return fire_singly(db, &f, ret);
}
