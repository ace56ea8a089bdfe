#ifndef VIEW_SCORE_PLAN_OPEN_H
#define VIEW_SCORE_PLAN_OPEN_H

#include "frame.h"

struct score_indicator_shown {
	const char *name, *how, *full, *zero;
	int64_t weight;
};

struct view_score_plan_open {
	const struct frame *frame;
	const char *name, *comment_until, *from, *to, *tiers;   /* "" */
	struct safe_html words, comment_words;   /* comment_words.html_ NULL */
	const struct score_indicator_shown *indicators;
	size_t indicators_n;
};

void view_score_plan_open(struct str *o, const struct view_score_plan_open *v);

#endif
