/* public_letter - writing a letter: the form, checking it, the receipt.
 *
 * Nothing is kept between the steps: every page carries what was typed, and a signed token whose key makes sending
 * the same letter twice one letter. The receipt is the answer to POST /letters/send and not a page of its own, since
 * it shows the query code; sent once more (a second click, reload) it is the same receipt. Whatever goes wrong, the
 * text comes back. */
#include "account_show.h"
#include "clock.h"
#include "formtoken.h"
#include "intake.h"
#include "kept.h"
#include "public.h"
#include "public_letter.h"
#include "public_similar.h"
#include "show.h"
#include "views/letter_check.h"
#include "views/letter_new.h"
#include "views/letter_received.h"

#define TOKEN_PURPOSE "letter"
#define TOKEN_S (7 * 24 * 3600)

static const char *const publish_choices[] = { "yes", "no", NULL };
static const struct field letter_fields[] = {
	{ "type", FIELD_CHOICE, .label = "信件类型", .required = true, .choices = public_types,
		.missing = "请选择这是一封什么信", .wrong = "请选择这是一封什么信" },
	{ "unit", FIELD_TOKEN, .label = "单位", .max = 40, .wrong = "请从列表中选择单位" },
	{ "about", FIELD_TOKEN, .label = "被反映的单位", .max = 40, .wrong = "请从列表中选择单位" },
	{ "title", FIELD_LINE, .label = "标题", .required = true, .min = INTAKE_TITLE_MIN, .max = INTAKE_TITLE_MAX },
	{ "body", FIELD_TEXT, .label = "内容", .required = true, .min = INTAKE_BODY_MIN, .max = INTAKE_BODY_MAX },
	{ "demand", FIELD_LINE, .label = "主要诉求", .max = INTAKE_LINE_MAX },
	{ "place", FIELD_LINE, .label = "地点", .max = INTAKE_LINE_MAX },
	{ "publish", FIELD_CHOICE, .label = "是否公开", .required = true, .choices = publish_choices,
		.missing = "请选择可不可以公开来信内容", .wrong = "请选择可不可以公开来信内容" },
	{ "name", FIELD_LINE, .label = "姓名", .required = true, .max = INTAKE_NAME_MAX },
	{ "phone", FIELD_PHONE, .label = "电话" },
	{ "email", FIELD_EMAIL, .label = "电子邮箱" },
	{ "kept", FIELD_LINE, .label = "草稿代码", .max = 60 },
	{ "kept_version", FIELD_LINE, .label = "草稿", .max = 20 },
	{ "website", FIELD_TRAP, .label = "请留空" },
	{ "token", FIELD_TOKEN, .label = "提交凭证" },
};
const struct form_def form_letter = { letter_fields, ARRAY_LEN(letter_fields) };

/* --- the token --- */

const char *letter_token(struct page *p, const char **ret_key)
{
	const char *sent = form_text(p->form, "token");
	int rc = formtoken_check(p->a, sent, TOKEN_PURPOSE, p->now, 0, TOKEN_S, ret_key);

	err_clear();
	if (rc == 0)
		return sent;
	*ret_key = NULL;
	return formtoken_make(p->a, TOKEN_PURPOSE, p->now);
}

/* --- the form --- */

const char *letter_kept(const struct page *p)
{
	return form_text(p->form, "kept");
}

int letter_render(struct page *p, int status, struct letter_said said)
{
	struct view_letter_new v = { .form = p->form,
		.frame = page_titled(p, said.problem != NULL ? page_wrong(p, "写信") : "写信"), .done = said.done,
		.problem = said.problem, .other = said.other, .kept = letter_kept(p) };
	const char *key;
	int rc = public_units(p, form_raw(p->form, "unit"), &v.units, &v.units_n);

	if (rc == 0)
		rc = public_units(p, form_raw(p->form, "about"), &v.about, &v.about_n);
	if (rc != 0)
		return rc;
	v.token = letter_token(p, &key);
	reply_status(p->reply, status);
	view_letter_new(&p->reply->body, &v);
	return 0;
}

