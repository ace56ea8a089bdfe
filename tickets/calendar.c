/* calendar - see calendar.h.
 *
 * Two parts answer every question. Within the years of the table each day has its kind, its name and the
 * number of working days up to it; beyond the table the fallback rule is counted by arithmetic, a year at a
 * time. rank() joins them: working days up to a day, so that a count is a difference and the n-th working
 * day a binary search. */
#include "calendar.h"

#include "clock.h"

#define YEARS_MAX 200

struct calendar {
	int32_t first;               /* the table's days; n_days = 0: no table */
	int32_t n_days;
	int first_year;
	int n_years;
	unsigned char *kind;         /* enum calendar_kind */
	const char **name;
	int32_t *rank;               /* working days from `first` up to and with this day */
	bool *final;                 /* by year: has a final notice */
};

/* Days off that the law fixes by the sun (全国年节及纪念日放假办法 art. 2); those by the moon need a notice. */
static const struct { int month, day; const char *name; } statutory[] = {
	{ 1, 1, "元旦" }, { 5, 1, "劳动节" }, { 5, 2, "劳动节" }, { 10, 1, "国庆节" }, { 10, 2, "国庆节" }, { 10, 3, "国庆节" },
};
#define N_STATUTORY (sizeof statutory / sizeof statutory[0])

static int year_of(int32_t day)
{
	int y, m, d;

	clock_civil(day, &y, &m, &d);
	return y;
}

static bool in_range(int32_t day)
{
	return day >= clock_day_of(CALENDAR_FIRST_YEAR, 1, 1) && day <= clock_day_of(CALENDAR_LAST_YEAR, 12, 31);
}

static bool in_table(const struct calendar *cal, int32_t day)
{
	return cal->n_days && day >= cal->first && day - cal->first < cal->n_days;
}

/* The name of the day off that the law fixes on this date, or NULL. */
static const char *statutory_name(int32_t day)
{
	int y, m, d;

	clock_civil(day, &y, &m, &d);
	for (size_t i = 0; i < N_STATUTORY; i++)
		if (statutory[i].month == m && statutory[i].day == d)
			return statutory[i].name;
	return NULL;
}

static enum calendar_kind week_kind(int32_t day)
{
	return clock_weekday(day) <= 5 ? CALENDAR_WORK : CALENDAR_WEEKEND;
}

/* Days from Monday to Friday up to and with this one, since some Monday. */
static int32_t weekdays_until(int32_t day)
{
	int32_t x = day + 3;
	int32_t week = x / 7 - (x % 7 < 0);
	int32_t rest = x - week * 7;

	return week * 5 + (rest < 5 ? rest + 1 : 5);
}

/* Working days in (from, to] by the fallback rule alone; from <= to. */
static int32_t fallback_between(int32_t from, int32_t to)
{
	int32_t n = weekdays_until(to) - weekdays_until(from);

	for (int year = year_of(from); year <= year_of(to); year++) {
		for (size_t i = 0; i < N_STATUTORY; i++) {
			int32_t day = clock_day_of(year, statutory[i].month, statutory[i].day);

			n -= day > from && day <= to && clock_weekday(day) <= 5;
		}
	}
	return n;
}

/* Working days up to and with the day, counted from the table's first; negative before it. A day out of range,
 * DAY_NONE among them, counts as the nearest that is not. */
static int32_t rank(const struct calendar *cal, int32_t day)
{
	int32_t last = cal->first + cal->n_days - 1;

	if (!in_range(day))
		day = clock_day_of(day < 0 ? CALENDAR_FIRST_YEAR : CALENDAR_LAST_YEAR + 1, 1, 1) - (day >= 0);
	if (in_table(cal, day))
		return cal->rank[day - cal->first];
	if (day < cal->first)
		return -fallback_between(day, cal->first - 1);
	return (cal->n_days ? cal->rank[cal->n_days - 1] : 0) + fallback_between(last, day);
}

struct span { int lo, hi; };

static int widen(struct span *span, int year)
{
	if (year < CALENDAR_FIRST_YEAR || year > CALENDAR_LAST_YEAR)
		return err_set(ERR_INVALID, "calendar: year %d is out of range", year);
	span->lo = year < span->lo ? year : span->lo;
	span->hi = year > span->hi ? year : span->hi;
	return 0;
}

/* The years the table has to hold: those with a row and those an entry lies in. */
static int table_years(struct calendar *cal, const struct calendar_entry *entries, size_t n_entries,
                       const struct calendar_year *years, size_t n_years)
{
	struct span span = { .lo = CALENDAR_LAST_YEAR, .hi = 0 };
	int rc = 0;

	for (size_t i = 0; i < n_years && rc == 0; i++)
		rc = widen(&span, years[i].year);
	for (size_t i = 0; i < n_entries && rc == 0; i++)
		rc = widen(&span, in_range(entries[i].day) ? year_of(entries[i].day) : 0);
	if (rc < 0 || !span.hi)
		return rc;
	if (span.hi - span.lo >= YEARS_MAX)
		return err_set(ERR_INVALID, "calendar: the years %d and %d are too far apart", span.lo, span.hi);
	cal->first_year = span.lo;
	cal->n_years = span.hi - span.lo + 1;
	cal->first = clock_day_of(span.lo, 1, 1);
	cal->n_days = clock_day_of(span.hi + 1, 1, 1) - cal->first;
	return 0;
}

