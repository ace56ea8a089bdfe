/* rules_ladder - when a light changes and who is told step by step: what is in force, and new rows. */
#include "clock.h"
#include "rule_add.h"
#include "rules.h"
#include "rules_preview.h"
#include "views/admin_form.h"
#include "views/rules_ladder.h"
#include "worktime_rules.h"

#define STEPS_CHARS 1500

static const struct field ladder_fields[] = {
	{ "like", FIELD_INT, .min = 1, .max = INT32_MAX },
	{ "timer", FIELD_TOKEN, .label = "什么期限", .max = 24 },
	{ "type", FIELD_TOKEN, .label = "哪类来信", .max = 24 },
	{ "unit", FIELD_TOKEN, .label = "哪个单位", .max = 40 },
	{ "steps", FIELD_TEXT, .label = "各步通知谁", .max = STEPS_CHARS },
	{ "late", FIELD_LIST, .label = "超期时通知谁", .max = LADDER_WHO__MAX },
	{ "from", FIELD_DATE, .label = "生效日期", .required = true, .missing = "请填写从哪天起执行" },
	{ "to", FIELD_DATE, .label = "截止日期" },
	{ "grounds", FIELD_LINE, .label = "依据", .min = 2, .max = CLOCK_REASON_MAX, .required = true, .missing = "请写明依据" },
	RULES_SEEN_FIELD,
};
const struct form_def form_ladder = { ladder_fields, ARRAY_LEN(ladder_fields) };

static const struct field light_fields[] = {
	{ "timer", FIELD_TOKEN, .label = "什么期限", .max = 24 },
	{ "type", FIELD_TOKEN, .label = "哪类来信", .max = 24 },
	{ "unit", FIELD_TOKEN, .label = "哪个单位", .max = 40 },
	{ "warn", FIELD_INT, .label = "预警", .min = 0, .max = 60, .required = true, .missing = "请填写到期前几个工作日预警" },
	{ "yellow", FIELD_INT, .label = "黄牌", .min = 0, .max = 60, .required = true, .missing = "请填写超期几个工作日以内是黄牌" },
	{ "from", FIELD_DATE, .label = "生效日期", .required = true, .missing = "请填写从哪天起执行" },
	{ "to", FIELD_DATE, .label = "截止日期" },
	{ "grounds", FIELD_LINE, .label = "依据", .min = 2, .max = CLOCK_REASON_MAX, .required = true, .missing = "请写明依据" },
	RULES_SEEN_FIELD,
};
const struct form_def form_light = { light_fields, ARRAY_LEN(light_fields) };

/* --- what is in force --- */

static const char *by_words(struct arena *a, const char *grounds, const char *by)
{
	return by != NULL ? arena_printf(a, "%s（%s）", grounds, by) : grounds;
}

static int add_lights(struct page *p, struct view_rules_ladder *v)
{
	int32_t today = clock_day(p->now);
	struct q_rules_lights *rows = NULL;
	struct rules_light *list;
	size_t n = 0;
	int rc = q_rules_lights(p->db, p->a, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		const struct q_rules_lights *l = &rows[i];

		list[i] = (struct rules_light){ .scope = rules_scope(p->a, l->timer, l->business_type, l->unit_name),
			.warn = arena_printf(p->a, "到期前 %lld 个工作日起", (long long)l->warn_amount),
			.yellow = l->yellow_amount > 0 ? arena_printf(p->a, "超期 %lld 个工作日以内", (long long)l->yellow_amount) : "没有",
			.red = l->warned_red ? "一预警就是红牌"
				: arena_printf(p->a, "超期超过 %lld 个工作日", (long long)l->yellow_amount),
			.valid = rules_valid(p->a, l->valid_from, l->valid_to), .grounds = by_words(p->a, l->grounds,
				l->by_name),
			.over = l->valid_to != DAY_NONE && l->valid_to < today };
	}
	v->lights = list;
	v->lights_n = n;
	return 0;
}

