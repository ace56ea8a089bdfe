/* migrate - brings the schema up to date: numbered steps forward, accounts and grants, calendars.
 *
 * Each statement that is done is recorded, so that a run that was killed goes on where it was. Two runs at a time
 * wait for each other (a lock in the database). Steps and grants are the files in data_dir (sql/). */
#ifndef MIGRATE_H
#define MIGRATE_H

#include "db.h"
#include "str.h"

/* Everything that is missing. admin_socket: the way in that may create database and accounts; NULL: with the migrate
 * account, which must exist. Progress in plain lines to o. */
int migrate_run(struct arena *a, const char *admin_socket, struct str *o) MUST_CHECK;
/* "0003_ticket.sql done 2026-11-21 10:00" or "… missing", one line a step. */
int migrate_status(struct arena *a, const char *admin_socket, struct str *o) MUST_CHECK;

#endif
