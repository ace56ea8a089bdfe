/* desk_samples - the samples of answers: their list, announcing one, the sheet they are scored on. */
#include <string.h>

#include "calendar.h"
#include "clock.h"
#include "desk_sample.h"
#include "draw.h"
#include "show.h"
#include "views/admin_form.h"
#include "views/desk_samples.h"
#include "views/desk_sheet.h"
#include "tabs.h"

#define LIST_MAX 40
#define QUARTERS 5
/* What a form begins with. */
#define LETTERS_MIN_USUAL 5
#define PASS_USUAL 80

static const struct field sample_fields[] = {
	{ "quarter", FIELD_TOKEN, .label = "季度", .required = true, .max = 10, .missing = "请选择季度" },
	{ "from", FIELD_DATE, .label = "答复日期从", .required = true },
	{ "until", FIELD_DATE, .label = "答复日期到", .required = true },
	{ "draw_on", FIELD_DATE, .label = "抽取日期", .required = true },
	{ "units", FIELD_INT, .label = "抽取单位的比例", .required = true, .min = DRAW_PERCENT_MIN, .max = 100 },
	{ "letters", FIELD_INT, .label = "抽取信件的比例", .required = true, .min = DRAW_PERCENT_MIN, .max = 100 },
	{ "least", FIELD_INT, .label = "每个单位至少", .required = true, .min = 1, .max = SAMPLE_LETTERS_MIN_MAX },
	{ "factor", FIELD_LINE, .label = "公开数的来源", .max = 60 },
};
const struct form_def form_sample = { sample_fields, ARRAY_LEN(sample_fields) };

