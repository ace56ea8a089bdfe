#ifndef VIEW_RULES_TOPICS_H
#define VIEW_RULES_TOPICS_H

#include "_tabs.h"
#include "frame.h"

struct topic_row {
	int64_t id;
	const char *name, *state;        /* 已停用; "" */
	bool upper;
	int64_t open;                    /* letters on their way */
};

/* What letters can be about, lower topics under theirs. */
struct view_rules_topics {
	const struct frame *frame;
	struct part_tabs nav;
	bool may_change;
	const struct topic_row *rows;
	size_t rows_n;
};

void view_rules_topics(struct str *o, const struct view_rules_topics *v);

#endif
