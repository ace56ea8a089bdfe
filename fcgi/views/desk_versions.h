#ifndef VIEW_DESK_VERSIONS_H
#define VIEW_DESK_VERSIONS_H

#include "_diff.h"
#include "form.h"
#include "frame.h"

struct version_row {
	int64_t id;
	const char *when, *who, *event;
	const char *changed;             /* +120 −15 字 */
	const char *note;                /* said when it was handed in; "" */
	const char *round;               /* 第 2 轮; "" */
	bool older, newer;               /* the two that are compared */
	bool restores;                   /* may be made the draft again */
};

/* All that was saved of an answer: compare any two, take an old one up again. */
struct view_desk_versions {
	const struct frame *frame;
	const struct form *form;
	const char *number, *title;
	struct url url, back;
	const char *back_text;
	const struct version_row *rows;
	size_t rows_n;
	int64_t draft_version;
	const char *older, *newer;       /* 9月29日 16:00　张三; "" when there is nothing to compare */
	struct part_diff diff;
	bool same;
	const char *problem;             /* why it could not be restored; "" */
};

void view_desk_versions(struct str *o, const struct view_desk_versions *v);

#endif
