#ifndef VIEW_DESK_FROZEN_H
#define VIEW_DESK_FROZEN_H

#include "_tabs.h"
#include "form.h"
#include "frame.h"
#include "view.h"

struct frozen_change { const char *where; const char *what; const char *was; const char *is; };

struct frozen_figure { const char *name; const char *value; const char *definition; };

struct view_desk_frozen {
	const struct frame *frame;
	struct part_tabs nav;
	int64_t id;
	const char *name;
	const char *span;                /* 2026年9月1日 至 2026年9月30日 */
	const char *from;                /* 2026-09-01, for links */
	const char *to;
	const char *made;                /* 岳督查，10月8日 09:12 */
	const char *sealed;              /* "": nobody has signed it */
	const char *note;
	const char *hash;
	bool intact;                     /* the bytes are those that were hashed */
	bool may;                        /* sign */
	const char *problem;             /* "" */
	const struct frozen_figure *figures;  /* of all letters together */
	size_t figures_n;
	const struct frozen_change *changes;
	size_t changes_n;
};

void view_desk_frozen(struct str *o, const struct view_desk_frozen *v);

struct frozen_row {
	int64_t id;
	const char *name;
	const char *span;
	const char *made;
	const char *sealed;
};

struct view_desk_frozen_list {
	const struct frame *frame;
	struct part_tabs nav;
	const struct frozen_row *rows;
	size_t rows_n;
	const char *name;
	const char *from;
	const char *to;
	const struct form *form;         /* mistakes */
	const char *name_error;          /* NULL */
	const char *from_error;
	const char *to_error;
	bool may;
};

void view_desk_frozen_list(struct str *o, const struct view_desk_frozen_list *v);

#endif
