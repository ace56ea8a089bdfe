/* desk_scores - scorecards and plans: their list, a new card. */
#include <string.h>

#include "clock.h"
#include "desk_score.h"
#include "show.h"
#include "views/admin_form.h"
#include "views/desk_scores.h"
#include "tabs.h"

static const struct field card_fields[] = {
	{ "plan", FIELD_INT, .label = "方案", .required = true, .min = 1, .max = INT32_MAX, .missing = "请选择方案" },
	{ "title", FIELD_LINE, .label = "名称", .required = true, .min = 2, .max = 30 },
	{ "from", FIELD_DATE, .label = "考核期从", .required = true },
	{ "until", FIELD_DATE, .label = "考核期到", .required = true },
};
const struct form_def form_card = { card_fields, ARRAY_LEN(card_fields) };

const char *desk_score_plan_state(const char *code)
{
	return strcmp(code, "draft") == 0 ? "起草" : strcmp(code, "comment") == 0 ? "公开征求意见"
		: strcmp(code, "in_force") == 0 ? "施行" : "已结束";
}

const char *desk_score_card_state(const char *code)
{
	return strcmp(code, "open") == 0 ? "评分中，等签发" : strcmp(code, "signed") == 0 ? "已签发" : "已公布";
}

static int add_plans(struct page *p, struct view_desk_scores *v)
{
	struct q_plan_list *rows = NULL;
	struct plan_row *list;
	size_t n = 0;
	int rc = q_plan_list(p->db, p->a, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		const char *when = "";

		if (strcmp(rows[i].state, "comment") == 0)
			when = arena_printf(p->a, "到%s", show_date(p->a, rows[i].comment_until));
		else if (rows[i].from_on != DAY_NONE)
			when = arena_printf(p->a, "%s起%s%s", show_date(p->a, rows[i].from_on),
				rows[i].to_on != DAY_NONE ? "，到" : "", show_date(p->a, rows[i].to_on));
		list[i] = (struct plan_row){ rows[i].id, rows[i].name, desk_score_plan_state(rows[i].state), when };
	}
	v->plans = list;
	v->plans_n = n;
	return 0;
}

int scores_show(struct page *p)
{
	struct view_desk_scores v = { .nav = tabs(p, TABS_WATCH), .may = access_may(page_actor(p), CAP_SCORE) };
	bool all = access_may(page_actor(p), CAP_WATCH);
	struct q_card_list *rows = NULL;
	struct card_row *list;
	size_t n = 0;
	int rc = q_card_list(p->db, p->a, &rows, &n);

	if (rc == 0)
		rc = add_plans(p, &v);
	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		if (!all && strcmp(rows[i].state, "open") == 0)
			continue;
		list[v.cards_n++] = (struct card_row){ rows[i].id, rows[i].title, rows[i].plan_name, show_span(p->a,
			rows[i].from_on, rows[i].to_on),
			desk_score_card_state(rows[i].state) };
	}
	v.cards = list;
	admin_flash(p);
	v.frame = page_titled(p, "考核");
	view_desk_scores(&p->reply->body, &v);
	return 0;
}

/* The quarter before the one of today, which is over. */
static void last_quarter(int32_t today, int32_t *ret_from, int32_t *ret_to)
{
	int year, month, day;

	clock_civil(today, &year, &month, &day);
	*ret_to = clock_day_of(year, (month - 1) / 3 * 3 + 1, 1) - 1;
	clock_civil(*ret_to, &year, &month, &day);
	*ret_from = clock_day_of(year, month - 2, 1);
}

static int card_form(struct page *p, bool typed)
{
	struct view_admin_form v = { .errors = typed ? p->form : NULL, .note = "" };
	struct admin_builder b = { p, &v.form, "", typed };
	struct q_plan_list *rows = NULL;
	struct choice *plans;
	int32_t from, to;
	size_t n = 0, in_force = 0;
	int rc = q_plan_list(p->db, p->a, &rows, &n);

	if (rc != 0)
		return rc;
	plans = arena_array(p->a, n + 1, sizeof(*plans));
	for (size_t i = 0; i < n; i++) {
		if (strcmp(rows[i].state, "in_force") == 0)
			plans[in_force++] = (struct choice){ .code = arena_printf(p->a, "%lld", (long long)rows[i].id),
				.text = rows[i].name };
	}
	last_quarter(clock_day(p->now), &from, &to);
	admin_select(&b, "plan", "按哪个方案", plans, in_force, in_force > 0 ? plans[0].code : "");
	admin_field(&b, "text", "title", "名称", "")->hint = "例如：2026年第三季度考核";
	admin_field(&b, "date", "from", "考核期从", clock_fmt_day(p->a, from))->css = "lx-input--width-10";
	admin_field(&b, "date", "until", "考核期到", clock_fmt_day(p->a, to))->css = "lx-input--width-10";
	v.form.csrf = p->csrf;
	v.form.url.s = "/scores/new";
	v.form.button = "计算得分";
	v.form.hint = v.form.summary = v.form.code = v.form.more = "";
	v.heading = "新的评分";
	v.intro = in_force > 0 ? "得分由系统从办理记录计算；签发以前可以重新计算，也可以写明理由加减分。"
		: "还没有施行的方案。请先在方案里核对指标，征求意见，然后施行。";
	v.back.s = "/scores";
	v.back_text = "返回考核";
	v.frame = page_titled(p, v.heading);
	view_admin_form(&p->reply->body, &v);
	return 0;
}

int card_new(struct page *p)
{
	form_empty(p->a, &form_card, p->form);
	return card_form(p, false);
}

int card_new_send(struct page *p)
{
	const struct form *f = p->form;
	const struct org o = admin_org(p);
	int64_t id;
	int rc = 0;

	if (form_ok(p->form)) {
		rc = score_card_add(&o, form_int(f, "plan", 0), form_text(f, "title"), form_day(f, "from"), form_day(f,
			"until"), &id);
		if (rc == 0)
			return admin_done(p, arena_printf(p->a, "/scores/%lld", (long long)id), "computed");
		if (rc == ERR_NOTFOUND)
			rc = err_say(ERR_INVALID, "请选择方案");
	}
	rc = admin_failed(p, rc, "from");
	return rc != 0 ? rc : card_form(p, true);
}
