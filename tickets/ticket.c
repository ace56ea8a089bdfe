/* ticket - see ticket.h. */
#include "ticket.h"

#include <string.h>

#include "clock.h"
#include "conf.h"
#include "effects.h"
#include "effects_parts.h"
#include "outbox.h"
#include "queries.h"
#include "stats.h"
#include "text.h"
#include "timers.h"

void ticket_from_row(const struct q_ticket_lock *row, struct ticket *t)
{
	*t = (struct ticket){ .id = row->id, .no = row->no, .type = states_type_from(row->type),
		.state = states_from(row->state), .pub = states_pub_from(row->pub_state), .version = row->version,
		.round = (int)row->round, .unit_id = row->unit_id, .handler_id = row->handler_id,
		.publish_ok = row->publish_ok, .received_at = row->received_at, .received_on = row->received_on,
		.accepted_at = row->accepted_at, .due_on = row->due_on, .due_provisional = row->due_provisional,
		.first_due_on = row->first_due_on, .replied_at = row->replied_at,
		.reply_workdays = row->reply_workdays ? (int)*row->reply_workdays : -1, .closed_at = row->closed_at,
		.result_code = row->result_code, .reason_code = row->reason_code, .master_id = row->master_id,
		.grade = (int)row->grade, .topic_id = row->topic_id, .simulated = row->simulated,
		.marks = (unsigned)row->marks };
}

static void fill_from_timers(struct change *c, struct facts *f)
{
	const struct timer *reply = timers_find(c, TIMER_REPLY), *supplement = timers_find(c, TIMER_SUPPLEMENT);

	f->promise_open = timers_find(c, TIMER_PROMISE) != NULL;
	f->feedback_open = timers_find(c, TIMER_SUPERVISE_FEEDBACK) != NULL;
	f->supplement_lapsed = supplement && c->today > supplement->due_on;
	f->petition = c->before.marks & TICKET_PETITION;
	f->two_needed = c->before.marks & TICKET_TWO;
	f->simulated = c->before.simulated;
	if (!reply)
		return;
	f->reply_late = c->today > reply->due_on;
	f->half_over = !reply->paused && c->today >= sla_half(c->wt->cal, reply->start_on, reply->due_on, reply->unit);
	f->reply_amount = reply->amount;
	f->reply_unit = reply->unit;
	for (size_t i = 0; i < c->wt->n_policies; i++) {
		if (c->wt->policies[i].id == reply->policy_id && reply->unit == c->wt->policies[i].unit) {
			f->reply_max = c->wt->policies[i].max_amount;
			f->reply_allowance = c->wt->policies[i].allowance;
		}
	}
}

/* The clock of the window says until when; letters assigned before it had one go by the day they were assigned. */
static bool window_open(const struct change *c, int64_t assigned_at)
{
	const struct timer *window = timers_find(c, TIMER_OBJECTION);
	const struct sla_policy *p = worktime_policy(c->wt, "objection", c->before.type, c->before.unit_id, c->today);

	if (window)
		return c->today <= window->due_on;
	return assigned_at != TIME_NONE && p &&
	       calendar_between(c->wt->cal, clock_day(assigned_at), c->today) <= p->amount;
}

static int fill_from_ties(struct change *c, struct facts *f)
{
	struct q_ticket_tie tie;
	int r = q_ticket_tie(c->db, c->a, c->who->unit_id, c->who->officer_id, c->before.id, &tie);

	if (r < 0)
		return r;
	f->co = tie.co;
	f->co_unsigned = tie.co_unsigned;
	f->co_unanswered = tie.co_unanswered;
	f->passed = tie.passed;
	f->passed_added = tie.passed_added;
	f->recused = tie.recused;
	f->edited = tie.edited;
	return 0;
}

