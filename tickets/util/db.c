/* db - see db.h. How values are bound and taken: db_bind.h. */
#include "db.h"

#include <mysql.h>
#include <errmsg.h>
#include <mysqld_error.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "conf.h"
#include "db_bind.h"
#include "log.h"

#define COLS_MAX 64
#define TX_TRIES 6

struct db {
	MYSQL *my;
	char account[32];
	const char *admin_socket; /* not NULL: migrate's way in */
	unsigned last_errno;
	MYSQL_STMT **stmts;
	int depth;       /* of nested db_tx() */
	bool lost;       /* the connection went away since the outermost db_tx() began */
	unsigned queries;
	int64_t us;
};

void db_open(const char *account, struct db **ret)
{
	struct db *db = calloc(1, sizeof *db);

	must(db);
	/* The client's own first time (name services, TLS settings) belongs before any sandbox. */
	must(mysql_library_init(0, NULL, NULL) == 0);
	db->stmts = calloc(db_queries_n ? db_queries_n : 1, sizeof *db->stmts);
	must(db->stmts);
	snprintf(db->account, sizeof db->account, "%s", account);
	*ret = db;
}

void db_open_admin(const char *socket, struct db **ret)
{
	db_open("admin", ret);
	(*ret)->admin_socket = socket;
}

static void disconnect(struct db *db)
{
	for (size_t i = 0; i < db_queries_n; i++) {
		if (db->stmts[i])
			mysql_stmt_close(db->stmts[i]);
		db->stmts[i] = NULL;
	}
	if (db->my)
		mysql_close(db->my);
	db->my = NULL;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	disconnect(db);
	free(db->stmts);
	free(db);
}

static bool means_lost(unsigned code)
{
	return code == CR_SERVER_GONE_ERROR || code == CR_SERVER_LOST || code == CR_CONNECTION_ERROR ||
	       code == CR_CONN_HOST_ERROR || code == ER_SERVER_SHUTDOWN || code == ER_CONNECTION_KILLED;
}

/* Turns a client or server error into one of ours, and lets go of a connection that is gone. */
static int failed(struct db *db, unsigned code, const char *message, const char *what)
{
	db->last_errno = code;
	if (means_lost(code)) {
		err_set(ERR_DB, "%s: lost: %u %s", what, code, message);
		db->lost = true;
		disconnect(db); /* frees message */
		return ERR_DB;
	}
	switch (code) {
	case ER_DUP_ENTRY:
		return err_set(ERR_DUP, "%s: %s", what, message);
	case ER_LOCK_DEADLOCK:
	case ER_LOCK_WAIT_TIMEOUT:
	case ER_CHECKREAD:
	case ER_UNKNOWN_COM_ERROR: /* 1047: a cluster node outside its cluster */
		return err_set(ERR_RETRY, "%s: %u %s", what, code, message);
	case ER_DISK_FULL:
	case ER_RECORD_FILE_FULL:
		return err_set(ERR_FULL, "%s: %u %s", what, code, message);
	default:
		return err_set(ERR_DB, "%s: %u %s", what, code, message);
	}
}

/* unix_socket accounts carry the name of the operating system's user. */
static void account_name(const struct db *db, char *ret, size_t cap)
{
	const struct passwd *pw = db->admin_socket ? getpwuid(geteuid()) : NULL;

	snprintf(ret, cap, "%s%s", db->admin_socket ? "" : "ms_",
	         db->admin_socket ? (pw ? pw->pw_name : "root") : db->account);
}

