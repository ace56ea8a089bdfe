/* rules_calendar - a year's holidays and make-up days, the notices they come from, and the import of a new one. */
#include <string.h>

#include "clock.h"
#include "rules.h"
#include "views/rules_calendar.h"

#define LOOK_MS 2500
#define NOTICE_CHARS 60000
#define HOLIDAYS_MAX 64

static const struct field calendar_fields[] = {
	{ "year", FIELD_INT, .label = "年份", .min = CALENDAR_FIRST_YEAR + 1, .max = CALENDAR_LAST_YEAR - 1 },
	{ "notice", FIELD_TEXT, .label = "放假安排", .max = NOTICE_CHARS },
	{ "reason", FIELD_LINE, .label = "为什么导入", .max = CLOCK_REASON_MAX },
};
const struct form_def form_calendar = { calendar_fields, ARRAY_LEN(calendar_fields) };

/* --- the year --- */

static struct cal_day day_of(struct arena *a, const struct worktime *wt, int32_t day, int32_t today)
{
	static const char *const marks[] = { [CALENDAR_WORK] = "", [CALENDAR_MAKEUP] = "班", [CALENDAR_WEEKEND] = "",
		[CALENDAR_HOLIDAY] = "休" };
	static const char *const css[] = { [CALENDAR_WORK] = "", [CALENDAR_MAKEUP] = "lx-cal__makeup",
		[CALENDAR_WEEKEND] = "lx-cal__weekend", [CALENDAR_HOLIDAY] = "lx-cal__off" };
	enum calendar_kind kind = calendar_kind_of(wt->cal, day);
	int y, m, d;

	clock_civil(day, &y, &m, &d);
	return (struct cal_day){ .number = arena_printf(a, "%d", d), .mark = marks[kind], .css = css[kind],
		.today = day == today };
}

static struct cal_month month_of(struct arena *a, const struct worktime *wt, int year, int month, int32_t today)
{
	int32_t first = clock_day_of(year, month, 1), end = month == 12 ? clock_day_of(year + 1, 1,
		1) : clock_day_of(year, month + 1, 1);
	struct cal_week *weeks = arena_array(a, 6, sizeof(*weeks));
	struct cal_month m = { .name = arena_printf(a, "%d月", month), .weeks = weeks };
	int place = clock_weekday(first) - 1;

	for (int32_t day = first; day < end; day++, place++) {
		struct cal_week *w = &weeks[place / 7];

		if (w->days == NULL) {
			w->all = arena_array(a, 7, sizeof(*w->all));
			w->days = w->all;
			w->days_n = 7;
			m.weeks_n = (size_t)place / 7 + 1;
			for (int i = 0; i < 7; i++)
				w->all[i] = (struct cal_day){ .number = "", .mark = "", .css = "" };
		}
		w->all[place % 7] = day_of(a, wt, day, today);
		m.workdays += calendar_is_workday(wt->cal, day);
	}
	return m;
}

/* The holiday of that name in the list, added when it is new; NULL when there are too many. */
static struct cal_holiday *holiday_of(struct cal_holiday *list, size_t *n, const char *name)
{
	for (size_t i = 0; i < *n; i++) {
		if (str_eq(list[i].name, name))
			return &list[i];
	}
	if (*n == HOLIDAYS_MAX)
		return NULL;
	list[*n] = (struct cal_holiday){ .name = name, .off = "", .worked = "" };
	return &list[(*n)++];
}

static const char *joined(struct arena *a, const char *list, const char *day)
{
	return list[0] == '\0' ? day : arena_printf(a, "%s、%s", list, day);
}

/* The holidays of the year by name: days off, days worked for them. */
static void add_holidays(struct page *p, const struct worktime *wt, int year, struct view_rules_calendar *v)
{
	struct cal_holiday *list = arena_array(p->a, HOLIDAYS_MAX, sizeof(*list));
	int32_t today = clock_day(p->now);

	for (int32_t day = clock_day_of(year, 1, 1); day < clock_day_of(year + 1, 1, 1); day++) {
		enum calendar_kind kind = calendar_kind_of(wt->cal, day);
		struct cal_holiday *h;

		if (kind != CALENDAR_HOLIDAY && kind != CALENDAR_MAKEUP)
			continue;
		h = holiday_of(list, &v->holidays_n, calendar_name(wt->cal, day));
		if (h != NULL && kind == CALENDAR_HOLIDAY)
			h->off = joined(p->a, h->off, show_day(p->a, day, today));
		else if (h != NULL)
			h->worked = joined(p->a, h->worked, show_day(p->a, day, today));
	}
	v->holidays = list;
}