/* A ladder in words: its steps, and the end of the term between them. */
static void add_steps(struct arena *a, const struct ladder *l, struct rules_ladder *row)
{
	struct rules_step *steps = arena_array(a, l->n_steps + 2, sizeof(*steps));

	bool told = l->late_to == 0;

	for (size_t i = 0; i < l->n_steps; i++) {
		if (!told && !l->steps[i].from_start && l->steps[i].amount > 0) {
			steps[row->steps_n++] = (struct rules_step){ "一超期", ladder_audience_names(a, l->late_to) };
			told = true;
		}
		steps[row->steps_n++] = (struct rules_step){ ladder_step_words(a, &l->steps[i]), ladder_audience_names(a,
			l->steps[i].to) };
	}
	if (!told)
		steps[row->steps_n++] = (struct rules_step){ "一超期", ladder_audience_names(a, l->late_to) };
	row->steps = steps;
}

static int add_ladders(struct page *p, const struct worktime *wt, struct view_rules_ladder *v)
{
	struct q_rules_ladders *rows = NULL;
	struct rules_ladder *list;
	size_t n = 0;
	int rc = q_rules_ladders(p->db, p->a, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		const struct ladder *l = worktime_ladder_of(wt, rows[i].id);

		list[i] = (struct rules_ladder){ .id = rows[i].id,
			.scope = rules_scope(p->a, rows[i].timer, rows[i].business_type, rows[i].unit_name),
			.valid = rules_valid(p->a, rows[i].valid_from, rows[i].valid_to),
			.grounds = by_words(p->a, rows[i].grounds, rows[i].by_name) };
		if (l != NULL)
			add_steps(p->a, l, &list[i]);
	}
	v->ladders = list;
	v->ladders_n = n;
	return 0;
}

int ladder_show(struct page *p)
{
	struct view_rules_ladder v = { .may_change = access_may(page_actor(p), CAP_RULES) };
	const struct worktime *wt;
	int rc = worktime_get(p->db, &wt);

	if (rc == 0)
		rc = add_lights(p, &v);
	if (rc == 0)
		rc = add_ladders(p, wt, &v);
	if (rc != 0)
		return rc;
	admin_flash(p);
	v.nav = tabs(p, TABS_RULES);
	v.frame = page_titled(p, "预警和督促");
	view_rules_ladder(&p->reply->body, &v);
	return 0;
}

/* --- new rows --- */

/* To what a rule applies: three lists. like: what they begin with. */
static int add_scope(struct page *p, struct admin_builder *b, const struct rule_scope *like, const char *unit_code)
{
	const struct choice *timers, *types, *units;
	size_t n_timers, n_types, n_units;
	int rc = rules_timers(p, "各种期限", like->timer != NULL ? like->timer : "", &timers, &n_timers);

	if (rc == 0)
		rc = admin_units_by_code(p, "所有单位", unit_code, &units, &n_units);
	if (rc != 0)
		return rc;
	rules_types(p, "", &types, &n_types);
	admin_select(b, "timer", "什么期限", timers, n_timers, like->timer != NULL ? like->timer : "");
	admin_select(b, "type", "哪类来信", types, n_types, like->type != NULL ? like->type : "");
	admin_select(b, "unit", "哪个单位", units, n_units, unit_code);
	return 0;
}

static void add_days(struct page *p, struct admin_builder *b)
{
	admin_field(b, "date", "from", "从哪天起执行", clock_fmt_day(p->a, clock_day(p->now)))->css = "lx-input--width-10";
	admin_field(b, "date", "to", "到哪天为止", "")->optional = true;
	admin_field(b, "text", "grounds", "依据", "")->hint = "文件名称和条款，或者谁决定的";
}

/* asks: what would come of it, before it is added; NULL. */
static int finish(struct page *p, struct view_admin_form *v, const char *url, const char *heading,
	const struct form_def *def, const char *asks)
{
	v->form.csrf = p->csrf;
	v->form.url.s = url;
	v->form.button = "下一步：看影响";
	if (asks != NULL)
		rules_ask(p, def, asks, v);
	v->heading = heading;
	v->back.s = "/rules/ladder";
	v->back_text = "预警和督促";
	v->frame = page_titled(p, heading);
	view_admin_form(&p->reply->body, v);
	return 0;
}

