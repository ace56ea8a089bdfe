/* open311_post - POST requests.xml: a letter handed in by a program that has a key.
 *
 * The same checks and ceilings as everywhere (intake.h); all mistakes are told at once. The header Idempotency-Key
 * makes sending again the same letter. What there is no place for in a letter (device_id, account_id) is left out. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "api_key.h"
#include "clock.h"
#include "intake.h"
#include "log.h"
#include "open311.h"
#include "public.h"
#include "show.h"
#include "text.h"

#define KEY_HEADER_MAX 80
#define KEY_RANDOM 16
#define TITLE_CUT 30             /* characters of the letter that become its title when there is none */
#define ADDRESS_WITH_POINT 40    /* characters of an address that has coordinates beside it */

static const char *const yes_no[] = { "yes", "no", NULL };
static const struct field send_fields[] = {
	{ "service_code", FIELD_LINE, .label = "service_code", .max = 40 },
	{ "lat", FIELD_LINE, .label = "lat", .max = 30 },
	{ "long", FIELD_LINE, .label = "long", .max = 30 },
	{ "address_string", FIELD_LINE, .label = "address_string", .max = INTAKE_LINE_MAX },
	{ "address_id", FIELD_LINE, .label = "address_id", .max = 40 },
	{ "email", FIELD_EMAIL, .label = "email" },
	{ "phone", FIELD_PHONE, .label = "phone" },
	{ "first_name", FIELD_LINE, .label = "first_name", .max = INTAKE_NAME_MAX },
	{ "last_name", FIELD_LINE, .label = "last_name", .max = INTAKE_NAME_MAX },
	{ "description", FIELD_TEXT, .label = "description", .required = true, .min = INTAKE_BODY_MIN,
		.max = INTAKE_BODY_MAX },
	{ "media_url", FIELD_LINE, .label = "media_url", .max = 300 },
	{ "attribute[title]", FIELD_LINE, .label = "标题", .min = INTAKE_TITLE_MIN, .max = INTAKE_TITLE_MAX },
	{ "attribute[unit]", FIELD_TOKEN, .label = "单位", .max = 40 },
	{ "attribute[about_unit]", FIELD_TOKEN, .label = "被反映的单位", .max = 40 },
	{ "attribute[demand]", FIELD_LINE, .label = "主要诉求", .max = INTAKE_LINE_MAX },
	{ "attribute[publish]", FIELD_CHOICE, .label = "是否公开", .choices = yes_no, .wrong = "应是 yes 或者 no" },
};
const struct form_def form_o311_send = { send_fields, ARRAY_LEN(send_fields) };

/* --- the key --- */

static int find_key(struct o311 *o, struct api_key *ret)
{
	const struct request *req = o->p->req;
	const char *typed = params_get(&req->form, "api_key");
	int rc;

	if (typed == NULL)
		typed = params_get(&req->query, "api_key");
	rc = api_key_find(o->p->db, o->p->a, typed, "letters", ret);
	if (rc != ERR_LOGIN)
		return rc;
	log_event(LOG_WARN, "open311", "error=LOGIN detail=\"%s\"", err_detail());
	err_clear();
	o311_fail(o, 403, "api_key", typed == NULL || typed[0] == '\0' ? "请带上密钥" : "这个密钥不对，或者已经撤销");
	return 0;
}

/* --- where --- */

/* "-122.4194"; false for anything that is no plain decimal number within the bounds. */
static bool read_degrees(const char *s, double most, double *ret)
{
	const char *p = s + (s[0] == '-' || s[0] == '+');
	size_t whole = strspn(p, "0123456789"), part = p[whole] == '.' ? strspn(p + whole + 1, "0123456789") : 0;

	if (whole < 1 || whole > 3 || p[whole + (p[whole] == '.') + part] != '\0')
		return false;
	*ret = strtod(s, NULL);
	return *ret >= -most && *ret <= most;
}

/* "（30.59310, 114.30540）", "" without a point. */
static const char *read_point(struct o311 *o)
{
	const char *lat = form_text(o->p->form, "lat"), *lon = form_text(o->p->form, "long");
	double north = 0, east = 0;

	if (lat == NULL && lon == NULL)
		return "";
	if (lat == NULL || lon == NULL)
		o311_fail(o, 400, lat == NULL ? "lat" : "long", "lat 和 long 要一起给出");
	else if (!read_degrees(lat, 90, &north))
		o311_fail(o, 400, "lat", "应是 -90 到 90 之间的小数（WGS84）");
	else if (!read_degrees(lon, 180, &east))
		o311_fail(o, 400, "long", "应是 -180 到 180 之间的小数（WGS84）");
	return arena_printf(o->p->a, "（%.5f, %.5f）", north, east);
}

