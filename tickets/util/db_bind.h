/* db_bind - values on their way into a statement and out of it. For db.c alone.
 *
 * Fixed-size types are bound directly; texts first into a scratch and, when longer, fetched again at their full
 * length, so that nothing is ever cut. */
#ifndef DB_BIND_H
#define DB_BIND_H

#include <mysql.h>

#include "arena.h"
#include "db.h"

#define DB_SCRATCH_BYTES 512

/* One column while it is bound. */
struct db_cell {
	unsigned long length;
	my_bool is_null;
	my_bool error;
	union {
		long long n;
		double real;
		MYSQL_TIME time;
		char text[DB_SCRATCH_BYTES];
	} u;
};

/* args: the struct of the parameters, which must live until the statement has run. */
void db_bind_in(const struct db_col *col, const void *args, MYSQL_BIND *b, struct db_cell *c);
void db_bind_out(const struct db_col *col, MYSQL_BIND *b, struct db_cell *c);
/* Column i of the row that was just fetched, into the struct at row; texts and blobs are the arena's. */
void db_take(MYSQL_STMT *st, struct arena *a, const struct db_query *q, unsigned i, struct db_cell *c, void *row);

#endif
