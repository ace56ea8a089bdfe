/* desk_register - taking down a letter that came by telephone, at the counter, on paper, from a superior: one screen.
 *
 * As on the citizens' site nothing is kept between the steps: the page carries what was typed and a token whose key
 * makes sending it twice one letter; the receipt is the answer to the POST, since it shows the query code. */
#include "desk_register.h"

#include <jansson.h>
#include <string.h>

#include "clock.h"
#include "formtoken.h"
#include "intake.h"
#include "public.h"
#include "triage.h"
#include "views/desk_registered.h"

#define TOKEN_PURPOSE "register"
#define TOKEN_S (7 * 24 * 3600)
#define DUE_DAYS_FAR 366

static const struct field register_fields[] = {
	{ "channel", FIELD_CHOICE, .label = "来源", .required = true, .choices = desk_channels },
	{ "received_on", FIELD_DATE, .label = "收到日期" },
	{ "received_time", FIELD_TOKEN, .label = "时间", .max = 5, .wrong = "时间应像 09:30", .too_long = "时间应像 09:30" },
	{ "external_system", FIELD_LINE, .label = "系统名称", .max = 40 },
	{ "external_no", FIELD_LINE, .label = "外部编号", .max = 80 },
	{ "due_on", FIELD_DATE, .label = "上级要求的日期" },
	{ "type", FIELD_CHOICE, .label = "类型", .required = true, .choices = public_types },
	{ "title", FIELD_LINE, .label = "标题", .required = true, .min = INTAKE_TITLE_MIN, .max = INTAKE_TITLE_MAX },
	{ "body", FIELD_TEXT, .label = "内容", .required = true, .min = INTAKE_BODY_MIN, .max = INTAKE_BODY_MAX },
	{ "demand", FIELD_LINE, .label = "主要诉求", .max = INTAKE_LINE_MAX },
	{ "place", FIELD_LINE, .label = "地点", .max = INTAKE_LINE_MAX },
	{ "unit", FIELD_TOKEN, .label = "单位", .max = 40, .wrong = "请从列表中选择单位", .too_long = "请从列表中选择单位" },
	{ "publish", FIELD_CHOICE, .label = "可不可以公开", .required = true, .choices = desk_publish_ways },
	{ "name", FIELD_LINE, .label = "姓名", .max = INTAKE_NAME_MAX },
	{ "phone", FIELD_PHONE, .label = "电话" },
	{ "email", FIELD_EMAIL, .label = "电子邮箱" },
	{ "answer_by", FIELD_CHOICE, .label = "怎样得到答复", .choices = desk_answer_ways },
	{ "reply", FIELD_TEXT, .label = "当场的答复", .max = 8000 },
	{ "result", FIELD_TOKEN, .label = "办理结果", .max = 24 },
	{ "on", FIELD_DATE, .label = "承诺完成的日期" },
	{ "token", FIELD_TOKEN, .label = "提交凭证" },
};
const struct form_def form_register = { register_fields, ARRAY_LEN(register_fields) };

/* --- the page --- */

/* The token that was sent, while it is good, else a new one. *ret_key: its key, or NULL for a new one. */
static const char *token_of(struct page *p, const char **ret_key)
{
	const char *sent = form_text(p->form, "token");
	int rc = formtoken_check(p->a, sent, TOKEN_PURPOSE, p->now, 0, TOKEN_S, ret_key);

	err_clear();
	if (rc == 0)
		return sent;
	*ret_key = NULL;
	return formtoken_make(p->a, TOKEN_PURPOSE, p->now);
}

static int begin(struct page *p, struct desk_register *ret, const char **ret_key)
{
	*ret = (struct desk_register){ .p = p, .problem = "", .callers_said = "" };
	ret->token = token_of(p, ret_key);
	return worktime_get(p->db, &ret->wt);
}

int desk_register(struct page *p)
{
	const char *channel = form_text(p->form, "channel"), *key;
	struct desk_register d;
	int rc;

	form_empty(p->a, &form_register, p->form);
	form_set(p->form, "channel", channel != NULL ? channel : desk_channels[BY_HOTLINE]);
	rc = begin(p, &d, &key);
	return rc != 0 ? rc : desk_register_show(&d, 200);
}

/* --- what one field alone cannot tell --- */

/* "9:30" → minutes; -1 when it is no time. */
static int minutes_of(struct arena *a, const char *s)
{
	size_t n = 0;
	char **part = str_split(a, arena_strdup(a, s), ':', &n);
	long long hour, minute;

	if (n != 2 || str_to_int(part[0], 0, 23, &hour) != 0 || str_to_int(part[1], 0, 59, &minute) != 0)
		return -1;
	return (int)(hour * 60 + minute);
}

