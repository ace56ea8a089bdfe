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

struct unit_name { const char *code, *name; };

/* The site map, group by group. */
struct map_page { struct url url; const char *text, *what; };    /* what "" */
struct map_group { const char *heading; const struct map_page *pages; size_t pages_n; };

struct view_help {
	const struct frame *frame;
	const char *office_hours;        /* 8:30—17:30 */
	const struct policy_row *policies;
	size_t policies_n;
	const struct refusal_row *refusals;
	size_t refusals_n;
	const struct unit_name *units;
	size_t units_n;
	const struct map_group *map;
	size_t map_n;
};

void view_help(struct str *o, const struct view_help *v);

#endif
