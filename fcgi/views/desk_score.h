#ifndef VIEW_DESK_SCORE_H
#define VIEW_DESK_SCORE_H

#include "_admin_form.h"
#include "_tabs.h"
#include "form.h"
#include "frame.h"

struct score_total_row {
	const char *code, *name, *computed, *adjusted, *total, *tier;
};
struct score_line_row {
	const char *name, *how, *counted, *value, *points;
	int64_t weight;
	struct url url;                  /* what is behind it; .s NULL */
};
struct score_adjust_row {
	int64_t id;
	const char *unit;                /* code */
	const char *indicator, *points, *reason, *evidence, *by, *at, *undone;
	bool may;                        /* take it back */
};

struct view_desk_score {
	const struct frame *frame;
	struct part_tabs nav;
	const struct form *errors;       /* NULL */
	const char *csrf;
	int64_t id, plan_id;
	const char *title, *plan, *span, *state, *computed, *signed_words, *step;
	bool may_score, may_publish, may_sign;
	struct part_admin_form sign, adjust;
	const struct score_total_row *totals;
	size_t totals_n;
	const char *unit, *unit_total, *unit_tier;   /* unit NULL: none is chosen */
	bool all;                        /* may see the other units too */
	const struct score_line_row *lines;
	size_t lines_n;
	const struct score_adjust_row *adjusts;
	size_t adjusts_n;
};

void view_desk_score(struct str *o, const struct view_desk_score *v);

#endif
