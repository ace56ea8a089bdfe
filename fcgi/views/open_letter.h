#ifndef VIEW_OPEN_LETTER_H
#define VIEW_OPEN_LETTER_H

#include "_open_rows.h"
#include "frame.h"

/* One published letter. */
struct view_open_letter {
	const struct frame *frame;
	const char *number;
	const char *title;
	const char *type;
	const char *topic;               /* 城市管理，路灯照明; NULL */
	struct url topic_url;
	const char *place;               /* NULL */
	struct url place_url;
	const char *unit;
	struct url unit_url;             /* its page */
	const char *helpers;             /* 市水务局、市交通局; "" */
	const char *received_on;         /* 2026年11月2日 */
	const char *accepted_on;
	const char *replied_on;
	const char *published_on;
	const char *corrected_on;        /* NULL: as it was first published */
	const char *workdays;            /* 6 个工作日 */
	struct url days;                 /* which days those are */
	const char *state;               /* 已办结 */
	const char *result;              /* 已解决; "" */
	const char *grade;               /* 满意; 未评价 */
	bool summary;                    /* not in full */
	struct safe_html body;           /* of a summary: that it is one */
	struct safe_html reply;
	const char *link;                /* https://…/open/12: for ever */
	struct safe_html qr;
	struct url helpful;              /* where 有帮助 is sent */
	const char *helped;              /* 12 人次认为这封答复有帮助。; NULL */
	bool thanks;                     /* it was just said */
	struct part_open_rows similar;   /* none: not shown */
};

void view_open_letter(struct str *o, const struct view_open_letter *v);

#endif
