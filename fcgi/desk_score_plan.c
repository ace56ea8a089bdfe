/* desk_score_plan - a plan of the scorecard: its indicators and tiers, changing a draft, from comment to force. */
#include <string.h>

#include "clock.h"
#include "desk_score.h"
#include "show.h"
#include "views/admin_form.h"
#include "views/desk_score_plan.h"
#include "tabs.h"

/* The days for comments that a form begins with. */
#define COMMENT_DAYS_USUAL 30

static const struct field plan_fields[] = {
	{ "version", FIELD_INT, .min = 0, .max = INT32_MAX },
	{ "name", FIELD_LINE, .label = "名称", .required = true, .min = 2, .max = 30 },
	{ "words", FIELD_TEXT, .label = "说明", .max = 800 },
	{ "t1", FIELD_LINE, .label = "第 1 等的名称", .max = 8 }, { "f1", FIELD_INT, .label = "第 1 等的分数", .min = 0, .max = 100 },
	{ "t2", FIELD_LINE, .label = "第 2 等的名称", .max = 8 }, { "f2", FIELD_INT, .label = "第 2 等的分数", .min = 0, .max = 100 },
	{ "t3", FIELD_LINE, .label = "第 3 等的名称", .max = 8 }, { "f3", FIELD_INT, .label = "第 3 等的分数", .min = 0, .max = 100 },
	{ "t4", FIELD_LINE, .label = "第 4 等的名称", .max = 8 }, { "f4", FIELD_INT, .label = "第 4 等的分数", .min = 0, .max = 100 },
	{ "t5", FIELD_LINE, .label = "第 5 等的名称", .max = 8 }, { "f5", FIELD_INT, .label = "第 5 等的分数", .min = 0, .max = 100 },
	{ "t6", FIELD_LINE, .label = "第 6 等的名称", .max = 8 }, { "f6", FIELD_INT, .label = "第 6 等的分数", .min = 0, .max = 100 },
};
const struct form_def form_plan = { plan_fields, ARRAY_LEN(plan_fields) };

static const struct field indicator_fields[] = {
	{ "which", FIELD_INT, .min = 0, .max = INT32_MAX },
	{ "name", FIELD_LINE, .label = "指标名称", .required = true, .min = 2, .max = 30 },
	{ "measure", FIELD_TOKEN, .label = "怎样计算", .required = true, .max = 24, .missing = "请选择怎样计算" },
	{ "weight", FIELD_INT, .label = "分值", .required = true, .min = 0, .max = 100 },
	{ "full", FIELD_LINE, .label = "得满分的数值", .required = true, .max = 9 },
	{ "zero", FIELD_LINE, .label = "得零分的数值", .required = true, .max = 9 },
	{ "least", FIELD_INT, .label = "最少件数", .required = true, .min = 0, .max = 1000 },
	{ "how", FIELD_TEXT, .label = "说明", .max = 200 },
};
const struct form_def form_indicator = { indicator_fields, ARRAY_LEN(indicator_fields) };

static const char *const does[] = { "comment", "revise", "enforce", "end", "copy", NULL };
enum does { DO_COMMENT, DO_REVISE, DO_ENFORCE, DO_END, DO_COPY };
static const struct field do_fields[] = {
	{ "do", FIELD_CHOICE, .choices = does, .required = true },
	{ "until", FIELD_DATE, .label = "征求意见到" },
	{ "from", FIELD_DATE, .label = "施行日期" },
	{ "last", FIELD_DATE, .label = "结束日期" },
	{ "words", FIELD_TEXT, .label = "意见采纳情况", .max = 800 },
	{ "name", FIELD_LINE, .label = "新方案的名称", .min = 2, .max = 30 },
};
const struct form_def form_plan_do = { do_fields, ARRAY_LEN(do_fields) };

struct plan {
	struct q_plan_of p;
	struct q_plan_indicators *indicators;
	size_t indicators_n;
	struct q_plan_tiers *tiers;
	size_t tiers_n;
};

