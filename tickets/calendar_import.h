/* calendar_import - a year's notice into the database, and what it moves.
 *
 * A notice replaces all days of its year's earlier notice, as a new version. Then every open clock is worked out again
 * (domain 5.1: notices are changed mid-year): each letter whose day moves gets one recorded event. */
#ifndef CALENDAR_IMPORT_H
#define CALENDAR_IMPORT_H

#include "db.h"
#include "str.h"

struct calendar_moves {
	int64_t looked_at, moved;
	int files_changed;
};

/* paths: notice files (calendar_file.h), in order. dry: nothing is kept; o lists what would move. A file that says what
 * is in force already changes nothing. ERR_INVALID names file and entry, and then nothing is imported. */
int calendar_import(struct db *db, struct arena *a, const char *const *paths, size_t n, bool dry, struct str *o,
                    struct calendar_moves *ret) MUST_CHECK;
/* The shipped notices (data_dir/calendars/YYYY.json) of years the database has none of. */
int calendar_import_shipped(struct db *db, struct arena *a, struct str *o) MUST_CHECK;

#endif
