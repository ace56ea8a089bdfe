/* figure_ask - which figures an address asks for: period, unit, type, topic. Used by /figures and /stats.
 *
 * Wrong values are left out, with a sentence that says so; what lies beyond today is cut. */
#ifndef FIGURE_ASK_H
#define FIGURE_ASK_H

#include "page.h"
#include "queries_read.h"
#include "stats.h"
#include "views/choice.h"

/* The fields of both pages' forms. */
#define FIGURE_ASK_FIELDS                                                                                            \
	{ "year", FIELD_INT, .label = "年份", .min = 1990, .max = 2200 },                                              \
	{ "from", FIELD_DATE, .label = "开始日期" },                                                                   \
	{ "to", FIELD_DATE, .label = "结束日期" },                                                                     \
	{ "unit", FIELD_TOKEN, .label = "单位", .max = 40 },                                                           \
	{ "type", FIELD_TOKEN, .label = "类型", .max = 24 },                                                           \
	{ "topic", FIELD_TOKEN, .label = "主题", .max = 24 }

/* The first day there can be letters of. */
#define FIGURE_DAY_FIRST clock_day_of(1990, 1, 1)

struct figure_ask {
	struct stats_ask ask;
	int year;                    /* a whole year was asked for; 0 */
	const char *period;          /* 2026年, 2026年10月, 2026年第三季度, 2026-01-01 至 2026-11-20 */
	const char *unit_code, *type_code, *topic_code; /* NULL: all */
	const char *unit, *topic;    /* their names; NULL */
	const char *problem;         /* what was left out, as a sentence; "" */
	struct q_unit_all *units;
	size_t units_n;
	struct q_topic_all *topics;
	size_t topics_n;
};

/* Reads the page's form; loads units and topics (two queries). */
int figure_ask_read(struct page *p, struct figure_ask *ret) MUST_CHECK;
/* path?from=&to=&unit=&type=&topic= of what is asked for. What is given here is taken instead; "" takes it away, NULL
 * leaves it as it is. */
struct figure_other { const char *unit, *type, *topic; };
const char *figure_ask_path(struct arena *a, const char *path, const struct figure_ask *f,
	const struct figure_other *o);
/* Periods to choose from: this and last month, quarter and year, the years before, all. */
const struct choice *figure_ask_periods(struct arena *a, const char *path, const struct figure_ask *f, size_t *ret_n);
/* Units, types and upper topics as options, the chosen one marked; a lower topic that is asked for is among them. */
const struct choice *figure_ask_units(struct arena *a, const struct figure_ask *f, size_t *ret_n);
const struct choice *figure_ask_types(struct arena *a, const struct figure_ask *f, size_t *ret_n);
const struct choice *figure_ask_topics(struct arena *a, const struct figure_ask *f, size_t *ret_n);

#endif
