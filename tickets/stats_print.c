/* stats_print - see stats_print.h. */
#include "stats_print.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "clock.h"
#include "json_text.h"
#include "queries_read.h"

#define OUT_MAX ((size_t)16 << 20)

/* "97.53", "8.1"; NULL for "none". */
static const char *decimal(struct arena *a, int64_t v, int64_t unit, int places)
{
	return v < 0 ? NULL : arena_printf(a, "%lld.%0*lld", (long long)(v / unit), places, (long long)(v % unit));
}

static json_t *number_or_null(int64_t v)
{
	return v < 0 ? json_null() : json_integer(v);
}

static json_t *text_or_null(const char *s)
{
	return s ? json_string(s) : json_null();
}

static void add_figures(struct arena *a, json_t *o, const struct stats_line *line)
{
	for (int m = 0; m < STATS__MAX; m++)
		json_object_set_new(o, stats_measure_code((enum stats_measure)m), json_integer(line->n[m]));
	for (int r = 0; r < STATS_RATE__MAX; r++)
		json_object_set_new(o, stats_rate_code((enum stats_rate)r),
		                    text_or_null(decimal(a, stats_rate(line, (enum stats_rate)r), 100, 2)));
	json_object_set_new(o, "overdue_open", json_integer(stats_overdue_open(line)));
	json_object_set_new(o, "median_workdays", number_or_null(stats_quantile(line, 0.5)));
	json_object_set_new(o, "p90_workdays", number_or_null(stats_quantile(line, 0.9)));
	json_object_set_new(o, "mean_workdays", text_or_null(decimal(a, stats_mean_tenths(line), 10, 1)));
}

enum by { BY_YEAR, BY_TYPE, BY_UNIT, BY_TOPIC };

