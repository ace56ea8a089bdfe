/* clock_move - see clock_move.h. */
#include "clock_move.h"

#include "clock.h"
#include "conf.h"
#include "stats.h"
#include "timers.h"

#define LOOK_LETTERS 5000            /* of a batch: by ids, whether they are open or not */
#define APPLY_LETTERS 1000
#define JSON_MAX ((size_t)32 << 20)

_Static_assert(sizeof(struct q_move_clocks) == sizeof(struct q_move_clocks_of), "both have the same columns");
_Static_assert(sizeof(struct q_move_lock) == sizeof(struct q_ticket_lock), "both have the same columns");

/* A clock that a change touches. */
struct moving {
	const struct q_move_clocks *row;
	struct timer m;              /* as it will be */
};

struct batch {
	struct db *db;
	struct arena *a;
	const struct clock_plan *plan;
	const struct q_move_clocks *rows;
	size_t n_rows;
	const struct q_move_pauses *pauses;
	size_t n_pauses;
	struct moving *list;         /* what changes */
	size_t n, n_moved;           /* n_moved: those whose day is another */
};

/* --- counting again --- */

static struct timer timer_of(const struct q_move_clocks *r)
{
	return (struct timer){ .id = r->id, .kind = states_timer_from(r->kind), .round = (int)r->round,
		.paused = str_eq(r->state, "paused"), .policy_id = r->policy_id, .start_on = r->start_on,
			.amount = (int)r->amount,
		.unit = r->amount_unit[0], .due_on = r->due_on, .provisional = r->provisional, .next_at = r->next_at,
		.next_is_breach = str_eq(r->next_what, "breach"), .breached_at = r->breached_at, .unit_id = r->own_unit,
		.ladder_id = r->ladder_id };
}

static const struct sla_policy *policy_of(const struct worktime *wt, int64_t id)
{
	for (size_t i = 0; i < wt->n_policies; i++) {
		if (wt->policies[i].id == id)
			return &wt->policies[i];
	}
	return NULL;
}

/* The clock takes the new term when its old one is of the same kind and the new one is now the one that fits it.
 * What an extension added is kept. */
static bool take_term(const struct clock_plan *plan, const struct q_move_clocks *r, struct timer *m)
{
	const struct sla_policy *old = policy_of(plan->wt, m->policy_id), *term = plan->term;
	int64_t unit = r->own_unit ? r->own_unit : r->unit_of;

	if (!old || old->id == term->id || !str_eq(old->timer, term->timer) || m->unit != old->unit ||
	    (term->unit != old->unit && m->amount != old->amount))
		return false;
	if (sla_policy_pick(plan->wt->policies, plan->wt->n_policies, term->timer, r->type, unit, term->valid_from) != term)
		return false;
	m->amount = term->unit == old->unit ? term->amount + m->amount - old->amount : term->amount;
	m->amount = m->amount < 0 ? 0 : m->amount;
	m->unit = term->unit;
	m->policy_id = term->id;
	return true;
}

/* The pauses of a clock: they lie together, by clock. */
static struct sla_pause *pauses_of(const struct batch *b, const struct q_move_clocks *r, size_t *ret_n)
{
	size_t lo = 0, hi = b->n_pauses, n = 0;
	struct sla_pause *list;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (b->pauses[mid].timer_id < r->id)
			lo = mid + 1;
		else
			hi = mid;
	}
	list = arena_array(b->a, (size_t)r->pauses + 1, sizeof *list);
	for (; lo < b->n_pauses && b->pauses[lo].timer_id == r->id && n < (size_t)r->pauses; lo++)
		list[n++] = (struct sla_pause){ b->pauses[lo].from_on, b->pauses[lo].to_on };
	*ret_n = n;
	return list;
}

