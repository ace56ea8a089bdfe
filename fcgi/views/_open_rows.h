#ifndef PART_OPEN_ROWS_H
#define PART_OPEN_ROWS_H

#include "view.h"

/* One published letter in a list. */
struct open_row {
	struct url url;              /* /open/ID */
	const char *number;
	struct safe_html title;      /* search words are marked */
	struct safe_html extract;    /* how the answer begins, or where the words stand in it; empty: not shown */
	const char *type;            /* 投诉 */
	const char *accepted_on;     /* 2026-11-02 */
	const char *replied_on;
	const char *unit;
	const char *state;           /* 已办结 */
	const char *result;          /* 已解决; "" */
};

struct part_open_rows {
	const struct open_row *rows;
	size_t rows_n;
	const char *caption;         /* read out before the table */
};

void part_open_rows(struct str *o, const struct part_open_rows *v);

#endif
