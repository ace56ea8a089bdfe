/* desk_fields - see desk_fields.h. */
#include "desk_fields.h"

#include <string.h>

#include "clock.h"
#include "keys.h"
#include "triage.h"

/* ASIDE: may be done at any time and holds nobody back; so is all in DESK_OTHER. */
enum { TAKES_CO = 1 << 12, TAKES_NOTE = 1 << 13, DANGER = 1 << 14, ASIDE = 1 << 15 };
#define HAS_FIELDS (NEEDS_OFFICER | NEEDS_TEXT | NEEDS_REASON | NEEDS_UNIT | NEEDS_MASTER | NEEDS_DATE | NEEDS_DAYS | \
	NEEDS_PARTY | NEEDS_WHICH | NEEDS_REPLY)

/* also: what it takes besides what states.tbl says it needs. */
static const struct shape {
	enum action action;
	enum desk_place place;
	unsigned also;
	const char *text_label, *text_hint, *hint;
} shapes[] = {
	{ ACT_REQUEST_SUPPLEMENT, DESK_MAIN, TAKES_NOTE, "请写信人补充什么", "写信人会看到原话。写清楚缺什么、为什么需要。",
		"只能要求一次；补充期间受理时限暂停。" },
	{ ACT_SUPPLEMENT_LAPSE, DESK_MAIN, DANGER, NULL, NULL, "补充期限已过。确认后不再受理，写信人会收到通知。" },
	{ ACT_ACCEPT, DESK_MAIN, 0, NULL, NULL, "" },
	{ ACT_REFUSE, DESK_MAIN, DANGER | TAKES_NOTE, "告诉写信人的话", "理由和法定途径会自动写上，这里补充说明。", "" },
	{ ACT_MERGE, DESK_OTHER, 0, NULL, NULL, "写信人会知道并入了哪一封；主件按较早的期限答复。" },
	{ ACT_MARK_INVALID, DESK_OTHER, DANGER, "理由（写信人看不到）", NULL, "需要另一位工作人员确认，不计入收件数。" },
	{ ACT_DROP_PROPOSAL, DESK_OTHER, 0, "为什么撤销", "写信人看不到这段话。",
		"提出的人可以收回，另一位工作人员不同意的也在这里撤销；信件照常办理。" },
	{ ACT_RETYPE, DESK_OTHER, 0, "为什么改", "写信人看不到这段话，会收到类型改了的通知。",
		"答复期限、审核级次按新的类型，从原来的起点重新计算，最早到今天；编号不变。" },
	{ ACT_ASSIGN, DESK_MAIN, NEEDS_TEXT | TAKES_CO, "给承办单位的要求", NULL, "" },
	{ ACT_ALLOT, DESK_OTHER, NEEDS_TEXT, "给承办人的要求", NULL, "承办人会收到通知；办理时限不变。" },
	{ ACT_ANSWER_AT_ONCE, DESK_OTHER, NEEDS_DATE, NULL, NULL,
		"咨询由本单位当场答复：受理、分给本单位、签收、送审一次完成，本单位另一位审核人同意后写信人才会看到。" },
	{ ACT_SIGN, DESK_MAIN, 0, NULL, NULL, "签收后由本单位办理；签收不影响答复期限。" },
	{ ACT_OBJECT, DESK_MAIN, NEEDS_UNIT, "为什么不属于本单位", "写明依据：职责规定、权责清单。",
		"每个单位只能提一次；裁定期间答复期限照算。" },
	{ ACT_UPHOLD, DESK_MAIN, NEEDS_TEXT | TAKES_CO, "给新承办单位的要求", NULL, "答复期限不变。" },
	{ ACT_REJECT_OBJECTION, DESK_MAIN, 0, "维持分办的理由", NULL, "该单位不能再提异议。" },
	{ ACT_HOLDING_REPLY, DESK_MAIN, 0, "告诉写信人的话", "已经做了什么、还要多久、下一步是什么。",
		"由部门审核人同意后发给写信人，答复期限不变。" },
	{ ACT_APPROVE_HOLDING, DESK_MAIN, NEEDS_TEXT, "审核意见", NULL, "同意后写信人会看到上面的说明。" },
	{ ACT_RETURN_HOLDING, DESK_MAIN, 0, "退回的理由", NULL, "" },
	{ ACT_REQUEST_EXTENSION, DESK_MAIN, 0, "延期的理由", "批准后写信人会看到新的期限。", "" },
	{ ACT_APPROVE_EXTENSION, DESK_MAIN, NEEDS_TEXT, "审批意见", NULL, "同意后答复期限顺延，写信人会收到通知。" },
	{ ACT_DENY_EXTENSION, DESK_MAIN, 0, "不同意的理由", NULL, "" },
	{ ACT_SUSPEND, DESK_OTHER, NEEDS_TEXT | NEEDS_DATE, "说明（内部）", NULL, "中止期间答复时限暂停，三个月的单项否决照算。" },
	{ ACT_RESUME, DESK_MAIN, NEEDS_TEXT, "说明（内部）", NULL, "恢复后答复时限继续计算。" },
	{ ACT_SUBMIT_REPLY, DESK_DRAFT, 0, NULL, NULL, "" },
	{ ACT_APPROVE_REPLY, DESK_REVIEW, NEEDS_TEXT, "审核意见", NULL, "" },
	{ ACT_RETURN_REPLY, DESK_REVIEW, 0, "退回的理由", "指出哪一句、怎样改。", "" },
	{ ACT_SUPERIOR_APPROVE, DESK_REVIEW, NEEDS_TEXT, "意见", NULL, "同意后答复发给写信人。" },
	{ ACT_SUPERIOR_RETURN, DESK_REVIEW, NEEDS_DATE, "退回的理由", NULL, "" },
	{ ACT_REOPEN, DESK_OTHER, NEEDS_TEXT, "对承办单位的要求", NULL, "重新开始答复时限，原答复保留。" },
	{ ACT_REMIND, DESK_OTHER, NEEDS_TEXT, "提醒的话", NULL, "" },
	{ ACT_URGE, DESK_OTHER, NEEDS_TEXT, "催办的话", NULL, "承办单位要在期限内反馈。" },
	{ ACT_SUPERVISE, DESK_OTHER, NEEDS_DATE, "督办要求", "写明要办成什么、怎样才算办好。",
		"下达督办令：有编号，承办单位要签收，在期限内反馈，反馈由督办员认可后才算办结。" },
	{ ACT_CIRCULARISE, DESK_OTHER, 0, "通报内容", "印发通报时原样写进去，可以再改。", "列入下一期通报；承办单位马上收到通知，要在期限内反馈。" },
	{ ACT_FEEDBACK, DESK_MAIN, ASIDE, "办理进展和完成日期", NULL, "" },
	{ ACT_RECEIVE_ORDER, DESK_MAIN, ASIDE, NULL, NULL, "签收督办令，表示本单位已经知道要求和期限。" },
	{ ACT_ACCEPT_FEEDBACK, DESK_MAIN, NEEDS_TEXT | ASIDE, "意见", NULL, "认可后督办令办结。" },
	{ ACT_RETURN_FEEDBACK, DESK_MAIN, NEEDS_DATE | ASIDE, "退回的理由", "写明还差什么。", "承办单位要重新反馈。" },
	{ ACT_INSTRUCT, DESK_OTHER, NEEDS_DATE, "批示", NULL, "要求的日期只能提前，不能推后。" },
	{ ACT_FULFIL, DESK_MAIN, ASIDE, "怎样落实的", "写信人会看到。", "" },
	{ ACT_RECALL, DESK_OTHER, 0, NULL, NULL, "承办单位还没有签收，可以撤回重新分办；分办时限照原来的算。" },
	{ ACT_INVITE_CO, DESK_OTHER, NEEDS_TEXT, "请它说明什么", NULL, "该单位在答复期限以内提交意见；不影响答复期限。" },
	{ ACT_CO_SIGN, DESK_MAIN, 0, NULL, NULL, "" },
	{ ACT_CO_OPINION, DESK_MAIN, 0, "协办意见", "给主办单位看，写信人看不到。写明事实、依据和建议。", "" },
	{ ACT_INTERIM_REPLY, DESK_MAIN, 0, "告诉写信人的话", "已经办到哪一步、哪些已经解决、下一步做什么。",
		"由部门审核人同意后发给写信人，答复期限不变。" },
	{ ACT_RECALL_REPLY, DESK_MAIN, ASIDE, NULL, NULL, "还没有人审核，可以收回来接着改。" },
	{ ACT_ADD_REPLY, DESK_OTHER, 0, NULL, NULL, "另一位审核人同意后发给写信人；原答复和答复日期不变。" },
	{ ACT_CORRECT_REPLY, DESK_OTHER, 0, "原答复哪里有误", "写信人会看到。",
		"另一位审核人同意后发给写信人；原答复保留，标明已更正。" },
	{ ACT_APPROVE_ADDED, DESK_MAIN, NEEDS_TEXT, "审核意见", NULL, "同意后写信人会看到；已公开的信会撤下，重新审查后再公开。" },
	{ ACT_RETURN_ADDED, DESK_MAIN, 0, "退回的理由", "指出哪一句、怎样改。", "" },
	{ ACT_UNMERGE, DESK_MAIN, ASIDE, "为什么取消并办", NULL, "恢复单独办理；各项时限从原来的起点接着算，不重新开始。写信人会收到通知。" },
	{ ACT_CONTINUE, DESK_MAIN, ASIDE, "为什么要继续办理", NULL,
		"写信人已经撤回：不再通知写信人，信也不公开。时限从原来的起点接着算。" },
	{ ACT_RECUSE, DESK_OTHER, NEEDS_UNIT, "为什么要回避", NULL,
		"单位回避的，这封信不再分给它，它的人也看不到；正在由它办理的，退回重新分办，答复期限照算。" },
	{ ACT_LIFT_RECUSAL, DESK_OTHER, 0, "为什么可以解除", NULL, "解除后可以再分办给该单位，有关人员可以看到这封信。" },
	{ ACT_MARK_PETITION, DESK_OTHER, 0, "为什么属于信访事项", "写信人看不到这段话。",
		"按《信访工作条例》的期限办理；写信人和承办单位会收到通知。" },
	{ ACT_UNMARK_PETITION, DESK_OTHER, 0, "为什么不再按信访事项办理", "写信人看不到这段话。",
		"答复期限照来信的类型从原来的起点重新计算，最早到今天。" },
	{ ACT_EDIT_EDITION, DESK_PUBLISH, ASIDE, NULL, NULL, "" },
	{ ACT_APPROVE_FULL, DESK_PUBLISH, NEEDS_TEXT, "审查意见", NULL, "来信和答复都公开。只对现在看到的文字有效。" },
	{ ACT_APPROVE_SUMMARY, DESK_PUBLISH, NEEDS_TEXT, "审查意见", NULL, "只公开标题和答复，不公开来信内容。" },
	{ ACT_WITHHOLD, DESK_PUBLISH, NEEDS_TEXT | DANGER | ASIDE, "审查意见", NULL,
		"来信和答复都不公开，公开网站只列出日期、单位和理由。" },
	{ ACT_RETURN_EDITION, DESK_PUBLISH, ASIDE, "请发布员改什么", "指出哪一处、为什么：例如“第二段还有小区和楼号”。",
		"发布员会看到您的话；改过以后再由您审查。" },
	{ ACT_PUBLISH, DESK_PUBLISH, 0, NULL, NULL, "公开后任何人都能看到，写信人会收到通知。" },
	{ ACT_WITHDRAW_PUB, DESK_PUBLISH, DANGER | ASIDE, "撤下的理由", NULL, "立即从公开网站撤下。改好并重新审查以后，可以再公开。" },
};