static int render_new(struct page *p, int status)
{
	return letter_render(p, status, (struct letter_said){ 0 });
}

/* The unit chosen in a field, or id 0; one that is not in the list is said there. */
static int read_unit(struct page *p, const char *field, struct q_unit_all *ret)
{
	const char *code = form_text(p->form, field);
	int rc;

	*ret = (struct q_unit_all){ .id = 0 };
	if (code == NULL)
		return 0;
	rc = public_unit(p, code, ret);
	if (rc == 0 && ret->active && ret->takes_letters)
		return 0;
	if (rc != 0 && rc != ERR_NOTFOUND)
		return rc;
	err_clear();
	form_fail(p->form, field, "请从列表中选择单位");
	return 0;
}

/* Whom the letter is for, and whom it is about. */
struct parties { struct q_unit_all unit, about; };

/* What one field alone cannot tell. */
static int check_more(struct page *p, struct parties *ret)
{
	int rc;

	if (!form_given(p->form, "phone") || form_raw(p->form, "phone")[0] == '\0') {
		if (form_raw(p->form, "email")[0] == '\0')
			form_fail(p->form, "phone", "电话和电子邮箱，请至少填一个");
	}
	if (form_trapped(p->form))
		form_fail(p->form, "website", "有一栏是给程序设的，请留空。如果是浏览器自动填写的，请再提交一次");
	rc = read_unit(p, "unit", &ret->unit);
	if (rc == 0)
		rc = read_unit(p, "about", &ret->about);
	if (ret->about.id > 0 && form_given(p->form, "type") && !str_eq(form_text(p->form, "type"), "complaint"))
		form_fail(p->form, "about", "只有投诉可以指明被反映的单位。请把信件类型改成“投诉”，或在这里选“没有”");
	if (rc == 0 && ret->about.id > 0 && ret->about.id == ret->unit.id)
		form_fail(p->form, "unit", "被反映的单位不能办理这封信，请另选一个，或选“不清楚”");
	return rc;
}

int letter_new(struct page *p)
{
	const struct form asked = *p->form;
	static const char *const given[] = { "type", "unit", "title", "place" };

	/* A link may choose the type, as that of 网站找错 does. */
	form_empty(p->a, &form_letter, p->form);
	for (size_t i = 0; i < ARRAY_LEN(given); i++) {
		if (form_text(&asked, given[i]) != NULL)
			form_set(p->form, given[i], form_text(&asked, given[i]));
	}
	reply_browser_keeps(p->reply);
	return render_new(p, 200);
}

/* The step's address asked for with GET: a bookmark, or the size of the letters changed on the way. */
int letter_back(struct page *p)
{
	return reply_redirect(p->reply, "/letters/new");
}

/* --- checking --- */

static struct safe_html shown(struct page *p, const char *name)
{
	const char *text = form_text(p->form, name);

	return view_paragraphs(p->a, text != NULL ? text : "（未填）");
}

static const struct check_row *check_rows(struct page *p, const struct parties *who, size_t *ret_n)
{
	static const struct { const char *label, *field; } rows[] = {
		{ "类型", "type" }, { "写给", "unit" }, { "被反映的单位", "about" },
		{ "标题", "title" }, { "内容", "body" }, { "主要诉求", "demand" },
		{ "地点", "place" }, { "公开", "publish" }, { "姓名", "name" }, { "电话", "phone" }, { "电子邮箱", "email" },
	};
	struct check_row *list = arena_array(p->a, ARRAY_LEN(rows), sizeof(*list));
	const char *unit = who->unit.name;
	size_t n = 0;

	for (size_t k = 0; k < ARRAY_LEN(rows); k++) {
		const char *field = rows[k].field;
		size_t i = n;

		if (str_eq(field, "about") && who->about.id == 0)
			continue;
		n++;
		list[i] = (struct check_row){ rows[k].label, field, shown(p, field) };
		if (str_eq(field, "type"))
			list[i].value = view_paragraphs(p->a, public_type_name(form_text(p->form, "type")));
		else if (str_eq(field, "unit"))
			list[i].value = view_paragraphs(p->a, unit != NULL ? unit : "不清楚，由登记人员转给负责的单位");
		else if (str_eq(field, "about"))
			list[i].value = view_paragraphs(p->a, arena_printf(p->a, "%s（不会转给它办理，它也看不到这封信）",
				who->about.name));
		else if (str_eq(field, "publish"))
			list[i].value = view_paragraphs(p->a,
				form_choice(p->form, "publish") == 0 ? "可以公开来信内容" : "不要公开来信内容");
	}
	*ret_n = n;
	return list;
}

