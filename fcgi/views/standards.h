#ifndef VIEW_STANDARDS_H
#define VIEW_STANDARDS_H

#include "frame.h"

/* One type: what is promised, and what was done. */
struct standard_type {
	const char *type, *accept, *reply, *limit, *basis;   /* basis "" */
	const char *on_time;             /* 98.2%; — */
	const char *due;                 /* 应答复 120 封; "" */
	const char *median;              /* 中位数 3，九成不超过 5; — */
};

/* One step of the way. */
struct standard_step { const char *name, *term, *basis, *what; };

/* Another term of one unit, or one that is to come. */
struct standard_other { const char *what, *term, *when; };

/* Who is told when a term comes to its end. */
struct standard_told { const char *when, *who; };     /* 超期 1 个工作日, 通知督办员 */

struct view_standards {
	const struct frame *frame;
	const char *office_hours;
	const char *known;               /* 放假安排已导入到 2026年12月31日 */
	const char *span;                /* 2025年11月23日 至 2026年11月22日 */
	const struct standard_type *types;
	size_t types_n;
	const struct standard_step *steps;
	size_t steps_n;
	const struct standard_other *others;
	size_t others_n;
	const struct standard_told *told;
	size_t told_n;
	const char *rate_days, *rework, *follow_up;     /* 15 天, 5 个工作日 */
};

void view_standards(struct str *o, const struct view_standards *v);

#endif
