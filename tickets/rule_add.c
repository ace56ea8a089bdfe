/* rule_add - see rule_add.h. */
#include "rule_add.h"

#include <string.h>

#include "clock.h"
#include "queries.h"
#include "str.h"

bool rule_take(const char **s, const char *piece)
{
	while (**s == ' ')
		++*s;
	if (!str_starts(*s, piece))
		return false;
	*s += strlen(piece);
	return true;
}

bool rule_take_number(const char **s, int *ret)
{
	const char *from;
	int n = 0;

	while (**s == ' ')
		++*s;
	for (from = *s; **s >= '0' && **s <= '9' && n <= RULE_DAYS_MAX; ++*s)
		n = n * 10 + **s - '0';
	*ret = n;
	return *s > from && n <= RULE_DAYS_MAX;
}

static bool take_amount(const char **s, struct ladder_step *step)
{
	if (!rule_take_number(s, &step->amount))
		return false;
	step->unit = 'W';
	if (rule_take(s, "个工作日"))
		return true;
	step->unit = 'D';
	return rule_take(s, "天");
}

static bool take_when(const char **s, struct ladder_step *step)
{
	if (rule_take(s, "到期当日")) {
		step->unit = 'W';
		return true;
	}
	if (rule_take(s, "开始后第")) {
		step->from_start = true;
		return take_amount(s, step) && step->amount > 0;
	}
	if (rule_take(s, "超期"))
		return take_amount(s, step) && step->amount > 0;
	if (!rule_take(s, "到期前") || !take_amount(s, step) || step->amount == 0)
		return false;
	step->amount = -step->amount;
	return true;
}

static bool take_who(const char **s, ladder_audience *to)
{
	for (int i = 0; i < LADDER_WHO__MAX; i++) {
		if (rule_take(s, ladder_who_name((enum ladder_who)i))) {
			*to |= LADDER_TO(i);
			return true;
		}
	}
	return false;
}

static bool read_line(const char *line, struct ladder_step *step)
{
	const char *s = line;
	bool ok = take_when(&s, step) && (rule_take(&s, "：") || rule_take(&s, ":")) && take_who(&s, &step->to);

	while (ok && (rule_take(&s, "、") || rule_take(&s, "，") || rule_take(&s, ",")))
		ok = take_who(&s, &step->to);
	while (*s == ' ')
		s++;
	return ok && *s == '\0';
}

/* The line without what does not show. */
static bool is_blank(const char *line)
{
	return line[strspn(line, " \t\r")] == '\0';
}

static bool twice(const struct ladder_step *steps, size_t n)
{
	for (size_t i = 0; i + 1 < n; i++) {
		if (steps[i].from_start == steps[n - 1].from_start && steps[i].amount == steps[n - 1].amount &&
		    steps[i].unit == steps[n - 1].unit)
			return true;
	}
	return false;
}

int rule_read_steps(struct arena *a, const char *text, struct ladder_step **ret, size_t *ret_n)
{
	struct ladder_step *steps = arena_array(a, LADDER_STEPS_MAX, sizeof *steps);
	size_t n_lines, n = 0;
	char **lines = str_split(a, arena_strdup(a, text), '\n', &n_lines);

	for (size_t i = 0; i < n_lines; i++) {
		lines[i][strcspn(lines[i], "\r")] = '\0';
		if (is_blank(lines[i]))
			continue;
		if (n == LADDER_STEPS_MAX)
			return err_say(ERR_INVALID, "最多写 %d 步", LADDER_STEPS_MAX);
		if (!read_line(lines[i], &steps[n]))
			return err_say(ERR_INVALID, "第 %zu 行看不懂，请写成“到期前 2 个工作日：承办人、部门联络员”这样", i + 1);
		if (twice(steps, ++n))
			return err_say(ERR_INVALID, "第 %zu 行和前面的是同一天，请并成一行", i + 1);
	}
	*ret = steps;
	*ret_n = n;
	return 0;
}

const char *rule_write_steps(struct arena *a, const struct ladder_step *steps, size_t n)
{
	struct str o;

	str_init(&o, a, 8192);
	for (size_t i = 0; i < n; i++)
		str_addf(&o, "%s：%s\n", ladder_step_words(a, &steps[i]), ladder_audience_names(a, steps[i].to));
	return o.len ? o.s : "";
}

const char *rule_wrong(const struct rule_new *rule, int32_t today)
{
	if (rule->scope.valid_from == DAY_NONE || rule->scope.valid_from < today)
		return "生效日期不能早于今天";
	if (rule->scope.valid_to != DAY_NONE && rule->scope.valid_to < rule->scope.valid_from)
		return "截止日期不能早于生效日期";
	return NULL;
}

static const char *audience_codes(struct arena *a, ladder_audience to)
{
	const char *codes = "";

	for (int i = 0; i < LADDER_WHO__MAX; i++) {
		if (to & LADDER_TO(i))
			codes = arena_printf(a, "%s%s%s", codes, *codes ? "," : "", ladder_who_code((enum ladder_who)i));
	}
	return codes;
}

