/* admin_units - units: the tree, one unit with who answers for it, changing it. */
#include <string.h>

#include "admin.h"
#include "clock.h"
#include "views/admin_form.h"
#include "views/admin_unit.h"
#include "views/admin_units.h"

#define DEPTH_MAX 4
#define EVENTS 30
#define LETTERS 20

static const char *const kinds[] = { "government", "authorised_body", "public_utility", "town_street", NULL };
static const char *const kind_names[] = { "政府部门", "授权管理公共事务的组织", "公共企事业单位", "镇街" };
static const struct field unit_fields[] = {
	{ "name", FIELD_LINE, .label = "名称", .min = 2, .max = 20, .required = true },
	{ "short_name", FIELD_LINE, .label = "简称", .min = 2, .max = 10, .required = true },
	{ "code", FIELD_TOKEN, .label = "代码", .min = 2, .max = 40, .required = true,
		.wrong = "代码由字母和数字组成，例如 cgj" },
	{ "parent", FIELD_TOKEN, .label = "上级单位", .max = 40 },
	{ "kind", FIELD_CHOICE, .label = "性质", .choices = kinds, .required = true, .missing = "请选择性质" },
	{ "letters", FIELD_CHOICE, .label = "承办来信", .choices = (const char *const[]){ "yes", "no", NULL } },
	{ "sort", FIELD_INT, .label = "排列次序", .min = 0, .max = 100000 },
	{ "duties", FIELD_TEXT, .label = "职责", .max = 120 },
	{ "hours", FIELD_LINE, .label = "办公时间", .max = 26 },
	{ "phone", FIELD_LINE, .label = "电话", .max = 20 },
	{ "address", FIELD_LINE, .label = "地址", .max = 36 },
	{ "contact", FIELD_LINE, .label = "接待岗位", .max = 20 },
};
const struct form_def form_unit = { unit_fields, ARRAY_LEN(unit_fields) };

static const char *const does[] = { "on", "off", "duty", "filed", "undo", NULL };
enum does { DO_ON, DO_OFF, DO_DUTY, DO_FILED, DO_UNDO };
static const struct field do_fields[] = {
	{ "do", FIELD_CHOICE, .choices = does, .required = true },
	{ "id", FIELD_INT, .min = 1, .max = INT32_MAX },
	{ "reason", FIELD_LINE, .label = "理由", .max = ORG_REASON_MAX },
	{ "duty", FIELD_CHOICE, .label = "职务", .choices = (const char *const[]){ "responsible", "leader", NULL } },
	{ "name", FIELD_LINE, .label = "姓名", .min = 2, .max = 20 },
	{ "post", FIELD_LINE, .label = "职位", .max = 30 },
	{ "phone", FIELD_LINE, .label = "电话", .max = 20 },
	{ "from", FIELD_DATE, .label = "生效日期" },
	{ "on", FIELD_DATE, .label = "报备日期" },
	{ "as", FIELD_LINE, .label = "文号或方式", .max = 60 },
};
const struct form_def form_unit_do = { do_fields, ARRAY_LEN(do_fields) };

static const char *kind_name(const char *code)
{
	for (size_t i = 0; kinds[i] != NULL; i++) {
		if (strcmp(kinds[i], code) == 0)
			return kind_names[i];
	}
	return code;
}

/* --- the tree --- */

struct tree {
	struct arena *a;
	const struct q_unit_tree *all;
	size_t all_n;
	struct unit_row *rows;
	size_t rows_n;
};

