#ifndef VIEW_RULES_ALARMS_H
#define VIEW_RULES_ALARMS_H

#include "_tabs.h"

struct rules_alarm_step {
	const char *amount;              /* 30 天 */
	const char *css, *light;         /* class and word of the light */
	const char *told;                /* 督办员、发布员（随时） */
};

/* A set of steps of one kind, in force, to come, or of before. */
struct rules_alarm {
	const char *code;                /* of the kind */
	const char *name;                /* 公开答复的更新 */
	int64_t id;
	const char *valid, *grounds;
	const char *by;                  /* who added it; "" */
	const struct rules_alarm_step *steps;
	size_t steps_n;
	bool ahead;                      /* not in force yet */
};

/* When a fact of inspection changes its light, and who is told. */
struct view_rules_alarms {
	const struct frame *frame;
	struct part_tabs nav;
	bool may_change, watches;
	const struct rules_alarm *now, *past;
	size_t now_n, past_n;
};
void view_rules_alarms(struct str *o, const struct view_rules_alarms *v);

#endif
