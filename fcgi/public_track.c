/* public_track - the writer's own letter: where it stands, and what its writer can do.
 *
 * Number and query code come by POST and never stand in an address; the letter's page is the answer to POST /track,
 * since this site keeps no session and sets no cookie. Its forms carry a pass instead of the code: a token signed for
 * this letter that is good for half an hour. When it has run out the code is asked for once more, and what was typed
 * goes along. */
#include "clock.h"
#include "formtoken.h"
#include "intake.h"
#include "public.h"
#include "show.h"
#include "tracked.h"
#include "views/track.h"
#include "views/track_show.h"

#define PASS_S (30 * 60)
#define WAIT_S "3600"
#define NUMBER_MAX 60
#define REASON_MAX 200
#define WORDS_MAX 500

static const struct field track_fields[] = {
	{ "number", FIELD_LINE, .label = "信件编号", .max = NUMBER_MAX, .required = true },
	{ "code", FIELD_LINE, .label = "查询码", .max = NUMBER_MAX, .required = true },
};
const struct form_def form_track = { track_fields, ARRAY_LEN(track_fields) };

/* One form for all the letter's page can send, so that the page can show any of them again. */
static const char *const grades[] = { "1", "2", "3", "4", "5", NULL };
static const char *const solutions[] = { "yes", "partly", "no", NULL };
static const struct field act_fields[] = {
	{ "number", FIELD_LINE, .label = "信件编号", .max = NUMBER_MAX },
	{ "code", FIELD_LINE, .label = "查询码", .max = NUMBER_MAX },
	{ "pass", FIELD_TOKEN, .label = "页面凭证" },
	{ "answer", FIELD_TEXT, .label = "您的补充", .max = STATES_TEXT_MAX },
	{ "grade", FIELD_CHOICE, .label = "满意程度", .choices = grades },
	{ "solved", FIELD_CHOICE, .label = "问题解决了吗", .choices = solutions },
	{ "words", FIELD_TEXT, .label = "您想说的话", .max = WORDS_MAX },
	{ "question", FIELD_TEXT, .label = "您的追问", .max = STATES_TEXT_MAX },
	{ "reason", FIELD_LINE, .label = "撤回的原因", .max = REASON_MAX },
};
const struct form_def form_track_act = { act_fields, ARRAY_LEN(act_fields) };

/* --- asking for number and code --- */

static int render_ask(struct page *p, int status)
{
	struct view_track v = { .frame = page_titled(p, "查进度"), .form = p->form, .action = { "/track" }, .notice = "" };

	reply_status(p->reply, status);
	view_track(&p->reply->body, &v);
	return 0;
}

/* Why the code did not open the letter, said in the form. *ret_status: of the page. Other errors are passed on. */
static int refused(struct page *p, int rc, int *ret_status)
{
	if (rc != ERR_NOTFOUND && rc != ERR_SLOWDOWN)
		return rc;
	*ret_status = err_http(rc);
	form_fail(p->form, "code", rc == ERR_SLOWDOWN ? arena_strdup(p->a, err_text(rc))
		: "编号或查询码不对，请对照回执再填一次");
	if (rc == ERR_SLOWDOWN)
		reply_header(p->reply, "Retry-After", WAIT_S);
	err_clear();
	return 0;
}

int track_ask(struct page *p)
{
	const char *number = form_text(p->form, "number");

	/* The number alone may stand in an address; a code would be in logs and histories. */
	form_empty(p->a, &form_track, p->form);
	if (number != NULL)
		form_set(p->form, "number", number);
	return render_ask(p, 200);
}

/* The address of one of the forms asked for with GET. */
int track_back(struct page *p)
{
	return reply_redirect(p->reply, "/track");
}

/* --- the letter --- */

static const char *purpose(struct arena *a, int64_t id)
{
	return arena_printf(a, "track:%lld", (long long)id);
}

static const char *seen_words(struct arena *a, const struct tracked *t)
{
	if (t->more.seen == 0)
		return "";
	return arena_printf(a, "加密保存。工作人员写明理由后查看过 %lld 次，最近一次 %s", (long long)t->more.seen,
		show_moment(a, t->more.seen_last, t->today));
}

static const char *extended_words(struct arena *a, const struct tracked *t)
{
	/* An extension of an earlier round has nothing to do with the day of this one. */
	if (t->more.new_due_on == DAY_NONE || t->due_on != t->more.new_due_on)
		return "";
	return arena_printf(a, "经批准延期：原定 %s，延至 %s。", show_day(a, t->more.old_due_on, t->today),
		show_day(a, t->more.new_due_on, t->today));
}

static const char *rated_words(struct arena *a, const struct tracked *t)
{
	const char *solved = str_eq(t->more.solved, "yes") ? "问题解决了"
		: str_eq(t->more.solved, "partly") ? "问题解决了一部分" : "问题没有解决";

	return t->more.rated_round == 0 ? "" : arena_printf(a, "%s，%s", show_grade(t->letter.grade), solved);
}

