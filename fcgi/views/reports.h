#ifndef VIEW_REPORTS_H
#define VIEW_REPORTS_H

#include "frame.h"

struct report_row { const char *code, *name, *published; };

/* The reports that are published. */
struct view_reports {
	const struct frame *frame;
	const struct report_row *rows;
	size_t rows_n;
};

void view_reports(struct str *o, const struct view_reports *v);

#endif
