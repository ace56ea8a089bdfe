/* timers - see timers.h. */
#include "timers.h"

#include "clock.h"
#include "conf.h"
#include "queries.h"
#include "stats.h"
#include "worktime_rules.h"

static const char *state_name(const struct timer *m)
{
	return m->paused ? "paused" : "running";
}

static void from_row(const struct q_timer_open_of *row, struct timer *m)
{
	*m = (struct timer){ .id = row->id, .kind = states_timer_from(row->kind), .round = (int)row->round,
		.paused = str_eq(row->state, "paused"), .policy_id = row->policy_id, .start_on = row->start_on,
		.amount = (int)row->amount, .unit = row->amount_unit[0], .due_on = row->due_on,
		.provisional = row->provisional, .next_at = row->next_at,
		.next_is_breach = str_eq(row->next_what, "breach"), .breached_at = row->breached_at, .unit_id = row->unit_id,
		.ladder_id = row->ladder_id };
}

int timers_load(struct change *c)
{
	struct q_timer_open_of *rows;
	int r = q_timer_open_of(c->db, c->a, c->before.id, &rows, &c->n_timers);

	if (r < 0)
		return r;
	c->timers = arena_array(c->a, c->n_timers + 1, sizeof *c->timers);
	for (size_t i = 0; i < c->n_timers; i++)
		from_row(&rows[i], &c->timers[i]);
	return 0;
}

const struct timer *timers_find(const struct change *c, enum timer_kind kind)
{
	for (size_t i = 0; i < c->n_timers; i++) {
		if (c->timers[i].kind == kind)
			return &c->timers[i];
	}
	return NULL;
}

const struct ladder *timers_ladder(const struct worktime *wt, const struct timer *m)
{
	if (m->ladder_id)
		return worktime_ladder_of(wt, m->ladder_id);
	return worktime_ladder(wt, states_timer_code(m->kind), TYPE__MAX, m->unit_id, m->start_on);
}

size_t timers_moments(const struct worktime *wt, const struct timer *m, struct ladder_moment ret[LADDER_STEPS_MAX + 1])
{
	const struct ladder_clock clock = { .cal = wt->cal, .open_min = wt->hours.open_min, .start_on = m->start_on,
		.due_on = m->due_on, .ended = m->breached_at != TIME_NONE };

	return ladder_moments(timers_ladder(wt, m), &clock, ret);
}

/* What fires next after `now`. The end of the term does also when it is past: that it is over has to be recorded. */
static void set_next(const struct worktime *wt, struct timer *m, int64_t now)
{
	struct ladder_moment list[LADDER_STEPS_MAX + 1];
	size_t n = timers_moments(wt, m, list);

	m->next_at = TIME_NONE;
	m->next_is_breach = false;
	for (size_t i = 0; m->next_at == TIME_NONE && i < n; i++) {
		if (list[i].step && list[i].at <= now)
			continue;
		m->next_at = list[i].at;
		m->next_is_breach = !list[i].step;
	}
}

void timers_next(const struct worktime *wt, struct timer *m, int64_t now)
{
	set_next(wt, m, now);
	if (m->paused)
		m->next_at = TIME_NONE;
}

bool timers_is_window(enum timer_kind kind)
{
	return kind == TIMER_RATE || kind == TIMER_OBJECTION;
}

static int event(struct db *db, const struct timer *m, int64_t ticket_id, const char *what, int64_t due_at, int64_t now,
                 int32_t old_due, int32_t new_due, int64_t version)
{
	return q_timer_event_add(db, m->id, ticket_id, what, due_at, now, old_due, new_due, version, NULL);
}

static int save(struct db *db, const struct timer *m, const char *state, int64_t stopped_at)
{
	const char unit[] = { m->unit, '\0' };

	return q_timer_set(db, state, m->policy_id, m->ladder_id, m->amount, unit, m->due_on, m->provisional, m->next_at,
	                   m->next_at == TIME_NONE ? NULL : m->next_is_breach ? "breach" : "warn", m->breached_at,
	        stopped_at,
	                   m->id, NULL);
}

