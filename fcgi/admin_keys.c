/* admin_keys - keys of programs that hand letters in: the list, a new one (shown once), revoking. */
#include "admin.h"
#include "api_key.h"
#include "clock.h"
#include "views/admin_key.h"
#include "views/admin_keys.h"

#define ROWS_MAX 200
#define USED_DAYS 30

static const struct field key_fields[] = {
	{ "name", FIELD_LINE, .label = "程序名称", .min = 2, .max = API_KEY_NAME_MAX, .required = true },
	{ "contact", FIELD_LINE, .label = "负责人和联系方式", .min = 2, .max = API_KEY_CONTACT_MAX, .required = true },
	{ "scope", FIELD_CHOICE, .label = "用途", .choices = api_key_scope_codes, .required = true },
	{ "answer", FIELD_CHOICE, .label = "返回什么", .choices = api_key_answer_codes, .required = true },
	{ "per_day", FIELD_INT, .label = "每天最多多少封", .min = 1, .max = API_KEY_PER_DAY_MAX, .required = true },
};
const struct form_def form_api_key = { key_fields, ARRAY_LEN(key_fields) };
static const struct field off_fields[] = {
	{ "reason", FIELD_LINE, .label = "为什么撤销", .min = 2, .max = ORG_REASON_MAX, .required = true,
		.missing = "请填写为什么撤销" },
};
const struct form_def form_api_key_off = { off_fields, ARRAY_LEN(off_fields) };

static const char *number(struct arena *a, int64_t n)
{
	return arena_printf(a, "%lld", (long long)n);
}

/* --- the list --- */

static const char *used_words(struct page *p, const struct q_api_key_list *k)
{
	if (k->last_on == DAY_NONE)
		return "没有用过";
	return arena_printf(p->a, "最近 %d 天提交 %lld 次，最后一次在%s", USED_DAYS, (long long)k->sent,
		show_day(p->a, k->last_on, clock_day(p->now)));
}

static const char *made_words(struct page *p, int64_t at, const char *by)
{
	return arena_printf(p->a, "%s，%s", show_moment(p->a, at, clock_day(p->now)), by != NULL ? by : "命令行");
}

/* The folded form that revokes it; open again when it was sent with a mistake. */
static void add_off(struct page *p, const struct q_api_key_list *k, bool again, struct part_admin_form *f)
{
	struct admin_builder b = { p, f, again ? "" : arena_printf(p->a, "off%lld-", (long long)k->id), again };

	*f = (struct part_admin_form){ .csrf = p->csrf, .code = "", .more = "", .summary = "撤销", .button = "撤销这个密钥",
		.hint = "撤销以后，用它的程序马上不能再提交，也不能恢复。", .danger = true, .open = again,
		.url = { arena_printf(p->a, "/admin/keys/%lld", (long long)k->id) } };
	admin_field(&b, "text", "reason", "为什么撤销", "");
}

static void add_rows(struct page *p, const struct q_api_key_list *rows, size_t n, int64_t off_id,
	struct view_admin_keys *v)
{
	struct key_row *live = arena_array(p->a, n + 1, sizeof(*live)), *dead = arena_array(p->a, n + 1, sizeof(*dead));

	for (size_t i = 0; i < n; i++) {
		const struct q_api_key_list *k = &rows[i];
		bool off = k->revoked_at != TIME_NONE;
		struct key_row *r = off ? &dead[v->dead_n++] : &live[v->live_n++];

		*r = (struct key_row){ .name = k->name, .hint = k->hint, .contact = k->contact, .used = used_words(p, k),
			.scope = api_key_scope_name(k->scope), .answer = str_eq(k->scope, api_key_scope_codes[0])
			? api_key_answer_name(k->answer) : "", .per_day = k->per_day, .made = made_words(p, k->made_at, k->made_by),
			.off = off ? made_words(p, k->revoked_at, k->revoked_by) : "", .why = k->why };
		if (!off)
			add_off(p, k, k->id == off_id, &r->revoke);
	}
	v->live = live;
	v->dead = dead;
}

