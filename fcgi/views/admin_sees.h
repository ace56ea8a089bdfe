#ifndef VIEW_ADMIN_SEES_H
#define VIEW_ADMIN_SEES_H

#include "_leave.h"
#include "_sees.h"
#include "form.h"
#include "frame.h"

/* Of oneself (/me, with leave) or of somebody else. */
struct view_admin_sees {
	const struct frame *frame;
	const struct form *errors;
	struct url back;                 /* .s NULL on one's own page */
	const char *heading, *login, *roles, *lent;
	bool own;
	struct part_leave leave;
	struct part_sees sees;
};

void view_admin_sees(struct str *o, const struct view_admin_sees *v);

#endif
