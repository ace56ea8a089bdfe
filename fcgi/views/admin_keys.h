#ifndef VIEW_ADMIN_KEYS_H
#define VIEW_ADMIN_KEYS_H

#include "_admin_form.h"
#include "form.h"
#include "frame.h"

/* off, why: of one that was revoked; answer: "" when it says nothing. */
struct key_row {
	const char *name, *hint, *contact, *scope, *answer, *used, *made, *off, *why;
	int64_t per_day;
	struct part_admin_form revoke;
};

struct view_admin_keys {
	const struct frame *frame;
	const struct form *errors;       /* NULL on a first visit */
	const struct key_row *live, *dead;
	size_t live_n, dead_n;
	struct part_admin_form form;     /* for a new one */
};

void view_admin_keys(struct str *o, const struct view_admin_keys *v);

#endif