/* Address and coordinates as the place of the letter. */
static const char *read_place(struct o311 *o)
{
	const char *address = form_text(o->p->form, "address_string"), *id = form_text(o->p->form, "address_id");
	const char *point = read_point(o);

	if (address == NULL && id != NULL)
		address = arena_printf(o->p->a, "地址编号 %s", id);
	if (address == NULL && point[0] == '\0') {
		o311_fail(o, 400, "address_string",
			"请给出地点：lat 和 long，或者 address_string，或者 address_id；和地点无关的，address_string 写“全市”");
		return NULL;
	}
	if (address == NULL)
		return arena_printf(o->p->a, "坐标%s", point);
	if (point[0] != '\0' && text_graphemes(address) > ADDRESS_WITH_POINT)
		o311_fail(o, 400, "address_string", arena_printf(o->p->a, "有坐标时最多 %d 个字", ADDRESS_WITH_POINT));
	return arena_printf(o->p->a, "%s%s", address, point);
}

/* --- who and what --- */

/* 王小明; Jane Smith. */
static const char *read_name(struct o311 *o)
{
	const char *first = form_text(o->p->form, "first_name"), *last = form_text(o->p->form, "last_name"), *name;
	bool latin = true;

	if (first == NULL || last == NULL)
		return first != NULL ? first : last;
	for (const char *s = first; *s != '\0'; s++)
		latin = latin && (unsigned char)*s < 0x80;
	name = latin ? arena_printf(o->p->a, "%s %s", first, last) : arena_printf(o->p->a, "%s%s", last, first);
	if (text_graphemes(name) > INTAKE_NAME_MAX)
		o311_fail(o, 400, "last_name", arena_printf(o->p->a, "姓名最多 %d 个字", INTAKE_NAME_MAX));
	return name;
}

static const char *one_line(struct arena *a, const char *s)
{
	char *line = arena_strdup(a, s);

	for (char *c = line; *c != '\0'; c++) {
		if (*c == '\n')
			*c = ' ';
	}
	return line;
}

static const char *read_title(struct o311 *o, const char *body)
{
	const char *title = form_text(o->p->form, "attribute[title]");

	if (title != NULL || body == NULL)
		return title;
	return text_cut(o->p->a, one_line(o->p->a, body), TITLE_CUT);
}

/* A picture elsewhere stands below the letter. */
static const char *read_body(struct o311 *o)
{
	const char *body = form_text(o->p->form, "description"), *url = form_text(o->p->form, "media_url");

	if (url == NULL || body == NULL)
		return body;
	if (!str_starts(url, "http://") && !str_starts(url, "https://"))
		o311_fail(o, 400, "media_url", "应是 http:// 或者 https:// 开头的地址");
	if (text_graphemes(body) + strlen(url) + 5 > INTAKE_BODY_MAX)
		o311_fail(o, 400, "description", arena_printf(o->p->a, "连同 media_url 最多 %d 个字", INTAKE_BODY_MAX));
	return arena_printf(o->p->a, "%s\n\n附图：%s", body, url);
}

static int read_unit(struct o311 *o, const char *field, int64_t *ret_id)
{
	const char *code = form_text(o->p->form, field);
	struct q_unit_all unit = { .id = 0 };
	int rc = code != NULL ? public_unit(o->p, code, &unit) : 0;

	if (rc == ERR_NOTFOUND || (rc == 0 && code != NULL && !(unit.active && unit.takes_letters))) {
		o311_fail(o, 400, field, "没有这个单位");
		err_clear();
		rc = 0;
	}
	*ret_id = unit.id;
	return rc;
}

static void read_type(struct o311 *o, struct intake *in)
{
	const char *code = form_text(o->p->form, "service_code");

	if (code == NULL)
		o311_fail(o, 400, "service_code", "请写明是哪个服务");
	else if (states_type_from(code) == TYPE__MAX)
		o311_fail(o, 404, "service_code", arena_printf(o->p->a, "没有“%s”这个服务", code));
	else
		in->type = states_type_from(code);
}

