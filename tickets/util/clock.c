/* clock - see clock.h. */
#include "clock.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char *file;
static int64_t fixed = TIME_NONE;

void clock_init(const char *path)
{
	file = path && *path ? path : NULL;
}

static int64_t mono(clockid_t id, int64_t per_second)
{
	struct timespec ts;

	clock_gettime(id, &ts);
	return (int64_t)ts.tv_sec * per_second + (int64_t)ts.tv_nsec / (1000000000 / per_second);
}

int64_t clock_mono_ms(void)
{
	return mono(CLOCK_MONOTONIC, 1000);
}

int64_t clock_mono_us(void)
{
	return mono(CLOCK_MONOTONIC, 1000000);
}

/* The set time; the real time when the file cannot be read (a test that sets the clock writes it first). */
static int64_t from_file(void)
{
	char buf[64];
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	ssize_t n;
	int64_t at;

	if (fd < 0)
		return mono(CLOCK_REALTIME, 1);
	n = read(fd, buf, sizeof buf - 1);
	close(fd);
	if (n <= 0)
		return mono(CLOCK_REALTIME, 1);
	buf[n] = '\0';
	buf[strcspn(buf, "\r\n")] = '\0';
	return clock_parse(buf, &at) == 0 ? at : mono(CLOCK_REALTIME, 1);
}

void clock_fix(int64_t at)
{
	fixed = at;
}

int64_t clock_now(void)
{
	if (fixed != TIME_NONE)
		return fixed;
	return file ? from_file() : mono(CLOCK_REALTIME, 1);
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

int32_t clock_day(int64_t at)
{
	return (int32_t)floor_div(at + CLOCK_ZONE_SECONDS, 86400);
}

int64_t clock_day_start(int32_t day)
{
	return (int64_t)day * 86400 - CLOCK_ZONE_SECONDS;
}

int clock_second_of_day(int64_t at)
{
	return (int)(at - clock_day_start(clock_day(at)));
}

/* Days from civil and back: the well-known era arithmetic of the proleptic Gregorian calendar. */
int32_t clock_day_of(int year, int month, int day)
{
	int y = year - (month <= 2);
	int era = (y >= 0 ? y : y - 399) / 400;
	int yoe = y - era * 400;
	int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return era * 146097 + doe - 719468;
}

void clock_civil(int32_t day, int *ret_year, int *ret_month, int *ret_day)
{
	int z = day + 719468;
	int era = (z >= 0 ? z : z - 146096) / 146097;
	int doe = z - era * 146097;
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int mp = (5 * doy + 2) / 153;

	*ret_day = doy - (153 * mp + 2) / 5 + 1;
	*ret_month = mp < 10 ? mp + 3 : mp - 9;
	*ret_year = yoe + era * 400 + (*ret_month <= 2);
}

int clock_weekday(int32_t day)
{
	return (int)(((day + 3) % 7 + 7) % 7) + 1;
}

/* Exactly n digits at *s, moved past; -1 when not. */
static int digits(const char **s, int n)
{
	int v = 0;

	for (int i = 0; i < n; i++, (*s)++) {
		if (**s < '0' || **s > '9')
			return -1;
		v = v * 10 + (**s - '0');
	}
	return v;
}

/* n digits at *s within [min, max], moved past, and past the character `then` behind them when it is not NUL. */
static int part(const char **s, int n, int min, int max, char then)
{
	int v = digits(s, n);

	if (v < min || v > max || (then && **s != then))
		return -1;
	*s += then != '\0';
	return v;
}

static int parse_day(const char **s, int32_t *ret)
{
	int y, m, d, y2, m2, d2;

	if ((y = part(s, 4, 1900, 2200, '-')) < 0 || (m = part(s, 2, 1, 12, '-')) < 0 || (d = part(s, 2, 1, 31, '\0')) < 0)
		return -1;
	*ret = clock_day_of(y, m, d);
	clock_civil(*ret, &y2, &m2, &d2);
	return m2 == m && d2 == d ? 0 : -1;
}

int clock_parse_day(const char *s, int32_t *ret_day)
{
	int32_t day;

	if (parse_day(&s, &day) < 0 || *s)
		return -1;
	*ret_day = day;
	return 0;
}

/* "", "Z" or "+08:00": seconds east of UTC in *ret; an empty zone is Asia/Shanghai. */
static int parse_zone(const char *s, int *ret)
{
	int sign, h, m;

	if (!*s || strcmp(s, "Z") == 0) {
		*ret = *s ? 0 : CLOCK_ZONE_SECONDS;
		return 0;
	}
	sign = *s == '-' ? -1 : *s == '+' ? 1 : 0;
	if (!sign)
		return -1;
	s++;
	if ((h = part(&s, 2, 0, 14, ':')) < 0 || (m = part(&s, 2, 0, 59, '\0')) < 0 || *s)
		return -1;
	*ret = sign * (h * 3600 + m * 60);
	return 0;
}

int clock_parse(const char *s, int64_t *ret_at)
{
	int32_t day;
	int h, m, sec = 0, zone;

	if (parse_day(&s, &day) < 0 || (*s != 'T' && *s != ' '))
		return -1;
	s++;
	if ((h = part(&s, 2, 0, 23, ':')) < 0 || (m = part(&s, 2, 0, 59, '\0')) < 0)
		return -1;
	if (*s == ':') {
		s++;
		sec = part(&s, 2, 0, 59, '\0');
	}
	if (sec < 0 || parse_zone(s, &zone) < 0)
		return -1;
	*ret_at = (int64_t)day * 86400 + h * 3600 + m * 60 + sec - zone;
	return 0;
}

const char *clock_fmt_day(struct arena *a, int32_t day)
{
	int y, m, d;

	if (day == DAY_NONE)
		return "";
	clock_civil(day, &y, &m, &d);
	return arena_printf(a, "%04d-%02d-%02d", y, m, d);
}

const char *clock_fmt_iso(struct arena *a, int64_t at)
{
	int s;

	if (at == TIME_NONE)
		return "";
	s = clock_second_of_day(at);
	return arena_printf(a, "%sT%02d:%02d:%02d+08:00", clock_fmt_day(a, clock_day(at)), s / 3600, s / 60 % 60, s % 60);
}

const char *clock_fmt(struct arena *a, int64_t at)
{
	int s;

	if (at == TIME_NONE)
		return "";
	s = clock_second_of_day(at);
	return arena_printf(a, "%s %02d:%02d", clock_fmt_day(a, clock_day(at)), s / 3600, s / 60 % 60);
}

const char *clock_fmt_day_zh(struct arena *a, int32_t day, int32_t today)
{
	static const char *const names[] = { "一", "二", "三", "四", "五", "六", "日" };
	int y, m, d, ty, tm, td;
	const char *wd;

	if (day == DAY_NONE)
		return "";
	clock_civil(day, &y, &m, &d);
	clock_civil(today, &ty, &tm, &td);
	wd = names[clock_weekday(day) - 1];
	if (y != ty)
		return arena_printf(a, "%d年%d月%d日（星期%s）", y, m, d, wd);
	return arena_printf(a, "%d月%d日（星期%s）", m, d, wd);
}