static int add_notices(struct page *p, int year, struct view_rules_calendar *v)
{
	int32_t today = clock_day(p->now);
	struct q_rules_notices *rows = NULL;
	struct cal_notice *list;
	struct choice *years;
	size_t n = 0;
	int rc = q_rules_notices(p->db, p->a, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	years = arena_array(p->a, n + 2, sizeof(*years));
	for (size_t i = 0; i < n; i++) {
		bool newest = i == 0 || rows[i].year != rows[i - 1].year;

		if (newest)
			years[v->years_n++] = (struct choice){ .text = arena_printf(p->a, "%lld", (long long)rows[i].year),
				.chosen = rows[i].year == year, .url = { arena_printf(p->a, "/rules/calendar?year=%lld",
					(long long)rows[i].year) } };
		if (rows[i].year != year)
			continue;
		list[v->notices_n++] = (struct cal_notice){ .version = rows[i].version_id, .days = rows[i].days,
			.change = rows[i].change_id,
			.source = rows[i].source, .imported = show_moment(p->a, rows[i].imported_at, today), .in_force = newest,
			.provisional = rows[i].provisional };
	}
	v->years = years;
	v->notices = list;
	return 0;
}

static int render(struct page *p, bool typed)
{
	struct view_rules_calendar v = { .errors = typed ? p->form : NULL, .form = p->form };
	int32_t today = clock_day(p->now);
	const struct worktime *wt;
	struct cal_month *months;
	int year, month, day, rc = worktime_get(p->db, &wt);

	if (rc != 0)
		return rc;
	clock_civil(today, &year, &month, &day);
	if (!typed)
		year = (int)form_int(p->form, "year", year);
	months = arena_array(p->a, 12, sizeof(*months));
	for (int m = 0; m < 12; m++) {
		months[m] = month_of(p->a, wt, year, m + 1, today);
		v.workdays += months[m].workdays;
	}
	v.months = months;
	v.months_n = 12;
	add_holidays(p, wt, year, &v);
	if ((rc = add_notices(p, year, &v)) != 0)
		return rc;
	v.year = year;
	v.provisional = calendar_is_provisional(wt->cal, clock_day_of(year, 6, 1));
	v.known = rules_known_words(p->a, wt, today);
	v.may_change = access_may(page_actor(p), CAP_RULES);
	v.nav = tabs(p, TABS_RULES);
	v.frame = page_titled(p, arena_printf(p->a, "%d年放假安排", year));
	view_rules_calendar(&p->reply->body, &v);
	return 0;
}

int calendar_show(struct page *p)
{
	if (!form_ok(p->form))
		form_empty(p->a, &form_calendar, p->form);
	return render(p, false);
}

/* --- a new notice --- */

static void need(struct page *p, const char *name, const char *message)
{
	if (form_raw(p->form, name)[0] == '\0')
		form_fail(p->form, name, message);
}

static int draw_up(struct page *p, int64_t *ret_id)
{
	const char *text = form_text(p->form, "notice");
	struct clock_by by = { page_actor(p)->officer_id, form_text(p->form, "reason") };
	struct calendar_file *files;
	size_t n;
	int rc = calendar_file_parse(p->a, "第", text, strlen(text), &files, &n);

	if (rc == ERR_INVALID || rc == ERR_TOOBIG)
		return err_say(ERR_INVALID, "这不是放假安排的 JSON 文件，请核对后重新粘贴（%s）", arena_strdup(p->a, err_detail()));
	if (rc == 0)
		rc = clock_change_notices(p->db, p->a, &by, files, n, ret_id);
	return rc == 0 ? clock_change_look(p->db, p->a, *ret_id, LOOK_MS) : rc;
}

int calendar_send(struct page *p)
{
	int64_t id = 0;
	int rc = 0;

	need(p, "notice", "请粘贴放假安排的 JSON 文件");
	need(p, "reason", "请写明为什么导入，例如通知的文号");
	if (form_ok(p->form)) {
		rc = draw_up(p, &id);
		if (rc == 0)
			return reply_redirect(p->reply, arena_printf(p->a, "/rules/changes/%lld", (long long)id));
	}
	rc = admin_failed(p, rc, "notice");
	return rc != 0 ? rc : render(p, true);
}
