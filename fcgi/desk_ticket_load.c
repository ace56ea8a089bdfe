/* desk_ticket_load - see desk_ticket.h. */
#include "desk_ticket.h"

#include <string.h>

#include "channels.h"
#include "clock.h"
#include "desk_fields.h"
#include "desk_register.h"
#include "timers.h"

bool desk_file_triages(struct page *p, const struct desk_file *file)
{
	for (size_t i = 0; i < file->offered_n; i++) {
		if (file->offered[i] == ACT_ACCEPT)
			return access_may_on(page_actor(p), CAP_ASSIGN, file->l.t.unit_id, file->l.facts.co);
	}
	return false;
}

/* What the forms of this page list. */
static int load_lists(struct page *p, struct desk_file *file)
{
	bool units = desk_file_triages(p, file), officers = false;
	int rc = 0;

	for (size_t i = 0; i < file->offered_n; i++) {
		units = units || desk_fields_wants_units(file->offered[i]);
		officers = officers || desk_fields_wants_officers(file->offered[i]);
	}
	if (officers)
		rc = desk_handlers(p, file->l.t.unit_id, &file->officers, &file->officers_n);
	return rc == 0 && units ? desk_units(p, 0, true, &file->units, &file->units_n) : rc;
}

int desk_file_load(struct page *p, struct desk_file *file)
{
	int64_t id;
	int rc = desk_letter(p, &file->l);

	if (rc != 0)
		return rc;
	id = file->l.t.id;
	if ((rc = q_history_of(p->db, p->a, id, &file->history, &file->history_n)) != 0
			|| (rc = q_timer_open_of(p->db, p->a, id, &file->timers, &file->timers_n)) != 0
			|| (rc = q_reply_of(p->db, p->a, id, &file->replies, &file->replies_n)) != 0)
		return rc;
	file->offered_n = states_offered(&file->l.facts, page_actor(p), file->offered);
	return load_lists(p, file);
}

/* --- the course --- */

static const char *who(struct arena *a, const struct q_history_of *h)
{
	if (str_eq(h->actor, "citizen"))
		return "写信人";
	if (str_eq(h->actor, "system"))
		return "系统";
	if (str_eq(h->actor, "api"))
		return "接口";
	return arena_printf(a, "%s　%s%s%s%s", h->unit_name != NULL ? h->unit_name : "",
		h->officer_name != NULL ? h->officer_name : "", h->for_name != NULL ? "（代" : "",
		h->for_name != NULL ? h->for_name : "", h->for_name != NULL ? "）" : "");
}

/* The reason's words, whichever kind it is of. */
static const char *reason_words(const char *code)
{
	static const char *const kinds[] = { "refuse", "withhold", "suspend", "reopen" };
	const char *words = NULL;

	for (size_t i = 0; i < ARRAY_LEN(kinds) && words == NULL; i++)
		words = states_reason(kinds[i], code);
	return words != NULL ? words : code;
}

static const char *note(struct arena *a, const struct q_history_of *h)
{
	const char *reason = h->reason != NULL ? reason_words(h->reason) : "";
	const char *inside = h->note != NULL ? h->note : "", *outside = h->public_note != NULL ? h->public_note : "";

	return arena_printf(a, "%s%s%s%s%s%s", reason, reason[0] != '\0' && inside[0] != '\0' ? "。" : "", inside,
		outside[0] != '\0' && (reason[0] != '\0' || inside[0] != '\0') ? "　" : "",
		outside[0] != '\0' ? "告知写信人：" : "", outside);
}

struct part_timeline desk_course(struct arena *a, const struct q_history_of *rows, size_t n, int32_t today)
{
	struct timeline_step *steps = arena_array(a, n + 1, sizeof(*steps));

	for (size_t i = 0; i < n; i++) {
		const struct q_history_of *h = &rows[i];
		enum action action = states_action_from(h->action);

		steps[i].when = show_moment(a, h->at, today);
		steps[i].when_iso = clock_fmt_iso(a, h->at);
		steps[i].what = action < ACT__MAX ? states_action_button(action) : h->action;
		if (h->round > 1)
			steps[i].what = arena_printf(a, "%s（第 %lld 轮）", steps[i].what, (long long)h->round);
		steps[i].who = who(a, h);
		steps[i].note = note(a, h);
		steps[i].now = i + 1 == n;
	}
	return (struct part_timeline){ steps, n };
}

