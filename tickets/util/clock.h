/* clock - what time it is, in one place, so that tests can set it.
 *
 * Time is int64_t seconds since 1970-01-01 UTC; a day is int32_t days since 1970-01-01 in Asia/Shanghai
 * (UTC+8 with no daylight saving since 1991; every deadline of the domain is in it).
 * In an instance with `environment = test`, the setting clock_file names a file with an ISO time
 * (2026-09-29T16:00+08:00); it is read again whenever it has changed. */
#ifndef CLOCK_H
#define CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"

#define TIME_NONE INT64_MIN
#define DAY_NONE INT32_MIN
#define CLOCK_ZONE_SECONDS (8 * 3600)

/* path: the clock file, or NULL for the real clock. */
void clock_init(const char *path);
/* Seconds since 1970 UTC. */
int64_t clock_now(void);
/* From now on it is `at`, until TIME_NONE: for the demo loader, in its own process only. */
void clock_fix(int64_t at);
/* Monotonic milliseconds and microseconds, for measuring. */
int64_t clock_mono_ms(void);
int64_t clock_mono_us(void);

/* The day (Asia/Shanghai) in which a moment falls, and the first second of a day. */
int32_t clock_day(int64_t at);
int64_t clock_day_start(int32_t day);
/* Seconds since local midnight. */
int clock_second_of_day(int64_t at);

/* Proleptic Gregorian. month 1-12, day 1-31. */
int32_t clock_day_of(int year, int month, int day);
void clock_civil(int32_t day, int *ret_year, int *ret_month, int *ret_day);
/* 1 = Monday … 7 = Sunday (ISO 8601). */
int clock_weekday(int32_t day);

/* "2026-09-29" → day; "2026-09-29T16:00", "2026-09-29 16:00:05", with optional +08:00 or Z → moment
 * (Asia/Shanghai when no zone). Return 0 or -1. Dates that do not exist are refused. */
int clock_parse_day(const char *s, int32_t *ret_day);
int clock_parse(const char *s, int64_t *ret_at);

/* "2026-09-29"; "2026-09-29T16:00:05+08:00"; "2026-09-29 16:00". "" for DAY_NONE and TIME_NONE. */
const char *clock_fmt_day(struct arena *a, int32_t day);
const char *clock_fmt_iso(struct arena *a, int64_t at);
const char *clock_fmt(struct arena *a, int64_t at);
/* "11月27日（星期五）"; with the year in front when it is not the year of today. */
const char *clock_fmt_day_zh(struct arena *a, int32_t day, int32_t today);

#endif
