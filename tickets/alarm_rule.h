/* alarm_rule - the steps at which a fact of inspection (inspect.h) changes its light and somebody is told: read as
 * people write them, checked, and added as a new set of its kind. Sets are never edited (schema 0098). Used by the
 * pages of rules. */
#ifndef ALARM_RULE_H
#define ALARM_RULE_H

#include "inspect.h"

#define ALARM_STEPS_MAX 12
#define ALARM_GROUNDS_MAX 100  /* characters */

/* Steps, one a line: "30 天：预警：督办员、发布员", "2 个月：红牌", "3 小时：黄牌：值班员，随时" (told also at night). Units
 * are those in which the kind is counted. *ret: at most ALARM_STEPS_MAX, without ids. ERR_INVALID says which line is
 * wrong and how it should be. Pure. */
int alarm_rule_read(struct arena *a, enum inspect_kind kind, const char *text, struct inspect_rule **ret,
	size_t *ret_n) MUST_CHECK;
/* The same steps as lines again. */
const char *alarm_rule_write(struct arena *a, const struct inspect_rule *steps, size_t n);
/* 30 天, 5%, 3 次; and who is told: 督办员、发布员（随时）, 只亮灯，不通知. */
const char *alarm_rule_amount(struct arena *a, const struct inspect_rule *step);
const char *alarm_rule_told(struct arena *a, const struct inspect_rule *step);
/* An example of a line for this kind. */
const char *alarm_rule_example(enum inspect_kind kind);

struct alarm_set {
	enum inspect_kind kind;
	int32_t valid_from;
	const char *grounds;
	const struct inspect_rule *steps;
	size_t n;
	int64_t officer_id, now;
};
/* ERR_INVALID: the day lies behind. */
int alarm_rule_add(struct db *db, const struct alarm_set *set) MUST_CHECK;

#endif
