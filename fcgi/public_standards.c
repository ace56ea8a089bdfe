/* public_standards - the service standard: what each kind of letter is promised, step by step, made of the rules in
 * force, and beside it what was done. Page and clock never differ, since both read the same rows (domain 1.1,
 * articles 10 and 12(2) of seed 000). */
#include <string.h>

#include "clock.h"
#include "clock_change.h"
#include "figures.h"
#include "open_terms.h"
#include "public.h"
#include "show.h"
#include "stats.h"
#include "views/standards.h"

#define CACHE_S 60

/* The steps in the order a letter goes through them. timer: name of the term; the answer's own stands in the table. */
static const struct { const char *timer, *name, *what; } steps[] = {
	{ "accept", "受理", "告诉您已经受理、请您补充，还是该找谁。" },
	{ "supplement", "等您补充", "需要补充材料的，请在这段时间里补上；这段时间不算在办理时间里。" },
	{ "dispatch", "转给承办单位", "受理以后，由登记人员转给负责的单位。" },
	{ "sign", "承办单位签收", "承办单位收下，开始办理。" },
	{ "objection", "单位提出异议", "单位认为不归自己管的，只能在这段时间里说明理由提出，答复时限照常计算。" },
	{ "arbitrate", "裁定异议", "由登记人员决定由谁办，定了就不能再退。" },
	{ "review", "审核答复", "答复由另一个人审核后才发出。审核的时间算在答复时限里。" },
	{ "publish", "公开", "答复以后，隐去个人信息，由专人核对，再公开。" },
	{ "rate", "评价", "您可以评价。过了这段时间没有评价的，不算满意，也不算不满意。" },
	{ "follow_up", "追问的答复", "您对答复追问的，在这段时间里答复。" },
	{ "rework", "重新办理", "决定重新办理的，在这段时间里作出新的答复。" },
	{ "supervise_feedback", "督办反馈", "被督办的单位，在这段时间里反馈办理情况。" },
};

/* For any type and unit. */
static const struct sla_policy *general(const struct worktime *wt, const char *timer, int32_t today)
{
	return sla_policy_pick(wt->policies, wt->n_policies, timer, NULL, 0, today);
}

static const char *basis_of(struct arena *a, const struct q_policies *rows, size_t n, const struct sla_policy *policy)
{
	for (size_t i = 0; policy != NULL && i < n; i++) {
		if (rows[i].id == policy->id)
			return open_terms_basis(a, rows[i].grounds);
	}
	return "";
}

struct standards {
	struct page *p;
	const struct worktime *wt;
	int32_t today;
	const struct q_policies *rows;   /* for the grounds */
	size_t n;
	struct stats_report *done;       /* of the last twelve months */
};

/* --- what is promised and what was done --- */

static const char *took(struct arena *a, const struct stats_line *line)
{
	int median = line != NULL ? stats_quantile(line, 0.5) : -1;

	if (median < 0)
		return "—";
	return arena_printf(a, "中位数 %d，九成不超过 %d", median, stats_quantile(line, 0.9));
}

static void add_types(const struct standards *w, struct view_standards *v)
{
	struct arena *a = w->p->a;
	struct standard_type *list = arena_array(a, TYPE__MAX, sizeof(*list));

	for (int t = 0; t < TYPE__MAX; t++) {
		enum ticket_type type = (enum ticket_type)t;
		const struct sla_policy *reply = worktime_policy(w->wt, "reply", type, 0, w->today);
		const struct stats_line *line = stats_find(&w->done->now.types, t);
		int64_t due = line != NULL ? line->n[STATS_due] : 0;

		list[t] = (struct standard_type){ .type = states_type_name(type),
			.accept = open_terms_words(a, worktime_policy(w->wt, "accept", type, 0, w->today)),
			.reply = open_terms_words(a, reply), .limit = open_terms_limit(a, reply),
			.basis = basis_of(a, w->rows, w->n, reply), .on_time = line != NULL ? figure_on_time(a, line) : "—",
			.due = due > 0 ? arena_printf(a, "应答复 %s 封", figure_count(a, due)) : "", .median = took(a, line) };
	}
	v->types = list;
	v->types_n = TYPE__MAX;
	v->span = show_span(a, w->done->now.from, w->done->now.to);
}

/* --- the steps --- */

static void add_steps(const struct standards *w, struct view_standards *v)
{
	struct arena *a = w->p->a;
	struct standard_step *list = arena_array(a, ARRAY_LEN(steps), sizeof(*list));

	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		const struct sla_policy *policy = general(w->wt, steps[i].timer, w->today);

		if (policy != NULL)
			list[v->steps_n++] = (struct standard_step){ .name = steps[i].name, .term = open_terms_words(a, policy),
				.basis = basis_of(a, w->rows, w->n, policy), .what = steps[i].what };
	}
	v->steps = list;
	v->rate_days = open_terms_words(a, general(w->wt, "rate", w->today));
	v->follow_up = open_terms_words(a, general(w->wt, "follow_up", w->today));
	v->rework = open_terms_words(a, general(w->wt, "rework", w->today));
}

