#ifndef VIEW_DESK_SAMPLES_H
#define VIEW_DESK_SAMPLES_H

#include "_tabs.h"
#include "frame.h"

struct sample_row {
	int64_t id, units, picked;       /* drawn */
	const char *name, *state, *span, *draw_on;
};

struct view_desk_samples {
	const struct frame *frame;
	struct part_tabs nav;
	bool may;                        /* announce */
	const char *reminder;            /* "" */
	const struct sample_row *rows;
	size_t rows_n;
};

void view_desk_samples(struct str *o, const struct view_desk_samples *v);

#endif
