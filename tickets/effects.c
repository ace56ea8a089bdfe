/* effects - see effects.h. What belongs to units, to answers and to recusals stands in effects_*.c. */
#include "effects.h"

#include "clock.h"
#include "effects_parts.h"
#include "publish.h"
#include "queries.h"
#include "timers.h"
#include "triage.h"
#include "watch.h"

const char *effect_text(const struct change *c)
{
	return c->act->text ? c->act->text : "";
}

int64_t effect_officer(const struct change *c)
{
	return c->who->officer_id;
}

void effect_remark(struct change *c, const char *remark)
{
	c->office_note = remark;
}

static int do_request_supplement(struct change *c)
{
	c->public_note = effect_text(c);
	return q_supplement_ask(c->db, c->t.id, effect_text(c), c->now, NULL);
}

static int do_supply(struct change *c)
{
	c->public_note = effect_text(c);
	return q_supplement_answer(c->db, effect_text(c), c->now, c->t.id, NULL);
}

static int do_accept(struct change *c)
{
	c->t.accepted_at = c->now;
	return 0;
}

/* The first of two persons leaves a proposal; the second's step leads on. */
static int propose(struct change *c)
{
	return q_proposal_put(c->db, c->t.id, states_action_code(c->act->action), effect_officer(c), c->now, c->act->reason,
	                      effect_text(c), NULL);
}

static int do_refuse(struct change *c)
{
	c->reason = c->act->reason;
	if (c->move.to == c->before.state)
		return propose(c);
	c->t.reason_code = c->act->reason;
	c->t.due_on = DAY_NONE;
	c->public_note = triage_refusal(c->a, c->act->reason, effect_text(c));
	return 0;
}

static int do_supplement_lapse(struct change *c)
{
	c->t.reason_code = c->reason = "unclear";
	c->t.due_on = DAY_NONE;
	return 0;
}

static int do_mark_invalid(struct change *c)
{
	if (c->move.to == c->before.state)
		return propose(c);
	c->t.due_on = DAY_NONE;
	return 0;
}

/* Like accept, assign to the registrar's own unit, sign and submit_reply, by one hand; so somebody else has to be there
 * who can approve it. */
static int do_answer_at_once(struct change *c)
{
	struct q_other_reviewers others;
	const char *unit;
	int64_t id;
	int r = effect_takes_letters(c, c->who->unit_id, &unit);

	if (r == 0)
		r = q_other_reviewers(c->db, c->a, c->who->unit_id, effect_officer(c), &others);
	if (r == 0 && others.n == 0)
		return err_say(ERR_INVALID, "“%s”没有另一位部门审核人，当场的答复没有人审核；请分办给承办单位", unit);
	if (r == 0)
		r = effect_check_promise(c);
	if (r < 0)
		return r;
	if (c->t.accepted_at == TIME_NONE)
		c->t.accepted_at = c->now;
	c->t.unit_id = c->who->unit_id;
	c->t.handler_id = effect_officer(c);
	if ((r = q_assignment_add(c->db, c->t.id, c->t.unit_id, "main", c->t.round, c->now, NULL)) < 0 ||
	    (r = q_assignment_sign(c->db, c->now, effect_officer(c), c->t.id, NULL)) < 0)
		return r;
	return q_reply_add(c->db, c->t.id, c->t.round, "final", "in_review", c->t.unit_id, effect_officer(c), c->act->reply,
	                   c->act->result, c->act->on, c->now, TIME_NONE, &id);
}

/* What a unit asked for while it was handling ends with that: it must not move the clock of the next round, nor be said
 * in the name of another unit. */
int effect_drop_requests(struct change *c)
{
	int r = q_extension_lapse(c->db, c->now, c->t.id, NULL);

	return r < 0 ? r : q_holding_lapse(c->db, c->t.id, NULL);
}

static int do_request_extension(struct change *c)
{
	return q_extension_add(c->db, c->t.id, c->act->days, effect_text(c), effect_officer(c), c->now, c->t.due_on, NULL);
}

static int do_drop_proposal(struct change *c)
{
	effect_remark(c, arena_printf(c->a, "%s：%s", states_action_button((enum action)c->facts.proposal), effect_text(c)));
	return q_proposal_drop(c->db, c->t.id, NULL);
}