static int recount(struct batch *b, const struct q_move_clocks *r)
{
	struct timer m = timer_of(r);
	struct sla_pause *pauses = NULL;
	struct sla_due due;
	size_t n = 0;
	int rc;

	if (!timers_follow_calendar(b->plan->wt, &m) || (b->plan->term && !take_term(b->plan, r, &m)))
		return 0;
	if (r->pauses)
		pauses = pauses_of(b, r, &n);
	rc = sla_due(b->plan->wt->cal, m.start_on, (struct sla_term){ m.amount, m.unit }, pauses, n, &due);
	if (rc < 0)
		return rc;
	m.due_on = due.on;
	m.provisional = due.provisional;
	if (m.due_on != r->due_on || m.provisional != r->provisional || m.policy_id != r->policy_id) {
		b->n_moved += m.due_on != r->due_on;
		b->list[b->n++] = (struct moving){ r, m };
	}
	return 0;
}

static int load_pauses(struct batch *b)
{
	struct q_move_pauses *pauses;
	struct str ids;
	int r;

	str_init(&ids, b->a, JSON_MAX);
	for (size_t i = 0; i < b->n_rows; i++) {
		if (b->rows[i].pauses)
			str_addf(&ids, "%c%lld", ids.len ? ',' : '[', (long long)b->rows[i].id);
	}
	b->n_pauses = 0;
	if (!ids.len)
		return 0;
	str_addc(&ids, ']');
	r = q_move_pauses(b->db, b->a, ids.s, &pauses, &b->n_pauses);
	b->pauses = pauses;
	return r;
}

/* What the plan makes of the rows. */
static int recount_all(struct batch *b)
{
	int r = load_pauses(b);

	b->list = arena_array(b->a, b->n_rows + 1, sizeof *b->list);
	b->n = b->n_moved = 0;
	for (size_t i = 0; r == 0 && i < b->n_rows; i++)
		r = recount(b, &b->rows[i]);
	return r;
}

/* --- rows as JSON: numbers, dates and codes of ours, nothing that would need escaping --- */

static void open_rows(struct batch *b, struct str *o)
{
	str_init(o, b->a, JSON_MAX);
	str_addc(o, '[');
}

static const char *close_rows(struct str *o)
{
	str_addc(o, ']');
	must(!o->over);
	return o->s;
}

/* The moves, for clock_move and timer_event. */
static const char *moves_json(struct batch *b)
{
	struct str o;

	open_rows(b, &o);
	for (size_t i = 0; i < b->n; i++) {
		const struct moving *x = &b->list[i];

		if (x->m.due_on != x->row->due_on)
			str_addf(&o,
				"%s{\"timer\":%lld,\"ticket\":%lld,\"unit\":%lld,\"kind\":\"%s\",\"old\":\"%s\",\"new\":\"%s\"}",
			         o.len > 1 ? "," : "", (long long)x->m.id, (long long)x->row->ticket_id,
			         (long long)(x->m.unit_id ? x->m.unit_id : x->row->unit_of), x->row->kind,
			         clock_fmt_day(b->a, x->row->due_on), clock_fmt_day(b->a, x->m.due_on));
	}
	return close_rows(&o);
}

/* A moment as a column has it: UTC. */
static const char *moment(struct arena *a, int64_t at)
{
	int32_t day = clock_day(at - CLOCK_ZONE_SECONDS);
	int s = clock_second_of_day(at - CLOCK_ZONE_SECONDS);

	return arena_printf(a, "%s %02d:%02d:%02d", clock_fmt_day(a, day), s / 3600, s / 60 % 60, s % 60);
}

static const char *timers_json(struct batch *b, int64_t now)
{
	struct str o;

	open_rows(b, &o);
	for (size_t i = 0; i < b->n; i++) {
		struct timer *m = &b->list[i].m;

		timers_next(b->plan->wt, m, now);
		str_addf(&o, "%s{\"timer\":%lld,\"amount\":%d,\"unit\":\"%c\",\"policy\":%lld,\"due\":\"%s\",\"prov\":%d",
		         o.len > 1 ? "," : "", (long long)m->id, m->amount, m->unit, (long long)m->policy_id,
		         clock_fmt_day(b->a, m->due_on), m->provisional);
		if (m->next_at != TIME_NONE)
			str_addf(&o, ",\"next\":\"%s\",\"what\":\"%s\"", moment(b->a, m->next_at),
			         m->next_is_breach ? "breach" : "warn");
		str_addc(&o, '}');
	}
	return close_rows(&o);
}

