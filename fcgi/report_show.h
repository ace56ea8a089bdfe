/* report_show - a report (tickets/report_doc.h) as a page shows it, at the desk and to the public. */
#ifndef REPORT_SHOW_H
#define REPORT_SHOW_H

#include "arena.h"
#include "err.h"
#include "report_doc.h"
#include "views/_report_doc.h"

/* Errors as report_doc(); *ret_title: what the report is called. */
int report_show(struct arena *a, const struct report *r, struct part_report_doc *ret,
	const char **ret_title) MUST_CHECK;

#endif
