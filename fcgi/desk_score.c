/* desk_score - one scorecard: the units with their tiers, one unit with every line and its evidence, adjusting,
 * signing. */
#include <string.h>

#include "clock.h"
#include "desk_score.h"
#include "show.h"
#include "views/desk_score.h"
#include "tabs.h"

static const struct field view_fields[] = { { "unit", FIELD_TOKEN, .label = "单位", .max = 40 } };
const struct form_def form_card_view = { view_fields, ARRAY_LEN(view_fields) };

static const char *const does[] = { "compute", "adjust", "undo", "publish", NULL };
enum does { DO_COMPUTE, DO_ADJUST, DO_UNDO, DO_PUBLISH };
static const struct field do_fields[] = {
	{ "do", FIELD_CHOICE, .choices = does, .required = true },
	{ "unit", FIELD_TOKEN, .label = "单位", .max = 40 },
	{ "id", FIELD_INT, .min = 1, .max = INT32_MAX },
	{ "indicator", FIELD_INT, .label = "指标", .min = 1, .max = INT32_MAX },
	{ "points", FIELD_LINE, .label = "加减的分数", .max = 8 },
	{ "reason", FIELD_TEXT, .label = "理由", .max = SCORE_REASON_MAX },
	{ "evidence", FIELD_LINE, .label = "依据", .max = 120 },
};
const struct form_def form_card_do = { do_fields, ARRAY_LEN(do_fields) };
static const struct field sign_fields[] = {
	{ "version", FIELD_INT, .required = true, .min = 1, .max = INT32_MAX },
	{ "words", FIELD_TEXT, .label = "签发意见", .max = SCORE_REASON_MAX },
};
const struct form_def form_card_sign = { sign_fields, ARRAY_LEN(sign_fields) };

/* What the page rests on. */
struct card {
	struct q_card_of c;
	struct q_plan_indicators *indicators;
	size_t indicators_n;
	struct q_card_totals *totals;
	size_t totals_n;
	struct q_card_lines *lines;
	size_t lines_n;
	const struct q_card_totals *unit;    /* chosen; NULL */
};

static int load(struct page *p, const char *unit, struct card *ret)
{
	int64_t id;
	int rc = page_id(p, &id);

	if (rc == 0)
		rc = q_card_of(p->db, p->a, id, &ret->c);
	if (rc == 0)
		rc = q_plan_indicators(p->db, p->a, ret->c.plan_id, &ret->indicators, &ret->indicators_n);
	if (rc == 0)
		rc = q_card_totals(p->db, p->a, id, &ret->totals, &ret->totals_n);
	if (rc == 0)
		rc = q_card_lines(p->db, p->a, id, &ret->lines, &ret->lines_n);
	for (size_t i = 0; rc == 0 && unit != NULL && i < ret->totals_n; i++) {
		if (strcmp(ret->totals[i].code, unit) == 0)
			ret->unit = &ret->totals[i];
	}
	return rc;
}

static const struct q_card_lines *line_of(const struct card *c, int64_t unit_id, int64_t indicator_id)
{
	for (size_t i = 0; i < c->lines_n; i++) {
		if (c->lines[i].unit_id == unit_id && c->lines[i].indicator_id == indicator_id)
			return &c->lines[i];
	}
	return NULL;
}

static const char *points_or_dash(struct arena *a, const int64_t *hundredths)
{
	return hundredths != NULL ? score_points_text(a, *hundredths) : "—";
}

/* The list or figures behind a line. */
static struct url evidence_of(struct page *p, const struct card *c, enum score_measure m, const char *unit)
{
	struct str o;

	if (m == SCORE_sample_pass || m == SCORE_sample_points)
		return (struct url){ "/samples" };
	if (m == SCORE_manual)
		return (struct url){ NULL };
	if (m == SCORE_ordered)
		return (struct url){ arena_printf(p->a, "/watch/units/%s", unit) };
	str_init(&o, p->a, 200);
	str_add(&o, "/figures");
	view_query_add(&o, "from", clock_fmt_day(p->a, c->c.from_on));
	view_query_add(&o, "to", clock_fmt_day(p->a, c->c.to_on));
	view_query_add(&o, "unit", unit);
	return (struct url){ o.s };
}

/* 12 / 13 for a rate, 61 / 12 for a mean, 2 for a count. */
static const char *counted(struct arena *a, enum score_measure m, const struct q_card_lines *l)
{
	if (l == NULL || m == SCORE_manual)
		return "—";
	if (score_measure_kind(m) == SCORE_KIND_COUNT)
		return arena_printf(a, "%lld", (long long)l->part);
	return arena_printf(a, "%lld / %lld", (long long)l->part, (long long)l->whole);
}

