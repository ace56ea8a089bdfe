#ifndef PART_EVENTS_H
#define PART_EVENTS_H

#include "view.h"

/* What was done to a unit or a person. */
struct event_row {
	const char *when, *kind, *by, *what, *reason;
};
struct part_events {
	const struct event_row *rows;
	size_t rows_n;
};

void part_events(struct str *o, const struct part_events *v);

#endif
