#ifndef VIEW_DESK_WATCH_PERSON_H
#define VIEW_DESK_WATCH_PERSON_H

#include "_desk_rows.h"
#include "_tabs.h"
#include "frame.h"

struct watch_list {
	const char *heading, *empty;
	struct part_desk_rows rows;
	struct url more;                 /* .s NULL: all are shown */
};

struct view_desk_watch_person {
	const struct frame *frame;
	struct part_tabs nav;
	const char *name, *unit, *unit_code, *off, *since;
	int64_t answered, late_answered, returned;
	const struct watch_list *lists;
	size_t lists_n;
};

void view_desk_watch_person(struct str *o, const struct view_desk_watch_person *v);

#endif
