/* import_letter - see import_letter.h. */
#include "import_letter.h"

#include <string.h>

#include "clock.h"
#include "gram.h"
#include "publish.h"
#include "queries.h"
#include "seal.h"
#include "timers.h"

#define STEPS_MAX 10
#define NUMBER_TRIES 1000
#define BODY_WITHHELD "（来信内容未公开）"

/* A letter while it is written. */
struct writing {
	struct db *db;
	struct arena *a;
	const struct worktime *wt;
	const struct import_letter *in;
	struct ticket t;
};

int import_letter_plan(const struct worktime *wt, struct import_letter *letter)
{
	letter->received_on = calendar_effective_day(wt->cal, &wt->hours, letter->row.received_at);
	letter->policy = worktime_policy(wt, "reply", letter->row.type, letter->unit_id, letter->received_on);
	return letter->policy ? 0 : err_set(ERR_NOTFOUND, "no policy");
}

static bool answered(const struct writing *w)
{
	return w->in->row.reply != NULL;
}

/* --- the letter --- */

/* The office opens; but an answer may have been given on a day off. */
static int64_t accepted_at(const struct writing *w)
{
	const struct import_row *row = &w->in->row;
	int64_t at = row->received_at;

	if (clock_day(at) != w->in->received_on)
		at = clock_day_start(w->in->received_on) + w->wt->hours.open_min * 60;
	return answered(w) && row->replied_at < at ? row->replied_at : at;
}

static void fill_answer(struct writing *w)
{
	const struct import_row *row = &w->in->row;
	struct ticket *t = &w->t;
	int workdays = calendar_between(w->wt->cal, w->in->received_on, clock_day(row->replied_at));

	t->state = TICKET_CLOSED;
	t->pub = row->published ? PUB_PUBLISHED : PUB_WITHHELD;
	t->replied_at = t->closed_at = row->replied_at;
	t->reply_workdays = workdays > 0 ? workdays : 0;
	t->result_code = w->in->map->result;
	t->reason_code = row->published ? NULL : w->in->map->withhold_reason;
}

static int fill(struct writing *w)
{
	const struct import_letter *in = w->in;
	struct sla_term term = { in->policy->amount, in->policy->unit };
	struct sla_due due;
	int r = sla_due(w->wt->cal, in->received_on, term, NULL, 0, &due);

	if (r < 0)
		return r;
	w->t = (struct ticket){ .type = in->row.type, .state = TICKET_HANDLING, .pub = PUB_NOT_DUE, .round = 1,
		.unit_id = in->unit_id, .publish_ok = in->row.published, .received_at = in->row.received_at,
		.received_on = in->received_on, .accepted_at = accepted_at(w), .due_on = due.on,
		.due_provisional = due.provisional, .first_due_on = due.on, .replied_at = TIME_NONE,
		.reply_workdays = -1, .closed_at = TIME_NONE };
	if (answered(w))
		fill_answer(w);
	return 0;
}

/* The number follows from the old one, so that a second attempt makes the same; one that is taken is counted up. */
static int add_ticket(struct writing *w)
{
	struct ticket *t = &w->t;
	const char *parts[] = { w->in->map->system, w->in->row.no };
	struct db_blob hash = seal_sha256(w->a, parts, 2);
	int64_t workdays = t->reply_workdays;
	uint32_t serial;
	int r = ERR_DUP;

	memcpy(&serial, hash.p, sizeof serial);
	serial %= 1000000;
	for (uint32_t i = 0; r == ERR_DUP && i < NUMBER_TRIES; i++) {
		t->no = ticket_number(w->a, t->type, clock_day(t->received_at), serial + i);
		r = q_import_ticket_add(w->db, t->no, states_type_code(t->type), states_code(t->state),
		                        states_pub_code(t->pub), t->version, w->in->row.title, t->unit_id,
		                        t->publish_ok, t->received_at, t->received_on, t->accepted_at, t->due_on,
		                        t->due_provisional, t->first_due_on, t->replied_at,
		                        workdays < 0 ? NULL : &workdays, t->closed_at, t->result_code,
		                        t->reason_code, &t->id);
	}
	return r;
}

/* --- what happened --- */

struct step {
	enum action action;
	const char *from, *to;
	int64_t at;
	bool by_unit;
};

static size_t publication_steps(const struct writing *w, struct step *s)
{
	const char *pending = states_pub_code(PUB_PENDING_REVIEW), *full = states_pub_code(PUB_APPROVED_FULL);
	int64_t at = w->t.replied_at;

	if (w->t.pub == PUB_WITHHELD) {
		s[0] = (struct step){ ACT_WITHHOLD, pending, states_pub_code(PUB_WITHHELD), at, false };
		return 1;
	}
	s[0] = (struct step){ ACT_APPROVE_FULL, pending, full, at, false };
	s[1] = (struct step){ ACT_PUBLISH, full, states_pub_code(PUB_PUBLISHED), at, false };
	return 2;
}

/* The steps that lead a letter of states.tbl to where this one stands. */
static size_t steps_of(const struct writing *w, struct step s[static STEPS_MAX])
{
	static const enum ticket_state states[] = { TICKET_NONE, TICKET_SUBMITTED, TICKET_ACCEPTED, TICKET_ASSIGNED,
		                                    TICKET_HANDLING, TICKET_IN_REVIEW, TICKET_REPLIED, TICKET_CLOSED };
	static const enum action actions[] = { ACT_SUBMIT, ACT_ACCEPT, ACT_ASSIGN, ACT_SIGN, ACT_SUBMIT_REPLY,
		                               ACT_APPROVE_REPLY, ACT_CLOSE };
	size_t n = answered(w) ? 7 : 4;

	for (size_t i = 0; i < n; i++) {
		int64_t at = i == 0 ? w->t.received_at : i < 4 ? w->t.accepted_at : w->t.replied_at;

		s[i] = (struct step){ actions[i], states_code(states[i]), states_code(states[i + 1]), at,
			              i >= 3 && i < 6 };
	}
	return answered(w) ? n + publication_steps(w, s + n) : n;
}

