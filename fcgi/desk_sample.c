/* desk_sample - one sample at the desk: what was announced and drawn, how the units stand, the letters, the next
 * step. */
#include <string.h>

#include "clock.h"
#include "desk_sample.h"
#include "figures.h"
#include "show.h"
#include "states.h"
#include "views/desk_sample.h"
#include "tabs.h"

#define ROWS 50

static const char *const whats[] = { "todo", "redo", "passed", "all", NULL };
static const char *const what_names[] = { "待评分", "待整改", "合格", "全部" };
enum { WHAT_TODO, WHAT_REDO, WHAT_PASSED, WHAT_ALL };
static const struct field list_fields[] = {
	{ "what", FIELD_CHOICE, .choices = whats },
	{ "unit", FIELD_INT, .min = 1, .max = INT32_MAX },
	{ "after", FIELD_INT, .min = 0, .max = INT32_MAX },
};
const struct form_def form_sample_list = { list_fields, ARRAY_LEN(list_fields) };

static const char *const does[] = { "draw", "cancel", "publish", "close", NULL };
enum does { DO_DRAW, DO_CANCEL, DO_PUBLISH, DO_CLOSE };
static const struct field do_fields[] = {
	{ "do", FIELD_CHOICE, .choices = does, .required = true },
	{ "factor", FIELD_LINE, .label = "公开数", .max = 60 },
	{ "reason", FIELD_LINE, .label = "取消的理由", .max = 200 },
	{ "summary", FIELD_TEXT, .label = "抽查情况说明", .max = SAMPLE_SUMMARY_MAX },
	{ "rectify_by", FIELD_DATE, .label = "整改期限" },
	{ "outcome", FIELD_TEXT, .label = "整改情况说明", .max = SAMPLE_SUMMARY_MAX },
};
const struct form_def form_sample_do = { do_fields, ARRAY_LEN(do_fields) };

/* --- what was announced and drawn --- */

static void add_facts(struct page *p, const struct q_sample_of *s, struct view_desk_sample *v)
{
	struct arena *a = p->a;
	int32_t today = clock_day(p->now);
	const struct sample_fact all[] = {
		{ "抽查范围", arena_printf(a, "%s第一次答复的信件", show_span(a, s->from_on, s->to_on)), false },
		{ "比例", arena_printf(a, "单位的 %lld%%，抽中单位的信件的 %lld%%，每个单位至少 %lld 件", (long long)s->unit_percent,
			(long long)s->letter_percent, (long long)s->letters_min), false },
		{ "公告时间", show_moment(a, s->announced_at, today), false },
		{ "抽取日期", show_day(a, s->draw_on, today), false },
		{ "公开数的来源", s->factor_source[0] != '\0' ? s->factor_source : "没有用公开数", false },
		{ "随机数的指纹", s->commitment, true },
		{ "随机数", s->secret, true },
		{ "公开数", s->factor, false },
		{ "种子", s->seed, true },
		{ "信件名单的指纹", s->frame_sha256, true },
		{ "抽取时间", show_moment(a, s->drawn_at, today), false },
		{ "整改期限", show_day(a, s->rectify_by, today), false },
		{ strcmp(s->state, "cancelled") == 0 ? "取消的理由" : "整改情况", s->outcome, false },
		{ "抽查情况", s->summary, false },
	};
	struct sample_fact *list = arena_array(a, ARRAY_LEN(all), sizeof(*list));

	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		if (all[i].text != NULL && all[i].text[0] != '\0')
			list[v->facts_n++] = all[i];
	}
	v->facts = list;
}

static struct url list_url(struct page *p, const char *what, int64_t unit, int64_t after)
{
	struct str o;

	str_init(&o, p->a, 200);
	str_addf(&o, "/samples/%s", p->param);
	view_query_add(&o, "what", what);
	view_query_add(&o, "unit", unit > 0 ? arena_printf(p->a, "%lld", (long long)unit) : NULL);
	view_query_add(&o, "after", after > 0 ? arena_printf(p->a, "%lld", (long long)after) : NULL);
	return (struct url){ o.s };
}

static int add_units(struct page *p, int64_t id, struct view_desk_sample *v)
{
	struct q_sample_units *rows = NULL;
	struct sample_unit_row *list;
	size_t n = 0;
	int rc = q_sample_units(p->db, p->a, id, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		const struct q_sample_units *u = &rows[i];

		list[i] = (struct sample_unit_row){ .name = u->name, .letters = u->letters, .drawn = u->drawn,
			.picked = u->picked,
			.scored = u->scored, .passed = figure_share(p->a, u->passed_first, u->scored), .standing = u->standing,
			.put_right = u->put_right, .url = list_url(p, "all", u->unit_id, 0),
			.points = u->scored > 0 ? figure_tenths(p->a, (u->points * 20 + u->scored) / (2 * u->scored)) : "—" };
	}
	v->units = list;
	v->units_n = n;
	return 0;
}