/* Two persons stay two when the type is changed meanwhile. The day that was promised is worked out again. */
static int do_retype(struct change *c)
{
	c->t.type = states_type_from(c->act->reason);
	if (states_type_two(c->before.type))
		c->t.marks |= TICKET_TWO;
	c->public_note = arena_printf(c->a, "按“%s”办理", states_type_name(c->t.type));
	effect_remark(c, arena_printf(c->a, "原来是“%s”。%s", states_type_name(c->before.type), effect_text(c)));
	if (c->t.state == TICKET_SUBMITTED) {
		c->t.due_on = worktime_promise(c->wt, c->t.type, c->t.received_on, &c->t.due_provisional);
		if (c->facts.instructed_on != DAY_NONE && c->facts.instructed_on < c->t.due_on)
			c->t.due_on = c->facts.instructed_on;
	}
	return q_ticket_retype(c->db, states_type_code(c->t.type), c->t.id, NULL);
}

static int do_deny_extension(struct change *c)
{
	return q_extension_decide(c->db, "denied", effect_officer(c), c->now, DAY_NONE, c->t.id, NULL);
}

/* The writer reads why, and until when it is likely to last. */
static int do_suspend(struct change *c)
{
	const char *why = states_reason("suspend", c->act->reason);
	int32_t until = c->act->on;

	if (until != DAY_NONE && until <= c->today)
		return err_say(ERR_INVALID, "预计恢复的日期应在今天之后");
	if (until != DAY_NONE && until > c->today + EFFECT_SUSPEND_DAYS_MAX)
		return err_say(ERR_INVALID, "预计恢复的日期最远 %d 天；到时候还不能恢复的，可以再次中止", EFFECT_SUSPEND_DAYS_MAX);
	c->reason = c->act->reason;
	c->public_note = until == DAY_NONE ? why
		: arena_printf(c->a, "%s，预计%s恢复办理", why, clock_fmt_day_zh(c->a, until, c->today));
	return q_suspension_add(c->db, c->t.id, c->act->reason, c->now, c->act->on, NULL);
}

static int do_resume(struct change *c)
{
	return q_suspension_end(c->db, c->now, c->t.id, NULL);
}

static int do_rate(struct change *c)
{
	int r = q_evaluation_add(c->db, c->t.id, c->t.round, c->act->grade, c->act->solved, effect_text(c), c->now, NULL);

	c->t.grade = c->act->grade;
	if (c->move.to == TICKET_CLOSED)
		c->t.closed_at = c->now;
	return r;
}

/* A unit that must keep away is not given the letter again. */
static int next_round(struct change *c)
{
	c->t.round++;
	c->t.closed_at = TIME_NONE;
	if (c->move.to != TICKET_ACCEPTED)
		return 0;
	c->t.unit_id = c->t.handler_id = 0;
	return q_assignment_end(c->db, c->now, c->t.id, NULL);
}

static int do_ask_follow_up(struct change *c)
{
	int r = next_round(c);

	c->public_note = effect_text(c);
	if (r == 0)
		r = effect_sign_on(c, c->t.id, WATCH_ASKED);
	return r < 0 ? r : q_follow_up_add(c->db, c->t.id, effect_text(c), c->now, NULL);
}

static int do_reopen(struct change *c)
{
	c->reason = c->act->reason;
	c->public_note = states_reason("reopen", c->act->reason);
	return next_round(c);
}

static int do_close(struct change *c)
{
	c->t.closed_at = c->now;
	return 0;
}

static int do_withdraw(struct change *c)
{
	c->t.due_on = DAY_NONE;
	return q_assignment_end(c->db, c->now, c->t.id, NULL);
}

static int do_nudge(struct change *c)
{
	int r = effect_sign_on(c, c->t.id, WATCH_NUDGED);

	return r < 0 ? r : q_nudge_add(c->db, c->t.id, c->t.round, c->now, NULL);
}

/* Somebody of the main unit who drafts answers and is there. */
static int is_handler(struct change *c, const char **ret_name)
{
	struct q_unit_handler row;
	int r = q_unit_handler(c->db, c->a, c->act->officer_id, c->t.unit_id, c->t.id, &row);

	if (r == ERR_NOTFOUND)
		return err_say(ERR_INVALID, "只能交给承办单位的在职承办人，要回避的除外");
	if (r == 0)
		*ret_name = row.name;
	return r;
}

