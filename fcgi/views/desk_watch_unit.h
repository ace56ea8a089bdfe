#ifndef VIEW_DESK_WATCH_UNIT_H
#define VIEW_DESK_WATCH_UNIT_H

#include "_admin_form.h"
#include "_tabs.h"
#include "desk_watch_units.h"
#include "form.h"
#include "frame.h"

struct watch_person_row {
	const char *login, *name, *off;
	int64_t open, late, still;
};
struct unit_order {
	int64_t id;
	const char *no, *title, *state, *left, *css;
};
struct talk_row {
	const char *day, *person, *about;
	struct safe_html words;
	const char *promise, *letter, *made;
};

struct view_desk_watch_unit {
	const struct frame *frame;
	struct part_tabs nav;
	const struct form *errors;       /* NULL */
	struct watch_unit_row row;
	const char *since;
	bool may_talk, reads_orders;
	const struct watch_person_row *people;
	size_t people_n;
	const struct unit_order *orders;
	size_t orders_n;
	const struct talk_row *talks;
	size_t talks_n;
	struct part_admin_form talk;
};

void view_desk_watch_unit(struct str *o, const struct view_desk_watch_unit *v);

#endif
