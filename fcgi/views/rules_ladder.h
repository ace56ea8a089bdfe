#ifndef VIEW_RULES_LADDER_H
#define VIEW_RULES_LADDER_H

#include "_tabs.h"

struct rules_light {
	const char *scope, *warn, *yellow, *red, *valid, *grounds;
	bool over;                   /* no longer in force */
};
struct rules_step {
	const char *when, *who;
};
struct rules_ladder {
	int64_t id;
	const char *scope, *valid, *grounds;
	const struct rules_step *steps;
	size_t steps_n;
};

/* When lights change, and who is told step by step. */
struct view_rules_ladder {
	const struct frame *frame;
	struct part_tabs nav;
	bool may_change;
	const struct rules_light *lights;
	const struct rules_ladder *ladders;
	size_t lights_n, ladders_n;
};
void view_rules_ladder(struct str *o, const struct view_rules_ladder *v);

#endif
