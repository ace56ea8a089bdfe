#ifndef VIEW_SCORE_LIST_H
#define VIEW_SCORE_LIST_H

#include "frame.h"

struct score_plan_shown { int64_t id; const char *name, *when; };
struct score_card_shown { int64_t id; const char *title, *span, *published; };

struct view_score_list {
	const struct frame *frame;
	const struct score_plan_shown *plans;
	size_t plans_n;
	const struct score_card_shown *cards;
	size_t cards_n;
};

void view_score_list(struct str *o, const struct view_score_list *v);

#endif
