/* admin_handover - all of a person's open letters to colleagues, in one step; large numbers in several, with what is
 * left shown in between. */
#include <string.h>

#include "admin.h"
#include "clock.h"
#include "show.h"
#include "views/admin_handover.h"

#define BUDGET_MS 5000
#define SHOWN 50

static const struct field handover_fields[] = {
	{ "colleague", FIELD_LIST, .label = "接手的同事", .max = ORG_HANDOVER_TO_MAX },
	{ "done", FIELD_INT, .min = 0, .max = 1000000 },
};
const struct form_def form_handover = { handover_fields, ARRAY_LEN(handover_fields) };

static bool was_ticked(const struct form *f, const char *code)
{
	const char *const *list;
	size_t n = 0;

	list = form_list(f, "colleague", &n);
	for (size_t i = 0; i < n; i++) {
		if (strcmp(list[i], code) == 0)
			return true;
	}
	return false;
}

static int add_form(struct page *p, const struct q_officer_full *who, int64_t done, bool typed,
	struct view_admin_handover *v)
{
	struct q_unit_handlers *rows = NULL;
	struct admin_builder b = { p, &v->form, "", typed };
	struct part_field *f;
	struct choice *list;
	int32_t today = clock_day(p->now);
	size_t n = 0, kept = 0;
	int rc = q_unit_handlers(p->db, p->a, today, who->unit_id, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		if (rows[i].id == who->id)
			continue;
		list[kept].code = arena_printf(p->a, "%lld", (long long)rows[i].id);
		list[kept].text = rows[i].name;
		list[kept].hint = arena_printf(p->a, "在办 %lld 封%s%s", (long long)rows[i].open_n,
			rows[i].away_to != DAY_NONE ? "，休假至" : "", show_day(p->a, rows[i].away_to, today));
		list[kept].chosen = typed && was_ticked(p->form, list[kept].code);
		kept++;
	}
	v->may = kept > 0;
	f = admin_field(&b, "boxes", "colleague", "接手的同事", "");
	f->choices = list;
	f->choices_n = kept;
	f->hint = "选几位就平均分给几位，按期限先后轮流。";
	v->form.csrf = p->csrf;
	v->form.url.s = arena_printf(p->a, "/admin/people/%s/handover", who->login);
	v->form.code = "done";
	v->form.code_value = arena_printf(p->a, "%lld", (long long)done);
	v->form.more = "";
	v->form.summary = v->form.hint = "";
	v->form.button = done > 0 ? "继续移交" : "全部移交";
	return 0;
}

static int add_standing(struct page *p, const struct q_officer_full *who, struct view_admin_handover *v)
{
	struct q_absence_of *rows = NULL;
	struct str o;
	size_t n = 0;
	int rc = q_absence_of(p->db, p->a, clock_day(p->now), who->id, who->id, &rows, &n);

	str_init(&o, p->a, 4000);
	for (size_t i = 0; rc == 0 && i < n; i++) {
		if (rows[i].stand_in_id == who->id)
			str_addf(&o, "%s代理%s（%s）", o.len > 0 ? "，" : "", rows[i].name,
				show_span(p->a, rows[i].from_on, rows[i].to_on));
	}
	v->standing = o.len > 0 ? arena_printf(p->a, "%s还%s，一并移交。", who->name, o.s) : "";
	return rc;
}

static const char *words_of(struct arena *a, size_t n, bool may)
{
	bool many = n > ORG_HANDOVER_LIST;

	if (n == 0)
		return "名下没有未办结的信件。";
	if (!may)
		return "本单位没有别的承办人可以接手：请先请安全管理员给一位同事加上承办人角色。";
	return arena_printf(a, "%s%zu 封没办结的信件%s。草稿跟着信件走，已经提交的答复和申请仍然记在原来的人名下。",
		many ? "超过 " : "", many ? ORG_HANDOVER_LIST : n,
		n > SHOWN ? arena_printf(a, "，下面列出前 %d 封", SHOWN) : "");
}

