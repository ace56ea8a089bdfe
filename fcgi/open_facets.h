/* open_facets - the filters of the listing as links, each with how many letters it would leave. */
#ifndef OPEN_FACETS_H
#define OPEN_FACETS_H

#include "open_filter.h"
#include "views/open_list.h"

/* Fills the groups of links, what is chosen, and v->unit_name when a unit is. The numbers come from pub_count; where it
 * does not know them (more than three filters, words, single days) the links stand without. Four queries. */
int open_facets(struct page *p, const struct open_filter *f, struct view_open_list *v) MUST_CHECK;

#endif
