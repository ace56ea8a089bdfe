#ifndef VIEW_SAMPLE_OPEN_H
#define VIEW_SAMPLE_OPEN_H

#include "frame.h"

struct sample_unit_shown {
	const char *name, *code, *passed;
	int64_t letters, picked, failed, put_right;
	bool drawn;
};
struct sample_item_shown {
	const char *name, *help, *share;
	int64_t points;
	bool fatal;
};

struct view_sample_open {
	const struct frame *frame;
	int64_t id;
	const char *name, *state, *span, *announced, *draw_on, *rectify_by;
	const char *cancelled;           /* why; NULL */
	int64_t unit_percent, letter_percent, letters_min, pass;
	const char *factor_source, *commitment;
	const char *secret, *factor, *seed, *frame_sha256;   /* secret NULL before the draw */
	bool told, closed;               /* results, and what became of them, are published */
	struct safe_html summary, outcome;   /* .html_ NULL */
	int64_t letters, picked, drawn_n, failed, put_right;
	const struct sample_unit_shown *units;
	size_t units_n;
	const struct sample_item_shown *items;
	size_t items_n;
};

void view_sample_open(struct str *o, const struct view_sample_open *v);

#endif
