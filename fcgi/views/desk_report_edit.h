#ifndef VIEW_DESK_REPORT_EDIT_H
#define VIEW_DESK_REPORT_EDIT_H

#include "_errors.h"
#include "_field.h"
#include "frame.h"

/* A part with its field; now: what somebody else wrote meanwhile; "" when nobody did. */
struct desk_report_part { struct part_field field; const char *now; };

/* The words of a report. */
struct view_desk_report_edit {
	const struct frame *frame;
	const char *code, *title, *hint;
	int64_t version;
	const struct form *errors;       /* NULL: none */
	const char *clash;               /* what happened meanwhile; "" */
	const struct desk_report_part *parts;
	size_t parts_n;
};

void view_desk_report_edit(struct str *o, const struct view_desk_report_edit *v);

#endif
