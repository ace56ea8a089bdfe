/* states_why - see states_why.h. */
#include "states_why.h"

#include <string.h>

#include "states_guards.h"

#define RULE(name, cond)                                                                                              \
	static bool name(const struct facts *f, const struct actor *who, const struct act *act)                       \
	{                                                                                                             \
		(void)f, (void)who, (void)act;                                                                        \
		return cond;                                                                                          \
	}

RULE(objected, f->unit_objected)
RULE(petition, f->petition)
RULE(asked, f->extension_days > 0)
RULE(late, f->reply_late)
RULE(longest, f->reply_max > 0 && f->reply_amount >= f->reply_max)
RULE(too_long, act && f->reply_amount + act->days > f->reply_max)
RULE(nothing_asked, f->extension_days == 0)
RULE(asked_by_me, who->officer_id == f->extension_by)
RULE(no_holding, f->holding_author == 0)
RULE(rated, f->rated)
RULE(asked_enough, f->follow_ups >= FOLLOW_UPS_MAX)
RULE(window_open, f->rate_window_open)
RULE(nudged, f->nudged)
RULE(no_addition, f->added_author == 0)
RULE(addition_waits, f->added_author != 0)
RULE(proposed, f->proposal >= 0)
RULE(round_one, f->round == 1)
RULE(withdrawn, f->ex_officio)
RULE(kept_private, !f->publish_ok)
RULE(written_by_me, who->officer_id == f->reply_author)
RULE(passed_by_me, f->passed)

