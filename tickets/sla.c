/* sla - see sla.h.
 *
 * A term is counted in stretches between pauses: what a stretch holds is taken off the amount, and the last
 * stretch is where the term ends. Months become the number of calendar days they have from that start, and
 * go on as calendar days. sla_explain() walks the same days one by one. */
#include "sla.h"

#include "clock.h"
#include "str.h"

static int32_t later(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

static bool is_off(const struct calendar *cal, int32_t day)
{
	return !calendar_is_workday(cal, day);
}

/* Units counted in (from, to]. */
static int counted_between(const struct calendar *cal, char unit, int32_t from, int32_t to)
{
	return unit == 'W' ? calendar_between(cal, from, to) : to - from;
}

/* The closed pause that takes hold first after a day, or NULL. */
static const struct sla_pause *next_pause(const struct sla_pause *pauses, size_t n, int32_t after)
{
	const struct sla_pause *best = NULL;

	for (size_t i = 0; i < n; i++)
		if (pauses[i].to != DAY_NONE && pauses[i].to > after && (!best || pauses[i].from < best->from))
			best = &pauses[i];
	return best;
}

static bool in_pause(const struct sla_pause *pauses, size_t n, int32_t day)
{
	for (size_t i = 0; i < n; i++)
		if (pauses[i].to != DAY_NONE && day > pauses[i].from && day <= pauses[i].to)
			return true;
	return false;
}

/* The same day of a later month, or that month's last. */
static int32_t add_months(int32_t day, int months)
{
	int y, m, d, of_month;
	int32_t first, last;

	clock_civil(day, &y, &m, &d);
	of_month = y * 12 + m - 1 + months;
	first = clock_day_of(of_month / 12, of_month % 12 + 1, 1);
	last = clock_day_of((of_month + 1) / 12, (of_month + 1) % 12 + 1, 1) - 1;
	return first + d - 1 < last ? first + d - 1 : last;
}

static bool has_answer(int32_t day)
{
	return day >= clock_day_of(CALENDAR_FIRST_YEAR, 1, 1) && day <= clock_day_of(CALENDAR_LAST_YEAR, 12, 31);
}

static bool is_pause(const struct sla_pause *p)
{
	return has_answer(p->from) && (p->to == DAY_NONE || (has_answer(p->to) && p->to >= p->from));
}

static int check(int32_t start, struct sla_term term, const struct sla_pause *pauses, size_t n)
{
	int max = term.unit == 'M' ? SLA_MONTHS_MAX : SLA_DAYS_MAX;

	if (term.unit != 'W' && term.unit != 'D' && term.unit != 'M')
		return err_set(ERR_INVALID, "term: unit %d is not one of W, D, M", term.unit);
	if (term.amount < 0 || term.amount > max)
		return err_set(ERR_INVALID, "term: %d %c is not within 0 to %d", term.amount, term.unit, max);
	if (!has_answer(start))
		return err_set(ERR_INVALID, "term: it begins on day %d, beyond the calendar", (int)start);
	for (size_t i = 0; i < n; i++)
		if (!is_pause(&pauses[i]))
			return err_set(ERR_INVALID, "pause %zu: from day %d to day %d", i, (int)pauses[i].from,
			               (int)pauses[i].to);
	return 0;
}

/* A term in months as the calendar days it has from this start; others as they are. */
static struct sla_term in_days(int32_t start, struct sla_term term)
{
	if (term.unit == 'M')
		term = (struct sla_term){ .amount = add_months(start, term.amount) - start, .unit = 'D' };
	return term;
}

/* The day on which the last of `left` days is counted, days off and all. DAY_NONE beyond the calendar. */
static int32_t run_out(const struct calendar *cal, int32_t day, struct sla_term term,
                       const struct sla_pause *pauses, size_t n)
{
	const struct sla_pause *pause;
	int left = term.amount;

	while (left && (pause = next_pause(pauses, n, day))) {
		int stretch = counted_between(cal, term.unit, day, later(day, pause->from));

		if (stretch >= left)
			break;
		left -= stretch;
		day = pause->to;
	}
	if (term.unit == 'W')
		return calendar_add(cal, day, left, NULL);
	return has_answer(day + left) ? day + left : DAY_NONE;
}

int sla_due(const struct calendar *cal, int32_t start_day, struct sla_term term, const struct sla_pause *pauses,
            size_t n_pauses, struct sla_due *ret)
{
	struct sla_due due = { .paused = false };
	int rc = check(start_day, term, pauses, n_pauses);

	if (rc < 0)
		return rc;
	due.on = run_out(cal, start_day, in_days(start_day, term), pauses, n_pauses);
	if (term.unit != 'W' && term.amount)
		while (has_answer(due.on) && (is_off(cal, due.on) || in_pause(pauses, n_pauses, due.on)))
			due.on++;
	if (!has_answer(due.on))
		return err_set(ERR_INVALID, "term: %d %c from day %d ends beyond the calendar", term.amount, term.unit,
		               (int)start_day);
	due.at = clock_day_start(due.on + 1);
	due.provisional = calendar_span_provisional(cal, start_day, due.on);
	for (size_t i = 0; i < n_pauses; i++)
		due.paused |= pauses[i].to == DAY_NONE && pauses[i].from < due.on;
	*ret = due;
	return 0;
}

static enum sla_why off_why(enum calendar_kind kind)
{
	return kind == CALENDAR_HOLIDAY ? SLA_HOLIDAY : SLA_WEEKEND;
}

int sla_explain(struct arena *a, const struct calendar *cal, int32_t start_day, struct sla_term term,
                const struct sla_pause *pauses, size_t n_pauses, struct sla_step **ret, size_t *ret_n)
{
	struct sla_due due;
	struct sla_step *steps;
	size_t n;
	int counted = 0, rc = sla_due(cal, start_day, term, pauses, n_pauses, &due);

	if (rc < 0)
		return rc;
	if (due.on - start_day >= SLA_STEPS_MAX)
		return err_set(ERR_TOOBIG, "term: more than %d days to explain", SLA_STEPS_MAX);
	n = (size_t)(due.on - start_day) + 1;
	steps = arena_array(a, n, sizeof *steps);
	term = in_days(start_day, term);
	for (size_t i = 0; i < n; i++) {
		int32_t day = start_day + (int32_t)i;
		struct sla_step *step = &steps[i];
		bool off = is_off(cal, day);

		step->day = day;
		step->kind = calendar_kind_of(cal, day);
		step->name = calendar_name(cal, day);
		step->provisional = calendar_is_provisional(cal, day);
		if (i == 0)
			step->why = SLA_START;
		else if (in_pause(pauses, n_pauses, day))
			step->why = SLA_PAUSED;
		else if (off && (term.unit == 'W' || counted == term.amount))
			step->why = off_why(step->kind);
		else
			step->why = counted == term.amount ? SLA_MOVED : SLA_COUNTED;
		if (step->why == SLA_COUNTED)
			step->counted = ++counted;
	}
	*ret = steps;
	*ret_n = n;
	return 0;
}

int sla_left(const struct calendar *cal, int32_t today, int32_t due_on)
{
	int n = calendar_between(cal, today, due_on);

	if (n == 0 && today != due_on)
		return today < due_on ? 1 : -1;
	return n;
}

const char *sla_left_words(struct arena *a, int left)
{
	if (left == 0)
		return "今天到期";
	return left > 0 ? arena_printf(a, "还有 %d 个工作日", left) : arena_printf(a, "超期 %d 个工作日", -left);
}

const char *sla_term_words(struct arena *a, int amount, char unit)
{
	return arena_printf(a, "%d %s", amount, unit == 'W' ? "个工作日" : unit == 'M' ? "个月" : "日");
}

int32_t sla_half(const struct calendar *cal, int32_t start_on, int32_t due_on, char unit)
{
	int days = unit == 'W' ? calendar_between(cal, start_on, due_on) : due_on - start_on;

	if (days <= 0)
		return due_on;
	return unit == 'W' ? calendar_add(cal, start_on, (days + 1) / 2, NULL) : start_on + (days + 1) / 2;
}

enum sla_light sla_light(int left, const struct sla_thresholds *thresholds)
{
	static const struct sla_thresholds usual = { .warn = 2, .yellow = 2 };
	const struct sla_thresholds *t = thresholds ? thresholds : &usual;

	if (left > t->warn)
		return SLA_GREEN;
	if (left >= 0)
		return SLA_WARNING;
	return -left <= t->yellow ? SLA_YELLOW : SLA_RED;
}

static bool applies(const struct sla_policy *p, const char *timer, const char *type, int64_t unit_id, int32_t day)
{
	return str_eq(p->timer, timer) && (!p->type || str_eq(p->type, type)) &&
	       (!p->unit_id || p->unit_id == unit_id) && day >= p->valid_from &&
	       (p->valid_to == DAY_NONE || day <= p->valid_to);
}

/* True when p goes before q. */
static bool outranks(const struct sla_policy *p, const struct sla_policy *q)
{
	int fit = 2 * !!p->unit_id + !!p->type - 2 * !!q->unit_id - !!q->type;

	if (fit)
		return fit > 0;
	return p->valid_from != q->valid_from ? p->valid_from > q->valid_from : p->id > q->id;
}

const struct sla_policy *sla_policy_pick(const struct sla_policy *policies, size_t n, const char *timer,
                                         const char *type, int64_t unit_id, int32_t day)
{
	const struct sla_policy *best = NULL;

	for (size_t i = 0; i < n; i++)
		if (applies(&policies[i], timer, type, unit_id, day) && (!best || outranks(&policies[i], best)))
			best = &policies[i];
	return best;
}