/* Something to tell the writer; while a clock stands still its day is not known yet. */
static bool new_answer_day(const struct moving *x)
{
	return x->m.kind == TIMER_REPLY && !x->m.paused && x->m.due_on != x->row->due_on;
}

/* The letters of what changes, each once: rows come by letter. NULL: none. */
static const char *ids_json(struct batch *b, bool only_told)
{
	int64_t last = 0;
	struct str o;

	open_rows(b, &o);
	for (size_t i = 0; i < b->n; i++) {
		const struct moving *x = &b->list[i];

		if (x->row->ticket_id == last || (only_told && !new_answer_day(x)))
			continue;
		last = x->row->ticket_id;
		str_addf(&o, "%s%lld", o.len > 1 ? "," : "", (long long)last);
	}
	return o.len > 1 ? close_rows(&o) : NULL;
}

/* --- looking --- */

static int64_t end_of(const struct q_change_take *c, int64_t width)
{
	return c->at_ticket + width < c->last_ticket ? c->at_ticket + width : c->last_ticket;
}

static int load(struct batch *b, const struct q_change_take *c, int64_t to)
{
	struct q_move_clocks *rows;
	int r = q_move_clocks(b->db, b->a, c->at_ticket, to, b->plan->from, b->plan->to, &rows, &b->n_rows);

	b->rows = rows;
	return r < 0 ? r : recount_all(b);
}

int clock_move_look(struct db *db, struct arena *a, const struct clock_plan *plan, const struct q_change_take *c,
                    size_t *ret_letters)
{
	struct batch b = { .db = db, .a = a, .plan = plan };
	int64_t to = end_of(c, LOOK_LETTERS);
	int r = load(&b, c, to);

	if (r == 0 && b.n_moved)
		r = q_move_seen(db, c->id, moves_json(&b), NULL);
	if (r == 0)
		r = q_change_looked(db, to >= c->last_ticket ? "ready" : "looking", to, (int64_t)b.n_rows, (int64_t)b.n_moved,
		                    (int64_t)(b.n - b.n_moved), c->id, NULL);
	*ret_letters = (size_t)(to - c->at_ticket);
	return r;
}

/* --- applying --- */

/* What is no longer and what is now, of a letter's figures; room for 2 * STATS_ROWS_MAX. */
static size_t difference(const struct ticket *before, const struct ticket *after, struct stats_row *ret)
{
	size_t n = stats_of(before, ret);

	for (size_t i = 0; i < n; i++)
		ret[i].n = -ret[i].n;
	return n + stats_of(after, ret + n);
}

/* The letter of a moved clock among those that were locked: both come by letter. NULL: it has none of its own. */
static const struct q_move_lock *letter_of(const struct moving *x, const struct q_move_lock *locked, size_t n,
	size_t *at)
{
	if (x->m.kind != TIMER_REPLY)
		return NULL;
	while (*at < n && locked[*at].id < x->row->ticket_id)
		++*at;
	return *at < n && locked[*at].id == x->row->ticket_id ? &locked[*at] : NULL;
}

static void add_letter(struct batch *b, const struct ticket *t, struct str *o)
{
	str_addf(o, "%s{\"ticket\":%lld,\"due\":\"%s\",\"prov\":%d", o->len > 1 ? "," : "", (long long)t->id,
	         clock_fmt_day(b->a, t->due_on), t->due_provisional);
	if (t->first_due_on != DAY_NONE)
		str_addf(o, ",\"first\":\"%s\"", clock_fmt_day(b->a, t->first_due_on));
	str_addc(o, '}');
}

