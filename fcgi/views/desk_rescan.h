#ifndef VIEW_DESK_RESCAN_H
#define VIEW_DESK_RESCAN_H

#include "_tabs.h"
#include "frame.h"
#include "view.h"

struct rescan_run {
	const char *when, *who, *course, *found;
	int64_t rules, uncompared;       /* uncompared: letters that the vault could not be asked about */
};

/* One place in a published letter. */
struct rescan_find {
	int64_t id;
	const char *number, *title, *where, *before, *words, *after, *kind, *why;
	struct url edit;
	bool own;                        /* the reader had a hand in it: another one says whether it may stay */
};

/* Everything published, looked at again. */
struct view_desk_rescan {
	const struct frame *frame;
	struct part_tabs nav;
	const char *csrf, *problem, *said;
	struct url said_edit;            /* where what was taken down is edited; .s NULL */
	int64_t rules, looked, total, after;
	bool running, may_take_down, may_edit;
	const char *open;                /* what waits; "" for nothing */
	const struct rescan_run *runs;
	size_t runs_n;
	const struct rescan_find *finds;
	size_t finds_n;
	struct url next, first;
};

void view_desk_rescan(struct str *o, const struct view_desk_rescan *v);

#endif