/* Units below one, each followed by its own; what hangs in the air counts as at the top. */
static void add_below(struct tree *t, int64_t parent, int depth)
{
	for (size_t i = 0; i < t->all_n && t->rows_n < t->all_n; i++) {
		const struct q_unit_tree *u = &t->all[i];

		if (u->parent_id != parent)
			continue;
		t->rows[t->rows_n++] = (struct unit_row){ .code = u->code, .name = u->name, .kind = kind_name(u->kind),
			.leader = u->leader != NULL ? u->leader : "—", .depth = depth < DEPTH_MAX ? depth : DEPTH_MAX,
			.responsible = u->responsible != NULL ? u->responsible : "没有登记", .people = u->people_n,
			.letters = u->open_n, .off = !u->active,
			.state = !u->active ? "已停用" : u->takes_letters ? "承办来信" : "不承办来信" };
		add_below(t, u->id, depth + 1);
	}
}

static const char *days_left(struct arena *a, int32_t today, int32_t by)
{
	if (by < today)
		return arena_printf(a, "报备已晚 %d 天", (int)(today - by));
	return by == today ? "今天必须报备" : arena_printf(a, "%d 天内须报备", (int)(by - today));
}

int units_show(struct page *p)
{
	struct view_admin_units v = { .days = ORG_FILE_DAYS };
	struct tree t = { .a = p->a };
	struct q_duty_to_file *files = NULL;
	struct file_row *list;
	struct q_unit_tree *all = NULL;
	int32_t today = clock_day(p->now);
	size_t n = 0;
	int rc = q_unit_tree(p->db, p->a, today, today, &all, &t.all_n);

	if (rc == 0)
		rc = q_duty_to_file(p->db, p->a, &files, &n);
	if (rc != 0)
		return rc;
	t.all = all;
	t.rows = arena_array(p->a, t.all_n + 1, sizeof(*t.rows));
	add_below(&t, 0, 0);
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++)
		list[i] = (struct file_row){ .code = files[i].code, .unit = files[i].unit_name, .name = files[i].name,
			.from = show_day(p->a, files[i].from_on, today), .by = show_day(p->a, files[i].file_by, today),
			.left = days_left(p->a, today, files[i].file_by), .late = files[i].file_by < today };
	v.rows = t.rows;
	v.rows_n = t.rows_n;
	v.files = list;
	v.files_n = n;
	admin_flash(p);
	v.frame = page_titled(p, "单位");
	view_admin_units(&p->reply->body, &v);
	return 0;
}

int units_csv(struct page *p)
{
	static const char *const head[] = { "单位", "职务", "姓名", "职位", "电话", "开始", "结束", "最迟报备", "报备日期", "文号或方式" };
	struct q_duty_list *rows = NULL;
	size_t n = 0;
	int rc = q_duty_list(p->db, p->a, clock_day(p->now), &rows, &n);

	if (rc != 0)
		return rc;
	str_add(&p->reply->body, "\xef\xbb\xbf");
	admin_csv_row(p, head, ARRAY_LEN(head));
	for (size_t i = 0; i < n; i++) {
		const struct q_duty_list *d = &rows[i];
		const char *cells[] = { d->unit_name, strcmp(d->duty, "leader") == 0 ? "分管领导" : "责任人", d->name, d->post,
			d->phone, clock_fmt_day(p->a, d->from_on), clock_fmt_day(p->a, d->to_on), clock_fmt_day(p->a, d->file_by),
			clock_fmt_day(p->a, d->filed_on), d->filed_as };

		admin_csv_row(p, cells, ARRAY_LEN(cells));
	}
	reply_type(p->reply, "text/csv; charset=utf-8");
	reply_download(p->reply, "负责人报备表.csv");
	return 0;
}

/* --- one unit: adding and changing --- */

static const char *number(struct arena *a, int64_t n)
{
	return arena_printf(a, "%lld", (long long)n);
}