/* Letters show the clock of their answer; their figures follow. */
static int show_on_letters(struct batch *b, const struct q_move_lock *locked, size_t n)
{
	struct stats_row *figures = arena_array(b->a, n * 2 * STATS_ROWS_MAX + 1, sizeof *figures);
	size_t n_figures = 0, at = 0;
	struct str o;
	int r;

	open_rows(b, &o);
	for (size_t i = 0; i < b->n; i++) {
		const struct moving *x = &b->list[i];
		const struct q_move_lock *letter = letter_of(x, locked, n, &at);
		struct q_ticket_lock row;
		struct ticket before, t;

		if (!letter)
			continue;
		__builtin_memcpy(&row, letter, sizeof row);
		ticket_from_row(&row, &before);
		t = before;
		t.due_on = x->m.due_on;
		t.due_provisional = x->m.provisional;
		if (t.round == 1 && t.replied_at == TIME_NONE)
			t.first_due_on = t.due_on;
		n_figures += difference(&before, &t, figures + n_figures);
		add_letter(b, &t, &o);
	}
	if (o.len == 1)
		return 0;
	r = q_move_tickets(b->db, close_rows(&o), NULL);
	return r < 0 ? r : stats_append(b->db, figures, stats_merge(figures, n_figures));
}

static int write_batch(struct batch *b, const struct q_change_take *c, int64_t now, const struct q_move_lock *locked,
	size_t n)
{
	const char *moves = moves_json(b), *told = ids_json(b, true);
	int r = q_move_timers(b->db, timers_json(b, now), NULL);

	if (r == 0 && b->n_moved)
		r = q_move_events(b->db, now, c->id, moves, NULL);
	if (r == 0 && b->n_moved)
		r = q_move_applied(b->db, c->id, moves, NULL);
	if (r == 0)
		r = show_on_letters(b, locked, n);
	if (r == 0 && told)
		r = q_move_tell_writers(b->db, now, now, told, NULL);
	return r;
}

/* The letters are locked before their clocks are read again: somebody may just have stopped one. */
static int move_batch(struct batch *b, const struct q_change_take *c, int64_t now)
{
	const char *ids = ids_json(b, false);
	struct q_move_clocks_of *rows;
	struct q_move_lock *locked;
	size_t n;
	int r;

	if (!ids)
		return 0;
	if ((r = q_move_lock(b->db, b->a, ids, &locked, &n)) < 0 ||
	    (r = q_move_clocks_of(b->db, b->a, ids, b->plan->from, b->plan->to, &rows, &b->n_rows)) < 0)
		return r;
	b->rows = (const struct q_move_clocks *)(const void *)rows;
	r = recount_all(b);
	return r == 0 && b->n ? write_batch(b, c, now, locked, n) : r;
}

/* The letters are gone through twice, from the first to the last there is when a pass begins: the second time finds
 * what a request that had begun before the change wrote by the old calendar meanwhile. At the end units are told. */
static int go_on(struct db *db, const struct q_change_take *c, int64_t to, int64_t moved, int64_t now)
{
	int r;

	if (to < c->last_ticket)
		return q_change_progress(db, c->pass, to, moved, c->id, NULL);
	if (c->pass < 2)
		return q_change_pass(db, c->pass + 1, moved, c->id, NULL);
	r = q_change_progress(db, c->pass, to, moved, c->id, NULL);
	if (r == 0)
		r = q_move_tell_units(db, now, now, c->id, NULL);
	return r == 0 ? q_change_done(db, "done", now, c->id, NULL) : r;
}

int clock_move_apply(struct db *db, struct arena *a, const struct clock_plan *plan, const struct q_change_take *c,
	int64_t now,
                     size_t *ret_letters)
{
	struct batch b = { .db = db, .a = a, .plan = plan };
	int64_t to = end_of(c, APPLY_LETTERS);
	int r = load(&b, c, to);

	if (r == 0)
		r = move_batch(&b, c, now);
	if (r == 0)
		r = go_on(db, c, to, (int64_t)b.n_moved, now);
	*ret_letters = (size_t)(to - c->at_ticket) + 1;
	return r;
}
