/* import_row - one row of an older mailbox's table, cleaned and understood. See import_map.h.
 *
 * What other systems leave in cells: line ends and tabs in front, wide and unbreakable blanks (text.h deals with
 * these), carriage returns that a spreadsheet wrote as _x000D_, several forms of a date, texts of nothing but
 * asterisks where somebody masked all of it. */
#include <string.h>
#include <unictype.h>
#include <unistr.h>

#include "clock.h"
#include "import_map.h"
#include "text.h"

#define NUMBER_MAX 80
#define TEXT_MAX_BYTES 60000     /* a TEXT column holds 65,535; masking for publication adds some */

/* Spreadsheets write a control character as _xHHHH_: a line end becomes one again (that before a real one goes), others
 * become a blank. */
static const char *undo_escapes(struct arena *a, const char *s)
{
	struct str o;

	if (!strstr(s, "_x00"))
		return s;
	str_init(&o, a, strlen(s) + 1);
	while (*s) {
		size_t hex = str_starts(s, "_x00") ? strspn(s + 4, "0123456789ABCDEFabcdef") : 0;

		if (hex != 2 || s[6] != '_' || s[4] > '1') {
			str_addc(&o, *s++);
			continue;
		}
		if (s[7] != '\n')
			str_addc(&o, strchr("AaDd", s[5]) && s[4] == '0' ? '\n' : ' ');
		s += 7;
	}
	return o.s;
}

/* True when there is a letter or digit of any script in it. */
static bool says_something(const char *s)
{
	ucs4_t c;
	int n;

	while ((n = u8_strmbtouc(&c, (const uint8_t *)s)) > 0) {
		if (uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N))
			return true;
		s += n;
	}
	return false;
}

static size_t characters(const char *s)
{
	return u8_mbsnlen((const uint8_t *)s, strlen(s));
}

/* --- dates --- */

/* min to max digits at *s, moved past; -1 when there are fewer or more. */
static int number(const char **s, int min, int max)
{
	int v = 0, n = 0;

	for (; **s >= '0' && **s <= '9'; n++, (*s)++) {
		if (n == max)
			return -1;
		v = v * 10 + (**s - '0');
	}
	return n < min ? -1 : v;
}

/* One of the pieces of `any`, each ending in a blank, moved past. */
static bool past(const char **s, const char *any)
{
	for (const char *end; *any; any = end + 1) {
		end = strchr(any, ' ');
		if (strncmp(*s, any, (size_t)(end - any)) == 0) {
			*s += end - any;
			return true;
		}
	}
	return false;
}

/* "9:32:09.123" → seconds since midnight; -1. */
static int parse_clock(const char **s)
{
	int h = number(s, 1, 2), m, sec = 0;

	if (h < 0 || h > 23 || !past(s, ": ") || (m = number(s, 2, 2)) < 0 || m > 59)
		return -1;
	if (past(s, ": ") && ((sec = number(s, 2, 2)) < 0 || sec > 59))
		return -1;
	if (past(s, ". ") && number(s, 1, 9) < 0)
		return -1;
	return h * 3600 + m * 60 + sec;
}

static int parse_date(const char **s, int32_t *ret_day)
{
	int y = number(s, 4, 4), m, d;
	struct { int y, m, d; } same;

	if (y < 1990 || y > 2200 || !past(s, "- / . 年 ") || (m = number(s, 1, 2)) < 1 || m > 12 ||
	    !past(s, "- / . 月 ") || (d = number(s, 1, 2)) < 1 || d > 31)
		return -1;
	past(s, "日 ");
	*ret_day = clock_day_of(y, m, d);
	clock_civil(*ret_day, &same.y, &same.m, &same.d);
	return same.d == d && same.m == m ? 0 : -1;
}

int import_map_time(struct arena *a, const char *s, int zone_seconds, int64_t *ret_at, bool *ret_time)
{
	const char *line;
	int32_t day;
	int64_t named, utc;
	int second = 0;
	bool timed = false;

	if (strlen(s) > 200 || text_clean_line(a, text_fold_width(a, s), 60, &line) < 0 ||
	    parse_date(&line, &day) < 0)
		return -1;
	if (*line) {
		past(&line, "T ");
		while (*line == ' ')
			line++;
		if ((second = parse_clock(&line)) < 0)
			return -1;
		timed = true;
		while (*line == ' ')
			line++;
	}
	if (*line) {
		if (clock_parse("2000-01-01T00:00Z", &utc) < 0 ||
		    clock_parse(arena_printf(a, "2000-01-01T00:00%s", line), &named) < 0)
			return -1;
		zone_seconds = (int)(utc - named);
	}
	*ret_at = (int64_t)day * 86400 + second - zone_seconds;
	*ret_time = timed;
	return 0;
}

/* --- the row --- */

struct understanding {
	const struct import_map *map;
	struct arena *a;
	const struct csv_row *row;
	int64_t now;
	struct import_row *ret;
};

/* The field of a mapped column, without a spreadsheet's escapes; "" when there is none, or the row is short. */
static const char *cell(const struct understanding *u, enum import_column column)
{
	int at = u->map->at[column];

	return at >= 0 && (size_t)at < u->row->n ? undo_escapes(u->a, u->row->field[at]) : "";
}

static enum import_refusal read_number(const struct understanding *u)
{
	const char *no = "";

