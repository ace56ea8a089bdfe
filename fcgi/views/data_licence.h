#ifndef VIEW_DATA_LICENCE_H
#define VIEW_DATA_LICENCE_H

#include "frame.h"

/* What the open data may be used for. */
struct view_data_licence {
	const struct frame *frame;
	const char *example;             /* how to name the source */
};

void view_data_licence(struct str *o, const struct view_data_licence *v);

#endif
