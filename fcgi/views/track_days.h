#ifndef VIEW_TRACK_DAYS_H
#define VIEW_TRACK_DAYS_H

#include "_account.h"
#include "frame.h"

/* The writer's account of a date of the letter. */
struct view_track_days {
	const struct frame *frame;
	const char *number, *title, *pass;
	const char *heading;         /* 答复时限：最迟 12月4日（星期五） */
	const char *note;            /* 暂定 …; "" */
	struct part_account account;
};
void view_track_days(struct str *o, const struct view_track_days *v);

#endif
