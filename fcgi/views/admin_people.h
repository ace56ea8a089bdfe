#ifndef VIEW_ADMIN_PEOPLE_H
#define VIEW_ADMIN_PEOPLE_H

#include "choice.h"
#include "frame.h"

struct person_row {
	const char *login, *name, *unit, *roles, *state, *last;
	int64_t letters;
	bool off;
};

/* Fields of the query: words unit role state after. */
struct view_admin_people {
	const struct frame *frame;
	bool may_add;
	const char *words, *found;
	const struct choice *units;      /* none: one unit only */
	size_t units_n;
	const struct choice *roles, *states;
	size_t roles_n, states_n;
	bool filtered;
	const struct person_row *rows;
	size_t rows_n;
	struct url next, first;
};

void view_admin_people(struct str *o, const struct view_admin_people *v);

#endif
