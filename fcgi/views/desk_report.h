#ifndef VIEW_DESK_REPORT_H
#define VIEW_DESK_REPORT_H

#include "_events.h"
#include "_report_doc.h"
#include "_tabs.h"
#include "frame.h"

/* A button that changes the report; with words when `label` is set. */
struct desk_report_act { const char *code, *button, *label, *hint, *value, *error; bool required; };

struct view_desk_report {
	const struct frame *frame;
	struct part_tabs nav;
	const char *code, *title;
	const char *state, *next;        /* what it is, and who does what now */
	int64_t version;
	const char *problem;             /* why nothing was done; NULL */
	bool may_edit;
	const struct desk_report_act *acts;
	size_t acts_n;
	struct part_report_doc doc;
	const char *sha256;              /* of the frozen figures */
	struct part_events events;
};

void view_desk_report(struct str *o, const struct view_desk_report *v);

#endif
