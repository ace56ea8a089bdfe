/* report_doc - see report_doc.h. */
#include "report_doc.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "conf.h"
#include "figures.h"
#include "stats.h"
#include "str.h"

#define BLOCKS_MAX 60
#define SUMMARY_BYTES 4000

struct making {
	struct arena *a;
	const struct report *r;
	const json_t *now, *before, *extra;  /* before NULL: there are none */
	struct report_block *blocks;
	size_t n;
};

static void free_json(void *p)
{
	json_decref(p);
}

/* Lives as long as the arena; NULL when it is no object. */
static const json_t *parse(struct arena *a, const char *text)
{
	json_t *o = text != NULL ? json_loads(text, 0, NULL) : NULL;

	if (o != NULL)
		arena_defer(a, free_json, o);
	return json_is_object(o) ? o : NULL;
}

static int start(struct arena *a, const struct report *r, struct making *ret)
{
	*ret = (struct making){ .a = a, .r = r, .now = parse(a, r->figures), .before = parse(a, r->before),
		.extra = parse(a, r->extra) };
	if (ret->now == NULL || ret->extra == NULL)
		return err_set(ERR_BUG, "figures of report %s cannot be read", r->code);
	ret->blocks = arena_array(a, BLOCKS_MAX, sizeof(*ret->blocks));
	return 0;
}

static struct report_block *add(struct making *m, enum report_block_kind kind, const char *text)
{
	struct report_block *b;

	must(m->n < BLOCKS_MAX);
	b = &m->blocks[m->n++];
	b->kind = kind;
	b->text = text;
	return b;
}

/* --- figures of a line as stats_json() writes them --- */

static int64_t count(const json_t *line, const char *code)
{
	return json_integer_value(json_object_get(line, code));
}

static struct report_cell cell_text(const char *text)
{
	return (struct report_cell){ CELL_TEXT, text, 0 };
}

static struct report_cell cell_count(struct arena *a, const json_t *line, const char *code)
{
	int64_t n = count(line, code);

	return (struct report_cell){ CELL_COUNT, figure_count(a, n), (double)n };
}

/* "97.53": hundredths of a percent, shown with one decimal. */
static struct report_cell cell_rate(struct arena *a, const json_t *line, const char *code)
{
	const char *s = json_string_value(json_object_get(line, code));

	if (s == NULL)
		return (struct report_cell){ CELL_NONE, "—", 0 };
	return (struct report_cell){ CELL_SHARE, arena_printf(a, "%.1f%%", strtod(s, NULL) + 1e-9), strtod(s, NULL) / 100 };
}

static struct report_cell cell_tenths(struct arena *a, const json_t *line, const char *code)
{
	const char *s = json_string_value(json_object_get(line, code));

	if (s == NULL)
		return (struct report_cell){ CELL_NONE, "—", 0 };
	return (struct report_cell){ CELL_TENTHS, arena_strdup(a, s), strtod(s, NULL) * 10 };
}

/* Letters without a unit or a topic have a line too. */
static const char *name_of(const json_t *line)
{
	const char *s = json_string_value(json_object_get(line, "name"));

	return s != NULL && s[0] != '\0' ? s : "（未定）";
}

static const json_t *total(const json_t *root)
{
	return root != NULL ? json_object_get(root, "total") : NULL;
}

/* --- words --- */

static const char *period_words(struct arena *a, const struct report *r)
{
	int y, m, d;

	clock_civil(r->from, &y, &m, &d);
	return r->kind == REPORT_MONTH ? arena_printf(a, "%d年%d月", y, m) : arena_printf(a, "%d年", y);
}

/* ，比去年同期增加 12.3% */
static const char *change_words(struct arena *a, int64_t now, int64_t before)
{
	int64_t tenths;

	if (before <= 0)
		return "";
	tenths = ((now - before) * 2000 + (now >= before ? before : -before)) / (2 * before);
	if (tenths == 0)
		return "，与去年同期持平";
	return arena_printf(a, "，比去年同期%s %lld.%lld%%", tenths > 0 ? "增加" : "减少", (long long)(llabs(tenths) / 10),
		(long long)(llabs(tenths) % 10));
}

