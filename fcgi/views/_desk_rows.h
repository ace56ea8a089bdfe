#ifndef PART_DESK_ROWS_H
#define PART_DESK_ROWS_H

#include "_status.h"
#include "view.h"

/* One letter in a list at the desk. */
struct desk_row {
	const char *number;
	struct url url;                  /* the letter, knowing the list it was opened from */
	const char *pick;                /* number:version, for the box to tick */
	const char *title;
	const char *type;
	const char *unit;                /* — when nobody has it yet */
	struct part_status status;
	const char *received;            /* 11月20日（星期五） */
	const char *channel;
	const char *handler;             /* — when nobody has it yet */
	const char *due;                 /* "" when no date is running */
	const char *left;                /* 还有 4 个工作日 */
	const char *css;                 /* of the deadline */
	const char *light;               /* 预警, 黄牌, 红牌; "" */
	const char *stage;               /* 受理时限：还有 1 个工作日; NULL when the answer is all there is to do */
	const char *stage_css, *stage_light;
	bool late, provisional;
	bool petition;                   /* by its nature (信访事项) */
};

struct part_desk_rows {
	const struct desk_row *rows;
	size_t rows_n;
	const char *caption;
	bool picks;                      /* boxes to tick, of the form with the id bulk */
	bool no_type, no_unit, no_state, no_received, no_due, channel, handler;  /* columns */
};

void part_desk_rows(struct str *o, const struct part_desk_rows *v);

#endif
