/* sla - terms and the days they end on, in working days, calendar days or months.
 *
 * A due date is a pure function of the day a clock started, its term, its pauses and the calendar; whoever
 * keeps a deadline stores those and asks again when one of them changes. Called by intake, by the state
 * changes of a letter, by slad and by the pages that explain a deadline. No clock, no database.
 * The first day is not counted (民法典 art. 201). A term in calendar days or months that would end on a day off
 * ends on the next working day, and the last day lasts until 24:00 (art. 203). An extension is a larger
 * amount of the same term. A term of nought days is due on its first day, whatever day that is. */
#ifndef SLA_H
#define SLA_H

#include "calendar.h"

/* The largest amounts, and the most days that sla_explain() lists. */
#define SLA_DAYS_MAX CALENDAR_ADD_MAX
#define SLA_MONTHS_MAX 240
#define SLA_STEPS_MAX 40000

/* unit: 'W' working days, 'D' calendar days, 'M' months. */
struct sla_term {
	int amount;
	char unit;
};

/* The days from+1 … to are not counted; to == DAY_NONE: still paused. Pauses may overlap and come in any order. */
struct sla_pause {
	int32_t from;
	int32_t to;
};

struct sla_due {
	int32_t on;
	int64_t at;                  /* 24:00 of `on`: from this second it is late */
	bool provisional;            /* rests on a year without a final notice */
	bool paused;                 /* an open pause began before `on`: the real day is later and not known yet */
};

/* The day a term ends on. An open pause moves nothing: `on` is then the day that would be due without it.
 * Months are counted to the same day of a later month, or its last; pauses add as many days as they took.
 * ERR_INVALID for a unit or amount out of range, a pause that ends before it begins or has no beginning, and
 * when the answer lies beyond the calendar. */
int sla_due(const struct calendar *cal, int32_t start_day, struct sla_term term, const struct sla_pause *pauses,
            size_t n_pauses, struct sla_due *ret) MUST_CHECK;

/* Why a day is or is not counted. SLA_MOVED: the term had ended on a day off, and this is the next working day. */
enum sla_why { SLA_START, SLA_COUNTED, SLA_WEEKEND, SLA_HOLIDAY, SLA_PAUSED, SLA_MOVED };

struct sla_step {
	int32_t day;
	enum calendar_kind kind;
	int counted;                 /* the n-th counted day, or 0 */
	enum sla_why why;
	const char *name;            /* calendar_name() */
	bool provisional;
};

/* The account of sla_due(): one step for each day from the first (SLA_START) to the one it is due on. The array
 * lives in the arena, the names as long as the calendar. Errors as sla_due(), and ERR_TOOBIG when there would
 * be more than SLA_STEPS_MAX. */
int sla_explain(struct arena *a, const struct calendar *cal, int32_t start_day, struct sla_term term,
                const struct sla_pause *pauses, size_t n_pauses, struct sla_step **ret, size_t *ret_n) MUST_CHECK;

/* Working days left: 0 today, 1 on the next working day; late is negative. A day is a day: before the due
 * date it is at least 1, after it at most -1, also when only days off lie between. */
int sla_left(const struct calendar *cal, int32_t today, int32_t due_on);
/* 还有 4 个工作日; 今天到期; 超期 1 个工作日. */
const char *sla_left_words(struct arena *a, int left);

/* 10 个工作日; 60 日; 3 个月. */
const char *sla_term_words(struct arena *a, int amount, char unit);

/* The first day on which half of the time between two days has passed: in working days for 'W', else in days. */
int32_t sla_half(const struct calendar *cal, int32_t start_on, int32_t due_on, char unit);

enum sla_light { SLA_GREEN, SLA_WARNING, SLA_YELLOW, SLA_RED };

/* Working days: warn from this many before due; yellow while late by no more than that many. */
struct sla_thresholds {
	int warn;
	int yellow;
};

/* thresholds: NULL for the defaults, 2 and 2. */
enum sla_light sla_light(int left, const struct sla_thresholds *thresholds);

/* One row of the table of terms. valid_from and valid_to are the first and last day in force; DAY_NONE: open. */
struct sla_policy {
	int64_t id;
	const char *timer;
	const char *type;            /* NULL: any */
	int64_t unit_id;             /* 0: any */
	int amount;
	char unit;
	int max_amount;              /* ceiling with extensions; 0: none */
	int allowance;               /* total up to which the unit itself may extend */
	int32_t valid_from;
	int32_t valid_to;
};

/* The row that applies on a day: for unit and type, else for the unit, else for the type, else for all. Of
 * several alike the one in force since later, then the one with the larger id. NULL when there is none. */
const struct sla_policy *sla_policy_pick(const struct sla_policy *policies, size_t n, const char *timer,
                                         const char *type, int64_t unit_id, int32_t day);

#endif