/* Without a time it came when the office opened, today just now; without a day it came today. */
static void check_received(struct desk_register *d)
{
	struct page *p = d->p;
	const char *time = form_text(p->form, "received_time");
	int32_t today = clock_day(p->now), day = form_day(p->form, "received_on");
	int minute = time != NULL ? minutes_of(p->a, time) : (int)conf.office_open_min;
	int64_t at;

	if (day == DAY_NONE && time == NULL)
		return;
	day = day == DAY_NONE ? today : day;
	at = day == today && time == NULL ? 0 : clock_day_start(day) + minute * 60;
	if (minute < 0)
		form_fail(p->form, "received_time", "时间应像 09:30");
	else if (at > p->now)
		form_fail(p->form, day > today ? "received_on" : "received_time", "收到时间不能晚于现在");
	else if (day < today - INTAKE_DAYS_BACK)
		form_fail(p->form, "received_on",
			arena_printf(p->a, "只能登记最近 %d 天收到的来信，更早的请先和主管核实", INTAKE_DAYS_BACK));
	else
		d->received_at = at;
}

static bool by_superior(const struct page *p)
{
	return form_choice(p->form, "channel") == BY_SUPERIOR;
}

static void check_external(struct page *p)
{
	const char *system = form_text(p->form, "external_system"), *no = form_text(p->form, "external_no");
	int32_t due = form_day(p->form, "due_on");
	bool superior = by_superior(p);

	if ((superior || no != NULL) && system == NULL)
		form_fail(p->form, "external_system", "请填写这个编号是哪个系统的");
	if ((superior || system != NULL) && no == NULL)
		form_fail(p->form, "external_no", superior ? "上级转办的，请填写上级的编号" : "请填写在那个系统的编号");
	if (due == DAY_NONE)
		return;
	if (!superior)
		form_fail(p->form, "due_on", "只有上级转办的来信有上级要求的日期");
	else if (due < clock_day(p->now) - DUE_DAYS_FAR || due > clock_day(p->now) + DUE_DAYS_FAR)
		form_fail(p->form, "due_on", "这个日期离今天太远，请核对年份");
}

/* A form that a telephone number or mail address was typed into wrongly says that already. */
static void check_contact(struct page *p)
{
	bool given = form_raw(p->form, "phone")[0] != '\0' || form_raw(p->form, "email")[0] != '\0';

	if (!given && !by_superior(p) && form_raw(p->form, "answer_by")[0] == '\0')
		form_fail(p->form, "answer_by", "没有留电话和邮箱，请选择写信人怎样得到答复");
}

static bool answers_at_once(const struct page *p)
{
	return form_raw(p->form, "reply")[0] != '\0' || form_raw(p->form, "result")[0] != '\0';
}

static void check_answer(struct page *p)
{
	const char *result = form_text(p->form, "result");
	int32_t on = form_day(p->form, "on");
	bool scheduled = str_eq(result, "scheduled");

	if (!answers_at_once(p)) {
		if (form_raw(p->form, "on")[0] != '\0')
			form_fail(p->form, "reply", "有承诺日期，还没有写当场的答复");
		return;
	}
	if (form_text(p->form, "reply") == NULL)
		form_fail(p->form, "reply", "请写下当场告诉写信人的话");
	if (result == NULL || states_reason("result", result) == NULL)
		form_fail(p->form, "result", "请选择办理结果");
	if (form_choice(p->form, "type") != TYPE_CONSULT)
		form_fail(p->form, "type", "当场答复只用于咨询；其他来信请删去当场的答复，登记后分办");
	if (scheduled && (on == DAY_NONE || on < clock_day(p->now)))
		form_fail(p->form, "on", "列入计划的，请填写今天以后的承诺日期");
}

static int check_unit(struct page *p, int64_t *ret_id)
{
	const char *code = form_text(p->form, "unit");
	struct q_unit_all unit;
	int rc = code != NULL ? public_unit(p, code, &unit) : ERR_NOTFOUND;

	*ret_id = 0;
	if (rc == 0 && unit.active && unit.takes_letters)
		*ret_id = unit.id;
	else if (code != NULL && (rc == 0 || rc == ERR_NOTFOUND))
		form_fail(p->form, "unit", "请从列表中选择单位");
	if (rc == ERR_NOTFOUND)
		err_clear();
	return rc == ERR_NOTFOUND ? 0 : rc;
}

static int check_more(struct desk_register *d, int64_t *ret_unit_id)
{
	check_received(d);
	check_external(d->p);
	check_contact(d->p);
	check_answer(d->p);
	return check_unit(d->p, ret_unit_id);
}

