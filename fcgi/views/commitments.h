#ifndef VIEW_COMMITMENTS_H
#define VIEW_COMMITMENTS_H

#include "_commitment_rows.h"
#include "_figures.h"
#include "frame.h"

struct commitment_unit {
	const char *name;
	struct url url;                  /* this page for it alone */
	const char *all, *kept, *late, *overdue, *ahead, *replaced, *rate;
};

/* What was promised for a day, and what became of it. */
struct view_commitments {
	const struct frame *frame;
	const char *span;                /* 2025年11月23日 以来到期的，和还没有到期的 */
	const char *unit;                /* name, when one unit was asked for; "" */
	const char *problem;             /* what was left out of the address; "" */
	struct part_figures figures;
	struct part_commitment_rows ahead;   /* not ended */
	const char *ahead_note;          /* what the list leaves out; "" */
	struct part_commitment_rows ended;
	struct url next, first;          /* of what is ended; .s NULL */
	const struct commitment_unit *units;
	size_t units_n;
	struct url json;                 /* the same for programs */
};

void view_commitments(struct str *o, const struct view_commitments *v);

#endif
