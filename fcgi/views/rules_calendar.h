#ifndef VIEW_RULES_CALENDAR_H
#define VIEW_RULES_CALENDAR_H

#include "_tabs.h"
#include "choice.h"
#include "form.h"

struct cal_day {
	const char *number, *mark, *css;   /* number "": not of this month */
	bool today;
};
struct cal_week {
	struct cal_day *all;
	const struct cal_day *days;
	size_t days_n;
};
struct cal_month {
	const char *name;
	const struct cal_week *weeks;
	size_t weeks_n;
	int workdays;
};
struct cal_holiday {
	const char *name, *off, *worked;
};
struct cal_notice {
	int64_t version, days, change;
	const char *source, *imported;
	bool in_force, provisional;
};

/* One year: holidays and make-up days, where they come from, and the form for a new notice. */
struct view_rules_calendar {
	const struct frame *frame;
	struct part_tabs nav;
	const struct form *errors;   /* NULL on a first visit */
	const struct form *form;
	const char *known;
	int year, workdays;
	bool provisional, may_change;
	const struct choice *years;
	const struct cal_month *months;
	const struct cal_holiday *holidays;
	const struct cal_notice *notices;
	size_t years_n, months_n, holidays_n, notices_n;
};
void view_rules_calendar(struct str *o, const struct view_rules_calendar *v);

#endif