static struct intake intake_of(const struct page *p, const struct parties *who, const char *key)
{
	const struct form *f = p->form;

	return (struct intake){ .type = (enum ticket_type)form_choice(f, "type"), .channel = "web",
		.title = form_text(f, "title"), .body = form_text(f, "body"), .demand = form_text(f, "demand"),
		.place = form_text(f, "place"), .wanted_unit_id = who->unit.id,
		.about_unit_id = who->about.id, .publish_ok = form_choice(f, "publish") == 0,
		.name = form_text(f, "name"), .phone = form_text(f, "phone"), .email = form_text(f, "email"),
		.key_scope = "form", .key = key, .external_due_on = DAY_NONE };
}

/* Whether this very letter was received already (the back button), and answers that look alike. */
static int add_looked_up(struct page *p, const struct parties *who, const char *key, struct view_letter_check *v)
{
	struct intake in = intake_of(p, who, key);
	int rc = key != NULL ? intake_done(p->db, p->a, &in, &v->done_no) : 0;

	if (rc != 0 && rc != ERR_NOTFOUND)
		return rc;
	err_clear();
	return similar_answers(p, form_text(p->form, "title"), &v->similar);
}

static const char *goes_to(struct arena *a, const char *unit)
{
	return unit == NULL ? "登记人员看过后转给负责的单位，您随时可以查到是哪个单位在办。"
		: arena_printf(a, "登记人员看过后转给%s（您选的）；该由别的单位办的，转给那个单位，并告诉您。", unit);
}

static int render_check(struct page *p, const struct parties *who, int status, const char *token,
	const char *key, const char *problem)
{
	struct view_letter_check v = { .frame = page_titled(p, problem[0] != '\0' ? page_wrong(p, "核对") : "核对"),
		.form = p->form, .token = token, .problem = problem };
	enum ticket_type type = (enum ticket_type)form_choice(p->form, "type");
	const struct sla_policy *policy;
	const struct worktime *wt;
	struct show_due due;
	int32_t today = clock_day(p->now), counts_on;
	bool provisional = false;
	int rc = worktime_get(p->db, &wt);

	if (rc != 0)
		return rc;
	counts_on = calendar_effective_day(wt->cal, &wt->hours, p->now);
	due = show_due(p->a, wt, today, worktime_promise(wt, type, counts_on, &provisional), provisional);
	v.due = due.day;
	v.provisional = due.note;
	if ((rc = account_show_promise(p, wt, type, counts_on, &v.account)) != 0)
		return rc;
	policy = worktime_policy(wt, "reply", type, 0, counts_on);
	v.term = policy == NULL ? "" : arena_printf(p->a, "%s一般在受理后 %s内答复", states_type_name(type),
		show_term(p->a, policy->amount, policy->unit));
	v.rows = check_rows(p, who, &v.rows_n);
	v.goes_to = goes_to(p->a, who->unit.name);
	rc = add_looked_up(p, who, key, &v);
	if (rc != 0)
		return rc;
	reply_status(p->reply, status);
	view_letter_check(&p->reply->body, &v);
	return 0;
}

static int check_page(struct page *p, const struct parties *who)
{
	const char *key, *token = letter_token(p, &key);

	return render_check(p, who, 200, token, key, "");
}

int letter_check(struct page *p)
{
	struct parties who;
	int rc = check_more(p, &who);

	if (rc != 0)
		return rc;
	return form_ok(p->form) ? check_page(p, &who) : render_new(p, 422);
}