static void add_replies(struct arena *a, const struct tracked *t, struct view_track_show *v)
{
	struct track_reply *list = arena_array(a, t->replies_n + 1, sizeof(*list));

	for (size_t i = 0; i < t->replies_n; i++) {
		const struct q_track_replies *r = &t->replies[i];

		list[i] = (struct track_reply){ show_reply_kind(r->kind), r->unit_name,
			r->approved_at != TIME_NONE ? public_day(a, clock_day(r->approved_at)) : "", view_paragraphs(a, r->body) };
	}
	v->replies = list;
	v->replies_n = t->replies_n;
}

static void add_forms(struct page *p, const struct tracked *t, struct view_track_show *v)
{
	v->pass = formtoken_make(p->a, purpose(p->a, t->id), p->now);
	if (tracked_may(t, ACT_SUPPLY)) {
		v->supplement_url.s = "/track/supply";
		v->supplement_question = t->letter.supplement_question;
		v->supplement_by = show_day(p->a, t->supplement_by, t->today);
	}
	if (tracked_may(t, ACT_RATE)) {
		v->rate_url.s = "/track/rate";
		v->rate_by = show_day(p->a, t->rate_by, t->today);
	}
	if (tracked_may(t, ACT_ASK_FOLLOW_UP))
		v->ask_url.s = "/track/ask";
	if (tracked_may(t, ACT_WITHDRAW))
		v->withdraw_url.s = "/track/withdraw";
}

static void add_state(struct arena *a, const struct tracked *t, struct view_track_show *v)
{
	struct show_due due = show_due(a, t->wt, t->today, t->due_on, t->t.due_provisional);

	v->status = show_state_public(t->t.state, t->late);
	if (t->t.state == TICKET_REPLIED && !tracked_may(t, ACT_RATE))
		v->status.text = "已答复";
	v->unit = tracked_unit(t);
	v->next = tracked_next(a, t);
	v->due = due.day;
	v->due_left = due.left;
	v->late = t->late;
	v->provisional = due.note;
	v->extended = extended_words(a, t);
	v->reason = tracked_reason(t);
	v->received = show_moment(a, t->letter.received_at, t->today);
	v->accepted = show_moment(a, t->letter.accepted_at, t->today);
}

/* What is said about what was sent: form has mistakes; or it was done; or there is a problem, with what was typed. */
struct said { const struct form *form; const char *done, *problem, *typed; };

static int render_letter(struct page *p, const struct tracked *t, int status, struct said said)
{
	struct view_track_show v = { .form = said.form, .done = said.done, .problem = said.problem, .typed = said.typed };
	const struct q_track_get *l = &t->letter;

	v.frame = page_titled(p, arena_printf(p->a, "信件 %s", l->no));
	v.number = l->no;
	v.title = l->title;
	v.type = public_type_name(l->type);
	v.publish = l->publish_ok ? "同意公开来信内容" : "不同意公开来信内容";
	v.seen = seen_words(p->a, t);
	v.body = view_paragraphs(p->a, l->body);
	v.demand = l->demand;
	v.place = l->place;
	v.rated = rated_words(p->a, t);
	v.rated_words = t->more.words;
	v.timeline = tracked_timeline(p->a, t);
	add_state(p->a, t, &v);
	add_replies(p->a, t, &v);
	add_forms(p, t, &v);
	reply_status(p->reply, status);
	view_track_show(&p->reply->body, &v);
	return 0;
}

int track_show(struct page *p)
{
	struct tracked t;
	int64_t id;
	int status = 422, rc;

	if (!form_ok(p->form))
		return render_ask(p, status);
	rc = intake_find(p->db, p->a, form_text(p->form, "number"), form_text(p->form, "code"), &id);
	if (rc != 0) {
		rc = refused(p, rc, &status);
		return rc != 0 ? rc : render_ask(p, status);
	}
	rc = tracked_load(p, id, &t);
	return rc != 0 ? rc : render_letter(p, &t, 200, (struct said){ 0 });
}

/* --- what the writer does --- */

/* The letter the form speaks of: by its pass, or by the code typed anew. ERR_LOGIN: neither is there (any more). */
static int open_letter(struct page *p, int64_t *ret_id)
{
	const char *number = form_text(p->form, "number"), *code = form_text(p->form, "code"), *key, *no;
	int rc;

	if (number == NULL)
		return ERR_LOGIN;
	if (code != NULL)
		return intake_find(p->db, p->a, number, code, ret_id);
	(void)ticket_number_ok(p->a, number, &no);
	rc = ticket_id(p->db, p->a, no, ret_id);
	if (rc == 0)
		rc = formtoken_check(p->a, form_text(p->form, "pass"), purpose(p->a, *ret_id), p->now, 0, PASS_S, &key);
	return rc == ERR_NOTFOUND || rc == ERR_INVALID ? ERR_LOGIN : rc;
}

