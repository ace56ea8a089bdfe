#ifndef VIEW_DESK_REPORTS_H
#define VIEW_DESK_REPORTS_H

#include "_tabs.h"
#include "choice.h"
#include "frame.h"

struct desk_report_row { const char *code, *name, *state, *edited, *signed_by, *published; };

/* Monthly bulletins and annual reports. */
struct view_desk_reports {
	const struct frame *frame;
	struct part_tabs nav;
	const char *remind;              /* 2025年年度报告最迟 1月31日公布 …; "" */
	const struct choice *periods;    /* that have none yet: code, text */
	size_t periods_n;
	bool may_write;
	const char *problem;             /* why none was made; NULL */
	const struct desk_report_row *rows;
	size_t rows_n;
};

void view_desk_reports(struct str *o, const struct view_desk_reports *v);

#endif