static void add_lines(struct page *p, const struct card *c, struct view_desk_score *v)
{
	struct score_line_row *list = arena_array(p->a, c->indicators_n + 1, sizeof(*list));
	size_t n = 0;

	for (size_t i = 0; i < c->indicators_n; i++) {
		const struct q_plan_indicators *q = &c->indicators[i];
		const struct q_card_lines *l = line_of(c, c->unit->unit_id, q->id);
		enum score_measure m = score_measure_from(q->measure);

		if (l == NULL || m == SCORE__MAX)
			continue;
		list[n++] = (struct score_line_row){ .name = q->name, .how = q->how, .weight = q->weight,
			.counted = counted(p->a, m, l),
			.value = m == SCORE_manual ? "由人扣分" : score_value_text(p->a, m, l->value),
			.points = l->points != NULL ? score_points_text(p->a, *l->points) : "件数太少，不计",
			.url = evidence_of(p, c, m, c->unit->code) };
	}
	v->lines = list;
	v->lines_n = n;
}

static const char *signed_points(struct arena *a, int64_t hundredths)
{
	return arena_printf(a, "%s%s", hundredths > 0 ? "+" : "", score_points_text(a, hundredths));
}

static struct admin_builder begin(struct page *p, struct part_admin_form *f, enum does what, const struct card *c,
	const char *button)
{
	*f = (struct part_admin_form){ .csrf = p->csrf, .code = "do", .code_value = does[what], .button = button,
		.more = "unit",
		.more_value = c->unit != NULL ? c->unit->code : "", .summary = "", .hint = "",
		.url = { arena_printf(p->a, "/scores/%s/do", p->param) } };
	return (struct admin_builder){ p, f, arena_printf(p->a, "%s-", does[what]), false };
}

static int add_adjusts(struct page *p, const struct card *c, struct view_desk_score *v)
{
	int32_t today = clock_day(p->now);
	struct q_adjust_of *rows = NULL;
	struct score_adjust_row *list;
	size_t n = 0;
	int rc = q_adjust_of(p->db, p->a, c->c.id, c->unit->unit_id, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		list[i] = (struct score_adjust_row){ .id = rows[i].id, .points = signed_points(p->a, rows[i].points),
			.indicator = rows[i].indicator != NULL ? rows[i].indicator : "总分", .reason = rows[i].reason,
			.evidence = rows[i].evidence, .by = rows[i].by_name != NULL ? rows[i].by_name : "", .undone = "",
			.at = show_moment(p->a, rows[i].at, today), .unit = c->unit->code, .may = v->may_score
				&& rows[i].undone_at == TIME_NONE };
		if (rows[i].undone_at != TIME_NONE)
			list[i].undone = arena_printf(p->a, "%s %s 撤销：%s", rows[i].undone_by != NULL ? rows[i].undone_by : "",
				show_moment(p->a, rows[i].undone_at, today), rows[i].undone_why);
	}
	v->adjusts = list;
	v->adjusts_n = n;
	return 0;
}

static void add_adjust_form(struct page *p, const struct card *c, int sent, struct view_desk_score *v)
{
	struct admin_builder b = begin(p, &v->adjust, DO_ADJUST, c, "记录调整");
	struct choice *list = arena_array(p->a, c->indicators_n + 1, sizeof(*list));
	size_t n = 0;

	list[n++] = (struct choice){ .code = "", .text = "总分" };
	for (size_t i = 0; i < c->indicators_n; i++) {
		if (c->indicators[i].weight > 0)
			list[n++] = (struct choice){ .code = arena_printf(p->a, "%lld", (long long)c->indicators[i].id),
				.text = c->indicators[i].name };
	}
	b.typed = sent == DO_ADJUST;
	if (b.typed)
		b.prefix = "";
	admin_select(&b, "indicator", "针对哪一项", list, n, "");
	admin_field(&b, "text", "points", "加减的分数", "")->hint = "扣分写负数，例如 -2 或 -0.5；加分写 1";
	b.form->fields[b.form->fields_n - 1].css = "lx-input--width-5";
	admin_field(&b, "area", "reason", "理由", "")->hint = "被考核单位会看到";
	admin_field(&b, "text", "evidence", "依据", "")->optional = true;
	b.form->fields[b.form->fields_n - 1].hint = "信件编号、文号或者其他能核对的材料";
}

