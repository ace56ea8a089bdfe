#ifndef VIEW_INSPECT_INCIDENTS_H
#define VIEW_INSPECT_INCIDENTS_H

#include "_admin_form.h"
#include "_tabs.h"
#include "form.h"

/* One of the two clocks of an incident. */
struct incident_clock {
	const char *name;                /* 首次报告（4 小时） */
	const char *due;                 /* 11月20日 13:12 */
	const char *css, *light;         /* 正常, 预警, 黄牌, 红牌, 已报告, 超时报告 */
	const char *words;               /* 还有 2 小时 10 分; 11月20日 12:00 报告; 超时 35 分 */
};
struct incident_row {
	const char *no, *title, *kind, *severity, *found;
	const char *state;               /* 处置中, 已处置完毕 */
	struct incident_clock first, full;
};

/* Incidents, and the form to register one. */
struct view_inspect_incidents {
	const struct frame *frame;
	struct part_tabs nav;
	struct part_tabs tabs;
	const struct form *form;
	const struct part_admin_form *add;      /* NULL: not this person's */
	const struct incident_row *rows;
	size_t rows_n;
	struct url older;
};

void view_inspect_incidents(struct str *o, const struct view_inspect_incidents *v);

#endif
