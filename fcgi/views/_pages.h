#ifndef PART_PAGES_H
#define PART_PAGES_H

#include "view.h"

/* The links below a list that goes on elsewhere; without links nothing. */
struct part_pages {
	struct url first;            /* back to the beginning; .s NULL on the first page */
	struct url next;             /* .s NULL on the last page */
	const char *back, *on;       /* what the links say */
};

/* In a template: {{> pages PAGES(v->first, v->next)}}; in other words; for a list that only goes on. */
#define PAGES(first, next) PAGES_SAID(first, next, "回到第一页", "下一页")
#define PAGES_SAID(first, next, back, on) (&(struct part_pages){ first, next, back, on })
#define PAGES_ON(next, on) PAGES_SAID({ 0 }, next, "", on)

void part_pages(struct str *o, const struct part_pages *v);

#endif
