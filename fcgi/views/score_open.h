#ifndef VIEW_SCORE_OPEN_H
#define VIEW_SCORE_OPEN_H

#include "frame.h"

struct score_cell { const char *name, *value; };
struct score_unit_shown {
	const char *name, *tier;
	const struct score_cell *cells;
	size_t cells_n;
};

struct view_score_open {
	const struct frame *frame;
	int64_t plan_id;
	const char *title, *span, *published, *plan;
	const struct score_cell *heads;
	size_t heads_n;
	const struct score_unit_shown *units;
	size_t units_n;
};

void view_score_open(struct str *o, const struct view_score_open *v);

#endif