static int do_allot(struct change *c)
{
	const char *name;
	int r = is_handler(c, &name);

	if (r < 0)
		return r;
	if (c->t.handler_id == c->act->officer_id)
		return err_say(ERR_INVALID, "%s已经是这封信的承办人", name);
	c->t.handler_id = c->act->officer_id;
	c->office_note = arena_printf(c->a, "承办人：%s%s%s", name, *effect_text(c) ? "。" : "", effect_text(c));
	return 0;
}

/* The letter and the draft of who leaves pass to a colleague. What was handed in, asked for or proposed stays in the
 * name of who did it. */
static int do_hand_over(struct change *c)
{
	const char *name;
	int64_t drafts = 0;
	int r = is_handler(c, &name);

	if (r == 0)
		r = q_draft_pass(c->db, c->act->officer_id, c->t.id, c->act->leaver_id, &drafts);
	if (r < 0)
		return r;
	if (drafts == 0 && c->t.handler_id != c->act->leaver_id)
		return err_say(ERR_STATE, "这封信已经不在他名下");
	c->t.handler_id = c->act->officer_id;
	c->office_note = arena_printf(c->a, "移交给%s%s", name, drafts ? "，连同草稿" : "");
	return 0;
}

static int do_fulfil(struct change *c)
{
	c->public_note = effect_text(c);
	return 0;
}

static int do_withhold(struct change *c)
{
	c->reason = c->act->reason;
	c->t.reason_code = c->act->reason;
	return publish_decide(c, NULL);
}

static int do_approve_edition(struct change *c)
{
	return publish_decide(c, c->act->action == ACT_APPROVE_FULL ? "full" : "summary");
}

static int do_return_edition(struct change *c)
{
	return publish_return(c);
}

static int do_edit_edition(struct change *c)
{
	return publish_edit(c, c->act->ed_title, c->act->ed_body ? c->act->ed_body : "", c->act->ed_reply);
}

static int do_publish(struct change *c)
{
	return publish_put(c);
}

static int do_withdraw_pub(struct change *c)
{
	return publish_remove(c);
}

/* What the writer reads names the law's term; the reason is for the office. */
static int do_mark_petition(struct change *c)
{
	const struct sla_policy *p = worktime_policy(c->wt, "petition", c->t.type, c->t.unit_id, c->today);

	c->t.marks |= TICKET_PETITION;
	if (p)
		c->public_note = arena_printf(c->a, "按照《信访工作条例》办理，自受理之日起%s内答复",
		                              sla_term_words(c->a, p->amount, p->unit));
	return 0;
}

static int do_unmark_petition(struct change *c)
{
	c->t.marks &= ~TICKET_PETITION;
	c->public_note = "答复期限照来信的类型重新计算";
	return 0;
}

