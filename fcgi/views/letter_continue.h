#ifndef VIEW_LETTER_CONTINUE_H
#define VIEW_LETTER_CONTINUE_H

#include "form.h"
#include "frame.h"

/* Asks for the code of a kept draft. Field: code; POST /letters/continue shows the letter's form. */
struct view_letter_continue {
	const struct frame *frame;
	const struct form *form;
	int days;
};

void view_letter_continue(struct str *o, const struct view_letter_continue *v);

#endif
