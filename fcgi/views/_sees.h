#ifndef PART_SEES_H
#define PART_SEES_H

#include "choice.h"
#include "view.h"

/* What somebody can see and do, worked out from pages.tbl and access.tbl. */
struct sees_cap {
	const char *what, *whose;
};
struct part_sees {
	const char *const *pages;        /* 信件列表 /queue */
	size_t pages_n;
	const struct sees_cap *caps;
	size_t caps_n;
	const struct choice *letters;    /* by state: text, count */
	size_t letters_n;
	const char *letters_words;
};

void part_sees(struct str *o, const struct part_sees *v);

#endif