/* --- terms of one unit alone, and those to come --- */

static const char *unit_name(const struct q_unit_all *units, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++) {
		if (units[i].id == id)
			return units[i].name;
	}
	return "";
}

/* Of one unit and in force, or not begun yet. */
static bool is_other(const struct sla_policy *p, int32_t today)
{
	return (p->unit_id != 0 || p->valid_from > today) && (p->valid_to == DAY_NONE || p->valid_to >= today);
}

static const char *when_of(struct arena *a, const struct sla_policy *p, int32_t today)
{
	if (p->valid_to != DAY_NONE)
		return show_span(a, p->valid_from, p->valid_to);
	return arena_printf(a, "%s起%s", show_date(a, p->valid_from), p->valid_from > today ? "改为这样" : "");
}

static int add_others(const struct standards *w, struct view_standards *v)
{
	struct arena *a = w->p->a;
	struct standard_other *list = arena_array(a, w->wt->n_policies + 1, sizeof(*list));
	struct q_unit_all *units = NULL;
	size_t n = 0;
	int rc = q_unit_all(w->p->db, a, &units, &n);

	for (size_t i = 0; rc == 0 && i < w->wt->n_policies; i++) {
		const struct sla_policy *p = &w->wt->policies[i];
		const char *unit = p->unit_id != 0 ? unit_name(units, n, p->unit_id) : NULL;

		if (is_other(p, w->today))
			list[v->others_n++] = (struct standard_other){ clock_term_name(a, p, unit), open_terms_words(a, p),
				when_of(a, p, w->today) };
	}
	v->others = list;
	return rc;
}

/* --- when it is late --- */

/* 通知承办人、部门联络员; 通知督办员，列入通报; 列入通报 */
static const char *told_words(struct arena *a, ladder_audience to)
{
	ladder_audience people = to & ~LADDER_TO(LADDER_CIRCULAR);
	const char *told = people != 0 ? arena_printf(a, "通知%s", ladder_audience_names(a, people)) : "";

	if (people == to)
		return told;
	return arena_printf(a, "%s%s%s", told, people != 0 ? "，" : "", ladder_who_name(LADDER_CIRCULAR));
}

static bool is_after_due(const struct ladder_step *step)
{
	return !step->from_start && step->amount > 0;
}

/* The end of the term stands between the steps before it and those after. */
static void add_told(const struct standards *w, struct view_standards *v)
{
	struct arena *a = w->p->a;
	const struct ladder *l = ladder_pick(w->wt->ladders, w->wt->n_ladders, "reply", NULL, 0, w->today);
	size_t n = l != NULL ? l->n_steps : 0;
	struct standard_told *list = arena_array(a, n + 2, sizeof(*list));
	bool late_told = l == NULL || l->late_to == 0;

	for (size_t i = 0; i <= n; i++) {
		if (!late_told && (i == n || is_after_due(&l->steps[i]))) {
			list[v->told_n++] = (struct standard_told){ "一超期", told_words(a, l->late_to) };
			late_told = true;
		}
		if (i < n)
			list[v->told_n++] = (struct standard_told){ ladder_step_words(a, &l->steps[i]),
				told_words(a, l->steps[i].to) };
	}
	v->told = list;
}

static const char *known_words(struct arena *a, const struct worktime *wt, int32_t today)
{
	int32_t known = calendar_known_until(wt->cal);

	if (known == DAY_NONE || known < today)
		return "今年的放假安排还没有导入，日期都是暂定的。";
	return arena_printf(a, "放假安排已经公布到%s，跨过这一天的日期是暂定的，公布后重新计算并告诉您。", show_date(a, known));
}

/* --- the page --- */

static int load(struct standards *w)
{
	struct page *p = w->p;
	struct stats_ask ask = { .from = stats_year_before(w->today) + 1, .to = w->today, .today = w->today,
		.type = TYPE__MAX };
	struct q_policies *rows = NULL;
	int rc = worktime_get(p->db, &w->wt);

	if (rc == 0)
		rc = q_policies(p->db, p->a, &rows, &w->n);
	w->rows = rows;
	return rc != 0 ? rc : stats_report(p->db, p->a, &ask, w->done);
}

int standards_show(struct page *p)
{
	struct view_standards v = { .frame = page_titled(p, "服务标准") };
	struct standards w = { .p = p, .today = clock_day(p->now), .done = ARENA_NEW(p->a, struct stats_report) };
	int rc = load(&w);

	if (rc == 0)
		rc = add_others(&w, &v);
	if (rc != 0)
		return rc;
	add_types(&w, &v);
	add_steps(&w, &v);
	add_told(&w, &v);
	v.known = known_words(p->a, w.wt, w.today);
	v.office_hours = arena_printf(p->a, "%d:%02d—%d:%02d", w.wt->hours.open_min / 60, w.wt->hours.open_min % 60,
		w.wt->hours.close_min / 60, w.wt->hours.close_min % 60);
	reply_public_cache(p->reply, CACHE_S);
	view_standards(&p->reply->body, &v);
	return 0;
}
