/* admin_leave - see admin_leave.h. */
#include "admin_leave.h"

#include <string.h>

#include "clock.h"

static const struct field leave_fields[] = {
	{ "stand_in", FIELD_INT, .label = "代理人", .min = 1, .max = INT32_MAX, .required = true, .missing = "请选择代理人" },
	{ "from", FIELD_DATE, .label = "第一天", .required = true },
	{ "until", FIELD_DATE, .label = "最后一天", .required = true },
};
const struct form_def form_leave = { leave_fields, ARRAY_LEN(leave_fields) };
static const struct field back_fields[] = {
	{ "absence", FIELD_INT, .min = 1, .max = INT32_MAX, .required = true },
};
const struct form_def form_back = { back_fields, ARRAY_LEN(back_fields) };

static void add_rows(struct page *p, const struct q_absence_of *rows, size_t n, int64_t who, const char *base,
	struct part_leave *v)
{
	struct leave_row *list = arena_array(p->a, n + 1, sizeof(*list));
	int32_t today = clock_day(p->now);

	for (size_t i = 0; i < n; i++) {
		const struct q_absence_of *a = &rows[i];
		const char *days = arena_printf(p->a, "%s 至 %s", show_day(p->a, a->from_on, today),
			show_day(p->a, a->to_on, today));
		bool now = a->from_on <= today;

		list[i].mine = a->officer_id == who;
		list[i].words = list[i].mine
			? arena_printf(p->a, "%s休假：%s，由%s代理。", now ? "正在" : "将要", days, a->stand_in)
			: arena_printf(p->a, "%s代理%s：%s。", now ? "正在" : "将要", a->name, days);
		list[i].end = (struct part_admin_form){ .csrf = p->csrf, .url = { arena_printf(p->a, "%s/back", base) },
			.code = "absence", .code_value = arena_printf(p->a, "%lld", (long long)a->id), .more = "", .summary = "",
			.hint = "", .button = now ? "提前结束" : "取消这次休假", .quiet = true };
	}
	v->rows = list;
	v->rows_n = n;
}

static int add_form(struct page *p, const struct q_officer_full *who, const char *base, bool sent, struct part_leave *v)
{
	struct q_unit_colleagues *rows = NULL;
	struct choice *list;
	struct admin_builder b;
	uint32_t roles = 0;
	size_t n = 0, kept = 0;
	int rc = q_unit_colleagues(p->db, p->a, who->unit_id, who->id, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	list[kept++] = (struct choice){ .code = "", .text = "请选择" };
	for (size_t i = 0; i < n; i++) {
		roles = store_actor_of(p->a, rows[i].id, who->unit_id, "", rows[i].roles, "").roles;
		/* Nobody takes over another's roles by the own hand. */
		if ((roles & access_admin_roles()) == 0 && rows[i].id != page_actor(p)->officer_id)
			list[kept++] = (struct choice){ .code = arena_printf(p->a, "%lld", (long long)rows[i].id),
				.text = arena_printf(p->a, "%s（%s）", rows[i].name, admin_roles(p->a, roles)) };
	}
	v->may = kept > 1;
	v->why_not = "本单位没有别的在职人员可以代理。";
	v->add = (struct part_admin_form){ .csrf = p->csrf, .url = { arena_printf(p->a, "%s/leave", base) }, .code = "",
		.more = "", .summary = "登记休假", .open = sent, .button = "登记休假", .quiet = true,
		.hint = "这些天里代理人也有他的角色，做的事记为“代”；到期自动结束。自己写的答复，仍然要由另一个人审核。" };
	b = (struct admin_builder){ p, &v->add, sent ? "" : "leave-", sent };
	admin_select(&b, "stand_in", "代理人", list, kept, "");
	admin_field(&b, "date", "from", "第一天", "")->css = "lx-input--width-10";
	admin_field(&b, "date", "until", "最后一天", "")->css = "lx-input--width-10";
	return 0;
}

int admin_leave_part(struct page *p, const struct q_officer_full *who, const char *base, bool sent,
	struct part_leave *ret)
{
	struct q_absence_of *rows = NULL;
	size_t n = 0;
	int rc = q_absence_of(p->db, p->a, clock_day(p->now), who->id, who->id, &rows, &n);

	if (rc != 0)
		return rc;
	add_rows(p, rows, n, who->id, base, ret);
	if ((store_actor_of(p->a, who->id, who->unit_id, "", who->roles, "").roles & access_admin_roles()) != 0) {
		ret->why_not = "管理员的工作不能代理：请再任命一位管理员。";
		return 0;
	}
	if (!who->active) {
		ret->why_not = "账号已停用。";
		return 0;
	}
	return add_form(p, who, base, sent, ret);
}

int admin_leave_add(struct page *p, const char *login)
{
	const struct org o = admin_org(p);
	const struct form *f = p->form;

	return form_ok(f) ? org_leave_add(&o, login, form_int(f, "stand_in", 0), form_day(f, "from"), form_day(f, "until"))
		: ERR_INVALID;
}

int admin_leave_end(struct page *p, const char *login)
{
	const struct org o = admin_org(p);

	return form_ok(p->form) ? org_leave_end(&o, login, form_int(p->form, "absence", 0))
		: err_set(ERR_BADREQ, "no absence named");
}