static int add_history(struct writing *w, const struct step *steps, size_t n)
{
	const struct import_letter *in = w->in;
	const char *note = arena_printf(w->a, "由原信箱（%s）导入，原编号 %s", in->map->system, in->row.no);
	int64_t id;
	int r = 0;

	for (size_t i = 0; r == 0 && i < n; i++) {
		const struct step *s = &steps[i];
		const char *reason = s->action == ACT_WITHHOLD ? in->map->withhold_reason : NULL;

		r = q_history_add(w->db, w->t.id, (int64_t)i + 1, s->at, "system", 0, s->by_unit ? w->t.unit_id : 0,
		                  states_action_code(s->action), s->from, s->to, 1, reason, i == 0 ? note : NULL, NULL,
		                  0, &id);
	}
	return r;
}

/* --- the clocks --- */

static int add_event(struct writing *w, int64_t timer_id, const char *what, int64_t due_at, int64_t at, int64_t version)
{
	bool start = str_eq(what, "start");

	return q_timer_event_add(w->db, timer_id, w->t.id, what, due_at, at, start ? DAY_NONE : w->t.due_on,
	                         start ? w->t.due_on : DAY_NONE, version, NULL);
}

/* The versions of the history rows that explain start and end: accept and approve_reply, see steps_of(). */
static int add_stopped_clock(struct writing *w)
{
	const struct sla_policy *p = w->in->policy;
	int64_t due_at = clock_day_start(w->t.due_on + 1), id;
	bool late = w->t.replied_at >= due_at;
	const char unit[2] = { p->unit, '\0' };
	int r = q_import_timer_add(w->db, w->t.id, p->id, w->t.received_on, p->amount, unit, w->t.due_on,
	                           w->t.due_provisional, late ? due_at : TIME_NONE, w->t.replied_at, &id);

	if (r == 0)
		r = add_event(w, id, "start", TIME_NONE, w->t.accepted_at, 2);
	if (r == 0 && late)
		r = add_event(w, id, "breach", due_at, due_at, 0);
	return r < 0 ? r : add_event(w, id, "stop", TIME_NONE, w->t.replied_at, 6);
}

/* As of the day of receipt, by the rules of every other letter; what is overdue already fires at once (slad). */
static int start_clocks(struct writing *w)
{
	static const struct act act = { .action = ACT_ACCEPT };
	struct change c = { .db = w->db, .a = w->a, .wt = w->wt, .now = clock_now(), .today = w->t.received_on,
		.act = &act, .before = { .state = TICKET_NONE }, .t = w->t,
		.move = { .starts = 1u << TIMER_REPLY | 1u << TIMER_VETO } };

	return timers_move(&c);
}

/* --- the answer --- */

static int add_edition(struct writing *w)
{
	const struct import_row *row = &w->in->row;
	const struct ticket *t = &w->t;
	const char *title = publish_mask(w->a, row->title, REDACT_CITIZEN);
	const char *reply = publish_mask(w->a, row->reply, REDACT_OFFICE);
	const char *body = row->published ? publish_mask(w->a, row->body, REDACT_CITIZEN) : BODY_WITHHELD;
	struct db_blob hash = publish_hash(w->a, title, body, reply);
	int64_t id;
	int r = q_import_edition_add(w->db, t->id, title, body, reply, hash, REDACT_RULES, t->replied_at, &id);

	if (r < 0 || !row->published)
		return r;
	if ((r = q_approval_add(w->db, id, hash, "full", 0, t->replied_at, NULL)) < 0)
		return r;
	return q_pub_put(w->db, id, hash, t->no, states_type_code(t->type), title, body, reply, t->unit_id,
	                 clock_day(t->accepted_at), clock_day(t->replied_at), t->reply_workdays, t->result_code, 0,
	                 t->replied_at, NULL);
}

static int add_answer(struct writing *w)
{
	int64_t id;
	int r = q_reply_add(w->db, w->t.id, 1, "final", "approved", w->t.unit_id, 0, w->in->row.reply, w->t.result_code,
	                    DAY_NONE, w->t.replied_at, w->t.replied_at, &id);

	if (r == 0)
		r = add_stopped_clock(w);
	return r < 0 ? r : add_edition(w);
}

int import_letter_add(struct db *db, struct arena *a, const struct worktime *wt, const struct import_letter *letter,
                      struct ticket *ret)
{
	struct writing w = { db, a, wt, letter, { 0 } };
	struct step steps[STEPS_MAX];
	const struct ticket *t = &w.t;
	size_t n;
	int r = fill(&w);

	if (r < 0)
		return r;
	n = steps_of(&w, steps);
	w.t.version = (int64_t)n;
	if ((r = add_ticket(&w)) < 0 ||
	    (r = q_external_add(db, letter->map->system, letter->row.no, t->id, DAY_NONE, NULL)) < 0 ||
	    (r = q_ticket_text_add(db, t->id, letter->row.body, "", "", NULL)) < 0 ||
	    (r = gram_add(db, a, t->id, t->no, letter->row.title, "")) < 0 ||
	    (r = add_history(&w, steps, n)) < 0 ||
	    (r = q_import_assignment_add(db, t->id, t->unit_id, t->accepted_at, t->accepted_at, t->closed_at,
	                                 NULL)) < 0 ||
	    (r = answered(&w) ? add_answer(&w) : start_clocks(&w)) < 0)
		return r;
	*ret = w.t;
	return 0;
}