/* --- the clocks --- */

/* The answer's clock first: it is the one that was promised. The far end of everything last. */
static int place_of(const char *kind)
{
	return str_eq(kind, "reply") ? 0 : str_eq(kind, "veto") ? 2 : 1;
}

static bool is_window(const struct q_timer_open_of *t)
{
	return timers_is_window(states_timer_from(t->kind));
}

/* The clocks of units that help stand beside what they say. A window that is over is nobody's delay. */
static bool is_shown(const struct q_timer_open_of *t, int place, int32_t today)
{
	return t->unit_id == 0 && place == place_of(t->kind) && (!is_window(t) || t->due_on >= today);
}

void desk_file_clocks(struct page *p, const struct desk_file *file, struct view_desk_ticket *v)
{
	struct desk_clock *clocks = arena_array(p->a, file->timers_n + 1, sizeof(*clocks));
	int32_t first = DAY_NONE;
	size_t n = 0;

	for (int place = 0; place < 3; place++) {
		for (size_t i = 0; i < file->timers_n; i++) {
			const struct q_timer_open_of *t = &file->timers[i];
			bool paused = str_eq(t->state, "paused");

			if (!is_shown(t, place, file->l.today))
				continue;
			clocks[n] = desk_clock(p->a, &file->l, t->kind, t->due_on, t->provisional, paused);
			clocks[n].account = desk_url(p->a, file->l.t.no, arena_printf(p->a, "/days?kind=%s", t->kind));
			if (!paused && !is_window(t) && (first == DAY_NONE || t->due_on < first)) {
				first = t->due_on;
				v->nearest = &clocks[n];
			}
			if (place == 2 && n > 0 && clocks[n].css[0] == '\0')
				v->far_end = &clocks[n];
			n++;
		}
	}
	v->clocks = clocks;
	v->clocks_n = v->far_end != NULL ? n - 1 : n;
}

/* --- what waits for a decision --- */

static void ask(struct view_desk_ticket *v, struct desk_ask *list, const char *heading, const char *by,
	const char *text)
{
	list[v->asks_n++] = (struct desk_ask){ heading, by != NULL ? by : "", text != NULL ? text : "" };
}

static const char *supervision_words(const char *level)
{
	return str_eq(level, "urge") ? "催办，请反馈" : str_eq(level, "supervise") ? "督办，请反馈" : "通报，请反馈";
}

static const char *proposal_words(struct arena *a, const struct q_letter_file *w)
{
	const char *reason = w->proposal_reason != NULL ? reason_words(w->proposal_reason) : "";
	const char *words = w->proposal_words != NULL ? w->proposal_words : "";

	return arena_printf(a, "%s%s%s", reason, reason[0] != '\0' && words[0] != '\0' ? "。" : "", words);
}

static const char *extension_words(struct arena *a, const struct desk_letter *l)
{
	char unit = l->facts.reply_unit != '\0' ? l->facts.reply_unit : 'W';
	int days = (int)l->file.ext_days;
	bool provisional = false;
	int32_t to = desk_fields_extended(l, days, &provisional);

	return arena_printf(a, "申请延期 %s，到%s%s", sla_term_words(a, days, unit), show_day(a, to, l->today),
		provisional ? "（暂定）" : "");
}

