/* rules - see rules.h; and the page of the terms in force. */
#include "rules.h"

#include "clock.h"
#include "views/rules.h"
#include "views/rules_changes.h"

#define CHANGES 30
#define WARN_DAYS 60

const char *rules_scope(struct arena *a, const char *timer, const char *type, const char *unit)
{
	const char *name = timer != NULL ? clock_timer_name(timer) : "各种期限";
	const char *kind = type != NULL ? arena_printf(a, "%s的", states_type_name(states_type_from(type))) : "";

	return arena_printf(a, "%s%s%s%s%s", kind, name, unit != NULL ? "（" : "", unit != NULL ? unit : "",
		unit != NULL ? "）" : "");
}

int rules_timers(struct page *p, const char *any, const char *chosen, const struct choice **ret, size_t *ret_n)
{
	const struct worktime *wt;
	struct choice *list;
	size_t n = 0;
	int rc = worktime_get(p->db, &wt);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, wt->n_policies + 2, sizeof(*list));
	if (any != NULL)
		list[n++] = (struct choice){ .code = "", .text = any, .chosen = chosen[0] == '\0' };
	for (size_t i = 0; i < wt->n_policies; i++) {
		const char *code = wt->policies[i].timer;
		bool seen = false;

		for (size_t k = 0; k < n; k++)
			seen |= str_eq(list[k].code, code);
		if (!seen)
			list[n++] = (struct choice){ .code = code, .text = clock_timer_name(code), .chosen = str_eq(code, chosen) };
	}
	*ret = list;
	*ret_n = n;
	return 0;
}

void rules_types(struct page *p, const char *chosen, const struct choice **ret, size_t *ret_n)
{
	struct choice *list = arena_array(p->a, TYPE__MAX + 1, sizeof(*list));

	list[0] = (struct choice){ .code = "", .text = "各类来信", .chosen = chosen[0] == '\0' };
	for (int t = 0; t < TYPE__MAX; t++)
		list[t + 1] = (struct choice){ .code = states_type_code((enum ticket_type)t),
			.text = states_type_name((enum ticket_type)t), .chosen = str_eq(chosen,
				states_type_code((enum ticket_type)t)) };
	*ret = list;
	*ret_n = TYPE__MAX + 1;
}

bool rules_is_timer(const char *code)
{
	const struct worktime *wt = worktime_last();

	for (size_t i = 0; i < wt->n_policies; i++) {
		if (str_eq(wt->policies[i].timer, code))
			return true;
	}
	return states_timer_from(code) < TIMER__MAX;
}

int rules_unit(struct page *p, const char *code, int64_t *ret_id)
{
	struct q_unit_by_code u;
	int rc;

	*ret_id = 0;
	if (code == NULL || code[0] == '\0')
		return 0;
	rc = q_unit_by_code(p->db, p->a, code, &u);
	if (rc == 0)
		*ret_id = u.id;
	return rc;
}

const char *rules_valid(struct arena *a, int32_t from, int32_t to)
{
	if (to != DAY_NONE)
		return show_span(a, from, to);
	return arena_printf(a, "%s起", show_date(a, from));
}

const char *rules_known_words(struct arena *a, const struct worktime *wt, int32_t today)
{
	int32_t known = calendar_known_until(wt->cal);

	if (known == DAY_NONE || known < today)
		return "今年的放假安排还没有导入，所有期限都是暂定的。请马上导入国务院办公厅的放假通知。";
	if (known - today > WARN_DAYS)
		return "";
	return arena_printf(a, "放假安排只导入到%s，再过 %d 天就没有了。跨年的期限都是暂定的，请在通知公布后尽快导入。",
		show_day(a, known, today), (int)(known - today));
}

/* --- the terms in force --- */

static bool in_force(const struct q_rules_terms *t, int32_t today)
{
	return t->valid_to == DAY_NONE || t->valid_to >= today;
}

/* A later row of the same scope, in force, has taken its place. */
static bool replaced(const struct q_rules_terms *rows, size_t n, size_t i, int32_t today)
{
	const struct q_rules_terms *t = &rows[i];

	for (size_t k = 0; k < n; k++) {
		const struct q_rules_terms *o = &rows[k];

		if (k != i && str_eq(o->timer, t->timer) && str_eq(o->business_type, t->business_type)
				&& str_eq(o->unit_name, t->unit_name) && o->valid_from <= today && in_force(o, today)
				&& (o->valid_from > t->valid_from || (o->valid_from == t->valid_from && o->id > t->id)))
			return true;
	}
	return false;
}