static void add_totals(struct page *p, const struct card *c, struct view_desk_score *v)
{
	struct score_total_row *list = arena_array(p->a, c->totals_n + 1, sizeof(*list));

	for (size_t i = 0; i < c->totals_n; i++) {
		const struct q_card_totals *t = &c->totals[i];

		list[i] = (struct score_total_row){ .code = t->code, .name = t->name, .computed = points_or_dash(p->a,
			t->computed),
			.adjusted = t->adjusted != 0 ? signed_points(p->a, t->adjusted) : "—", .total = points_or_dash(p->a,
				t->total),
			.tier = t->total != NULL ? t->tier : "没有可计分的指标" };
	}
	v->totals = list;
	v->totals_n = c->totals_n;
}

static void add_steps(struct page *p, const struct card *c, bool typed, struct view_desk_score *v)
{
	bool open = strcmp(c->c.state, "open") == 0, over = c->c.to_on < clock_day(p->now);

	v->may_score = open && access_may(page_actor(p), CAP_SCORE);
	v->may_publish = strcmp(c->c.state, "signed") == 0 && access_may(page_actor(p), CAP_SCORE);
	v->may_sign = open && over && access_may(page_actor(p), CAP_SIGN_SCORE);
	v->step = !open ? "" : !over ? "考核期还没有结束，得分会随着办理情况变化，结束以后由领导签发。" : "请核对以后由领导签发；签发后不能再改。";
	if (v->may_sign) {
		struct admin_builder b = { p, &v->sign, "", typed };

		v->sign = (struct part_admin_form){ .csrf = p->csrf, .code = "version", .more = "", .summary = "",
			.hint = "", .button = "签发",
			.code_value = arena_printf(p->a, "%lld", (long long)c->c.version), .url = { arena_printf(p->a,
				"/scores/%s/sign", p->param) } };
		admin_field(&b, "area", "words", "签发意见", "")->optional = true;
	}
}

/* sent: which form came with mistakes; -1: none, ARRAY_LEN(does): that of signing. */
static int card_page(struct page *p, const struct card *c, int sent)
{
	struct view_desk_score v = { .nav = tabs(p, TABS_WATCH), .errors = sent >= 0 ? p->form : NULL, .id = c->c.id,
		.csrf = p->csrf };
	struct q_card_signer who;
	int32_t today = clock_day(p->now);
	int rc = q_card_signer(p->db, p->a, c->c.id, &who);

	add_steps(p, c, sent == (int)ARRAY_LEN(does), &v);
	if (rc == 0 && c->unit != NULL)
		rc = add_adjusts(p, c, &v);
	if (rc != 0)
		return rc;
	add_totals(p, c, &v);
	if (c->unit != NULL) {
		add_lines(p, c, &v);
		v.unit = c->unit->name;
		v.all = access_may(page_actor(p), CAP_WATCH);
		v.unit_total = points_or_dash(p->a, c->unit->total);
		v.unit_tier = c->unit->tier;
		if (v.may_score)
			add_adjust_form(p, c, sent, &v);
	}
	v.plan_id = c->c.plan_id;
	v.plan = c->c.plan_name;
	v.title = c->c.title;
	v.span = show_span(p->a, c->c.from_on, c->c.to_on);
	v.state = desk_score_card_state(c->c.state);
	v.computed = show_moment(p->a, c->c.computed_at, today);
	v.signed_words = c->c.signed_at == TIME_NONE ? "" : arena_printf(p->a, "%s %s 签发。%s", who.signed_by != NULL
		? who.signed_by : "",
		show_moment(p->a, c->c.signed_at, today), c->c.sign_words);
	admin_flash(p);
	v.frame = page_titled(p, c->unit != NULL ? arena_printf(p->a, "%s %s", c->unit->name, c->c.title) : c->c.title);
	view_desk_score(&p->reply->body, &v);
	return 0;
}

/* Who does not watch sees the own unit, once the card is signed. */
static int own_unit_only(const struct page *p, struct card *c)
{
	const struct actor *who = page_actor(p);

	if (access_may(who, CAP_WATCH))
		return 0;
	c->unit = NULL;
	for (size_t i = 0; i < c->totals_n && strcmp(c->c.state, "open") != 0; i++) {
		if (c->totals[i].unit_id == who->unit_id)
			c->unit = &c->totals[i];
	}
	return c->unit != NULL ? 0 : err_set(ERR_NOTFOUND, "not for this person");
}

int card_show(struct page *p)
{
	struct card c = { .unit = NULL };
	int rc = load(p, form_text(p->form, "unit"), &c);

	if (rc == 0)
		rc = own_unit_only(p, &c);
	return rc != 0 ? rc : card_page(p, &c, -1);
}

/* 0 when it is none. */
static int64_t read_points(const char *s)
{
	int64_t n = 0;

	return s != NULL && score_number(s, &n) == 0 ? n : 0;
}

