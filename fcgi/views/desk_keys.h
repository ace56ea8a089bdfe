#ifndef VIEW_DESK_KEYS_H
#define VIEW_DESK_KEYS_H

#include "frame.h"

struct desk_key { const char *key, *text; };
struct desk_key_group {
	const char *heading;
	const struct desk_key *keys;
	size_t keys_n;
};

/* The keys of the desk, as keys.tbl has them. */
struct view_desk_keys {
	const struct frame *frame;
	const struct desk_key_group *groups;
	size_t groups_n;
	bool off;
};

void view_desk_keys(struct str *o, const struct view_desk_keys *v);

#endif
