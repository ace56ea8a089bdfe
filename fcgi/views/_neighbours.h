#ifndef PART_NEIGHBOURS_H
#define PART_NEIGHBOURS_H

#include "view.h"

/* The way back to the list a letter was opened from, and on to its neighbours there. */
struct part_neighbours {
	struct url back;
	const char *back_text;
	struct url letter;               /* on the pages of its answer and its edition: the letter itself; .s NULL */
	struct url next, prev;           /* .s NULL: none */
};

void part_neighbours(struct str *o, const struct part_neighbours *v);

#endif
