/* desk_login - the way into the desk and out of it. What a session is stands in session.h. */
#include "page.h"
#include "views/login.h"

static const struct field login_fields[] = {
	{ "login", FIELD_TOKEN, .label = "用户名", .max = 40, .required = true },
	{ "password", FIELD_SECRET, .label = "密码", .required = true },
	{ "next", FIELD_LINE, .label = "返回地址", .max = 1000 },
};
const struct form_def form_login = { login_fields, ARRAY_LEN(login_fields) };

static int render(struct page *p, int status, const char *problem)
{
	struct view_login v = { .frame = page_titled(p, "登录"), .form = p->form, .problem = problem };

	reply_status(p->reply, status);
	view_login(&p->reply->body, &v);
	return 0;
}

/* Where to go after the login: the page that asked for it, if it is one of ours. */
static const char *next_path(const struct page *p)
{
	const char *next = form_text(p->form, "next");

	return next != NULL && request_own_path(next) ? next : "/";
}

int login_show(struct page *p)
{
	return p->session != NULL ? reply_redirect(p->reply, next_path(p)) : render(p, 200, "");
}

int login_send(struct page *p)
{
	const char *login = form_text(p->form, "login"), *password = form_text(p->form, "password");
	int rc;

	if (login == NULL || password == NULL)
		return render(p, err_http(ERR_INVALID), p->form->n_errors > 0 ? p->form->errors[0].message : err_text(ERR_INVALID));
	rc = session_login(p, login, password);
	if (rc == ERR_INVALID || rc == ERR_SLOWDOWN)
		return render(p, err_http(rc), err_text(rc));
	if (rc != 0)
		return rc;
	return reply_redirect(p->reply, next_path(p));
}

int logout_send(struct page *p)
{
	int rc = session_logout(p);

	return rc != 0 ? rc : reply_redirect(p->reply, "/login");
}