static int load(struct page *p, struct plan *ret)
{
	int64_t id;
	int rc = page_id(p, &id);

	if (rc == 0)
		rc = q_plan_of(p->db, p->a, id, &ret->p);
	if (rc == 0)
		rc = q_plan_indicators(p->db, p->a, id, &ret->indicators, &ret->indicators_n);
	if (rc == 0)
		rc = q_plan_tiers(p->db, p->a, id, &ret->tiers, &ret->tiers_n);
	return rc;
}

static bool is_draft(const struct plan *l)
{
	return strcmp(l->p.state, "draft") == 0;
}

/* --- showing it --- */

static struct admin_builder begin(struct page *p, struct part_admin_form *f, enum does what, int sent,
	const char *button)
{
	*f = (struct part_admin_form){ .csrf = p->csrf, .code = "do", .code_value = does[what], .button = button,
		.more = "",
		.summary = button, .open = sent == (int)what, .hint = "", .quiet = true,
		.url = { arena_printf(p->a, "/scores/plans/%s/do", p->param) } };
	return (struct admin_builder){ p, f, sent == (int)what ? "" : arena_printf(p->a, "%s-", does[what]),
		sent == (int)what };
}

static void add_enforce(struct page *p, const struct plan *l, int sent, struct view_desk_score_plan *v)
{
	struct admin_builder b = begin(p, &v->forms[v->forms_n++], DO_ENFORCE, sent, "施行");

	admin_field(&b, "date", "from", "施行日期", clock_fmt_day(p->a, clock_day(p->now)))->css = "lx-input--width-10";
	if (l->p.comment_until != DAY_NONE)
		admin_field(&b, "area", "words", "意见采纳情况", l->p.comment_words)->hint = "收到哪些意见，采纳了哪些，没有采纳的为什么；会公开";
}

static void add_forms(struct page *p, const struct plan *l, int sent, struct view_desk_score_plan *v)
{
	int32_t today = clock_day(p->now);
	struct admin_builder b;

	if (!access_may(page_actor(p), CAP_SCORE))
		return;
	if (is_draft(l)) {
		v->may_edit = true;
		b = begin(p, &v->forms[v->forms_n++], DO_COMMENT, sent, "公布方案，征求意见");
		b.form->hint = "公众网站上会公布指标和分值；市民可以写信提意见。";
		admin_field(&b, "date", "until", "征求意见到", clock_fmt_day(p->a,
			today + COMMENT_DAYS_USUAL))->css = "lx-input--width-10";
		add_enforce(p, l, sent, v);
	} else if (strcmp(l->p.state, "comment") == 0) {
		b = begin(p, &v->forms[v->forms_n++], DO_REVISE, sent, "转回起草，按意见修改");
		add_enforce(p, l, sent, v);
	} else if (strcmp(l->p.state, "in_force") == 0) {
		b = begin(p, &v->forms[v->forms_n++], DO_END, sent, "写明结束日期");
		admin_field(&b, "date", "last", "结束日期", "")->css = "lx-input--width-10";
	}
	b = begin(p, &v->forms[v->forms_n++], DO_COPY, sent, "复制成新的方案");
	admin_field(&b, "text", "name", "新方案的名称", "");
}

static void add_indicators(struct page *p, const struct plan *l, struct view_desk_score_plan *v)
{
	struct score_indicator_row *list = arena_array(p->a, l->indicators_n + 1, sizeof(*list));

	for (size_t i = 0; i < l->indicators_n; i++) {
		const struct q_plan_indicators *q = &l->indicators[i];
		enum score_measure m = score_measure_from(q->measure);

		v->sum += q->weight;
		if (m == SCORE__MAX || (q->weight == 0 && !is_draft(l)))
			continue;
		list[v->indicators_n++] = (struct score_indicator_row){ .id = q->id, .name = q->name, .weight = q->weight,
			.how = q->how,
			.measure = score_measure_name(m), .full = m == SCORE_manual ? "—" : score_value_text(p->a, m, &q->full_at),
			.zero = m == SCORE_manual ? "—" : score_value_text(p->a, m, &q->zero_at),
			.least = q->min_cases > 0 ? arena_printf(p->a, "%lld 件", (long long)q->min_cases) : "—" };
	}
	v->indicators = list;
}