/* A clock that ends, or gets another day, late and without having fired yet (slad was down): the breach is a fact all
 * the same. */
static int breach_if_late(struct change *c, struct timer *m)
{
	int64_t due_at = clock_day_start(m->due_on + 1);

	if (m->paused || m->breached_at != TIME_NONE || c->now < due_at || timers_is_window(m->kind))
		return 0;
	m->breached_at = due_at;
	return q_timer_breach_add(c->db, m->id, c->t.id, "breach", due_at, c->now, m->due_on, m->due_on, NULL);
}

static int stop(struct change *c, struct timer *m)
{
	int r = breach_if_late(c, m);

	m->next_at = TIME_NONE;
	if (r == 0 && m->paused)
		r = q_timer_pause_end(c->db, c->today, m->id, NULL);
	if (r == 0)
		r = save(c->db, m, "stopped", c->now);
	if (r == 0)
		r = event(c->db, m, c->t.id, "stop", TIME_NONE, c->now, m->due_on, DAY_NONE, c->t.version);
	return r;
}

static int load_pauses(struct db *db, struct arena *a, int64_t timer_id, struct sla_pause **ret, size_t *ret_n)
{
	struct q_timer_pauses *rows;
	int r = q_timer_pauses(db, a, timer_id, &rows, ret_n);

	if (r < 0)
		return r;
	*ret = arena_array(a, *ret_n + 1, sizeof **ret);
	for (size_t i = 0; i < *ret_n; i++)
		(*ret)[i] = (struct sla_pause){ rows[i].from_on, rows[i].to_on };
	return 0;
}

/* The due day from start, term and pauses. */
static int compute(struct db *db, struct arena *a, const struct worktime *wt, struct timer *m)
{
	struct sla_pause *pauses;
	struct sla_due due;
	size_t n;
	int r = load_pauses(db, a, m->id, &pauses, &n);

	if (r == 0)
		r = sla_due(wt->cal, m->start_on, (struct sla_term){ m->amount, m->unit }, pauses, n, &due);
	if (r == 0) {
		m->due_on = due.on;
		m->provisional = due.provisional;
	}
	return r;
}

/* The letter shows the answer's clock. */
static void show_due(struct change *c, const struct timer *m)
{
	if (m->kind != TIMER_REPLY)
		return;
	c->t.due_on = m->due_on;
	c->t.due_provisional = m->provisional;
	if (c->t.round == 1 && c->t.replied_at == TIME_NONE)
		c->t.first_due_on = m->due_on;
}

static int pause_timer(struct change *c, struct timer *m)
{
	struct sla_pause *pauses;
	size_t n;
	int r = load_pauses(c->db, c->a, m->id, &pauses, &n);

	if (r == 0)
		r = breach_if_late(c, m);
	m->paused = true;
	m->next_at = TIME_NONE;
	if (r == 0)
		r = q_timer_pause_add(c->db, m->id, c->today, (int64_t)n + 1, NULL);
	if (r == 0)
		r = save(c->db, m, "paused", TIME_NONE);
	if (r == 0)
		r = event(c->db, m, c->t.id, "pause", TIME_NONE, c->now, m->due_on, DAY_NONE, c->t.version);
	return r;
}

static int resume_timer(struct change *c, struct timer *m)
{
	int32_t old = m->due_on;
	int r = q_timer_pause_end(c->db, c->today, m->id, NULL);

	m->paused = false;
	if (r == 0)
		r = compute(c->db, c->a, c->wt, m);
	set_next(c->wt, m, c->now);
	if (r == 0)
		r = save(c->db, m, "running", TIME_NONE);
	if (r == 0)
		r = event(c->db, m, c->t.id, "resume", TIME_NONE, c->now, old, m->due_on, c->t.version);
	show_due(c, m);
	return r;
}