static const char *more_words(struct arena *a, const struct q_rules_terms *t)
{
	if (t->max_amount == 0)
		return "不能延期";
	if (t->allowance > t->amount && t->allowance < t->max_amount)
		return arena_printf(a, "单位可延至 %lld，经批准最长 %lld", (long long)t->allowance, (long long)t->max_amount);
	return arena_printf(a, "最长 %lld", (long long)t->max_amount);
}

static int add_terms(struct page *p, struct view_rules *v)
{
	int32_t today = clock_day(p->now);
	struct q_rules_terms *rows = NULL;
	struct rules_term *now, *past;
	size_t n = 0;
	int rc = q_rules_terms(p->db, p->a, &rows, &n);

	if (rc != 0)
		return rc;
	now = arena_array(p->a, n + 1, sizeof(*now));
	past = arena_array(p->a, n + 1, sizeof(*past));
	for (size_t i = 0; i < n; i++) {
		const struct q_rules_terms *t = &rows[i];
		struct rules_term row = { .id = t->id, .scope = rules_scope(p->a, t->timer, t->business_type, t->unit_name),
			.term = show_term(p->a, (int)t->amount, t->amount_unit[0]), .more = more_words(p->a, t),
				.grounds = t->grounds,
			.valid = rules_valid(p->a, t->valid_from, t->valid_to),
			.by = t->by_name != NULL ? arena_printf(p->a, "%s，%s", t->by_name, t->reason != NULL ? t->reason : "") : "",
			.ahead = t->valid_from > today };

		if (in_force(t, today) && !replaced(rows, n, i, today))
			now[v->terms_n++] = row;
		else
			past[v->past_n++] = row;
	}
	v->terms = now;
	v->past = past;
	return 0;
}

int rules_show(struct page *p)
{
	struct view_rules v = { .may_change = access_may(page_actor(p), CAP_RULES) };
	struct q_inspect_stuck stuck;
	const struct worktime *wt;
	int rc = worktime_get(p->db, &wt);

	if (rc == 0)
		rc = add_terms(p, &v);
	if (rc == 0)
		rc = q_inspect_stuck(p->db, p->a, &stuck);
	if (rc != 0)
		return rc;
	v.known = rules_known_words(p->a, wt, clock_day(p->now));
	v.stuck = stuck.n > 0 ? arena_printf(p->a, "有 %lld 个时限没能触发，系统暂时不会为它们提醒任何人。", (long long)stuck.n) : "";
	v.nav = tabs(p, TABS_RULES);
	v.frame = page_titled(p, "办理时限");
	view_rules(&p->reply->body, &v);
	return 0;
}

/* --- all changes --- */

static const char *change_state(const char *code)
{
	static const struct { const char *code, *text; } words[] = {
		{ "looking", "正在算会影响哪些信" }, { "ready", "等待执行" }, { "applying", "正在执行" }, { "done", "已执行" },
		{ "dropped", "已作废" },
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (str_eq(words[i].code, code))
			return words[i].text;
	}
	return code;
}

int rules_changes(struct page *p)
{
	struct view_rules_changes v = { 0 };
	int32_t today = clock_day(p->now);
	struct q_change_list *rows = NULL;
	struct rules_change *list;
	size_t n = 0;
	int rc = q_change_list(p->db, p->a, NULL, CHANGES, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		const struct q_change_list *c = &rows[i];

		list[i] = (struct rules_change){ .id = c->id, .title = c->title, .reason = c->reason,
			.state = change_state(c->state), .moved = str_eq(c->state, "done") || str_eq(c->state, "applying")
				? c->moved : c->to_move, .by = c->made_by != NULL ? c->made_by : "命令行",
			.at = show_moment(p->a, c->applied_at != TIME_NONE ? c->applied_at : c->made_at, today) };
	}
	v.changes = list;
	v.changes_n = n;
	v.nav = tabs(p, TABS_RULES);
	v.frame = page_titled(p, "调整记录");
	view_rules_changes(&p->reply->body, &v);
	return 0;
}
