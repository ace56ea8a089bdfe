/* figure_csv - see figure_csv.h. */
#include "figure_csv.h"

#include "clock.h"
#include "figure_table.h"
#include "open_write.h"

#define CSV_BYTES ((size_t)1 << 20)

static void row(struct str *o, const char *what, const struct stats_line *line, const struct stats_line *before)
{
	open_csv_cell(o, what);
	str_addc(o, ',');
	open_csv_cell(o, line->name);
	for (int c = 0; c < FIGURE_COLUMNS; c++)
		str_addf(o, ",%s", figure_column_plain(o->a, c, line, before));
	str_add(o, "\r\n");
}

static void rows(struct str *o, const char *what, const struct stats_lines *now, const struct stats_lines *before)
{
	for (size_t i = 0; i < now->n; i++)
		row(o, what, &now->of[i], stats_find(before, now->of[i].key));
}

void figure_csv(struct page *p, const struct stats_report *r)
{
	struct str *o = &p->reply->body;

	str_init(o, p->a, CSV_BYTES);
	str_add(o, "\xEF\xBB\xBF分组,名称");
	for (int c = 0; c < FIGURE_COLUMNS; c++) {
		str_addc(o, ',');
		open_csv_cell(o, figure_column_head(c));
	}
	str_add(o, "\r\n");
	row(o, "合计", &r->now.all, &r->before.all);
	row(o, "上年同期", &r->before.all, NULL);
	rows(o, "类型", &r->now.types, &r->before.types);
	rows(o, "主题", &r->now.topics, &r->before.topics);
	rows(o, "细分主题", &r->now.leaves, &r->before.leaves);
	rows(o, "承办单位", &r->now.units, &r->before.units);
	reply_type(p->reply, "text/csv; charset=utf-8");
	reply_download(p->reply, arena_printf(p->a, "办理统计-%s至%s.csv", clock_fmt_day(p->a, r->now.from),
		clock_fmt_day(p->a, r->now.to)));
}
