#ifndef VIEW_RULES_H
#define VIEW_RULES_H

#include "_tabs.h"

struct rules_term {
	int64_t id;
	const char *scope, *term, *more, *grounds, *valid;
	const char *by;              /* who added it and why; "" for those that were there from the beginning */
	bool ahead;                  /* not in force yet */
};

/* The terms in force, and those of before. */
struct view_rules {
	const struct frame *frame;
	struct part_tabs nav;
	const char *known;           /* how long the calendar is known; "" while all is well */
	const char *stuck;           /* clocks that could not be fired; "" */
	bool may_change;
	const struct rules_term *terms, *past;
	size_t terms_n, past_n;
};
void view_rules(struct str *o, const struct view_rules *v);

#endif
