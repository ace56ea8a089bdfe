#ifndef VIEW_DESK_EDITION_H
#define VIEW_DESK_EDITION_H

#include "_act_form.h"
#include "_since.h"
#include "_status.h"
#include "desk_ticket.h"
#include "form.h"
#include "frame.h"

/* The original and its public edition side by side. Fields of the edition: title body reply version. */
struct view_desk_edition {
	const struct frame *frame;
	const struct form *form;
	const char *number, *type;
	struct part_status pub;
	struct url url, back;
	struct part_since since;
	const char *agreed;              /* 写信人同意公开来信内容 */
	bool declined;
	const char *orig_title;
	struct safe_html orig_body, orig_reply;
	bool may_edit;
	const char *title, *body, *reply;        /* to edit */
	struct safe_html shown_body, shown_reply; /* to read, masked places marked */
	const char *marks;               /* 已隐去 3 处; "" */
	int64_t version;
	const struct part_act_form *acts;
	size_t acts_n;
	const struct desk_fact *not_now;
	size_t not_now_n;
};

void view_desk_edition(struct str *o, const struct view_desk_edition *v);

#endif
