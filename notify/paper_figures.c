/* paper_figures - the figures of a period as tables: in sum, by unit, type, topic and month, all measures and rates. */
#include <jansson.h>

#include "clock.h"
#include "conf.h"
#include "papers.h"
#include "sheet.h"
#include "states.h"
#include "stats.h"

#define DERIVED_N 4

/* name, measures, rates, and what else stats_derived_at() names. */
#define COLUMNS_N (1 + STATS__MAX + STATS_RATE__MAX + DERIVED_N)

static int read_order(struct paper_job *job, struct stats_ask *ret)
{
	json_t *o = json_loads(job->order.params, 0, NULL);
	json_int_t from, to, unit = 0, topic = 0;
	const char *type = "";

	if (json_unpack(o, "{s:I, s:I, s?I, s?I, s?s}", "from", &from, "to", &to, "unit", &unit, "topic", &topic, "type",
			&type) != 0) {
		json_decref(o);
		return err_set(ERR_INVALID, "params of figures");
	}
	*ret = (struct stats_ask){ .from = (int32_t)from, .to = (int32_t)to, .today = clock_day(job->now), .unit_id = unit,
		.topic_id = topic, .type = type[0] != '\0' ? states_type_from(type) : TYPE__MAX, .want_before = true,
		.want_months = true };
	json_decref(o);
	return 0;
}

static void set_columns(struct sheet_column *columns, const char *first)
{
	const char *code, *name, *definition;
	size_t n = 0;

	columns[n++] = (struct sheet_column){ first, 26 };
	for (int m = 0; m < STATS__MAX; m++)
		columns[n++] = (struct sheet_column){ stats_measure_name((enum stats_measure)m), 12 };
	for (int r = 0; r < STATS_RATE__MAX; r++)
		columns[n++] = (struct sheet_column){ stats_rate_name((enum stats_rate)r), 12 };
	for (size_t i = 0; i < DERIVED_N; i++) {
		must(stats_derived_at(i, &code, &name, &definition));
		columns[n++] = (struct sheet_column){ name, 14 };
	}
}

static void number_or_empty(struct sheet *s, int64_t n)
{
	if (n < 0)
		sheet_empty(s);
	else
		sheet_count(s, n);
}

static void put_line(struct sheet *s, const char *name, const struct stats_line *line)
{
	int64_t mean = stats_mean_tenths(line);

	sheet_row(s);
	sheet_text(s, name != NULL && name[0] != '\0' ? name : "（未定）");
	for (int m = 0; m < STATS__MAX; m++)
		sheet_count(s, line->n[m]);
	for (int r = 0; r < STATS_RATE__MAX; r++) {
		int64_t rate = stats_rate(line, (enum stats_rate)r);

		if (rate < 0)
			sheet_empty(s);
		else
			sheet_share(s, (double)rate / 10000);
	}
	sheet_count(s, stats_overdue_open(line));
	number_or_empty(s, stats_quantile(line, 0.5));
	number_or_empty(s, stats_quantile(line, 0.9));
	if (mean < 0)
		sheet_empty(s);
	else
		sheet_real(s, (double)mean / 10, 1);
}

static void put_lines(struct paper_job *job, struct sheet *s, const char *title, const char *first,
	const struct stats_lines *lines)
{
	struct sheet_column columns[COLUMNS_N];

	if (lines->n == 0)
		return;
	set_columns(columns, first);
	sheet_table(s, title, columns, COLUMNS_N, paper_foot(job));
	for (size_t i = 0; i < lines->n; i++, job->rows++)
		put_line(s, lines->of[i].name, &lines->of[i]);
}

static void put_months(struct paper_job *job, struct sheet *s, const struct stats_report *r)
{
	struct sheet_column columns[COLUMNS_N];

	set_columns(columns, "月份");
	sheet_table(s, "按月", columns, COLUMNS_N, paper_foot(job));
	for (size_t i = 0; i < r->months_n; i++, job->rows++)
		put_line(s, arena_strndup(job->a, clock_fmt_day(job->a, (int32_t)r->months[i].key), 7), &r->months[i]);
}

static void put_definition(struct sheet *s, const char *name, const char *definition)
{
	sheet_row(s);
	sheet_text(s, name);
	sheet_text(s, definition);
}

static void put_about(struct paper_job *job, struct sheet *s)
{
	static const struct sheet_column head[] = { { "项目", 18 }, { "说明", 90 } };
	const char *code, *name, *definition;

	sheet_table(s, "说明", head, 2, paper_foot(job));
	put_definition(s, "内容", job->order.title);
	put_definition(s, "数据时间", clock_fmt(job->a, job->now));
	put_definition(s, "导出人", paper_foot(job));
	for (int m = 0; m < STATS__MAX; m++)
		put_definition(s, stats_measure_name((enum stats_measure)m), stats_measure_definition((enum stats_measure)m));
	for (int r = 0; r < STATS_RATE__MAX; r++)
		put_definition(s, stats_rate_name((enum stats_rate)r), stats_rate_definition((enum stats_rate)r));
	for (size_t i = 0; i < DERIVED_N && stats_derived_at(i, &code, &name, &definition); i++)
		put_definition(s, name, definition);
}

int paper_figures(struct paper_job *job)
{
	struct sheet_about about = { .title = job->order.title, .author = job->who.unit };
	struct sheet_column columns[COLUMNS_N];
	struct stats_ask ask;
	struct stats_report r;
	struct sheet *s;
	int rc = read_order(job, &ask);

	if (rc == 0)
		rc = stats_report(job->read, job->a, &ask, &r);
	if (rc < 0)
		return rc;
	sheet_open(job->a, job->path, job->tmp_dir, &about, &s);
	set_columns(columns, "时间");
	sheet_table(s, "合计", columns, COLUMNS_N, paper_foot(job));
	put_line(s, "本期", &r.now.all);
	put_line(s, "去年同期", &r.before.all);
	job->rows += 2;
	put_lines(job, s, "按单位", "单位", &r.now.units);
	put_lines(job, s, "按类型", "类型", &r.now.types);
	put_lines(job, s, "按主题", "主题", &r.now.topics);
	put_months(job, s, &r);
	put_about(job, s);
	return sheet_close(s);
}
