/* ladder - who is told how far a clock has come: the steps of escalation, the moments they stand on, and lights.
 *
 * Which steps there are is data (sql/schema/0040_ladder.sql); this is what they mean. Pure: no database, no clock. A
 * step stands at the opening of the office on its day, the end of the term at 24:00 of the day it is due; both are
 * facts of that moment, whenever somebody gets to recording them. Source: domain 6.6, "Lights" and "Escalation". */
#ifndef LADDER_H
#define LADDER_H

#include <stddef.h>

#include "sla.h"

/* Who is told. AUDIENCE(NAME, code, Chinese): columns of sla_ladder and sla_step have these codes. */
#define LADDER_AUDIENCES(A)                                                                                          \
	A(HANDLER, handler, "承办人")                                                                                 \
	A(LIAISON, liaison, "部门联络员")                                                                             \
	A(DEPT_REVIEWER, dept_reviewer, "分管领导")                                                                   \
	A(REVIEWER, reviewer, "正在审核的人")                                                                         \
	A(REGISTRAR, registrar, "登记分办员")                                                                         \
	A(OFFICE_REVIEWER, office_reviewer, "主管单位审核人")                                                         \
	A(PUBLISHER, publisher, "发布员")                                                                             \
	A(SUPERVISOR, supervisor, "督办员")                                                                           \
	A(CIRCULAR, circular, "列入通报")

enum ladder_who {
#define A(name, code, zh) LADDER_##name,
	LADDER_AUDIENCES(A)
#undef A
	LADDER_WHO__MAX
};

/* As many as a set of them needs bits. */
typedef unsigned ladder_audience;
#define LADDER_TO(who) (1u << (who))

/* One of the steps: `amount` working or calendar days before (negative), on, or after the day a clock is due, or
 * began. */
struct ladder_step {
	int64_t id;
	bool from_start;
	int amount;
	char unit;                   /* 'W', 'D' */
	ladder_audience to;
};

/* To which clocks a rule applies, and when. timer, type NULL, unit_id 0: any. valid_from, valid_to as in struct
 * sla_policy. */
struct rule_scope {
	int64_t id;
	const char *timer, *type;
	int64_t unit_id;
	int32_t valid_from, valid_to;
};

struct ladder {
	struct rule_scope scope;
	ladder_audience late_to;     /* told when the term has run out */
	const struct ladder_step *steps;
	size_t n_steps;
};

struct light_rule {
	struct rule_scope scope;
	struct sla_thresholds at;
	bool warned_red;             /* red as soon as a step has warned */
};

/* The rule of a list that fits best, as sla_policy_pick(); one for the timer goes before one for any. NULL when none
 * fits. */
const struct ladder *ladder_pick(const struct ladder *list, size_t n, const char *timer, const char *type,
                                 int64_t unit_id, int32_t day);
const struct light_rule *light_pick(const struct light_rule *list, size_t n, const char *timer, const char *type,
                                    int64_t unit_id, int32_t day);

/* What a clock's next moment is made of. */
struct ladder_clock {
	const struct calendar *cal;
	int open_min;                /* the office opens, minutes after midnight */
	int32_t start_on, due_on;
	bool ended;                  /* the end of its term is recorded already */
};

/* step NULL: the term has run out. on: the day it stands on. */
struct ladder_moment {
	int64_t at;
	int32_t on;
	const struct ladder_step *step;
};

#define LADDER_STEPS_MAX 24

/* All moments of a clock in order of time; of two at once the end of the term comes first. A step before due that would
 * stand on or before the day the clock began is none. ladder may be NULL: the end alone. Returns how many. */
size_t ladder_moments(const struct ladder *ladder, const struct ladder_clock *clock,
                      struct ladder_moment ret[LADDER_STEPS_MAX + 1]);

/* "handler,liaison" → a set; words not known are left out. */
ladder_audience ladder_audience_from(const char *codes);
const char *ladder_who_code(enum ladder_who who);
const char *ladder_who_name(enum ladder_who who);
/* "承办人、部门联络员"; "无" for nobody. */
const char *ladder_audience_names(struct arena *a, ladder_audience to);
/* "到期前 2 个工作日", "到期当日", "超期 5 个工作日", "开始后第 45 天". */
const char *ladder_step_words(struct arena *a, const struct ladder_step *step);

#endif
