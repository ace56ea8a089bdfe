/* calendar - which days are working days: Monday to Friday, less holidays, plus make-up working days.
 *
 * Built once from the notices of the State Council Office (calendar_file.c reads them, the store keeps them)
 * and only read afterwards. Called by sla.c, due.c and whoever shows a date. Pure: no clock, no database, no
 * settings; the same notices always give the same answers.
 * What always holds: a day is known by its date, so a notice may speak of the December before its year. A
 * year without a notice, or whose notice is marked provisional, still has working days (Monday to Friday less
 * the days the law itself fixes), but every answer that rests on it is provisional. No data is not the same
 * as no holidays.
 * Days are those of clock.h; all days from CALENDAR_FIRST_YEAR to CALENDAR_LAST_YEAR have an answer. */
#ifndef CALENDAR_H
#define CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "err.h"

#define CALENDAR_FIRST_YEAR 1900
#define CALENDAR_LAST_YEAR 2299
/* The most working days calendar_add() walks. */
#define CALENDAR_ADD_MAX 10000

/* WORK and MAKEUP are working days. MAKEUP: a Saturday or Sunday worked in exchange (调休上班). HOLIDAY: a day
 * off by notice or law, whatever day of the week. WEEKEND: any other Saturday or Sunday. */
enum calendar_kind { CALENDAR_WORK, CALENDAR_MAKEUP, CALENDAR_WEEKEND, CALENDAR_HOLIDAY };

/* One day of a notice: off, or worked. */
struct calendar_entry {
	int32_t day;
	bool off;
	const char *name;
};

/* A year that has a notice. provisional: known by law only, the notice is still to come. */
struct calendar_year {
	int year;
	bool provisional;
	const char *source;
};

/* Minutes after midnight. close_min is inclusive: with 17:30, all of the minute 17:30 is in time. */
struct office_hours {
	int open_min;
	int close_min;
	bool deem_next_workday;
};

struct calendar;

/* Makes a calendar in the arena; nothing of the arguments is kept. Of two entries for one day, and of two
 * rows for one year, the later in the array wins, so the caller gives older notices first; entries of a
 * notice that another has replaced must not be among them. A year none of whose days has an entry counts as
 * provisional whatever its row says.
 * ERR_INVALID for a year or day out of range, or years more than 200 apart. */
int calendar_build(struct arena *a, const struct calendar_entry *entries, size_t n_entries,
                   const struct calendar_year *years, size_t n_years, struct calendar **ret_cal) MUST_CHECK;

enum calendar_kind calendar_kind_of(const struct calendar *cal, int32_t day);
bool calendar_is_workday(const struct calendar *cal, int32_t day);
/* The holiday the notice names for the day: the one it belongs to, or that it makes up for. "" for none.
 * Lives as long as the calendar. */
const char *calendar_name(const struct calendar *cal, int32_t day);
/* True when the year of the day has no final notice. */
bool calendar_is_provisional(const struct calendar *cal, int32_t day);
/* True when `to`, or any day after `from` up to it, is provisional. */
bool calendar_span_provisional(const struct calendar *cal, int32_t from, int32_t to);

/* The n-th working day after `from`; `from` itself is not counted (民法典 art. 201). n = 0 gives `from`.
 * *ret_provisional (may be NULL) as calendar_span_provisional(). DAY_NONE when n is not within
 * 0 … CALENDAR_ADD_MAX, or when `from` or the answer is out of range. */
int32_t calendar_add(const struct calendar *cal, int32_t from, int n_workdays, bool *ret_provisional);
/* Working days in (from, to]; the other way round and negative when to < from. */
int calendar_between(const struct calendar *cal, int32_t from, int32_t to);
/* The day as of which something received at a moment counts as received: that day, or, where the office
 * deems so, the next working day for what came after closing time or on a day off. What comes before the
 * office opens on a working day counts as of that day. */
int32_t calendar_effective_day(const struct calendar *cal, const struct office_hours *hours, int64_t at);
/* The last day of the unbroken row of years with a final notice that begins with the first such year;
 * DAY_NONE when there is none. */
int32_t calendar_known_until(const struct calendar *cal);

#endif