static int add_items(struct page *p, int64_t id, struct view_desk_sample *v)
{
	struct q_sample_by_item *rows = NULL;
	struct sample_item_row *list;
	size_t n = 0;
	int rc = q_sample_by_item(p->db, p->a, id, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++)
		list[i] = (struct sample_item_row){ .name = rows[i].name, .points = rows[i].points, .zero = rows[i].zero,
			.share = figure_share(p->a, rows[i].got, rows[i].points * rows[i].scored),
			.percent = rows[i].scored > 0 ? (int)(rows[i].got * 100 / (rows[i].points * rows[i].scored)) : 0 };
	v->items = list;
	v->items_n = n;
	return 0;
}

/* --- the letters --- */

static const char *stands(struct arena *a, const struct q_sample_letters *l)
{
	if (l->turn == 0)
		return "待评分";
	if (*l->passed)
		return l->turn > 1 ? arena_printf(a, "整改后合格（评了 %lld 次）", (long long)l->turn) : "合格";
	if (l->ready)
		return "不合格，可以复评";
	return str_eq(l->redo, "reopen") ? "不合格，正在重新办理" : "不合格，等补充或更正答复";
}

static void add_tabs(struct page *p, int what, int64_t unit, struct view_desk_sample *v)
{
	struct choice *tabs = arena_array(p->a, ARRAY_LEN(what_names), sizeof(*tabs));

	for (size_t i = 0; i < ARRAY_LEN(what_names); i++)
		tabs[i] = (struct choice){ .code = whats[i], .text = what_names[i], .url = list_url(p, whats[i], unit, 0),
			.chosen = (int)i == what };
	v->tabs = tabs;
	v->tabs_n = ARRAY_LEN(what_names);
}

static int add_letters(struct page *p, int64_t id, int what, struct view_desk_sample *v)
{
	const struct actor *who = page_actor(p);
	int64_t unit = form_int(p->form, "unit", 0), after = form_int(p->form, "after", 0);
	struct q_sample_letters *rows = NULL;
	struct sample_letter_row *list;
	size_t n = 0;
	int rc = q_sample_letters(p->db, p->a, id, unit > 0 ? &unit : NULL, unit > 0 ? &unit : NULL, who->unit_id,
		who->officer_id, after, whats[what], whats[what], ROWS + 1, &rows, &n);

	if (rc != 0)
		return rc;
	if (n > ROWS) {
		n = ROWS;
		v->more = list_url(p, whats[what], unit, rows[n - 1].id);
	}
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++)
		list[i] = (struct sample_letter_row){ .id = rows[i].id, .number = rows[i].no, .title = rows[i].title,
			.unit = rows[i].unit_name, .stands = stands(p->a, &rows[i]), .position = rows[i].position,
			.points = rows[i].points != NULL ? arena_printf(p->a, "%lld", (long long)*rows[i].points) : "—" };
	v->letters = list;
	v->letters_n = n;
	add_tabs(p, what, unit, v);
	return 0;
}

/* --- the next step --- */

static struct admin_builder begin(struct page *p, struct part_admin_form *f, enum does what, int sent,
	const char *button)
{
	*f = (struct part_admin_form){ .csrf = p->csrf, .code = "do", .code_value = does[what], .button = button,
		.more = "",
		.summary = "", .hint = "", .url = { arena_printf(p->a, "/samples/%s/do", p->param) } };
	return (struct admin_builder){ p, f, sent == (int)what ? "" : arena_printf(p->a, "%s-", does[what]),
		sent == (int)what };
}

static void step_announced(struct page *p, const struct q_sample_of *s, int sent, struct view_desk_sample *v)
{
	int32_t today = clock_day(p->now);
	struct admin_builder b;

	v->next_words = s->draw_on > today ? arena_printf(p->a, "到%s才能抽取。", show_day(p->a, s->draw_on, today))
		: "可以抽取了。抽取一次就定了，不能重抽。";
	if (s->draw_on <= today) {
		b = begin(p, &v->forms[v->forms_n++], DO_DRAW, sent, "现在抽取");
		if (s->factor_source[0] != '\0')
			admin_field(&b, "text", "factor", "公开数", "")->hint = arena_printf(p->a, "公告里写明的来源：%s", s->factor_source);
	}
	b = begin(p, &v->forms[v->forms_n++], DO_CANCEL, sent, "取消这次抽查");
	b.form->summary = "取消这次抽查";
	b.form->open = sent == DO_CANCEL;
	b.form->danger = true;
	b.form->hint = "公告和取消的理由都会一直公开。";
	admin_field(&b, "text", "reason", "取消的理由", "");
}

static void step_drawn(struct page *p, const struct q_sample_counts *n, int sent, struct view_desk_sample *v)
{
	struct admin_builder b;

	if (n->scored < n->letters) {
		v->next_words = arena_printf(p->a, "还有 %lld 件没有评分，评完以后公布结果。", (long long)(n->letters - n->scored));
		return;
	}
	v->next_words = "全部评完了，可以公布结果。公布前请核对下面各单位的情况。";
	b = begin(p, &v->forms[v->forms_n++], DO_PUBLISH, sent, "公布结果");
	admin_field(&b, "area", "summary", "抽查情况说明", "")->hint = "主要的好做法和问题、整改要求；会公开，不要写个人信息";
	if (n->standing > 0)
		admin_field(&b, "date", "rectify_by", "整改期限", "")->css = "lx-input--width-10";
}

