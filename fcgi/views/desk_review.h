#ifndef VIEW_DESK_REVIEW_H
#define VIEW_DESK_REVIEW_H

#include "_act_form.h"
#include "_checklist.h"
#include "_diff.h"
#include "_neighbours.h"
#include "_present.h"
#include "_since.h"
#include "desk_ticket.h"
#include "form.h"
#include "frame.h"

/* A paragraph of the answer, with a box for words about it (field `name`, of the form that sends back). */
struct review_paragraph {
	int n;
	const char *text, *name, *typed;
	const char *error;               /* NULL */
	bool box, open;
};
/* What was said at a place the last time. */
struct review_before {
	int64_t paragraph;
	const char *quote, *words;
	bool done;
};

/* Letter and reply side by side, to approve or to send back. */
struct view_desk_review {
	const struct frame *frame;
	const struct form *form;
	const char *number, *title, *type, *level;  /* 部门审核, 主管单位复审, 上级审核 */
	bool petition;                   /* by its nature (信访事项) */
	struct desk_clock clock;
	struct desk_clock own_clock;     /* of this review; .name "" */
	struct url here, versions;
	struct part_neighbours neighbours;
	struct part_since since;
	int64_t officer;
	struct safe_html letter;
	const char *demand, *place;
	const char *answer;
	struct desk_reply reply;
	const struct review_paragraph *paragraphs;
	size_t paragraphs_n;
	bool may_comment;
	const char *note;                /* what was said when it was handed in with something missing; "" */
	const struct review_before *before;
	size_t before_n;
	bool was_returned;
	struct part_diff diff;           /* from what was sent back to what was handed in again */
	struct part_present present;
	struct part_checklist check;
	const struct desk_reply *earlier;
	size_t earlier_n;
	const struct part_act_form *acts;
	size_t acts_n;
	const char *why_not;             /* why this person cannot decide; "" */
};

void view_desk_review(struct str *o, const struct view_desk_review *v);

#endif
