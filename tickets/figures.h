/* figures - numbers of the statistics as pages and papers show them: 1,204, 96.3%, 5.2, or — when there is nothing
 * to count. */
#ifndef FIGURES_H
#define FIGURES_H

#include "arena.h"
#include "stats.h"

/* 1,204 */
const char *figure_count(struct arena *a, int64_t n);
/* part of whole in percent with one decimal, rounded half up; "—" when whole is 0. */
const char *figure_share(struct arena *a, int64_t part, int64_t whole);
/* Tenths: 52 → "5.2"; "—" when negative. */
const char *figure_tenths(struct arena *a, int64_t tenths);
/* 按期答复率 of a line. */
const char *figure_on_time(struct arena *a, const struct stats_line *line);

#endif
