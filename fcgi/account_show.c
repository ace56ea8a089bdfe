/* account_show - see account_show.h. */
#include "account_show.h"

#include "clock.h"
#include "clock_change.h"
#include "show.h"

#define FACTS_MAX 8

/* --- day by day --- */

/* What stands at a counted day; base: the days of the term itself, those behind it were added. */
static const char *counted_words(struct arena *a, const struct sla_step *s, char unit, int base)
{
	const char *n = show_term(a, s->counted, unit);
	const char *added = base > 0 && s->counted > base ? arena_printf(a, "，延长的第 %d 天", s->counted - base) : "";

	if (s->kind == CALENDAR_MAKEUP)
		return arena_printf(a, "第 %s（%s调休上班）%s", n, s->name, added);
	return arena_printf(a, "第 %s%s", n, added);
}

static const char *step_words(struct arena *a, const struct sla_step *s, char unit, int base)
{
	switch (s->why) {
	case SLA_START:
		return "起算日，不计入";
	case SLA_PAUSED:
		return "暂停期间，不计入";
	case SLA_MOVED:
		return "期限的最后一天遇休息日，顺延到这个工作日";
	case SLA_WEEKEND:
		return "周末，不计入";
	case SLA_HOLIDAY:
		return arena_printf(a, "%s放假，不计入", s->name[0] != '\0' ? s->name : "节假日");
	case SLA_COUNTED:
	default:
		return counted_words(a, s, unit, base);
	}
}

static int add_days(struct page *p, const struct worktime *wt, int32_t start_on, struct sla_term term,
	const struct sla_pause *pauses, size_t n_pauses, int base, struct part_account *v)
{
	int32_t today = clock_day(p->now);
	struct account_day *days;
	struct sla_step *steps = NULL;
	size_t n = 0;
	int rc = sla_explain(p->a, wt->cal, start_on, term, pauses, n_pauses, &steps, &n);

	if (rc != 0)
		return rc;
	days = arena_array(p->a, n + 1, sizeof(*days));
	for (size_t i = 0; i < n; i++) {
		const char *words = step_words(p->a, &steps[i], term.unit == 'W' ? 'W' : 'D', base);

		days[i] = (struct account_day){ show_day(p->a, steps[i].day, today),
			steps[i].provisional ? arena_printf(p->a, "%s（暂定）", words) : words, steps[i].counted > 0, i + 1 == n };
	}
	v->days = days;
	v->days_n = n;
	v->caption = "逐日说明";
	return 0;
}

int account_show_term(struct page *p, const struct worktime *wt, int32_t start_on, struct sla_term term,
	int32_t *ret_due,
	struct part_account *ret)
{
	struct sla_due due;
	int rc = sla_due(wt->cal, start_on, term, NULL, 0, &due);

	if (rc == 0)
		rc = add_days(p, wt, start_on, term, NULL, 0, 0, ret);
	if (rc == 0 && ret_due != NULL)
		*ret_due = due.on;
	return rc;
}

int account_show_between(struct page *p, const struct worktime *wt, int32_t from, int32_t to, struct part_account *ret)
{
	int32_t today = clock_day(p->now);
	size_t n = (size_t)(to - from) + 1;
	struct account_day *days = arena_array(p->a, n, sizeof(*days));
	int counted = 0;

	for (size_t i = 0; i < n; i++) {
		struct sla_step s = { .day = from + (int32_t)i };

		s.kind = calendar_kind_of(wt->cal, s.day);
		s.name = calendar_name(wt->cal, s.day);
		s.why = i == 0 ? SLA_START : calendar_is_workday(wt->cal, s.day) ? SLA_COUNTED
			: s.kind == CALENDAR_WEEKEND ? SLA_WEEKEND : SLA_HOLIDAY;
		if (s.why == SLA_COUNTED)
			s.counted = ++counted;
		days[i] = (struct account_day){ show_day(p->a, s.day, today), step_words(p->a, &s, 'W', 0), s.counted > 0,
			i + 1 == n };
	}
	*ret = (struct part_account){ .days = days, .days_n = n, .caption = "逐日说明", .measure = true };
	return 0;
}

int account_show_promise(struct page *p, const struct worktime *wt, enum ticket_type type, int32_t received_on,
	struct part_account *ret)
{
	const struct sla_policy *accept = worktime_policy(wt, "accept", type, 0, received_on);
	const struct sla_policy *reply = worktime_policy(wt, "reply", type, 0, received_on);
	int first = accept != NULL ? accept->amount : 0, then = reply != NULL ? reply->amount : 0;
	struct account_fact *facts = arena_array(p->a, 2, sizeof(*facts));
	int rc = account_show_term(p, wt, received_on, (struct sla_term){ first + then, 'W' }, NULL, ret);

	facts[0] = (struct account_fact){ "怎么来的", arena_printf(p->a, "受理 %d 个工作日，受理后答复 %d 个工作日，一共 %d 个工作日", first,
		then, first + then) };
	facts[1] = (struct account_fact){ "从哪天算起", arena_printf(p->a, "%s视为收到，从下一天起数", show_day(p->a, received_on,
		clock_day(p->now))) };
	ret->facts = facts;
	ret->facts_n = 2;
	return rc;
}

/* --- the rule --- */