	if (text_clean_line(u->a, cell(u, IMPORT_NUMBER), NUMBER_MAX, &no) < 0 ||
	    characters(no) > NUMBER_MAX)
		return IMPORT_LONG_NUMBER;
	u->ret->no = no;
	return *no ? IMPORT_TAKEN : IMPORT_NO_NUMBER;
}

static enum import_refusal read_letter(const struct understanding *u)
{
	struct import_row *r = u->ret;
	int title = text_clean_line(u->a, cell(u, IMPORT_TITLE), IMPORT_TITLE_MAX, &r->title);
	int body = text_clean_body(u->a, cell(u, IMPORT_BODY), IMPORT_BODY_MAX, &r->body);

	if (title < 0 || characters(r->title) > IMPORT_TITLE_MAX)
		return IMPORT_LONG_TITLE;
	if (body < 0 || strlen(r->body) > TEXT_MAX_BYTES)
		return IMPORT_LONG_BODY;
	if (!says_something(r->title))
		return IMPORT_NO_TITLE;
	return says_something(r->body) ? IMPORT_TAKEN : IMPORT_NO_BODY;
}

/* A date without a time of day: of the letter, its midnight, which is before the office opens; of the answer, never
 * before a letter of the same day. */
static enum import_refusal read_times(const struct understanding *u)
{
	struct import_row *r = u->ret;
	bool timed;

	if (import_map_time(u->a, cell(u, IMPORT_RECEIVED), u->map->zone_seconds, &r->received_at, &timed) < 0)
		return IMPORT_BAD_RECEIVED;
	if (r->received_at > u->now)
		return IMPORT_FUTURE;
	if (!r->reply)
		return IMPORT_TAKEN;
	if (import_map_time(u->a, cell(u, IMPORT_REPLIED), u->map->zone_seconds, &r->replied_at, &timed) < 0)
		return IMPORT_BAD_REPLIED;
	if (!timed && clock_day(r->replied_at) == clock_day(r->received_at))
		r->replied_at = r->received_at;
	if (r->replied_at < r->received_at)
		return IMPORT_REPLY_FIRST;
	return r->replied_at > u->now ? IMPORT_FUTURE : IMPORT_TAKEN;
}

static enum import_refusal read_reply(const struct understanding *u)
{
	struct import_row *r = u->ret;
	const char *body = "", *when = "";

	r->replied_at = TIME_NONE;
	if (text_clean_body(u->a, cell(u, IMPORT_REPLY), IMPORT_BODY_MAX, &body) < 0 ||
	    strlen(body) > TEXT_MAX_BYTES)
		return IMPORT_LONG_REPLY;
	if (says_something(body)) {
		r->reply = body;
		r->short_reply = text_graphemes(body) <= IMPORT_SHORT_REPLY;
		return IMPORT_TAKEN;
	}
	if (text_clean_line(u->a, cell(u, IMPORT_REPLIED), 200, &when) < 0)
		return IMPORT_BAD_REPLIED;
	return *when ? IMPORT_NO_REPLY : IMPORT_TAKEN;
}

static void choose_type(const struct understanding *u)
{
	const char *looked = u->ret->title, *kind;

	if (u->map->at[IMPORT_TYPE] >= 0 &&
	    text_clean_line(u->a, cell(u, IMPORT_TYPE), 200, &kind) == 0 && *kind)
		looked = kind;
	u->ret->type = u->map->type;
	for (size_t i = 0; i < u->map->n_rules; i++) {
		if (strstr(looked, u->map->rules[i].contains)) {
			u->ret->type = u->map->rules[i].type;
			return;
		}
	}
}

static void choose_unit(const struct understanding *u)
{
	const char *unit = "";
	int r = text_clean_line(u->a, cell(u, IMPORT_UNIT), IMPORT_UNIT_MAX, &unit);

	u->ret->long_unit = r < 0 || characters(unit) > IMPORT_UNIT_MAX;
	u->ret->unit = !u->ret->long_unit && says_something(unit) ? unit : NULL;
}

static void choose_publication(const struct understanding *u)
{
	static const char *const yes[] = { "1", "true", "TRUE", "True", "yes", "y", "Y", "是", "公开", "已公开" };
	const char *said = "";

	u->ret->published = u->map->published;
	if (u->map->at[IMPORT_PUBLISHED] < 0)
		return;
	u->ret->published = false;
	if (text_clean_line(u->a, cell(u, IMPORT_PUBLISHED), 40, &said) < 0)
		return;
	for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++)
		u->ret->published |= str_eq(said, yes[i]);
}

enum import_refusal import_map_row(const struct import_map *map, struct arena *a, const struct csv_row *row,
                                   int64_t now, struct import_row *ret)
{
	struct understanding u = { map, a, row, now, ret };
	enum import_refusal why;

	*ret = (struct import_row){ .line = row->line, .no = "", .title = "", .body = "" };
	if (row->wrong)
		return IMPORT_MALFORMED;
	if ((why = read_number(&u)) != IMPORT_TAKEN || (why = read_letter(&u)) != IMPORT_TAKEN ||
	    (why = read_reply(&u)) != IMPORT_TAKEN || (why = read_times(&u)) != IMPORT_TAKEN)
		return why;
	choose_type(&u);
	choose_unit(&u);
	choose_publication(&u);
	return IMPORT_TAKEN;
}
