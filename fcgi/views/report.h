#ifndef VIEW_REPORT_H
#define VIEW_REPORT_H

#include "_report_doc.h"
#include "frame.h"

/* A published report. */
struct view_report {
	const struct frame *frame;
	const char *code, *title, *published;
	const char *pdf;                 /* PDF，148 KB; "" while it is being made */
	struct part_report_doc doc;
	const char *sha256;
};

void view_report(struct str *o, const struct view_report *v);

#endif
