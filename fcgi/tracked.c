/* tracked - see tracked.h. */
#include "tracked.h"

#include "clock.h"
#include "show.h"
#include "text.h"

#define NOTE_CHARS 80

static int load_clocks(struct page *p, struct tracked *t)
{
	struct q_timer_open_of *rows;
	size_t n;
	int rc = q_timer_open_of(p->db, p->a, t->id, &rows, &n);

	t->accept_by = t->supplement_by = t->rate_by = t->half_on = DAY_NONE;
	for (size_t i = 0; rc == 0 && i < n; i++) {
		if (str_eq(rows[i].state, "paused"))
			continue;
		if (str_eq(rows[i].kind, "accept"))
			t->accept_by = rows[i].due_on;
		else if (str_eq(rows[i].kind, "supplement"))
			t->supplement_by = rows[i].due_on;
		else if (str_eq(rows[i].kind, "rate"))
			t->rate_by = rows[i].due_on;
		else if (str_eq(rows[i].kind, "reply"))
			t->half_on = sla_half(t->wt->cal, rows[i].start_on, rows[i].due_on, rows[i].amount_unit[0]);
	}
	return rc;
}

/* A letter that goes on without its writer ends for the writer where it was withdrawn. */
static void leave_at_withdrawal(struct tracked *t)
{
	size_t n = 0;

	if (!t->facts.ex_officio)
		return;
	while (n < t->events_n && !str_eq(t->events[n].action, states_action_code(ACT_WITHDRAW)))
		n++;
	t->events_n = n < t->events_n ? n + 1 : n;
	t->replies_n = 0;
	t->t.state = TICKET_WITHDRAWN;
	t->letter.unit_name = NULL;
	t->letter.replied_at = TIME_NONE;
}

static void add_due(struct tracked *t)
{
	enum ticket_state s = t->t.state;

	/* While it waits the clock stands still: the day will be a later one. */
	t->due_on = states_open(s) && s != TICKET_SUPPLEMENT && s != TICKET_SUSPENDED ? t->t.due_on : DAY_NONE;
	t->late = t->due_on != DAY_NONE && t->due_on < t->today;
}

int tracked_load(struct page *p, int64_t id, struct tracked *ret)
{
	struct tracked *t = ret;
	int rc;

	*t = (struct tracked){ .id = id, .today = clock_day(p->now) };
	if ((rc = ticket_facts(p->db, p->a, id, &ACTOR_CITIZEN, &t->t, &t->facts)) != 0)
		return rc;
	t->wt = worktime_last(); /* the facts rest on it */
	if ((rc = q_track_get(p->db, p->a, id, &t->letter)) != 0 ||
	    (rc = q_track_events(p->db, p->a, id, &t->events, &t->events_n)) != 0 ||
	    (rc = q_track_replies(p->db, p->a, id, &t->replies, &t->replies_n)) != 0 ||
	    (rc = load_clocks(p, t)) != 0)
		return rc;
	leave_at_withdrawal(t);
	add_due(t);
	return 0;
}

bool tracked_may(const struct tracked *t, enum action action)
{
	enum action offered[ACT__MAX];
	size_t n = states_offered(&t->facts, &ACTOR_CITIZEN, offered);

	for (size_t i = 0; i < n; i++) {
		if (offered[i] == action)
			return true;
	}
	return false;
}

const char *tracked_unit(const struct tracked *t)
{
	return t->letter.unit_name != NULL ? t->letter.unit_name : "";
}

const char *tracked_state(const struct tracked *t)
{
	enum ticket_state s = t->t.state;

	if (s == TICKET_OBJECTED)
		s = TICKET_HANDLING;
	else if (s == TICKET_ARCHIVED)
		s = TICKET_CLOSED;
	return states_code(s);
}

bool tracked_told(const struct q_track_events *e)
{
	enum action action = states_action_from(e->action);

	if (action >= ACT__MAX || states_action_told(action)[0] == '\0')
		return false;
	/* The first of two persons, or of two levels, has only proposed. */
	if (action == ACT_RECUSE || action == ACT_APPROVE_ADDED)
		return e->public_note != NULL;
	if (action == ACT_REFUSE)
		return str_eq(e->to_state, states_code(TICKET_REFUSED));
	if (action == ACT_APPROVE_REPLY)
		return str_eq(e->to_state, states_code(TICKET_REPLIED));
	return true;
}

