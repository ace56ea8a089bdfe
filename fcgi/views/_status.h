#ifndef PART_STATUS_H
#define PART_STATUS_H

#include "view.h"

/* A state in words, with a sign, so that colour never speaks alone. */
struct part_status {
	const char *text;      /* 办理中 */
	const char *sign;      /* ● ◐ ! ✓ ↻ → */
	const char *colour;    /* grey blue orange green red */
};

void part_status(struct str *o, const struct part_status *v);

#endif
