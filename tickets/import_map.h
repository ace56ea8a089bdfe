/* import_map - what the columns of an older mailbox's table mean, and one row of it understood.
 *
 * The map is a JSON file that the operator writes (its form: import_map_help(), and README); the rows come from
 * csv.h. Here texts are cleaned, dates read, types chosen; or it is said why a row cannot be taken. Pure: no
 * database, no clock. Called by import.c. */
#ifndef IMPORT_MAP_H
#define IMPORT_MAP_H

#include <stdio.h>

#include "csv.h"
#include "states.h"

#define IMPORT_TITLE_MAX 240     /* characters, as ticket.title holds */
#define IMPORT_BODY_MAX 20000
#define IMPORT_UNIT_MAX 40
#define IMPORT_SHORT_REPLY 30    /* an answer of no more characters hardly answers anything: taken, and said */
#define IMPORT_RULES_MAX 100

/* COLUMN(NAME, key in the map, must there be one?) */
#define IMPORT_COLUMNS(COLUMN)                                                                                       \
	COLUMN(NUMBER, number, 1)                                                                                      \
	COLUMN(TITLE, title, 1)                                                                                        \
	COLUMN(BODY, body, 1)                                                                                          \
	COLUMN(RECEIVED, received, 1)                                                                                  \
	COLUMN(REPLY, reply, 0)                                                                                        \
	COLUMN(REPLIED, replied, 0)                                                                                    \
	COLUMN(UNIT, unit, 0)                                                                                          \
	COLUMN(TYPE, type, 0)                                                                                          \
	COLUMN(PUBLISHED, published, 0)

enum import_column {
#define COLUMN(name, key, needed) IMPORT_##name,
	IMPORT_COLUMNS(COLUMN)
#undef COLUMN
	IMPORT_COLUMN__MAX
};

/* Why a row is not taken. REFUSAL(NAME, what the operator reads) */
#define IMPORT_REFUSALS(REFUSAL)                                                                                     \
	REFUSAL(MALFORMED, "表格格式不对")                                                                             \
	REFUSAL(NO_NUMBER, "没有原编号")                                                                               \
	REFUSAL(LONG_NUMBER, "原编号超过 80 字")                                                                       \
	REFUSAL(NO_TITLE, "没有标题")                                                                                  \
	REFUSAL(NO_BODY, "没有内容")                                                                                   \
	REFUSAL(LONG_TITLE, "标题太长")                                                                                \
	REFUSAL(LONG_BODY, "内容太长")                                                                                 \
	REFUSAL(LONG_REPLY, "答复太长")                                                                                \
	REFUSAL(BAD_RECEIVED, "来信时间不对")                                                                          \
	REFUSAL(BAD_REPLIED, "答复时间不对")                                                                           \
	REFUSAL(NO_REPLY, "有答复时间而没有答复")                                                                      \
	REFUSAL(REPLY_FIRST, "答复早于来信")                                                                           \
	REFUSAL(FUTURE, "时间在将来")                                                                                  \
	REFUSAL(SAME_NUMBER, "原编号与前面一条相同")                                                                   \
	REFUSAL(SAME_TEXT, "与前面一条完全相同（标题、内容、来信时间）")                                                \
	REFUSAL(NO_UNIT, "没有这个承办单位")                                                                           \
	REFUSAL(NO_POLICY, "当时没有适用的答复时限")

enum import_refusal {
#define REFUSAL(name, zh) IMPORT_##name,
	IMPORT_REFUSALS(REFUSAL)
#undef REFUSAL
	IMPORT_REFUSAL__MAX,
	IMPORT_TAKEN = IMPORT_REFUSAL__MAX
};

struct import_rule {
	const char *contains;
	enum ticket_type type;
};

struct import_map {
	const char *system;
	const char *column[IMPORT_COLUMN__MAX];    /* NULL: not mapped */
	int at[IMPORT_COLUMN__MAX];                /* place in the row, once bound; -1 */
	enum ticket_type type;
	struct import_rule rules[IMPORT_RULES_MAX];
	size_t n_rules;
	const char *unit;                          /* code or name */
	bool create_units;
	bool published;
	const char *withhold_reason;               /* NULL when all is published */
	const char *result;
	int zone_seconds;
};

/* One letter of the old mailbox, clean. */
struct import_row {
	size_t line;
	const char *no;
	enum ticket_type type;
	const char *title, *body;
	const char *reply;                         /* NULL: not answered */
	const char *unit;                          /* NULL: the map's */
	int64_t received_at, replied_at;
	bool published;
	bool short_reply, long_unit;               /* taken, but worth a word */
};

/* Reads the map. ERR_NOTFOUND, ERR_IO, ERR_TOOBIG (64 KiB), ERR_INVALID with the place in the detail. */
int import_map_read(struct arena *a, const char *path, struct import_map *ret) MUST_CHECK;
/* Finds the columns in the first row of the table. ERR_INVALID names the one that is missing. */
int import_map_bind(struct import_map *map, struct arena *a, const struct csv_row *head) MUST_CHECK;
/* IMPORT_TAKEN and *ret, or why not; *ret->no is filled in either case when there is one. What needs the database or
 * other rows (duplicates, units, policies) is import.c's. */
enum import_refusal import_map_row(const struct import_map *map, struct arena *a, const struct csv_row *row,
                                   int64_t now, struct import_row *ret);
/* "2019/4/25 9:32:09", "2019-11-15 16:07:12", "2019年4月25日 9:32", "2019-11-15T16:07:12+08:00", "2019/4/25"; half or
 * full width, blanks around. zone_seconds: east of UTC, when the text names none. *ret_time: it had a time of day. */
int import_map_time(struct arena *a, const char *s, int zone_seconds, int64_t *ret_at, bool *ret_time) MUST_CHECK;
const char *import_map_refusal(enum import_refusal why);
/* The form of the map, for --help and README. */
const char *import_map_help(void);

#endif