/* --- letters of the same number --- */

static const struct field caller_fields[] = {
	{ "phone", FIELD_PHONE, .label = "电话", .required = true, .missing = "请先填写电话，再查" },
};
const struct form_def form_caller = { caller_fields, ARRAY_LEN(caller_fields) };

/* The letters and what is said of them; ERR_DOWN and ERR_SLOWDOWN are said too. */
static int look_up(struct desk_register *d, const char *phone)
{
	struct page *p = d->p;
	int rc = triage_caller(p->db, p->a, page_actor(p), phone, &d->callers, &d->callers_n);

	if (rc == ERR_DOWN || rc == ERR_SLOWDOWN)
		d->callers_said = rc == ERR_DOWN ? "这里没有设置号码索引，查不了；请联系系统管理员" : arena_strdup(p->a, err_text(rc));
	else if (rc == 0)
		d->callers_said = d->callers_n == 0 ? "这个号码以前没有来过信。"
			: arena_printf(p->a, d->callers_n < TRIAGE_CALLER_ROWS ? "这个号码来过 %zu 封信：" : "这个号码最近的 %zu 封信：",
				d->callers_n);
	return rc;
}

/* For the script: what /register/caller shows, of the number alone. */
int desk_caller_json(struct page *p)
{
	struct desk_register d = { .p = p, .callers_said = "" };
	int32_t today = clock_day(p->now);
	json_t *list;
	int rc = form_ok(p->form) ? look_up(&d, form_text(p->form, "phone")) : err_set(ERR_INVALID, "no number");

	if (rc != 0)
		return rc;
	list = json_array();
	for (size_t i = 0; i < d.callers_n; i++) {
		const struct q_caller_letters *c = &d.callers[i];
		bool reads = access_may_on(page_actor(p), CAP_READ, c->unit_id, false);

		json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s, s:s}", "number", c->no, "title", c->title, "state",
			states_office(states_from(c->state)), "on", show_day(p->a, c->received_on, today), "url",
			reads ? desk_url(p->a, c->no, "").s : ""));
	}
	return reply_json(p->reply, 200, json_pack("{s:s, s:o}", "said", d.callers_said, "letters", list));
}

int desk_register_caller(struct page *p)
{
	const char *phone = form_text(p->form, "phone"), *wrong = form_error(p->form, "phone"), *key;
	struct desk_register d;
	int rc = begin(p, &d, &key);

	if (rc != 0)
		return rc;
	check_received(&d);
	/* Nothing is sent yet: only the number has to be right. */
	p->form->n_errors = 0;
	if (phone == NULL) {
		form_fail(p->form, "phone", wrong != NULL ? wrong : "请先填写电话，再查");
		return desk_register_show(&d, 422);
	}
	rc = look_up(&d, phone);
	if (rc != 0 && rc != ERR_DOWN && rc != ERR_SLOWDOWN)
		return rc;
	err_clear();
	return desk_register_show(&d, rc == 0 ? 200 : err_http(rc));
}

/* --- the receipt --- */

static const char *groups(struct arena *a, const char *code)
{
	char *s = arena_strdup(a, code);

	for (char *c = s; *c != '\0'; c++) {
		if (*c == '-')
			*c = ' ';
	}
	return s;
}

static const char *now_words(struct page *p, const struct q_ticket_peek *t)
{
	enum ticket_state state = states_from(t->state);

	if (state == TICKET_IN_REVIEW)
		return "当场的答复已送审：本单位另一位审核人同意后，写信人就能看到。";
	return arena_printf(p->a, "现在的状态：%s。", states_office(state));
}

static int show_receipt(const struct desk_register *d, const struct intake *in, const struct receipt *receipt)
{
	struct page *p = d->p;
	struct view_desk_registered v = { .frame = page_titled(p, "已登记"), .number = receipt->no,
		.code = receipt->query_code, .title = in->title, .effective = "", .how = desk_answer_words(in->answer_by) };
	int32_t today = clock_day(p->now);
	struct q_ticket_peek t;
	struct show_due due = show_due(p->a, d->wt, today, receipt->due_on, receipt->provisional);
	int rc = q_ticket_peek(p->db, p->a, receipt->ticket_id, &t);

	if (rc != 0)
		return rc;
	v.code_groups = groups(p->a, receipt->query_code);
	v.received = show_moment(p->a, t.received_at, today);
	if (t.received_on != clock_day(t.received_at))
		v.effective = arena_printf(p->a, "不在上班时间，按%s收到计算", show_day(p->a, t.received_on, today));
	v.due = due.day;
	v.provisional = due.note;
	v.now = now_words(p, &t);
	v.track = arena_printf(p->a, "%s/track", conf.public_url);
	v.qr = view_qr(p->a, arena_printf(p->a, "%s/track?number=%s", conf.public_url, receipt->no), "查询这封信的二维码");
	v.next.s = arena_printf(p->a, "/register?channel=%s", in->channel);
	v.letter = desk_url(p->a, receipt->no, "");
	v.letter_text = states_from(t.state) == TICKET_IN_REVIEW ? "看这封信" : "去分办这封";
	view_desk_registered(&p->reply->body, &v);
	return 0;
}

