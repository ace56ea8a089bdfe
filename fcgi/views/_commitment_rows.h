#ifndef PART_COMMITMENT_ROWS_H
#define PART_COMMITMENT_ROWS_H

#include "_status.h"
#include "view.h"

/* What one answer promised for a day. */
struct commitment_row {
	struct url url;                  /* the letter */
	const char *title, *unit;
	struct url unit_url;
	const char *made_on, *promised_on, *kept_on;   /* 2026-11-02; kept_on "" */
	struct part_status status;
};

struct part_commitment_rows {
	const struct commitment_row *rows;
	size_t rows_n;
	const char *caption;             /* read out before the table */
};

void part_commitment_rows(struct str *o, const struct part_commitment_rows *v);

#endif
