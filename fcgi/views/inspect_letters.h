#ifndef VIEW_INSPECT_LETTERS_H
#define VIEW_INSPECT_LETTERS_H

#include "_tabs.h"
#include "_status.h"
#include "choice.h"

struct inspect_letter {
	const char *number, *title, *unit;
	struct part_status status;
	const char *since;               /* 9月1日 */
	const char *waited;              /* 29 天 */
	const char *css, *light;
	const char *limit;               /* 12月1日（星期二）; the day of the red line */
	struct url supervise;            /* .s NULL: not this person's */
};

/* The letters behind an indicator, nearest to the red line first. */
struct view_inspect_letters {
	const struct frame *frame;
	struct part_tabs nav;
	struct part_tabs tabs;
	const char *heading, *hint, *since_label, *empty;
	const struct choice *kinds;
	size_t kinds_n;
	const char *found;
	const struct inspect_letter *rows;
	size_t rows_n;
	struct url next, first;
};

void view_inspect_letters(struct str *o, const struct view_inspect_letters *v);

#endif