/* The first row of a guard whose rule holds; a row without one always does. */
static const struct { const char *guard; guard_fn *when; const char *text; int code; } refusals[] = {
	{ "NOT_ASKED_YET", NULL, "已经要求补充过一次，不能再次要求", ERR_STATE },
	{ "LAPSED", NULL, "补充期限还没有到", ERR_STATE },
	{ "FIRST_OF_TWO", proposed, "已经有人提出，等待另一位工作人员确认（判为无效由督办员确认）", ERR_DENIED },
	{ "FIRST_OF_TWO", NULL, "这封信已经答复过", ERR_DENIED },
	{ "MASTER_OPEN", NULL, "主件不存在、已办结，或就是这封信本身；答复过的信也不能并入别的信", ERR_INVALID },
	{ "PROPOSED", NULL, "没有等待确认的提议", ERR_STATE },
	{ "NOT_ANSWERED", withdrawn, "写信人已经撤回，依职权继续办理的投诉不改类型", ERR_STATE },
	{ "NOT_ANSWERED", round_one, "请选择另一种类型", ERR_INVALID },
	{ "NOT_ANSWERED", NULL, "这封信已经答复过", ERR_STATE },
	{ "CONSULTS", NULL, "当场答复只用于咨询，其他来信请分办给承办单位", ERR_INVALID },
	{ "MAY_OBJECT", objected, "本单位已经提出过异议，不能再提", ERR_STATE },
	{ "MAY_OBJECT", NULL, "异议期已过", ERR_STATE },
	{ "NOT_PETITION", petition, "已经认定为信访事项", ERR_STATE },
	{ "NOT_PETITION", NULL, "这封信已经答复过", ERR_STATE },
	{ "IS_PETITION", petition, "这封信已经答复过", ERR_STATE },
	{ "IS_PETITION", NULL, "这封信没有认定为信访事项", ERR_STATE },
	{ "OTHER_UNIT", NULL, "请选择另一个单位，或维持分办", ERR_INVALID },
	{ "NO_HOLDING", NULL, "已有一份说明等待审核", ERR_STATE },
	{ "HOLDING_OTHER", no_holding, "没有等待审核的说明", ERR_DENIED },
	{ "HOLDING_OTHER", NULL, "您就是起草人，要由另一位审核人决定", ERR_DENIED },
	{ "MAY_EXTEND", asked, "不能再次申请延期：已有一份申请等待审批", ERR_STATE },
	{ "MAY_EXTEND", late, "不能延期：答复期限已过", ERR_STATE },
	{ "MAY_EXTEND", longest, "不能延期：已经延到最长期限", ERR_STATE },
	{ "MAY_EXTEND", too_long, "不能延期这么久：会超过最长期限", ERR_STATE },
	{ "MAY_EXTEND", NULL, "不能延期：没有正在计算的答复期限", ERR_STATE },
	{ "EXTENSION_OPEN", nothing_asked, "没有等待审批的延期", ERR_DENIED },
	{ "EXTENSION_OPEN", asked_by_me, "您就是申请人，要由另一位审核人审批", ERR_DENIED },
	{ "EXTENSION_OPEN", NULL, "超出部门权限，需主管单位审批", ERR_DENIED },
	{ "CO_UNSIGNED", NULL, "本单位没有等待签收的协办", ERR_STATE },
	{ "CO_UNANSWERED", NULL, "本单位没有等待提交的协办意见", ERR_STATE },
	{ "OWN_UNDECIDED", NULL, "只有提交答复的人，在审核之前可以收回", ERR_DENIED },
	{ "NOT_PASSED", NULL, "这一级审核要由另一位审核人完成", ERR_DENIED },
	{ "NO_ADDED", NULL, "已有一份补充或更正等待审核", ERR_STATE },
	{ "ADDED_OTHER", no_addition, "没有等待审核的补充或更正", ERR_DENIED },
	{ "ADDED_OTHER", NULL, "这一级审核要由另一位审核人完成", ERR_DENIED },
	{ "COMPLAINT", NULL, "只有投诉可以依职权继续办理", ERR_STATE },
	{ "NOT_AUTHOR", written_by_me, "答复是您起草的，要由另一位审核人审核", ERR_DENIED },
	{ "NOT_AUTHOR", passed_by_me, "上一级是您审核的，这一级要由另一位审核人完成", ERR_DENIED },
	{ "NOT_AUTHOR", NULL, "这一级审核要由另一位审核人完成", ERR_DENIED },
	{ "RATED_BAD", rated, "本轮已经评价过", ERR_STATE },
	{ "RATED_BAD", NULL, "评价期已过", ERR_STATE },
	{ "MAY_ASK", asked_enough, "追问次数已用完", ERR_STATE },
	{ "MAY_ASK", NULL, "已过追问期限", ERR_STATE },
	{ "WINDOW_OVER", window_open, "评价期还没有结束", ERR_STATE },
	{ "WINDOW_OVER", NULL, "还有未兑现的承诺", ERR_STATE },
	{ "PUB_SETTLED", addition_waits, "补充或更正的审核还没有完成", ERR_STATE },
	{ "PUB_SETTLED", NULL, "公开审查还没有完成", ERR_STATE },
	{ "FIRST_ROUND", NULL, "这封信已经答复过，不能撤回", ERR_STATE },
	{ "MAY_NUDGE", nudged, "这一轮已经催过一次", ERR_STATE },
	{ "MAY_NUDGE", NULL, "办理时间过半以后才能催", ERR_STATE },
	{ "FEEDBACK_DUE", NULL, "没有等待反馈的督办", ERR_STATE },
	{ "NO_ORDER", NULL, "这封信的督办令还没有办结，先看承办单位的反馈", ERR_STATE },
	{ "ORDER_NEW", NULL, "没有等待签收的督办令", ERR_STATE },
	{ "FEEDBACK_GIVEN", NULL, "没有等待认可的督办反馈", ERR_STATE },
	{ "PROMISE_OPEN", NULL, "没有未兑现的承诺", ERR_STATE },
	{ "NOT_PUB_AUTHOR", NULL, "起草人、承办人不能审查自己的公开稿", ERR_DENIED },
	{ "FROM_LEAVER", NULL, "移交在人员页面上进行，一次移交一个人名下的全部信件", ERR_INVALID },
	{ "HAS_RECUSAL", NULL, "这封信没有回避的单位或人员", ERR_STATE },
	{ "FULL_ALLOWED", kept_private, "写信人不同意公开来信内容", ERR_DENIED },
	{ "FULL_ALLOWED", NULL, "起草人、承办人不能审查自己的公开稿", ERR_DENIED },
};

/* Guards that ask the same, and of the level besides. */
static const struct { const char *guard, *as; } same[] = {
	{ "LAST_LEVEL", "NOT_AUTHOR" }, { "ADDED_LAST", "ADDED_OTHER" },
};

int states_why(const char *guard, const char *button, const struct facts *f, const struct actor *who,
               const struct act *act)
{
	for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
		if (strcmp(same[i].guard, guard) == 0)
			guard = same[i].as;
	}
	for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
		if (strcmp(refusals[i].guard, guard) == 0 && (!refusals[i].when || refusals[i].when(f, who, act)))
			return err_say(refusals[i].code, "%s", refusals[i].text);
	}
	return err_say(ERR_STATE, "现在不能%s", button);
}
