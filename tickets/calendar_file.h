/* calendar_file - reads the notice of one year from a JSON file.
 *
 * The form is that of sql/calendars (and of the holiday-cn project, so its files can be imported as they are):
 *   { "year": 2026, "papers": ["https://…"], "days": [ { "name": "元旦", "date": "2026-01-01", "isOffDay": true } ] }
 * Two members of our own are optional: "provisional": true for a year known by law only, and "source", a text,
 * for grounds that are not an address. Other members are ignored.
 * Called by `minshengctl calendar import`, by the migration that loads the shipped notices, and by tests. */
#ifndef CALENDAR_FILE_H
#define CALENDAR_FILE_H

#include "calendar.h"

struct calendar_file {
	int year;
	bool provisional;            /* said so, or no days at all: no data is not the same as no holidays */
	const char *source;          /* the source and the papers, joined by a blank; "" for none */
	struct calendar_entry *days; /* by date */
	size_t n_days;
};

/* Reads the file; everything in *ret lives in the arena. ERR_NOTFOUND when there is no such file, ERR_TOOBIG
 * above 1 MiB, ERR_IO when it cannot be read, ERR_INVALID when it is not of that form: the detail names the
 * file and the place. Refused are dates that do not exist or lie neither in the year nor in the December
 * before, one date twice, a member twice, and names that are empty, longer than 100 bytes or than 40 characters. */
int calendar_file_read(struct arena *a, const char *path, struct calendar_file *ret) MUST_CHECK;

#define CALENDAR_FILES_MAX 64
/* The same from a text of n_bytes: one notice, or an array of 1 to CALENDAR_FILES_MAX. name: what mistakes call it. */
int calendar_file_parse(struct arena *a, const char *name, const char *text, size_t n_bytes, struct calendar_file **ret,
                        size_t *ret_n) MUST_CHECK;
/* Notices as one array that calendar_file_parse() reads again. */
const char *calendar_file_json(struct arena *a, const struct calendar_file *files, size_t n);

#endif
