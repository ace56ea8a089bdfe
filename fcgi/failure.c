/* failure - see failure.h. */
#include "failure.h"

#include <string.h>

#include "open311_write.h"
#include "str.h"

#include "views/again.h"
#include "views/error.h"

static const struct field *field_of(const struct page *p, const char *name)
{
	const struct form_def *def = p->row != NULL ? p->row->form : &form_none;

	for (size_t i = 0; i < def->n; i++) {
		if (strcmp(def->fields[i].name, name) == 0)
			return &def->fields[i];
	}
	return NULL;
}

/* Whether this error passes, so that sending the same again makes sense. */
static bool will_pass(int code)
{
	switch (code) {
	case ERR_DB:
	case ERR_RETRY:
	case ERR_UNSURE:
	case ERR_FULL:
	case ERR_DOWN:
	case ERR_IO:
	case ERR_SLOWDOWN:
	case ERR_CONFLICT:
	case ERR_STATE:
		return true;
	default:
		return false;
	}
}

const char *failure_number(const struct page *p)
{
	return strlen(p->req->rid) < 8 ? p->req->rid : arena_printf(p->a, "%.4s %.4s", p->req->rid, p->req->rid + 4);
}

static void plain_page(struct page *p, const char *heading, const char *message)
{
	struct view_error v = { .desk = p->site == SITE_DESK, .heading = heading, .message = message,
		.back = { "/" }, .back_text = "回到首页", .request_id = failure_number(p) };

	p->form = NULL; /* its mistakes are not what this page is about */
	v.frame = page_titled(p, page_wrong(p, heading));
	view_error(&p->reply->body, &v);
}

static const char *first_error(const struct page *p, const char **ret_message)
{
	*ret_message = NULL;
	if (p->form == NULL || form_ok(p->form))
		return NULL;
	*ret_message = p->form->errors[0].message;
	return p->form->errors[0].field;
}

/* Cookies made before the failure (a login that worked) must not go out with it: all headers are dropped. */
static void start_over(struct page *p, int code)
{
	reply_reset(p->reply);
	reply_status(p->reply, err_http(code));
	if (err_http(code) == 503 || err_http(code) == 429)
		reply_header(p->reply, "Retry-After", "30");
}

/* Somebody wrote something and meanwhile it went out of reach, to another unit or person: the words are not lost. */
static bool out_of_reach(const struct page *p, int code)
{
	const struct params *typed = &p->req->form;

	if (p->session == NULL || p->req->method != METHOD_POST || (code != ERR_NOTFOUND && code != ERR_DENIED))
		return false;
	for (size_t i = 0; i < typed->n; i++) {
		const struct field *d = field_of(p, typed->list[i].name);

		if (d != NULL && d->type == FIELD_TEXT && typed->list[i].value[0] != '\0')
			return true;
	}
	return false;
}

/* Programs that speak Open311 read errors in its form alone. */
static void open311_error(struct page *p, int code)
{
	json_t *errors = json_array();

	o311_error_add(p->a, errors, o311_status(code), err_text(code));
	o311_everybody(p->reply);
	o311_reply_errors(p->reply, o311_form_of(p->req->path), o311_status(code), errors);
}

static const char *advice_of(int code)
{
	if (code == ERR_NOTFOUND)
		return "地址可能不完整，或者内容已经移走。";
	if (code == ERR_GONE)
		return "这里曾经公开过一封来信的答复，现在看不到了：可能正在更正，也可能不宜再公开。更正后会重新公开，地址不变。"
			"您是写信人的，可以用信件编号和查询码查看答复。";
	return will_pass(code) ? "请过一会儿再试。" : "";
}

void failure_reply(struct page *p, int code)
{
	const char *message, *field;

	start_over(p, code);
	if (o311_below(p->req->path)) {
		open311_error(p, code);
		return;
	}
	if (page_is_json(p)) {
		field = code == ERR_INVALID ? first_error(p, &message) : NULL;
		reply_json_error(p->reply, code, field, field != NULL ? message : NULL);
		return;
	}
	if (p->req->method == METHOD_POST && will_pass(code))
		failure_again(p, code, err_text(code), "您填写的内容还在下面，没有丢失。请过一会儿再点一次“再次提交”。");
	else if (out_of_reach(p, code))
		failure_again(p, code, err_text(code), "这封信可能刚刚转给了别的单位或别的人。您写的内容在下面，没有丢失，请复制下来交给现在办理的人。");
	else
		plain_page(p, err_text(code), advice_of(code));
}

static bool keeps(const struct page *p, const struct param *one)
{
	const struct field *d = field_of(p, one->name);

	return d != NULL && d->type != FIELD_SECRET && strcmp(one->name, "csrf") != 0;
}

/* What was typed, sorted; returns the bytes of it. *ret_secret: a password was among it, and is left out. */
static size_t sort_fields(const struct page *p, struct view_again *v, bool *ret_secret)
{
	const struct params *typed = &p->req->form;
	struct again_field *texts = arena_array(p->a, REQUEST_PARAMS_MAX, sizeof(*texts));
	struct again_field *hidden = arena_array(p->a, REQUEST_PARAMS_MAX, sizeof(*hidden));
	size_t bytes = 0;

	v->texts = texts;
	v->hidden = hidden;
	*ret_secret = false;
	for (size_t i = 0; i < typed->n; i++) {
		const struct param *one = &typed->list[i];
		const struct field *d = field_of(p, one->name);
		struct again_field f = { arena_printf(p->a, "again-%zu", i), one->name, one->value, "" };

		*ret_secret = *ret_secret || (d != NULL && d->type == FIELD_SECRET);
		if (!keeps(p, one))
			continue;
		bytes += strlen(one->value);
		f.label = d->label != NULL ? d->label : "内容";
		if (d->type == FIELD_TEXT)
			texts[v->texts_n++] = f;
		else
			hidden[v->hidden_n++] = f;
	}
	return bytes;
}

void failure_again(struct page *p, int code, const char *heading, const char *advice)
{
	struct view_again v = { .desk = p->site == SITE_DESK, .heading = heading, .advice = advice };
	bool secret;
	size_t bytes = sort_fields(p, &v, &secret);

	start_over(p, code);
	/* A login cannot be sent again without its password, and there is nothing else to lose. */
	if ((v.texts_n == 0 && (secret || v.hidden_n == 0) && will_pass(code)) || bytes > FAILURE_KEEP_MAX) {
		plain_page(p, heading, "");
		return;
	}
	v.action.s = p->req->target;
	if (code == ERR_LOGIN)
		v.login.s = "/login";
	p->form = NULL;
	v.frame = page_titled(p, page_wrong(p, heading));
	view_again(&p->reply->body, &v);
}