static void step_published(struct page *p, const struct q_sample_counts *n, int sent, struct view_desk_sample *v)
{
	struct admin_builder b;

	v->next_words = n->standing > 0 ? arena_printf(p->a, "还有 %lld 件没有整改好。整改好并且复评合格，或者整改期限过了，公布整改情况。",
		(long long)n->standing) : n->failed > 0 ? "不合格的都整改好了，可以公布整改情况。" : "没有不合格的，可以结束这次抽查。";
	b = begin(p, &v->forms[v->forms_n++], DO_CLOSE, sent, "公布整改情况，结束抽查");
	admin_field(&b, "area", "outcome", "整改情况说明", "")->hint = "怎样整改的，没有整改好的怎么办；会公开，不要写个人信息";
}

static int add_step(struct page *p, const struct q_sample_of *s, int sent, struct view_desk_sample *v)
{
	struct q_sample_counts n;
	int rc = q_sample_counts(p->db, p->a, s->id, &n);

	if (rc != 0)
		return rc;
	v->picked = n.letters;
	v->scored = n.scored;
	v->failed = n.failed;
	v->standing = n.standing;
	v->next_words = "";
	if (!access_may(page_actor(p), CAP_SAMPLE))
		return 0;
	if (strcmp(s->state, "announced") == 0)
		step_announced(p, s, sent, v);
	else if (strcmp(s->state, "drawn") == 0)
		step_drawn(p, &n, sent, v);
	else if (strcmp(s->state, "published") == 0)
		step_published(p, &n, sent, v);
	return 0;
}

/* sent: which form came with mistakes; -1: none. what: which letters are listed; -1: those to be scored while there
 * are. */
static int sample_page(struct page *p, int64_t id, int what, int sent)
{
	struct view_desk_sample v = { .nav = tabs(p, TABS_WATCH), .errors = sent >= 0 ? p->form : NULL };
	struct q_sample_of s;
	int rc = q_sample_of(p->db, p->a, id, &s);

	if (rc == 0)
		rc = add_step(p, &s, sent, &v);
	if (rc == 0)
		rc = add_units(p, id, &v);
	if (rc == 0)
		rc = add_items(p, id, &v);
	if (what < 0)
		what = v.scored < v.picked ? WHAT_TODO : v.standing > 0 ? WHAT_REDO : WHAT_ALL;
	if (rc == 0 && v.picked > 0) {
		if (sent >= 0)
			form_empty(p->a, &form_sample_list, p->form = ARENA_NEW(p->a, struct form));
		rc = add_letters(p, id, what, &v);
	}
	if (rc != 0)
		return rc;
	add_facts(p, &s, &v);
	v.state = desk_sample_state(s.state);
	v.name = sample_name(p->a, s.year, s.quarter, s.batch);
	admin_flash(p);
	v.frame = page_titled(p, arena_printf(p->a, "%s抽查", v.name));
	view_desk_sample(&p->reply->body, &v);
	return 0;
}

int sample_show(struct page *p)
{
	int64_t id;
	int rc = page_id(p, &id);

	return rc != 0 ? rc : sample_page(p, id, form_choice(p->form, "what"), -1);
}

static void check_do(struct page *p, int what)
{
	if (what == DO_CANCEL && form_text(p->form, "reason") == NULL)
		form_fail(p->form, "reason", "请填写取消的理由");
	if (what == DO_PUBLISH && form_text(p->form, "summary") == NULL)
		form_fail(p->form, "summary", "请填写抽查情况说明");
	if (what == DO_CLOSE && form_text(p->form, "outcome") == NULL)
		form_fail(p->form, "outcome", "请填写整改情况说明");
}

static int does_it(struct page *p, int64_t id, int what)
{
	const struct org o = admin_org(p);
	const struct form *f = p->form;

	switch (what) {
	case DO_DRAW:
		return sample_draw(&o, id, form_text(f, "factor"));
	case DO_CANCEL:
		return sample_cancel(&o, id, form_text(f, "reason"));
	case DO_PUBLISH:
		return sample_publish(&o, id, form_text(f, "summary"), form_day(f, "rectify_by"));
	default:
		return sample_close(&o, id, form_text(f, "outcome"));
	}
}

int sample_do(struct page *p)
{
	static const char *const ok[] = { "drawn", "cancelled", "published", "closed" };
	static const char *const at[] = { "factor", "reason", "rectify_by", "outcome" };
	int what = form_choice(p->form, "do");
	int64_t id;
	int rc = page_id(p, &id);

	if (rc != 0 || what < 0)
		return rc != 0 ? rc : err_set(ERR_BADREQ, "no such thing to do");
	check_do(p, what);
	if (form_ok(p->form)) {
		rc = does_it(p, id, what);
		if (rc == 0)
			return admin_done(p, arena_printf(p->a, "/samples/%s", p->param), ok[what]);
	}
	rc = admin_failed(p, rc, at[what]);
	return rc != 0 ? rc : sample_page(p, id, -1, what);
}
