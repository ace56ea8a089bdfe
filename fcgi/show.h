/* show - words for dates, deadlines and states, as pages show them.
 *
 * Used by the desk and by the public pages, so that both say the same. Pure: results live in the arena, no
 * database, no clock; `today` is clock_day(p->now). */
#ifndef SHOW_H
#define SHOW_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "calendar.h"
#include "page.h"
#include "sla.h"
#include "states.h"
#include "views/_status.h"
#include "worktime.h"

/* A deadline in words. */
struct show_due {
	const char *day;             /* 11月27日（星期五）; "" when no date is running */
	const char *iso;             /* 2026-11-27 */
	const char *left;            /* 还有 4 个工作日; 今天到期; 超期 1 个工作日 */
	const char *css;             /* class of the line: "", "lx-due--soon", "lx-due--late" */
	const char *light;           /* in words, for who does not see colours: 预警, 黄牌, 红牌; "" */
	const char *note;            /* 暂定：… when the date rests on a year without a notice; "" */
	enum sla_light colour;
	int left_days;
	bool soon, late, provisional;
};

/* due_on DAY_NONE: all empty. Its light goes by the rule for answers in general. */
struct show_due show_due(struct arena *a, const struct worktime *wt, int32_t today, int32_t due_on, bool provisional);
/* With the light by the rule for a clock (its code) of a letter of this type; unit_id 0: not known. */
struct show_due show_due_of(struct arena *a, const struct worktime *wt, int32_t today, int32_t due_on, bool provisional,
	const char *timer, enum ticket_type type, int64_t unit_id);
/* 11月20日（星期五）; "" for DAY_NONE. */
const char *show_day(struct arena *a, int32_t day, int32_t today);
/* 2026年11月20日, as on documents and in spans of time; "" for DAY_NONE. */
const char *show_date(struct arena *a, int32_t day);
/* 2026年10月1日 至 2026年11月20日 */
const char *show_span(struct arena *a, int32_t from, int32_t to);
/* 11月20日 09:12, with the year when it is another; "" for TIME_NONE. */
const char *show_moment(struct arena *a, int64_t at, int32_t today);
/* The state as the office and as the writer read it; late turns the tag red. */
struct part_status show_state(enum ticket_state s, bool late);
struct part_status show_state_public(enum ticket_state s, bool late);
struct part_status show_pub(enum pub_state s);
/* 10 个工作日, 15 天, 3 个月. */
const char *show_term(struct arena *a, int amount, char unit);
/* 很满意 … 很不满意 for 5 … 1; "" otherwise. */
const char *show_grade(int64_t grade);
/* 正式答复, 暂缓答复说明 …, of reply.kind. */
const char *show_reply_kind(const char *code);

#endif
