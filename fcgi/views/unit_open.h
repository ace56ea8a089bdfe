#ifndef VIEW_UNIT_OPEN_H
#define VIEW_UNIT_OPEN_H

#include "_figures.h"
#include "_open_rows.h"
#include "frame.h"

struct unit_fact { const char *name, *text; struct url url; };       /* url .s NULL */
struct unit_term { const char *type, *reply, *limit; };
struct unit_kin { const char *code, *name; };

/* One unit. */
struct view_unit_open {
	const struct frame *frame;
	const char *name;
	const char *closed;              /* 这个单位已经撤销…; "" */
	bool takes_letters;
	const char *code;
	const char *duties;
	const struct unit_fact *facts;   /* telephone, hours, address, who answers for it */
	size_t facts_n;
	const char *year;                /* 2026年 */
	const char *cutoff;              /* 统计截至… */
	struct part_figures figures;
	struct url stats;
	const char *promises;            /* 承诺 3 件…; "" */
	const struct unit_term *terms;
	size_t terms_n;
	struct part_open_rows recent;
	struct url listing, atom;
	const struct unit_kin *above, *below;
	size_t above_n, below_n;
};

void view_unit_open(struct str *o, const struct view_unit_open *v);

#endif