static void add_form(struct page *p, bool typed, struct part_admin_form *f)
{
	struct choice scopes[2], answers[2];
	struct admin_builder b = { p, f, "", typed };
	struct part_field *field;

	for (size_t i = 0; i < ARRAY_LEN(scopes); i++) {
		scopes[i] = (struct choice){ .code = api_key_scope_codes[i],
			.text = api_key_scope_name(api_key_scope_codes[i]) };
		answers[i] = (struct choice){ .code = api_key_answer_codes[i],
			.text = api_key_answer_name(api_key_answer_codes[i]) };
	}
	*f = (struct part_admin_form){ .csrf = p->csrf, .url = { "/admin/keys" }, .code = "", .more = "", .hint = "",
		.summary = "", .button = "新建并生成密钥" };
	admin_field(&b, "text", "name", "程序名称", "")->hint = "例如 市政务 App";
	admin_field(&b, "text", "contact", "负责人和联系方式", "")->hint = "出了问题找谁；不公开";
	admin_select(&b, "scope", "用途", scopes, ARRAY_LEN(scopes), api_key_scope_codes[0]);
	field = admin_select(&b, "answer", "返回什么", answers, ARRAY_LEN(answers), api_key_answer_codes[0]);
	field->hint = "只转手、不该知道查询码的程序，选“只返回令牌”；对上级转办不起作用";
	field = admin_field(&b, "number", "per_day", "每天最多多少封", number(p->a, API_KEY_PER_DAY));
	field->css = "lx-input--width-10";
}

/* off_id: the key whose revoking was sent with mistakes; typed: the new one's form was. */
static int render(struct page *p, int64_t off_id, bool typed)
{
	struct view_admin_keys v = { .errors = typed || off_id > 0 ? p->form : NULL };
	struct q_api_key_list *rows = NULL;
	size_t n = 0;
	int rc = q_api_key_list(p->db, p->a, clock_day(p->now) - USED_DAYS, ROWS_MAX, &rows, &n);

	if (rc != 0)
		return rc;
	add_rows(p, rows, n, off_id, &v);
	add_form(p, typed, &v.form);
	admin_flash(p);
	v.frame = page_titled(p, "接口密钥");
	view_admin_keys(&p->reply->body, &v);
	return 0;
}

int keys_admin_show(struct page *p)
{
	form_empty(p->a, &form_api_key, p->form);
	return render(p, 0, false);
}

/* --- a new one --- */

static int show_key(struct page *p, const struct api_key_new *k, const char *key)
{
	struct view_admin_key v = { .name = k->name, .key = key, .letters = str_eq(k->scope, api_key_scope_codes[0]) };

	v.frame = page_titled(p, arena_printf(p->a, "“%s”的密钥已新建", k->name));
	view_admin_key(&p->reply->body, &v);
	return 0;
}

int keys_admin_add(struct page *p)
{
	const struct form *f = p->form;
	const struct org o = admin_org(p);
	struct api_key_new k = { .name = form_text(f, "name"), .contact = form_text(f, "contact"),
		.scope = form_text(f, "scope"), .answer = form_text(f, "answer"), .per_day = form_int(f, "per_day", 0) };
	const char *key = NULL;
	int rc = 0;

	if (form_ok(p->form)) {
		rc = api_key_make(&o, &k, &key);
		if (rc == 0)
			return show_key(p, &k, key);
	}
	rc = admin_failed(p, rc, "name");
	return rc != 0 ? rc : render(p, 0, true);
}

/* --- revoking --- */

int keys_admin_revoke(struct page *p)
{
	const struct org o = admin_org(p);
	long long id = 0;
	int rc = 0;

	if (str_to_int(p->param, 1, INT32_MAX, &id) != 0)
		return err_set(ERR_NOTFOUND, "no such key");
	if (form_ok(p->form)) {
		rc = api_key_revoke(&o, id, form_text(p->form, "reason"));
		if (rc == 0)
			return admin_done(p, "/admin/keys", "key_off");
	}
	/* Revoked by somebody else meanwhile: there is no form of it any more, so the page says it at its top. */
	rc = admin_failed(p, rc, "reason");
	return rc != 0 ? rc : render(p, id, false);
}
