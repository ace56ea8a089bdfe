#ifndef VIEW_OPEN_WITHHELD_H
#define VIEW_OPEN_WITHHELD_H

#include "frame.h"

/* A letter that was answered and is not published: never its number, title or words. */
struct withheld_row {
	const char *type;                /* 投诉 */
	const char *unit;
	const char *accepted_on;         /* 2026-11-02 */
	const char *replied_on;
	const char *workdays;            /* 6 个工作日 */
	const char *reason;
};
struct withheld_reason { const char *reason, *count; };

struct view_open_withheld {
	const struct frame *frame;
	const char *found;               /* 共 12 封 */
	const struct withheld_reason *reasons;
	size_t reasons_n;
	const struct withheld_row *rows;
	size_t rows_n;
	struct url older, first;         /* .s NULL: none */
};

void view_open_withheld(struct str *o, const struct view_open_withheld *v);

#endif
