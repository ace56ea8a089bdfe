#ifndef VIEW_RULES_TOPIC_H
#define VIEW_RULES_TOPIC_H

#include "_admin_form.h"
#include "_events.h"
#include "form.h"
#include "frame.h"

/* One topic. Fields: do version name. */
struct view_rules_topic {
	const struct frame *frame;
	const struct form *errors;       /* NULL on a first visit */
	const char *name, *state, *about;
	bool may_change, may_read;       /* may_read: letters */
	struct url letters;
	struct part_admin_form rename, offer;
	struct part_events events;
};

void view_rules_topic(struct str *o, const struct view_rules_topic *v);

#endif