static const struct shape *shape_of(enum action a)
{
	static const struct shape plain = { ACT__MAX, DESK_OTHER, 0, "说明", NULL, "" };

	for (size_t i = 0; i < ARRAY_LEN(shapes); i++) {
		if (shapes[i].action == a)
			return &shapes[i];
	}
	return &plain;
}

static unsigned takes(enum action a)
{
	return states_action_needs(a) | shape_of(a)->also;
}

enum desk_place desk_fields_place(enum action a)
{
	return shape_of(a)->place;
}

bool desk_fields_leads_on(enum action a)
{
	return shape_of(a)->place != DESK_OTHER && (shape_of(a)->also & ASIDE) == 0;
}

const char *desk_fields_text_label(enum action a)
{
	const char *label = shape_of(a)->text_label;

	return label != NULL ? label : "说明";
}

bool desk_fields_was_asked(enum action a, const struct facts *f)
{
	switch (a) {
	case ACT_APPROVE_EXTENSION:
	case ACT_DENY_EXTENSION:
		return f->extension_days > 0;
	case ACT_APPROVE_HOLDING:
	case ACT_RETURN_HOLDING:
		return f->holding_author != 0;
	case ACT_HAND_OVER:
		return false;
	case ACT_APPROVE_ADDED:
	case ACT_RETURN_ADDED:
		return f->added_author != 0;
	case ACT_CO_SIGN:
		return f->co_unsigned;
	case ACT_CO_OPINION:
		return f->co_unanswered;
	case ACT_RECALL_REPLY:
	case ACT_LIFT_RECUSAL:
	case ACT_CONTINUE:
		return false;
	case ACT_FEEDBACK:
		return f->feedback_open;
	case ACT_DROP_PROPOSAL:
		return f->proposal >= 0;
	case ACT_RECEIVE_ORDER:
		return f->order == ORDER_ISSUED;
	case ACT_ACCEPT_FEEDBACK:
	case ACT_RETURN_FEEDBACK:
		return f->order == ORDER_ANSWERED;
	case ACT_FULFIL:
		return f->promise_open;
	case ACT_ANSWER_AT_ONCE:
		return f->type == TYPE_CONSULT;
	default:
		return true;
	}
}

