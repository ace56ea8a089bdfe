/* desk_login - coming in and going out.
 *
 * The rules (delays, one sentence for all reasons, a fresh session each time) are session.c's. */
#include "clock.h"
#include "desk.h"
#include "held.h"
#include "views/login.h"

static const struct field login_fields[] = {
	{ "login", FIELD_TOKEN, .label = "用户名", .max = 40 },
	{ "password", FIELD_SECRET, .label = "密码" },
	{ "next", FIELD_LINE, .max = 1000 },
	{ "held", FIELD_TOKEN, .max = HELD_MAX },
	{ "held_to", FIELD_LINE, .max = 1000 },
	{ "held_by", FIELD_INT, .max = INT32_MAX },
};
const struct form_def form_login = { login_fields, ARRAY_LEN(login_fields) };

static int show(struct page *p, const char *problem)
{
	struct view_login v = { .form = p->form, .problem = problem, .held = form_raw(p->form, "held"),
		.held_to = form_raw(p->form, "held_to"), .held_by = form_raw(p->form, "held_by") };

	v.frame = page_titled(p, "登录");
	view_login(&p->reply->body, &v);
	return 0;
}

static const char *next_path(const struct page *p)
{
	const char *next = form_text(p->form, "next");

	return next != NULL && request_own_path(next) && !str_starts(next, "/login") ? next : "/";
}

int login_show(struct page *p)
{
	if (p->session != NULL)
		return reply_redirect(p->reply, next_path(p));
	return show(p, "");
}

/* When this account was last used, told on the start page: a stranger's login is noticed that way. */
static void remember_last(struct page *p, const char *login, int64_t *ret_at)
{
	struct q_last_login row;

	*ret_at = q_last_login(p->db, p->a, login, &row) == 0 ? row.at : TIME_NONE;
}

int login_send(struct page *p)
{
	const char *login = form_text(p->form, "login"), *password = form_text(p->form, "password");
	int64_t last = TIME_NONE;
	int rc;

	if (login == NULL || password == NULL) {
		reply_status(p->reply, err_http(ERR_INVALID));
		return show(p, login == NULL && form_given(p->form, "login") && form_raw(p->form, "login")[0] != '\0'
			? "用户名或密码不对" : "请填写用户名和密码");
	}
	remember_last(p, login, &last);
	rc = session_login(p, login, password);
	if (rc == ERR_INVALID || rc == ERR_SLOWDOWN) {
		reply_status(p->reply, err_http(rc));
		return show(p, arena_strdup(p->a, err_text(rc)));
	}
	if (rc != 0)
		return rc;
	reply_cookie(p->reply, DESK_LAST_COOKIE, last != TIME_NONE ? arena_printf(p->a, "%lld", (long long)last)
		: NULL);
	if (form_text(p->form, "held") != NULL)
		return held_bring_back(p, form_text(p->form, "held"), form_text(p->form, "held_to"),
			form_int(p->form, "held_by", 0));
	return reply_redirect(p->reply, next_path(p));
}

int logout_send(struct page *p)
{
	int rc = session_logout(p);

	return rc != 0 ? rc : reply_redirect(p->reply, "/login");
}
