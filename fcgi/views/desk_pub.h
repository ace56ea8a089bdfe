#ifndef VIEW_DESK_PUB_H
#define VIEW_DESK_PUB_H

#include "_status.h"
#include "_tabs.h"
#include "choice.h"
#include "frame.h"

struct desk_pub_row {
	const char *number, *title, *type, *unit;
	struct url url;                  /* its edition, knowing the list it was opened from */
	struct part_status status;
	const char *replied;
	const char *due, *left, *css;    /* by when it is to be published */
	bool late;
};

/* Letters on their way to the public. */
struct view_desk_pub {
	const struct frame *frame;
	const char *heading;
	struct part_tabs nav;
	const struct choice *views;
	size_t views_n;
	const struct desk_pub_row *rows;
	size_t rows_n;
	const char *nothing;             /* what is said of an empty list, and what fills it */
	bool over;                       /* nothing is left to do with these */
	struct url next, first;
};

void view_desk_pub(struct str *o, const struct view_desk_pub *v);

#endif
