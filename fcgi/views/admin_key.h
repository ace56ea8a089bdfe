#ifndef VIEW_ADMIN_KEY_H
#define VIEW_ADMIN_KEY_H

#include "frame.h"

/* A new key, shown this once. */
struct view_admin_key {
	const struct frame *frame;
	const char *name, *key;
	bool letters;                    /* of Open311; else of the interface for superiors */
};

void view_admin_key(struct str *o, const struct view_admin_key *v);

#endif