static const char *or_null(const char *s)
{
	return s != NULL && s[0] != '\0' ? s : NULL;
}

/* What is wrong with the scope and the days, in the form. */
static void check_rule(struct page *p, const struct rule_new *rule)
{
	const char *wrong;

	if (rule->scope.type != NULL && states_type_from(rule->scope.type) == TYPE__MAX)
		form_fail(p->form, "type", "没有这类来信，请从列表里选");
	if (rule->scope.timer != NULL && !rules_is_timer(rule->scope.timer))
		form_fail(p->form, "timer", "没有这种期限，请从列表里选");
	wrong = form_ok(p->form) ? rule_wrong(rule, clock_day(p->now)) : NULL;
	if (wrong != NULL)
		form_fail(p->form, "from", wrong);
}

/* The scope and the days as typed; what is wrong stands in the form. */
static int read_rule(struct page *p, struct rule_new *ret)
{
	const struct worktime *wt;
	int rc = worktime_get(p->db, &wt);

	if (rc != 0)
		return rc;
	*ret = (struct rule_new){ .grounds = form_text(p->form, "grounds"), .officer_id = page_actor(p)->officer_id,
		.now = p->now, .scope = { .timer = or_null(form_text(p->form, "timer")), .type = or_null(form_text(p->form,
			"type")),
			.valid_from = form_day(p->form, "from"), .valid_to = form_day(p->form, "to") } };
	rc = rules_unit(p, form_text(p->form, "unit"), &ret->scope.unit_id);
	if (rc == ERR_NOTFOUND)
		form_fail(p->form, "unit", "没有这个单位，请从列表里选");
	else if (rc != 0)
		return rc;
	check_rule(p, ret);
	return 0;
}

static bool ticked(const struct page *p, const struct ladder *like, bool typed, int who)
{
	const char *const *list;
	size_t n;

	if (!typed)
		return like != NULL && (like->late_to & LADDER_TO(who)) != 0;
	list = form_list(p->form, "late", &n);
	for (size_t i = 0; i < n; i++) {
		if (str_eq(list[i], ladder_who_code((enum ladder_who)who)))
			return true;
	}
	return false;
}

static void add_late(struct page *p, struct admin_builder *b, const struct ladder *like, bool typed)
{
	struct part_field *f = admin_field(b, "boxes", "late", "一超期就通知谁", "");
	struct choice *list = arena_array(p->a, LADDER_WHO__MAX, sizeof(*list));

	for (int i = 0; i < LADDER_WHO__MAX; i++)
		list[i] = (struct choice){ .code = ladder_who_code((enum ladder_who)i),
			.text = ladder_who_name((enum ladder_who)i),
			.hint = "", .chosen = ticked(p, like, typed, i) };
	f->choices = list;
	f->choices_n = LADDER_WHO__MAX;
}

static int ladder_form(struct page *p, const struct ladder *like, bool typed, const char *asks)
{
	static const struct rule_scope any;
	struct view_admin_form v = { .errors = typed ? p->form : NULL, .note = "" };
	struct admin_builder b = { p, &v.form, "", typed };
	int rc = add_scope(p, &b, like != NULL ? &like->scope : &any, "");

	if (rc != 0)
		return rc;
	admin_field(&b, "area", "steps", "各步通知谁", like != NULL ? rule_write_steps(p->a, like->steps,
		like->n_steps) : "")->hint
		= "一行一步，例如：到期前 2 个工作日：承办人、部门联络员；到期当日：分管领导；超期 5 个工作日：列入通报；开始后第 45 天：督办员";
	add_late(p, &b, like, typed);
	add_days(p, &b);
	v.intro = "在办的信按开始计时的时候的规则走到底；新规则对以后开始计时的信有效。";
	return finish(p, &v, "/rules/ladder/new", "新定督促的步骤", &form_ladder, asks);
}