static int connect_now(struct db *db)
{
	static const char init[] = "SET SESSION time_zone='+00:00', tx_isolation='READ-COMMITTED', "
	                           "sql_mode='STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO,"
	                           "NO_ZERO_DATE,NO_ZERO_IN_DATE'";
	bool long_work = db->admin_socket || strcmp(db->account, "migrate") == 0 || strcmp(db->account, "paperd") == 0 ||
	                 strcmp(db->account, "searchd") == 0;
	unsigned connect_s = 3, io_s = long_work ? 3600 : 6, off = 0;
	struct arena *a;
	const char *password = NULL;
	char user[64];
	int r = 0;

	if (db->my)
		return 0;
	a = arena_new(1 << 16);
	if (conf_secret(a, arena_printf(a, "db_%s", db->account), &password) < 0)
		password = NULL; /* production: the account is bound to the OS user through unix_socket */
	account_name(db, user, sizeof user);
	db->my = mysql_init(NULL);
	must(db->my);
	mysql_options(db->my, MYSQL_OPT_CONNECT_TIMEOUT, &connect_s);
	mysql_options(db->my, MYSQL_OPT_READ_TIMEOUT, &io_s);
	mysql_options(db->my, MYSQL_OPT_WRITE_TIMEOUT, &io_s);
	mysql_options(db->my, MYSQL_OPT_LOCAL_INFILE, &off);
	mysql_options(db->my, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	mysql_options(db->my, MYSQL_INIT_COMMAND, init);
	if (long_work)
		mysql_options(db->my, MYSQL_INIT_COMMAND, "SET SESSION max_statement_time=0");
	if (!mysql_real_connect(db->my, NULL, user, password, db->admin_socket ? NULL : conf.db_name, 0,
	                        db->admin_socket ? db->admin_socket : conf.db_socket, CLIENT_FOUND_ROWS)) {
		r = err_set(ERR_DB, "connect as %s: %u %s", user, mysql_errno(db->my), mysql_error(db->my));
		db->lost = true;
		disconnect(db);
	}
	arena_free(a);
	return r;
}

static int prepare(struct db *db, const struct db_query *q, MYSQL_STMT **ret)
{
	MYSQL_STMT *st;
	int r;

	/* The transaction went with its connection: nothing more may run as part of it. */
	if (db->depth && db->lost)
		return ERR_DB;
	if ((r = connect_now(db)) < 0)
		return r;
	if (db->stmts[q->id]) {
		*ret = db->stmts[q->id];
		return 0;
	}
	st = mysql_stmt_init(db->my);
	must(st);
	if (mysql_stmt_prepare(st, q->sql, strlen(q->sql))) {
		unsigned code = mysql_stmt_errno(st);
		char message[256];

		snprintf(message, sizeof message, "%s", mysql_stmt_error(st));
		mysql_stmt_close(st);
		return failed(db, code, message, q->name);
	}
	db->stmts[q->id] = st;
	*ret = st;
	return 0;
}

/* Binds and executes; the statement is ready for fetching. */
static int execute(struct db *db, const struct db_query *q, const void *args, MYSQL_STMT **ret)
{
	MYSQL_BIND in[COLS_MAX] = { 0 };
	struct db_cell *cells = calloc(q->n_in ? q->n_in : 1, sizeof *cells);
	MYSQL_STMT *st = NULL;
	int r;

	must(cells && q->n_in <= COLS_MAX && q->n_out <= COLS_MAX);
	r = prepare(db, q, &st);
	if (r == 0) {
		for (size_t i = 0; i < q->n_in; i++)
			db_bind_in(&q->in[i], args, &in[i], &cells[i]);
		if ((q->n_in && mysql_stmt_bind_param(st, in)) || mysql_stmt_execute(st))
			r = failed(db, mysql_stmt_errno(st), mysql_stmt_error(st), q->name);
	}
	free(cells);
	*ret = st;
	return r;
}

/* What ends a result between two rows (a deadlock, a lost server) is left in the connection. */
static int fetch_failed(struct db *db, const struct db_query *q, MYSQL_STMT *st)
{
	if (mysql_stmt_errno(st) != 0)
		return failed(db, mysql_stmt_errno(st), mysql_stmt_error(st), q->name);
	return failed(db, mysql_errno(db->my), mysql_error(db->my), q->name);
}

/* Twice the room for rows, or the first of it. */
static char *grow(struct arena *a, const char *rows, size_t n, size_t *cap, size_t most, size_t row_size)
{
	char *grown;

	*cap = *cap ? *cap * 2 : most == 1 ? 1 : 16;
	grown = arena_array(a, *cap, row_size);
	if (n)
		memcpy(grown, rows, n * row_size);
	return grown;
}

static int fetch_rows(struct db *db, struct arena *a, const struct db_query *q, MYSQL_STMT *st, size_t most,
                      void **ret_rows, size_t *ret_n)
{
	struct db_cell *cells = calloc(q->n_out, sizeof *cells);
	MYSQL_BIND out[COLS_MAX] = { 0 };
	char *rows = NULL;
	size_t n = 0, cap = 0;
	int r;

	must(cells);
	for (size_t i = 0; i < q->n_out; i++)
		db_bind_out(&q->out[i], &out[i], &cells[i]);
	must(mysql_stmt_bind_result(st, out) == 0);
	while ((r = mysql_stmt_fetch(st)) == 0 || r == MYSQL_DATA_TRUNCATED) {
		if (n == cap)
			rows = grow(a, rows, n, &cap, most, q->row_size);
		for (unsigned i = 0; i < q->n_out; i++)
			db_take(st, a, q, i, &cells[i], rows + n * q->row_size);
		if (++n == most)
			break;
	}
	free(cells);
	*ret_rows = rows;
	*ret_n = n;
	if (r == 1)
		return fetch_failed(db, q, st);
	mysql_stmt_free_result(st);
	return 0;
}

/* 20, 40, 80 … ms and up to as much again, so that two that collided do not collide again. */
static void back_off(int try)
{
	long ms = (20L << try) + (long)(clock_mono_us() % (20L << try));
	struct timespec ts = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&ts, NULL);
}