#define ITEM(n) { "n" #n, FIELD_LINE, .label = "第 " #n " 项的名称", .max = 30 }, \
	{ "p" #n, FIELD_INT, .label = "第 " #n " 项的分值", .min = 1, .max = 100 }, { "f" #n, FIELD_BOOL, .label = "" }, \
	{ "h" #n, FIELD_LINE, .label = "第 " #n " 项的说明", .max = 200 }
static const struct field sheet_fields[] = {
	{ "name", FIELD_LINE, .label = "名称", .required = true, .min = 2, .max = 30 },
	{ "pass", FIELD_INT, .label = "合格分", .required = true, .min = 1, .max = 100 },
	ITEM(1), ITEM(2), ITEM(3), ITEM(4), ITEM(5), ITEM(6), ITEM(7), ITEM(8), ITEM(9), ITEM(10), ITEM(11), ITEM(12),
};
const struct form_def form_sheet = { sheet_fields, ARRAY_LEN(sheet_fields) };

static const struct { const char *code, *text; } states[] = {
	{ "announced", "已公告，等待抽取" }, { "drawn", "已抽取，正在评分" }, { "published", "结果已公布，正在整改" },
	{ "closed", "已结束" }, { "cancelled", "已取消" },
};

const char *desk_sample_state(const char *code)
{
	for (size_t i = 0; i < ARRAY_LEN(states); i++) {
		if (strcmp(states[i].code, code) == 0)
			return states[i].text;
	}
	return code;
}

/* --- the list --- */

static int quarter_of(int32_t day, int *ret_year)
{
	int month, d;

	clock_civil(day, ret_year, &month, &d);
	return (month + 2) / 3;
}

/* What the rule asks for and is not there yet: a draw in this quarter. */
static const char *reminder(struct arena *a, const struct q_sample_list *rows, size_t n, int32_t today)
{
	int year, quarter = quarter_of(today, &year);

	for (size_t i = 0; i < n; i++) {
		if (rows[i].year == year && rows[i].quarter == quarter && strcmp(rows[i].state, "cancelled") != 0)
			return "";
	}
	return arena_printf(a, "%s还没有抽查。规定每季度抽查一次，比例不低于百分之%d，结果和整改情况要公布。", sample_name(a, year, quarter, 1),
		DRAW_PERCENT_MIN);
}

int samples_show(struct page *p)
{
	struct view_desk_samples v = { .nav = tabs(p, TABS_WATCH), .may = access_may(page_actor(p), CAP_SAMPLE) };
	int32_t today = clock_day(p->now);
	struct q_sample_list *rows = NULL;
	struct sample_row *list;
	size_t n = 0;
	int rc = q_sample_list(p->db, p->a, LIST_MAX, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++)
		list[i] = (struct sample_row){ .id = rows[i].id, .state = desk_sample_state(rows[i].state),
			.name = sample_name(p->a, rows[i].year, rows[i].quarter, rows[i].batch), .picked = rows[i].picked,
			.units = rows[i].units, .draw_on = show_day(p->a, rows[i].draw_on, today),
			.span = show_span(p->a, rows[i].from_on, rows[i].to_on) };
	v.rows = list;
	v.rows_n = n;
	v.reminder = reminder(p->a, rows, n, today);
	admin_flash(p);
	v.frame = page_titled(p, "抽查");
	view_desk_samples(&p->reply->body, &v);
	return 0;
}

/* --- announcing --- */

/* This quarter and those before it; the count is year and quarter. */
static const struct choice *quarters(struct page *p, size_t *ret_n)
{
	struct choice *list = arena_array(p->a, QUARTERS, sizeof(*list));
	int year, quarter = quarter_of(clock_day(p->now), &year);

	for (size_t i = 0; i < QUARTERS; i++) {
		list[i] = (struct choice){ .code = arena_printf(p->a, "%d-%d", year, quarter), .count = year * 10 + quarter,
			.text = sample_name(p->a, year, quarter, 1) };
		year -= quarter == 1;
		quarter = quarter == 1 ? 4 : quarter - 1;
	}
	*ret_n = QUARTERS;
	return list;
}

static const char *number(struct arena *a, int64_t n)
{
	return arena_printf(a, "%lld", (long long)n);
}

static int announce_form(struct page *p, bool typed)
{
	struct view_admin_form v = { .errors = typed ? p->form : NULL };
	struct admin_builder b = { p, &v.form, "", typed };
	int32_t today = clock_day(p->now);
	int year, quarter = quarter_of(today, &year);
	const struct choice *list;
	size_t n;

	list = quarters(p, &n);
	admin_select(&b, "quarter", "季度", list, n, list[0].code);
	admin_field(&b, "date", "from", "答复日期从", clock_fmt_day(p->a, clock_day_of(year, quarter * 3 - 2, 1)))->hint =
		"在这段时间里第一次答复的信件都可能被抽到";
	admin_field(&b, "date", "until", "答复日期到", clock_fmt_day(p->a, today));
	admin_field(&b, "date", "draw_on", "抽取日期", clock_fmt_day(p->a, today + 1))->hint = "最早明天；公告以后不能改";
	admin_field(&b, "number", "units", "抽取单位的比例（%）", number(p->a, DRAW_PERCENT_MIN))->hint = "有答复的单位里抽这么多，不足一个的按一个算";
	admin_field(&b, "number", "letters", "抽取信件的比例（%）", number(p->a, DRAW_PERCENT_MIN))->hint = "抽中的单位，每个单位抽这么多";
	admin_field(&b, "number", "least", "每个单位至少（件）", number(p->a, LETTERS_MIN_USUAL))->hint = "不够这么多的，全部抽";
	for (size_t i = 1; i < v.form.fields_n; i++)
		v.form.fields[i].css = "lx-input--width-10";
	admin_field(&b, "text", "factor", "公开数的来源", "")->hint =
		"抽取那天才知道、人人查得到、谁也改不了的一个数，例如：当天福彩3D开奖号码。写明来源，抽取时填入，就没有人能事先知道结果";
	v.form.fields[v.form.fields_n - 1].optional = true;
	v.form.csrf = p->csrf;
	v.form.url.s = "/samples/new";
	v.form.button = "公告这次抽查";
	v.form.hint = v.form.summary = v.form.code = v.form.more = "";
	v.heading = "公告一次抽查";
	v.intro = "公告以后，公众网站上会写明范围、比例、日期，以及系统随机数的指纹（SHA-256）。抽取时公布随机数本身，人人可以重新算一遍。";
	v.note = "";
	v.back.s = "/samples";
	v.back_text = "返回抽查";
	v.frame = page_titled(p, v.heading);
	view_admin_form(&p->reply->body, &v);
	return 0;
}

int sample_new(struct page *p)
{
	form_empty(p->a, &form_sample, p->form);
	return announce_form(p, false);
}

/* "2026-3" of the list above; anything else is a mistake. */
static void read_quarter(struct page *p, struct sample_plan *ret)
{
	const char *code = form_text(p->form, "quarter");
	const struct choice *list;
	size_t n;

	list = quarters(p, &n);
	for (size_t i = 0; code != NULL && i < n; i++) {
		if (strcmp(list[i].code, code) == 0) {
			ret->year = (int)(list[i].count / 10);
			ret->quarter = (int)(list[i].count % 10);
			return;
		}
	}
	form_fail(p->form, "quarter", "请选择季度");
}

int sample_new_send(struct page *p)
{
	const struct form *f = p->form;
	const struct org o = admin_org(p);
	const char *factor = form_text(f, "factor");
	struct sample_plan plan = { .from = form_day(f, "from"), .to = form_day(f, "until"), .draw_on = form_day(f,
		"draw_on"),
		.unit_percent = (int)form_int(f, "units", 0), .letter_percent = (int)form_int(f, "letters", 0),
		.letters_min = (int)form_int(f, "least", 0), .factor_source = factor != NULL ? factor : "" };
	int64_t id;
	int rc = 0;

	read_quarter(p, &plan);
	if (form_ok(p->form)) {
		rc = sample_announce(&o, &plan, &id);
		if (rc == 0)
			return admin_done(p, arena_printf(p->a, "/samples/%lld", (long long)id), "announced");
	}
	rc = admin_failed(p, rc, "draw_on");
	return rc != 0 ? rc : announce_form(p, true);
}

/* --- the sheet --- */

static struct sheet_item item_typed(struct page *p, int i)
{
	struct arena *a = p->a;
	const char *n = arena_printf(a, "n%d", i), *points = arena_printf(a, "p%d", i), *help = arena_printf(a, "h%d", i);

	return (struct sheet_item){ .i = i, .name = form_raw(p->form, n), .points = form_raw(p->form, points),
		.help = form_raw(p->form, help), .fatal = form_bool(p->form, arena_printf(a, "f%d", i)),
		.name_error = form_error(p->form, n), .points_error = form_error(p->form, points),
		.help_error = form_error(p->form, help) };
}

static int old_sheets(struct page *p, struct view_desk_sheet *v)
{
	struct q_sheet_list *rows = NULL;
	struct sheet_row *list;
	size_t n = 0;
	int rc = q_sheet_list(p->db, p->a, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++)
		list[i] = (struct sheet_row){ rows[i].name, rows[i].by_name != NULL ? rows[i].by_name : "系统自带",
			show_moment(p->a, rows[i].made_at, clock_day(p->now)), rows[i].pass_points, rows[i].samples };
	v->sheets = list;
	v->sheets_n = n;
	return 0;
}

/* As typed, or the items of the sheet that holds now. */
static void add_items(struct page *p, const struct q_sheet_items *rows, size_t n, bool typed, struct view_desk_sheet *v)
{
	struct sheet_item *items = arena_array(p->a, SAMPLE_ITEMS_MAX, sizeof(*items));

	for (int i = 0; i < SAMPLE_ITEMS_MAX; i++) {
		items[i] = (struct sheet_item){ .i = i + 1, .name = "", .points = "", .help = "" };
		if (typed)
			items[i] = item_typed(p, i + 1);
		else if ((size_t)i < n)
			items[i] = (struct sheet_item){ .i = i + 1, .name = rows[i].name, .points = number(p->a, rows[i].points),
				.help = rows[i].help, .fatal = rows[i].fatal };
	}
	v->items = items;
	v->items_n = v->may ? SAMPLE_ITEMS_MAX : n;
}

static int sheet_page(struct page *p, bool typed)
{
	struct view_desk_sheet v = { .nav = tabs(p, TABS_WATCH), .errors = typed ? p->form : NULL, .csrf = p->csrf,
		.may = access_may(page_actor(p), CAP_SAMPLE), .pass = arena_printf(p->a, "%d", PASS_USUAL) };
	struct q_sheet_items *rows = NULL;
	struct q_sheet_last last;
	size_t n = 0;
	int rc = q_sheet_last(p->db, p->a, &last);

	if (rc == 0)
		rc = q_sheet_items(p->db, p->a, last.id, &rows, &n);
	if (rc == 0)
		rc = old_sheets(p, &v);
	if (rc != 0)
		return rc;
	v.name = typed ? form_raw(p->form, "name") : last.name;
	v.pass = typed ? form_raw(p->form, "pass") : number(p->a, last.pass_points);
	v.name_error = typed ? form_error(p->form, "name") : NULL;
	v.pass_error = typed ? form_error(p->form, "pass") : NULL;
	add_items(p, rows, n, typed, &v);
	v.frame = page_titled(p, "评分表");
	view_desk_sheet(&p->reply->body, &v);
	return 0;
}

int sheet_show(struct page *p)
{
	form_empty(p->a, &form_sheet, p->form);
	return sheet_page(p, false);
}

static void read_sheet(struct page *p, struct sample_sheet *ret)
{
	const char *name = form_text(p->form, "name");

	*ret = (struct sample_sheet){ .name = name, .pass_points = (int)form_int(p->form, "pass", 0) };
	for (int i = 1; i <= SAMPLE_ITEMS_MAX; i++) {
		const char *points = arena_printf(p->a, "p%d", i), *item = form_text(p->form, arena_printf(p->a, "n%d", i));
		const char *help = form_text(p->form, arena_printf(p->a, "h%d", i));

		if (item == NULL && form_int(p->form, points, 0) != 0)
			form_fail(p->form, arena_printf(p->a, "n%d", i), arena_printf(p->a, "请填写第 %d 项的名称，或者清空它的分值", i));
		if (item != NULL && form_int(p->form, points, 0) == 0)
			form_fail(p->form, points, arena_printf(p->a, "请填写第 %d 项的分值", i));
		if (item == NULL)
			continue;
		ret->items[ret->n].name = item;
		ret->items[ret->n].help = help != NULL ? help : "";
		ret->items[ret->n].points = (int)form_int(p->form, points, 0);
		ret->items[ret->n++].fatal = form_bool(p->form, arena_printf(p->a, "f%d", i));
	}
}

int sheet_send(struct page *p)
{
	const struct org o = admin_org(p);
	struct sample_sheet sheet;
	int rc = 0;

	read_sheet(p, &sheet);
	if (form_ok(p->form)) {
		rc = sample_sheet_add(&o, &sheet);
		if (rc == 0)
			return admin_done(p, "/samples", "sheet");
	}
	rc = admin_failed(p, rc, "p1");
	return rc != 0 ? rc : sheet_page(p, true);
}