int ladder_new(struct page *p)
{
	int64_t like = form_int(p->form, "like", 0);
	const struct worktime *wt;
	int rc = worktime_get(p->db, &wt);

	form_empty(p->a, &form_ladder, p->form);
	return rc != 0 ? rc : ladder_form(p, like > 0 ? worktime_ladder_of(wt, like) : NULL, false, NULL);
}

static ladder_audience late_of(const struct page *p)
{
	ladder_audience to = 0;

	for (int i = 0; i < LADDER_WHO__MAX; i++) {
		if (ticked(p, NULL, true, i))
			to |= LADDER_TO(i);
	}
	return to;
}

/* Of a form without a mistake: asked first, then added. */
static int add_ladder(struct page *p, const struct rule_new *rule, const struct ladder *ladder, bool *ret_asks)
{
	const char *words = NULL;
	int rc;

	*ret_asks = !rules_seen(p, &form_ladder);
	if (!*ret_asks) {
		rc = rule_add_ladder(p->db, p->a, rule, ladder->late_to, ladder->steps, ladder->n_steps);
		return rc != 0 ? rc : admin_done(p, "/rules/ladder", "added");
	}
	rc = rules_ladder_words(p, rule, ladder, &words);
	return rc != 0 ? rc : ladder_form(p, NULL, true, words);
}

int ladder_send(struct page *p)
{
	const char *text = form_text(p->form, "steps");
	struct ladder_step *steps = NULL;
	struct ladder ladder;
	bool asks = false;
	struct rule_new rule;
	size_t n = 0;
	int rc = read_rule(p, &rule);

	if (rc != 0)
		return rc;
	rc = rule_read_steps(p->a, text != NULL ? text : "", &steps, &n);
	if (rc == 0 && form_ok(p->form) && n == 0 && late_of(p) == 0)
		rc = err_say(ERR_INVALID, "请至少写一步，或者勾选超期时通知谁");
	ladder = (struct ladder){ .scope = rule.scope, .late_to = late_of(p), .steps = steps, .n_steps = n };
	if (rc == 0 && form_ok(p->form)) {
		rc = add_ladder(p, &rule, &ladder, &asks);
		if (rc == 0 || asks)
			return rc;
	}
	rc = admin_failed(p, rc, "steps");
	return rc != 0 ? rc : ladder_form(p, NULL, true, NULL);
}

static int light_form(struct page *p, bool typed, const char *asks)
{
	static const struct rule_scope any;
	struct view_admin_form v = { .errors = typed ? p->form : NULL, .note = "" };
	struct admin_builder b = { p, &v.form, "", typed };
	int rc = add_scope(p, &b, &any, "");

	if (rc != 0)
		return rc;
	admin_field(&b, "number", "warn", "到期前几个工作日起预警", "2")->css = "lx-input--width-5";
	admin_field(&b, "number", "yellow", "超期几个工作日以内是黄牌", "2")->hint = "再往后是红牌；填 0 就是一超期就红牌";
	add_days(p, &b);
	v.intro = "灯的颜色按看的那一天的规则算，改了马上对所有在办的信有效。";
	return finish(p, &v, "/rules/lights/new", "新定亮灯的规则", &form_light, asks);
}

int light_new(struct page *p)
{
	form_empty(p->a, &form_light, p->form);
	return light_form(p, false, NULL);
}

int light_send(struct page *p)
{
	struct sla_thresholds at = { (int)form_int(p->form, "warn", 0), (int)form_int(p->form, "yellow", 0) };
	const char *words = NULL;
	struct rule_new rule;
	int rc = read_rule(p, &rule);

	if (rc != 0)
		return rc;
	if (form_ok(p->form) && !rules_seen(p, &form_light)) {
		rc = rules_light_words(p, &rule, at, &words);
		return rc != 0 ? rc : light_form(p, true, words);
	}
	if (form_ok(p->form)) {
		rc = rule_add_light(p->db, &rule, at, false);
		if (rc == 0)
			return admin_done(p, "/rules/ladder", "added");
	}
	rc = admin_failed(p, rc, "timer");
	return rc != 0 ? rc : light_form(p, true, NULL);
}
