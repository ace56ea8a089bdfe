/* watchnav - the links between the pages of supervision, from watchnav.tbl. */
#ifndef WATCHNAV_H
#define WATCHNAV_H

#include <stdbool.h>

#include "page.h"
#include "views/_watch_nav.h"

/* The page by which the main navigation names them all. */
#define WATCHNAV_HOME "/watch"

/* The links this person may follow, the page that is shown marked; for {{> watch_nav &v->nav}}. Lives in the page's
 * arena. */
struct part_watch_nav watchnav(struct page *p);
/* Whether a path is one of these pages or below one. */
bool watchnav_has(const char *path);

#endif