/* The caller's key for sending again, else one of our own: every request is a letter. */
static const char *read_key(struct o311 *o, const struct api_key *caller)
{
	const char *sent = o->p->req->idempotency_key;
	unsigned char random[KEY_RANDOM];
	char text[2 * KEY_RANDOM + 1];

	if (sent[0] == '\0') {
		randombytes_buf(random, sizeof(random));
		sent = sodium_bin2hex(text, sizeof(text), random, sizeof(random));
	} else if (strlen(sent) > KEY_HEADER_MAX
			|| sent[strspn(sent, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ._~:-")] != '\0') {
		o311_fail(o, 400, "Idempotency-Key", arena_printf(o->p->a, "应是最多 %d 个字母、数字或者 . _ ~ : -", KEY_HEADER_MAX));
	}
	return arena_printf(o->p->a, "%lld:%s", (long long)caller->id, sent);
}

static int read_letter(struct o311 *o, const struct api_key *caller, struct intake *in)
{
	const struct form *f = o->p->form;
	int rc;

	*in = (struct intake){ .channel = "api", .key_scope = "open311", .external_due_on = DAY_NONE };
	read_type(o, in);
	o311_wrong(o);
	in->place = read_place(o);
	in->name = read_name(o);
	in->phone = form_text(f, "phone");
	in->email = form_text(f, "email");
	in->title = read_title(o, form_text(f, "description"));
	in->body = read_body(o);
	in->demand = form_text(f, "attribute[demand]");
	in->publish_ok = str_eq(form_text(f, "attribute[publish]"), "yes");
	in->key = read_key(o, caller);
	rc = read_unit(o, "attribute[unit]", &in->wanted_unit_id);
	if (rc == 0)
		rc = read_unit(o, "attribute[about_unit]", &in->about_unit_id);
	if (rc == 0 && in->about_unit_id > 0 && (in->type != TYPE_COMPLAINT || in->about_unit_id == in->wanted_unit_id))
		o311_fail(o, 400, "attribute[about_unit]", "只有投诉可以指明被反映的单位，它不能同时是办理的单位");
	return rc;
}

/* --- the answer --- */

static int reply_sent(struct o311 *o, const char *member, const char *what, const char *notice)
{
	json_t *list = json_pack("[{s:s, s:s, s:n}]", member, what, "service_notice", notice, "account_id");

	must(list != NULL);
	return o311_reply(o->p->reply, o->form, 200, "service_requests", list);
}

/* By when, and how the writer follows it; a relay that gets a token does not learn the code. */
static const char *notice_of(struct o311 *o, const struct intake *in, const struct receipt *r, bool token)
{
	struct arena *a = o->p->a;
	const char *by = arena_printf(a, "%s前答复%s。", show_date(a, r->due_on), r->provisional ? "（暂定）" : "");
	bool reach = in->phone != NULL || in->email != NULL;

	if (token)
		return arena_printf(a, "来信已收到，%s", by);
	return arena_printf(a, "来信已收到，编号 %s，查询码 %s，请保存好，凭这两样在 %s/track 查询进度。%s%s", r->no, r->query_code,
		conf.public_url, by, reach ? "" : "没有留联系方式，我们无法通知您，请自行查询。");
}

static int send_letter(struct o311 *o, const struct api_key *caller, const struct intake *in)
{
	struct page *p = o->p;
	struct receipt receipt;
	const char *token = NULL;
	int rc = api_key_count(p->db, p->a, caller);

	if (rc == 0)
		rc = intake_submit(p->db, p->a, &ACTOR_API, in, &receipt);
	if (rc == 0)
		rc = api_key_letter(p->db, p->a, caller, receipt.ticket_id, receipt.no, &token);
	if (rc != 0)
		return rc;
	log_event(LOG_INFO, "open311", "key=%lld", (long long)caller->id);
	return caller->token ? reply_sent(o, "token", token, notice_of(o, in, &receipt, true))
		: reply_sent(o, "service_request_id", receipt.no, notice_of(o, in, &receipt, false));
}

/* Everything is checked as if it counted. */
static int pretend(struct o311 *o)
{
	return reply_sent(o, "service_request_id", "TEST", "这是测试地址：内容没有问题，没有保存，也不会有人办理。");
}

static int take(struct page *p)
{
	struct o311 o = o311_begin(p);
	struct api_key caller = { 0 };
	struct intake in;
	int rc;

	if (!str_eq(p->param, "requests.xml") && !str_eq(p->param, "requests.json"))
		return err_say(ERR_METHOD, "这个地址不接受 POST");
	if (p->req->body_kind == BODY_JSON)
		return err_say(ERR_TYPE, "请用 application/x-www-form-urlencoded 提交");
	rc = find_key(&o, &caller);
	if (rc != 0 || o.errors != NULL)
		return rc != 0 ? rc : o311_refuse(&o);
	rc = read_letter(&o, &caller, &in);
	if (rc != 0 || o.errors != NULL)
		return rc != 0 ? rc : o311_refuse(&o);
	return o.test ? pretend(&o) : send_letter(&o, &caller, &in);
}

int o311_send(struct page *p)
{
	return take(p);
}

int o311_test_send(struct page *p)
{
	return take(p);
}
