/* desk_figures_list - which letters /figures/letters shows: read from an address. For the page and for its file. */
#ifndef DESK_FIGURES_LIST_H
#define DESK_FIGURES_LIST_H

#include "figure_ask.h"
#include "figure_letters.h"

struct figure_behind {
	struct figure_ask f;
	struct figure_letters ask;
	const char *what;            /* 逾期未办 */
	const char *definition;
};

/* Of the page's form. ERR_NOTFOUND with a sentence when the measure has no list. */
int figure_behind_read(struct page *p, struct figure_behind *ret) MUST_CHECK;

#endif
