#ifndef VIEW_DESK_ACT_H
#define VIEW_DESK_ACT_H

#include "_act_form.h"
#include "_since.h"
#include "form.h"
#include "frame.h"

/* One action by itself: from a link, or again when it could not be done; everything typed is kept. */
struct view_desk_act {
	const struct frame *frame;
	const struct form *form;
	struct part_act_form act;
	struct part_since since;
	const char *number, *title;
	struct safe_html body;
	struct url back;
};

void view_desk_act(struct str *o, const struct view_desk_act *v);

#endif
