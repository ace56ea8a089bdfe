/* days - the working-day calculator of both sites: received at … and n working days, or from one day to another. */
#include <string.h>

#include "account_show.h"
#include "clock.h"
#include "show.h"
#include "views/days.h"

#define SPAN_MAX 800             /* days between two dates */

static const struct field daycount_fields[] = {
	{ "received", FIELD_DATE, .label = "收到的日期", .wrong = "请填写日期，例如 2026-09-29" },
	{ "time", FIELD_LINE, .label = "收到的时间", .max = 5 },
	{ "n", FIELD_INT, .label = "几个工作日", .min = 0, .max = 250 },
	{ "from", FIELD_DATE, .label = "从哪天", .wrong = "请填写日期，例如 2026-09-29" },
	{ "to", FIELD_DATE, .label = "到哪天", .wrong = "请填写日期，例如 2026-10-19" },
};
const struct form_def form_daycount = { daycount_fields, ARRAY_LEN(daycount_fields) };

static bool in_range(int32_t day)
{
	return day >= clock_day_of(2000, 1, 1) && day <= clock_day_of(2099, 12, 31);
}

/* "17:30" → minutes; -1: no time. A bare date is a day on which nothing is said of the hour. */
static int minutes_of(struct page *p)
{
	const char *time = form_text(p->form, "time");
	long long h, m;
	size_t n;
	char **parts;

	if (time == NULL)
		return -1;
	parts = str_split(p->a, arena_strdup(p->a, time), ':', &n);
	if (n == 2 && str_to_int(parts[0], 0, 23, &h) == 0 && strlen(parts[1]) == 2 && str_to_int(parts[1], 0, 59, &m) == 0)
		return (int)(h * 60 + m);
	form_fail(p->form, "time", "请按 24 小时填写时间，例如 16:30");
	return -1;
}

static void need_day(struct page *p, const char *name, const char *message)
{
	int32_t day = form_day(p->form, name);

	if (form_error(p->form, name) == NULL && (day == DAY_NONE || !in_range(day)))
		form_fail(p->form, name, day == DAY_NONE ? message : "日期要在 2000 年到 2099 年之间");
}

static const char *effective_words(struct page *p, const struct worktime *wt, int32_t day, int32_t start)
{
	int32_t today = clock_day(p->now);

	if (start == day)
		return "";
	return arena_printf(p->a, "%s，视为 %s收到。", calendar_is_workday(wt->cal, day) ? "下班以后收到" : "休息日收到",
		show_day(p->a, start, today));
}

static int add_term(struct page *p, const struct worktime *wt, struct view_days *v)
{
	int32_t day = form_day(p->form, "received"), start, due = DAY_NONE, today = clock_day(p->now);
	int minutes = minutes_of(p), n = (int)form_int(p->form, "n", -1), rc;

	need_day(p, "received", "请填写收到的日期");
	if (n < 0 && form_error(p->form, "n") == NULL)
		form_fail(p->form, "n", "请填写几个工作日");
	if (!form_ok(p->form))
		return 0;
	start = minutes < 0 ? day : calendar_effective_day(wt->cal, &wt->hours, clock_day_start(day) + minutes * 60);
	rc = account_show_term(p, wt, start, (struct sla_term){ n, 'W' }, &due, &v->account);
	if (rc != 0)
		return rc;
	v->answer = arena_printf(p->a, "最迟 %s", show_day(p->a, due, today));
	v->note = effective_words(p, wt, day, start);
	v->provisional = calendar_span_provisional(wt->cal, day, due);
	v->has = true;
	return 0;
}

static int add_span(struct page *p, const struct worktime *wt, struct view_days *v)
{
	int32_t from = form_day(p->form, "from"), to = form_day(p->form, "to");

	need_day(p, "from", "请填写从哪天");
	need_day(p, "to", "请填写到哪天");
	if (form_ok(p->form) && (to < from || to - from > SPAN_MAX))
		form_fail(p->form, "to", to < from ? "到的日期不能早于从的日期" : "两个日期最多相差 800 天");
	if (!form_ok(p->form))
		return 0;
	v->answer = arena_printf(p->a, "%d 个工作日", calendar_between(wt->cal, from, to));
	v->note = "从第二天起数，到最后一天为止。";
	v->provisional = calendar_span_provisional(wt->cal, from, to);
	v->has = true;
	return account_show_between(p, wt, from, to, &v->account);
}

static int show(struct page *p)
{
	bool term = form_given(p->form, "received") || form_given(p->form, "n");
	bool span = form_given(p->form, "from") || form_given(p->form, "to");
	struct view_days v = { .answer = "", .note = "", .form = p->form, .desk = p->site == SITE_DESK };
	const struct worktime *wt;
	int rc = worktime_get(p->db, &wt);

	if (rc == 0 && term)
		rc = add_term(p, wt, &v);
	else if (rc == 0 && span)
		rc = add_span(p, wt, &v);
	if (rc != 0)
		return rc;
	if (!form_ok(p->form)) {
		v.errors = p->form;
		reply_status(p->reply, err_http(ERR_INVALID));
	}
	v.closes = arena_printf(p->a, "%d:%02d", wt->hours.close_min / 60, wt->hours.close_min % 60);
	v.deems = wt->hours.deem_next_workday;
	v.known = show_day(p->a, calendar_known_until(wt->cal), clock_day(p->now));
	v.frame = page_titled(p, "工作日计算");
	view_days(&p->reply->body, &v);
	return 0;
}

int days_desk(struct page *p)
{
	return show(p);
}

int days_public(struct page *p)
{
	return show(p);
}
