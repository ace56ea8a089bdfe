#ifndef VIEW_DESK_REGISTERED_H
#define VIEW_DESK_REGISTERED_H

#include "frame.h"

/* The receipt of a letter that was taken down: for reading out, and as a slip to hand over. Shown once: the query code
 * is not stored in clear. */
struct view_desk_registered {
	const struct frame *frame;
	const char *number, *code, *code_groups;
	const char *title;
	const char *received;        /* 2026年11月21日 09:12 */
	const char *effective;       /* 不是工作日，按 … 收到计算; "" */
	const char *due, *provisional;
	const char *how;             /* how the writer gets the answer */
	const char *now;             /* what has become of it, for the officer: 待受理, 已送审 … */
	const char *track;           /* where the writer looks: https://…/track */
	struct safe_html qr;
	struct url next;             /* taking down the next one */
	struct url letter;
	const char *letter_text;     /* 去分办这封 */
};

void view_desk_registered(struct str *o, const struct view_desk_registered *v);

#endif
