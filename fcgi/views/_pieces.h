#ifndef PART_PIECES_H
#define PART_PIECES_H

#include <stdbool.h>
#include <stddef.h>

#include "view.h"

/* A text with what was found in it; with a key each find is a button of the form around it, named `do`. */
struct pieces_one {
	const char *text;
	const char *css;             /* lx-find--hidden …; "" for plain text */
	const char *about;           /* 手机号码：十一位… */
	const char *was;             /* what stood where something is hidden; "" not known */
	const char *key;             /* "" : cannot be turned */
	bool hidden;
};
struct part_pieces {
	const struct pieces_one *list;
	size_t list_n;
};

void part_pieces(struct str *o, const struct part_pieces *v);

#endif
