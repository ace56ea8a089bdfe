/* tracked_todo - see tracked_todo.h. */
#include "tracked_todo.h"

#include <string.h>

#include "clock.h"
#include "show.h"

#define ALL_MAX 6

/* The day of the last event of that action in the round that runs. */
static const char *last_day(struct arena *a, const struct tracked *t, enum action action)
{
	for (size_t i = t->events_n; i-- > 0;) {
		if (str_eq(t->events[i].action, states_action_code(action)) && t->events[i].round == t->t.round)
			return show_day(a, clock_day(t->events[i].at), t->today);
	}
	return "";
}

static bool answered(const struct tracked *t)
{
	return t->t.state == TICKET_REPLIED || t->t.state == TICKET_CLOSED || t->t.state == TICKET_ARCHIVED;
}

/* Refused, merged, withdrawn: nothing more will come. */
static const char *merged_words(struct arena *a, const struct tracked *t)
{
	enum ticket_state s = t->letter.master_state != NULL ? states_from(t->letter.master_state) : TICKET_NONE;
	int32_t due = t->letter.master_due_on;

	if (s != TICKET_NONE && !states_open(s) && tracked_answer(t) != NULL)
		return "这封信和另一封信合并办理，上面就是答复。没有答清楚的，或者还有别的事，请重新写信，也可以拨打 12345。";
	if (due == DAY_NONE || !states_open(s) || s == TICKET_SUSPENDED || s == TICKET_SUPPLEMENT)
		return "这封信已经和另一封信合并办理，答复以后也会告诉您。";
	return arena_printf(a, "这封信已经和另一封信合并办理，最迟 %s答复，答复以后也会告诉您。", show_day(a, due, t->today));
}

static const char *over_words(struct arena *a, const struct tracked *t)
{
	switch (t->t.state) {
	case TICKET_REFUSED:
		return "这封信没有受理，不再办理。还有别的事要反映，可以重新写信。";
	case TICKET_MERGED:
		return merged_words(a, t);
	case TICKET_WITHDRAWN:
		return "这封信已经撤回，不再办理。还需要办的，请重新写信。";
	case TICKET_ARCHIVED:
		return "这封信已经归档。还有问题的，请重新写信。";
	default:
		return "";
	}
}

static const char *nudge_words(struct arena *a, const struct tracked *t, bool may)
{
	if (may)
		return arena_printf(a, "%s催一次，承办单位马上收到通知，督办人员也看得到；这一轮办理只能催一次。",
			t->late ? "已经过了答复期限。" : "办理时间已经过半。");
	if (answered(t))
		return "已经答复，不用再催。";
	if (t->facts.nudged)
		return arena_printf(a, "您 %s已经催过，承办单位收到了通知；一轮办理只能催一次。", last_day(a, t, ACT_NUDGE));
	if (t->t.state == TICKET_SUSPENDED)
		return "现在暂停办理，恢复办理以后才能催。";
	if (t->t.state == TICKET_SUBMITTED_UP)
		return "答复意见已经报上级审核，不用催承办单位了。";
	if (t->half_on == DAY_NONE)
		return "受理以后，办理时间过了一半还没有答复，可以催一次。";
	return arena_printf(a, "%s起可以催一次：到那天办理时间过半。", show_day(a, t->half_on, t->today));
}

static const char *rate_words(struct arena *a, const struct tracked *t, bool may)
{
	const struct sla_policy *policy = worktime_policy(t->wt, "rate", t->t.type, 0, t->today);

	if (may)
		return arena_printf(a, "告诉我们问题解决了没有。评价期到 %s，只能评价一次；不评价不会算成满意。",
			show_day(a, t->rate_by, t->today));
	if (t->facts.rated)
		return "您已经评价过这次答复。";
	if (answered(t))
		return "评价期已经过了。";
	return policy == NULL ? "答复以后可以评价。"
		: arena_printf(a, "答复以后 %s内可以评价。", show_term(a, policy->amount, policy->unit));
}

static const char *ask_words(const struct tracked *t, bool may)
{
	if (may)
		return "答复没有说清楚的，可以追问一次；这封信重新办理，有新的答复日期。";
	if (t->facts.follow_ups > 0)
		return "一封信可以追问一次，您已经追问过。";
	return answered(t) ? "评价期过了，不能再追问；可以重新写信。" : "答复以后，没有说清楚的可以追问一次。";
}

static const char *supply_words(struct arena *a, const struct tracked *t, bool may)
{
	if (may && t->supplement_by < t->today)
		return arena_printf(a, "回答登记人员问题的期限（%s）已经过了；这封信还没有结束，请马上补充，补充以后继续办理。",
			show_day(a, t->supplement_by, t->today));
	if (may)
		return arena_printf(a, "请最迟 %s回答登记人员的问题，回答以后继续办理；逾期没有回答的，这封信将不能继续办理。",
			show_day(a, t->supplement_by, t->today));
	if (str_eq(t->letter.supplement_answer, "") || t->letter.supplement_answer == NULL)
		return "补充只能在登记人员来问您的时候。现在有新情况，可以拨打 12345，说明信件编号。";
	return "您已经补充过。还有新情况，可以拨打 12345，说明信件编号。";
}

