#ifndef VIEW_ADMIN_UNITS_H
#define VIEW_ADMIN_UNITS_H

#include "choice.h"
#include "frame.h"

struct unit_row {
	const char *code, *name, *kind, *leader, *responsible, *state;
	int depth;
	int64_t people, letters;
	bool off;
};
/* A change of the responsible person that is not filed yet. */
struct file_row {
	const char *code, *unit, *name, *from, *by, *left;
	bool late;
};

struct view_admin_units {
	const struct frame *frame;
	const struct unit_row *rows;
	size_t rows_n;
	const struct file_row *files;
	size_t files_n;
	int days;                        /* of the notice */
};

void view_admin_units(struct str *o, const struct view_admin_units *v);

#endif
