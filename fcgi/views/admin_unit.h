#ifndef VIEW_ADMIN_UNIT_H
#define VIEW_ADMIN_UNIT_H

#include "_admin_form.h"
#include "_events.h"
#include "desk_ticket.h"
#include "form.h"
#include "frame.h"

struct duty_row {
	const char *duty, *name, *post, *phone, *days, *filed;
	bool to_file, later;             /* not filed yet; not begun yet */
	struct part_admin_form file, undo;
};
struct unit_letter {
	const char *no, *title, *state;
};

struct view_admin_unit {
	const struct frame *frame;
	const struct form *errors;
	const char *name, *state, *code;
	const struct desk_fact *facts;
	size_t facts_n;
	const struct duty_row *duties;
	size_t duties_n;
	const struct unit_letter *letters;   /* open ones: the first of them */
	size_t letters_n;
	const char *letters_words;
	struct part_admin_form duty, active;
	bool active_asked;               /* the form of switching on or off is shown */
	struct part_events events;
};

void view_admin_unit(struct str *o, const struct view_admin_unit *v);

#endif
