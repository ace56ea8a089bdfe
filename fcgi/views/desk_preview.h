#ifndef VIEW_DESK_PREVIEW_H
#define VIEW_DESK_PREVIEW_H

#include "_status.h"
#include "frame.h"

/* The draft as the writer of the letter will read it. */
struct view_desk_preview {
	const struct frame *frame;
	const char *number, *title, *type, *unit;
	struct part_status status;
	struct safe_html text;
	bool empty;
	const char *today;               /* 答复的日期以审核通过的那天为准 */
	struct url back;
};

void view_desk_preview(struct str *o, const struct view_desk_preview *v);

#endif