static void add_tiers(struct page *p, const struct plan *l, struct view_desk_score_plan *v)
{
	struct str o;

	str_init(&o, p->a, 1000);
	for (size_t i = 0; i < l->tiers_n; i++)
		str_addf(&o, "%s%s", i > 0 ? "，" : "", score_tier_text(p->a, l->tiers[i].name, l->tiers[i].from_points,
			i > 0 ? l->tiers[i - 1].from_points : 0));
	v->tiers = o.s;
}

static const char *when(struct page *p, const struct plan *l)
{
	struct str o;

	str_init(&o, p->a, 400);
	if (strcmp(l->p.state, "comment") == 0)
		str_addf(&o, "征求意见到%s。", show_date(p->a, l->p.comment_until));
	if (l->p.from_on != DAY_NONE)
		str_addf(&o, "%s起施行%s%s。", show_date(p->a, l->p.from_on), l->p.to_on != DAY_NONE ? "，到" : "",
			show_date(p->a, l->p.to_on));
	return o.len > 0 ? o.s : "";
}

static int plan_page(struct page *p, const struct plan *l, int sent)
{
	struct view_desk_score_plan v = { .nav = tabs(p, TABS_WATCH), .errors = sent >= 0 ? p->form : NULL, .id = l->p.id,
		.name = l->p.name,
		.state = desk_score_plan_state(l->p.state), .when = when(p, l), .words = view_paragraphs(p->a, l->p.words) };

	if (l->p.comment_words[0] != '\0')
		v.comment_words = view_paragraphs(p->a, l->p.comment_words);
	add_indicators(p, l, &v);
	add_tiers(p, l, &v);
	add_forms(p, l, sent, &v);
	admin_flash(p);
	v.frame = page_titled(p, l->p.name);
	view_desk_score_plan(&p->reply->body, &v);
	return 0;
}

int plan_show(struct page *p)
{
	struct plan l;
	int rc = load(p, &l);

	if (rc == 0 && is_draft(&l) && !access_may(page_actor(p), CAP_WATCH))
		rc = err_set(ERR_NOTFOUND, "a draft");
	form_empty(p->a, &form_plan_do, p->form);
	return rc != 0 ? rc : plan_page(p, &l, -1);
}

static void check_do(struct page *p, int what)
{
	static const struct { int what; const char *field, *text; } needs[] = {
		{ DO_COMMENT, "until", "请填写征求意见到哪一天" }, { DO_ENFORCE, "from", "请填写施行日期" }, { DO_END, "last", "请填写结束日期" },
	};

	for (size_t i = 0; i < ARRAY_LEN(needs); i++) {
		if (needs[i].what == what && form_day(p->form, needs[i].field) == DAY_NONE)
			form_fail(p->form, needs[i].field, needs[i].text);
	}
	if (what == DO_COPY && form_text(p->form, "name") == NULL)
		form_fail(p->form, "name", "请填写新方案的名称");
}

static int does_it(struct page *p, const struct plan *l, int what, int64_t *id)
{
	const struct org o = admin_org(p);
	const struct form *f = p->form;

	switch (what) {
	case DO_COMMENT:
		return score_plan_comment(&o, l->p.id, form_day(f, "until"));
	case DO_REVISE:
		return score_plan_revise(&o, l->p.id);
	case DO_ENFORCE:
		return score_plan_enforce(&o, l->p.id, form_day(f, "from"), form_text(f, "words"));
	case DO_END:
		return score_plan_end(&o, l->p.id, form_day(f, "last"));
	default:
		return score_plan_copy(&o, l->p.id, form_text(f, "name"), id);
	}
}

int plan_do(struct page *p)
{
	static const char *const ok[] = { "comment", "draft", "in_force", "ended", "added" };
	static const char *const at[] = { "until", "do", "from", "last", "name" };
	int what = form_choice(p->form, "do");
	struct plan l;
	int64_t id;
	int rc = load(p, &l);

	if (rc != 0 || what < 0)
		return rc != 0 ? rc : err_set(ERR_BADREQ, "no such thing to do");
	check_do(p, what);
	id = l.p.id;
	if (form_ok(p->form)) {
		rc = does_it(p, &l, what, &id);
		if (rc == 0)
			return admin_done(p, arena_printf(p->a, "/scores/plans/%lld", (long long)id), ok[what]);
	}
	rc = admin_failed(p, rc, at[what]);
	return rc != 0 ? rc : plan_page(p, &l, what);
}

