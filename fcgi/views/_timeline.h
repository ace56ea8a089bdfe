#ifndef PART_TIMELINE_H
#define PART_TIMELINE_H

#include "view.h"

struct timeline_step {
	const char *when;            /* 11月20日 09:12 */
	const char *when_iso;        /* for <time>; "" when `when` is no date (预计 …) */
	const char *what;            /* 已受理 */
	const char *who;             /* 市信访局; "" */
	const char *note;            /* one sentence; "" */
	bool now;                    /* where the letter stands */
	bool ahead;                  /* still to come */
	bool late;
};

/* The course of a letter, oldest first. */
struct part_timeline {
	const struct timeline_step *steps;
	size_t steps_n;
};

void part_timeline(struct str *o, const struct part_timeline *v);

#endif
