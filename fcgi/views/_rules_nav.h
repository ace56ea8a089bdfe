#ifndef PART_RULES_NAV_H
#define PART_RULES_NAV_H

#include "frame.h"

struct part_rules_nav {
	const struct frame_link *links;
	size_t links_n;
};

void part_rules_nav(struct str *o, const struct part_rules_nav *v);

#endif
