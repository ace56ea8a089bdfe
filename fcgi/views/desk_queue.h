#ifndef VIEW_DESK_QUEUE_H
#define VIEW_DESK_QUEUE_H

#include "_desk_rows.h"
#include "choice.h"
#include "frame.h"

/* A list that the person keeps under a name. */
struct desk_saved {
	int64_t id;
	const char *name;
	struct url url;
	bool chosen, is_start;
};

/* A list of letters. Fields of the query: those of the filter form, and after. */
struct view_desk_queue {
	const struct frame *frame;
	const char *heading;             /* 我的待办, 已超期 … */
	const struct choice *views;      /* links */
	size_t views_n;
	const struct desk_saved *saved;  /* links; the chosen one can be renamed and dropped */
	size_t saved_n;
	const char *view;                /* code of the view shown */
	const char *desk;                /* the one of the own desks it is narrowed to; NULL */
	const char *words, *from, *to;   /* as typed */
	const char *problem;             /* why nothing was searched for; "" */
	const struct choice *types, *states, *channels;  /* options */
	size_t types_n, states_n, channels_n;
	const struct choice *topics;     /* options, subtopics under theirs */
	size_t topics_n;
	const struct choice *units;      /* options; none: the person sees one unit only */
	size_t units_n;
	bool may_be_mine, mine;
	const struct choice *columns;    /* boxes */
	size_t columns_n;
	bool filtered, more;             /* more: one of the folded filters is set */
	struct url clear;                /* the same view without filters */
	const char *found;               /* 共 12 封，按答复期限排列 */
	const char *empty;               /* what to do when there is nothing */
	struct part_desk_rows list;
	struct url next, first;          /* .s NULL: none */
	const char *filter;              /* of this list, for what acts on it */
	struct url csv;
	const struct choice *acts;       /* what can be done to many: code, text */
	size_t acts_n;
	const char *name, *name_problem; /* of a list to keep: as typed */
	bool may_keep;                   /* fewer than twenty are kept */
};

void view_desk_queue(struct str *o, const struct view_desk_queue *v);

#endif
