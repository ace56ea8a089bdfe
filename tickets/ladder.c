/* ladder - see ladder.h. */
#include "ladder.h"

#include <string.h>

#include "clock.h"
#include "str.h"

static const struct { const char *code, *zh; } audiences[] = {
#define A(name, code, zh) { #code, zh },
	LADDER_AUDIENCES(A)
#undef A
};

/* --- which rule --- */

static bool applies(const struct rule_scope *s, const struct rule_scope *to, int32_t day)
{
	return (!s->timer || str_eq(s->timer, to->timer)) && (!s->type || (to->type && str_eq(s->type, to->type))) &&
	       (!s->unit_id || s->unit_id == to->unit_id) && day >= s->valid_from &&
	       (s->valid_to == DAY_NONE || day <= s->valid_to);
}

static int fit(const struct rule_scope *s)
{
	return 4 * !!s->timer + 2 * !!s->unit_id + !!s->type;
}

static bool outranks(const struct rule_scope *p, const struct rule_scope *q)
{
	if (fit(p) != fit(q))
		return fit(p) > fit(q);
	return p->valid_from != q->valid_from ? p->valid_from > q->valid_from : p->id > q->id;
}

/* The best of n rules of `size` bytes, each of which begins with its scope. */
static const void *pick(const void *list, size_t n, size_t size, const struct rule_scope *to, int32_t day)
{
	const struct rule_scope *best = NULL;

	for (size_t i = 0; i < n; i++) {
		const struct rule_scope *s = (const void *)((const char *)list + i * size);

		if (applies(s, to, day) && (!best || outranks(s, best)))
			best = s;
	}
	return best;
}

_Static_assert(offsetof(struct ladder, scope) == 0 && offsetof(struct light_rule, scope) == 0, "a rule is its scope");

const struct ladder *ladder_pick(const struct ladder *list, size_t n, const char *timer, const char *type,
                                 int64_t unit_id, int32_t day)
{
	return pick(list, n, sizeof *list, &(struct rule_scope){ .timer = timer, .type = type, .unit_id = unit_id }, day);
}

const struct light_rule *light_pick(const struct light_rule *list, size_t n, const char *timer, const char *type,
                                    int64_t unit_id, int32_t day)
{
	return pick(list, n, sizeof *list, &(struct rule_scope){ .timer = timer, .type = type, .unit_id = unit_id }, day);
}

/* --- when --- */

/* The working day n before (negative) or after a day. */
static int32_t by_workdays(const struct calendar *cal, int32_t day, int n)
{
	for (; n < 0; n += calendar_is_workday(cal, day))
		day--;
	return n > 0 ? calendar_add(cal, day, n, NULL) : day;
}

static int32_t day_of(const struct ladder_clock *clock, const struct ladder_step *step)
{
	int32_t anchor = step->from_start ? clock->start_on : clock->due_on;

	return step->unit == 'W' ? by_workdays(clock->cal, anchor, step->amount) : anchor + step->amount;
}

static bool is_after(const struct ladder_moment *p, const struct ladder_moment *q)
{
	return p->at != q->at ? p->at > q->at : p->step && !q->step;
}

size_t ladder_moments(const struct ladder *ladder, const struct ladder_clock *clock,
                      struct ladder_moment ret[LADDER_STEPS_MAX + 1])
{
	size_t n = 0;

	if (!clock->ended)
		ret[n++] = (struct ladder_moment){ .at = clock_day_start(clock->due_on + 1), .on = clock->due_on };
	for (size_t i = 0; ladder && i < ladder->n_steps && i < LADDER_STEPS_MAX; i++) {
		const struct ladder_step *step = &ladder->steps[i];
		struct ladder_moment m = { .on = day_of(clock, step), .step = step };
		size_t k = n;

		if (m.on == DAY_NONE || (!step->from_start && step->amount < 0 && m.on <= clock->start_on))
			continue;
		m.at = clock_day_start(m.on) + clock->open_min * 60;
		for (; k > 0 && is_after(&ret[k - 1], &m); k--)
			ret[k] = ret[k - 1];
		ret[k] = m;
		n++;
	}
	return n;
}

/* --- words --- */

ladder_audience ladder_audience_from(const char *codes)
{
	ladder_audience to = 0;

	while (codes && *codes) {
		size_t n = strcspn(codes, ",");

		for (int i = 0; i < LADDER_WHO__MAX; i++) {
			if (strlen(audiences[i].code) == n && memcmp(audiences[i].code, codes, n) == 0)
				to |= LADDER_TO(i);
		}
		codes += n + (codes[n] == ',');
	}
	return to;
}

const char *ladder_who_code(enum ladder_who who)
{
	return audiences[who].code;
}

const char *ladder_who_name(enum ladder_who who)
{
	return audiences[who].zh;
}

const char *ladder_audience_names(struct arena *a, ladder_audience to)
{
	const char *names = "";

	for (int i = 0; i < LADDER_WHO__MAX; i++) {
		if (to & LADDER_TO(i))
			names = arena_printf(a, "%s%s%s", names, *names ? "、" : "", audiences[i].zh);
	}
	return *names ? names : "无";
}

const char *ladder_step_words(struct arena *a, const struct ladder_step *step)
{
	const char *unit = step->unit == 'W' ? "个工作日" : "天";

	if (step->from_start)
		return arena_printf(a, "开始后第 %d %s", step->amount, unit);
	if (step->amount == 0)
		return "到期当日";
	if (step->amount < 0)
		return arena_printf(a, "到期前 %d %s", -step->amount, unit);
	return arena_printf(a, "超期 %d %s", step->amount, unit);
}
