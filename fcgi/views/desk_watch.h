#ifndef VIEW_DESK_WATCH_H
#define VIEW_DESK_WATCH_H

#include "_status.h"
#include "_tabs.h"
#include "choice.h"
#include "frame.h"

struct desk_watch_row {
	const char *number, *title, *type;
	const char *pick;                /* number:version, for the box to tick */
	const char *age;                 /* 收到 12 天 */
	const char *whose;               /* 市城市管理局　王芳 */
	struct url whose_url;            /* who that is; .s NULL */
	struct part_status status;
	const char *stage;               /* 签收时限：超期 1 个工作日; NULL */
	const char *stage_css, *stage_light;
	const char *due, *left, *css, *light;
	const char *still;               /* 最近进展：签收，10月8日 */
	const char *signs;               /* 写信人催过、追问 1 次; "" */
	const char *pushed;              /* 提醒 1 次、催办 2 次，最近 10月13日; "" */
	const char *answered;            /* 10月14日反馈：…; "" */
	const char *order;               /* 督办令待签收; "" */
	struct url order_url;
	struct url act;                  /* POST: remind, urge */
	int64_t version;                 /* of the letter, for that form */
	struct url supervise, circularise; /* pages with a text to write; .s NULL: an order is open */
	bool late;
	bool petition;                   /* by its nature */
	bool simulated;                  /* the system asked it itself */
};

/* What is late, stands still or comes again, and what can be done about it. */
struct view_desk_watch {
	const struct frame *frame;
	struct part_tabs nav;
	const char *heading;
	const struct choice *tabs;       /* as links with counts */
	size_t tabs_n;
	const char *tab;                 /* the code of the one that is shown */
	const struct choice *units, *types, *lights, *stages, *presses, *ages, *officers, *topics;
	size_t units_n, types_n, lights_n, stages_n, presses_n, ages_n, officers_n, topics_n;
	bool filtered, more;             /* more: one of the folded filters is set */
	struct url clear;
	const char *found, *empty;
	const char *oldest_number;       /* "" when nothing is open */
	const char *oldest;              /* 9月1日收到，离三个月还有 12 天 */
	const char *oldest_css;
	bool may_urge, may_supervise, may_circularise, may_remind, picks;
	const char *filter;              /* the list, named */
	const struct choice *acts;       /* what can be done to many */
	size_t acts_n;
	const struct desk_watch_row *rows;
	size_t rows_n;
	struct url next, first;
};

void view_desk_watch(struct str *o, const struct view_desk_watch *v);

#endif