static int load_facts(struct change *c)
{
	struct q_ticket_facts row;
	struct facts *f = &c->facts;
	const struct ticket *t = &c->before;
	int r = q_ticket_facts(c->db, c->a, t->id, &row);

	if (r == 0)
		r = timers_load(c);
	if (r < 0)
		return r;
	*f = (struct facts){ .ticket_id = t->id, .state = t->state, .pub = t->pub, .type = t->type,
		.version = t->version, .round = t->round, .unit_id = t->unit_id, .supplement_asked = row.asked,
		.proposal = row.proposal ? (int)states_action_from(row.proposal) : -1, .proposal_by = row.proposal_by,
		.unit_objected = row.objected, .objection_window_open = window_open(c, row.assigned_at),
		.holding_author = row.holding_author, .extension_days = (int)row.extension_days,
		.reply_author = row.review_author ? row.review_author : row.final_author, .level = (int)row.level,
		.follow_ups = (int)row.follow_ups, .nudged = row.nudged, .rated = row.rated, .publish_ok = t->publish_ok,
		.edition_author = row.edition_author, .was_published = row.was_published,
		.recusals = (int)row.recusals, .main_recused = row.main_recused, .extension_by = row.extension_by,
		.added_author = row.added_author, .added_level = (int)row.added_level, .added_last = row.added_last,
		.accepted = t->accepted_at != TIME_NONE, .ex_officio = row.ex_officio,
		.order = (enum order_state)row.order_state, .instructed_on = row.instructed_on,
		/* It ends with its last day, whenever slad gets to it, also for who has rated already. */
		.rate_window_open = row.rate_until != DAY_NONE && c->today <= row.rate_until };
	fill_from_timers(c, f);
	return c->who->officer_id ? fill_from_ties(c, f) : 0;
}

static int prepare(struct change *c, const struct q_ticket_lock *row)
{
	int r = worktime_get(c->db, &c->wt);

	if (r < 0)
		return r;
	c->today = clock_day(c->now);
	ticket_from_row(row, &c->before);
	return load_facts(c);
}

/* An act that is valid for the person is checked against the master's state here: states.c sees one letter only. Who
 * must keep away from the master has none. */
static int look_at_master(struct change *c, struct act *act)
{
	struct q_recusal_count recused;
	struct q_ticket_peek m;
	int r;

	act->master_open = false;
	if (act->action != ACT_MERGE || act->master_id <= 0)
		return 0;
	r = q_ticket_peek(c->db, c->a, act->master_id, &m);
	if (r < 0)
		return r == ERR_NOTFOUND ? 0 : r;
	r = q_recusal_count(c->db, c->a, act->master_id, c->who->unit_id, c->who->officer_id, &recused);
	act->master_open = r == 0 && recused.n == 0 && states_open(states_from(m.state));
	return r;
}

static const char *actor_kind(const struct actor *who)
{
	return who->officer_id ? "officer" : who->roles & 1u << ROLE_SYSTEM ? "system"
	                                 : who->roles & 1u << ROLE_API_CLIENT ? "api" : "citizen";
}

/* In whose place: 0 when the own roles suffice, else the first of those who are away whose roles do. */
static int64_t in_place_of(const struct change *c)
{
	struct actor one = *c->who;
	struct move m;
	int64_t id = 0;

	if (c->who->n_lent == 0 || c->before.state == TICKET_NONE)
		return 0;
	one.roles = c->who->own;
	if (states_decide(&c->facts, &one, c->act, &m) == 0)
		return 0;
	for (size_t i = 0; id == 0 && i < c->who->n_lent; i++) {
		one.roles = c->who->own | c->who->lent[i].roles;
		if (states_decide(&c->facts, &one, c->act, &m) == 0)
			id = c->who->lent[i].officer_id;
	}
	err_clear();
	return id;
}

/* What was typed is kept: where the writer is told something else, the text stays inside. */
static const char *note_inside(const struct change *c)
{
	const char *text = c->act->text;

	if (c->act->note || c->office_note)
		return c->act->note ? c->act->note : c->office_note;
	return text && c->public_note && strstr(c->public_note, text) ? NULL : text;
}