/* Topics by letters received, the most first; at most `max` of those that have a name. */
static size_t top_lines(struct arena *a, const json_t *list, size_t max, const json_t ***ret)
{
	size_t all = json_array_size(list), n = 0;
	const json_t **out = arena_array(a, max + 1, sizeof(*out));

	for (size_t i = 0; i < all; i++) {
		const json_t *line = json_array_get(list, i);
		size_t at = n;

		if (count(line, "received") == 0)
			continue;
		while (at > 0 && count(out[at - 1], "received") < count(line, "received"))
			at--;
		if (at >= max)
			continue;
		n += n < max;
		for (size_t k = n - 1; k > at; k--)
			out[k] = out[k - 1];
		out[at] = line;
	}
	*ret = out;
	return n;
}

static void add_hot(struct making *m, struct str *o)
{
	const json_t **top;
	size_t n = top_lines(m->a, json_object_get(m->now, "topics"), 3, &top), named = 0;

	for (size_t i = 0; i < n; i++) {
		if (json_is_null(json_object_get(top[i], "topic")))
			continue;
		str_addf(o, "%s%s（%lld 件）",
			named++ == 0 ? "反映较多的是" : "、", name_of(top[i]), (long long)count(top[i], "received"));
	}
	if (named > 0)
		str_add(o, "。");
}

const char *report_overview(struct arena *a, const struct report *r)
{
	struct making m;
	const json_t *t;
	struct str o;

	if (start(a, r, &m) != 0)
		return "";
	t = total(m.now);
	str_init(&o, a, SUMMARY_BYTES);
	str_addf(&o, "%s，%s共收到有效来信 %s 件%s；首次答复 %s 件", period_words(a, r), conf.site_short,
		figure_count(a, count(t, "received")),
		change_words(a, count(t, "received"), count(total(m.before), "received")),
		figure_count(a, count(t, "replied")));
	if (count(t, "due") > 0)
		str_addf(&o, "，按期答复率 %s", cell_rate(a, t, "on_time_rate").text);
	if (count(t, "replied") > 0)
		str_addf(&o, "，平均用 %s 个工作日", cell_tenths(a, t, "mean_workdays").text);
	if (count(t, "rated") > 0)
		str_addf(&o, "；已评价 %s 件，满意率 %s", figure_count(a, count(t, "rated")), cell_rate(a, t, "satisfaction").text);
	str_addf(&o, "；公开答复 %s 件。", figure_count(a, count(t, "published")));
	add_hot(&m, &o);
	return o.s;
}

/* --- parts of the document --- */

static void add_figures(struct making *m)
{
	static const struct { const char *code, *label; int kind; } shown[] = {
		{ "received", "收到有效来信（件）", 0 }, { "replied", "首次答复（件）", 0 }, { "on_time_rate", "按期答复率", 1 },
		{ "mean_workdays", "平均办理（工作日）", 2 }, { "satisfaction", "满意率", 1 }, { "rated_share", "参评率", 1 },
		{ "published", "公开答复（件）", 0 }, { "overdue_open", "逾期未办（件）", 0 },
	};
	size_t n = sizeof shown / sizeof shown[0];
	struct report_figure *list = arena_array(m->a, n, sizeof(*list));
	const json_t *lines[2] = { total(m->now), total(m->before) };
	struct report_block *b = add(m, BLOCK_FIGURES, "主要数字");

	for (size_t i = 0; i < n; i++) {
		struct report_cell c[2];

		for (int k = 0; k < 2; k++)
			c[k] = shown[i].kind == 0 ? cell_count(m->a, lines[k], shown[i].code)
				: shown[i].kind == 1 ? cell_rate(m->a, lines[k], shown[i].code)
				: cell_tenths(m->a, lines[k], shown[i].code);
		list[i] = (struct report_figure){ c[0].text, shown[i].label,
			m->before != NULL ? arena_printf(m->a, "去年同期 %s", c[1].text) : "" };
	}
	b->figures = list;
	b->figures_n = n;
}

static const char *const line_heads[] = { "收件", "答复", "按期答复率", "平均工作日", "满意率", "参评率", "公开", "逾期未办" };
#define LINE_COLUMNS (1 + sizeof line_heads / sizeof line_heads[0])

