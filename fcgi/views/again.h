#ifndef VIEW_AGAIN_H
#define VIEW_AGAIN_H

#include "frame.h"

struct again_field { const char *id; const char *name; const char *value; const char *label; };

/* What was typed, to be sent once more. */
struct view_again {
	const struct frame *frame;
	bool desk;
	const char *heading;
	const char *advice;
	struct url login;              /* opens in a new tab; s NULL when not needed */
	struct url action;
	const struct again_field *texts;    /* to read and edit */
	size_t texts_n;
	const struct again_field *hidden;
	size_t hidden_n;
};
void view_again(struct str *o, const struct view_again *v);

#endif