static int unit_form(struct page *p, const struct q_unit_full *u, const char *parent, bool typed)
{
	static const struct choice letters[] = { { .code = "yes", .text = "承办来信" }, { .code = "no", .text = "不承办来信" } };
	struct choice kind_list[ARRAY_LEN(kind_names)] = { 0 };
	struct view_admin_form v = { .errors = typed ? p->form : NULL, .intro = "", .note = "" };
	struct admin_builder b = { p, &v.form, "", typed };
	const struct choice *units;
	size_t n;
	int rc = admin_units_by_code(p, "没有上级", parent, &units, &n);

	if (rc != 0)
		return rc;
	for (size_t i = 0; i < ARRAY_LEN(kind_names); i++)
		kind_list[i] = (struct choice){ .code = kinds[i], .text = kind_names[i] };
	admin_field(&b, "text", "name", "名称", u->name);
	admin_field(&b, "text", "short_name", "简称", u->short_name)->hint = "列表里用，十个字以内";
	admin_field(&b, "text", "code", "代码", u->code)->hint = "字母和数字，例如 cgj；地址和导入文件用它指这个单位";
	admin_select(&b, "parent", "上级单位", units, n, parent);
	admin_select(&b, "kind", "性质", kind_list, ARRAY_LEN(kind_list), u->kind);
	admin_select(&b, "letters", "来信", letters, ARRAY_LEN(letters), u->id == 0 || u->takes_letters ? "yes" : "no");
	admin_field(&b, "number", "sort", "排列次序", number(p->a, u->sort_order))->hint = "数小的在前";
	admin_field(&b, "area", "duties", "职责（市民看到）", u->duties);
	admin_field(&b, "text", "hours", "办公时间（市民看到）", u->hours);
	admin_field(&b, "text", "phone", "电话（市民看到）", u->phone);
	admin_field(&b, "text", "address", "地址（市民看到）", u->address);
	admin_field(&b, "text", "contact", "接待岗位（市民看到）", u->contact);
	for (size_t i = 7; i < v.form.fields_n; i++)
		v.form.fields[i].optional = true;
	v.form.csrf = p->csrf;
	v.form.url.s = u->id == 0 ? "/admin/units/new" : arena_printf(p->a, "/admin/units/%s/edit", p->param);
	v.form.button = "保存";
	v.heading = u->id == 0 ? "新建单位" : arena_printf(p->a, "修改%s", u->name);
	v.back.s = u->id == 0 ? "/admin/units" : arena_printf(p->a, "/admin/units/%s", p->param);
	v.back_text = "返回";
	v.frame = page_titled(p, v.heading);
	view_admin_form(&p->reply->body, &v);
	return 0;
}

static const char *or_empty(const char *s)
{
	return s != NULL ? s : "";
}

static int unit_send(struct page *p, const struct q_unit_full *was)
{
	const struct form *f = p->form;
	const struct org o = admin_org(p);
	struct org_unit u = { .parent = form_text(f, "parent"), .code = form_text(f, "code"), .name = form_text(f, "name"),
		.short_name = form_text(f, "short_name"), .sort_order = form_int(f, "sort", was->sort_order),
		.takes_letters = form_choice(f, "letters") != 1, .duties = or_empty(form_text(f, "duties")),
		.hours = or_empty(form_text(f, "hours")), .phone = or_empty(form_text(f, "phone")),
		.address = or_empty(form_text(f, "address")), .contact = or_empty(form_text(f, "contact")) };
	int rc = 0;

	if (form_ok(p->form)) {
		u.kind = kinds[form_choice(f, "kind")];
		rc = org_unit_save(&o, was->id == 0 ? NULL : was->code, &u);
		if (rc == 0)
			return admin_done(p, arena_printf(p->a, "/admin/units/%s", u.code), was->id == 0 ? "added" : "saved");
	}
	rc = admin_failed(p, rc, rc == ERR_DUP ? "code" : "parent");
	return rc != 0 ? rc : unit_form(p, was, "", true);
}

int unit_new(struct page *p)
{
	return unit_form(p, &(struct q_unit_full){ .name = "", .short_name = "", .code = "", .kind = "government",
		.sort_order = 1000, .duties = "", .hours = "", .phone = "", .address = "", .contact = "" }, "", false);
}

int unit_new_send(struct page *p)
{
	return unit_send(p, &(struct q_unit_full){ .name = "", .code = "", .sort_order = 1000 });
}

