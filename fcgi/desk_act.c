/* desk_act - doing something to a letter: one form for all actions.
 *
 * The page copies the typed fields into struct act and asks the domain; whatever the domain objects to is said on the
 * same page with everything that was typed. */
#include <string.h>

#include "clock.h"
#include "desk_fields.h"
#include "desk_pub.h"
#include "desk_since.h"
#include "desk_review.h"
#include "topic.h"
#include "triage.h"
#include "views/desk_act.h"

/* A reviewer's words at the places of an answer: REVIEW_PARAGRAPHS_MAX of them. */
#define PLACE(n) { "p" #n, FIELD_TEXT, .label = "第 " #n " 段的意见", .max = 500 }
#define PLACES(d) PLACE(d##1), PLACE(d##2), PLACE(d##3), PLACE(d##4), PLACE(d##5), PLACE(d##6), PLACE(d##7), \
	PLACE(d##8), PLACE(d##9)

static const struct field act_fields[] = {
	{ "action", FIELD_TOKEN, .max = 24 },
	{ "version", FIELD_INT, .max = INT32_MAX },
	{ "text", FIELD_TEXT, .label = "内容", .max = 1000 },
	{ "reply", FIELD_TEXT, .label = "答复", .max = 8000 },
	{ "note", FIELD_LINE, .label = "内部意见", .max = 200 },
	{ "reason", FIELD_TOKEN, .label = "理由", .max = 24 },
	{ "unit", FIELD_INT, .label = "单位", .min = 1, .max = INT32_MAX },
	{ "officer", FIELD_INT, .label = "承办人", .min = 1, .max = INT32_MAX },
	{ "co", FIELD_LIST, .label = "协办单位", .max = STATES_CO_UNITS_MAX },
	{ "master", FIELD_LINE, .label = "主件的编号", .max = 40 },
	{ "login", FIELD_TOKEN, .label = "账号", .max = 40, .wrong = "没有这个账号，请核对" },
	{ "which", FIELD_INT, .label = "哪一项", .min = 1, .max = INT32_MAX },
	{ "days", FIELD_INT, .label = "天数", .min = 1, .max = 60 },
	{ "on", FIELD_DATE, .label = "日期" },
	{ "from", FIELD_TOKEN, .max = 16 },
	{ "seen", FIELD_TOKEN, .max = 64 },
	PLACES(), PLACE(10), PLACES(1), PLACE(20), PLACES(2), PLACE(30), PLACES(3), PLACE(40),
	{ "result", FIELD_TOKEN, .label = "办理结果", .max = 24 },
	{ "do", FIELD_TOKEN, .max = 16 },
	{ "topic", FIELD_INT, .label = "主题", .max = INT32_MAX },
};
const struct form_def form_act = { act_fields, ARRAY_LEN(act_fields) };

static enum action action_of(const struct page *p)
{
	const char *code = form_text(p->form, "action");

	if (str_eq(code, DESK_ACCEPT_ASSIGN))
		return ACT_ASSIGN;
	return code != NULL ? states_action_from(code) : ACT__MAX;
}

static bool accepts_too(const struct page *p)
{
	return str_eq(form_text(p->form, "action"), DESK_ACCEPT_ASSIGN);
}

static int show(struct page *p, const struct desk_letter *l, enum action a, bool again)
{
	struct desk_fields f = { .p = p, .letter = l, .typed = again ? p->form : NULL, .from = form_raw(p->form, "from") };
	struct view_desk_act v = { .form = p->form };
	int rc = desk_fields_wants_units(a) ? desk_units(p, 0, true, &f.units, &f.units_n) : 0;

	if (rc == 0 && desk_fields_wants_officers(a))
		rc = desk_handlers(p, l->t.unit_id, &f.officers, &f.officers_n);
	if (rc == 0 && desk_fields_wants_topic(a))
		rc = desk_topics(p, again ? form_int(p->form, "topic", 0) : l->t.topic_id, &f.topics, &f.topics_n);
	if (rc == 0 && again)
		rc = desk_since(p, l, form_int(p->form, "version", 0), &v.since);
	if (rc != 0)
		return rc;
	v.act = accepts_too(p) ? desk_fields_accept_assign(&f, true) : desk_fields_form(&f, a, true);
	v.act.seen = form_raw(p->form, "seen");
	v.number = l->t.no;
	v.title = l->file.title;
	v.body = view_paragraphs(p->a, l->file.body);
	v.back = desk_url_in(p, l->t.no, "");
	v.frame = page_titled(p, arena_printf(p->a, "%s %s", v.act.button, l->t.no));
	view_desk_act(&p->reply->body, &v);
	return 0;
}

int desk_act(struct page *p)
{
	enum action a = action_of(p);
	struct desk_letter l;
	int rc = desk_letter(p, &l);

	if (rc != 0)
		return rc;
	if (a == ACT__MAX)
		return err_set(ERR_NOTFOUND, "no such action");
	if (!access_may_on(page_actor(p), (enum cap)a, l.t.unit_id, l.facts.co))
		return err_set(ERR_DENIED, "%s is not this officer's", states_action_code(a));
	/* Nobody decides about a text without it. */
	if (desk_fields_place(a) == DESK_PUBLISH)
		return reply_redirect(p->reply, desk_url_in(p, l.t.no, "/publish").s);
	return show(p, &l, a, false);
}

static int read_master(struct page *p, struct act *act)
{
	const char *typed = form_text(p->form, "master"), *no = NULL;
	int rc;

	if (typed == NULL)
		return 0;
	rc = ticket_number_ok(p->a, typed, &no) ? ticket_id(p->db, p->a, no, &act->master_id) : ERR_NOTFOUND;
	if (rc == ERR_NOTFOUND) {
		form_fail(p->form, "master", "没有这个编号的信件，请核对");
		return 0;
	}
	return rc;
}

static int read_login(struct page *p, struct act *act)
{
	const char *login = form_text(p->form, "login");
	struct q_officer_of_login row;
	int rc = login != NULL ? q_officer_of_login(p->db, p->a, login, &row) : ERR_NOTFOUND;

	if (rc == 0)
		act->officer_id = row.id;
	else if (rc == ERR_NOTFOUND && login != NULL)
		form_fail(p->form, "login", "没有这个账号，请核对");
	return rc == ERR_NOTFOUND ? 0 : rc;
}

static void read_co(const struct page *p, struct act *act)
{
	const char *const *list;
	size_t n = 0;
	long long id;

	list = form_list(p->form, "co", &n);
	for (size_t i = 0; i < n && act->n_co_units < STATES_CO_UNITS_MAX; i++) {
		if (str_to_int(list[i], 1, INT32_MAX, &id) == 0)
			act->co_units[act->n_co_units++] = id;
	}
}

static int read_act(struct page *p, enum action a, struct act *act)
{
	int rc;

	*act = (struct act){
		.action = a,
		.version = form_int(p->form, "version", 0),
		.text = form_text(p->form, "text"),
		.reply = form_text(p->form, "reply"),
		.note = form_text(p->form, "note"),
		.reason = form_text(p->form, "reason"),
		.unit_id = form_int(p->form, "unit", 0),
		.officer_id = form_int(p->form, "officer", 0),
		.which = form_int(p->form, "which", 0),
		.days = (int)form_int(p->form, "days", 0),
		.on = form_day(p->form, "on"),
		.result = form_text(p->form, "result"),
		/* Whoever decides about a text says which: without a hash it is another one. */
		.seen = form_text(p->form, "seen") != NULL ? form_text(p->form, "seen") : "",
	};
	read_co(p, act);
	rc = read_login(p, act);
	return rc != 0 ? rc : read_master(p, act);
}

/* Everything that is missing is said at its field; the domain would name the first only. */
static void check_needs(struct page *p, enum action a, const struct act *act)
{
	const char *text = arena_printf(p->a, "请填写“%s”", desk_fields_text_label(a));
	const struct { unsigned need; bool there; const char *field, *message; } rows[] = {
		{ NEEDS_REASON, act->reason != NULL, "reason", a == ACT_RETYPE ? "请选择类型" : "请选择理由" },
		{ NEEDS_UNIT, act->unit_id > 0, "unit", "请选择单位" },
		{ NEEDS_OFFICER, act->officer_id > 0, "officer", "请选择承办人" },
		{ NEEDS_MASTER, act->master_id > 0 || form_text(p->form, "master") != NULL, "master", "请填写主件的编号" },
		{ NEEDS_PARTY, act->unit_id > 0 || act->officer_id > 0 || form_text(p->form, "login") != NULL, "unit",
			"请选择要回避的单位，或填写要回避的人的账号" },
		{ NEEDS_WHICH, act->which > 0, "which", "请选择是哪一项" },
		{ NEEDS_DAYS, act->days > 0, "days", "请选择延期的天数" },
		{ NEEDS_DATE, act->on != DAY_NONE, "on", "请选择日期" },
		{ NEEDS_REPLY, a != ACT_ANSWER_AT_ONCE || act->result != NULL, "result", "请选择办理结果" },
		{ NEEDS_TEXT, act->text != NULL, "text", text },
		{ NEEDS_REPLY, act->reply != NULL, "reply", "请填写答复的内容" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		if ((states_action_needs(a) & rows[i].need) != 0 && !rows[i].there)
			form_fail(p->form, rows[i].field, rows[i].message);
	}
}

/* Back to where it was asked for. */
static int go_on(struct page *p, const struct desk_letter *l, enum action a)
{
	static const struct { const char *from, *path; enum cap cap; } places[] = {
		{ "watch", "/watch", CAP_WATCH }, { "orders", "/orders", CAP_ORDERS },
	};
	const char *from = form_text(p->form, "from");

	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		if (str_eq(from, places[i].from) && access_may(page_actor(p), places[i].cap))
			return reply_redirect(p->reply, desk_done_path(p->a, places[i].path, a, l->t.no, ""));
	}
	return desk_fields_place(a) == DESK_PUBLISH ? desk_pub_go_on(p, l, a) : desk_go_on(p, l, a);
}

/* A form of ours says what it is based on; without that, somebody else's change would go unseen. */
static int apply(struct page *p, const struct desk_letter *l, const struct act *act)
{
	if (act->version == 0)
		return err_set(ERR_CONFLICT, "sent without a version");
	/* A topic that does not exist is refused before the letter goes on. */
	if (desk_fields_wants_topic(act->action) && form_given(p->form, "topic")) {
		int rc = topic_set(p->db, p->a, l->t.id, form_int(p->form, "topic", 0));

		if (rc != 0)
			return rc;
	}
	if (accepts_too(p))
		return triage_accept_and_assign(p->db, p->a, l->t.id, page_actor(p), act);
	return ticket_apply(p->db, p->a, l->t.id, page_actor(p), act, NULL);
}

/* What the writer will read, before anything is done. */
static int preview(struct page *p, const struct desk_letter *l, enum action a, const struct act *act)
{
	if (act->reason == NULL)
		form_fail(p->form, "reason", "请选择理由");
	reply_status(p->reply, form_ok(p->form) ? 200 : 422);
	return show(p, l, a, true);
}

/* What was typed is complete as far as one can see: carries it out, or shows it again with what stands against it. */
static int carry_out(struct page *p, const struct desk_letter *l, enum action a, const struct act *act)
{
	int rc = form_ok(p->form) ? apply(p, l, act) : ERR_INVALID;

	if (rc == 0)
		return go_on(p, l, a);
	if (rc != ERR_INVALID && rc != ERR_STATE && rc != ERR_CONFLICT && rc != ERR_DENIED)
		return rc;
	if (form_ok(p->form))
		form_fail(p->form, "action", rc == ERR_CONFLICT && desk_fields_place(a) == DESK_PUBLISH
			? "公开稿或者这封信刚刚有了变化，您填写的还在。请回到公开稿看过现在的文字，再决定" : rc == ERR_CONFLICT
			? "别人刚刚处理过这封信，您填写的还在。请先看一下最新情况，再决定是否提交" : err_text(rc));
	reply_status(p->reply, err_http(rc));
	return desk_fields_place(a) == DESK_REVIEW ? desk_review_again(p, l, a) : show(p, l, a, true);
}

int desk_act_send(struct page *p)
{
	enum action a = action_of(p);
	struct desk_letter l;
	struct act act;
	int rc = desk_letter(p, &l);

	if (rc != 0)
		return rc;
	if (a == ACT__MAX)
		return err_set(ERR_BADREQ, "no such action");
	rc = read_act(p, a, &act);
	if (rc == 0 && desk_fields_place(a) == DESK_REVIEW)
		rc = desk_review_words(p, &l, &act);
	if (rc != 0)
		return rc;
	if (str_eq(form_text(p->form, "do"), "preview"))
		return preview(p, &l, a, &act);
	check_needs(p, a, &act);
	return carry_out(p, &l, a, &act);
}