const char *tracked_next(struct arena *a, const struct tracked *t)
{
	const char *unit = t->letter.unit_name != NULL ? t->letter.unit_name : "承办单位";

	switch (t->t.state) {
	case TICKET_SUBMITTED:
		return t->accept_by == DAY_NONE ? "登记人员正在看您的信。"
			: arena_printf(a, "登记人员正在看您的信，最迟 %s告诉您是否受理。", show_day(a, t->accept_by, t->today));
	case TICKET_SUPPLEMENT:
		return "请在下面补充，补充以后继续办理。";
	case TICKET_ACCEPTED:
		return "已经受理，正在确定由哪个单位办理。";
	case TICKET_ASSIGNED:
		return arena_printf(a, "已经转给%s，等它签收。", unit);
	case TICKET_HANDLING:
	case TICKET_OBJECTED:
		return arena_printf(a, "%s正在调查处理、起草答复。", unit);
	case TICKET_IN_REVIEW:
		return "答复已经写好，正在由另一个人审核。";
	case TICKET_SUBMITTED_UP:
		return "答复意见已报上级审核，上级同意后告诉您。";
	case TICKET_SUSPENDED:
		return "暂时停办，原因消除后继续办理，答复期限随之顺延。";
	case TICKET_REPLIED:
		return tracked_may(t, ACT_RATE) ? "请看答复，并告诉我们问题解决了没有。"
			: tracked_may(t, ACT_ASK_FOLLOW_UP) ? "您的评价已转给登记人员核查。没有答清楚的，可以追问一次。" : "";
	default:
		return "";
	}
}

/* The note of the last event of that action. */
static const char *note_of(const struct tracked *t, enum action action, const char *to_state)
{
	const char *code = states_action_code(action);

	for (size_t i = t->events_n; i-- > 0;) {
		const struct q_track_events *e = &t->events[i];

		if (str_eq(e->action, code) && str_eq(e->to_state, to_state) && e->public_note != NULL)
			return e->public_note;
	}
	return "";
}

const char *tracked_reason(const struct tracked *t)
{
	switch (t->t.state) {
	case TICKET_REFUSED:
		return note_of(t, ACT_REFUSE, states_code(TICKET_REFUSED));
	case TICKET_MERGED:
		return note_of(t, ACT_MERGE, states_code(TICKET_MERGED));
	case TICKET_SUSPENDED:
		return note_of(t, ACT_SUSPEND, states_code(TICKET_SUSPENDED));
	default:
		return "";
	}
}

static struct timeline_step step_of(struct arena *a, const struct tracked *t, const struct q_track_events *e)
{
	return (struct timeline_step){ .when = show_moment(a, e->at, t->today), .when_iso = clock_fmt_iso(a, e->at),
		.what = states_action_told(states_action_from(e->action)), .who = e->unit_name != NULL ? e->unit_name : "",
		.note = e->public_note != NULL ? text_cut(a, e->public_note, NOTE_CHARS) : "" };
}

struct part_timeline tracked_timeline(struct arena *a, const struct tracked *t)
{
	struct timeline_step *steps = arena_array(a, t->events_n + 1, sizeof(*steps));
	size_t n = 0;

	for (size_t i = 0; i < t->events_n; i++) {
		if (tracked_told(&t->events[i]))
			steps[n++] = step_of(a, t, &t->events[i]);
	}
	if (n > 0)
		steps[n - 1].now = true;
	if (t->due_on != DAY_NONE)
		steps[n++] = (struct timeline_step){ .when = arena_printf(a, "最迟 %s", show_day(a, t->due_on, t->today)),
			.when_iso = "", .what = "答复", .who = tracked_unit(t), .note = "", .ahead = true, .late = t->late };
	return (struct part_timeline){ steps, n };
}

const char *tracked_answer(const struct tracked *t)
{
	for (size_t i = t->replies_n; i-- > 0;) {
		if (str_eq(t->replies[i].kind, "final"))
			return t->replies[i].body;
	}
	return NULL;
}
