#ifndef VIEW_DESK_WATCH_UNITS_H
#define VIEW_DESK_WATCH_UNITS_H

#include "_tabs.h"
#include "frame.h"

/* What lies at a unit now, and what was done to it this year. */
struct watch_unit_row {
	int64_t id;
	const char *code, *name, *responsible;
	int64_t open, late, soon, still, reopened, repeated;
	struct url late_url, soon_url, still_url, reopened_url, repeated_url;
	int64_t reminds, urges, orders, orders_open, circulars, second, talks;
};

struct view_desk_watch_units {
	const struct frame *frame;
	struct part_tabs nav;
	const char *since;
	bool reads_orders;
	const struct watch_unit_row *rows;
	size_t rows_n;
};

void view_desk_watch_units(struct str *o, const struct view_desk_watch_units *v);

#endif
