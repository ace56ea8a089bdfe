/* rules_alarms - at which steps a fact of inspection changes its light and who is told: what is in force, new sets. */
#include "alarm_rule.h"
#include "clock.h"
#include "inspect_page.h"
#include "rules_preview.h"
#include "views/rules_alarms.h"
#include "worktime.h"

#define STEPS_CHARS 1500
#define PAST 50

static const struct field alarm_fields[] = {
	{ "kind", FIELD_TOKEN, .label = "指标", .max = 24, .required = true, .missing = "请从“检查指标的提醒”里选一项来改" },
	{ "like", FIELD_INT, .min = 1, .max = INT32_MAX },
	{ "steps", FIELD_TEXT, .label = "各步", .max = STEPS_CHARS },
	{ "from", FIELD_DATE, .label = "生效日期", .required = true, .missing = "请填写从哪天起执行" },
	{ "grounds", FIELD_LINE, .label = "依据", .min = 2, .max = ALARM_GROUNDS_MAX, .required = true,
		.missing = "请写明依据" },
	RULES_SEEN_FIELD,
};
const struct form_def form_alarm = { alarm_fields, ARRAY_LEN(alarm_fields) };

/* --- what there is --- */

static struct inspect_rule step_of(const struct q_alarm_sets *row)
{
	return (struct inspect_rule){ .kind = inspect_kind_from(row->kind), .level = inspect_level_from(row->level),
		.amount = (int)row->amount, .unit = row->unit[0], .roles = row->roles, .wakes = row->wakes };
}

/* How many rows from the first on are of the same set. */
static size_t steps_in(const struct q_alarm_sets *rows, size_t n)
{
	size_t k = 0;

	while (k < n && rows[k].set_id == rows[0].set_id)
		k++;
	return k;
}

static struct rules_alarm alarm_of(struct page *p, const struct q_alarm_sets *rows, size_t n)
{
	struct rules_alarm_step *steps = arena_array(p->a, n + 1, sizeof(*steps));
	int32_t today = clock_day(p->now);

	for (size_t i = 0; i < n; i++) {
		struct inspect_rule s = step_of(&rows[i]);

		steps[i] = (struct rules_alarm_step){ alarm_rule_amount(p->a, &s), inspect_css(s.level),
			inspect_level_name(s.level), alarm_rule_told(p->a, &s) };
	}
	return (struct rules_alarm){ .code = rows->kind, .name = inspect_kind_name(inspect_kind_from(rows->kind)),
		.id = rows->set_id, .grounds = rows->grounds, .steps = steps, .steps_n = n,
		.by = rows->by_name != NULL ? arena_printf(p->a, "%s，%s", rows->by_name,
			show_moment(p->a, rows->added_at, today)) : "",
		.valid = rows->by_name != NULL ? rules_valid(p->a, rows->valid_from, DAY_NONE) : "一直执行",
		.ahead = rows->valid_from > today };
}

/* Of each kind its sets come from the latest on: those to come and the one in force, then those of before. */
static void sort_sets(struct page *p, const struct q_alarm_sets *rows, size_t n, struct view_rules_alarms *v)
{
	struct rules_alarm *now = arena_array(p->a, n + 1, sizeof(*now));
	struct rules_alarm *past = arena_array(p->a, PAST + 1, sizeof(*past));
	int32_t today = clock_day(p->now);
	const char *over = "";       /* the kind whose set in force has come */

	for (size_t i = 0, k; i < n; i += k) {
		bool known = inspect_kind_from(rows[i].kind) < INSPECT__MAX;

		k = steps_in(&rows[i], n - i);
		if (known && !str_eq(over, rows[i].kind))
			now[v->now_n++] = alarm_of(p, &rows[i], k);
		else if (known && v->past_n < PAST)
			past[v->past_n++] = alarm_of(p, &rows[i], k);
		if (rows[i].valid_from <= today)
			over = rows[i].kind;
	}
	v->now = now;
	v->past = past;
}

int alarms_show(struct page *p)
{
	struct view_rules_alarms v = { .may_change = access_may(page_actor(p), CAP_RULES),
		.watches = access_may(page_actor(p), CAP_WATCH) };
	struct q_alarm_sets *rows = NULL;
	size_t n = 0;
	int rc = q_alarm_sets(p->db, p->a, &rows, &n);

	if (rc != 0)
		return rc;
	sort_sets(p, rows, n, &v);
	admin_flash(p);
	v.nav = tabs(p, TABS_RULES);
	v.frame = page_titled(p, "检查指标的提醒");
	view_rules_alarms(&p->reply->body, &v);
	return 0;
}

/* --- a new set --- */

/* The steps of a set, as lines; those in force now when it is none of this kind. */
static int lines_of(struct page *p, enum inspect_kind kind, int64_t like, const char **ret)
{
	struct inspect_rule *steps;
	struct q_alarm_sets *rows = NULL;
	size_t n = 0, k = 0;
	int rc = q_alarm_sets(p->db, p->a, &rows, &n);

	steps = arena_array(p->a, n + 1, sizeof(*steps));
	for (size_t i = 0; rc == 0 && i < n; i++) {
		if (rows[i].set_id == like && inspect_kind_from(rows[i].kind) == kind)
			steps[k++] = step_of(&rows[i]);
	}
	*ret = alarm_rule_write(p->a, steps, k);
	return rc;
}

