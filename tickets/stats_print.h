/* stats_print - the figures of a period as text and as JSON, with their definitions; and `minshengctl stats`. */
#ifndef STATS_PRINT_H
#define STATS_PRINT_H

#include "stats.h"

/* {"from","to","cut_off","definitions":{measure:{"name","definition"}},"total":{…},"years":[{"year":2019,…}],
 * "types":[{"type","name",…}],"topics":[{"topic","name",…}],"units":[{"id","name",…}]}. A line has every measure and
 * overdue_open as a number, every rate of STATS_RATES ("97.53" percent), median_workdays and p90_workdays (numbers),
 * mean_workdays ("8.1"); what there is nothing to work out from is null, and so is the topic of letters without one.
 * Served as /stats.json. cut_off: the moment up to which changes are counted. */
void stats_json(struct str *o, const struct stats *s, int64_t cut_off);
/* The same for reading: tables by year, type and unit, then the definitions. */
void stats_text(struct str *o, const struct stats *s, int64_t cut_off);

/* `minshengctl stats --from D --to D [--unit U] [--json]`, `stats --check`, `stats --repair`. argv[0] is the word
 * stats; U a unit's code or name. Writes to standard output, what is wrong to standard error; returns the exit code: 0,
 * 1 when figures do not agree with the letters or something failed, 64 for wrong arguments. */
int stats_command(struct db *db, struct arena *a, int argc, char **argv);

#endif
