/* migrate - see migrate.h. Data definition is not transactional in MariaDB: a statement may be done and its record
 * missing when the run is killed between the two. Repeating it then fails with "already exists", which counts as
 * done for the first statement of a continued step. */
#include "migrate.h"

#include <dirent.h>
#include <mysqld_error.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conf.h"
#include "sqlfile.h"
#include "str.h"

#define FILE_MAX_BYTES (1 << 20)
#define STEPS_MAX 500

static const char *const accounts[] = { "public", "desk", "slad", "filed", "vaultd", "notifyd", "paperd", "patrold",
	"searchd", "migrate" };
#define ACCOUNTS_N (sizeof accounts / sizeof accounts[0])

static int slurp(struct arena *a, const char *path, char **ret)
{
	FILE *f = fopen(path, "re");
	size_t n;

	if (!f)
		return err_set(ERR_IO, "cannot read %s", path);
	*ret = arena_alloc(a, FILE_MAX_BYTES + 1);
	n = fread(*ret, 1, FILE_MAX_BYTES, f);
	fclose(f);
	return n == FILE_MAX_BYTES ? err_set(ERR_TOOBIG, "%s is too large", path) : 0;
}

static int by_name(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

static int list_steps(struct arena *a, const char ***ret, size_t *ret_n)
{
	const char *path = arena_printf(a, "%s/schema", conf.data_dir);
	DIR *dir = opendir(path);
	const char **names = arena_array(a, STEPS_MAX, sizeof *names);
	size_t n = 0;

	if (!dir)
		return err_set(ERR_IO, "cannot read %s", path);
	for (struct dirent *e; n < STEPS_MAX && (e = readdir(dir));) {
		if (str_ends(e->d_name, ".sql"))
			names[n++] = arena_strdup(a, e->d_name);
	}
	closedir(dir);
	qsort(names, n, sizeof *names, by_name);
	*ret = names;
	*ret_n = n;
	return 0;
}

/* db_name and secrets are ours, but they go into statements: letters, digits, _ and - only. */
static bool plain(const char *s)
{
	return *s && strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == strlen(s);
}

static int add_account(struct db *db, struct arena *a, const char *account)
{
	const char *secret, *how = "VIA unix_socket";
	int r = conf_secret(a, arena_printf(a, "db_%s", account), &secret);

	if (r == 0) {
		if (!plain(secret))
			return err_set(ERR_INVALID, "secret db_%s has characters other than letters and digits", account);
		how = arena_printf(a, "BY '%s'", secret);
	}
	if ((r = db_raw(db, arena_printf(a, "CREATE USER IF NOT EXISTS ms_%s@localhost", account))) < 0)
		return r;
	return db_raw(db, arena_printf(a, "ALTER USER ms_%s@localhost IDENTIFIED %s WITH MAX_STATEMENT_TIME %d", account,
	                               how,
	                               strcmp(account, "public") == 0 ? 5
	                               : strcmp(account, "migrate") == 0 || strcmp(account, "searchd") == 0 ? 0 : 20));
}

static int prepare(struct db *db, struct arena *a)
{
	int r;

	if (!plain(conf.db_name))
		return err_set(ERR_INVALID, "db_name must be letters, digits, _ or -");
	if ((r = db_raw(db, arena_printf(a, "CREATE DATABASE IF NOT EXISTS `%s` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
	                                 conf.db_name))) < 0)
		return r;
	for (size_t i = 0; i < ACCOUNTS_N; i++) {
		if ((r = add_account(db, a, accounts[i])) < 0)
			return r;
	}
	return db_raw(db, arena_printf(a, "GRANT ALL ON `%s`.* TO ms_migrate@localhost", conf.db_name));
}

static int open_record(struct db *db, struct arena *a)
{
	const char *got;
	int r;

	if ((r = db_raw(db, arena_printf(a, "USE `%s`", conf.db_name))) < 0 ||
	    (r = db_raw(db, "CREATE TABLE IF NOT EXISTS schema_step (name VARCHAR(80) NOT NULL PRIMARY KEY, "
	                    "statements INT NOT NULL, done BOOLEAN NOT NULL, sha256 CHAR(64) NOT NULL, "
	                    "at DATETIME NOT NULL) ENGINE=InnoDB")) < 0 ||
	    (r = db_raw_one(db, a, "SELECT GET_LOCK('minsheng_migrate', 60)", &got)) < 0)
		return r;
	return strcmp(got, "1") == 0 ? 0 : err_set(ERR_DB, "another migration is running");
}

static const char *hash_of(struct arena *a, const char *text)
{
	unsigned char h[crypto_hash_sha256_BYTES];
	char *hex = arena_alloc(a, sizeof h * 2 + 1);

	crypto_hash_sha256(h, (const unsigned char *)text, strlen(text));
	return sodium_bin2hex(hex, sizeof h * 2 + 1, h, sizeof h);
}

static int record(struct db *db, struct arena *a, const char *name, size_t n, bool done, const char *hash)
{
	return db_raw(db, arena_printf(a, "REPLACE INTO schema_step VALUES ('%s', %zu, %d, '%s', UTC_TIMESTAMP())", name,
	                               n, done,
	                               hash));
}

static bool exists_already(unsigned code)
{
	return code == ER_TABLE_EXISTS_ERROR || code == ER_TRG_ALREADY_EXISTS || code == ER_DUP_KEYNAME ||
	       code == ER_DUP_FIELDNAME || code == ER_DUP_ENTRY;
}

/* Runs the statements of a step after the first `from`; continued: a run before this one began it. */
static int run_statements(struct db *db, struct arena *a, const char *name, const char *text, size_t from,
                          bool continued,
                          struct str *o)
{
	const char *hash = hash_of(a, text);
	char **list;
	size_t n;
	int r = sqlfile_split(a, text, &list, &n);

	for (size_t i = from; r == 0 && i < n; i++) {
		r = db_raw(db, list[i]);
		if (r < 0 && i == from && continued && exists_already(db_last_errno(db)))
			r = 0;
		if (r == 0)
			r = record(db, a, name, i + 1, i + 1 == n, hash);
	}
	if (r == 0)
		str_addf(o, "%s: %zu statements\n", name, n - from);
	return r;
}

static int run_step(struct db *db, struct arena *a, const char *name, struct str *o)
{
	const char *state;
	char *text;
	int r;

	if (!plain(arena_strndup(a, name, strlen(name) - 4)))
		return err_set(ERR_INVALID, "step '%s' has an odd name", name);
	if ((r = slurp(a, arena_printf(a, "%s/schema/%s", conf.data_dir, name), &text)) < 0)
		return r;
	if ((r = db_raw_one(db, a, arena_printf(a, "SELECT CONCAT(statements, ' ', done, ' ', sha256) FROM schema_step "
	                                           "WHERE name = '%s'", name), &state)) < 0)
		return r;
	if (!strstr(state, " 1 "))
		return run_statements(db, a, name, text, (size_t)strtoul(state, NULL, 10), *state != '\0', o);
	return strstr(state, hash_of(a, text)) ? 0 : err_set(ERR_INVALID, "step %s was changed after it was applied", name);
}

/* Rights are taken away first, so that a line removed from the file is a right removed. */
static int run_grants(struct db *db, struct arena *a, struct str *o)
{
	const char *had, *hash;
	char *text, **list;
	size_t n;
	int r;

	if ((r = slurp(a, arena_printf(a, "%s/grants.sql", conf.data_dir), &text)) < 0 || (r = sqlfile_split(a, text,
	                                                                                                     &list,
	        &n)) < 0)
		return r;
	hash = hash_of(a, text);
	if ((r = db_raw_one(db, a, "SELECT sha256 FROM schema_step WHERE name = 'grants'", &had)) < 0 || strcmp(had,
	                                                                                                        hash) == 0)
		return r;
	for (size_t i = 0; i + 1 < ACCOUNTS_N; i++) {
		if ((r = db_raw(db, arena_printf(a, "REVOKE ALL PRIVILEGES, GRANT OPTION FROM ms_%s@localhost",
		                                 accounts[i]))) < 0)
			return r;
	}
	for (size_t i = 0; i < n; i++) {
		if ((r = db_raw(db, arena_printf(a, "%s@localhost", list[i]))) < 0)
			return r;
	}
	str_addf(o, "grants: %zu statements\n", n);
	return record(db, a, "grants", n, true, hash);
}

int migrate_run(struct arena *a, const char *admin_socket, struct str *o)
{
	struct db *db;
	const char **steps, *got;
	size_t n;
	int r;

	if (admin_socket)
		db_open_admin(admin_socket, &db);
	else
		db_open("migrate", &db);
	r = admin_socket ? prepare(db, a) : 0;
	if (r == 0)
		r = open_record(db, a);
	if (r == 0)
		r = list_steps(a, &steps, &n);
	for (size_t i = 0; r == 0 && i < n; i++)
		r = run_step(db, a, steps[i], o);
	if (r == 0 && admin_socket)
		r = run_grants(db, a, o);
	if (r == 0)
		r = db_raw_one(db, a, "SELECT RELEASE_LOCK('minsheng_migrate')", &got);
	db_close(db);
	return r;
}

int migrate_status(struct arena *a, const char *admin_socket, struct str *o)
{
	struct db *db;
	const char **steps, *at;
	size_t n;
	int r = list_steps(a, &steps, &n);

	if (admin_socket)
		db_open_admin(admin_socket, &db);
	else
		db_open("migrate", &db);
	for (size_t i = 0; r == 0 && i < n; i++) {
		r = db_raw_one(db, a, arena_printf(a, "SELECT at FROM `%s`.schema_step WHERE name = '%s' AND done",
		                                   conf.db_name, steps[i]),
		               &at);
		if (r < 0 && db_last_errno(db) == ER_NO_SUCH_TABLE) {
			at = "";
			r = 0;
		}
		if (r == 0)
			str_addf(o, "%-24s %s%s\n", steps[i], *at ? "done " : "missing", at);
	}
	db_close(db);
	return r;
}
