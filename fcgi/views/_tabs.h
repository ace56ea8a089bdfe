#ifndef PART_TABS_H
#define PART_TABS_H

#include "frame.h"

/* The links between pages that belong together; made by tabs(). */
struct part_tabs {
	const char *label;
	const struct frame_link *links;
	size_t links_n;
};

void part_tabs(struct str *o, const struct part_tabs *v);

#endif