static int parent_code(struct page *p, int64_t id, const char **ret)
{
	struct q_unit_all *rows = NULL;
	size_t n = 0;
	int rc = id == 0 ? 0 : q_unit_all(p->db, p->a, &rows, &n);

	*ret = "";
	for (size_t i = 0; i < n; i++) {
		if (rows[i].id == id)
			*ret = rows[i].code;
	}
	return rc;
}

int unit_edit(struct page *p)
{
	struct q_unit_full u;
	const char *parent;
	int rc = q_unit_full(p->db, p->a, p->param, &u);

	if (rc == 0)
		rc = parent_code(p, u.parent_id, &parent);
	return rc != 0 ? rc : unit_form(p, &u, parent, false);
}

int unit_edit_send(struct page *p)
{
	struct q_unit_full u;
	int rc = q_unit_full(p->db, p->a, p->param, &u);

	return rc != 0 ? rc : unit_send(p, &u);
}

/* --- one unit --- */

static void add_facts(struct page *p, const struct q_unit_full *u, const char *parent, struct view_admin_unit *v)
{
	const struct desk_fact all[] = {
		{ "上级单位", parent }, { "性质", kind_name(u->kind) }, { "简称", u->short_name }, { "代码", u->code },
		{ "来信", u->takes_letters ? "承办来信" : "不承办来信" }, { "职责", u->duties }, { "办公时间", u->hours },
		{ "电话", u->phone }, { "地址", u->address }, { "接待岗位", u->contact },
	};
	struct desk_fact *list = arena_array(p->a, ARRAY_LEN(all), sizeof(*list));

	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		if (all[i].value[0] != '\0')
			list[v->facts_n++] = all[i];
	}
	v->facts = list;
}

/* A folded form of this unit; again: it is the one that was sent with mistakes. */
static struct admin_builder begin(struct page *p, struct part_admin_form *f, enum does what, int64_t id, int sent,
	const char *button)
{
	bool again = sent == (int)what && (id == 0 || form_int(p->form, "id", 0) == id);

	*f = (struct part_admin_form){ .csrf = p->csrf, .code = "do", .code_value = does[what], .button = button,
		.url = { arena_printf(p->a, "/admin/units/%s/do", p->param) }, .more = id != 0 ? "id" : "",
		.more_value = number(p->a, id), .summary = button, .open = again, .hint = "", .quiet = true };
	return (struct admin_builder){ p, f, again ? "" : arena_printf(p->a, "%s%lld-", does[what], (long long)id), again };
}

static const char *filed_words(struct arena *a, const struct q_duty_of *d, int32_t today)
{
	if (d->filed_on != DAY_NONE)
		return arena_printf(a, "%s已报备%s%s%s", show_day(a, d->filed_on, today), d->filed_as[0] != '\0' ? "，" : "",
			d->filed_as, d->file_by != DAY_NONE && d->filed_on > d->file_by
			? arena_printf(a, "，晚了 %d 天", (int)(d->filed_on - d->file_by)) : "");
	return d->file_by == DAY_NONE ? "" : arena_printf(a, "没有报备：%s，最迟%s", days_left(a, today, d->file_by),
		show_day(a, d->file_by, today));
}

static void add_duty(struct page *p, const struct q_duty_of *d, int sent, struct duty_row *r)
{
	int32_t today = clock_day(p->now);
	struct admin_builder b;

	*r = (struct duty_row){ .duty = strcmp(d->duty, "leader") == 0 ? "分管领导" : "责任人", .name = d->name, .post = d->post,
		.phone = d->phone, .filed = filed_words(p->a, d, today), .later = d->from_on > today,
		.to_file = d->file_by != DAY_NONE && d->filed_on == DAY_NONE };
	r->days = d->to_on != DAY_NONE
		? arena_printf(p->a, "%s 至 %s", show_day(p->a, d->from_on, today), show_day(p->a, d->to_on, today))
		: arena_printf(p->a, "%s起%s", show_day(p->a, d->from_on, today), r->later ? "（还没有生效）" : "");
	b = begin(p, &r->file, DO_FILED, d->id, sent, "登记报备");
	admin_field(&b, "date", "on", "报备日期", clock_fmt_day(p->a, today))->css = "lx-input--width-10";
	admin_field(&b, "text", "as", "文号或方式", "")->optional = true;
	b = begin(p, &r->undo, DO_UNDO, d->id, sent, "撤销这次变更");
	admin_field(&b, "text", "reason", "理由", "");
}

