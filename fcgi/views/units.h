#ifndef VIEW_UNITS_H
#define VIEW_UNITS_H

#include "frame.h"

struct unit_line {
	const char *code, *duties, *hours, *phone;
	struct safe_html name;           /* the words looked for are marked */
	struct url tel;                  /* .s NULL: no telephone that can be dialled */
};

struct unit_group {
	const char *id, *heading;        /* 政府部门 */
	const struct unit_line *units;
	size_t units_n;
};

/* Who does what. */
struct view_units {
	const struct frame *frame;
	const char *q;                   /* as typed */
	const char *found;               /* 14 个单位; 找到 2 个单位 */
	const struct unit_group *groups;
	size_t groups_n;
};

void view_units(struct str *o, const struct view_units *v);

#endif
