#ifndef PART_WATCH_NAV_H
#define PART_WATCH_NAV_H

#include "frame.h"

/* The links between the pages of supervision; made by watchnav(). */
struct part_watch_nav {
	const struct frame_link *links;
	size_t links_n;
};

void part_watch_nav(struct str *o, const struct part_watch_nav *v);

#endif
