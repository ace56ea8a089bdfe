#ifndef VIEW_ADMIN_PERSON_H
#define VIEW_ADMIN_PERSON_H

#include "_admin_form.h"
#include "_events.h"
#include "_leave.h"
#include "desk_ticket.h"
#include "form.h"
#include "frame.h"

struct view_admin_person {
	const struct frame *frame;
	const struct form *errors;
	const char *name, *login, *state;
	const struct desk_fact *facts;
	size_t facts_n;
	bool manages;                    /* edits, roles, passwords */
	bool hands_over;
	const char *letters;             /* words of the open letters */
	struct part_leave leave;
	struct part_admin_form acts[4];
	size_t acts_n;
	struct part_events events;
};

void view_admin_person(struct str *o, const struct view_admin_person *v);

#endif
