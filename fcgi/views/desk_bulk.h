#ifndef VIEW_DESK_BULK_H
#define VIEW_DESK_BULK_H

#include "choice.h"
#include "form.h"
#include "frame.h"

/* One of the ticked letters: what would happen to it, or what has. */
struct desk_bulk_row {
	const char *pick;                /* number:version */
	const char *number, *title;
	struct url url;
	const char *state;               /* 待分办 */
	const char *why;                 /* why not; "" */
	const char *undo;                /* 撤回分办; "" */
	struct url undo_url;
};

/* Before (done false) and after an action on many letters. */
struct view_desk_bulk {
	const struct frame *frame;
	const char *heading;             /* 分办 12 封信件 */
	const char *code, *button;       /* of the action */
	const char *list;                /* the filter it was chosen in */
	const char *from;                /* watch: of the watch desk; "" */
	struct url back;
	const char *problem;             /* nothing was ticked, nothing can be done; "" */
	const char *hint;
	const struct form *form;         /* mistakes */
	const struct desk_bulk_row *can, *cannot;
	size_t can_n, cannot_n;
	bool done;
	bool units_label, officers_label;
	const struct choice *units, *officers;
	size_t units_n, officers_n;
	const char *text_label;          /* NULL: no words */
	bool text_optional;
	const char *text;
};

void view_desk_bulk(struct str *o, const struct view_desk_bulk *v);

#endif