/* Which years have a final notice. One without a single dated day is not final. */
static void fill_years(struct calendar *cal, const struct calendar_entry *entries, size_t n_entries,
                       const struct calendar_year *years, size_t n_years)
{
	bool seen[YEARS_MAX] = { false };

	for (size_t i = 0; i < n_entries; i++)
		seen[year_of(entries[i].day) - cal->first_year] = true;
	for (size_t i = 0; i < n_years; i++) {
		int y = years[i].year - cal->first_year;

		cal->final[y] = !years[i].provisional && seen[y];
	}
}

static void fill_days(struct arena *a, struct calendar *cal, const struct calendar_entry *entries, size_t n_entries)
{
	int32_t n = 0;

	for (int32_t i = 0; i < cal->n_days; i++) {
		const char *law = calendar_is_provisional(cal, cal->first + i) ? statutory_name(cal->first + i) : NULL;

		cal->kind[i] = (unsigned char)(law ? CALENDAR_HOLIDAY : week_kind(cal->first + i));
		cal->name[i] = law ? law : "";
	}
	for (size_t i = 0; i < n_entries; i++) {
		int32_t at = entries[i].day - cal->first;
		bool weekend = week_kind(entries[i].day) == CALENDAR_WEEKEND;

		cal->kind[at] = entries[i].off ? CALENDAR_HOLIDAY : weekend ? CALENDAR_MAKEUP : CALENDAR_WORK;
		cal->name[at] = entries[i].name ? arena_strdup(a, entries[i].name) : "";
	}
	for (int32_t i = 0; i < cal->n_days; i++) {
		n += cal->kind[i] == CALENDAR_WORK || cal->kind[i] == CALENDAR_MAKEUP;
		cal->rank[i] = n;
	}
}

int calendar_build(struct arena *a, const struct calendar_entry *entries, size_t n_entries,
                   const struct calendar_year *years, size_t n_years, struct calendar **ret_cal)
{
	struct calendar *cal = ARENA_NEW(a, struct calendar);
	int rc = table_years(cal, entries, n_entries, years, n_years);

	if (rc < 0)
		return rc;
	if (cal->n_days) {
		cal->kind = arena_alloc(a, (size_t)cal->n_days);
		cal->name = arena_array(a, (size_t)cal->n_days, sizeof *cal->name);
		cal->rank = arena_array(a, (size_t)cal->n_days, sizeof *cal->rank);
		cal->final = arena_array(a, (size_t)cal->n_years, sizeof *cal->final);
		fill_years(cal, entries, n_entries, years, n_years);
		fill_days(a, cal, entries, n_entries);
	}
	*ret_cal = cal;
	return 0;
}

enum calendar_kind calendar_kind_of(const struct calendar *cal, int32_t day)
{
	if (in_table(cal, day))
		return (enum calendar_kind)cal->kind[day - cal->first];
	return statutory_name(day) ? CALENDAR_HOLIDAY : week_kind(day);
}

bool calendar_is_workday(const struct calendar *cal, int32_t day)
{
	enum calendar_kind kind = calendar_kind_of(cal, day);

	return kind == CALENDAR_WORK || kind == CALENDAR_MAKEUP;
}

const char *calendar_name(const struct calendar *cal, int32_t day)
{
	const char *name = in_table(cal, day) ? cal->name[day - cal->first] : statutory_name(day);

	return name ? name : "";
}

static bool year_is_final(const struct calendar *cal, int year)
{
	return year >= cal->first_year && year - cal->first_year < cal->n_years && cal->final[year - cal->first_year];
}

bool calendar_is_provisional(const struct calendar *cal, int32_t day)
{
	return !year_is_final(cal, year_of(day));
}

bool calendar_span_provisional(const struct calendar *cal, int32_t from, int32_t to)
{
	int last = year_of(to);

	for (int year = from < to ? year_of(from + 1) : last; year <= last; year++)
		if (!year_is_final(cal, year))
			return true;
	return false;
}

int32_t calendar_add(const struct calendar *cal, int32_t from, int n_workdays, bool *ret_provisional)
{
	int32_t lo = from, hi = from, end = clock_day_of(CALENDAR_LAST_YEAR, 12, 31), target;

	if (n_workdays < 0 || n_workdays > CALENDAR_ADD_MAX || !in_range(from))
		return DAY_NONE;
	target = rank(cal, from) + n_workdays;
	/* The first day whose rank reaches the target is the one that makes it full, so it is a working day. */
	for (int32_t step = 2 * n_workdays; rank(cal, hi) < target; step *= 2) {
		if (hi == end)
			return DAY_NONE;
		lo = hi + 1;
		hi = step > end - hi ? end : hi + step;
	}
	while (lo < hi) {
		int32_t mid = lo + (hi - lo) / 2;

		if (rank(cal, mid) < target)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (ret_provisional)
		*ret_provisional = calendar_span_provisional(cal, from, hi);
	return hi;
}

int calendar_between(const struct calendar *cal, int32_t from, int32_t to)
{
	return rank(cal, to) - rank(cal, from);
}

int32_t calendar_effective_day(const struct calendar *cal, const struct office_hours *hours, int64_t at)
{
	int32_t day = clock_day(at);

	if (!hours->deem_next_workday)
		return day;
	if (calendar_is_workday(cal, day) && clock_second_of_day(at) / 60 <= hours->close_min)
		return day;
	return calendar_add(cal, day, 1, NULL);
}

int32_t calendar_known_until(const struct calendar *cal)
{
	int y = 0;

	while (y < cal->n_years && !cal->final[y])
		y++;
	if (y == cal->n_years)
		return DAY_NONE;
	while (y < cal->n_years && cal->final[y])
		y++;
	return clock_day_of(cal->first_year + y, 1, 1) - 1;
}
