#ifndef VIEW_HOME_H
#define VIEW_HOME_H

#include "_figures.h"
#include "_open_rows.h"
#include "frame.h"

struct view_home {
	const struct frame *frame;
	struct part_figures figures;     /* four, of this month */
	const char *month;               /* 2026年11月 */
	struct part_open_rows recent;    /* five */
};

void view_home(struct str *o, const struct view_home *v);

#endif
