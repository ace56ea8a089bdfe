#ifndef VIEW_OPEN_LETTER_H
#define VIEW_OPEN_LETTER_H

#include "_open_rows.h"
#include "frame.h"

/* One published letter. */
struct view_open_letter {
	const struct frame *frame;
	const char *number;
	const char *title;
	const char *type;
	const char *unit;
	const char *accepted_on;         /* 2026年11月2日 */
	const char *replied_on;
	const char *published_on;
	const char *workdays;            /* 6 个工作日 */
	struct url days;                 /* which days those are */
	const char *result;              /* 已解决; "" */
	const char *grade;               /* 满意; 未评价 */
	struct safe_html body;           /* empty when the writer did not agree: declined is set */
	bool declined;
	struct safe_html reply;
	struct part_open_rows similar;   /* none: not shown */
};

void view_open_letter(struct str *o, const struct view_open_letter *v);

#endif
