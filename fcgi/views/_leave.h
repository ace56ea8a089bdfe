#ifndef PART_LEAVE_H
#define PART_LEAVE_H

#include "_admin_form.h"

/* When somebody is away or stands in, and forms to say so. */
struct leave_row {
	const char *words;
	bool mine;                       /* away oneself: it can be ended */
	struct part_admin_form end;
};
struct part_leave {
	const struct leave_row *rows;
	size_t rows_n;
	bool may;                        /* a leave may be registered */
	const char *why_not;
	struct part_admin_form add;
};

void part_leave(struct str *o, const struct part_leave *v);

#endif
