#ifndef PART_DIFF_H
#define PART_DIFF_H

#include <stdbool.h>

#include "view.h"

/* What changed between two texts, for eyes and for ears. */
struct diff_bit {
	const char *text;
	bool gone, new;
};
struct part_diff {
	const struct diff_bit *bits;
	size_t bits_n;
};

void part_diff(struct str *o, const struct part_diff *v);

#endif
