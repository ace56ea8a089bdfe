#ifndef VIEW_DESK_REVIEW_H
#define VIEW_DESK_REVIEW_H

#include "_act_form.h"
#include "desk_ticket.h"
#include "frame.h"

/* Letter and reply side by side, to approve or to send back. */
struct view_desk_review {
	const struct frame *frame;
	const char *number, *title, *type, *level;  /* 部门审核, 主管单位复审, 上级审核 */
	struct desk_clock clock;
	struct url back;
	struct safe_html letter;
	const char *demand, *place;
	const char *question, *answer;
	struct desk_reply reply;
	const struct desk_reply *earlier;
	size_t earlier_n;
	const struct part_act_form *acts;
	size_t acts_n;
	const char *why_not;             /* why this person cannot decide; "" */
};

void view_desk_review(struct str *o, const struct view_desk_review *v);

#endif
