#ifndef VIEW_DESK_SHEET_H
#define VIEW_DESK_SHEET_H

#include "_tabs.h"
#include "form.h"
#include "frame.h"

struct sheet_item {
	int i;
	const char *name, *points, *help;
	bool fatal;
	const char *name_error, *points_error, *help_error;   /* NULL */
};
struct sheet_row {
	const char *name, *by, *at;
	int64_t pass, samples;
};

struct view_desk_sheet {
	const struct frame *frame;
	struct part_tabs nav;
	const struct form *errors;       /* NULL */
	const char *csrf;
	bool may;                        /* make a new one */
	const char *name, *pass;
	const char *name_error, *pass_error;
	const struct sheet_item *items;
	size_t items_n;
	const struct sheet_row *sheets;
	size_t sheets_n;
};

void view_desk_sheet(struct str *o, const struct view_desk_sheet *v);

#endif