static int add_history(struct change *c)
{
	int64_t id;
	const char *state_from = states_code(c->before.state), *state_to = states_code(c->t.state);

	/* A step of the publication machine is told by its own states. */
	if (c->before.state == c->t.state && c->before.pub != c->t.pub && c->before.state != TICKET_NONE) {
		state_from = states_pub_code(c->before.pub);
		state_to = states_pub_code(c->t.pub);
	}
	return q_history_add(c->db, c->t.id, c->t.version, c->now, actor_kind(c->who), c->who->officer_id, c->who->unit_id,
	                     states_action_code(c->act->action), state_from, state_to, c->t.round, c->reason,
	                     note_inside(c), c->public_note, in_place_of(c), &id);
}

static int write_back(struct change *c)
{
	const struct ticket *t = &c->t;
	int64_t n, workdays = t->reply_workdays;
	int r = q_ticket_update(c->db, states_code(t->state), states_pub_code(t->pub), t->version, t->round, t->unit_id,
	                        t->handler_id, t->accepted_at, t->due_on, t->due_provisional, t->first_due_on,
	        t->replied_at,
	                        workdays < 0 ? NULL : &workdays, t->closed_at, t->result_code, t->reason_code, t->master_id,
	                        t->grade, t->marks, t->id, c->before.version, &n);

	return r == 0 && n != 1 ? err_set(ERR_CONFLICT, "letter changed while it was being changed") : r;
}

/* What the writer of a letter is answered, or told of its day, those of letters merged under it are told too; not who
 * withdrew. */
static int tell_merged(struct change *c)
{
	struct q_merged_under *rows;
	size_t n;
	bool answer = c->t.state == TICKET_REPLIED && c->before.state != TICKET_REPLIED;
	bool added = c->act->action == ACT_APPROVE_ADDED && c->public_note;
	int r = 0;

	if (!answer && !added && c->act->action != ACT_APPROVE_HOLDING && c->act->action != ACT_APPROVE_EXTENSION)
		return 0;
	r = q_merged_under(c->db, c->a, c->t.id, &rows, &n);
	for (size_t i = 0; r == 0 && i < n; i++)
		if (!rows[i].ex_officio)
			r = outbox_tell(c->db, rows[i].id, states_action_code(c->act->action), TOLD_WRITER, 0, c->now);
	return r;
}

/* Who is told of an addition depends on who has to agree next: the office, or the superior. */
static const char *event_of(const struct change *c)
{
	bool up = c->act->action == ACT_APPROVE_ADDED && c->move.told & TOLD_OFFICE &&
	          c->facts.added_level + 1 >= states_type_levels(c->t.type);

	return up ? "added_up" : states_action_code(c->act->action);
}

static int tell_and_count(struct change *c)
{
	/* Who has lost the letter is told so. */
	int64_t unit_id = c->t.unit_id ? c->t.unit_id : c->before.unit_id;
	int r = outbox_tell(c->db, c->t.id, event_of(c), c->move.told, unit_id, c->now);

	if (r == 0)
		r = tell_merged(c);
	return r < 0 ? r : stats_changed(c->db, &c->before, &c->t);
}

/* What statistics ask for besides dates: it happened once, and stays true. */
static unsigned mark_of(enum action action)
{
	switch (action) {
	case ACT_APPROVE_EXTENSION: return TICKET_EXTENDED;
	case ACT_UPHOLD: return TICKET_RETURNED;
	case ACT_RETURN_REPLY:
	case ACT_SUPERIOR_RETURN: return TICKET_SENT_BACK;
	case ACT_REOPEN: return TICKET_REWORKED;
	default: return 0;
	}
}

/* Carries out c->move. Order: the effect may set what the clocks need (unit, round), the clocks what the letter
 * shows. */
