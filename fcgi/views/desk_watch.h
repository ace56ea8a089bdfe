#ifndef VIEW_DESK_WATCH_H
#define VIEW_DESK_WATCH_H

#include "_status.h"
#include "_watch_nav.h"
#include "choice.h"
#include "frame.h"

struct desk_watch_row {
	const char *number, *title, *type, *unit;
	struct part_status status;
	const char *due;
	const char *late;                /* 超期 3 个工作日 */
	const char *light;               /* 黄牌, 红牌 */
	const char *urged;               /* 已督促 2 次; "" */
	const char *nudged;              /* 写信人 10月13日催过; "" */
	struct url act;                  /* POST: remind, urge */
	int64_t version;                 /* of the letter, for that form */
	struct url supervise, circularise; /* pages with a text to write */
};

/* A letter whose writer urged, before it is late. */
struct desk_nudged { const char *number, *title, *unit, *when, *due, *left; };

/* What is late, and what can be done about it. */
struct view_desk_watch {
	const struct frame *frame;
	struct part_watch_nav nav;
	const struct choice *units;
	size_t units_n;
	bool filtered;
	const char *found;
	const char *oldest_number;       /* "" when nothing is open */
	const char *oldest;              /* 9月1日收到，离三个月还有 12 天 */
	const char *oldest_css;
	bool may_urge, may_supervise, may_circularise, may_remind;
	const struct desk_watch_row *rows;
	size_t rows_n;
	struct url next, first;
	const struct desk_nudged *nudged;
	size_t nudged_n;
};

void view_desk_watch(struct str *o, const struct view_desk_watch *v);

#endif
