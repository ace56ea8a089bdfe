#ifndef VIEW_DESK_DRAFT_H
#define VIEW_DESK_DRAFT_H

#include "_checklist.h"
#include "_diff.h"
#include "_opinions.h"
#include "_present.h"
#include "_since.h"
#include "_status.h"
#include "choice.h"
#include "desk_ticket.h"
#include "form.h"
#include "frame.h"

/* A reviewer's words at one place. */
struct draft_comment {
	int64_t id;
	int64_t paragraph;
	const char *quote, *words, *by;
	bool ticked;
};
struct draft_block {
	int64_t id;
	const char *title;
	const char *whose;               /* 我的, 本单位, 全市 */
	const char *text;                /* filled in from this letter */
};

/* Writing the answer beside the question. Fields: body result on version draft_version done reason block
 * do (save, submit, anyway, preview, theirs). */
struct view_desk_draft {
	const struct frame *frame;
	const struct form *form;
	const char *number, *title, *type;
	bool petition;                   /* by its nature (信访事项) */
	struct desk_clock clock;         /* of the answer; .name "" for none */
	struct url url, back, keep, here, versions, blocks_url;
	int64_t officer;
	struct safe_html letter;
	const char *demand, *place;
	const char *question, *answer;
	const struct desk_reply *replies; /* earlier ones, and what was sent back */
	size_t replies_n;
	struct part_opinions helpers;    /* who helps, and what they say */
	const char *returned;            /* why the reviewer sent it back; "" */
	const struct draft_comment *comments;
	size_t comments_n;
	const char *body;
	const struct choice *results;
	size_t results_n;
	const char *on;
	int64_t version, draft_version;
	struct safe_html theirs;         /* what somebody else saved in between */
	const char *theirs_by;           /* 李强　14:32 */
	struct part_diff diff;           /* from theirs to one's own */
	struct part_since since;         /* what else somebody did to the letter */
	bool clash;
	bool unsaved;                    /* the page holds what is not saved yet */
	bool asks;                       /* handing in with something missing: once more, with a reason */
	const char *missing;             /* 依据、联系电话; "" when it is warnings alone */
	const char *reason;
	const char *saved;               /* 已保存 15:20; "" */
	struct part_present present;
	struct part_checklist check;
	const struct draft_block *blocks;
	size_t blocks_n;
};

void view_desk_draft(struct str *o, const struct view_desk_draft *v);

#endif
