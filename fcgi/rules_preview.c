/* rules_preview - see rules_preview.h. */
#include "rules_preview.h"

#include <sodium.h>
#include <string.h>

#include "clock.h"
#include "figures.h"
#include "worktime_rules.h"

#define SEEN_BYTES 24

/* --- asking --- */

/* All fields as typed, in one short word. */
static const char *seen_word(struct page *p, const struct form_def *def)
{
	crypto_generichash_state state;
	unsigned char bytes[SEEN_BYTES];

	crypto_generichash_init(&state, NULL, 0, sizeof(bytes));
	for (size_t i = 0; i < def->n; i++) {
		const char *name = def->fields[i].name, *const *list;
		const char *text = form_raw(p->form, name);
		size_t n = 0;

		if (str_eq(name, "seen"))
			continue;
		if (def->fields[i].type == FIELD_LIST) {
			list = form_list(p->form, name, &n);
			for (size_t k = 0; k < n; k++)
				crypto_generichash_update(&state, (const unsigned char *)list[k], strlen(list[k]) + 1);
		} else if (text != NULL) {
			crypto_generichash_update(&state, (const unsigned char *)text, strlen(text));
		}
		crypto_generichash_update(&state, (const unsigned char *)"\n", 1);
	}
	crypto_generichash_final(&state, bytes, sizeof(bytes));
	return str_hex(p->a, bytes, sizeof(bytes));
}

bool rules_seen(struct page *p, const struct form_def *def)
{
	return str_eq(form_text(p->form, "seen"), seen_word(p, def));
}

void rules_ask(struct page *p, const struct form_def *def, const char *words, struct view_admin_form *v)
{
	v->intro = words;
	v->note = "还没有保存。没有问题就按“确认保存”；改了上面的内容，会再算一次。";
	v->form.code = "seen";
	v->form.code_value = seen_word(p, def);
	v->form.button = "确认保存";
}

/* --- lights --- */

static void add_change(struct str *o, struct arena *a, const struct rule_lights *l, enum sla_light from,
	enum sla_light to)
{
	static const char *const names[] = { [SLA_GREEN] = "不亮灯", [SLA_WARNING] = "预警", [SLA_YELLOW] = "黄牌",
		[SLA_RED] = "红牌" };

	if (from != to && l->change[from][to] > 0)
		str_addf(o, "%s%s变%s %s 封", str_ends(o->s, "：") ? "" : "、", names[from], names[to],
			figure_count(a, l->change[from][to]));
}

/* Which clocks the count is of. */
static bool is_of_answers(const struct rule_new *rule)
{
	return rule->scope.timer == NULL || strcmp(rule->scope.timer, "reply") == 0;
}

int rules_light_words(struct page *p, const struct rule_new *rule, struct sla_thresholds at, const char **ret)
{
	int32_t today = clock_day(p->now);
	const char *when = rule->scope.valid_from > today ? "假如今天就执行" : "一保存";
	const struct worktime *wt;
	struct rule_lights l;
	int64_t running = 0, begun = 0;
	struct str o;
	int rc = worktime_get(p->db, &wt);

	str_init(&o, p->a, 2000);
	if (rc == 0 && !is_of_answers(rule)) {
		rc = rule_clocks(p->db, p->a, &rule->scope, today, &running, &begun);
		str_addf(&o, "正在走的这种时限有 %s 个，%s就按这条规则亮灯。", figure_count(p->a, running), when);
		*ret = o.s;
		return rc;
	}
	if (rc == 0)
		rc = rule_lights_if(p->db, p->a, wt, &rule->scope, at, today, &l);
	if (rc != 0)
		return rc;
	if (l.changed == 0) {
		str_addf(&o, "%s，没有在办的信件会换灯。", when);
	} else {
		str_addf(&o, "%s，%s %s 封在办的信件换灯：", when, l.more ? "至少有" : "有", figure_count(p->a, l.changed));
		for (int from = SLA_GREEN; from <= SLA_RED; from++) {
			for (int to = SLA_GREEN; to <= SLA_RED; to++)
				add_change(&o, p->a, &l, (enum sla_light)from, (enum sla_light)to);
		}
		str_add(&o, "。");
	}
	if (rule->scope.timer == NULL)
		str_add(&o, "受理、签收、审核等环节的灯也照这条规则。");
	*ret = o.s;
	return 0;
}

/* --- ladders --- */

/* The day a clock of this scope would be due that begins today; DAY_NONE when no term says so. */
static int32_t example_due(const struct worktime *wt, const struct rule_scope *scope, int32_t today)
{
	enum ticket_type type = scope->type != NULL ? states_type_from(scope->type) : TYPE_COMPLAINT;
	const struct sla_policy *term = worktime_policy(wt, scope->timer != NULL ? scope->timer : "reply", type,
		scope->unit_id, today);
	struct sla_due due;

	if (term == NULL)
		return DAY_NONE;
	if (sla_due(wt->cal, today, (struct sla_term){ term->amount, term->unit }, NULL, 0, &due) != 0)
		return DAY_NONE;
	return due.on;
}

/* 通知承办人、督办员, 通知督办员并列入通报, 列入通报 */
static const char *told_words(struct arena *a, ladder_audience to)
{
	ladder_audience people = to & ~LADDER_TO(LADDER_CIRCULAR);

	if (people == 0)
		return "列入通报";
	return arena_printf(a, "通知%s%s", ladder_audience_names(a, people), people != to ? "，并列入通报" : "");
}

/* 12月9日 通知承办人；12月13日 一超期就通知督办员 */
static void add_example(struct page *p, const struct worktime *wt, const struct ladder *ladder, int32_t due,
	struct str *o)
{
	int32_t today = clock_day(p->now);
	const struct ladder_clock clock = { .cal = wt->cal, .open_min = wt->hours.open_min, .start_on = today,
		.due_on = due };
	struct ladder_moment list[LADDER_STEPS_MAX + 1];
	size_t n = ladder_moments(ladder, &clock, list);
	bool first = true;

	str_addf(o, "例如今天开始、%s到期的：", show_day(p->a, due, today));
	for (size_t i = 0; i < n; i++) {
		ladder_audience to = list[i].step != NULL ? list[i].step->to : ladder->late_to;

		if (to == 0)
			continue;
		str_addf(o, "%s%s%s%s", first ? "" : "；", show_day(p->a, list[i].on, today),
			list[i].step == NULL ? "过后还没有办完，" : "", told_words(p->a, to));
		first = false;
	}
	str_add(o, first ? "没有人会收到提醒。" : "。");
}

int rules_ladder_words(struct page *p, const struct rule_new *rule, const struct ladder *ladder, const char **ret)
{
	int32_t today = clock_day(p->now), due = DAY_NONE;
	const struct worktime *wt;
	int64_t running = 0, begun = 0;
	struct str o;
	int rc = worktime_get(p->db, &wt);

	if (rc == 0)
		rc = rule_clocks(p->db, p->a, &rule->scope, today, &running, &begun);
	if (rc != 0)
		return rc;
	str_init(&o, p->a, 4000);
	str_addf(&o, "正在走的 %s%s 个时限照原来的步骤走完；从%s起开始的按新的步骤（其中最近 30 天开始的有 %s 个，可以估计以后的数量）。",
		figure_count(p->a, running), running >= RULE_COUNT_MAX ? "多" : "",
		show_day(p->a, rule->scope.valid_from, today), figure_count(p->a, begun));
	due = example_due(wt, &rule->scope, today);
	if (due != DAY_NONE)
		add_example(p, wt, ladder, due, &o);
	*ret = o.s;
	return 0;
}
