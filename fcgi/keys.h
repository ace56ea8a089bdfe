/* keys - the keys of the desk (keys.tbl), for the pages that write them beside links and buttons. */
#ifndef KEYS_H
#define KEYS_H

#include "page.h"

/* The key of a path of the navigation or of an action's code; NULL when it has none. */
const char *keys_of(const char *target);
/* Whether the person has switched single keys off (a cookie; WCAG 2.1.4). */
bool keys_off(const struct page *p);

#endif
