/* effects_watch - see effects_parts.h: what supervisors do to a letter, what its unit owes them, and the signs on it
 * that lists of supervision go by. */
#include "effects_parts.h"

#include "clock.h"
#include "queries.h"
#include "timers.h"
#include "watch.h"

int effect_sign_on(struct change *c, int64_t ticket_id, unsigned sign)
{
	return q_ticket_sign(c->db, sign, ticket_id, NULL);
}

static const char *level_of(enum action a)
{
	switch (a) {
	case ACT_URGE:
		return "urge";
	case ACT_SUPERVISE:
		return "supervise";
	case ACT_CIRCULARISE:
		return "circular";
	default:
		return "remind";
	}
}

int effect_press(struct change *c)
{
	const char *level = level_of(c->act->action);
	int r = q_supervision_add(c->db, c->t.id, level, c->t.unit_id, effect_officer(c), c->now, effect_text(c), NULL);

	if (r == 0)
		r = q_ticket_pressed(c->db, level, c->t.id, NULL);
	/* What a circular that is being issued tells the letter stands in that one. */
	if (r == 0 && c->act->action == ACT_CIRCULARISE && c->t.unit_id && !c->act->which)
		r = watch_circular_put(c->db, c->t.id, c->t.unit_id, effect_officer(c), effect_text(c), c->now);
	return r;
}

/* A day for the report that can be kept, and is not forgotten. */
static int check_day(const struct change *c)
{
	if (c->act->on != DAY_NONE && c->act->on < c->today)
		return err_say(ERR_INVALID, "反馈期限不能早于今天");
	if (c->act->on != DAY_NONE && c->act->on > c->today + WATCH_ORDER_DAYS_MAX)
		return err_say(ERR_INVALID, "反馈期限最远 %d 天", WATCH_ORDER_DAYS_MAX);
	return 0;
}

int effect_order(struct change *c)
{
	int r = check_day(c);

	if (r == 0 && !c->t.unit_id)
		r = err_say(ERR_STATE, "这封信还没有承办单位，先分办再督办");
	return r < 0 ? r : effect_press(c);
}

/* The order carries the day of the clock that has just been started. */
int effect_order_after(struct change *c)
{
	struct q_feedback_due due;
	int64_t seq, id;
	int year, month, day;
	int r = q_feedback_due(c->db, c->a, c->t.id, &due);

	if (r < 0)
		return r == ERR_NOTFOUND ? err_say(ERR_STATE, "没有督办反馈的期限规则，请填写反馈期限") : r;
	clock_civil(c->today, &year, &month, &day);
	r = watch_number(c->db, c->a, WATCH_ORDER, year, &seq);
	if (r == 0)
		r = q_order_add(c->db, year, seq, c->t.id, c->t.unit_id, effect_text(c), due.due_on, effect_officer(c),
			c->now, &id);
	return r;
}

static int open_order(struct change *c, int64_t *ret_id)
{
	struct q_order_open_of row;
	int r = q_order_open_of(c->db, c->a, c->t.id, &row);

	*ret_id = r == 0 ? row.id : 0;
	return r == ERR_NOTFOUND ? 0 : r;
}

int effect_receive_order(struct change *c)
{
	int64_t id;
	int r = open_order(c, &id);

	return r < 0 ? r : q_order_receive(c->db, effect_officer(c), c->now, id, NULL);
}

int effect_feedback(struct change *c)
{
	int64_t id = 0;
	int r = q_supervision_feedback(c->db, effect_text(c), c->now, c->t.id, NULL);

	if (r == 0)
		r = open_order(c, &id);
	if (r < 0 || id == 0)
		return r;
	r = q_order_feedback_add(c->db, id, effect_text(c), effect_officer(c), c->now, id, NULL);
	return r < 0 ? r : q_order_answer(c->db, effect_officer(c), c->now, id, NULL);
}

int effect_accept_feedback(struct change *c)
{
	int64_t id;
	int r = open_order(c, &id);

	if (r == 0)
		r = q_order_feedback_decide(c->db, "accepted", effect_text(c), effect_officer(c), c->now, id, NULL);
	return r < 0 ? r : q_order_accept(c->db, effect_officer(c), c->now, id, NULL);
}

int effect_return_feedback(struct change *c)
{
	int64_t id;
	int r = check_day(c);

	if (r == 0)
		r = open_order(c, &id);
	return r < 0 ? r : q_order_feedback_decide(c->db, "returned", effect_text(c), effect_officer(c), c->now, id, NULL);
}

int effect_return_feedback_after(struct change *c)
{
	struct q_feedback_due due;
	int64_t id;
	int r = open_order(c, &id);

	if (r == 0)
		r = q_feedback_due(c->db, c->a, c->t.id, &due);
	return r < 0 ? r : q_order_return(c->db, due.due_on, id, NULL);
}

/* Steps that press a unit, or only say something: the letter lies where it lay. */
static bool moves(enum action a)
{
	switch (a) {
	case ACT_NUDGE:
	case ACT_REMIND:
	case ACT_URGE:
	case ACT_SUPERVISE:
	case ACT_CIRCULARISE:
	case ACT_RECEIVE_ORDER:
	case ACT_FEEDBACK:
	case ACT_ACCEPT_FEEDBACK:
	case ACT_RETURN_FEEDBACK:
	case ACT_INSTRUCT:
	case ACT_LIFT_RECUSAL:
		return false;
	default:
		return true;
	}
}

/* What was demanded of a unit that has lost the letter, or of a letter that has ended otherwise, is void. */
static bool voids(const struct change *c)
{
	bool lost = c->before.unit_id && c->t.unit_id != c->before.unit_id;
	bool ended = c->t.state != c->before.state && (c->t.state == TICKET_WITHDRAWN || c->t.state == TICKET_MERGED
		|| c->t.state == TICKET_INVALID || c->t.state == TICKET_REFUSED);

	return c->facts.order != ORDER_NONE && (lost || ended);
}

int effect_watched(struct change *c)
{
	int r = moves(c->act->action) ? q_ticket_moved(c->db, c->today, c->t.id, NULL) : 0;

	return r == 0 && voids(c) ? q_order_void(c->db, c->now, c->t.id, NULL) : r;
}