/* --- sending --- */

static struct intake intake_of(const struct desk_register *d, int64_t unit_id, const char *key, struct act *at_once)
{
	const struct form *f = d->p->form;
	bool contact = form_text(f, "phone") != NULL || form_text(f, "email") != NULL;
	struct intake in = { .type = (enum ticket_type)form_choice(f, "type"),
		.channel = desk_channels[form_choice(f, "channel")], .title = form_text(f, "title"),
		.body = form_text(f, "body"), .demand = form_text(f, "demand"), .place = form_text(f, "place"),
		.wanted_unit_id = unit_id, .publish_ok = form_choice(f, "publish") == 0, .name = form_text(f, "name"),
		.phone = form_text(f, "phone"), .email = form_text(f, "email"), .key_scope = "desk", .key = key,
		.external_system = form_text(f, "external_system"), .external_no = form_text(f, "external_no"),
		.external_due_on = form_day(f, "due_on"), .received_at = d->received_at };

	in.answer_by = form_text(f, "answer_by");
	if (in.answer_by == NULL)
		in.answer_by = contact ? "contact" : "superior";
	if (answers_at_once(d->p)) {
		*at_once = (struct act){ .action = ACT_ANSWER_AT_ONCE, .reply = form_text(f, "reply"),
			.result = form_text(f, "result"), .on = form_day(f, "on") };
		in.at_once = at_once;
	}
	return in;
}

/* The letter that has that number already, unless this officer must keep away from it. */
static int find_existing(struct desk_register *d, const struct intake *in)
{
	struct page *p = d->p;
	struct q_recusal_count recused = { .n = 0 };
	struct q_external_get there;
	int rc = q_external_get(p->db, p->a, in->external_system, in->external_no, &there);

	if (rc == 0)
		rc = q_recusal_count(p->db, p->a, there.ticket_id, page_actor(p)->unit_id, page_actor(p)->officer_id, &recused);
	d->existing = rc == 0 && recused.n == 0 ? there.ticket_no : NULL;
	return rc;
}

/* What the domain objects to, as a page; other errors go up: their page keeps all fields and sends them again. */
static int not_taken(struct desk_register *d, const struct intake *in, int rc)
{
	struct page *p = d->p;

	if (rc == ERR_REUSED) {
		d->token = formtoken_make(p->a, TOKEN_PURPOSE, p->now);
		d->problem = "您刚才已经用这一页登记过一封，这一次的内容和它不同。如果是另一封，请再点一次“登记”。";
	} else if (rc == ERR_DUP && in->external_no != NULL) {
		int found = find_existing(d, in);

		if (found != 0)
			return found;
		form_fail(p->form, "external_no", "这个编号已经登记过");
	} else if (rc == ERR_INVALID) {
		form_fail(p->form, in->at_once != NULL ? "reply" : "body", arena_strdup(p->a, err_text(rc)));
	} else {
		return rc;
	}
	err_clear();
	return desk_register_show(d, err_http(rc == ERR_DUP ? ERR_CONFLICT : rc));
}

int desk_register_send(struct page *p)
{
	struct desk_register d;
	struct receipt receipt;
	struct intake in;
	struct act at_once;
	const char *key = NULL;
	int64_t unit_id;
	int rc = begin(p, &d, &key);

	if (rc == 0)
		rc = check_more(&d, &unit_id);
	if (rc != 0)
		return rc;
	if (!form_ok(p->form))
		return desk_register_show(&d, 422);
	if (key == NULL) {
		d.problem = "这个页面打开得太久了。请核对后再点一次“登记”。";
		return desk_register_show(&d, 422);
	}
	in = intake_of(&d, unit_id, key, &at_once);
	rc = by_superior(p) ? intake_transfer(p->db, p->a, page_actor(p), &in, &receipt)
		: intake_submit(p->db, p->a, page_actor(p), &in, &receipt);
	return rc == 0 ? show_receipt(&d, &in, &receipt) : not_taken(&d, &in, rc);
}
