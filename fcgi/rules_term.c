/* rules_term - a new term: typed in, looked at, put into force; and the page of a change, be it a term or a notice. */
#include "clock.h"
#include "rules.h"
#include "views/admin_form.h"
#include "views/rules_moves.h"

#define LOOK_MS 2500             /* what a person waits for; slad goes on with the rest */
#define MOVES 50
#define DAYS_MAX 120             /* days that differ, as shown */

static const char *const units[] = { "W", "D", "M", NULL };
static const char *const scopes[] = { "new", "open", NULL };
static const struct field term_fields[] = {
	{ "like", FIELD_INT, .min = 1, .max = INT32_MAX },
	{ "timer", FIELD_TOKEN, .label = "什么期限", .max = 24, .required = true, .missing = "请选择是什么期限" },
	{ "type", FIELD_TOKEN, .label = "哪类来信", .max = 24 },
	{ "unit", FIELD_TOKEN, .label = "哪个单位", .max = 40 },
	{ "amount", FIELD_INT, .label = "时限", .min = 1, .max = 730, .required = true, .missing = "请填写时限" },
	{ "measure", FIELD_CHOICE, .label = "单位", .choices = units, .required = true, .missing = "请选择工作日、天还是月" },
	{ "max", FIELD_INT, .label = "最长时限", .min = 0, .max = 730 },
	{ "allowance", FIELD_INT, .label = "单位自己能延到", .min = 0, .max = 730 },
	{ "from", FIELD_DATE, .label = "生效日期", .required = true, .missing = "请填写从哪天起执行" },
	{ "to", FIELD_DATE, .label = "截止日期" },
	{ "grounds", FIELD_LINE, .label = "依据", .min = 2, .max = CLOCK_REASON_MAX, .required = true,
		.missing = "请写明依据，市民和承办单位都会看到" },
	{ "reason", FIELD_LINE, .label = "为什么调整", .min = 2, .max = CLOCK_REASON_MAX, .required = true,
		.missing = "请写明为什么调整，会留在记录里" },
	{ "scope", FIELD_CHOICE, .label = "对哪些信执行", .choices = scopes, .required = true, .missing = "请选择对哪些信执行" },
};
const struct form_def form_term = { term_fields, ARRAY_LEN(term_fields) };

static const struct field change_fields[] = {
	{ "unit", FIELD_INT, .min = 0, .max = INT32_MAX },
	{ "after", FIELD_TOKEN, .max = 50 },
};
const struct form_def form_change = { change_fields, ARRAY_LEN(change_fields) };
static const struct field change_do_fields[] = {
	{ "do", FIELD_CHOICE, .choices = (const char *const[]){ "apply", "drop", NULL }, .required = true },
};
const struct form_def form_change_do = { change_do_fields, ARRAY_LEN(change_do_fields) };

/* --- the form of a term --- */

static const char *number(struct arena *a, int64_t n)
{
	return arena_printf(a, "%lld", (long long)n);
}

static void add_amounts(struct page *p, struct admin_builder *b, const struct q_rules_term_like *t)
{
	static const struct choice measures[] = { { .code = "W", .text = "个工作日" }, { .code = "D", .text = "天（自然日）" },
		{ .code = "M", .text = "个月" } };

	admin_field(b, "number", "amount", "时限", t->amount > 0 ? number(p->a, t->amount) : "")->css = "lx-input--width-5";
	admin_select(b, "measure", "按什么数", measures, ARRAY_LEN(measures), t->amount_unit);
	admin_field(b, "number", "max", "最长时限", number(p->a, t->max_amount))->hint = "连延期在内最长多少；不能延期的填 0";
	admin_field(b, "number", "allowance", "单位自己能延到", number(p->a, t->allowance))->hint
		= "不用报主管单位批准，最多延到多少；都要批准的填 0";
}

