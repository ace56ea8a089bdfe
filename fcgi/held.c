/* held - see held.h; this half is asked by dispatch.c. */
#include "held.h"

#include <sodium.h>
#include <string.h>

#include "failure.h"
#include "views/login.h"

static bool carries(const struct page *p, const char *name)
{
	const struct form_def *def = p->row->form;

	for (size_t i = 0; i < def->n; i++) {
		if (strcmp(def->fields[i].name, name) == 0)
			return def->fields[i].type != FIELD_SECRET;
	}
	return false;
}

/* What the login itself asks for, still empty. */
static const struct field login_fields[] = {
	{ "login", FIELD_LINE, .max = 40 }, { "next", FIELD_LINE, .max = 1000 },
};
static const struct form_def form_fresh = { login_fields, ARRAY_LEN(login_fields) };

/* The fields of the page's form as a query, without the password and the token. */
static const char *fields_of(const struct page *p)
{
	const struct params *typed = &p->req->form;
	struct str o;

	str_init(&o, p->a, HELD_MAX);
	for (size_t i = 0; i < typed->n; i++) {
		if (carries(p, typed->list[i].name))
			view_query_add(&o, typed->list[i].name, typed->list[i].value);
	}
	return o.over ? NULL : o.len > 0 ? o.s + 1 : "";
}

void held_ask(struct page *p)
{
	const char *fields = fields_of(p);
	size_t n = fields != NULL ? strlen(fields) : HELD_MAX;
	size_t room = sodium_base64_encoded_len(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	struct view_login v = { .problem = "", .held_to = p->req->target };
	struct form *empty = ARENA_NEW(p->a, struct form);
	char *text;

	if (room > HELD_MAX || strlen(p->req->target) >= 1000) {
		failure_again(p, ERR_LOGIN, "登录已过期", "您填写的内容还在。请先在新窗口登录，再回到这里点“再次提交”。");
		return;
	}
	reply_reset(p->reply);
	reply_status(p->reply, err_http(ERR_LOGIN));
	text = arena_alloc(p->a, room);
	sodium_bin2base64(text, room, (const unsigned char *)fields, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	form_empty(p->a, &form_fresh, empty);
	v.form = empty;
	v.held = text;
	v.held_by = arena_printf(p->a, "%lld", (long long)session_csrf_whose(p->a, params_get(&p->req->form, "csrf")));
	v.frame = page_titled(p, "登录已过期");
	view_login(&p->reply->body, &v);
}
