/* admin - see admin.h. */
#include "admin.h"

#include <string.h>

#include "clock.h"
#include "open_write.h"

struct org admin_org(const struct page *p)
{
	return (struct org){ p->db, p->a, page_actor(p) };
}

struct part_field *admin_field(struct admin_builder *b, const char *kind, const char *name, const char *label,
	const char *value)
{
	struct part_field *f;

	must(b->form->fields_n < ADMIN_FIELDS_MAX);
	f = &b->form->fields[b->form->fields_n++];
	*f = (struct part_field){ .kind = kind, .name = name, .label = label, .hint = "", .autocomplete = "", .css = "",
		.id = arena_printf(b->p->a, "%s%s", b->prefix, name), .value = value != NULL ? value : "" };
	if (!b->typed)
		return f;
	if (strcmp(kind, "password") != 0 && strcmp(kind, "boxes") != 0)
		f->value = form_raw(b->p->form, name);
	f->error = form_error(b->p->form, name);
	return f;
}

struct part_field *admin_select(struct admin_builder *b, const char *name, const char *label,
	const struct choice *choices, size_t n, const char *value)
{
	struct part_field *f = admin_field(b, "select", name, label, value);
	struct choice *list = arena_array(b->p->a, n + 1, sizeof(*list));

	for (size_t i = 0; i < n; i++) {
		list[i] = choices[i];
		list[i].chosen = strcmp(list[i].code, f->value) == 0;
	}
	f->choices = list;
	f->choices_n = n;
	return f;
}

int admin_failed(struct page *p, int rc, const char *field)
{
	if (rc != 0 && rc != ERR_INVALID && rc != ERR_STATE && rc != ERR_DENIED && rc != ERR_DUP && rc != ERR_CONFLICT
			&& rc != ERR_SLOWDOWN)
		return rc;
	if (rc != 0)
		form_fail(p->form, field, arena_strdup(p->a, err_text(rc)));
	reply_status(p->reply, err_http(rc != 0 ? rc : ERR_INVALID));
	return 0;
}

static const struct page_done done[] = {
	{ "saved", "已保存。" },
	{ "added", "已新建。" },
	{ "renamed", "已改名。" },
	{ "topic", "已新增，现在就可以选。" },
	{ "on", "已启用。" },
	{ "off", "已停用。" },
	{ "duty", "负责人变更已登记。" },
	{ "filed", "报备已登记。" },
	{ "undone", "变更已撤销。" },
	{ "ended", "登录已全部结束。" },
	{ "password", "密码已修改，其他地方的登录都已结束。" },
	{ "leave", "休假已登记，到第一天自动开始代理。" },
	{ "back", "休假已结束，代理也随之结束。" },
	{ "handed", "已全部移交，每封信的办理经过里都有记录。" },
	{ "announced", "抽查已公告，公众网站上现在就能看到。" },
	{ "drawn", "已经抽取，抽取的依据已在公众网站公布。" },
	{ "cancelled", "这次抽查已取消，公告和取消的理由仍然公开。" },
	{ "published", "已在公众网站公布。" },
	{ "closed", "整改情况已公布，这次抽查结束。" },
	{ "passed", "已评分：合格。" },
	{ "failed", "已评分：不合格，承办单位会看到您写的问题和要求。" },
	{ "reopened", "已评分：不合格，信件已退回承办单位重新办理。" },
	{ "sheet", "新的评分表已保存，以后公告的抽查用它。" },
	{ "computed", "已按现在的数据重新计算。" },
	{ "adjusted", "调整已记录，总分已重新计算。" },
	{ "undone_points", "调整已撤销，总分已重新计算。" },
	{ "signed", "已签发，结果不能再改。" },
	{ "comment", "方案已公布，开始征求意见。" },
	{ "draft", "已转回起草，可以修改。" },
	{ "key_off", "密钥已撤销，用它的程序不能再提交了。" },
	{ "in_force", "方案已施行。" },
	{ "ended", "方案已写明结束日期。" },
};

int admin_done(struct page *p, const char *path, const char *code)
{
	return reply_redirect(p->reply, arena_printf(p->a, "%s?ok=%s", path, code));
}

void admin_flash(struct page *p)
{
	page_tell_done(p, "ok", done, ARRAY_LEN(done));
}

const char *admin_roles(struct arena *a, uint32_t roles)
{
	struct str o;

	str_init(&o, a, 1000);
	for (int i = 0; i < ROLE__MAX; i++) {
		if ((roles & 1U << i) != 0) {
			str_add(&o, o.len > 0 ? "、" : "");
			str_add(&o, access_role_name((enum role)i));
		}
	}
	return o.len > 0 ? o.s : "没有角色";
}

void admin_csv_row(struct page *p, const char *const *cells, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		str_add(&p->reply->body, i > 0 ? "," : "");
		open_csv_cell(&p->reply->body, cells[i]);
	}
	str_add(&p->reply->body, "\r\n");
}

int admin_units_by_code(struct page *p, const char *first, const char *chosen, const struct choice **ret, size_t *ret_n)
{
	struct q_unit_all *rows = NULL;
	struct choice *list;
	size_t rows_n = 0, n = 0;
	int rc = q_unit_all(p->db, p->a, &rows, &rows_n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, rows_n + 1, sizeof(*list));
	list[n++] = (struct choice){ .code = "", .text = first };
	for (size_t i = 0; i < rows_n; i++) {
		if (rows[i].active || str_eq(rows[i].code, chosen))
			list[n++] = (struct choice){ .code = rows[i].code, .text = rows[i].name,
				.chosen = str_eq(rows[i].code, chosen) };
	}
	*ret = list;
	*ret_n = n;
	return 0;
}

_Static_assert(sizeof(struct q_org_event_unit) == sizeof(struct q_org_event_officer), "both have the same columns");

struct part_events admin_events(const struct page *p, const struct q_org_event_unit *rows, size_t n)
{
	struct event_row *list = arena_array(p->a, n + 1, sizeof(*list));

	for (size_t i = 0; i < n; i++)
		list[i] = (struct event_row){ show_moment(p->a, rows[i].at, clock_day(p->now)), org_event_name(rows[i].kind),
			rows[i].by_name != NULL ? rows[i].by_name : "命令行", rows[i].what, rows[i].reason };
	return (struct part_events){ list, n };
}