bool desk_fields_wants_units(enum action a)
{
	return (takes(a) & NEEDS_UNIT) != 0;
}

bool desk_fields_wants_topic(enum action a)
{
	return a == ACT_ASSIGN;
}

bool desk_fields_wants_officers(enum action a)
{
	return (takes(a) & NEEDS_OFFICER) != 0;
}

/* What accepting starts: the term of the answer and the day it leads to. */
static const char *acceptance(const struct desk_fields *f)
{
	const struct desk_letter *l = f->letter;
	const struct sla_policy *policy = worktime_policy(l->wt, "reply", l->t.type, l->t.unit_id, l->today);
	struct arena *a = f->p->a;
	struct sla_due due;

	if (policy == NULL)
		return "";
	if (sla_due(l->wt->cal, l->today, (struct sla_term){ policy->amount, policy->unit }, NULL, 0, &due) != 0)
		return "";
	return arena_printf(a, "今天受理，%s内答复：最迟%s。", show_term(a, policy->amount, policy->unit),
		show_day(a, due.on, l->today));
}

const char *desk_fields_hint(const struct desk_fields *f, enum action a)
{
	const struct desk_letter *l = f->letter;

	if (a == ACT_REFUSE && l->t.type == TYPE_COMPLAINT)
		return l->facts.proposal == ACT_REFUSE ? "另一位工作人员已经提出不予受理，您确认后生效。"
			: "投诉不予受理要由两人决定：您提出后，由另一位工作人员确认。";
	if (a == ACT_MARK_INVALID && l->facts.proposal == ACT_MARK_INVALID)
		return "另一位工作人员已经提出，您确认后生效。";
	if (a == ACT_ACCEPT)
		return acceptance(f);
	return shape_of(a)->hint;
}

