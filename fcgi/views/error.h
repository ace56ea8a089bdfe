#ifndef VIEW_ERROR_H
#define VIEW_ERROR_H

#include "frame.h"

struct view_error {
	const struct frame *frame;
	bool desk;
	const char *heading;
	const char *advice;      /* "" for none */
	const char *rid;
};
void view_error(struct str *o, const struct view_error *v);

#endif