static int alarm_form(struct page *p, enum inspect_kind kind, const char *lines, bool typed, const char *asks)
{
	struct view_admin_form v = { .errors = typed ? p->form : NULL, .note = "" };
	struct admin_builder b = { p, &v.form, "", typed };
	const char *heading = arena_printf(p->a, "新定提醒：%s", inspect_kind_name(kind));

	admin_field(&b, "area", "steps", "各步", lines)->hint
		= arena_printf(p->a, "一行一步，写到了多少、亮什么灯、提醒谁，例如：%s。灯有预警、黄牌、红牌；不写人就只亮灯。", alarm_rule_example(kind));
	admin_field(&b, "date", "from", "从哪天起执行", clock_fmt_day(p->a, clock_day(p->now)))->css = "lx-input--width-10";
	admin_field(&b, "text", "grounds", "依据", "")->hint = "文件名称和条款，或者谁决定的";
	v.form.csrf = p->csrf;
	v.form.url.s = "/rules/alarms/new";
	v.form.button = "下一步：看影响";
	v.intro = "新的一套从生效那天起代替原来的；没有变的步骤不会重复提醒。";
	v.heading = heading;
	v.back.s = "/rules/alarms";
	v.back_text = "检查指标的提醒";
	if (asks != NULL)
		rules_ask(p, &form_alarm, asks, &v);
	v.form.more = "kind";
	v.form.more_value = inspect_kind_code(kind);
	v.frame = page_titled(p, heading);
	view_admin_form(&p->reply->body, &v);
	return 0;
}

/* The kind that the address or the form names. */
static int read_kind(struct page *p, enum inspect_kind *ret)
{
	const char *code = form_text(p->form, "kind");

	*ret = code != NULL ? inspect_kind_from(code) : INSPECT__MAX;
	return *ret < INSPECT__MAX ? 0 : err_say(ERR_NOTFOUND, "没有这项指标，请从“检查指标的提醒”里选一项来改");
}

int alarm_new(struct page *p)
{
	int64_t like = form_int(p->form, "like", 0);
	const char *lines = "";
	enum inspect_kind kind;
	int rc = read_kind(p, &kind);

	if (rc == 0)
		rc = lines_of(p, kind, like, &lines);
	if (rc != 0)
		return rc;
	form_empty(p->a, &form_alarm, p->form);
	return alarm_form(p, kind, lines, false, NULL);
}

/* 首页的更新：现在正常，改后是黄牌 */
static int words_of(struct page *p, const struct alarm_set *set, const char **ret)
{
	const struct worktime *wt = NULL;
	struct inspect_rule *rules = NULL;
	struct inspect_fact *facts = NULL;
	size_t rules_n = 0, facts_n = 0, changed = 0;
	struct str o;
	int rc = worktime_get(p->db, &wt);

	if (rc == 0)
		rc = inspect_rules(p->db, p->a, clock_day(p->now), &rules, &rules_n);
	if (rc == 0)
		rc = inspect_facts(p->db, p->a, wt, p->now, &facts, &facts_n);
	if (rc != 0)
		return rc;
	str_init(&o, p->a, 2000);
	str_add(&o, set->valid_from > clock_day(p->now) ? "假如今天就执行：" : "一保存就执行：");
	for (size_t i = 0; i < facts_n; i++) {
		enum inspect_level was, will;

		if (facts[i].kind != set->kind || facts[i].kind == INSPECT_simulated)
			continue;
		was = inspect_level_of(wt->cal, rules, rules_n, &facts[i], p->now, NULL);
		will = inspect_level_of(wt->cal, set->steps, set->n, &facts[i], p->now, NULL);
		if (was != will)
			str_addf(&o, "%s%s，灯由%s变成%s", changed++ > 0 ? "；" : "", facts[i].words, inspect_level_name(was),
				inspect_level_name(will));
	}
	if (inspect_of_letters(set->kind))
		str_add(&o, "这一项的信件按新的各步亮灯");
	else if (changed == 0)
		str_add(&o, "现在的灯不变");
	str_add(&o, "。到了而原来没有的步骤，会提醒一次。");
	*ret = o.s;
	return 0;
}

/* Of a form without a mistake: asked first, then added. */
static int add_set(struct page *p, const struct alarm_set *set, bool *ret_asks)
{
	const char *words = NULL;
	int rc;

	*ret_asks = !rules_seen(p, &form_alarm);
	if (!*ret_asks) {
		rc = alarm_rule_add(p->db, set);
		return rc != 0 ? rc : admin_done(p, "/rules/alarms", "added");
	}
	rc = words_of(p, set, &words);
	return rc != 0 ? rc : alarm_form(p, set->kind, "", true, words);
}

int alarm_send(struct page *p)
{
	const char *text = form_text(p->form, "steps");
	struct inspect_rule *steps = NULL;
	bool asks = false;
	struct alarm_set set = { .valid_from = form_day(p->form, "from"), .grounds = form_text(p->form, "grounds"),
		.officer_id = page_actor(p)->officer_id, .now = p->now };
	int rc = read_kind(p, &set.kind);

	if (rc != 0)
		return rc;
	if (form_ok(p->form) && set.valid_from < clock_day(p->now))
		form_fail(p->form, "from", "生效日期不能早于今天");
	rc = alarm_rule_read(p->a, set.kind, text != NULL ? text : "", &steps, &set.n);
	set.steps = steps;
	if (rc == 0 && form_ok(p->form)) {
		rc = add_set(p, &set, &asks);
		if (rc == 0 || asks)
			return rc;
	}
	rc = admin_failed(p, rc, "steps");
	return rc != 0 ? rc : alarm_form(p, set.kind, "", true, NULL);
}
