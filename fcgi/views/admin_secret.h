#ifndef VIEW_ADMIN_SECRET_H
#define VIEW_ADMIN_SECRET_H

#include "frame.h"

/* A first password, shown this once. */
struct view_admin_secret {
	const struct frame *frame;
	const char *heading, *login, *password;
	struct url person;
};

void view_admin_secret(struct str *o, const struct view_admin_secret *v);

#endif