/* A statement by itself is a transaction of its own: what it met was rolled back with all of it, so it is run again,
 * as db_tx() would. Not after a wait for a lock, which took long enough. */
static bool once_more(const struct db *db, int r, int try)
{
	if (r != ERR_RETRY || db->depth > 0 || db->last_errno == ER_LOCK_WAIT_TIMEOUT || try + 1 >= TX_TRIES)
		return false;
	back_off(try);
	return true;
}

/* A read outside a transaction is tried once more on a new connection. */
static int read_rows(struct db *db, struct arena *a, const struct db_query *q, const void *args, size_t most,
                     void **ret_rows, size_t *ret_n)
{
	int64_t from = clock_mono_us();
	int r = 0;

	for (int try = 0;; try++) {
		MYSQL_STMT *st;

		db->lost = db->depth ? db->lost : false;
		r = execute(db, q, args, &st);
		if (r == 0)
			r = fetch_rows(db, a, q, st, most, ret_rows, ret_n);
		if (r == 0 || db->depth || !(db->lost ? try == 0 : once_more(db, r, try)))
			break;
	}
	db->queries++;
	db->us += clock_mono_us() - from;
	return r;
}

int db_one(struct db *db, struct arena *a, const struct db_query *q, const void *args, void *ret_row)
{
	void *rows;
	size_t n;
	int r = read_rows(db, a, q, args, 1, &rows, &n);

	if (r < 0)
		return r;
	if (n == 0)
		return err_set(ERR_NOTFOUND, "%s: no row", q->name);
	memcpy(ret_row, rows, q->row_size);
	return 0;
}

int db_many(struct db *db, struct arena *a, const struct db_query *q, const void *args, void **ret_rows, size_t *ret_n)
{
	return read_rows(db, a, q, args, SIZE_MAX, ret_rows, ret_n);
}

int db_exec(struct db *db, const struct db_query *q, const void *args, int64_t *ret_affected, int64_t *ret_id)
{
	int64_t from = clock_mono_us();
	MYSQL_STMT *st;
	int r = execute(db, q, args, &st);

	for (int try = 0; once_more(db, r, try); try++)
		r = execute(db, q, args, &st);
	if (r == 0 && ret_affected)
		*ret_affected = (int64_t)mysql_stmt_affected_rows(st);
	if (r == 0 && ret_id)
		*ret_id = (int64_t)mysql_stmt_insert_id(st);
	db->queries++;
	db->us += clock_mono_us() - from;
	return r;
}

int db_raw(struct db *db, const char *sql)
{
	const char *ignored;

	return db_raw_one(db, NULL, sql, &ignored);
}

int db_raw_one(struct db *db, struct arena *a, const char *sql, const char **ret)
{
	MYSQL_RES *res;
	MYSQL_ROW row;
	int r = connect_now(db);

	if (r < 0)
		return r;
	if (mysql_real_query(db->my, sql, strlen(sql)))
		return failed(db, mysql_errno(db->my), mysql_error(db->my), "raw");
	*ret = "";
	if ((res = mysql_store_result(db->my))) {
		row = mysql_fetch_row(res);
		if (row && row[0] && a)
			*ret = arena_strdup(a, row[0]);
		mysql_free_result(res);
	}
	return 0;
}

unsigned db_last_errno(const struct db *db)
{
	return db->last_errno;
}

static int timed_raw(struct db *db, const char *sql)
{
	int64_t from = clock_mono_us();
	int r = db_raw(db, sql);

	db->queries++;
	db->us += clock_mono_us() - from;
	return r;
}

static int tx_once(struct db *db, const char *begin, int (*fn)(struct db *db, void *arg), void *arg)
{
	int r;

	db->lost = false;
	if ((r = timed_raw(db, begin)) < 0)
		return r;
	db->depth = 1;
	r = fn(db, arg);
	db->depth = 0;
	if (r == 0 && db->lost)
		r = ERR_DB;
	if (r == 0) {
		r = timed_raw(db, "COMMIT");
		if (r < 0 && db->lost)
			return err_set(ERR_UNSURE, "connection lost during COMMIT");
		if (r == 0)
			return 0;
	}
	if (db->my && mysql_real_query(db->my, "ROLLBACK", 8))
		disconnect(db);
	return r;
}