/* The code once more; what was typed goes along. */
static int ask_again(struct page *p, int status)
{
	static const char *const names[] = { "answer", "grade", "solved", "words", "question", "reason" };
	struct track_kept *kept = arena_array(p->a, ARRAY_LEN(names), sizeof(*kept));
	struct view_track v = { .frame = page_titled(p, "查进度"), .form = p->form, .action = { p->req->path }, .kept = kept };

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (form_raw(p->form, names[i])[0] != '\0')
			kept[v.kept_n++] = (struct track_kept){ names[i], form_raw(p->form, names[i]) };
	}
	v.notice = "页面打开超过半小时，为了保护您，请再填一次查询码。您刚才写的内容没有丢，填好后一起提交。";
	reply_status(p->reply, status);
	view_track(&p->reply->body, &v);
	return 0;
}

/* One of the forms: which action, the field where a refusal is shown, and what is said when it is done. */
struct step { enum action action; const char *field, *done; };

static void need(struct page *p, const char *field, const char *message)
{
	if (form_raw(p->form, field)[0] == '\0')
		form_fail(p->form, field, message);
}

static void check_step(struct page *p, const struct step *s)
{
	if (s->action == ACT_SUPPLY)
		need(p, "answer", "请填写您的补充");
	if (s->action == ACT_ASK_FOLLOW_UP)
		need(p, "question", "请填写您的追问");
	if (s->action == ACT_RATE) {
		need(p, "grade", "请选择您对这次答复满意不满意");
		need(p, "solved", "请选择问题解决了没有");
	}
}

static struct act act_of(const struct page *p, const struct step *s)
{
	struct act act = { .action = s->action, .on = DAY_NONE };

	if (s->action == ACT_SUPPLY)
		act.text = form_text(p->form, "answer");
	else if (s->action == ACT_ASK_FOLLOW_UP)
		act.text = form_text(p->form, "question");
	else if (s->action == ACT_WITHDRAW)
		act.note = form_text(p->form, "reason");
	if (s->action == ACT_RATE) {
		act.grade = form_choice(p->form, "grade") + 1;
		act.solved = form_text(p->form, "solved");
		act.text = form_text(p->form, "words");
	}
	return act;
}

/* The same was already done a moment ago: a second click, or a page sent again. */
static bool already(const struct tracked *t, const struct act *act)
{
	switch (act->action) {
	case ACT_SUPPLY:
		return str_eq(t->letter.supplement_answer, act->text);
	case ACT_RATE:
		return t->more.rated_round == t->letter.round && t->letter.grade == act->grade
			&& str_eq(t->more.solved, act->solved);
	case ACT_WITHDRAW:
		return t->t.state == TICKET_WITHDRAWN;
	case ACT_ASK_FOLLOW_UP:
		for (size_t i = 0; i < t->events_n; i++) {
			const struct q_track_events *e = &t->events[i];

			if (str_eq(e->action, states_action_code(act->action)) && str_eq(e->public_note, act->text))
				return true;
		}
		return false;
	default:
		return false;
	}
}

static int take_step(struct page *p, int64_t id, const struct step *s)
{
	struct act act = act_of(p, s);
	const char *why = "";
	struct tracked t;
	int rc = ticket_apply(p->db, p->a, id, &ACTOR_CITIZEN, &act, NULL), load;

	if (rc != 0 && rc != ERR_STATE && rc != ERR_INVALID)
		return rc;
	if (rc != 0)
		why = arena_strdup(p->a, err_text(rc));
	err_clear();
	load = tracked_load(p, id, &t);
	if (load != 0)
		return load;
	if (rc == 0 || already(&t, &act))
		return render_letter(p, &t, 200, (struct said){ .done = s->done });
	if (!tracked_may(&t, s->action))
		return render_letter(p, &t, err_http(rc),
			(struct said){ .problem = why, .typed = act.text != NULL ? act.text : act.note });
	form_fail(p->form, s->field, why);
	return render_letter(p, &t, err_http(rc), (struct said){ .form = p->form });
}

static int step_page(struct page *p, const struct step *s)
{
	struct tracked t;
	int64_t id = 0;
	int status = 403, rc = open_letter(p, &id);

	if (rc == ERR_LOGIN) {
		err_clear();
		return ask_again(p, status);
	}
	if (rc != 0) {
		rc = refused(p, rc, &status);
		return rc != 0 ? rc : ask_again(p, status);
	}
	check_step(p, s);
	if (form_ok(p->form))
		return take_step(p, id, s);
	rc = tracked_load(p, id, &t);
	return rc != 0 ? rc : render_letter(p, &t, 422, (struct said){ .form = p->form });
}

int track_supply(struct page *p)
{
	static const struct step s = { ACT_SUPPLY, "answer", "您的补充已收到，我们继续办理" };

	return step_page(p, &s);
}

int track_rate(struct page *p)
{
	static const struct step s = { ACT_RATE, "grade", "您的评价已收到，谢谢" };

	return step_page(p, &s);
}

int track_follow_up(struct page *p)
{
	static const struct step s = { ACT_ASK_FOLLOW_UP, "question", "您的追问已收到，这封信重新办理" };

	return step_page(p, &s);
}

int track_withdraw(struct page *p)
{
	static const struct step s = { ACT_WITHDRAW, "reason", "已撤回这封信" };

	return step_page(p, &s);
}
