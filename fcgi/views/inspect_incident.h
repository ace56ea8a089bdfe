#ifndef VIEW_INSPECT_INCIDENT_H
#define VIEW_INSPECT_INCIDENT_H

#include "inspect_incidents.h"

struct incident_told { const char *kind, *to_whom, *how, *words, *at, *logged, *who; };

/* One incident: its clocks, what was reported, the form for the next report. */
struct view_inspect_incident {
	const struct frame *frame;
	struct part_tabs nav;
	struct part_tabs tabs;
	const struct form *form;
	struct incident_row row;
	struct safe_html words;
	const char *registered;          /* 11月20日 09:12 由 夏值守 登记 */
	const char *changed;             /* somebody was faster: what to do; "" */
	const struct incident_told *told;
	size_t told_n;
	const struct part_admin_form *report;   /* NULL: closed, or not this person's */
};

void view_inspect_incident(struct str *o, const struct view_inspect_incident *v);

#endif