int db_tx(struct db *db, int (*fn)(struct db *db, void *arg), void *arg)
{
	int r = 0;

	if (db->depth) {
		db->depth++;
		r = fn(db, arg);
		db->depth--;
		return r;
	}
	for (int try = 0; try < TX_TRIES; try++) {
		r = tx_once(db, "START TRANSACTION", fn, arg);
		if (r == 0 || r == ERR_UNSURE || (r != ERR_RETRY && !db->lost))
			return r;
		back_off(try);
	}
	return r;
}

int db_read_tx(struct db *db, int (*fn)(struct db *db, void *arg), void *arg)
{
	int r = timed_raw(db, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");

	must(db->depth == 0);
	return r < 0 ? r : tx_once(db, "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY", fn, arg);
}

bool db_in_tx(const struct db *db)
{
	return db->depth > 0;
}

/* The column types of the server that each of ours may be read from. */
static const enum enum_field_types fits[][10] = {
	[DB_INT] = { MYSQL_TYPE_TINY, MYSQL_TYPE_SHORT, MYSQL_TYPE_LONG, MYSQL_TYPE_INT24, MYSQL_TYPE_LONGLONG,
	             MYSQL_TYPE_NEWDECIMAL, MYSQL_TYPE_YEAR, MYSQL_TYPE_BIT },
	[DB_BOOL] = { MYSQL_TYPE_TINY, MYSQL_TYPE_SHORT, MYSQL_TYPE_LONG, MYSQL_TYPE_LONGLONG },
	[DB_TIME] = { MYSQL_TYPE_DATETIME, MYSQL_TYPE_TIMESTAMP },
	[DB_DATE] = { MYSQL_TYPE_DATE, MYSQL_TYPE_NEWDATE },
	[DB_REAL] = { MYSQL_TYPE_DOUBLE, MYSQL_TYPE_FLOAT, MYSQL_TYPE_NEWDECIMAL },
	[DB_TEXT] = { MYSQL_TYPE_STRING, MYSQL_TYPE_VAR_STRING, MYSQL_TYPE_ENUM, MYSQL_TYPE_TINY_BLOB,
	              MYSQL_TYPE_MEDIUM_BLOB, MYSQL_TYPE_LONG_BLOB, MYSQL_TYPE_BLOB },
	[DB_BLOB] = { MYSQL_TYPE_STRING, MYSQL_TYPE_VAR_STRING, MYSQL_TYPE_TINY_BLOB, MYSQL_TYPE_MEDIUM_BLOB,
	              MYSQL_TYPE_LONG_BLOB, MYSQL_TYPE_BLOB },
};

/* MYSQL_TYPE_DECIMAL is 0, the old decimal that no server makes any more, and ends each list. */
static bool type_fits(enum db_type type, enum enum_field_types field)
{
	for (size_t i = 0; i < 10 && fits[type][i] != MYSQL_TYPE_DECIMAL; i++) {
		if (fits[type][i] == field)
			return true;
	}
	return false;
}

static int check_column(const struct db_query *q, const struct db_col *col, const MYSQL_FIELD *f)
{
	if (!type_fits(col->type, f->type))
		return err_set(ERR_BUG, "%s: %s: column %s has type %d", q->where, q->name, col->name, (int)f->type);
	if (!col->null && !(f->flags & NOT_NULL_FLAG) && *f->org_table)
		return err_set(ERR_BUG, "%s: %s: column %s may be NULL, its header says not", q->where, q->name, col->name);
	return 0;
}

int db_check(struct db *db, const struct db_query *q)
{
	MYSQL_STMT *st;
	MYSQL_RES *meta;
	int r = prepare(db, q, &st);

	if (r < 0)
		return r;
	if (mysql_stmt_param_count(st) != q->n_in)
		return err_set(ERR_BUG, "%s: %s has %lu parameters, its header %zu", q->where, q->name,
		               mysql_stmt_param_count(st), q->n_in);
	/* The columns of … RETURNING are known only when it runs. */
	if (mysql_stmt_field_count(st) == 0 && strstr(q->sql, " RETURNING "))
		return 0;
	if (mysql_stmt_field_count(st) != q->n_out)
		return err_set(ERR_BUG, "%s: %s has %u columns, its header %zu", q->where, q->name, mysql_stmt_field_count(st),
		               q->n_out);
	meta = mysql_stmt_result_metadata(st);
	for (unsigned i = 0; meta && i < q->n_out && r == 0; i++)
		r = check_column(q, &q->out[i], mysql_fetch_field_direct(meta, i));
	if (meta)
		mysql_free_result(meta);
	return r;
}

void db_stats(const struct db *db, unsigned *ret_n, int64_t *ret_us)
{
	*ret_n = db->queries;
	*ret_us = db->us;
}

void db_stats_reset(struct db *db)
{
	db->queries = 0;
	db->us = 0;
}
