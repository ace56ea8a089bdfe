#ifndef PART_INSPECT_TABS_H
#define PART_INSPECT_TABS_H

#include "frame.h"

/* The links between the pages of inspection. */
struct part_inspect_tabs {
	const struct frame_link *links;
	size_t links_n;
};

void part_inspect_tabs(struct str *o, const struct part_inspect_tabs *v);

#endif
