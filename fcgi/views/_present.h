#ifndef PART_PRESENT_H
#define PART_PRESENT_H

#include "view.h"

/* Who else has this letter's draft or review open: 张三正在起草（1 分钟前）. The script keeps it up to date. */
struct part_present {
	const char *const *who;
	size_t who_n;
};

void part_present(struct str *o, const struct part_present *v);

#endif
