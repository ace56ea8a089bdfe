/* demo_time - the moments of a demo history: in working time, from a reference day, never after now. Pure. */
#ifndef DEMO_TIME_H
#define DEMO_TIME_H

#include "arena.h"
#include "err.h"
#include "worktime.h"

struct demo_time {
	const struct worktime *wt;
	int64_t now;
	/* What "n working days ago" counts from: today, or the next working day when nobody works today. */
	int32_t from;
	int64_t last_at;             /* the last moment up to now at which offices were open */
};

struct demo_time demo_time_make(const struct worktime *wt, int64_t now);
/* The n-th working day before (or, n > 0, after) a day; n = 0: the day itself. */
int32_t demo_time_day(const struct demo_time *t, int32_t from, int64_t n);
/* When a letter comes in: "21:40" on the day that many working days ago, but not after now. ERR_INVALID. */
int demo_time_begin(const struct demo_time *t, int64_t workdays_ago, const char *at, int64_t *ret_at) MUST_CHECK;
/* The moment after `at` by wait: "40m", "3h" of office hours, "2d" working days, "16c" calendar days; extra_min office
 * minutes are added to whole days, and are all there is for "". Later than now, it is the last office moment instead.
 * ERR_INVALID: not of that form, or past the reference day: the file's author counted wrong. */
int demo_time_next(const struct demo_time *t, int64_t at, const char *wait, int extra_min, int64_t *ret_at) MUST_CHECK;
/* Text with each {+3}, {0}, {-2} replaced by the date that many working days from day: "11月27日". */
const char *demo_time_dates(const struct demo_time *t, struct arena *a, const char *text, int32_t day);

#endif
