#ifndef VIEW_DESK_DAYS_H
#define VIEW_DESK_DAYS_H

#include "_account.h"
#include "frame.h"

/* How a date was worked out, day by day. */
struct view_desk_days {
	const struct frame *frame;
	const char *number, *title;
	const char *heading;             /* 答复时限：10 个工作日，最迟 12月4日（星期五） */
	const char *note;                /* 暂定 …; "" */
	struct url back;
	struct part_account account;
};

void view_desk_days(struct str *o, const struct view_desk_days *v);

#endif
