#ifndef VIEW_DESK_SCORES_H
#define VIEW_DESK_SCORES_H

#include "_tabs.h"
#include "frame.h"

struct card_row {
	int64_t id;
	const char *title, *plan, *span, *state;
};
struct plan_row {
	int64_t id;
	const char *name, *state, *when;
};

struct view_desk_scores {
	const struct frame *frame;
	struct part_tabs nav;
	bool may;
	const struct card_row *cards;
	size_t cards_n;
	const struct plan_row *plans;
	size_t plans_n;
};

void view_desk_scores(struct str *o, const struct view_desk_scores *v);

#endif
