#ifndef VIEW_DESK_CIRCULARS_H
#define VIEW_DESK_CIRCULARS_H

#include "_status.h"
#include "_tabs.h"
#include "frame.h"

struct circular_row {
	int64_t id;
	const char *no, *title, *when;
	int64_t units, letters, second;
};
/* A letter that waits for the next circular. */
struct waiting_row {
	const char *number, *title, *unit, *why, *at;
	struct part_status status;
};

struct view_desk_circulars {
	const struct frame *frame;
	struct part_tabs nav;
	const char *csrf;
	bool edits, drafting;
	const char *problem;             /* NULL */
	const struct circular_row *rows;
	size_t rows_n;
	struct url next;
	const struct waiting_row *waiting;
	size_t waiting_n;
};

void view_desk_circulars(struct str *o, const struct view_desk_circulars *v);

#endif
