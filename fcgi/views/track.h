#ifndef VIEW_TRACK_H
#define VIEW_TRACK_H

#include "form.h"
#include "frame.h"

/* Fields: number code; sent to POST /track. */
struct view_track {
	const struct frame *frame;
	const struct form *form;
};

void view_track(struct str *o, const struct view_track *v);

#endif