/* --- fields --- */

static const char *typed(const struct desk_fields *f, const char *name)
{
	return f->typed != NULL ? form_raw(f->typed, name) : "";
}

/* The types it can have instead. */
static void add_types(const struct desk_fields *f, struct part_act_form *v)
{
	struct choice *list = arena_array(f->p->a, TYPE__MAX, sizeof(*list));
	size_t n = 0;

	for (int t = 0; t < TYPE__MAX; t++) {
		const char *code = states_type_code((enum ticket_type)t);

		if (f->letter->t.type != (enum ticket_type)t)
			list[n++] = (struct choice){ .code = code, .text = states_type_name((enum ticket_type)t), .hint = "",
				.chosen = str_eq(typed(f, "reason"), code) };
	}
	v->reason_label = "改为";
	v->reasons = list;
	v->reasons_n = n;
}

/* What the first of two persons said, for the second one to agree to or to change. */
static const char *proposed(const struct desk_fields *f, enum action a, bool reason)
{
	const struct q_letter_file *file = &f->letter->file;
	const char *said = reason ? file->proposal_reason : file->proposal_words;

	return f->typed == NULL && (int)a == f->letter->facts.proposal && said != NULL ? said : "";
}

static const char *text_of(const struct desk_fields *f, enum action a)
{
	return f->typed != NULL ? typed(f, "text") : proposed(f, a, false);
}

