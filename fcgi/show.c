/* show - see show.h. */
#include "show.h"

#include <string.h>

#include "clock.h"
#include "worktime_rules.h"

const char *show_day(struct arena *a, int32_t day, int32_t today)
{
	return clock_fmt_day_zh(a, day, today);
}

const char *show_date(struct arena *a, int32_t day)
{
	int year, month, date;

	if (day == DAY_NONE)
		return "";
	clock_civil(day, &year, &month, &date);
	return arena_printf(a, "%d年%d月%d日", year, month, date);
}

const char *show_span(struct arena *a, int32_t from, int32_t to)
{
	return arena_printf(a, "%s 至 %s", show_date(a, from), show_date(a, to));
}

const char *show_moment(struct arena *a, int64_t at, int32_t today)
{
	int year, month, day, now, minute;

	if (at == TIME_NONE)
		return "";
	clock_civil(today, &now, &month, &day);
	clock_civil(clock_day(at), &year, &month, &day);
	minute = clock_second_of_day(at) / 60;
	if (year != now)
		return arena_printf(a, "%d年%d月%d日 %02d:%02d", year, month, day, minute / 60, minute % 60);
	return arena_printf(a, "%d月%d日 %02d:%02d", month, day, minute / 60, minute % 60);
}

struct show_due show_due(struct arena *a, const struct worktime *wt, int32_t today, int32_t due_on, bool provisional)
{
	return show_due_of(a, wt, today, due_on, provisional, states_timer_code(TIMER_REPLY), TYPE__MAX, 0);
}

struct show_due show_due_of(struct arena *a, const struct worktime *wt, int32_t today, int32_t due_on, bool provisional,
	const char *timer, enum ticket_type type, int64_t unit_id)
{
	static const char *const lights[] = {
		[SLA_GREEN] = "", [SLA_WARNING] = "预警", [SLA_YELLOW] = "黄牌", [SLA_RED] = "红牌",
	};
	struct show_due d = { .day = "", .iso = "", .left = "", .css = "", .light = "", .note = "" };
	int year, month, day;

	if (due_on == DAY_NONE)
		return d;
	d.left_days = sla_left(wt->cal, today, due_on);
	d.colour = sla_light(d.left_days, &worktime_light(wt, timer, type, unit_id, today)->at);
	d.day = show_day(a, due_on, today);
	d.iso = clock_fmt_day(a, due_on);
	d.left = sla_left_words(a, d.left_days);
	d.light = lights[d.colour];
	d.late = d.left_days < 0;
	d.soon = d.colour == SLA_WARNING;
	d.css = d.late ? "lx-due--late" : d.soon ? "lx-due--soon" : "";
	d.provisional = provisional;
	if (provisional) {
		clock_civil(due_on, &year, &month, &day);
		d.note = arena_printf(a, "暂定：%d年的放假安排还没有公布，公布后可能调整", year);
	}
	return d;
}

/* --- states --- */

static const struct { const char *sign, *colour; } looks[TICKET__MAX] = {
	[TICKET_SUBMITTED] = { "●", "grey" },    [TICKET_SUPPLEMENT] = { "!", "orange" },
	[TICKET_ACCEPTED] = { "◐", "blue" },     [TICKET_ASSIGNED] = { "◐", "blue" },
	[TICKET_HANDLING] = { "◐", "blue" },     [TICKET_OBJECTED] = { "↻", "orange" },
	[TICKET_SUSPENDED] = { "!", "orange" },  [TICKET_IN_REVIEW] = { "◐", "blue" },
	[TICKET_SUBMITTED_UP] = { "◐", "blue" }, [TICKET_REPLIED] = { "✓", "green" },
	[TICKET_CLOSED] = { "✓", "grey" },       [TICKET_ARCHIVED] = { "✓", "grey" },
	[TICKET_REFUSED] = { "→", "grey" },      [TICKET_MERGED] = { "→", "grey" },
	[TICKET_WITHDRAWN] = { "→", "grey" },    [TICKET_INVALID] = { "→", "grey" },
};

static struct part_status state_tag(enum ticket_state s, const char *text, bool late)
{
	struct part_status tag = { .text = text, .sign = "●", .colour = "grey" };

	if (s < TICKET__MAX) {
		tag.sign = looks[s].sign;
		tag.colour = looks[s].colour;
	}
	if (late && states_open(s)) {
		tag.sign = "!";
		tag.colour = "red";
	}
	return tag;
}

struct part_status show_state(enum ticket_state s, bool late)
{
	return state_tag(s, s < TICKET__MAX ? states_office(s) : "", late);
}

struct part_status show_state_public(enum ticket_state s, bool late)
{
	return state_tag(s, s < TICKET__MAX ? states_writer(s) : "", late);
}

struct part_status show_pub(enum pub_state s)
{
	struct part_status tag = { .text = "", .sign = "●", .colour = "grey" };

	if (s >= PUB__MAX)
		return tag;
	tag.text = states_pub_name(s);
	if (s == PUB_PENDING_REVIEW) {
		tag.sign = "!";
		tag.colour = "orange";
	} else if (s == PUB_APPROVED_FULL || s == PUB_APPROVED_SUMMARY) {
		tag.sign = "◐";
		tag.colour = "blue";
	} else if (s == PUB_PUBLISHED || s == PUB_CORRECTED) {
		tag.sign = "✓";
		tag.colour = "green";
	} else if (s != PUB_NOT_DUE) {
		tag.sign = "→";
	}
	return tag;
}

/* --- words for codes --- */

const char *show_term(struct arena *a, int amount, char unit)
{
	return arena_printf(a, "%d %s", amount, unit == 'W' ? "个工作日" : unit == 'M' ? "个月" : "天");
}

struct word { const char *code, *text; };

static const char *word_of(const struct word *words, size_t n, const char *code)
{
	for (size_t i = 0; i < n; i++) {
		if (str_eq(words[i].code, code))
			return words[i].text;
	}
	return code;
}

const char *show_reply_kind(const char *code)
{
	static const struct word words[] = {
		{ "holding", "暂缓答复说明" }, { "interim", "阶段性答复" }, { "final", "正式答复" },
		{ "supplementary", "补充答复" }, { "correction", "更正答复" },
	};

	return word_of(words, ARRAY_LEN(words), code);
}

const char *show_grade(int64_t grade)
{
	static const char *const words[] = { "", "很不满意", "不满意", "基本满意", "满意", "很满意" };

	return grade >= 1 && grade <= 5 ? words[grade] : "";
}