static void add_lines_table(struct making *m, const char *text, const char *first, const json_t *const *lines, size_t n)
{
	struct report_block *b = add(m, BLOCK_TABLE, text);
	struct report_cell *cells = arena_array(m->a, (n + 1) * LINE_COLUMNS, sizeof(*cells)), *c = cells;
	const char **heads = arena_array(m->a, LINE_COLUMNS, sizeof(*heads));

	heads[0] = first;
	memcpy(heads + 1, line_heads, sizeof line_heads);
	for (size_t i = 0; i <= n; i++) {
		const json_t *line = i < n ? lines[i] : total(m->now);

		*c++ = cell_text(i < n ? name_of(line) : "合计");
		*c++ = cell_count(m->a, line, "received");
		*c++ = cell_count(m->a, line, "replied");
		*c++ = cell_rate(m->a, line, "on_time_rate");
		*c++ = cell_tenths(m->a, line, "mean_workdays");
		*c++ = cell_rate(m->a, line, "satisfaction");
		*c++ = cell_rate(m->a, line, "rated_share");
		*c++ = cell_count(m->a, line, "published");
		*c++ = cell_count(m->a, line, "overdue_open");
	}
	b->heads = heads;
	b->columns_n = LINE_COLUMNS;
	b->cells = cells;
	b->rows_n = n + 1;
}

static const json_t **lines_of(struct making *m, const char *list, size_t *ret_n)
{
	const json_t *all = json_object_get(m->now, list);
	const json_t **out = arena_array(m->a, json_array_size(all) + 1, sizeof(*out));

	*ret_n = json_array_size(all);
	for (size_t i = 0; i < *ret_n; i++)
		out[i] = json_array_get(all, i);
	return out;
}

static void add_topics(struct making *m)
{
	const json_t **top;
	size_t n = top_lines(m->a, json_object_get(m->now, "topics"), REPORT_TOPICS_SHOWN, &top);
	struct plot_bar *bars = arena_array(m->a, n + 1, sizeof(*bars));
	struct report_block *b;

	if (n == 0)
		return;
	for (size_t i = 0; i < n; i++) {
		int64_t v = count(top[i], "received");

		bars[i] = (struct plot_bar){ .label = name_of(top[i]), .value = v, .before = PLOT_NONE,
			.text = arena_printf(m->a, "%lld", (long long)v) };
	}
	b = add(m, BLOCK_BARS, "收到的来信，按主题（件）");
	b->bars = bars;
	b->bars_n = n;
	add_lines_table(m, "按主题", "主题", top, n);
}

static void add_months(struct making *m)
{
	const json_t *list = json_object_get(m->extra, "months");
	size_t all = json_array_size(list), n = all / 2;
	int64_t *now = arena_array(m->a, n + 1, sizeof(*now)), *old = arena_array(m->a, n + 1, sizeof(*old));
	const char **labels = arena_array(m->a, n + 1, sizeof(*labels));
	struct plot_series *series = arena_array(m->a, 2, sizeof(*series));
	struct report_block *b;
	int64_t any = 0;

	for (size_t i = 0; i < n; i++) {
		const json_t *line = json_array_get(list, n + i);
		const char *month = json_string_value(json_object_get(line, "month"));

		now[i] = count(line, "received");
		any += now[i];
		old[i] = count(json_array_get(list, i), "received");
		labels[i] = month != NULL && strlen(month) == 7 ? arena_printf(m->a, "%ld月", strtol(month + 5, NULL, 10)) : "";
	}
	if (any == 0)
		return;
	series[0] = (struct plot_series){ .name = "近一年", .values = now };
	series[1] = (struct plot_series){ .name = "上一年", .values = old, .faded = true };
	b = add(m, BLOCK_LINES, "收到的来信，按月（件）");
	b->axis = (struct plot_axis){ .labels = labels, .n = n, .unit = 1, .suffix = "", .target = PLOT_NONE };
	b->series = series;
	b->series_n = m->before != NULL ? 2 : 1;
}

/* --- the annual form --- */

struct form { struct report_cell *cells; size_t rows; };

