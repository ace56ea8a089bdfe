#ifndef VIEW_ADMIN_ROLES_H
#define VIEW_ADMIN_ROLES_H

#include "_sees.h"
#include "frame.h"

struct role_card {
	const char *name, *help, *code;
	const struct sees_cap *rights;   /* whose letters, and what: one line a kind */
	size_t rights_n;
};
struct view_admin_roles {
	const struct frame *frame;
	const struct role_card *cards;
	size_t cards_n;
};

void view_admin_roles(struct str *o, const struct view_admin_roles *v);

#endif