static int (*const before[ACT__MAX])(struct change *c) = {
	[ACT_REQUEST_SUPPLEMENT] = do_request_supplement, [ACT_SUPPLY] = do_supply,
	[ACT_SUPPLEMENT_LAPSE] = do_supplement_lapse, [ACT_ACCEPT] = do_accept, [ACT_REFUSE] = do_refuse,
	[ACT_DROP_PROPOSAL] = do_drop_proposal, [ACT_RETYPE] = do_retype,
	[ACT_MERGE] = effect_merge, [ACT_MARK_INVALID] = do_mark_invalid, [ACT_ASSIGN] = effect_assign,
	[ACT_SIGN] = effect_sign, [ACT_ANSWER_AT_ONCE] = do_answer_at_once,
	[ACT_OBJECT] = effect_object, [ACT_UPHOLD] = effect_uphold, [ACT_REJECT_OBJECTION] = effect_reject_objection,
	[ACT_HOLDING_REPLY] = effect_holding_reply, [ACT_APPROVE_HOLDING] = effect_approve_holding,
	[ACT_RETURN_HOLDING] = effect_return_holding, [ACT_REQUEST_EXTENSION] = do_request_extension,
	[ACT_DENY_EXTENSION] = do_deny_extension, [ACT_SUSPEND] = do_suspend, [ACT_RESUME] = do_resume,
	[ACT_SUBMIT_REPLY] = effect_submit_reply, [ACT_RETURN_REPLY] = effect_return_reply,
	[ACT_SUPERIOR_RETURN] = effect_return_reply, [ACT_APPROVE_REPLY] = effect_approve_reply,
	[ACT_SUPERIOR_APPROVE] = effect_approve_reply, [ACT_RATE] = do_rate, [ACT_ASK_FOLLOW_UP] = do_ask_follow_up,
	[ACT_REOPEN] = do_reopen, [ACT_CLOSE] = do_close, [ACT_WITHDRAW] = do_withdraw,
	[ACT_NUDGE] = do_nudge, [ACT_REMIND] = effect_press,
	[ACT_URGE] = effect_press, [ACT_SUPERVISE] = effect_order, [ACT_CIRCULARISE] = effect_press,
	[ACT_RECEIVE_ORDER] = effect_receive_order, [ACT_ACCEPT_FEEDBACK] = effect_accept_feedback,
	[ACT_RETURN_FEEDBACK] = effect_return_feedback,
	[ACT_FEEDBACK] = effect_feedback, [ACT_FULFIL] = do_fulfil, [ACT_ALLOT] = do_allot,
	[ACT_HAND_OVER] = do_hand_over, [ACT_EDIT_EDITION] = do_edit_edition,
	[ACT_APPROVE_FULL] = do_approve_edition, [ACT_APPROVE_SUMMARY] = do_approve_edition, [ACT_WITHHOLD] = do_withhold,
	[ACT_RETURN_EDITION] = do_return_edition,
	[ACT_PUBLISH] = do_publish, [ACT_WITHDRAW_PUB] = do_withdraw_pub, [ACT_RECUSE] = effect_recuse,
	[ACT_LIFT_RECUSAL] = effect_lift_recusal, [ACT_RECALL] = effect_recall, [ACT_CO_SIGN] = effect_co_sign,
	[ACT_CO_OPINION] = effect_co_opinion, [ACT_INVITE_CO] = effect_invite_co, [ACT_UNMERGE] = effect_unmerge,
	[ACT_CONTINUE] = effect_continue, [ACT_INTERIM_REPLY] = effect_holding_reply,
	[ACT_RECALL_REPLY] = effect_recall_reply, [ACT_ADD_REPLY] = effect_add_reply,
	[ACT_CORRECT_REPLY] = effect_add_reply, [ACT_APPROVE_ADDED] = effect_approve_added,
	[ACT_RETURN_ADDED] = effect_return_added, [ACT_MARK_PETITION] = do_mark_petition,
	[ACT_UNMARK_PETITION] = do_unmark_petition,
};

int effects_before(struct change *c)
{
	return before[c->act->action] ? before[c->act->action](c) : 0;
}

/* Before the answer's clock runs the day is what the writer was promised at most, and kept for that clock. */
static int want_by(struct change *c, int32_t day)
{
	bool waits = c->t.state == TICKET_SUBMITTED || c->t.state == TICKET_SUPPLEMENT;
	int r = 0;

	if (timers_find(c, TIMER_REPLY))
		r = timers_shorten(c, day);
	else if (!waits)
		return err_say(ERR_INVALID, "这封信现在没有在计算的答复期限，日期请留空");
	else if (day < c->today || (c->t.due_on != DAY_NONE && day > c->t.due_on))
		return err_say(ERR_INVALID, "领导批示只能缩短期限，且不能早于今天");
	else
		c->t.due_on = day;
	return r < 0 ? r : q_instruction_add(c->db, c->t.id, c->t.round, day, effect_officer(c), c->now, NULL);
}

static int instruct(struct change *c)
{
	int r = effect_sign_on(c, c->t.id, WATCH_LEADER);

	if (r < 0 || c->act->on == DAY_NONE)
		return r;
	effect_remark(c, arena_printf(c->a, "%s（要求%s前答复）", effect_text(c), clock_fmt_day_zh(c->a, c->act->on, c->today)));
	return want_by(c, c->act->on);
}

int effects_after(struct change *c)
{
	int32_t due;
	int r;

	if (c->act->action == ACT_INSTRUCT)
		return instruct(c);
	if (c->act->action == ACT_SUPERVISE)
		return effect_order_after(c);
	if (c->act->action == ACT_MARK_PETITION || c->act->action == ACT_UNMARK_PETITION || c->act->action == ACT_RETYPE)
		return timers_reterm(c);
	if (c->act->action == ACT_RETURN_FEEDBACK)
		return effect_return_feedback_after(c);
	if (c->act->action != ACT_APPROVE_EXTENSION)
		return 0;
	r = timers_extend(c, c->facts.extension_days, &due);
	if (r < 0)
		return r;
	c->public_note = arena_printf(c->a, "新的答复期限：%s", clock_fmt_day_zh(c->a, due, c->today));
	return q_extension_decide(c->db, "approved", effect_officer(c), c->now, due, c->t.id, NULL);
}
