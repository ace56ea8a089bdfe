#ifndef VIEW_DESK_DRAFT_H
#define VIEW_DESK_DRAFT_H

#include "_status.h"
#include "choice.h"
#include "desk_ticket.h"
#include "form.h"
#include "frame.h"

/* Writing the answer beside the question. Fields: body result on version draft_version do (save, submit). */
struct view_desk_draft {
	const struct frame *frame;
	const struct form *form;
	const char *number, *title, *type;
	struct desk_clock clock;         /* of the answer; .name "" for none */
	struct url url, back;
	struct safe_html letter;
	const char *demand, *place;
	const char *question, *answer;
	const struct desk_reply *replies; /* earlier ones, and what was sent back */
	size_t replies_n;
	const char *returned;            /* why the reviewer sent it back; "" */
	const char *body;
	const struct choice *results;
	size_t results_n;
	const char *on;
	int64_t version, draft_version;
	struct safe_html theirs;         /* what somebody else saved in between */
	bool clash;
	const char *saved;               /* 已保存 15:20; "" */
};

void view_desk_draft(struct str *o, const struct view_desk_draft *v);

#endif
