/* demo_time - see demo_time.h. */
#include "demo_time.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "str.h"

static int64_t at_minute(int32_t day, int minute)
{
	return clock_day_start(day) + minute * 60;
}

int32_t demo_time_day(const struct demo_time *t, int32_t from, int64_t n)
{
	int step = n < 0 ? -1 : 1;

	for (; n; n -= step) {
		do
			from += step;
		while (!calendar_is_workday(t->wt->cal, from));
	}
	return from;
}

struct demo_time demo_time_make(const struct worktime *wt, int64_t now)
{
	struct demo_time t = { .wt = wt, .now = now, .from = clock_day(now) };
	int32_t today = t.from;
	bool working = calendar_is_workday(wt->cal, today);

	if (!working)
		t.from = demo_time_day(&t, today, 1);
	if (working && now >= at_minute(today, wt->hours.open_min))
		t.last_at = at_minute(today, wt->hours.close_min) < now ? at_minute(today, wt->hours.close_min) : now;
	else
		t.last_at = at_minute(demo_time_day(&t, today, -1), wt->hours.close_min);
	return t;
}

int demo_time_begin(const struct demo_time *t, int64_t workdays_ago, const char *at, int64_t *ret_at)
{
	int32_t day = demo_time_day(t, t->from, -workdays_ago);
	int h, m;

	if (workdays_ago < 0 || strlen(at) != 5 || at[2] != ':' || strspn(at, "0123456789:") != 5)
		return err_set(ERR_INVALID, "'at' or 'workdays_ago' cannot be");
	h = (int)strtol(at, NULL, 10);
	m = (int)strtol(at + 3, NULL, 10);
	if (h > 23 || m > 59)
		return err_set(ERR_INVALID, "'at' is no time of day");
	*ret_at = at_minute(day, h * 60 + m);
	if (*ret_at > t->now)
		*ret_at = t->now;
	return 0;
}

/* Office minutes after a moment. */
static int64_t office_add(const struct demo_time *t, int64_t at, int64_t minutes)
{
	int64_t left_s = minutes * 60;

	for (int32_t day = clock_day(at);; day++, at = clock_day_start(day)) {
		int64_t open = at_minute(day, t->wt->hours.open_min), close = at_minute(day, t->wt->hours.close_min);

		if (!calendar_is_workday(t->wt->cal, day) || at >= close)
			continue;
		if (at < open)
			at = open;
		if (at + left_s <= close)
			return at + left_s;
		left_s -= close - at;
	}
}

/* Without regard to now. */
static int after_wait(const struct demo_time *t, int64_t at, const char *wait, int extra_min, int64_t *ret)
{
	char *unit;
	int64_t n, rest = clock_second_of_day(at);

	if (!*wait) {
		*ret = office_add(t, at, extra_min);
		return 0;
	}
	n = strtoll(wait, &unit, 10);
	if (n < 0 || n > 200 || strlen(unit) != 1 || !strchr("mhdc", *unit))
		return err_set(ERR_INVALID, "'wait' cannot be '%s'", wait);
	if (*unit == 'd')
		*ret = office_add(t, clock_day_start(demo_time_day(t, clock_day(at), n)) + rest, extra_min);
	else if (*unit == 'c')
		*ret = at + n * 86400;
	else
		*ret = office_add(t, at, *unit == 'h' ? n * 60 : n);
	return 0;
}

int demo_time_next(const struct demo_time *t, int64_t at, const char *wait, int extra_min, int64_t *ret_at)
{
	int64_t next = at;
	int r = after_wait(t, at, wait, extra_min, &next);

	if (r < 0)
		return r;
	if (next > at_minute(t->from, t->wt->hours.close_min))
		return err_set(ERR_INVALID, "'wait' leads past today");
	if (next > t->last_at)
		next = t->last_at;
	*ret_at = next < at ? at : next;
	return 0;
}

const char *demo_time_dates(const struct demo_time *t, struct arena *a, const char *text, int32_t day)
{
	struct str o;

	str_init(&o, a, strlen(text) * 4 + 64);
	while (*text) {
		size_t n = strcspn(text, "{");
		char *end;
		int y, m, d;

		str_addn(&o, text, n);
		text += n;
		if (!*text)
			break;
		clock_civil(demo_time_day(t, day, strtoll(text + 1, &end, 10) % 500), &y, &m, &d);
		if (end == text + 1 || *end != '}') {
			str_addc(&o, *text++);
			continue;
		}
		str_addf(&o, "%d月%d日", m, d);
		text = end + 1;
	}
	return o.s;
}