/* What terms and steps are looked up by. */
static const char *rule_name(const struct change *c, enum timer_kind kind)
{
	return kind == TIMER_REPLY && c->t.marks & TICKET_PETITION ? "petition" : states_timer_code(kind);
}

/* The answer in a later round has terms of its own. */
static const char *policy_name(const struct change *c, enum timer_kind kind)
{
	if (kind == TIMER_REPLY && c->act->action == ACT_REOPEN)
		return "rework";
	if (kind == TIMER_REPLY && c->act->action == ACT_ASK_FOLLOW_UP)
		return "follow_up";
	return rule_name(c, kind);
}

/* A supervision order names the day by which it is reported on. */
static bool is_order(const struct change *c)
{
	return c->act->action == ACT_SUPERVISE || c->act->action == ACT_RETURN_FEEDBACK;
}

/* A fixed day instead of, or earlier than, the policy's: the promised day, the superior's deadline, the leader's. */
static int32_t fixed_day(const struct change *c, enum timer_kind kind)
{
	bool superior = c->act->action == ACT_INTAKE_TRANSFER || c->act->action == ACT_SUPERIOR_RETURN;

	/* A unit that helps speaks before the letter must be answered. */
	if (kind == TIMER_OPINION)
		return c->t.due_on;
	if (kind == TIMER_SUPERVISE_FEEDBACK)
		return is_order(c) ? c->act->on : DAY_NONE;
	if (kind == TIMER_REPLY && !superior)
		return c->t.round == c->before.round ? c->facts.instructed_on : DAY_NONE;
	return kind == TIMER_PROMISE || kind == TIMER_REPLY ? c->act->on : DAY_NONE;
}

/* The superior's day for what it sent back holds as it is (domain 6.4); of any other and the policy's the earlier. */
static bool fixed_holds(const struct change *c, const struct sla_policy *p, int32_t fixed, int32_t due_on)
{
	return !p || fixed < due_on || c->act->action == ACT_SUPERIOR_RETURN || is_order(c);
}

static int32_t first_day(const struct change *c, enum timer_kind kind)
{
	bool from_receipt = c->before.state == TICKET_NONE || kind == TIMER_PETITION_NOTICE || c->act->action == ACT_RETYPE;

	return from_receipt ? c->t.received_on : c->today;
}

/* A clock that begins goes by the term of a policy. */
static int by_term(struct change *c, const struct sla_policy *p, struct timer *m)
{
	struct sla_due due;
	int r = sla_due(c->wt->cal, m->start_on, (struct sla_term){ p->amount, p->unit }, NULL, 0, &due);

	m->policy_id = p->id;
	m->amount = p->amount;
	m->unit = p->unit;
	if (r == 0) {
		m->due_on = due.on;
		m->provisional = due.provisional;
	}
	return r;
}

/* Or on a day that somebody fixed. */
static void by_day(struct timer *m, int32_t day)
{
	m->amount = day - m->start_on;
	m->unit = 'D';
	m->due_on = day;
	m->provisional = false;
}

/* Its steps, those of the day it begins. */
static void go_by_ladder(const struct change *c, int64_t unit_id, struct timer *m)
{
	const struct ladder *l = worktime_ladder(c->wt, rule_name(c, m->kind), c->t.type, unit_id, c->today);

	/* Nobody is late by a word of the registrar. */
	if (c->act->action == ACT_RETYPE && m->due_on < c->today)
		by_day(m, c->today);
	m->ladder_id = l ? l->scope.id : 0;
	set_next(c->wt, m, c->now);
}

