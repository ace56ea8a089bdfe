#ifndef VIEW_INSPECT_PATROL_H
#define VIEW_INSPECT_PATROL_H

#include "_admin_form.h"
#include "_tabs.h"
#include "form.h"

struct patrol_target_row {
	int64_t id;
	const char *name, *path, *holds;
	bool active;
	const char *css, *state;         /* of the last visit: 正常, 打不开（超过 15 秒） */
	const char *last;                /* 11月20日 09:12，0.2 秒 */
	const char *week;                /* 168 次，失败 1 次 */
	const char *share;               /* 0.60% */
	const char *slowest;             /* 1.2 秒 */
	const char *often;               /* 最近 24 小时 24 次，要求至少 20 次 */
	const char *foot;                /* what its foot lacks; "" */
};
struct patrol_failure { const char *when, *name, *why, *took; };
struct patrol_note_row { const char *when, *who, *result, *css, *words, *done; };

/* Visits of the week, what failed, the rounds of people. */
struct view_inspect_patrol {
	const struct frame *frame;
	struct part_tabs nav;
	struct part_tabs tabs;
	const struct form *form;
	const char *share;               /* 最近 7 天访问 1176 次，失败 3 次（0.26%） */
	const char *css, *light;
	const struct patrol_target_row *targets;
	size_t targets_n;
	const struct patrol_failure *failures;
	size_t failures_n;
	const struct patrol_note_row *notes;
	size_t notes_n;
	struct url older;
	const struct part_admin_form *note;     /* NULL: not this person's */
	const struct part_admin_form *add;
};

void view_inspect_patrol(struct str *o, const struct view_inspect_patrol *v);

#endif