static const char *rule_words(struct arena *a, const struct account *acc, enum ticket_type type)
{
	const struct q_account_clock *c = &acc->clock;
	const char *whose = c->of_unit ? "（这个单位专用）" : "";

	if (c->timer == NULL || c->base_unit == NULL)
		return "由人指定的日期";
	if (acc->term.unit != c->base_unit[0])
		return arena_printf(a, "指定了到期的日期，比规定的 %s要紧", show_term(a, (int)c->base, c->base_unit[0]));
	return arena_printf(a, "%s%s%s%s，%s", c->business_type != NULL ? states_type_name(type) : "",
		c->business_type != NULL ? "的" : "", clock_timer_name(c->timer), whose,
		show_term(a, (int)c->base, c->base_unit[0]));
}

static const char *years_words(struct arena *a, const struct account *acc, int32_t today)
{
	struct str o;

	str_init(&o, a, 4000);
	for (size_t i = 0; i < acc->n_years; i++) {
		const struct q_account_years *y = &acc->years[i];

		str_addf(&o, "%s%lld年%s（第 %lld 版，%s导入）%s%s", i > 0 ? "；" : "", (long long)y->year,
			y->provisional ? "按法律先定的节日，放假安排还没有公布，日期暂定" : "放假安排", (long long)y->version_id,
			show_day(a, clock_day(y->imported_at), today), y->source[0] != '\0' ? "，来源 " : "", y->source);
	}
	return o.len > 0 ? o.s : "这些年份没有放假安排，只按周末和法定节日推算，日期暂定";
}

static void fact(struct part_account *v, struct account_fact *list, const char *label, const char *words)
{
	must(v->facts_n < FACTS_MAX);
	list[v->facts_n++] = (struct account_fact){ label, words };
}

static void add_facts(struct page *p, const struct account *acc, enum ticket_type type, struct part_account *v)
{
	struct account_fact *list = arena_array(p->a, FACTS_MAX, sizeof(*list));
	const struct q_account_clock *c = &acc->clock;
	int32_t today = clock_day(p->now);
	int added = account_extended(acc);

	fact(v, list, "按什么规定", rule_words(p->a, acc, type));
	if (c->grounds != NULL)
		fact(v, list, "依据", arena_printf(p->a, "%s，%s起执行", c->grounds, show_date(p->a, c->valid_from)));
	if (added > 0)
		fact(v, list, "延期", arena_printf(p->a, "延长了 %s，一共 %s", show_term(p->a, added, acc->term.unit),
			show_term(p->a, acc->term.amount, acc->term.unit)));
	fact(v, list, "从哪天算起", arena_printf(p->a, "%s，从下一天起数", show_day(p->a, c->start_on, today)));
	fact(v, list, "放假和调休", years_words(p->a, acc, today));
	if (str_eq(c->state, "paused"))
		fact(v, list, "现在", "暂停计时，恢复以后往后顺延");
	else if (str_eq(c->state, "stopped"))
		fact(v, list, "现在", arena_printf(p->a, "已经停止（%s）", show_moment(p->a, c->stopped_at, today)));
	if (c->breached_at != TIME_NONE)
		fact(v, list, "超期", arena_printf(p->a, "%s起超期，这一条不会因为以后延期而抹去", show_moment(p->a, c->breached_at, today)));
	v->facts = list;
}

/* --- what happened to it --- */

static const char *moved_words(struct arena *a, const struct q_account_events *e, int32_t today, const char *why)
{
	return arena_printf(a, "%s：从 %s改为 %s", why, show_day(a, e->old_due_on, today), show_day(a, e->new_due_on, today));
}

static const char *event_words(struct arena *a, const struct q_account_events *e, int32_t today)
{
	if (str_eq(e->what, "pause"))
		return "暂停计时";
	if (str_eq(e->what, "resume"))
		return moved_words(a, e, today, "恢复计时，停了的日子不算");
	if (str_eq(e->what, "extend"))
		return moved_words(a, e, today, "延期");
	if (str_eq(e->what, "shorten"))
		return moved_words(a, e, today, "提前");
	if (str_eq(e->what, "recompute"))
		return moved_words(a, e, today, e->title == NULL ? "放假安排有变，重新计算"
			: arena_printf(a, "因“%s”重新计算（%s）", e->title, e->reason));
	if (str_eq(e->what, "breach"))
		return "超期";
	return "停止计时";
}

static void add_events(struct page *p, const struct account *acc, struct part_account *v)
{
	struct account_fact *list = arena_array(p->a, acc->n_events + 1, sizeof(*list));
	int32_t today = clock_day(p->now);

	for (size_t i = 0; i < acc->n_events; i++) {
		const struct q_account_events *e = &acc->events[i];

		list[i] = (struct account_fact){ show_moment(p->a, e->due_at != TIME_NONE ? e->due_at : e->at, today),
			event_words(p->a, e, today) };
	}
	v->events = list;
	v->events_n = acc->n_events;
}

int account_show(struct page *p, const struct worktime *wt, int64_t ticket_id, const char *kind,
	struct account *ret_acc,
	struct part_account *ret)
{
	enum ticket_type type;
	int rc = account_load(p->db, p->a, ticket_id, kind, ret_acc);

	*ret = (struct part_account){ .caption = "" };
	if (rc != 0)
		return rc;
	type = ret_acc->clock.business_type != NULL ? states_type_from(ret_acc->clock.business_type) : TYPE__MAX;
	add_facts(p, ret_acc, type, ret);
	add_events(p, ret_acc, ret);
	return add_days(p, wt, ret_acc->clock.start_on, ret_acc->term, ret_acc->pauses, ret_acc->n_pauses,
		account_extended(ret_acc) > 0 ? (int)ret_acc->clock.base : 0, ret);
}