static int carry_out(struct change *c)
{
	int r;

	c->t = c->before;
	c->t.version++;
	c->t.state = c->move.to;
	c->t.pub = c->move.pub_to;
	c->t.marks |= mark_of(c->act->action);
	if ((r = effects_before(c)) < 0 || (r = timers_move(c)) < 0 || (r = effects_after(c)) < 0)
		return r;
	/* A letter that went on is not waiting for a second person any more. */
	if (c->facts.proposal >= 0 && c->t.state != c->before.state && (r = q_proposal_drop(c->db, c->t.id, NULL)) < 0)
		return r;
	if ((r = add_history(c)) < 0 || (r = write_back(c)) < 0 || (r = effect_watched(c)) < 0)
		return r;
	return tell_and_count(c);
}

struct applying {
	struct change c;
	struct act act;
	int64_t id;
};

static int apply(struct db *db, void *arg);

/* A letter that ends without an answer answers nobody: those merged under it go on by themselves, each as it was. */
static int let_go(struct change *c)
{
	static const unsigned unanswered = 1u << TICKET_WITHDRAWN | 1u << TICKET_REFUSED | 1u << TICKET_INVALID;
	struct q_merged_under *rows;
	size_t n = 0;
	int r;

	if (c->t.state == c->before.state || !(unanswered & 1u << c->t.state))
		return 0;
	r = q_merged_under(c->db, c->a, c->t.id, &rows, &n);
	for (size_t i = 0; r == 0 && i < n; i++) {
		struct applying w = { .c = { .db = c->db, .a = c->a, .who = &ACTOR_SYSTEM }, .id = rows[i].id,
			.act = { .action = ACT_UNMERGE, .text = "并入的信件没有答复就结束了" } };

		w.c.act = &w.act;
		r = apply(c->db, &w);
	}
	return r;
}

static int apply(struct db *db, void *arg)
{
	struct applying *w = arg;
	struct change *c = &w->c;
	struct q_ticket_lock row;
	int r = q_ticket_lock(db, c->a, w->id, &row);

	if (r < 0)
		return r;
	c->now = clock_now();
	c->public_note = c->reason = c->office_note = NULL;
	c->only_unit = c->n_new_co = 0;
	if ((r = prepare(c, &row)) < 0 || (r = look_at_master(c, &w->act)) < 0)
		return r;
	if (w->act.version && w->act.version != c->before.version)
		return err_set(ERR_CONFLICT, "based on version %lld, is at %lld", (long long)w->act.version,
		               (long long)c->before.version);
	if ((r = states_decide(&c->facts, c->who, &w->act, &c->move)) < 0)
		return r;
	if ((r = carry_out(c)) == 0)
		r = let_go(c);
	/* Two persons at the same moment: the history's unique version lets one through. */
	return r == ERR_DUP ? err_set(ERR_CONFLICT, "two changes at once") : r;
}

int ticket_apply(struct db *db, struct arena *a, int64_t ticket_id, const struct actor *who, const struct act *act,
                 struct ticket *ret)
{
	struct applying w = { .c = { .db = db, .a = a, .who = who }, .act = *act, .id = ticket_id };
	int r;

	w.c.act = &w.act;
	r = db_tx(db, apply, &w);
	if (r == 0 && ret)
		*ret = w.c.t;
	return r;
}

int ticket_begin(struct change *c)
{
	int r;

	c->facts = (struct facts){ .state = TICKET_NONE, .type = c->t.type, .proposal = -1, .instructed_on = DAY_NONE };
	c->before = (struct ticket){ .state = TICKET_NONE, .reply_workdays = -1 };
	c->n_timers = 0;
	if ((r = timers_move(c)) < 0 || (r = add_history(c)) < 0)
		return r;
	return tell_and_count(c);
}