static void form_row(struct form *f, const char *group, const char *what, struct report_cell value, const char *unit)
{
	struct report_cell *c = f->cells + 4 * f->rows++;

	c[0] = cell_text(group);
	c[1] = cell_text(what);
	c[2] = value;
	c[3] = cell_text(unit);
}

static struct report_cell entered(struct making *m, enum report_part part)
{
	const char *s = m->r->parts[part];
	long long n;

	if (report_part_rows[part].form == REPORT_COUNT && str_to_int(s, 0, INT64_MAX, &n) == 0)
		return (struct report_cell){ CELL_COUNT, figure_count(m->a, n), (double)n };
	return s[0] == '\0' ? (struct report_cell){ CELL_NONE, "未填", 0 } : cell_text(s);
}

/* Days from acceptance to answer, in tenths, rounded half up. */
static struct report_cell mean(struct making *m, const json_t *form, const char *sum)
{
	int64_t n = count(form, "replied"), tenths = n > 0 ? (count(form, sum) * 20 + n) / (2 * n) : -1;

	return (struct report_cell){ tenths < 0 ? CELL_NONE : CELL_TENTHS, figure_tenths(m->a, tenths), (double)tenths };
}

static void add_form(struct making *m)
{
	static const char *const heads[] = { "类别", "项目", "数值", "单位" };
	const json_t *form = json_object_get(m->extra, "form");
	struct form f = { .cells = arena_array(m->a, (size_t)4 * 16, sizeof(*f.cells)) };
	struct report_block *b = add(m, BLOCK_TABLE, "互动交流情况");

	form_row(&f, "平台", "是否使用统一平台", entered(m, REPORT_PART_YEAR_platform), "");
	form_row(&f, "留言办理", "收到留言数量", cell_count(m->a, form, "received"), "条");
	form_row(&f, "留言办理", "办结留言数量", cell_count(m->a, form, "closed"), "条");
	form_row(&f, "留言办理", "平均办理时间", mean(m, form, "days"), "天");
	form_row(&f, "留言办理", "公开答复数量", cell_count(m->a, form, "published"), "条");
	form_row(&f, "征集调查", "征集调查期数", entered(m, REPORT_PART_YEAR_surveys), "期");
	form_row(&f, "征集调查", "收到意见数量", entered(m, REPORT_PART_YEAR_opinions), "条");
	form_row(&f, "征集调查", "公布调查结果期数", entered(m, REPORT_PART_YEAR_results), "期");
	form_row(&f, "在线访谈", "访谈期数", entered(m, REPORT_PART_YEAR_interviews), "期");
	form_row(&f, "在线访谈", "网民留言数量", entered(m, REPORT_PART_YEAR_messages), "条");
	form_row(&f, "在线访谈", "答复网民提问数量", entered(m, REPORT_PART_YEAR_answers), "条");
	form_row(&f, "智能问答", "是否提供智能问答功能", entered(m, REPORT_PART_YEAR_smart), "");
	b->heads = heads;
	b->columns_n = 4;
	b->cells = f.cells;
	b->rows_n = f.rows;
	add(m, BLOCK_NOTE, arena_printf(m->a, "平均办理时间：全年首次答复的来信从受理到答复的自然日，算术平均%s。"
		"收到留言不含无效件；办结指已答复并且评价期满或写信人表示满意。四项数字直接从来信计算，查询语句附在报告末尾。",
		count(form, "replied") > 0 ? arena_printf(m->a, "；按工作日算是 %s 个工作日", mean(m, form, "workdays").text) : ""));
}

/* --- the whole --- */

static void add_part(struct making *m, enum report_part part)
{
	if (m->r->parts[part][0] == '\0')
		return;
	add(m, BLOCK_HEADING, report_part_rows[part].label);
	add(m, BLOCK_TEXT, m->r->parts[part]);
}

static void add_overview(struct making *m, enum report_part part)
{
	add(m, BLOCK_HEADING, report_part_rows[part].label);
	if (m->r->parts[part][0] != '\0')
		add(m, BLOCK_TEXT, m->r->parts[part]);
	add_figures(m);
	add_months(m);
}