static json_t *list_json(struct arena *a, const struct stats_lines *lines, enum by by)
{
	json_t *list = json_array();

	for (size_t i = 0; i < lines->n; i++) {
		const struct stats_line *line = &lines->of[i];
		json_t *o = json_object();

		if (by == BY_YEAR)
			json_object_set_new(o, "year", json_integer(line->key));
		else if (by == BY_UNIT)
			json_object_set_new(o, "id", json_integer(line->key));
		else
			json_object_set_new(o, by == BY_TYPE ? "type" : "topic", text_or_null(line->code));
		if (by != BY_YEAR)
			json_object_set_new(o, "name", json_string(line->name));
		add_figures(a, o, line);
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *definition_json(const char *name, const char *definition)
{
	json_t *o = json_object();

	json_object_set_new(o, "name", json_string(name));
	json_object_set_new(o, "definition", json_string(definition));
	return o;
}

static json_t *definitions_json(void)
{
	const char *code, *name, *definition;
	json_t *o = json_object();

	for (int m = 0; m < STATS__MAX; m++)
		json_object_set_new(o, stats_measure_code((enum stats_measure)m),
		                    definition_json(stats_measure_name((enum stats_measure)m),
		                                    stats_measure_definition((enum stats_measure)m)));
	for (int r = 0; r < STATS_RATE__MAX; r++)
		json_object_set_new(o, stats_rate_code((enum stats_rate)r),
		                    definition_json(stats_rate_name((enum stats_rate)r),
		                                    stats_rate_definition((enum stats_rate)r)));
	for (size_t i = 0; stats_derived_at(i, &code, &name, &definition); i++)
		json_object_set_new(o, code, definition_json(name, definition));
	return o;
}

void stats_json(struct str *o, const struct stats *s, int64_t cut_off)
{
	json_t *root = json_object(), *total = json_object();

	json_object_set_new(root, "from", json_string(clock_fmt_day(o->a, s->from)));
	json_object_set_new(root, "to", json_string(clock_fmt_day(o->a, s->to)));
	json_object_set_new(root, "cut_off", json_string(clock_fmt_iso(o->a, cut_off)));
	json_object_set_new(root, "definitions", definitions_json());
	add_figures(o->a, total, &s->all);
	json_object_set_new(root, "total", total);
	json_object_set_new(root, "years", list_json(o->a, &s->years, BY_YEAR));
	json_object_set_new(root, "types", list_json(o->a, &s->types, BY_TYPE));
	json_object_set_new(root, "topics", list_json(o->a, &s->topics, BY_TOPIC));
	json_object_set_new(root, "units", list_json(o->a, &s->units, BY_UNIT));
	json_text_add(o, root, JSON_INDENT(2));
	json_decref(root);
	str_addc(o, '\n');
}

static const char *or_dash(const char *s)
{
	return s ? s : "-";
}

static const char *days(struct arena *a, int v)
{
	return v < 0 ? "-" : arena_printf(a, "%d", v);
}

static void line_text(struct str *o, const struct stats_line *l)
{
	struct arena *a = o->a;

	str_addf(o, "%8lld %8lld %8lld %8lld %9s %8lld %8lld %6s %6s %6s  %s\n", (long long)l->n[STATS_received],
	         (long long)l->n[STATS_accepted], (long long)l->n[STATS_due], (long long)l->n[STATS_on_time],
	         or_dash(decimal(a, stats_on_time_rate(l), 100, 2)), (long long)l->n[STATS_replied],
	         (long long)l->n[STATS_published], days(a, stats_quantile(l, 0.5)), days(a, stats_quantile(l, 0.9)),
	         or_dash(decimal(a, stats_mean_tenths(l), 10, 1)), l->name);
}

static void list_text(struct str *o, const char *title, const struct stats_lines *lines)
{
	if (lines->n == 0)
		return;
	str_addf(o, "\n%s\n    收件     受理   应答复 按期答复 按期率（%%）     答复     公开 中位数  九成   平均\n", title);
	for (size_t i = 0; i < lines->n; i++)
		line_text(o, &lines->of[i]);
}

/* Not in a table: what is seldom more than a few. */
static void rest_text(struct str *o, const struct stats_line *all)
{
	static const enum stats_measure rest[] = { STATS_refused, STATS_merged, STATS_withdrawn, STATS_invalid,
		STATS_closed, STATS_late, STATS_extended, STATS_returned, STATS_sent_back, STATS_reworked, STATS_rated,
		STATS_satisfied, STATS_solved };

	str_addf(o, "\n逾期未办 %lld，", (long long)stats_overdue_open(all));
	for (size_t i = 0; i < sizeof rest / sizeof rest[0]; i++)
		str_addf(o, "%s%s %lld", i ? "，" : "", stats_measure_name(rest[i]), (long long)all->n[rest[i]]);
	str_addc(o, '\n');
}

void stats_text(struct str *o, const struct stats *s, int64_t cut_off)
{
	struct stats_line total = s->all;
	const char *code, *name, *definition;

	str_addf(o, "统计期：%s 至 %s（含首尾两日），截至 %s\n", clock_fmt_day(o->a, s->from), clock_fmt_day(o->a, s->to),
	         clock_fmt(o->a, cut_off));
	list_text(o, "合计", &(struct stats_lines){ &total, 1 });
	rest_text(o, &s->all);
	list_text(o, "按年", &s->years);
	list_text(o, "按类别", &s->types);
	list_text(o, "按主题", &s->topics);
	list_text(o, "按承办单位", &s->units);
	str_add(o, "\n口径：\n");
	for (int m = 0; m < STATS__MAX; m++)
		str_addf(o, "  %s：%s\n", stats_measure_name((enum stats_measure)m),
		         stats_measure_definition((enum stats_measure)m));
	for (int r = 0; r < STATS_RATE__MAX; r++)
		str_addf(o, "  %s：%s\n", stats_rate_name((enum stats_rate)r), stats_rate_definition((enum stats_rate)r));
	for (size_t i = 0; stats_derived_at(i, &code, &name, &definition); i++)
		str_addf(o, "  %s：%s\n", name, definition);
}

/* --- minshengctl stats --- */

struct arguments {
	int32_t from, to;
	const char *unit;
	bool json, check, repair;
};

/* One option with its value: how many words it took, or -1. */
static int take_option(const char *name, const char *value, struct arguments *ret)
{
	const struct { const char *name; bool *flag; } flags[] = {
		{ "--json", &ret->json }, { "--check", &ret->check }, { "--repair", &ret->repair } };

	for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
		if (strcmp(name, flags[i].name) == 0) {
			*flags[i].flag = true;
			return 1;
		}
	}
	if (strcmp(name, "--from") == 0)
		return clock_parse_day(value, &ret->from) < 0 ? -1 : 2;
	if (strcmp(name, "--to") == 0)
		return clock_parse_day(value, &ret->to) < 0 ? -1 : 2;
	ret->unit = value;
	return strcmp(name, "--unit") == 0 && *value ? 2 : -1;
}

static int understand(int argc, char **argv, struct arguments *ret)
{
	*ret = (struct arguments){ .from = DAY_NONE, .to = DAY_NONE };
	for (int i = 1, took; i < argc; i += took) {
		took = take_option(argv[i], i + 1 < argc ? argv[i + 1] : "", ret);
		if (took < 0)
			return -1;
	}
	return ret->check || ret->repair || (ret->from != DAY_NONE && ret->to != DAY_NONE && ret->from <= ret->to) ? 0 : -1;
}

static bool is_ascii(const char *s)
{
	while ((signed char)*s > 0)
		s++;
	return *s == '\0';
}

static int find_unit(struct db *db, struct arena *a, const char *unit, int64_t *ret_id)
{
	struct q_unit_by_code by_code;
	struct q_unit_by_name by_name;
	int r = q_unit_by_name(db, a, unit, &by_name);

	if (r == 0)
		*ret_id = by_name.id;
	/* The server does not compare a code with text that no code can be. */
	if (r == ERR_NOTFOUND && is_ascii(unit)) {
		r = q_unit_by_code(db, a, unit, &by_code);
		if (r == 0)
			*ret_id = by_code.id;
	}
	return r == ERR_NOTFOUND ? err_say(r, "没有单位“%s”", unit) : r;
}

static int run(struct db *db, struct arena *a, const struct arguments *args, struct str *o)
{
	struct stats s;
	int64_t unit_id = 0, wrong = 0;
	int r;

	if (args->repair) {
		r = stats_repair(db, a, &wrong);
		if (r == 0)
			str_addf(o, "改正了 %lld 个数字\n", (long long)wrong);
		return r;
	}
	if (args->check) {
		r = stats_recount(db, a, o, &wrong);
		if (r == 0)
			str_addf(o, wrong ? "有 %lld 个数字与来信不符\n" : "所有数字与来信相符\n", (long long)wrong);
		return r < 0 ? r : wrong > 0;
	}
	r = args->unit ? find_unit(db, a, args->unit, &unit_id) : 0;
	if (r == 0)
		r = stats_load(db, a, args->from, args->to, unit_id, &s);
	if (r == 0)
		(args->json ? stats_json : stats_text)(o, &s, clock_now());
	return r;
}

int stats_command(struct db *db, struct arena *a, int argc, char **argv)
{
	struct arguments args;
	struct str o;
	int r;

	if (understand(argc, argv, &args) < 0) {
		fputs("usage: minshengctl stats --from 2026-01-01 --to 2026-12-31 [--unit CODE|NAME] [--json]\n"
		      "       minshengctl stats --check\n"
		      "       minshengctl stats --repair\n", stderr);
		return 64;
	}
	str_init(&o, a, OUT_MAX);
	r = run(db, a, &args, &o);
	if (r < 0) {
		fprintf(stderr, "minshengctl: %s%s%s\n", err_text(r), *err_detail() ? ": " : "", err_detail());
		return 1;
	}
	fwrite(o.s, 1, o.len, stdout);
	return fflush(stdout) == 0 && !o.over ? r : 1;
}