struct adding {
	struct arena *a;
	const struct rule_new *rule;
	ladder_audience late_to;
	const struct ladder_step *steps;
	size_t n;
};

static int add_ladder(struct db *db, void *arg)
{
	const struct adding *w = arg;
	const struct rule_scope *s = &w->rule->scope;
	int64_t id;
	int r = q_ladder_add(db, s->timer, s->type, s->unit_id, audience_codes(w->a, w->late_to), s->valid_from,
		s->valid_to,
	                     w->rule->grounds, w->rule->now, w->rule->officer_id, &id);

	for (size_t i = 0; r == 0 && i < w->n; i++) {
		const char unit[] = { w->steps[i].unit, '\0' };

		r = q_ladder_step_add(db, id, w->steps[i].from_start ? "start" : "due", w->steps[i].amount, unit,
		                      audience_codes(w->a, w->steps[i].to), NULL);
	}
	return r;
}

int rule_add_ladder(struct db *db, struct arena *a, const struct rule_new *rule, ladder_audience late_to,
                    const struct ladder_step *steps, size_t n)
{
	struct adding w = { a, rule, late_to, steps, n };

	return db_tx(db, add_ladder, &w);
}

int rule_add_light(struct db *db, const struct rule_new *rule, struct sla_thresholds at, bool warned_red)
{
	const struct rule_scope *s = &rule->scope;

	return q_light_add(db, s->timer, s->type, s->unit_id, at.warn, at.yellow, warned_red, s->valid_from, s->valid_to,
	                   rule->grounds, rule->now, rule->officer_id, NULL);
}

/* --- what it would change --- */

#define LIGHT_ROWS 20000
#define BEGUN_DAYS 30

/* Before it, all are red, and after it, green, whatever the rule: nobody counts those. */
static void light_days(const struct worktime *wt, int32_t today, struct sla_thresholds at, int32_t *ret_from,
	int32_t *ret_to)
{
	int warn = at.warn, yellow = at.yellow;

	for (size_t i = 0; i < wt->n_lights; i++) {
		warn = wt->lights[i].at.warn > warn ? wt->lights[i].at.warn : warn;
		yellow = wt->lights[i].at.yellow > yellow ? wt->lights[i].at.yellow : yellow;
	}
	*ret_to = calendar_add(wt->cal, today, warn + 1, NULL);
	*ret_from = today;
	for (int n = 0; n <= yellow; --*ret_from)
		n += calendar_is_workday(wt->cal, *ret_from);
}

int rule_lights_if(struct db *db, struct arena *a, const struct worktime *wt, const struct rule_scope *scope,
	struct sla_thresholds at, int32_t today, struct rule_lights *ret)
{
	struct light_rule *lights = arena_array(a, wt->n_lights + 1, sizeof *lights);
	const int64_t *unit = scope->unit_id != 0 ? &scope->unit_id : NULL;
	struct q_rule_light_days *rows;
	int32_t from, to;
	size_t n;
	int r;

	*ret = (struct rule_lights){ 0 };
	memcpy(lights, wt->lights, wt->n_lights * sizeof *lights);
	lights[wt->n_lights] = (struct light_rule){ .scope = *scope, .at = at };
	lights[wt->n_lights].scope.id = INT64_MAX;
	lights[wt->n_lights].scope.valid_from = today;
	light_days(wt, today, at, &from, &to);
	r = q_rule_light_days(db, a, from, to, unit, scope->type, LIGHT_ROWS, &rows, &n);
	for (size_t i = 0; r == 0 && i < n; i++) {
		const char *type = rows[i].type;
		int left = sla_left(wt->cal, today, rows[i].due_on);
		const struct light_rule *now = light_pick(wt->lights, wt->n_lights, "reply", type, rows[i].unit_id, today);
		const struct light_rule *then = light_pick(lights, wt->n_lights + 1, "reply", type, rows[i].unit_id, today);
		enum sla_light was = sla_light(left, now ? &now->at : NULL), will = sla_light(left, then ? &then->at : NULL);

		ret->letters += rows[i].n;
		ret->change[was][will] += rows[i].n;
		ret->changed += was != will ? rows[i].n : 0;
	}
	ret->more = r == 0 && n == LIGHT_ROWS;
	return r;
}

int rule_clocks(struct db *db, struct arena *a, const struct rule_scope *scope, int32_t today, int64_t *ret_running,
	int64_t *ret_begun)
{
	struct q_rule_clocks row;
	int r = q_rule_clocks(db, a, today - BEGUN_DAYS, scope->timer, scope->unit_id != 0 ? &scope->unit_id : NULL,
		scope->type, RULE_COUNT_MAX, &row);

	if (r == 0) {
		*ret_running = row.running;
		*ret_begun = row.begun;
	}
	return r;
}