static int plan(struct change *c, enum timer_kind kind, struct timer *m)
{
	int64_t unit = m->unit_id ? m->unit_id : c->t.unit_id;
	const struct sla_policy *p = worktime_policy(c->wt, policy_name(c, kind), c->t.type, unit, c->today);
	int32_t fixed = fixed_day(c, kind);
	int r;

	*m = (struct timer){ .kind = kind, .round = c->t.round, .start_on = first_day(c, kind), .next_at = TIME_NONE,
	                     .breached_at = TIME_NONE, .unit_id = m->unit_id };
	if (!p && fixed == DAY_NONE)
		return ERR_NOTFOUND;
	/* A day that had passed when the letter came: at once, and not as if nobody had set one. */
	if (fixed != DAY_NONE && fixed < m->start_on)
		fixed = m->start_on;
	if (p && (r = by_term(c, p, m)) < 0)
		return r;
	if (fixed != DAY_NONE && fixed_holds(c, p, fixed, m->due_on))
		by_day(m, fixed);
	go_by_ladder(c, unit, m);
	return 0;
}

static const struct sla_policy *policy_by_id(const struct worktime *wt, int64_t id)
{
	for (size_t i = 0; i < wt->n_policies; i++) {
		if (wt->policies[i].id == id)
			return &wt->policies[i];
	}
	return NULL;
}

/* Days of the calendar are either the term of the policy or a day that somebody fixed. */
bool timers_follow_calendar(const struct worktime *wt, const struct timer *m)
{
	const struct sla_policy *p = policy_by_id(wt, m->policy_id);

	if (m->unit != 'D' || (p && p->unit == 'D'))
		return true;
	return m->kind != TIMER_REPLY && m->kind != TIMER_PROMISE && m->kind != TIMER_OPINION &&
	       m->kind != TIMER_SUPERVISE_FEEDBACK;
}

static int moved(struct change *c, struct timer *m, const char *what, int32_t old)
{
	int r;

	set_next(c->wt, m, c->now);
	if (m->paused)
		m->next_at = TIME_NONE;
	r = save(c->db, m, state_name(m), TIME_NONE);
	if (r == 0)
		r = event(c->db, m, c->t.id, what, TIME_NONE, c->now, old, m->due_on, c->t.version);
	show_due(c, m);
	return r;
}

/* The clock ends on a day that somebody fixed. Its term becomes the calendar days up to then that no pause took away,
 * so that counting them again leads to the same day. */
static int fix_day(struct change *c, struct timer *m, int32_t day)
{
	struct sla_pause *pauses;
	size_t n;
	int r = load_pauses(c->db, c->a, m->id, &pauses, &n);

	if (r < 0)
		return r;
	m->amount = day - m->start_on;
	for (size_t i = 0; i < n; i++) {
		int32_t to = pauses[i].to < day ? pauses[i].to : day;

		if (pauses[i].to != DAY_NONE && to > pauses[i].from)
			m->amount -= to - pauses[i].from;
	}
	m->unit = 'D';
	m->due_on = day;
	m->provisional = false;
	/* Days of the calendar under a policy that counts them, too, would be taken for its term. */
	if (timers_follow_calendar(c->wt, m))
		m->policy_id = 0;
	return 0;
}

static int bring_forward(struct change *c, struct timer *m, int32_t day)
{
	int32_t old = m->due_on;
	int r = breach_if_late(c, m);

	if (r == 0)
		r = fix_day(c, m, day);
	return r < 0 ? r : moved(c, m, "shorten", old);
}

/* *ret_first: the id of the first clock started by this step, 0 as long as there is none. */
static int add_timer(struct change *c, struct timer *m, int64_t *ret_first)
{
	const char u[] = { m->unit, '\0' };
	int r = q_timer_add(c->db, c->t.id, states_timer_code(m->kind), m->round, m->policy_id, m->start_on, m->amount, u,
	                    m->due_on, m->provisional, m->next_at,
	                    m->next_at == TIME_NONE ? NULL : m->next_is_breach ? "breach" : "warn", m->breached_at,
	                    m->unit_id, m->ladder_id, &m->id);

	if (r == 0 && *ret_first == 0)
		*ret_first = m->id;
	return r;
}