static int add_letters(struct page *p, const struct q_officer_full *who, int64_t done, struct view_admin_handover *v)
{
	struct q_handover_list *rows = NULL;
	struct handover_letter *list = arena_array(p->a, SHOWN, sizeof(*list));
	size_t n = 0;
	int rc = q_handover_list(p->db, p->a, who->id, who->id, who->id, page_actor(p)->unit_id,
		page_actor(p)->officer_id, ORG_HANDOVER_LIST + 1, &rows, &n);

	if (rc != 0)
		return rc;
	for (size_t i = 0; i < n && i < SHOWN; i++)
		list[v->letters_n++] = (struct handover_letter){ rows[i].no, v->reads ? rows[i].title : "",
			arena_printf(p->a, "%s%s", states_office(states_from(rows[i].state)), rows[i].drafted ? "，有草稿" : ""),
			rows[i].due_on != DAY_NONE ? show_day(p->a, rows[i].due_on, clock_day(p->now)) : "—" };
	v->letters = list;
	v->words = words_of(p->a, n, v->may);
	v->may = v->may && (n > 0 || v->standing[0] != '\0');
	if (done > 0)
		v->progress = arena_printf(p->a, "已移交 %lld 封，还剩 %s%zu 封。点“继续移交”做完余下的；中断了也没关系，再做一次只移交余下的。",
			(long long)done, n > ORG_HANDOVER_LIST ? "至少 " : "", n);
	return 0;
}

static int show(struct page *p, const struct q_officer_full *who, int64_t done, bool typed)
{
	struct view_admin_handover v = { .name = who->name, .progress = "",
		.back = { arena_printf(p->a, "/admin/people/%s", who->login) },
		.errors = typed && !form_ok(p->form) ? p->form : NULL,
		.reads = access_may_on(page_actor(p), CAP_READ, who->unit_id, false) };
	int rc = add_form(p, who, done, typed, &v);

	if (rc == 0)
		rc = add_standing(p, who, &v);
	if (rc == 0)
		rc = add_letters(p, who, done, &v);
	if (rc != 0)
		return rc;
	v.frame = page_titled(p, arena_printf(p->a, "移交%s的信件", who->name));
	view_admin_handover(&p->reply->body, &v);
	return 0;
}

static int find(struct page *p, struct q_officer_full *ret)
{
	int rc = q_officer_full(p->db, p->a, clock_day(p->now), p->param, ret);

	if (rc == 0 && !access_may_on(page_actor(p), CAP_HAND_OVER, ret->unit_id, false))
		return err_set(ERR_NOTFOUND, "not this officer's unit");
	return rc;
}

int handover_show(struct page *p)
{
	struct q_officer_full who;
	int rc = find(p, &who);

	form_empty(p->a, &form_handover, p->form);
	return rc != 0 ? rc : show(p, &who, 0, false);
}

static void read_receivers(const struct page *p, struct org_handover *h)
{
	const char *const *list;
	size_t n = 0;
	long long id;

	list = form_list(p->form, "colleague", &n);
	for (size_t i = 0; i < n && h->n_to < ORG_HANDOVER_TO_MAX; i++) {
		if (str_to_int(list[i], 1, INT32_MAX, &id) == 0)
			h->to[h->n_to++] = id;
	}
}

int handover_send(struct page *p)
{
	const struct org o = admin_org(p);
	struct org_handover h = { .done_before = (size_t)form_int(p->form, "done", 0) };
	struct q_officer_full who;
	int rc = find(p, &who);

	if (rc != 0)
		return rc;
	read_receivers(p, &h);
	rc = form_ok(p->form) ? org_handover(&o, who.login, &h, BUDGET_MS) : 0;
	if (rc == 0 && form_ok(p->form)) {
		if (h.left == 0)
			return admin_done(p, arena_printf(p->a, "/admin/people/%s", who.login), "handed");
		return show(p, &who, (int64_t)(h.done_before + h.done), true);
	}
	rc = admin_failed(p, rc, "colleague");
	return rc != 0 ? rc : show(p, &who, 0, true);
}