/* --- changing a draft --- */

static void finish_form(struct page *p, struct view_admin_form *v, const char *tail, const char *heading,
	const char *intro)
{
	v->form.csrf = p->csrf;
	v->form.url.s = arena_printf(p->a, "/scores/plans/%s/%s", p->param, tail);
	v->form.button = "保存";
	v->form.hint = v->form.summary = "";
	v->heading = heading;
	v->intro = intro;
	v->note = "";
	v->back.s = arena_printf(p->a, "/scores/plans/%s", p->param);
	v->back_text = "返回方案";
	v->frame = page_titled(p, heading);
	view_admin_form(&p->reply->body, v);
}

static const char *number(struct arena *a, int64_t n)
{
	return arena_printf(a, "%lld", (long long)n);
}

static int plan_form(struct page *p, const struct plan *l, bool typed)
{
	struct view_admin_form v = { .errors = typed ? p->form : NULL };
	struct admin_builder b = { p, &v.form, "", typed };

	v.form.code = "version";
	v.form.code_value = typed ? form_raw(p->form, "version") : number(p->a, l->p.version);
	v.form.more = "";
	admin_field(&b, "text", "name", "名称", l->p.name);
	admin_field(&b, "area", "words", "说明（会公开）", l->p.words)->optional = true;
	for (size_t i = 0; i < l->tiers_n && i < SCORE_TIERS_MAX; i++) {
		admin_field(&b, "text", arena_printf(p->a, "t%zu", i + 1), arena_printf(p->a, "第 %zu 等的名称", i + 1),
			l->tiers[i].name)->css =
			"lx-input--width-10";
		admin_field(&b, "number", arena_printf(p->a, "f%zu", i + 1), arena_printf(p->a, "第 %zu 等从多少分起", i + 1),
			number(p->a, l->tiers[i].from_points))->css = "lx-input--width-5";
	}
	finish_form(p, &v, "edit", "修改方案", "");
	return 0;
}

int plan_edit(struct page *p)
{
	struct plan l;
	int rc = load(p, &l);

	form_empty(p->a, &form_plan, p->form);
	return rc != 0 ? rc : plan_form(p, &l, false);
}

int plan_edit_send(struct page *p)
{
	const struct org o = admin_org(p);
	const char *words = form_text(p->form, "words");
	struct score_plan plan = { .version = form_int(p->form, "version", 0), .name = form_text(p->form, "name"),
		.words = words != NULL ? words : "" };
	struct plan l;
	int rc = load(p, &l);

	if (rc != 0)
		return rc;
	for (size_t i = 0; i < l.tiers_n && i < SCORE_TIERS_MAX; i++) {
		const char *t = arena_printf(p->a, "t%zu", i + 1), *f = arena_printf(p->a, "f%zu", i + 1);

		if (form_text(p->form, t) == NULL || form_raw(p->form, f)[0] == '\0')
			form_fail(p->form, form_text(p->form, t) == NULL ? t : f, arena_printf(p->a, "请填写第 %zu 等的名称和分数", i + 1));
		plan.tiers[plan.n_tiers++] = (struct score_tier){ (int)form_int(p->form, f, 0), form_text(p->form, t) };
	}
	if (form_ok(p->form)) {
		rc = score_plan_save(&o, l.p.id, &plan);
		if (rc == 0)
			return admin_done(p, arena_printf(p->a, "/scores/plans/%s", p->param), "saved");
	}
	rc = admin_failed(p, rc, rc == ERR_INVALID ? "f1" : "name");
	return rc != 0 ? rc : plan_form(p, &l, true);
}

/* -1 when it is none. */
static int64_t read_value(const char *s)
{
	int64_t n = -1;

	return s != NULL && score_number(s, &n) == 0 ? n : -1;
}

/* What a new one begins with. */
static const struct q_plan_indicators fresh = { .name = "", .measure = "", .how = "", .min_cases = 3 };

