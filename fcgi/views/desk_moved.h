#ifndef VIEW_DESK_MOVED_H
#define VIEW_DESK_MOVED_H

#include "frame.h"

struct moved_change {
	const char *title, *reason, *at;
	int64_t clocks;
	struct url url;
	bool chosen;
};
struct moved_row {
	const char *number, *title, *kind, *was, *is;
	struct url days;             /* how the new day was worked out */
};

/* Letters of a unit that were given another day by a change of holidays or terms. */
struct view_desk_moved {
	const struct frame *frame;
	const char *unit;
	const char *title;           /* of the change that is shown; "" for none */
	const struct moved_change *changes;
	const struct moved_row *rows;
	size_t changes_n, rows_n;
	struct url next;
};
void view_desk_moved(struct str *o, const struct view_desk_moved *v);

#endif
