#ifndef VIEW_HOME_H
#define VIEW_HOME_H

#include "_figures.h"
#include "_open_rows.h"
#include "frame.h"

struct home_link { struct url url; const char *text, *what; };      /* what "" */

struct view_home {
	const struct frame *frame;
	struct part_figures figures;     /* four, of this month */
	const char *month;               /* 2026年11月 */
	struct part_open_rows recent;    /* five */
	struct url bulletin;             /* the latest report; .s NULL */
	const char *bulletin_name;
	const struct home_link *more;    /* what else is open */
	size_t more_n;
};

void view_home(struct str *o, const struct view_home *v);

#endif
