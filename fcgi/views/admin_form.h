#ifndef VIEW_ADMIN_FORM_H
#define VIEW_ADMIN_FORM_H

#include "_admin_form.h"
#include "form.h"
#include "frame.h"

/* A page that is one form. */
struct view_admin_form {
	const struct frame *frame;
	const struct form *errors;       /* NULL on a first visit */
	struct url back;
	const char *back_text;           /* "" : no link back */
	const char *heading, *intro, *note;   /* note: below the form */
	struct part_admin_form form;
};

void view_admin_form(struct str *o, const struct view_admin_form *v);

#endif
