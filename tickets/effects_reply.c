/* effects_reply - see effects_parts.h: what is written to the writer, and who agrees to it. */
#include "effects_parts.h"

#include "clock.h"
#include "draft.h"
#include "publish.h"
#include "queries.h"
#include "seal.h"
#include "states_guards.h"
#include "timers.h"

/* A promised day runs as a clock of its own until somebody shows that it was kept. */
static void promise(struct change *c, int32_t on)
{
	struct act *act = (struct act *)c->act;

	act->on = on;
	c->move.starts |= 1u << TIMER_PROMISE;
}

int effect_holding_reply(struct change *c)
{
	const char *kind = c->act->action == ACT_INTERIM_REPLY ? "interim" : "holding";
	int64_t id;

	if (c->act->on <= c->today)
		return err_say(ERR_INVALID, "下一次告知的日期应在今天之后");
	if (c->act->on > c->today + EFFECT_HOLDING_DAYS_MAX)
		return err_say(ERR_INVALID, "下一次告知最远 %d 天以后；还没有结果的，到时候再告知一次", EFFECT_HOLDING_DAYS_MAX);
	return q_reply_add(c->db, c->t.id, c->t.round, kind, "in_review", c->t.unit_id, effect_officer(c), effect_text(c),
	                   NULL, c->act->on, c->now, TIME_NONE, &id);
}

static struct db_blob sha_of(struct change *c, const char *body)
{
	const char *parts[] = { body };

	return seal_sha256(c->a, parts, 1);
}

static int decide_holding(struct change *c, const char *decision, const char *state)
{
	struct q_reply_waiting row;
	int r = q_reply_waiting(c->db, c->a, c->t.id, "holding", "interim", &row);

	if (r < 0)
		return r;
	if (str_eq(state, "approved") && row.next_on < c->today)
		return err_say(ERR_INVALID, "说明中写的日期已过，请退回修改");
	r = q_review_add(c->db, c->t.id, row.id, "department", decision, effect_officer(c), c->now, effect_text(c),
	                 sha_of(c, row.body), NULL);
	if (r == 0)
		r = q_reply_set_state(c->db, state, row.level, str_eq(state, "approved") ? c->now : TIME_NONE, row.id, NULL);
	if (str_eq(state, "approved")) {
		c->public_note = row.body;
		promise(c, row.next_on);
	}
	return r;
}

int effect_approve_holding(struct change *c)
{
	return decide_holding(c, "approved", "approved");
}

int effect_return_holding(struct change *c)
{
	return decide_holding(c, "returned", "returned");
}

int effect_check_promise(const struct change *c)
{
	if (!str_eq(c->act->result, "scheduled"))
		return 0;
	if (c->act->on < c->today)
		return err_say(ERR_INVALID, "承诺完成的日期不能早于今天");
	if (c->act->on > c->today + EFFECT_PROMISE_DAYS_MAX)
		return err_say(ERR_INVALID, "承诺完成的日期最远三年；更久的，请答复现在能做到的，不作承诺");
	return 0;
}

int effect_submit_reply(struct change *c)
{
	const struct draft_text text = { c->act->reply, c->act->result, c->act->on };
	struct draft d;
	int r = effect_check_promise(c);

	if (r == 0)
		r = draft_get(c->db, c->a, c->t.id, c->t.round, &d);
	if (r < 0)
		return r;
	if (c->act->draft_version && *c->act->draft_version != d.version)
		return err_set(ERR_CONFLICT, "another draft than the one that was read");
	c->t.handler_id = effect_officer(c);
	if (d.id)
		r = q_reply_submit(c->db, c->t.unit_id, effect_officer(c), text.body, text.result, text.on, c->now, d.id, NULL);
	else
		r = q_reply_add(c->db, c->t.id, c->t.round, "final", "in_review", c->t.unit_id, effect_officer(c), text.body,
		                text.result, text.on, c->now, TIME_NONE, &d.id);
	return r < 0 ? r : draft_record(c->db, c->a, d.id, d.version + 1, DRAFT_SUBMIT, effect_officer(c), &text,
	                                c->act->note ? c->act->note : "");
}

/* Whose review a level is; the superior's, whatever the level, when the step is the superior's. */
static const char *kind_of(const struct change *c, int64_t level)
{
	static const char *const kinds[] = { "department", "office", "superior" };

	if (c->act->action == ACT_SUPERIOR_RETURN || c->act->action == ACT_SUPERIOR_APPROVE)
		return "superior";
	return kinds[level < 2 ? level : 2];
}

static int review(struct change *c, const struct q_reply_in_review *row, const char *decision)
{
	int64_t id;
	int r = q_review_add(c->db, c->t.id, row->id, kind_of(c, row->level), decision, effect_officer(c), c->now,
	                     effect_text(c), sha_of(c, row->body), &id);

	for (size_t i = 0; r == 0 && str_eq(decision, "returned") && i < c->act->n_comments; i++) {
		const struct act_comment *w = &c->act->comments[i];

		r = q_review_comment_add(c->db, id, w->paragraph, w->quote, w->words, NULL);
	}
	return r;
}

