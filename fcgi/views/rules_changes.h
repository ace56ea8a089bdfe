#ifndef VIEW_RULES_CHANGES_H
#define VIEW_RULES_CHANGES_H

#include "_tabs.h"

struct rules_change {
	int64_t id, moved;
	const char *title, *reason, *state, *by, *at;
};

/* All changes of terms and holidays, the latest first. */
struct view_rules_changes {
	const struct frame *frame;
	struct part_tabs nav;
	const struct rules_change *changes;
	size_t changes_n;
};
void view_rules_changes(struct str *o, const struct view_rules_changes *v);

#endif
