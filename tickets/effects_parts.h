/* effects_parts - the effects that do not stand in effects.c, one function an action, and what they share. For
 * effects*.c alone. */
#ifndef EFFECTS_PARTS_H
#define EFFECTS_PARTS_H

#include "ticket.h"

/* How far ahead, in days of the calendar, somebody may put off: the next word to the writer (the three months of the
 * veto, 国办秘函〔2019〕19号), the end of a suspension, what is promised in a plan. */
#define EFFECT_HOLDING_DAYS_MAX 90
#define EFFECT_SUSPEND_DAYS_MAX 365
#define EFFECT_PROMISE_DAYS_MAX (3 * 366)

/* What was written, "" for nothing; who acts, 0 for who is no officer. */
const char *effect_text(const struct change *c);
int64_t effect_officer(const struct change *c);
/* A remark for the office, instead of the text that was typed. */
void effect_remark(struct change *c, const char *remark);
/* What a unit asked for while it was handling ends. */
int effect_drop_requests(struct change *c) MUST_CHECK;

/* effects_unit.c */
/* Must the unit keep away from this letter, or from one that is merged under it? */
enum effect_recused { EFFECT_NOT_RECUSED, EFFECT_RECUSED, EFFECT_RECUSED_UNDER };
int effect_unit_recused(struct change *c, int64_t unit_id, enum effect_recused *ret) MUST_CHECK;
/* The unit's name, when it may be given this letter; else ERR_INVALID. */
int effect_takes_letters(struct change *c, int64_t unit_id, const char **ret_name) MUST_CHECK;
int effect_assign(struct change *c) MUST_CHECK;
int effect_recall(struct change *c) MUST_CHECK;
int effect_co_sign(struct change *c) MUST_CHECK;
int effect_co_opinion(struct change *c) MUST_CHECK;
int effect_invite_co(struct change *c) MUST_CHECK;
int effect_sign(struct change *c) MUST_CHECK;
int effect_object(struct change *c) MUST_CHECK;
int effect_uphold(struct change *c) MUST_CHECK;
int effect_reject_objection(struct change *c) MUST_CHECK;

/* effects_recusal.c */
int effect_recuse(struct change *c) MUST_CHECK;
int effect_lift_recusal(struct change *c) MUST_CHECK;
/* Nothing of the former unit goes along to the next one: drafts, requests, objection, suspension, assignments. */
int effect_take_away(struct change *c) MUST_CHECK;

/* effects_merge.c */
int effect_merge(struct change *c) MUST_CHECK;
int effect_unmerge(struct change *c) MUST_CHECK;
int effect_continue(struct change *c) MUST_CHECK;

/* effects_reply.c */
/* What is promised for a day is not promised for one that has passed: ERR_INVALID. */
int effect_check_promise(const struct change *c) MUST_CHECK;
int effect_holding_reply(struct change *c) MUST_CHECK;
int effect_approve_holding(struct change *c) MUST_CHECK;
int effect_return_holding(struct change *c) MUST_CHECK;
int effect_submit_reply(struct change *c) MUST_CHECK;
int effect_recall_reply(struct change *c) MUST_CHECK;
int effect_add_reply(struct change *c) MUST_CHECK;
int effect_approve_added(struct change *c) MUST_CHECK;
int effect_return_added(struct change *c) MUST_CHECK;
int effect_return_reply(struct change *c) MUST_CHECK;
int effect_approve_reply(struct change *c) MUST_CHECK;

/* effects_watch.c */
/* A sign (watch.h) on this letter, or on another one. */
int effect_sign_on(struct change *c, int64_t ticket_id, unsigned sign) MUST_CHECK;
/* Reminding, urging, a circular. */
int effect_press(struct change *c) MUST_CHECK;
int effect_order(struct change *c) MUST_CHECK;
/* ..._after: once the clocks have moved. */
int effect_order_after(struct change *c) MUST_CHECK;
int effect_receive_order(struct change *c) MUST_CHECK;
int effect_feedback(struct change *c) MUST_CHECK;
int effect_accept_feedback(struct change *c) MUST_CHECK;
int effect_return_feedback(struct change *c) MUST_CHECK;
int effect_return_feedback_after(struct change *c) MUST_CHECK;
/* After every change: since when nothing moves, and orders that are void with it. */
int effect_watched(struct change *c) MUST_CHECK;

#endif
