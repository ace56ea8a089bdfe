/* db - the database connection: typed, prepared once, whole transactions retried.
 *
 * Only functions made by sqlgen from sql/queries call db_one(), db_many() and db_exec(); only store files call
 * those. A statement is prepared at its first use and kept. A lost connection is opened again at the next
 * use outside a transaction; within one, db_tx() runs the whole function again. Auto-reconnect of the client
 * library stays off: it would lose session settings and transactions in silence.
 * One connection, one thread. Isolation is READ COMMITTED: each change locks its letter with FOR UPDATE and
 * carries the version it was based on. */
#ifndef DB_H
#define DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "err.h"

struct db;

/* Types of sql/queries: int bool time date real text blob. A nullable text is NULL, a nullable time or date
 * TIME_NONE or DAY_NONE (clock.h), a nullable int or real a pointer that is NULL, a nullable blob has p NULL. */
enum db_type { DB_INT, DB_BOOL, DB_TIME, DB_DATE, DB_REAL, DB_TEXT, DB_BLOB };
struct db_blob { const void *p; size_t n; };
struct db_col { const char *name; enum db_type type; bool null; size_t offset; };
struct db_query {
	const char *name;
	const char *sql;
	const char *accounts;        /* who may run it: "public desk", for the grants test */
	const char *where;           /* file:line it was written in */
	const struct db_col *in;
	const struct db_col *out;
	size_t n_in, n_out, row_size;
	unsigned id;                 /* index into db_queries[] */
};
/* All queries, made by sqlgen. */
extern const struct db_query *const db_queries[];
extern const size_t db_queries_n;

/* Connects as `account` (ms_<account> in the database) with the secret db_<account>. The connection is made
 * at the first use. Never fails here; *ret lives until db_close(). */
void db_open(const char *account, struct db **ret);
/* For migrate alone: as the operating system's user through unix_socket, without a database chosen. */
void db_open_admin(const char *socket, struct db **ret);
void db_close(struct db *db);

/* args points to a struct whose members lie at the offsets of q->in. *ret_row / *ret_rows in the arena.
 * db_one: ERR_NOTFOUND for no row. db_exec: rows affected and last insert id (either may be NULL).
 * ERR_DUP for a unique key (1062), ERR_RETRY for 1213, 1205, 1020 and 1047 (db_tx handles it; outside of it the
 * statement is run again as often, but for 1205), ERR_DB for the rest; ERR_FULL when the disk is full. */
int db_one(struct db *db, struct arena *a, const struct db_query *q, const void *args, void *ret_row) MUST_CHECK;
int db_many(struct db *db, struct arena *a, const struct db_query *q, const void *args, void **ret_rows,
            size_t *ret_n) MUST_CHECK;
int db_exec(struct db *db, const struct db_query *q, const void *args, int64_t *ret_affected,
            int64_t *ret_id) MUST_CHECK;

/* Runs fn(db, arg) in a transaction and commits when it returns 0, else rolls back and returns its error.
 * The whole function is run again (5 times at most, with jitter) on ERR_RETRY or when the connection was
 * lost before COMMIT, so fn must have no effect outside the database. When the connection is lost during
 * COMMIT the outcome is not known: ERR_UNSURE; the caller looks it up by its idempotency key.
 * Nested calls join the outer transaction. */
int db_tx(struct db *db, int (*fn)(struct db *db, void *arg), void *arg) MUST_CHECK;
/* For long readings: fn sees everything as of one moment, however long it takes, and can change nothing. Run once; an
 * error of the database is the caller's to deal with. Not within another transaction. */
int db_read_tx(struct db *db, int (*fn)(struct db *db, void *arg), void *arg) MUST_CHECK;
bool db_in_tx(const struct db *db);

/* The text form, for the migration runner and the tests only; one statement a call. */
int db_raw(struct db *db, const char *sql) MUST_CHECK;
/* As db_raw(), and the first column of the first row as text; "" when there is no row, NULL counts as "". */
int db_raw_one(struct db *db, struct arena *a, const char *sql, const char **ret) MUST_CHECK;
/* The number of the server's last error, for the migration runner: 0 for none. */
unsigned db_last_errno(const struct db *db);
/* Prepares q and compares numbers and types of columns with its header. ERR_BUG with what differs. */
int db_check(struct db *db, const struct db_query *q) MUST_CHECK;

/* Queries and microseconds since db_stats_reset(), for the request log. */
void db_stats(const struct db *db, unsigned *ret_n, int64_t *ret_us);
void db_stats_reset(struct db *db);

#endif