static void check_do(struct page *p, int what)
{
	if (what == DO_ADJUST && read_points(form_text(p->form, "points")) == 0)
		form_fail(p->form, "points", "请填写加减的分数，最多两位小数，例如 -2 或 1.5");
	if ((what == DO_ADJUST || what == DO_UNDO) && form_text(p->form, "reason") == NULL)
		form_fail(p->form, "reason", "请填写理由");
}

static int does_it(struct page *p, const struct card *c, int what)
{
	const struct org o = admin_org(p);
	const struct form *f = p->form;
	const char *evidence = form_text(f, "evidence");
	const struct score_adjust x = { .unit_id = c->unit != NULL ? c->unit->unit_id : 0, .indicator_id = form_int(f,
		"indicator", 0),
		.points = read_points(form_text(f, "points")), .reason = form_text(f, "reason"),
		.evidence = evidence != NULL ? evidence : "" };

	switch (what) {
	case DO_COMPUTE:
		return score_compute(&o, c->c.id);
	case DO_ADJUST:
		return score_adjust(&o, c->c.id, &x);
	case DO_UNDO:
		return score_adjust_undo(&o, c->c.id, form_int(f, "id", 0), form_text(f, "reason"));
	default:
		return score_publish(&o, c->c.id);
	}
}

static int done(struct page *p, const struct card *c, const char *code)
{
	if (c->unit != NULL)
		return reply_redirect(p->reply, arena_printf(p->a, "/scores/%s?unit=%s&ok=%s", p->param, c->unit->code, code));
	return admin_done(p, arena_printf(p->a, "/scores/%s", p->param), code);
}

int card_do(struct page *p)
{
	static const char *const ok[] = { "computed", "adjusted", "undone_points", "published" };
	int what = form_choice(p->form, "do");
	struct card c = { .unit = NULL };
	int rc = load(p, form_text(p->form, "unit"), &c);

	if (rc != 0 || what < 0)
		return rc != 0 ? rc : err_set(ERR_BADREQ, "no such thing to do");
	check_do(p, what);
	if (form_ok(p->form)) {
		rc = does_it(p, &c, what);
		if (rc == 0)
			return done(p, &c, ok[what]);
	}
	rc = admin_failed(p, rc, what == DO_ADJUST ? "points" : "reason");
	return rc != 0 ? rc : card_page(p, &c, what);
}

int card_sign(struct page *p)
{
	const struct org o = admin_org(p);
	struct card c = { .unit = NULL };
	int rc = load(p, NULL, &c);

	if (rc != 0)
		return rc;
	if (form_ok(p->form)) {
		rc = score_sign(&o, c.c.id, form_int(p->form, "version", 0), form_text(p->form, "words"));
		if (rc == 0)
			return done(p, &c, "signed");
	}
	rc = admin_failed(p, rc, "words");
	return rc != 0 ? rc : card_page(p, &c, (int)ARRAY_LEN(does));
}

/* Every line of every unit, in the order of the units. */
int card_csv(struct page *p)
{
	static const char *const head[] = { "单位", "代码", "指标", "分值", "分子", "分母", "数值", "得分", "调整", "总分", "等次" };
	struct card c = { .unit = NULL };
	int rc = load(p, NULL, &c);

	if (rc != 0)
		return rc;
	str_add(&p->reply->body, "\xef\xbb\xbf");
	admin_csv_row(p, head, ARRAY_LEN(head));
	for (size_t u = 0; u < c.totals_n; u++) {
		const struct q_card_totals *t = &c.totals[u];

		for (size_t i = 0; i < c.indicators_n; i++) {
			const struct q_card_lines *l = line_of(&c, t->unit_id, c.indicators[i].id);
			const char *cells[] = { t->name, t->code, c.indicators[i].name, arena_printf(p->a, "%lld",
				(long long)c.indicators[i].weight),
				l != NULL ? arena_printf(p->a, "%lld", (long long)l->part) : "", l != NULL ? arena_printf(p->a,
					"%lld", (long long)l->whole) : "",
				l != NULL && l->value != NULL ? score_points_text(p->a, *l->value) : "",
				l != NULL && l->points != NULL ? score_points_text(p->a, *l->points) : "", score_points_text(p->a,
					t->adjusted),
				t->total != NULL ? score_points_text(p->a, *t->total) : "", t->tier };

			if (l != NULL)
				admin_csv_row(p, cells, ARRAY_LEN(cells));
		}
	}
	reply_type(p->reply, "text/csv; charset=utf-8");
	reply_download(p->reply, "考核评分.csv");
	return 0;
}
