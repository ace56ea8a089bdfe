#ifndef VIEW_INSPECT_H
#define VIEW_INSPECT_H

#include "_tabs.h"

/* One thing an inspection looks at. */
struct inspect_row {
	const char *name;                /* 公开答复的更新 */
	const char *css, *light;         /* class and word of the light: lx-tag--red, 红牌 */
	const char *now;                 /* 最近一次公开答复是 9月1日，已有 29 天 */
	const char *limit;               /* 2 个月 */
	const char *next;                /* 10月1日（星期四）起黄牌; "" */
	const char *ground;              /* 国办秘函〔2019〕19号：… */
	const char *todo;                /* what to do, by whom */
	struct url url;                  /* the list behind it; .s NULL: none */
	const char *url_text;
};

struct inspect_alarm {
	const char *name, *css, *light, *words, *due, *at, *state;
};

/* The cockpit: every veto and deduction as a live number. */
struct view_inspect {
	const struct frame *frame;
	struct part_tabs nav;
	struct part_tabs tabs;
	const char *summary;             /* 1 项红牌、2 项预警，其余正常 */
	const char *cutoff;
	const struct inspect_row *rows;
	size_t rows_n;
	const struct inspect_alarm *alarms;
	size_t alarms_n;
};

void view_inspect(struct str *o, const struct view_inspect *v);

#endif