static void add_tables(struct making *m)
{
	const json_t **lines;
	size_t n;

	add(m, BLOCK_HEADING, "二、分类办理情况");
	lines = lines_of(m, "types", &n);
	add_lines_table(m, "按类型", "类型", lines, n);
	add_topics(m);
	lines = lines_of(m, "units", &n);
	add_lines_table(m, "按承办单位（按单位编号排列，不排名次）", "承办单位", lines, n);
}

/* On one line: blanks and line ends of the file it comes from mean nothing. */
static const char *one_line(struct arena *a, const char *sql)
{
	struct str o;

	str_init(&o, a, SUMMARY_BYTES);
	for (const char *c = sql; *c != '\0'; c++) {
		bool blank = strchr(" \n\t", *c) != NULL;

		if (!blank || (o.len > 0 && o.s[o.len - 1] != ' '))
			str_addc(&o, blank ? ' ' : *c);
	}
	return o.s;
}

/* 2026年11月5日 */
static const char *date_words(struct arena *a, int32_t day)
{
	int y, m, d;

	clock_civil(day, &y, &m, &d);
	return arena_printf(a, "%d年%d月%d日", y, m, d);
}

static void add_definitions(struct making *m)
{
	static const char *const terms[] = { "received", "replied", "on_time_rate", "mean_workdays", "satisfaction",
		"rated_share", "published", "overdue_open" };
	const json_t *definitions = json_object_get(m->now, "definitions");
	const char *sql = json_string_value(json_object_get(json_object_get(m->extra, "form"), "sql"));

	add(m, BLOCK_HEADING, "附：指标说明");
	add(m, BLOCK_NOTE, arena_printf(m->a, "数字于%s %.5s 固定，之后信件的变化不再改变本报告。固定数字的校验值（SHA-256）可在网页上核对。",
		date_words(m->a, clock_day(m->r->frozen_at)), clock_fmt(m->a, m->r->frozen_at) + sizeof "2026-11-22"));
	for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
		const json_t *d = json_object_get(definitions, terms[i]);
		const char *name = json_string_value(json_object_get(d, "name"));
		const char *text = json_string_value(json_object_get(d, "definition"));

		if (name != NULL && text != NULL)
			add(m, BLOCK_NOTE, arena_printf(m->a, "%s：%s。", name, text));
	}
	if (m->r->kind == REPORT_YEAR && sql != NULL)
		add(m, BLOCK_NOTE, arena_printf(m->a, "年度报表四项数字的查询语句（起止日期为 %s 和 %s）：%s",
			clock_fmt_day(m->a, m->r->from), clock_fmt_day(m->a, m->r->to), one_line(m->a, sql)));
}

static void add_signature(struct making *m)
{
	add(m, BLOCK_RIGHT, conf.site_host_unit);
	if (m->r->signed_at != TIME_NONE)
		add(m, BLOCK_RIGHT, date_words(m->a, clock_day(m->r->signed_at)));
}

int report_doc(struct arena *a, const struct report *r, struct report_doc *ret)
{
	struct making m;
	int rc = start(a, r, &m);

	if (rc != 0)
		return rc;
	if (r->kind == REPORT_YEAR) {
		add(&m, BLOCK_HEADING, "政府网站工作年度报表（互动交流）");
		add_form(&m);
	}
	add_overview(&m, r->kind == REPORT_MONTH ? REPORT_PART_MONTH_summary : REPORT_PART_YEAR_overview);
	add_tables(&m);
	for (int k = 0; k < REPORT_PART__MAX; k++) {
		const struct report_part_row *row = &report_part_rows[k];

		if (row->kind == r->kind && row->form == REPORT_TEXT && k != REPORT_PART_MONTH_summary
				&& k != REPORT_PART_YEAR_overview)
			add_part(&m, (enum report_part)k);
	}
	add_signature(&m);
	add_definitions(&m);
	*ret = (struct report_doc){ .blocks = m.blocks, .n = m.n,
		.title = arena_printf(a, "%s%s", conf.site_short, report_name(a, r->code)),
		.under = arena_printf(a, "%s　　统计时间：%s 至 %s%s", conf.site_host_unit, date_words(a, r->from),
			date_words(a, r->to), r->state == REPORT_DRAFT ? "　　（草稿）" : "") };
	return 0;
}
