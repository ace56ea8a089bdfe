#ifndef VIEW_DESK_QUEUE_H
#define VIEW_DESK_QUEUE_H

#include "_desk_rows.h"
#include "choice.h"
#include "frame.h"

/* A list of letters. Fields of the query: view type unit words after. */
struct view_desk_queue {
	const struct frame *frame;
	const char *heading;             /* 我的待办, 已超期 … */
	const struct choice *views;      /* links */
	size_t views_n;
	const char *view;                /* code of the view shown */
	const char *words;
	const struct choice *types;      /* options */
	size_t types_n;
	const struct choice *units;      /* options; none: the person sees one unit only */
	size_t units_n;
	bool filtered;
	struct url clear;                /* the same view without filters */
	const char *found;               /* 共 12 封，按答复期限排列 */
	struct part_desk_rows list;
	struct url next, first;          /* .s NULL: none */
};

void view_desk_queue(struct str *o, const struct view_desk_queue *v);

#endif