static void add_reasons(const struct desk_fields *f, enum action a, struct part_act_form *v)
{
	const char *kind = a == ACT_REFUSE ? "refuse" : a == ACT_WITHHOLD ? "withhold" : a == ACT_SUSPEND ? "suspend"
		: "reopen";
	const char *code, *text, *path;
	struct choice *list;
	size_t n = 0;

	if (a == ACT_RETYPE) {
		add_types(f, v);
		return;
	}
	while (states_reason_at(kind, n, &code, &text, &path))
		n++;
	list = arena_array(f->p->a, n + 1, sizeof(*list));
	for (size_t i = 0; states_reason_at(kind, i, &code, &text, &path); i++) {
		list[i].code = code;
		list[i].text = text;
		list[i].hint = path;
		list[i].chosen = str_eq(typed(f, "reason"), code) || str_eq(proposed(f, a, true), code);
		v->has_paths = v->has_paths || path[0] != '\0';
	}
	v->reason_label = "理由";
	v->reasons = list;
	v->reasons_n = n;
}

/* The unit to begin with: as typed, as the objecting unit proposes, or as the writer wished. */
static bool unit_is_likely(const struct desk_fields *f, enum action a, const struct choice *unit)
{
	if (f->typed != NULL)
		return str_eq(typed(f, "unit"), unit->code);
	if (a == ACT_UPHOLD)
		return str_eq(f->letter->file.suggested_unit, unit->text);
	return a == ACT_ASSIGN && str_eq(f->letter->file.wanted_unit, unit->text);
}

static bool co_was_ticked(const struct desk_fields *f, const char *code)
{
	const char *const *list;
	size_t n = 0;

	if (f->typed == NULL)
		return false;
	list = form_list(f->typed, "co", &n);
	for (size_t i = 0; i < n; i++) {
		if (strcmp(list[i], code) == 0)
			return true;
	}
	return false;
}

static const char *unit_label(enum action a)
{
	switch (a) {
	case ACT_INVITE_CO:
		return "请哪个单位协办";
	case ACT_RECUSE:
		return "回避的单位";
	case ACT_OBJECT:
		return "建议由哪个单位承办（选填）";
	case ACT_UPHOLD:
		return "改派给";
	default:
		return "主办单位";
	}
}

static bool keeps_away(const struct desk_fields *f, const char *unit_code)
{
	const struct desk_letter *l = f->letter;

	for (size_t i = 0; i < l->recusals_n; i++) {
		if (str_eq(arena_printf(f->p->a, "%lld", (long long)l->recusals[i].unit_id), unit_code))
			return true;
	}
	return false;
}

static void add_recusals(const struct desk_fields *f, struct part_act_form *v)
{
	const struct desk_letter *l = f->letter;
	struct choice *list = arena_array(f->p->a, l->recusals_n + 1, sizeof(*list));

	for (size_t i = 0; i < l->recusals_n; i++) {
		const struct q_recusal_of *r = &l->recusals[i];

		list[i].code = arena_printf(f->p->a, "%lld", (long long)r->id);
		list[i].text = r->officer_name != NULL ? arena_printf(f->p->a, "%s　%s", r->unit_name, r->officer_name)
			: r->unit_name;
		list[i].chosen = f->typed != NULL ? str_eq(typed(f, "which"), list[i].code) : l->recusals_n == 1;
	}
	v->which_label = "解除哪一项";
	v->which = list;
	v->which_n = l->recusals_n;
}

