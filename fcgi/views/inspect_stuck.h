#ifndef VIEW_INSPECT_STUCK_H
#define VIEW_INSPECT_STUCK_H

#include "_tabs.h"

struct inspect_stuck_row {
	const char *number;
	struct url url;                  /* of the letter; .s NULL: this person reads no letters */
	const char *clock;               /* 答复时限 */
	const char *unit, *due, *since;
	int64_t tries;
	const char *next;                /* when it is tried again; "" */
	const char *error;
};

/* Clocks that could not be fired. */
struct view_inspect_stuck {
	const struct frame *frame;
	struct part_tabs nav;
	struct part_tabs tabs;
	bool watches;
	const char *found;
	const struct inspect_stuck_row *rows;
	size_t rows_n;
};

void view_inspect_stuck(struct str *o, const struct view_inspect_stuck *v);

#endif
