#ifndef VIEW_LOGIN_H
#define VIEW_LOGIN_H

#include "form.h"
#include "frame.h"

struct view_login {
	const struct frame *frame;
	const struct form *form;         /* login, next; never the password */
	const char *problem;             /* why it did not work; "" */
	const char *held, *held_to, *held_by; /* what was typed when the session ended (held.c); "" for nothing */
};

void view_login(struct str *o, const struct view_login *v);

#endif