static int start(struct change *c, enum timer_kind kind, int64_t unit_id, int64_t *ret_first)
{
	struct timer m = { .unit_id = unit_id };
	int r = plan(c, kind, &m);

	if (r == ERR_NOTFOUND)
		return 0; /* this type has no such clock */
	if (r == 0)
		r = add_timer(c, &m, ret_first);
	show_due(c, &m);
	return r;
}

/* One for each unit that begins to help; else the one of the letter. */
static int start_all(struct change *c, enum timer_kind kind, int64_t *ret_first)
{
	int r = 0;

	if (kind != TIMER_OPINION)
		return start(c, kind, 0, ret_first);
	for (int i = 0; r == 0 && i < c->n_new_co; i++)
		r = start(c, kind, c->new_co[i], ret_first);
	return r;
}

/* The clock that was stopped last runs again as if it never had been: from its own start, with its pauses; the days in
 * between count, and what fell due in them is late. */
static int rerun(struct change *c, enum timer_kind kind, int64_t *ret_first)
{
	struct q_timer_stopped_last row;
	struct q_timer_open_of same;
	struct timer m;
	int64_t from;
	int r = q_timer_stopped_last(c->db, c->a, c->t.id, states_timer_code(kind), &row);

	_Static_assert(sizeof row == sizeof same, "timer_stopped_last and timer_open_of have the same columns");
	if (r < 0)
		return r == ERR_NOTFOUND ? 0 : r;
	__builtin_memcpy(&same, &row, sizeof same);
	from_row(&same, &m);
	from = m.id;
	m.paused = false;
	set_next(c->wt, &m, c->now);
	r = add_timer(c, &m, ret_first);
	if (r == 0)
		r = q_timer_pauses_copy(c->db, m.id, from, NULL);
	/* Its day may have moved while it stood still: by a notice of holidays. */
	if (r == 0 && timers_follow_calendar(c->wt, &m))
		r = compute(c->db, c->a, c->wt, &m);
	set_next(c->wt, &m, c->now);
	if (r == 0)
		r = save(c->db, &m, state_name(&m), TIME_NONE);
	show_due(c, &m);
	return r;
}

/* SUPERVISE_FEEDBACK and REVIEW may be started again while one is open: the earlier one ends first. */
static bool must_stop(const struct change *c, const struct timer *m)
{
	if (m->unit_id && c->only_unit && m->unit_id != c->only_unit)
		return false;
	return (c->move.stops | c->move.starts) & 1u << m->kind;
}

/* No unit that helps has longer than the letter itself. */
static int keep_inside(struct change *c)
{
	int r = 0;

	for (size_t i = 0; r == 0 && c->t.due_on != DAY_NONE && i < c->n_timers; i++) {
		struct timer *m = &c->timers[i];
		bool late = m->due_on > c->t.due_on && c->t.due_on >= m->start_on;

		if (m->kind == TIMER_OPINION && late && !must_stop(c, m))
			r = bring_forward(c, m, c->t.due_on);
	}
	return r;
}

/* What the step means for a clock that is open. */
static int move_open(struct change *c, struct timer *m)
{
	uint32_t bit = 1u << m->kind;

	if (must_stop(c, m))
		return stop(c, m);
	if (c->move.pauses & bit && !m->paused)
		return pause_timer(c, m);
	return c->move.resumes & bit && m->paused ? resume_timer(c, m) : 0;
}

int timers_move(struct change *c)
{
	int64_t first = 0;
	int r = 0;

	for (size_t i = 0; r == 0 && i < c->n_timers; i++)
		r = move_open(c, &c->timers[i]);
	for (int k = 0; r == 0 && k < TIMER__MAX; k++) {
		if (c->move.starts & 1u << k)
			r = start_all(c, (enum timer_kind)k, &first);
		if (r == 0 && c->move.reruns & 1u << k)
			r = rerun(c, (enum timer_kind)k, &first);
	}
	if (r == 0 && first)
		r = q_timer_events_started(c->db, c->now, c->t.version, c->t.id, first, NULL);
	return r < 0 ? r : keep_inside(c);
}

