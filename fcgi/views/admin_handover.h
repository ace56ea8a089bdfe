#ifndef VIEW_ADMIN_HANDOVER_H
#define VIEW_ADMIN_HANDOVER_H

#include "_admin_form.h"
#include "form.h"
#include "frame.h"

struct handover_letter {
	const char *no, *title, *state, *due;
};

struct view_admin_handover {
	const struct frame *frame;
	const struct form *errors;
	struct url back;
	const char *name, *words;
	const char *progress;            /* "" on a first visit */
	const char *standing;            /* for whom this person stands in; "" */
	bool reads;                      /* titles are for who may read the letters */
	const struct handover_letter *letters;
	size_t letters_n;
	bool may;
	struct part_admin_form form;
};

void view_admin_handover(struct str *o, const struct view_admin_handover *v);

#endif
