/* due - the text work of `minshengctl due`: when is something received then due after so many working days?
 *
 * RECEIVED is 2026-02-13, which is day 0 whatever day it is, or 2026-02-13T10:00 (Asia/Shanghai), to which the
 * office hours apply. N is 0 to CALENDAR_ADD_MAX working days. Called by ctl.c alone; reads and writes the
 * streams it is given and nothing else. */
#ifndef DUE_H
#define DUE_H

#include <stdio.h>

#include "calendar.h"

/* Lines RECEIVED<TAB>N of `in` become RECEIVED<TAB>N<TAB>DUE<TAB>final|provisional on `out`. A line may end
 * in CR LF, and the file begin with a byte order mark. Any other line, an empty one too, is reported on `err`
 * with its number and the rest goes on. Returns 0, 1 when a line was bad, ERR_IO when a stream failed. */
int due_batch(const struct calendar *cal, const struct office_hours *hours, FILE *in, FILE *out, FILE *err) MUST_CHECK;

/* The account, day by day, in Chinese on `out`. Returns 0, 1 when received or n is not of the form above
 * (said on `err`), or the error of sla_explain(). */
int due_explain(struct arena *a, const struct calendar *cal, const struct office_hours *hours, const char *received,
                const char *n, FILE *out, FILE *err) MUST_CHECK;

#endif