int letter_edit(struct page *p)
{
	p->form->n_errors = 0;
	return render_new(p, 200);
}

/* --- sending --- */

/* 今天已下班，按 … 收到计算. */
static const char *counted_later(struct page *p, const struct worktime *wt, const struct q_ticket_peek *t)
{
	int32_t day = clock_day(t->received_at), today = clock_day(p->now);

	if (t->received_on == day)
		return "";
	return arena_printf(p->a, "%s，按 %s收到计算", calendar_is_workday(wt->cal, day) ? "已过下班时间" : "不是工作日",
		show_day(p->a, t->received_on, today));
}

static const char *groups(struct arena *a, const char *code)
{
	char *s = arena_strdup(a, code);

	for (char *c = s; *c != '\0'; c++) {
		if (*c == '-')
			*c = ' ';
	}
	return s;
}

static int render_receipt(struct page *p, const struct receipt *receipt)
{
	struct view_letter_received v = { .frame = page_titled(p, "已收到您的信") };
	int32_t today = clock_day(p->now);
	const struct sla_policy *accept;
	const struct worktime *wt;
	struct q_ticket_peek t;
	struct show_due due;
	int rc = worktime_get(p->db, &wt);

	if (rc == 0)
		rc = q_ticket_peek(p->db, p->a, receipt->ticket_id, &t);
	if (rc != 0)
		return rc;
	due = show_due(p->a, wt, today, receipt->due_on, receipt->provisional);
	accept = worktime_policy(wt, "accept", states_type_from(t.type), 0, t.received_on);
	v.number = receipt->no;
	v.code = receipt->query_code;
	v.code_groups = groups(p->a, receipt->query_code);
	v.title = form_text(p->form, "title");
	v.received = show_moment(p->a, t.received_at, today);
	v.effective = counted_later(p, wt, &t);
	v.due = due.day;
	v.provisional = due.note;
	if ((rc = account_show_promise(p, wt, states_type_from(t.type), t.received_on, &v.account)) != 0)
		return rc;
	v.accept_by = show_day(p->a,
		calendar_add(wt->cal, t.received_on, accept != NULL ? accept->amount : 0, NULL), today);
	v.told_by = form_text(p->form, "email") != NULL ? "电子邮件" : "";
	v.qr = view_qr(p->a, arena_printf(p->a, "%s/track?number=%s", conf.public_url, receipt->no), "查询这封信的二维码");
	view_letter_received(&p->reply->body, &v);
	return 0;
}

/* What intake says, as a page; other errors go up: their page keeps all fields and sends them again. */
static int not_sent(struct page *p, const struct parties *who, int rc)
{
	if (rc == ERR_REUSED) {
		err_clear();
		return render_check(p, who, err_http(rc), formtoken_make(p->a, TOKEN_PURPOSE, p->now), NULL,
			"您刚才已经提交过一封信，这一次的内容和它不同。如果是另一件事，请再点一次“提交”；"
			"如果只是补充刚才那封信，请在“查进度”里查看。");
	}
	if (rc == ERR_INVALID) {
		form_fail(p->form, "body", arena_strdup(p->a, err_text(rc)));
		err_clear();
		return render_new(p, 422);
	}
	return rc;
}

int letter_send(struct page *p)
{
	struct parties who;
	struct receipt receipt;
	struct intake in;
	const char *key, *token;
	int rc = check_more(p, &who);

	if (rc != 0)
		return rc;
	if (!form_ok(p->form))
		return render_new(p, 422);
	token = letter_token(p, &key);
	if (key == NULL)
		return render_check(p, &who, 422, token, NULL, "这个页面打开得太久了。请核对后再点一次“提交”。");
	in = intake_of(p, &who, key);
	rc = intake_submit(p->db, p->a, &ACTOR_CITIZEN, &in, &receipt);
	if (rc != 0)
		return not_sent(p, &who, rc);
	/* The letter is safe; a draft that could not be deleted now goes by itself. */
	if (letter_kept(p) != NULL && kept_drop(p->db, p->a, letter_kept(p)) != 0)
		err_clear();
	return render_receipt(p, &receipt);
}