static int show_form(struct page *p, const struct q_rules_term_like *t, bool typed)
{
	static const struct choice whom[] = { { .code = "new", .text = "只对以后开始计时的信（在办的信按原来的规定）" },
		{ .code = "open", .text = "在办的信也照新规定重算（执行前先看影响哪些信）" } };
	struct view_admin_form v = { .errors = typed ? p->form : NULL, .note = "" };
	struct admin_builder b = { p, &v.form, "", typed };
	const struct choice *timers, *types, *all;
	size_t n_timers, n_types, n_all;
	int rc = rules_timers(p, NULL, typed ? form_raw(p->form, "timer") : t->timer, &timers, &n_timers);

	if (rc == 0)
		rc = admin_units_by_code(p, "所有单位", t->unit_code != NULL ? t->unit_code : "", &all, &n_all);
	if (rc != 0)
		return rc;
	rules_types(p, "", &types, &n_types);
	admin_select(&b, "timer", "什么期限", timers, n_timers, t->timer);
	admin_select(&b, "type", "哪类来信", types, n_types, t->business_type != NULL ? t->business_type : "");
	admin_select(&b, "unit", "哪个单位", all, n_all, t->unit_code != NULL ? t->unit_code : "");
	add_amounts(p, &b, t);
	admin_field(&b, "date", "from", "从哪天起执行", clock_fmt_day(p->a, clock_day(p->now)))->css = "lx-input--width-10";
	admin_field(&b, "date", "to", "到哪天为止", "")->optional = true;
	admin_field(&b, "text", "grounds", "依据", "")->hint = "文件名称和条款，市民和承办单位都会看到";
	admin_select(&b, "scope", "对哪些信执行", whom, ARRAY_LEN(whom), "new");
	admin_field(&b, "text", "reason", "为什么调整", "")->hint = "会留在调整记录里";
	v.form.csrf = p->csrf;
	v.form.url.s = "/rules/new";
	v.form.button = "下一步：看影响哪些信";
	v.heading = "新定一条时限";
	v.intro = "更具体的规定优先：单位和类型都指定的，先于只指定单位的，再先于只指定类型的。";
	v.back.s = "/rules";
	v.back_text = "办理时限";
	v.frame = page_titled(p, v.heading);
	view_admin_form(&p->reply->body, &v);
	return 0;
}

int rule_new(struct page *p)
{
	struct q_rules_term_like t = { .timer = "reply", .amount_unit = "W" };
	int64_t like = form_int(p->form, "like", 0);
	int rc = like > 0 ? q_rules_term_like(p->db, p->a, like, &t) : 0;

	return rc != 0 ? rc : show_form(p, &t, false);
}

static const char *or_null(const char *s)
{
	return s != NULL && s[0] != '\0' ? s : NULL;
}

/* The term as typed; what is wrong stands in the form. */
static int read_term(struct page *p, struct clock_term *ret)
{
	const struct form *f = p->form;
	const char *grounds = form_text(f, "grounds");
	int measure = form_choice(f, "measure");
	struct clock_term t = { .grounds = grounds != NULL ? grounds : "" };
	const char *field, *wrong;
	int rc;

	t.p = (struct sla_policy){ .timer = form_text(f, "timer"), .type = or_null(form_text(f, "type")),
		.amount = (int)form_int(f, "amount", 0), .unit = measure >= 0 ? units[measure][0] : 'W',
		.max_amount = (int)form_int(f, "max", 0), .allowance = (int)form_int(f, "allowance", 0),
		.valid_from = form_day(f, "from"), .valid_to = form_day(f, "to") };
	*ret = t;
	rc = rules_unit(p, form_text(f, "unit"), &ret->p.unit_id);
	if (rc == ERR_NOTFOUND)
		form_fail(p->form, "unit", "没有这个单位，请从列表里选");
	if (rc != 0 && rc != ERR_NOTFOUND)
		return rc;
	if (!form_ok(f))
		return 0;
	wrong = clock_term_wrong(ret, form_choice(f, "scope") == 1, clock_day(p->now), &field);
	if (wrong != NULL)
		form_fail(p->form, field, wrong);
	return 0;
}

int rule_new_send(struct page *p)
{
	const struct q_rules_term_like none = { .timer = "", .amount_unit = "W" };
	struct clock_by by = { page_actor(p)->officer_id, form_text(p->form, "reason") };
	struct clock_term t;
	int64_t id;
	int rc = read_term(p, &t);

	if (rc != 0)
		return rc;
	if (form_ok(p->form)) {
		rc = clock_change_term(p->db, p->a, &by, &t, form_choice(p->form, "scope") == 1, &id);
		if (rc == 0)
			rc = clock_change_look(p->db, p->a, id, LOOK_MS);
		if (rc == 0)
			return reply_redirect(p->reply, arena_printf(p->a, "/rules/changes/%lld", (long long)id));
	}
	rc = admin_failed(p, rc, "timer");
	return rc != 0 ? rc : show_form(p, &none, true);
}

