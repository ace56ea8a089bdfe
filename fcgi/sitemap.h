/* sitemap - the public pages for people, from sitemap.tbl. Used by the help page, the sitemap for robots and the home
 * page. */
#ifndef SITEMAP_H
#define SITEMAP_H

#include <stddef.h>

struct site_page { const char *group, *path, *text, *what; };

extern const struct site_page site_pages[];
extern const size_t site_pages_n;

#endif
