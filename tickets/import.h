/* import - `minshengctl import FILE.csv --map MAP.json`: letters from an older mailbox, by the thousand.
 *
 * Letters are written by the hundred, one transaction a batch, with its progress (table job). A letter is known by
 * (system, old number): what is there already is passed over, so that a run that was killed is simply started again,
 * and one that is repeated changes nothing. Rows that cannot be taken are reported and do not stop the others. */
#ifndef IMPORT_H
#define IMPORT_H

#include "db.h"

/* argv: what follows the word import. a: for as long as the run. Writes progress and reports to standard error, with
 * --help the help to standard output. Returns 0 when every row is in the database, 1 when some was not taken, 64 for
 * wrong arguments (said); or an error: of the map, of the table's first row, of the database. What had been committed
 * stays. */
int import_run(struct db *db, struct arena *a, int argc, char **argv) MUST_CHECK;

#endif
