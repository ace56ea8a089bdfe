/* admin_password - one's own password: the only page there is as long as the password is a first one. */
#include "admin.h"
#include "password.h"
#include "views/admin_form.h"

static const struct field password_fields[] = {
	{ "old", FIELD_SECRET, .label = "原密码", .required = true, .missing = "请填写原密码", .max = PASSWORD_MAX_BYTES },
	{ "fresh", FIELD_SECRET, .label = "新密码", .required = true, .missing = "请填写新密码", .max = PASSWORD_MAX_BYTES },
	{ "again", FIELD_SECRET, .label = "再写一遍新密码", .required = true, .missing = "请再写一遍新密码", .max = PASSWORD_MAX_BYTES },
};
const struct form_def form_password = { password_fields, ARRAY_LEN(password_fields) };

static int show(struct page *p, bool typed)
{
	struct view_admin_form v = { .errors = typed ? p->form : NULL, .heading = "修改密码", .note = "" };
	struct admin_builder b = { p, &v.form, "", typed };

	v.intro = p->session->must_change ? "您用的是别人给的初始密码。请先改成只有您自己知道的密码，再开始办理。" : "";
	admin_field(&b, "password", "old", "原密码", "")->autocomplete = "current-password";
	admin_field(&b, "password", "fresh", "新密码", "")->autocomplete = "new-password";
	v.form.fields[1].hint = "至少 12 个字符，越长越好，不要求大小写和符号。可以用几个互不相干的词连起来；不要用登录名、姓名和常见的密码。";
	admin_field(&b, "password", "again", "再写一遍新密码", "")->autocomplete = "new-password";
	for (size_t i = 0; i < v.form.fields_n; i++)
		v.form.fields[i].css = "lx-input--width-20";
	v.form.csrf = p->csrf;
	v.form.url.s = "/password";
	v.form.button = "修改密码";
	v.back.s = "/me";
	v.back_text = p->session->must_change ? "" : "返回";
	v.frame = page_titled(p, "修改密码");
	view_admin_form(&p->reply->body, &v);
	return 0;
}

int password_show(struct page *p)
{
	form_empty(p->a, &form_password, p->form);
	return show(p, false);
}

int password_send(struct page *p)
{
	const struct org o = admin_org(p);
	const char *old = form_text(p->form, "old"), *fresh = form_text(p->form, "fresh");
	unsigned char hash[32];
	int rc = session_hash(p, hash);

	if (rc != 0)
		return rc;
	if (fresh != NULL && form_text(p->form, "again") != NULL && !str_eq(fresh, form_text(p->form, "again")))
		form_fail(p->form, "again", "两次写的新密码不一样");
	if (form_ok(p->form)) {
		/* Whoever finds an open session must not try passwords here that the login would slow down. */
		rc = session_confirm(p, old);
		if (rc == ERR_INVALID)
			rc = err_say(ERR_DENIED, "原密码不对");
		if (rc == 0)
			rc = org_password_change(&o, p->session->login, old, fresh, hash);
		if (rc == 0)
			return admin_done(p, "/me", "password");
	}
	rc = admin_failed(p, rc, rc == ERR_DENIED || rc == ERR_SLOWDOWN ? "old" : "fresh");
	return rc != 0 ? rc : show(p, true);
}
