#ifndef VIEW_DESK_ORDER_H
#define VIEW_DESK_ORDER_H

#include "_status.h"
#include "_tabs.h"
#include "frame.h"

struct order_report {
	const char *heading, *by, *at;
	struct safe_html words;
	const char *decision, *decided, *decision_words;
};
/* What can be done to it now; plain: a button is all there is to it. */
struct order_step {
	const char *button, *code;
	struct url act, page;
	bool plain;
};

/* A supervision order as a document. */
struct view_desk_order {
	const struct frame *frame;
	struct part_tabs nav;
	const char *csrf;
	const char *no, *unit, *letter, *title, *type, *letter_state, *letter_due;
	bool readable;                   /* the letter, by this person */
	struct safe_html words;
	const char *due, *left, *css;
	struct part_status status;
	const char *office, *issued_by, *issued, *issued_day;
	const char *received, *closed;   /* "" */
	const struct order_report *reports;
	size_t reports_n;
	const struct order_step *steps;
	size_t steps_n;
	int64_t version;                 /* of the letter */
};

void view_desk_order(struct str *o, const struct view_desk_order *v);

#endif