static int add_duties(struct page *p, int64_t id, int sent, struct view_admin_unit *v)
{
	static const struct choice which[] = { { .code = "responsible", .text = "责任人" },
		{ .code = "leader", .text = "分管领导" } };
	struct q_duty_of *rows = NULL;
	struct duty_row *list;
	struct admin_builder b;
	int rc = q_duty_of(p->db, p->a, id, &rows, &v->duties_n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, v->duties_n + 1, sizeof(*list));
	for (size_t i = 0; i < v->duties_n; i++)
		add_duty(p, &rows[i], sent, &list[i]);
	v->duties = list;
	b = begin(p, &v->duty, DO_DUTY, 0, sent, "登记新的负责人");
	v->duty.hint = arena_printf(p->a, "责任人变更要提前 %d 天报主管单位备案；到生效那天自动接替，原来的记录保留。",
		ORG_FILE_DAYS);
	admin_select(&b, "duty", "职务", which, ARRAY_LEN(which), "responsible");
	admin_field(&b, "text", "name", "姓名", "");
	admin_field(&b, "text", "post", "职位", "")->optional = true;
	admin_field(&b, "text", "phone", "电话", "")->optional = true;
	admin_field(&b, "date", "from", "生效日期", "")->css = "lx-input--width-10";
	admin_field(&b, "text", "reason", arena_printf(p->a, "不到 %d 天就要生效的理由", ORG_FILE_DAYS), "")->optional = true;
	return 0;
}

static void add_switch(struct page *p, const struct q_unit_full *u, int sent, struct view_admin_unit *v)
{
	struct admin_builder b = begin(p, &v->active, u->active ? DO_OFF : DO_ON, 0, sent,
		u->active ? "停用这个单位" : "重新启用");

	v->active.summary = "";
	v->active.danger = u->active;
	v->active.hint = u->active ? "停用后不能再分给它信件，市民也不能再选它；以前的信件不变。" : "启用后可以再分给它信件。";
	admin_field(&b, "text", "reason", "理由", "");
}

static int add_letters(struct page *p, const struct q_unit_full *u, int sent, struct view_admin_unit *v)
{
	struct q_unit_open *rows = NULL;
	struct unit_letter *list;
	size_t n = 0;
	int rc = q_unit_open(p->db, p->a, u->id, u->id, LETTERS + 1, &rows, &n);

	if (rc != 0)
		return rc;
	v->letters_n = n > LETTERS ? LETTERS : n;
	list = arena_array(p->a, v->letters_n + 1, sizeof(*list));
	for (size_t i = 0; i < v->letters_n; i++)
		list[i] = (struct unit_letter){ rows[i].no, rows[i].title, arena_printf(p->a, "%s%s",
			states_office(states_from(rows[i].state)), rows[i].co ? "（协办）" : "") };
	v->letters = list;
	v->letters_words = n == 0 ? "没有。" : arena_printf(p->a, "%s%zu 封%s", n > LETTERS ? "超过 " : "", v->letters_n,
		u->active ? "，所以不能停用。请登记分办员先把它们改派给别的单位；只是换人承办的，在“人员”里移交。" : "。");
	v->active_asked = n == 0 || !u->active || sent == DO_OFF;
	add_switch(p, u, sent, v);
	return 0;
}