static const char *withdraw_words(const struct tracked *t, bool may)
{
	if (may)
		return "不需要办了，可以撤回。撤回不能恢复，下一步会请您再确认一次。";
	return answered(t) || t->t.round > 1 ? "答复过的信不能撤回。" : "现在不能撤回。";
}

static const char *words_of(struct arena *a, const struct tracked *t, enum action action, bool may)
{
	switch (action) {
	case ACT_SUPPLY:
		return supply_words(a, t, may);
	case ACT_RATE:
		return rate_words(a, t, may);
	case ACT_ASK_FOLLOW_UP:
		return ask_words(t, may);
	case ACT_NUDGE:
		return nudge_words(a, t, may);
	default:
		return withdraw_words(t, may);
	}
}

static void add_forms(struct page *p, const struct tracked *t, struct view_track_show *v)
{
	if (tracked_may(t, ACT_SUPPLY)) {
		v->supplement_url.s = "/track/supply";
		v->supplement_question = t->letter.supplement_question;
	}
	if (tracked_may(t, ACT_RATE)) {
		v->rate_url.s = "/track/rate";
		v->rate_by = show_day(p->a, t->rate_by, t->today);
	}
	if (tracked_may(t, ACT_ASK_FOLLOW_UP))
		v->ask_url.s = "/track/ask";
}

void tracked_todo(struct page *p, const struct tracked *t, struct view_track_show *v)
{
	static const struct { enum action action; const char *name, *anchor, *post; } all[] = {
		{ ACT_SUPPLY, "补充", "#supplement", NULL }, { ACT_RATE, "评价", "#rate", NULL },
		{ ACT_ASK_FOLLOW_UP, "追问", "#question", NULL }, { ACT_NUDGE, "催一下", NULL, "/track/nudge" },
		{ ACT_WITHDRAW, "撤回", NULL, "/track/withdraw" },
	};
	struct track_todo *can = arena_array(p->a, ALL_MAX, sizeof(*can));
	struct track_todo *cannot = arena_array(p->a, ALL_MAX, sizeof(*cannot));

	_Static_assert(ARRAY_LEN(all) < ALL_MAX, "room for all");
	v->over = over_words(p->a, t);
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		bool may = tracked_may(t, all[i].action);
		struct track_todo one = { .name = all[i].name, .words = words_of(p->a, t, all[i].action, may) };

		if (may) {
			one.anchor.s = all[i].anchor;
			one.post.s = all[i].post;
			can[v->todos_n++] = one;
		} else if (v->over[0] == '\0') {
			cannot[v->cannot_n++] = one;
		}
	}
	v->todos = can;
	v->cannot = cannot;
	add_forms(p, t, v);
}

/* "a；b；c" as a list. */
static const char **parts_of(struct arena *a, const char *text, size_t *ret_n)
{
	static const char mark[] = "；";
	const char **list, *at;
	size_t n = 1;

	for (at = text; (at = strstr(at, mark)) != NULL; at += strlen(mark))
		n++;
	list = arena_array(a, n, sizeof(*list));
	n = 0;
	while ((at = strstr(text, mark)) != NULL) {
		list[n++] = arena_strndup(a, text, (size_t)(at - text));
		text = at + strlen(mark);
	}
	list[n++] = text;
	*ret_n = n;
	return list;
}

void tracked_card(struct arena *a, const struct tracked *t, struct view_track_show *v)
{
	const char *code, *words, *path, *note = tracked_reason(t), *head;

	v->reason = note;
	if (t->t.state != TICKET_REFUSED || t->letter.reason_code == NULL)
		return;
	for (size_t i = 0; states_reason_at("refuse", i, &code, &words, &path); i++) {
		if (!str_eq(code, t->letter.reason_code))
			continue;
		v->card_why = words;
		v->card_ways = parts_of(a, path, &v->card_ways_n);
		/* What the registrar wrote follows reason and way in one text (effects.c); a letter refused under an older
		 * wording of the table shows that text as it was sent. */
		head = arena_printf(a, "%s。%s。", words, path);
		v->reason = str_starts(note, head) ? note + strlen(head) : note;
	}
}

const char *tracked_late_words(struct arena *a, const struct tracked *t)
{
	int urged = 0;

	if (!t->late)
		return "";
	for (size_t i = 0; i < t->events_n; i++) {
		const char *action = t->events[i].action;

		urged += str_eq(action, states_action_code(ACT_URGE)) || str_eq(action, states_action_code(ACT_SUPERVISE));
	}
	return arena_printf(a, "已超过答复期限 %d 个工作日，是我们没有按时办好。这封信每天列在督办人员的超期名单上，%s。",
		-sla_left(t->wt->cal, t->today, t->due_on),
		urged > 0 ? arena_printf(a, "已经催办、督办承办单位 %d 次", urged) : "由他们催办承办单位");
}