static void add_units(const struct desk_fields *f, enum action a, struct part_act_form *v)
{
	struct choice *units = arena_array(f->p->a, f->units_n + 1, sizeof(*units));
	struct choice *co = arena_array(f->p->a, f->units_n + 1, sizeof(*co));
	size_t n = 0;

	for (size_t i = 0; i < f->units_n; i++) {
		if (keeps_away(f, f->units[i].code))
			continue;
		units[n] = co[n] = f->units[i];
		units[n].chosen = unit_is_likely(f, a, &units[n]);
		co[n].chosen = co_was_ticked(f, co[n].code);
		n++;
	}
	v->unit_label = unit_label(a);
	v->units = units;
	v->units_n = n;
	if ((takes(a) & TAKES_CO) == 0)
		return;
	v->co_label = "协办单位（选填）";
	v->co = co;
	v->co_n = n;
}

static void add_officers(const struct desk_fields *f, struct part_act_form *v)
{
	struct choice *list = arena_array(f->p->a, f->officers_n + 1, sizeof(*list));

	for (size_t i = 0; i < f->officers_n; i++) {
		list[i] = f->officers[i];
		list[i].chosen = str_eq(typed(f, "officer"), list[i].code);
	}
	v->officer_label = "承办人";
	v->officers = list;
	v->officers_n = f->officers_n;
}

int32_t desk_fields_extended(const struct desk_letter *l, int days, bool *ret_provisional)
{
	int32_t day = l->t.due_on + days;

	if (l->facts.reply_unit == 'W')
		return calendar_add(l->wt->cal, l->t.due_on, days, ret_provisional);
	while (!calendar_is_workday(l->wt->cal, day))
		day++;
	*ret_provisional = calendar_is_provisional(l->wt->cal, day);
	return day;
}

/* Every number of days that is allowed, with the day it leads to. */
static void add_days(const struct desk_fields *f, struct part_act_form *v)
{
	const struct desk_letter *l = f->letter;
	int room = l->facts.reply_max - l->facts.reply_amount;
	struct choice *list;
	bool provisional = false;
	int32_t day;

	room = room < 0 ? 0 : room > 60 ? 60 : room;
	list = arena_array(f->p->a, (size_t)room + 1, sizeof(*list));
	for (int i = 0; i < room; i++) {
		day = desk_fields_extended(l, i + 1, &provisional);
		list[i].code = arena_printf(f->p->a, "%d", i + 1);
		list[i].text = arena_printf(f->p->a, "%s，延到%s%s", sla_term_words(f->p->a, i + 1, l->facts.reply_unit),
			show_day(f->p->a, day, l->today), provisional ? "（暂定）" : "");
		list[i].chosen = str_eq(typed(f, "days"), list[i].code);
	}
	v->days_label = arena_printf(f->p->a, "延期（现在的期限是%s）", show_day(f->p->a, l->t.due_on, l->today));
	v->days = list;
	v->days_n = (size_t)room;
}

static void add_sentences(const struct desk_fields *f, struct part_act_form *v)
{
	const char *code, *text, *sentence;
	const char **list;
	size_t n = 0;

	while (states_reason_at("ask", n, &code, &text, &sentence))
		n++;
	list = arena_array(f->p->a, n + 1, sizeof(*list));
	for (size_t i = 0; states_reason_at("ask", i, &code, &text, &sentence); i++)
		list[i] = sentence;
	v->sentences = list;
	v->sentences_n = n;
}

/* To the letter what do_refuse() will tell the writer; before a reason is chosen there is nothing to see. */
static void add_preview(const struct desk_fields *f, struct part_act_form *v)
{
	const char *told = triage_refusal(f->p->a, typed(f, "reason"), typed(f, "text"));

	v->previews = true;
	v->preview = told != NULL ? told : "";
}

static void add_reply(const struct desk_fields *f, struct part_act_form *v)
{
	const char *code, *text;
	struct choice *list;
	size_t n = 0;

	while (states_reason_at("result", n, &code, &text, NULL))
		n++;
	list = arena_array(f->p->a, n + 1, sizeof(*list));
	for (size_t i = 0; states_reason_at("result", i, &code, &text, NULL); i++)
		list[i] = (struct choice){ .code = code, .text = text, .chosen = str_eq(typed(f, "result"), code) };
	v->reply_label = "答复";
	v->reply = typed(f, "reply");
	v->results = list;
	v->results_n = n;
}

