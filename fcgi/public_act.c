/* public_act - what a writer does to the letter: adds, urges, rates, asks again, takes back.
 *
 * The forms of the letter's page carry a pass for that letter; when it has run out the code is asked for once more, and
 * what was typed goes along. A step done twice shows the page of the first time. */
#include "clock.h"
#include "intake.h"
#include "public.h"
#include "public_track.h"
#include "show.h"
#include "views/track.h"
#include "views/track_withdraw.h"

#define REASON_MAX 200
#define WORDS_MAX 500
#define SURE "撤回"

/* One form for all the letter's page can send, so that the page can show any of them again. */
static const char *const grades[] = { "1", "2", "3", "4", "5", NULL };
static const char *const solutions[] = { "yes", "partly", "no", NULL };
static const struct field act_fields[] = {
	{ "number", FIELD_LINE, .label = "信件编号", .max = NUMBER_MAX },
	{ "code", FIELD_LINE, .label = "查询码", .max = NUMBER_MAX },
	{ "pass", FIELD_TOKEN, .label = "页面凭证", .max = 200 },
	{ "answer", FIELD_TEXT, .label = "您的补充", .max = STATES_TEXT_MAX },
	{ "grade", FIELD_CHOICE, .label = "满意程度", .choices = grades },
	{ "solved", FIELD_CHOICE, .label = "问题解决了吗", .choices = solutions },
	{ "words", FIELD_TEXT, .label = "您想说的话", .max = WORDS_MAX },
	{ "question", FIELD_TEXT, .label = "您的追问", .max = STATES_TEXT_MAX },
	{ "reason", FIELD_LINE, .label = "撤回的原因", .max = REASON_MAX },
	{ "sure", FIELD_LINE, .label = "确认", .max = 20 },
	{ "kind", FIELD_TOKEN, .max = 24 },
};
const struct form_def form_track_act = { act_fields, ARRAY_LEN(act_fields) };

/* The letter the form speaks of: by its pass, or by the code typed anew. ERR_LOGIN: neither is there (any more). */
static int open_letter(struct page *p, int64_t *ret_id)
{
	const char *number = form_text(p->form, "number"), *code = form_text(p->form, "code");

	if (number == NULL)
		return ERR_LOGIN;
	if (code != NULL)
		return intake_find(p->db, p->a, number, code, p->req->client, ret_id);
	return track_pass_check(p, number, form_text(p->form, "pass"), ret_id);
}

/* The code once more; what was typed goes along. */
static int ask_again(struct page *p, int status)
{
	static const char *const names[] = { "answer", "grade", "solved", "words", "question", "reason", "sure" };
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
		return t->letter.rated_round == t->letter.round && t->letter.grade == act->grade
			&& str_eq(t->letter.solved, act->solved);
	case ACT_WITHDRAW:
		return t->t.state == TICKET_WITHDRAWN;
	case ACT_NUDGE:
		return t->facts.nudged;
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
		return track_render(p, &t, 200, (struct track_said){ .done = s->done });
	if (!tracked_may(&t, s->action))
		return track_render(p, &t, err_http(rc),
			(struct track_said){ .problem = why, .typed = act.text != NULL ? act.text : act.note });
	form_fail(p->form, s->field, why);
	return track_render(p, &t, err_http(rc), (struct track_said){ .form = p->form });
}

int track_open(struct page *p, int64_t *ret_id)
{
	int status = 403, rc = open_letter(p, ret_id);

	if (rc == 0)
		return 0;
	*ret_id = 0;
	if (rc == ERR_LOGIN)
		err_clear();
	else if ((rc = track_refused(p, rc, &status)) != 0)
		return rc;
	return ask_again(p, status);
}

static int step_on(struct page *p, int64_t id, const struct step *s)
{
	struct tracked t;
	int rc;

	check_step(p, s);
	if (form_ok(p->form))
		return take_step(p, id, s);
	rc = tracked_load(p, id, &t);
	return rc != 0 ? rc : track_render(p, &t, 422, (struct track_said){ .form = p->form });
}

static int step_page(struct page *p, const struct step *s)
{
	int64_t id;
	int rc = track_open(p, &id);

	return rc != 0 || id == 0 ? rc : step_on(p, id, s);
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

int track_nudge(struct page *p)
{
	static const struct step s = { ACT_NUDGE, "number", "已经替您催了，承办单位马上收到通知，督办人员也看得到" };

	return step_page(p, &s);
}

/* --- taking it back: asked about on a page of its own --- */

static bool is_sure(const struct page *p)
{
	const char *sure = form_text(p->form, "sure");

	return str_eq(sure, SURE) || str_eq(sure, "“" SURE "”");
}

static int ask_sure(struct page *p, const struct tracked *t)
{
	struct view_track_withdraw v = { .form = p->form, .number = t->letter.no, .title = t->letter.title,
		.pass = track_pass(p, t->id, &t->letter), .sure = SURE };

	if (form_given(p->form, "sure") && !is_sure(p))
		form_fail(p->form, "sure", "要撤回，请在框里写“" SURE "”两个字；不想撤回了，请点“不撤回，回到这封信”");
	v.frame = page_titled(p, "撤回这封信");
	v.complaint = t->t.type == TYPE_COMPLAINT;
	reply_status(p->reply, form_ok(p->form) ? 200 : 422);
	view_track_withdraw(&p->reply->body, &v);
	return 0;
}

int track_withdraw(struct page *p)
{
	static const struct step s = { ACT_WITHDRAW, "reason", "已撤回这封信" };
	struct tracked t;
	int64_t id;
	int rc = track_open(p, &id);

	if (rc != 0 || id == 0)
		return rc;
	if (is_sure(p) && form_ok(p->form))
		return step_on(p, id, &s);
	rc = tracked_load(p, id, &t);
	if (rc != 0)
		return rc;
	return tracked_may(&t, ACT_WITHDRAW) ? ask_sure(p, &t) : step_on(p, id, &s);
}

/* Back to the letter, by its pass. */
int track_again(struct page *p)
{
	struct tracked t;
	int64_t id;
	int rc = track_open(p, &id);

	if (rc != 0 || id == 0)
		return rc;
	rc = tracked_load(p, id, &t);
	return rc != 0 ? rc : track_render(p, &t, 200, (struct track_said){ 0 });
}
