#ifndef PART_FIGURES_H
#define PART_FIGURES_H

#include "view.h"

/* Quick figures: a few numbers with their words. */
struct figure {
	const char *value;           /* 1,204 or 96.3% */
	const char *label;           /* 本月收到 */
	const char *definition;      /* what is counted; "" */
	struct url url;              /* the list behind it; .s NULL for none */
	bool warn;                   /* something is late */
};

struct part_figures {
	const struct figure *figures;
	size_t figures_n;
};

void part_figures(struct str *o, const struct part_figures *v);

#endif