int effect_return_reply(struct change *c)
{
	struct q_reply_in_review row;
	int r = q_reply_in_review(c->db, c->a, c->t.id, "final", &row);

	if (r < 0)
		return r;
	r = review(c, &row, "returned");
	if (r == 0)
		r = draft_record(c->db, c->a, row.id, row.version, DRAFT_RETURN, effect_officer(c),
		                 &(struct draft_text){ row.body, row.result_code, row.next_on }, "");
	return r < 0 ? r : q_reply_set_state(c->db, "returned", 0, TIME_NONE, row.id, NULL);
}

/* The answer becomes visible to its writer: its date is fixed, once and for all. */
static int answer(struct change *c, const struct q_reply_in_review *row)
{
	const struct timer *waiting = timers_find(c, TIMER_PROMISE);
	int r = q_reply_set_state(c->db, "approved", row->level + 1, c->now, row->id, NULL);

	c->t.result_code = row->result_code;
	/* "You hear again by" of this round is kept by the answer itself; a promise of an earlier answer goes on. */
	if (waiting && waiting->round == c->t.round)
		c->move.stops |= 1u << TIMER_PROMISE;
	if (str_eq(row->result_code, "scheduled") && row->next_on >= c->today)
		promise(c, row->next_on);
	if (c->t.replied_at == TIME_NONE) {
		c->t.replied_at = c->now;
		c->t.reply_workdays = calendar_between(c->wt->cal, clock_day(c->t.accepted_at), c->today);
	}
	return r < 0 ? r : publish_first_edition(c, row->body);
}

int effect_approve_reply(struct change *c)
{
	struct q_reply_in_review row;
	int r = q_reply_in_review(c->db, c->a, c->t.id, "final", &row);

	if (r < 0)
		return r;
	r = review(c, &row, "approved");
	if (r == 0 && c->move.to != TICKET_IN_REVIEW)
		r = effect_drop_requests(c);
	if (r < 0)
		return r;
	if (c->move.to == TICKET_REPLIED)
		return answer(c, &row);
	return q_reply_set_state(c->db, "in_review", row.level + 1, TIME_NONE, row.id, NULL);
}

/* Back on the desk of who handed it in, with the same words. */
int effect_recall_reply(struct change *c)
{
	struct q_reply_in_review row;
	int r = q_reply_in_review(c->db, c->a, c->t.id, "final", &row);

	return r < 0 ? r : q_reply_set_state(c->db, "draft", 0, TIME_NONE, row.id, NULL);
}

/* --- added to an answer --- */

/* What was wrong stands in the text itself: whoever approves it and the writer read the same words. */
int effect_add_reply(struct change *c)
{
	bool corrects = c->act->action == ACT_CORRECT_REPLY;
	const char *body = corrects ? arena_printf(c->a, "原答复有误：%s\n\n更正如下：%s", effect_text(c), c->act->reply)
	                            : c->act->reply;
	int64_t id;

	return q_reply_add(c->db, c->t.id, c->t.round, corrects ? "correction" : "supplementary", "in_review", c->t.unit_id,
	                   effect_officer(c), body, NULL, DAY_NONE, c->now, TIME_NONE, &id);
}

static int load_added(struct change *c, struct q_reply_waiting *ret)
{
	return q_reply_waiting(c->db, c->a, c->t.id, "supplementary", "correction", ret);
}

static int review_added(struct change *c, const struct q_reply_waiting *row, const char *decision)
{
	int64_t id;

	return q_review_add(c->db, c->t.id, row->id, kind_of(c, row->level), decision, effect_officer(c), c->now,
	                    effect_text(c), sha_of(c, row->body), &id);
}

int effect_return_added(struct change *c)
{
	struct q_reply_waiting row;
	int r = load_added(c, &row);

	if (r == 0)
		r = review_added(c, &row, "returned");
	return r < 0 ? r : q_reply_set_state(c->db, "returned", 0, TIME_NONE, row.id, NULL);
}

/* At the last level it becomes visible to the writer, and what is public goes back to review with it. */
int effect_approve_added(struct change *c)
{
	bool last = states_added_last(&c->facts);
	struct q_reply_waiting row;
	int r = load_added(c, &row);

	if (r == 0)
		r = review_added(c, &row, "approved");
	if (r == 0)
		r = q_reply_set_state(c->db, last ? "approved" : "in_review", row.level + 1, last ? c->now : TIME_NONE, row.id,
		                      NULL);
	if (r < 0 || !last)
		return r;
	c->public_note = str_eq(row.kind, "correction") ? "更正了答复" : "补充了答复";
	return publish_add(c, row.kind, row.body);
}