int ticket_facts(struct db *db, struct arena *a, int64_t id, const struct actor *who, struct ticket *ret_t,
                 struct facts *ret_f)
{
	struct change c = { .db = db, .a = a, .who = who, .now = clock_now() };
	struct q_ticket_peek row;
	int r = q_ticket_peek(db, a, id, &row);

	_Static_assert(sizeof row == sizeof(struct q_ticket_lock), "ticket_peek and ticket_lock have the same columns");
	if (r == 0)
		r = prepare(&c, (const struct q_ticket_lock *)(const void *)&row);
	if (r == 0) {
		*ret_t = c.before;
		*ret_f = c.facts;
	}
	return r;
}

int ticket_id(struct db *db, struct arena *a, const char *no, int64_t *ret_id)
{
	struct q_ticket_id_of row;
	int r = q_ticket_id_of(db, a, no, &row);

	if (r == 0)
		*ret_id = row.id;
	return r;
}

#define NUMBER_DIGITS 15 /* day, serial, check digit */

/* Luhn over the digits of s: what must be added. */
static int check_digit(const char *s)
{
	int sum = 0, place = 0;

	for (size_t i = strlen(s); i-- > 0;) {
		int d = s[i] - '0';

		if (d < 0 || d > 9)
			continue;
		if (place++ % 2 == 0)
			d = d * 2 > 9 ? d * 2 - 9 : d * 2;
		sum += d;
	}
	return (10 - sum % 10) % 10;
}

const char *ticket_number(struct arena *a, enum ticket_type type, int32_t day, uint32_t serial)
{
	int y, m, d;
	const char *body;

	clock_civil(day, &y, &m, &d);
	body = arena_printf(a, "%04d%02d%02d-%06u", y, m, d, serial % 1000000);
	return arena_printf(a, "%s-%s-%s-%d", conf.number_prefix, states_type_letter(type), body, check_digit(body));
}

/* The sign that people and keyboards put between the parts: bytes of it, or 0. */
static size_t dash_at(const char *s)
{
	static const char *const dashes[] = { "-", "_", "‐", "‑", "‒", "–", "—", "―", "−" };

	for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++) {
		if (str_starts(s, dashes[i]))
			return strlen(dashes[i]);
	}
	return 0;
}

/* Letters and digits in a row, as ticket_number() would write them; NULL when they are no number. */
static const char *number_of(struct arena *a, const char *plain)
{
	size_t n = strlen(plain), head = n > NUMBER_DIGITS + 1 ? n - NUMBER_DIGITS - 1 : 0;
	const char *digits = plain + head + 1;

	if (head == 0 || strspn(plain, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != n)
		return NULL;
	if (strspn(digits, "0123456789") != NUMBER_DIGITS || plain[head] < 'A' || plain[head] > 'Z')
		return NULL;
	if (plain[n - 1] - '0' != check_digit(arena_strndup(a, digits, NUMBER_DIGITS - 1)))
		return NULL;
	return arena_printf(a, "%s-%c-%.8s-%.6s-%c", arena_strndup(a, plain, head), plain[head], digits, digits + 8,
		plain[n - 1]);
}

bool ticket_number_ok(struct arena *a, const char *typed, const char **ret)
{
	const char *s = text_fold_width(a, typed), *no;
	struct str o, plain;

	str_init(&o, a, 64);
	str_init(&plain, a, 64);
	for (; *s; s++) {
		char ch = *s >= 'a' && *s <= 'z' ? (char)(*s - 32) : *s;
		size_t dash = dash_at(s);

		if (dash > 0)
			str_addc(&o, '-');
		else if (ch != ' ' && ch != '\t') {
			str_addc(&o, ch);
			str_addc(&plain, ch);
		}
		s += dash > 1 ? dash - 1 : 0;
	}
	*ret = o.s;
	no = o.over || plain.over ? NULL : number_of(a, plain.s);
	if (no != NULL)
		*ret = no;
	return no != NULL;
}
