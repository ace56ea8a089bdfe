#ifndef VIEW_HELP_H
#define VIEW_HELP_H

#include "frame.h"

/* One policy in force. */
struct policy_row {
	const char *type;                /* 投诉 */
	const char *accept;              /* 1 个工作日 */
	const char *reply;               /* 10 个工作日 */
	const char *limit;               /* 最长 15 个工作日; 不延期 */
	const char *basis;               /* where the rule comes from; "" */
};

struct refusal_row {
	const char *what;                /* 已经进入诉讼的 */
	const char *where;               /* 请向受理法院反映 */
};

/* What the public is told of a unit. */
struct unit_card {
	const char *name, *duties, *hours, *phone, *address, *contact;   /* "" : not told */
};

struct view_help {
	const struct frame *frame;
	const char *office_hours;        /* 8:30—17:30 */
	const struct policy_row *policies;
	size_t policies_n;
	const struct refusal_row *refusals;
	size_t refusals_n;
	const struct unit_card *units;
	size_t units_n;
};

void view_help(struct str *o, const struct view_help *v);

#endif