/* --- one change --- */

static struct url moves_url(struct page *p, int64_t id, int64_t unit, const struct q_move_list *after)
{
	struct str o;

	str_init(&o, p->a, 300);
	str_addf(&o, "/rules/changes/%lld", (long long)id);
	if (unit >= 0)
		view_query_add(&o, "unit", number(p->a, unit));
	if (after != NULL)
		view_query_add(&o, "after", arena_printf(p->a, "%lld-%lld", (long long)after->ticket_id,
			(long long)after->timer_id));
	return (struct url){ o.s };
}

/* "12-345": letter and clock of the last row shown. */
static void read_after(const struct page *p, int64_t *ret_ticket, int64_t *ret_timer)
{
	const char *after = form_text(p->form, "after");
	long long ticket, timer;
	size_t n;
	char **parts;

	*ret_ticket = *ret_timer = 0;
	if (after == NULL)
		return;
	parts = str_split(p->a, arena_strdup(p->a, after), '-', &n);
	if (n == 2 && str_to_int(parts[0], 0, INT64_MAX, &ticket) == 0 && str_to_int(parts[1], 0, INT64_MAX, &timer) == 0) {
		*ret_ticket = ticket;
		*ret_timer = timer;
	}
}

static int add_units(struct page *p, const struct q_change_get *c, struct view_rules_moves *v)
{
	int32_t today = clock_day(p->now);
	struct q_move_units *rows = NULL;
	struct rules_unit *list;
	size_t n = 0;
	int rc = q_move_units(p->db, p->a, today, today, c->id, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		list[i] = (struct rules_unit){ .name = rows[i].unit_name != NULL ? rows[i].unit_name : "还没有分办的",
			.url = moves_url(p, c->id, rows[i].unit_id, NULL), .letters = rows[i].letters, .clocks = rows[i].clocks,
			.later = rows[i].later, .earlier = rows[i].clocks - rows[i].later, .late = rows[i].late_at_once };
		v->letters += rows[i].letters;
		v->late += rows[i].late_at_once;
	}
	v->units = list;
	v->units_n = n;
	return 0;
}

static int add_moves(struct page *p, const struct q_change_get *c, struct view_rules_moves *v)
{
	bool some = form_given(p->form, "unit");
	int64_t unit = form_int(p->form, "unit", -1), ticket, timer;
	int32_t today = clock_day(p->now);
	struct q_move_list *rows = NULL;
	struct rules_move *list;
	size_t n = 0;
	int rc;

	read_after(p, &ticket, &timer);
	rc = q_move_list(p->db, p->a, c->id, some && unit >= 0 ? &unit : NULL, ticket, ticket, timer, MOVES + 1, &rows, &n);
	if (rc != 0)
		return rc;
	v->moves_n = n > MOVES ? MOVES : n;
	list = arena_array(p->a, v->moves_n + 1, sizeof(*list));
	for (size_t i = 0; i < v->moves_n; i++)
		list[i] = (struct rules_move){ .number = rows[i].no, .kind = clock_timer_name(rows[i].kind),
			.unit = rows[i].unit_name != NULL ? rows[i].unit_name : "还没有分办", .was = show_day(p->a,
				rows[i].old_due_on, today),
			.will = show_day(p->a, rows[i].new_due_on, today), .left = v->over && !rows[i].applied };
	v->moves = list;
	if (n > MOVES)
		v->next = moves_url(p, c->id, some ? unit : -1, &rows[MOVES - 1]);
	if (ticket > 0 || some)
		v->all = moves_url(p, c->id, -1, NULL);
	return 0;
}

/* The share that is done; both passes of a change in force. */
static int percent(const struct q_change_get *c)
{
	int64_t all = c->last_ticket > 0 ? c->last_ticket : 1;

	if (str_eq(c->state, "looking"))
		return (int)(c->at_ticket * 100 / all);
	return (int)((c->at_ticket + (c->pass > 1 ? c->last_ticket : 0)) * 100 / (2 * all));
}

