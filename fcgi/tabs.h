/* tabs - the links between pages that belong together, from tabs.tbl. */
#ifndef TABS_H
#define TABS_H

#include <stdbool.h>

#include "page.h"
#include "views/_tabs.h"

enum tabs_set { TABS_WATCH, TABS_INSPECT, TABS_RULES, TABS_PUB };

/* The page by which the main navigation names those of supervision. */
#define TABS_WATCH_HOME "/watch"

/* The links of a set that this person may follow, the page that is shown marked; for {{> tabs &v->nav}}. Lives in the
 * page's arena. */
struct part_tabs tabs(struct page *p, enum tabs_set set);
/* Whether a path is one of the pages of a set, or below one. */
bool tabs_have(enum tabs_set set, const char *path);

#endif
