#ifndef VIEW_DESK_BLOCKS_H
#define VIEW_DESK_BLOCKS_H

#include "choice.h"
#include "form.h"
#include "frame.h"

struct block_row {
	int64_t id;
	const char *title, *body, *type, *whose;
	struct url edit;                 /* .s NULL: not this person's */
};

/* Text blocks: all that this person may use; one form, to add or to change. Fields: id whose type title body do (put,
 * drop). */
struct view_desk_blocks {
	const struct frame *frame;
	const struct form *form;
	const struct block_row *rows;
	size_t rows_n;
	int64_t id;                      /* the one that is changed; 0: a new one */
	const char *whose;               /* of the one that is changed */
	const char *title, *body;
	const struct choice *owners;     /* of a new one */
	size_t owners_n;
	const struct choice *types;
	size_t types_n;
};

void view_desk_blocks(struct str *o, const struct view_desk_blocks *v);

#endif