/* q->id 0: a new one, whose points are left to be filled in. */
static int indicator_form(struct page *p, const struct q_plan_indicators *q, bool typed)
{
	struct view_admin_form v = { .errors = typed ? p->form : NULL };
	struct admin_builder b = { p, &v.form, "", typed };
	struct choice list[SCORE__MAX + 1] = { { .code = "", .text = "请选择" } };
	bool old = q->id != 0;

	for (int m = 0; m < SCORE__MAX; m++)
		list[m + 1] = (struct choice){ .code = score_measure_code((enum score_measure)m),
			.text = arena_printf(p->a, "%s：%s", score_measure_name((enum score_measure)m),
				score_measure_what((enum score_measure)m)) };
	v.form.code = "which";
	v.form.code_value = typed ? form_raw(p->form, "which") : number(p->a, q->id);
	v.form.more = "";
	admin_field(&b, "text", "name", "指标名称", q->name);
	admin_select(&b, "measure", "怎样计算", list, ARRAY_LEN(list), q->measure);
	admin_field(&b, "number", "weight", "分值", old ? number(p->a, q->weight) : "")->hint =
		"全部指标合计 100 分；0 表示不用这一项";
	admin_field(&b, "text", "full", "得满分的数值", old ? score_points_text(p->a, q->full_at) : "")->hint =
		"比率写百分数，例如 100；工作日、次数、分数直接写数";
	admin_field(&b, "text", "zero", "得零分的数值", old ? score_points_text(p->a, q->zero_at) : "")->hint =
		"在两个数值之间按比例得分；越小越好的指标，满分的数值写得比零分的小";
	admin_field(&b, "number", "least", "最少件数", number(p->a, q->min_cases))->hint =
		"件数更少的不计分，避免一两件定成绩";
	for (size_t i = 2; i < v.form.fields_n; i++)
		v.form.fields[i].css = "lx-input--width-5";
	admin_field(&b, "area", "how", "说明（会公开）", q->how)->optional = true;
	finish_form(p, &v, "indicator", old ? "修改指标" : "增加指标", "");
	return 0;
}

static const struct q_plan_indicators *indicator_of(const struct plan *l, int64_t id)
{
	for (size_t i = 0; i < l->indicators_n; i++) {
		if (l->indicators[i].id == id)
			return &l->indicators[i];
	}
	return &fresh;
}

int indicator_edit(struct page *p)
{
	int64_t which = form_int(p->form, "which", 0);
	struct plan l;
	int rc = load(p, &l);

	form_empty(p->a, &form_indicator, p->form);
	return rc != 0 ? rc : indicator_form(p, indicator_of(&l, which), false);
}

int indicator_edit_send(struct page *p)
{
	const struct form *f = p->form;
	const struct org o = admin_org(p);
	const char *how = form_text(f, "how"), *measure = form_text(f, "measure");
	struct score_indicator i = { .id = form_int(f, "which", 0), .name = form_text(f, "name"), .how = how != NULL
		? how : "",
		.measure = measure != NULL ? score_measure_from(measure) : SCORE__MAX, .weight = (int)form_int(f, "weight", 0),
		.full_at = read_value(form_text(f, "full")), .zero_at = read_value(form_text(f, "zero")),
		.min_cases = (int)form_int(f, "least", 0) };
	struct plan l;
	int rc = load(p, &l);

	if (rc != 0)
		return rc;
	if (i.measure == SCORE__MAX)
		form_fail(p->form, "measure", "请选择怎样计算");
	if (i.full_at < 0)
		form_fail(p->form, "full", "请填写数，最多两位小数");
	if (i.zero_at < 0)
		form_fail(p->form, "zero", "请填写数，最多两位小数");
	if (form_ok(p->form)) {
		rc = score_indicator_save(&o, l.p.id, &i);
		if (rc == 0)
			return admin_done(p, arena_printf(p->a, "/scores/plans/%s", p->param), "saved");
	}
	rc = admin_failed(p, rc, rc == ERR_INVALID ? "zero" : "name");
	return rc != 0 ? rc : indicator_form(p, indicator_of(&l, i.id), true);
}