static int add_events(struct page *p, int64_t id, struct view_admin_unit *v)
{
	struct q_org_event_unit *rows = NULL;
	size_t n = 0;
	int rc = q_org_event_unit(p->db, p->a, id, EVENTS, &rows, &n);

	if (rc == 0)
		v->events = admin_events(p, rows, n);
	return rc;
}

/* sent: which form came with mistakes; -1: none. */
static int unit_page(struct page *p, const struct q_unit_full *u, int sent)
{
	struct view_admin_unit v = { .errors = sent >= 0 ? p->form : NULL, .name = u->name, .code = u->code,
		.state = u->active ? "" : "已停用" };
	struct q_unit_name parent = { .name = "" };
	int rc = u->parent_id == 0 ? 0 : q_unit_name(p->db, p->a, u->parent_id, &parent);

	if (rc == 0)
		rc = add_duties(p, u->id, sent, &v);
	if (rc == 0)
		rc = add_letters(p, u, sent, &v);
	if (rc == 0)
		rc = add_events(p, u->id, &v);
	if (rc != 0)
		return rc;
	add_facts(p, u, parent.name, &v);
	admin_flash(p);
	v.frame = page_titled(p, u->name);
	view_admin_unit(&p->reply->body, &v);
	return 0;
}

int unit_show(struct page *p)
{
	struct q_unit_full u;
	int rc = q_unit_full(p->db, p->a, p->param, &u);

	form_empty(p->a, &form_unit_do, p->form);
	return rc != 0 ? rc : unit_page(p, &u, -1);
}

static void check_do(struct page *p, int what)
{
	bool duty = what == DO_DUTY;

	if (duty && form_text(p->form, "name") == NULL)
		form_fail(p->form, "name", "请填写姓名");
	if (duty && form_day(p->form, "from") == DAY_NONE)
		form_fail(p->form, "from", "请填写生效日期");
	if (what == DO_FILED && form_day(p->form, "on") == DAY_NONE)
		form_fail(p->form, "on", "请填写报备日期");
	if ((what == DO_OFF || what == DO_ON || what == DO_UNDO) && form_text(p->form, "reason") == NULL)
		form_fail(p->form, "reason", "请填写理由");
}

static int unit_does(struct page *p, int what)
{
	const struct org o = admin_org(p);
	const struct form *f = p->form;
	const struct org_duty d = { .responsible = form_choice(f, "duty") != 1, .name = form_text(f, "name"),
		.post = or_empty(form_text(f, "post")), .phone = or_empty(form_text(f, "phone")),
		.from_on = form_day(f, "from"), .why_short = form_text(f, "reason") };

	switch (what) {
	case DO_DUTY:
		return org_duty_set(&o, p->param, &d);
	case DO_FILED:
		return org_duty_filed(&o, p->param, form_int(f, "id", 0), form_day(f, "on"), form_text(f, "as"));
	case DO_UNDO:
		return org_duty_undo(&o, p->param, form_int(f, "id", 0), form_text(f, "reason"));
	default:
		return org_unit_active(&o, p->param, what == DO_ON, form_text(f, "reason"));
	}
}

int unit_do(struct page *p)
{
	static const char *const ok[] = { "on", "off", "duty", "filed", "undone" };
	static const char *const at[] = { "reason", "reason", "from", "on", "reason" };
	int what = form_choice(p->form, "do");
	struct q_unit_full u;
	int rc = q_unit_full(p->db, p->a, p->param, &u);

	if (rc != 0 || what < 0)
		return rc != 0 ? rc : err_set(ERR_BADREQ, "no such thing to do");
	check_do(p, what);
	if (form_ok(p->form)) {
		rc = unit_does(p, what);
		if (rc == 0)
			return admin_done(p, arena_printf(p->a, "/admin/units/%s", u.code), ok[what]);
	}
	rc = admin_failed(p, rc, at[what]);
	return rc != 0 ? rc : unit_page(p, &u, what);
}
