#ifndef VIEW_DESK_SCORE_PLAN_H
#define VIEW_DESK_SCORE_PLAN_H

#include "_admin_form.h"
#include "_tabs.h"
#include "form.h"
#include "frame.h"

struct score_indicator_row {
	int64_t id, weight;
	const char *name, *measure, *how, *full, *zero, *least;
};

#define SCORE_PLAN_FORMS_MAX 4
struct view_desk_score_plan {
	const struct frame *frame;
	struct part_tabs nav;
	const struct form *errors;       /* NULL */
	int64_t id, sum;
	const char *name, *state, *when, *tiers;
	struct safe_html words, comment_words;   /* comment_words.html_ NULL */
	bool may_edit;
	const struct score_indicator_row *indicators;
	size_t indicators_n;
	struct part_admin_form forms[SCORE_PLAN_FORMS_MAX];
	size_t forms_n;
};

void view_desk_score_plan(struct str *o, const struct view_desk_score_plan *v);

#endif
