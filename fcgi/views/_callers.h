#ifndef PART_CALLERS_H
#define PART_CALLERS_H

#include "_status.h"
#include "view.h"

/* Other letters: of the same number, or that look alike. */
struct callers_row {
	struct url url;              /* .s NULL: this person may not read it */
	const char *number, *title, *on;
	struct part_status status;
};
struct part_callers {
	const struct callers_row *rows;
	size_t rows_n;
};

void part_callers(struct str *o, const struct part_callers *v);

#endif
