#ifndef VIEW_LETTER_DROPPED_H
#define VIEW_LETTER_DROPPED_H

#include "form.h"
#include "frame.h"

/* The draft is deleted; what stood on the screen is still in this page. */
struct view_letter_dropped {
	const struct frame *frame;
	const struct form *form;
	const char *token;
	bool typed;                  /* there is something to go on with */
};

void view_letter_dropped(struct str *o, const struct view_letter_dropped *v);

#endif
