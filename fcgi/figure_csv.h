/* figure_csv - the figures of a period as a table for spreadsheets: /figures.csv of the desk and /stats.csv. */
#ifndef FIGURE_CSV_H
#define FIGURE_CSV_H

#include "figure_ask.h"

/* The answer as a file: one line for all, one for the same days a year before, then by type, topic, finer topic and
 * unit; every column of figure_table.h. r: with want_before. */
void figure_csv(struct page *p, const struct stats_report *r);

#endif