void desk_file_asks(struct page *p, const struct desk_file *file, struct view_desk_ticket *v)
{
	const struct q_letter_file *w = &file->l.file;
	const struct desk_letter *l = &file->l;
	struct desk_ask *list = arena_array(p->a, 8, sizeof(*list));
	enum action proposed = w->proposal != NULL ? states_action_from(w->proposal) : ACT__MAX;
	const char *reason;

	v->asks = list;
	if (proposed < ACT__MAX)
		ask(v, list, arena_printf(p->a, "提出“%s”，等另一位工作人员确认", states_action_button(proposed)),
			w->proposal_by, proposal_words(p->a, w));
	if (w->objection != NULL)
		ask(v, list, w->suggested_unit != NULL ? arena_printf(p->a, "提出异议，建议由%s承办", w->suggested_unit) : "提出异议",
			w->objector, w->objection);
	if (w->ext_days > 0 && l->t.due_on != DAY_NONE)
		ask(v, list, extension_words(p->a, l), w->ext_by, w->ext_reason);
	if (w->holding != NULL)
		ask(v, list, arena_printf(p->a, "%s，%s前再告知写信人", show_reply_kind(w->holding_kind),
			show_day(p->a, w->holding_on, l->today)),
			w->holding_by, w->holding);
	if (w->suspend_reason != NULL) {
		reason = states_reason("suspend", w->suspend_reason);
		ask(v, list, arena_printf(p->a, "已中止：%s%s%s", reason != NULL ? reason : "",
			w->suspend_until != DAY_NONE ? "，预计恢复：" : "", show_day(p->a, w->suspend_until, l->today)),
			"", "");
	}
	if (w->urge_level != NULL)
		ask(v, list, supervision_words(w->urge_level), "", w->urge_words);
}

/* --- what is registered --- */

static void fact(struct view_desk_ticket *v, struct desk_fact *list, const char *label, const char *value)
{
	if (value != NULL && value[0] != '\0')
		list[v->facts_n++] = (struct desk_fact){ label, value };
}

/* Who keeps away, and since when. */
static const char *away(struct arena *a, const struct desk_letter *l)
{
	const char *list = "";

	for (size_t i = 0; i < l->recusals_n; i++) {
		const struct q_recusal_of *r = &l->recusals[i];

		list = arena_printf(a, "%s%s%s%s%s（%s，%s）", list, i > 0 ? "；" : "", r->unit_name,
			r->officer_name != NULL ? "　" : "", r->officer_name != NULL ? r->officer_name : "",
			r->by_name != NULL ? r->by_name : "写信人指明", show_moment(a, r->at, l->today));
	}
	return list;
}

static const char *reply_days(struct arena *a, const struct q_letter_file *s, int32_t today)
{
	if (s->replied_at == TIME_NONE)
		return "";
	if (s->reply_workdays == NULL)
		return show_moment(a, s->replied_at, today);
	return arena_printf(a, "%s，用了 %lld 个工作日", show_moment(a, s->replied_at, today), (long long)*s->reply_workdays);
}

void desk_file_facts(struct page *p, const struct desk_file *file, struct view_desk_ticket *v)
{
	const struct q_letter_file *s = &file->l.file;
	struct desk_fact *list = arena_array(p->a, 24, sizeof(*list));
	int32_t today = file->l.today;
	bool moved = s->first_due_on != DAY_NONE && s->first_due_on != s->due_on;

	v->facts = list;
	fact(v, list, "收到", arena_printf(p->a, "%s，计为%s收到", show_moment(p->a, s->received_at, today),
		show_day(p->a, s->received_on, today)));
	fact(v, list, "受理", show_moment(p->a, s->accepted_at, today));
	fact(v, list, "首次答复的期限", moved ? show_day(p->a, s->first_due_on, today) : "");
	fact(v, list, "答复", reply_days(p->a, s, today));
	fact(v, list, "办理结果", s->result_code != NULL ? states_reason("result", s->result_code) : "");
	fact(v, list, "理由", s->reason_code != NULL ? reason_words(s->reason_code) : "");
	fact(v, list, "并入", s->master_no);
	fact(v, list, "办结", show_moment(p->a, s->closed_at, today));
	fact(v, list, "评价", show_grade(s->grade));
	fact(v, list, "承办人", s->handler_name);
	fact(v, list, "写信人希望", s->wanted_unit);
	fact(v, list, "方式", channels_name(s->channel));
	fact(v, list, "外部编号", s->external);
	fact(v, list, "登记人", s->registered_by);
	fact(v, list, "答复方式", s->answer_by != NULL ? desk_answer_words(s->answer_by) : "");
	fact(v, list, "公开意愿", s->publish_ok ? "同意公开来信内容" : "不同意公开来信内容");
	fact(v, list, "回避", away(p->a, &file->l));
	fact(v, list, "轮次", file->l.t.round > 1 ? arena_printf(p->a, "第 %d 轮", file->l.t.round) : "");
}