static void add_state(struct page *p, const struct q_change_get *c, struct view_rules_moves *v)
{
	int32_t today = clock_day(p->now);

	v->looking = str_eq(c->state, "looking");
	v->ready = str_eq(c->state, "ready");
	v->applying = str_eq(c->state, "applying");
	v->over = str_eq(c->state, "done");
	v->dropped = str_eq(c->state, "dropped");
	v->percent = percent(c);
	v->moved = c->moved;
	v->to_move = c->to_move;
	v->to_confirm = c->to_confirm;
	v->looked_at = c->looked_at;
	v->only_new = !c->open_too;
	v->made = show_moment(p->a, c->made_at, today);
	v->applied = show_moment(p->a, c->applied_at, today);
	v->done = show_moment(p->a, c->done_at, today);
	v->may_change = access_may(page_actor(p), CAP_RULES);
}

/* What a day is, in a word: a make-up Saturday that a notice no longer names is a weekend again, no holiday. */
static const char *kind_word(const struct calendar *cal, int32_t day)
{
	static const char *const words[] = {
		[CALENDAR_WORK] = "上班", [CALENDAR_MAKEUP] = "上班", [CALENDAR_WEEKEND] = "周末", [CALENDAR_HOLIDAY] = "放假",
	};

	return words[calendar_kind_of(cal, day)];
}

/* The days that would count otherwise than they do now: those of the notices, and those that they no longer name. */
static int add_days(struct page *p, const struct q_change_get *c, struct view_rules_moves *v)
{
	const struct worktime *wt;
	struct worktime then;
	struct calendar_file *files;
	struct rules_day *list = arena_array(p->a, DAYS_MAX, sizeof(*list));
	size_t n;
	int rc = worktime_get(p->db, &wt);

	if (rc == 0)
		rc = clock_change_files(p->a, c, &files, &n);
	if (rc == 0)
		rc = worktime_as_if(p->db, p->a, files, n, NULL, &then);
	if (rc != 0)
		return rc;
	v->source = files[0].source;
	for (int32_t day = c->span_from; day <= c->span_to && v->days_n < DAYS_MAX; day++) {
		bool works = calendar_is_workday(then.cal, day);

		if (works != calendar_is_workday(wt->cal, day))
			list[v->days_n++] = (struct rules_day){ show_day(p->a, day, clock_day(p->now)),
				calendar_name(works ? wt->cal : then.cal, day),
				arena_printf(p->a, "%s → %s", kind_word(wt->cal, day), kind_word(then.cal, day)) };
	}
	v->days = list;
	return 0;
}

static int show_change(struct page *p, const char *problem)
{
	struct view_rules_moves v = { .problem = problem, .source = "" };
	struct q_change_get c;
	long long id;
	int rc;

	if (str_to_int(p->param, 1, INT32_MAX, &id) != 0)
		return err_set(ERR_NOTFOUND, "no number of a change");
	rc = q_change_get(p->db, p->a, id, &c);
	if (rc != 0)
		return rc;
	add_state(p, &c, &v);
	if ((rc = add_units(p, &c, &v)) != 0 || (rc = add_moves(p, &c, &v)) != 0)
		return rc;
	if (str_eq(c.kind, "calendar") && !v.over && !v.applying && (rc = add_days(p, &c, &v)) != 0)
		return rc;
	v.id = c.id;
	v.title = c.title;
	v.reason = c.reason;
	v.nav = tabs(p, TABS_RULES);
	v.frame = page_titled(p, problem != NULL ? page_wrong(p, c.title) : c.title);
	view_rules_moves(&p->reply->body, &v);
	return 0;
}

int change_show(struct page *p)
{
	return show_change(p, NULL);
}

int change_do(struct page *p)
{
	bool drop = form_choice(p->form, "do") == 1;
	const char *why;
	long long id;
	int rc;

	if (str_to_int(p->param, 1, INT32_MAX, &id) != 0)
		return err_set(ERR_NOTFOUND, "no number of a change");
	if (!form_ok(p->form))
		return ERR_INVALID;
	rc = drop ? clock_change_drop(p->db, p->a, id) : clock_change_apply(p->db, p->a, id, page_actor(p)->officer_id);
	if (rc == 0)
		return reply_redirect(p->reply, drop ? "/rules/changes" : arena_printf(p->a, "/rules/changes/%lld", id));
	if (rc != ERR_STATE)
		return rc;
	why = arena_strdup(p->a, err_text(rc));
	reply_status(p->reply, err_http(rc));
	form_empty(p->a, &form_change, p->form);
	return show_change(p, why);
}
