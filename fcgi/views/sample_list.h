#ifndef VIEW_SAMPLE_LIST_H
#define VIEW_SAMPLE_LIST_H

#include "frame.h"

struct sample_shown {
	int64_t id, units, picked;
	const char *name, *state, *draw_on;
};

struct view_sample_list {
	const struct frame *frame;
	int percent;
	const struct sample_shown *rows;
	size_t rows_n;
};

void view_sample_list(struct str *o, const struct view_sample_list *v);

#endif
