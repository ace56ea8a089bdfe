/* timers_tell - see timers_tell.h. */
#include "timers_tell.h"

#include "queries.h"
#include "worktime_rules.h"

/* Readers: of a role, in a unit or (0) in the whole city; role NULL: the letter's handler. */
struct readers {
	const char *role;
	int64_t unit_id;
};

#define READERS_MAX LADDER_WHO__MAX

static struct readers in_unit(const char *role, int64_t unit_id)
{
	return unit_id ? (struct readers){ role, unit_id } : (struct readers){ "registrar", 0 };
}

/* Who has it for review: the first level is the unit's, the second the office's. */
static struct readers reviewers(const struct q_timer_take *row, int64_t unit_id)
{
	if (row->review_level == 0)
		return in_unit("dept_reviewer", unit_id);
	return (struct readers){ "office_reviewer", 0 };
}

static struct readers readers_of(enum ladder_who who, const struct q_timer_take *row, const struct timer *m)
{
	int64_t unit_id = m->unit_id ? m->unit_id : row->unit_id;

	switch (who) {
	case LADDER_HANDLER:
		if (m->unit_id)
			return (struct readers){ "co_handler", m->unit_id };
		return row->handler_id ? (struct readers){ NULL, unit_id } : in_unit("liaison", unit_id);
	case LADDER_LIAISON:
	case LADDER_DEPT_REVIEWER:
		return in_unit(ladder_who_code(who), unit_id);
	case LADDER_REVIEWER:
		return reviewers(row, unit_id);
	default:
		return (struct readers){ ladder_who_code(who), 0 };
	}
}

static const char *event_of(enum timer_kind kind, const struct ladder_moment *moment)
{
	const struct ladder_step *step = moment->step;

	if (step && !step->from_start && step->amount >= 0)
		return step->amount == 0 ? "due_today" : "escalate";
	if (kind == TIMER_OPINION)
		return step ? "opinion_soon" : "opinion_late";
	if (kind == TIMER_VETO)
		return step ? "veto_soon" : "veto_late";
	return step ? "due_soon" : "overdue";
}

static bool told_already(const struct readers *list, size_t n, const struct readers *x)
{
	for (size_t i = 0; i < n; i++) {
		if (list[i].unit_id == x->unit_id && str_eq(list[i].role ? list[i].role : "", x->role ? x->role : ""))
			return true;
	}
	return false;
}

void timers_tell(struct str *o, const struct worktime *wt, const struct q_timer_take *row, const struct timer *m,
                 const struct ladder_moment *moment)
{
	const struct ladder *ladder = timers_ladder(wt, m);
	ladder_audience to = moment->step ? moment->step->to : ladder ? ladder->late_to : 0;
	struct readers list[READERS_MAX];
	size_t n = 0;

	for (int who = 0; who < LADDER_WHO__MAX; who++) {
		struct readers x;

		/* The list for the circular is read from the ledger. */
		if (!(to & LADDER_TO(who)) || who == LADDER_CIRCULAR)
			continue;
		x = readers_of((enum ladder_who)who, row, m);
		if (told_already(list, n, &x))
			continue;
		list[n++] = x;
		str_addf(o, "%s{\"l\":%lld,\"e\":\"%s\",\"a\":\"%s\",\"k\":\"%s\",\"u\":%d", o->len > 1 ? "," : "",
		         (long long)row->ticket_id, event_of(m->kind, moment),
		         !x.role ? "handler" : x.unit_id ? "unit" : "office", states_timer_code(m->kind), (int)m->due_on);
		if (x.role)
			str_addf(o, ",\"r\":\"%s\"", x.role);
		if (x.unit_id)
			str_addf(o, ",\"i\":%lld", (long long)x.unit_id);
		str_addc(o, '}');
	}
}
