/* held_back - see held.h; this half is asked by the login, and knows the pages. */
#include <sodium.h>
#include <string.h>

#include "dispatch.h"
#include "failure.h"
#include "held.h"
#include "views/again.h"
#include "views/error.h"

/* Pages that show a form with mistakes again and do nothing else: what was typed comes back as such a form. */
static int (*const shows_again[])(struct page *p) = { desk_draft_send, desk_act_send, desk_edition_send };

static int page_of(struct page *p, const char *to, struct request *req, const struct page_row **ret_row,
	const char **ret_param)
{
	const char *allow;
	int rc = to != NULL && request_own_path(to) ? request_decode_path(p->a, to, strcspn(to, "?"), &req->path)
		: err_set(ERR_BADREQ, "held for no page of ours");

	if (rc == 0)
		rc = dispatch_find(p->a, page_rows, page_rows_n, req, SITE_DESK, ret_row, ret_param, &allow);
	if (rc == 0 && (*ret_row)->who.kind == WHO_ANYONE)
		return err_set(ERR_BADREQ, "nothing is held for such a page");
	return rc;
}

static int read_held(struct page *p, const char *held, struct params *ret)
{
	size_t n = 0, room = strlen(held);
	unsigned char *text = arena_alloc(p->a, room + 1);

	if (sodium_base642bin(text, room, held, room, NULL, &n, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
		return err_set(ERR_BADREQ, "what was held cannot be read");
	return request_parse_form(p->a, (const char *)text, n, ret);
}

static int not_yours(struct page *p)
{
	struct view_error v = { .desk = true, .heading = "刚才填写的内容没有带过来",
		.message = "那是另一位同事填写的。请他用自己的账号登录，再用浏览器的“后退”找回。", .back = { "/" }, .back_text = "到我的待办",
		.request_id = failure_number(p) };

	v.frame = page_titled(p, v.heading);
	view_error(&p->reply->body, &v);
	return 0;
}

static const char *label_of(const struct page *p, const char *name, bool *ret_text)
{
	const struct form_def *def = p->row->form;

	for (size_t i = 0; i < def->n; i++) {
		if (strcmp(def->fields[i].name, name) != 0)
			continue;
		*ret_text = def->fields[i].type == FIELD_TEXT;
		return def->fields[i].label != NULL ? def->fields[i].label : "内容";
	}
	*ret_text = false;
	return "";
}

/* The fields themselves, with a button that sends them. */
static int show_fields(struct page *p)
{
	const struct params *typed = &p->req->form;
	struct again_field *texts = arena_array(p->a, typed->n + 1, sizeof(*texts));
	struct again_field *hidden = arena_array(p->a, typed->n + 1, sizeof(*hidden));
	struct view_again v = { .desk = true, .heading = "您填写的内容还在", .advice = p->session->must_change
			? "您用的是初始密码：请先在新窗口打开工作台，改成只有您自己知道的密码，再回到这里点“再次提交”。"
			: "已重新登录。请核对，再点一次“再次提交”。",
		.action = { p->req->target }, .texts = texts, .hidden = hidden };

	for (size_t i = 0; i < typed->n; i++) {
		struct again_field f = { arena_printf(p->a, "again-%zu", i), typed->list[i].name, typed->list[i].value, "" };
		bool text;

		f.label = label_of(p, f.name, &text);
		if (text)
			texts[v.texts_n++] = f;
		else if (f.label[0] != '\0')
			hidden[v.hidden_n++] = f;
	}
	v.frame = page_titled(p, v.heading);
	view_again(&p->reply->body, &v);
	return 0;
}

int held_bring_back(struct page *p, const char *held, const char *to, int64_t by)
{
	struct request req = *p->req;
	const struct page_row *row = NULL;
	const char *param = "";
	struct params typed = { .n = 0 };
	int rc = page_of(p, to, &req, &row, &param);

	if (rc == 0)
		rc = read_held(p, held, &typed);
	if (rc != 0)
		return rc;
	req.target = to;
	req.form = typed;
	*p->req = req;
	p->row = row;
	p->param = param;
	page_frame(p);
	if (by != 0 && by != p->session->officer_id)
		return not_yours(p);
	if (row->who.kind == WHO_CAP && !access_may(page_actor(p), row->who.cap))
		return err_set(ERR_DENIED, "officer %lld lacks %s", (long long)by, access_cap_code(row->who.cap));
	rc = form_from_params(p->a, row->form, &typed, p->form);
	/* With a password that somebody else knows no page opens but the change of it. */
	for (size_t i = 0; rc == 0 && !p->session->must_change && i < ARRAY_LEN(shows_again); i++) {
		if (row->fn != shows_again[i])
			continue;
		form_fail(p->form, "main", "您已重新登录，填写的内容都在。请核对后再提交一次");
		return row->fn(p);
	}
	return rc != 0 ? rc : show_fields(p);
}
