#ifndef VIEW_OPEN_LIST_H
#define VIEW_OPEN_LIST_H

#include "_open_rows.h"
#include "choice.h"
#include "frame.h"

/* The disclosure listing. Fields of the query: q unit from to (the form), type year (links),
 * cursor. Days count before a year. */
struct view_open_list {
	const struct frame *frame;
	const char *q;                   /* as typed */
	const char *type;                /* codes chosen now; "" for all */
	const char *year;
	const char *from, *to;           /* 2026-11-01; "" */
	const struct choice *types;      /* links; the first is 全部 */
	size_t types_n;
	const struct choice *years;
	size_t years_n;
	const struct choice *units;      /* options; 全部单位 is in the template */
	size_t units_n;
	bool narrowed;                   /* by unit or days: those fields stand open */
	const char *active;              /* 市城市管理局，11月1日起; "" */
	const char *chosen;              /* 投诉，2026年; "" */
	const char *found;               /* 共 1,204 封; 找到 12 封 */
	bool filtered;                   /* any filter is on */
	struct part_open_rows list;
	struct url next;                 /* older ones; .s NULL at the end */
	struct url first;                /* back to the newest; .s NULL on the first page */
	struct url atom, csv, json;      /* the same list for programs */
};

void view_open_list(struct str *o, const struct view_open_list *v);

#endif
