/* check_queries - every query as every account it is for: prepares, and its columns and parameters agree with its header.
 * Preparing also checks the rights, so this shows that the grants suffice. Run by test_schema.py with an instance's
 * settings. */
#include <stdio.h>
#include <string.h>

#include "conf.h"
#include "db.h"

int main(void)
{
	static const char *const accounts[] = { "public", "desk", "slad", "vaultd", "notifyd", "paperd", "patrold", "searchd",
		"migrate" };
	int good = 0, bad = 0;

	if (conf_load(NULL) < 0) {
		fprintf(stderr, "%s\n", err_detail());
		return 2;
	}
	for (size_t i = 0; i < sizeof accounts / sizeof accounts[0]; i++) {
		struct db *db;

		db_open(accounts[i], &db);
		for (size_t q = 0; q < db_queries_n; q++) {
			if (!strstr(db_queries[q]->accounts, accounts[i]))
				continue;
			if (db_check(db, db_queries[q]) == 0) {
				good++;
			} else {
				printf("%s as %s: %s\n", db_queries[q]->where, accounts[i], err_detail());
				bad++;
			}
		}
		db_close(db);
	}
	printf("%d passed, %d failed\n", good, bad);
	return bad || !good;
}