/* What is read by the writer as it is typed here. */
static void add_words(const struct desk_fields *f, enum action a, struct part_act_form *v)
{
	if (a == ACT_REQUEST_SUPPLEMENT)
		add_sentences(f, v);
	if (a == ACT_REFUSE)
		add_preview(f, v);
	if (a == ACT_ANSWER_AT_ONCE)
		add_reply(f, v);
	if (a == ACT_ADD_REPLY || a == ACT_CORRECT_REPLY) {
		v->reply_label = a == ACT_CORRECT_REPLY ? "更正后的答复" : "补充的内容";
		v->reply = typed(f, "reply");
	}
	if (a == ACT_RECUSE) {
		v->login_label = "或者回避的人的账号";
		v->login = typed(f, "login");
	}
	if (a == ACT_LIFT_RECUSAL)
		add_recusals(f, v);
}

static const char *on_label(enum action a)
{
	switch (a) {
	case ACT_HOLDING_REPLY:
	case ACT_INTERIM_REPLY:
		return "下一次告知写信人的日期";
	case ACT_SUSPEND:
		return "预计恢复的日期（选填）";
	case ACT_SUPERIOR_RETURN:
		return "要求重新报送的日期（选填）";
	case ACT_SUPERVISE:
	case ACT_RETURN_FEEDBACK:
		return "要求反馈的日期（选填，不填按督办反馈时限）";
	case ACT_INSTRUCT:
		return "要求答复的日期（选填）";
	case ACT_ANSWER_AT_ONCE:
		return "承诺完成的日期（选“列入计划”时必填）";
	default:
		return "日期";
	}
}

/* Not what one hopes for, or not what has to be done. */
static bool is_quiet(enum action a)
{
	return shape_of(a)->place == DESK_OTHER || a == ACT_RETURN_REPLY || a == ACT_SUPERIOR_RETURN
		|| a == ACT_APPROVE_SUMMARY || a == ACT_RETURN_EDITION;
}

struct part_act_form desk_fields_form(const struct desk_fields *f, enum action a, bool alone)
{
	const struct shape *s = shape_of(a);
	unsigned has = takes(a);
	struct part_act_form v = {
		.csrf = f->p->csrf,
		.url = desk_url_in(f->p, f->letter->t.no, "/act"),
		.code = states_action_code(a),
		.button = states_action_button(a),
		.key = keys_of(states_action_code(a)),
		.hint = desk_fields_hint(f, a),
		.version = f->letter->t.version,
		.from = f->from != NULL ? f->from : "",
		.prefix = alone ? "" : arena_printf(f->p->a, "%s-", states_action_code(a)),
		.form = f->typed,
		.danger = (has & DANGER) != 0,
		.quiet = !alone && is_quiet(a),
		.note = (has & TAKES_NOTE) != 0,
		.note_text = typed(f, "note"),
	};

	if ((has & NEEDS_TEXT) != 0) {
		v.text_label = s->text_label;
		v.text_hint = s->text_hint;
		v.text_optional = (states_action_needs(a) & NEEDS_TEXT) == 0;
		v.text = text_of(f, a);
	}
	if ((has & NEEDS_REASON) != 0)
		add_reasons(f, a, &v);
	if ((has & NEEDS_UNIT) != 0)
		add_units(f, a, &v);
	if ((has & NEEDS_OFFICER) != 0)
		add_officers(f, &v);
	add_words(f, a, &v);
	if ((has & NEEDS_DAYS) != 0)
		add_days(f, &v);
	if ((has & NEEDS_MASTER) != 0) {
		v.master_label = "主件的编号";
		v.master = typed(f, "master");
	}
	if ((has & NEEDS_DATE) != 0) {
		v.on_label = on_label(a);
		v.on = typed(f, "on");
	}
	if (desk_fields_wants_topic(a)) {
		v.topics = f->topics;
		v.topics_n = f->topics_n;
	}
	v.plain = (has & HAS_FIELDS) == 0;
	return v;
}

struct part_act_form desk_fields_accept_assign(const struct desk_fields *f, bool alone)
{
	struct part_act_form v = desk_fields_form(f, ACT_ASSIGN, alone);

	v.code = DESK_ACCEPT_ASSIGN;
	v.button = "受理并分办";
	v.hint = acceptance(f);
	v.prefix = alone ? "" : DESK_ACCEPT_ASSIGN "-";
	v.unit_key = "U";
	return v;
}