static struct timer *reply_timer(struct change *c)
{
	return (struct timer *)timers_find(c, TIMER_REPLY);
}

/* An extension is given in the days of the term; in working days when a leader has meanwhile fixed a day. */
static int lengthen(struct change *c, struct timer *m, int days)
{
	bool provisional = false;
	int r;

	if (timers_follow_calendar(c->wt, m)) {
		m->amount += days;
		return compute(c->db, c->a, c->wt, m);
	}
	r = fix_day(c, m, calendar_add(c->wt->cal, m->due_on, days, &provisional));
	m->provisional = provisional;
	return r;
}

int timers_extend(struct change *c, int days, int32_t *ret_due)
{
	struct timer *m = reply_timer(c);
	int32_t old;
	int r;

	if (!m)
		return err_say(ERR_STATE, "答复时限没有在运行");
	old = m->due_on;
	if ((r = breach_if_late(c, m)) < 0 || (r = lengthen(c, m, days)) < 0)
		return r;
	*ret_due = m->due_on;
	return moved(c, m, "extend", old);
}

/* A leader's day stays, unless the new term is over before it; and nobody is late by a word of the registrar. */
static int bound(struct change *c, struct timer *m)
{
	int32_t wanted = c->facts.instructed_on;
	int r = wanted != DAY_NONE && wanted < m->due_on ? fix_day(c, m, wanted) : 0;

	return r == 0 && m->due_on < c->today && m->breached_at == TIME_NONE ? fix_day(c, m, c->today) : r;
}

int timers_reterm(struct change *c)
{
	struct timer *m = reply_timer(c);
	const struct sla_policy *p;
	const struct ladder *l;
	int32_t old;
	int r;

	if (!m || m->paused)
		return 0;
	p = worktime_policy(c->wt, rule_name(c, TIMER_REPLY), c->t.type, c->t.unit_id, m->start_on);
	l = worktime_ladder(c->wt, rule_name(c, TIMER_REPLY), c->t.type, c->t.unit_id, c->today);
	if (!p)
		return err_say(ERR_STATE, "没有适用的时限规则，请联系系统管理员");
	if ((r = breach_if_late(c, m)) < 0)
		return r;
	old = m->due_on;
	m->policy_id = p->id;
	m->ladder_id = l ? l->scope.id : 0;
	m->amount = p->amount;
	m->unit = p->unit;
	r = compute(c->db, c->a, c->wt, m);
	if (r == 0)
		r = bound(c, m);
	if (r == 0)
		r = moved(c, m, "reterm", old);
	return r < 0 ? r : keep_inside(c);
}

int timers_shorten(struct change *c, int32_t due_on)
{
	struct timer *m = reply_timer(c);
	int32_t old;
	int r;

	if (!m)
		return 0;
	old = m->due_on;
	if (due_on > old || due_on < c->today)
		return err_say(ERR_INVALID, "领导批示只能缩短期限，且不能早于今天");
	r = bring_forward(c, m, due_on);
	return r < 0 ? r : keep_inside(c);
}

int timers_inherit(struct change *c, int64_t ticket_id, int32_t due_on)
{
	struct change other = { .db = c->db, .a = c->a, .wt = c->wt, .now = c->now, .today = c->today, .act = c->act };
	struct q_ticket_lock row;
	struct timer *m;
	int r = q_ticket_lock(c->db, c->a, ticket_id, &row);

	if (r < 0)
		return r;
	ticket_from_row(&row, &other.before);
	other.t = other.before;
	if ((r = timers_load(&other)) < 0)
		return r;
	m = reply_timer(&other);
	if (!m || due_on == DAY_NONE || due_on >= m->due_on)
		return 0;
	r = timers_shorten(&other, due_on < c->today ? c->today : due_on);
	if (r == 0)
		r = q_ticket_due(c->db, other.t.due_on, other.t.due_provisional, other.t.first_due_on, ticket_id, NULL);
	return r < 0 ? r : stats_changed(c->db, &other.before, &other.t);
}
