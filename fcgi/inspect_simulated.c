/* inspect_simulated - /inspect/simulated: the weekly simulated question: on or off, how it was answered, what is
 * asked. */
#include "clock.h"
#include "inspect_page.h"
#include "intake.h"
#include "simulation.h"
#include "views/inspect_simulated.h"

#define ROWS 26
#define ANSWER_DAYS 5        /* 国办秘函〔2019〕19号 */

static const char *const types[] = { "consult", "suggestion", NULL };
static const char *const does[] = { "start", "stop", "add", "retire", "use", "end", NULL };
enum { DO_START, DO_STOP, DO_ADD, DO_RETIRE, DO_USE, DO_END };
static const struct field simulated_fields[] = {
	{ "do", FIELD_CHOICE, .choices = does },
	{ "id", FIELD_INT, .min = 1, .max = INT32_MAX },
	{ "type", FIELD_CHOICE, .label = "类型", .choices = types },
	{ "title", FIELD_LINE, .label = "标题", .min = INTAKE_TITLE_MIN, .max = INTAKE_TITLE_MAX },
	{ "body", FIELD_TEXT, .label = "内容", .min = INTAKE_BODY_MIN, .max = INTAKE_BODY_MAX },
	{ "name", FIELD_LINE, .label = "写信人", .min = 2, .max = INTAKE_NAME_MAX },
	{ "email", FIELD_EMAIL, .label = "电子邮箱" },
	{ "before", FIELD_INT, .min = 1, .max = INT32_MAX },
};
const struct form_def form_simulated = { simulated_fields, ARRAY_LEN(simulated_fields) };

static const char *filed_words(struct page *p, const struct q_simulation_list *r)
{
	int32_t today = clock_day(p->now);

	if (r->filed_at != TIME_NONE)
		return arena_printf(p->a, "%s提交", show_moment(p->a, r->filed_at, today));
	if (str_eq(r->state, "missed"))
		return arena_printf(p->a, "这一周没能提交，试了 %lld 次（%s）", (long long)r->tries, r->last_error);
	if (r->tries > 0 && r->last_error[0] != '\0')
		return arena_printf(p->a, "没能提交（%s），每 10 分钟再试", r->last_error);
	return arena_printf(p->a, "计划%s提交", show_moment(p->a, r->planned_at, today));
}

static void say(struct simulated_row *row, const char *css, const char *light, const char *measured)
{
	row->css = css;
	row->light = light;
	row->measured = measured;
}

/* Not with the office: not handed in, taken back, or ended without an answer. False when it waits for one. */
static bool is_over(const struct q_simulation_list *r, struct simulated_row *row)
{
	enum ticket_state state = r->ticket_state != NULL ? states_from(r->ticket_state) : TICKET_NONE;

	if (r->ended_at != TIME_NONE)
		say(row, "lx-tag--grey", "已收回", "");
	else if (r->ticket_state == NULL)
		say(row, "lx-tag--grey", str_eq(r->state, "missed") ? "没有提交" : "还没有提交", "");
	else if (!states_open(state))
		say(row, "lx-tag--red", show_state(state, false).text, "没有得到答复");
	else
		return false;
	return true;
}

/* How it was answered, measured from the day it counts as received. */
static void measure(struct page *p, const struct worktime *wt, const struct q_simulation_list *r,
	struct simulated_row *row)
{
	bool answered = r->replied_at != TIME_NONE, late;
	int days;

	if (!answered && is_over(r, row))
		return;
	days = calendar_between(wt->cal, r->received_on, clock_day(answered ? r->replied_at : p->now));
	late = days > ANSWER_DAYS;
	if (answered) {
		say(row, late ? "lx-tag--red" : "lx-tag--green", late ? "超期答复" : "按时答复",
			arena_printf(p->a, "%d 个工作日", days));
		return;
	}
	say(row, late ? "lx-tag--red" : "lx-tag--blue", late ? "超期未答" : "等待答复",
		arena_printf(p->a, "已过 %d 个工作日", days));
	row->may_end = true;
}

static struct simulated_row row_of(struct page *p, const struct worktime *wt, const struct q_simulation_list *r)
{
	struct simulated_row row = { .id = r->id, .question = r->title, .no = r->no != NULL ? r->no : "",
		.week = arena_printf(p->a, "%s那一周", show_day(p->a, r->week_on, clock_day(p->now))),
		.code = r->query_code != NULL ? r->query_code : "", .filed = filed_words(p, r),
		.unit = r->unit_name != NULL ? r->unit_name : r->no != NULL ? "还没有分办" : "—", .accepted = "—" };

	if (r->accepted_at != TIME_NONE)
		row.accepted = arena_printf(p->a, "%d 个工作日",
			calendar_between(wt->cal, r->received_on, clock_day(r->accepted_at)));
	else if (r->no != NULL)
		row.accepted = "还没有受理";
	measure(p, wt, r, &row);
	return row;
}

static int load_rows(struct page *p, const struct worktime *wt, int64_t before, struct view_inspect_simulated *v)
{
	struct q_simulation_list *rows = NULL;
	struct simulated_row *list;
	size_t n = 0;
	int answered = 0, good = 0, rc = q_simulation_list(p->db, p->a, before, ROWS + 1, &rows, &n);

	if (rc != 0)
		return rc;
	v->rows_n = n > ROWS ? ROWS : n;
	list = arena_array(p->a, v->rows_n + 1, sizeof(*list));
	for (size_t i = 0; i < v->rows_n; i++) {
		list[i] = row_of(p, wt, &rows[i]);
		answered += rows[i].replied_at != TIME_NONE;
		good += str_eq(list[i].light, "按时答复");
	}
	v->rows = list;
	if (n > ROWS)
		v->older = (struct url){ arena_printf(p->a, "/inspect/simulated?before=%lld", (long long)rows[ROWS - 1].id) };
	v->figures = answered > 0
		? arena_printf(p->a, "下面已答复的 %d 封里，%d 封在 %d 个工作日内答复。", answered, good, ANSWER_DAYS) : "";
	return 0;
}

static int load_questions(struct page *p, struct view_inspect_simulated *v)
{
	struct q_simulated_questions *rows = NULL;
	struct simulated_question_row *list;
	size_t n = 0;
	int rc = q_simulated_questions(p->db, p->a, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++)
		list[i] = (struct simulated_question_row){ .id = rows[i].id, .title = rows[i].title, .body = rows[i].body,
			.type = states_type_name(states_type_from(rows[i].type)), .active = rows[i].active,
			.writer = arena_printf(p->a, "%s，%s", rows[i].name, rows[i].email),
			.used = rows[i].used == 0 ? "还没有用过" : arena_printf(p->a, "用过 %lld 次，最近是%s那一周",
				(long long)rows[i].used, show_day(p->a, rows[i].last_on, clock_day(p->now))) };
	v->questions = list;
	v->questions_n = n;
	return 0;
}

static int load_switch(struct page *p, struct view_inspect_simulated *v)
{
	struct q_simulation_switched row;
	int rc = q_simulation_switched(p->db, p->a, &row);

	v->switched = "";
	if (rc == ERR_NOTFOUND)
		return 0;
	if (rc != 0)
		return rc;
	v->on = row.is_on;
	v->switched = arena_printf(p->a, "%s由%s%s", show_moment(p->a, row.at, clock_day(p->now)),
		row.who != NULL ? row.who : "系统", row.is_on ? "打开" : "关掉");
	return 0;
}

static const struct part_admin_form *add_form(struct page *p, bool typed)
{
	static const struct choice shown[] = { { .code = "consult", .text = "咨询" },
		{ .code = "suggestion", .text = "建议" } };
	struct part_admin_form *f = ARENA_NEW(p->a, struct part_admin_form);
	struct admin_builder b = { p, f, "", typed };

	*f = (struct part_admin_form){ .csrf = p->csrf, .url = { "/inspect/simulated" }, .code = "do", .code_value = "add",
		.more = "", .summary = "添加一题", .open = typed, .hint = "", .button = "添加", .quiet = true };
	admin_select(&b, "type", "类型", shown, ARRAY_LEN(shown), "consult");
	admin_field(&b, "text", "title", "标题", "");
	admin_field(&b, "area", "body", "内容", "");
	admin_field(&b, "text", "name", "写信人", "")->css = "lx-input--width-20";
	admin_field(&b, "email", "email", "电子邮箱", "")->css = "lx-input--width-20";
	return f;
}

static int show(struct page *p, int64_t before, bool typed)
{
	struct view_inspect_simulated v = { .form = p->form };
	const struct worktime *wt = NULL;
	int rc = worktime_get(p->db, &wt);

	if (rc == 0)
		rc = load_rows(p, wt, before, &v);
	if (rc == 0)
		rc = load_questions(p, &v);
	if (rc == 0)
		rc = load_switch(p, &v);
	if (rc != 0)
		return rc;
	v.add = add_form(p, typed);
	v.nav = tabs(p, TABS_WATCH);
	v.tabs = tabs(p, TABS_INSPECT);
	v.frame = page_titled(p, "模拟提问");
	view_inspect_simulated(&p->reply->body, &v);
	return 0;
}

int inspect_simulated_show(struct page *p)
{
	int64_t before = form_int(p->form, "before", INT32_MAX);

	form_empty(p->a, &form_simulated, p->form);
	inspect_flash(p);
	return show(p, before, false);
}

static int add_question(struct page *p)
{
	static const struct { const char *name, *missing; } needed[] = { { "title", "请填写标题" }, { "body", "请填写内容" },
		{ "name", "请填写写信人" }, { "email", "请填写电子邮箱，通知会发到这里" } };
	struct simulated_question q;
	int type = form_choice(p->form, "type");

	for (size_t i = 0; i < ARRAY_LEN(needed); i++) {
		if (form_text(p->form, needed[i].name) == NULL && form_error(p->form, needed[i].name) == NULL)
			form_fail(p->form, needed[i].name, needed[i].missing);
	}
	if (!form_ok(p->form))
		return ERR_INVALID;
	q = (struct simulated_question){ types[type < 0 ? 0 : type], form_text(p->form, "title"),
		form_text(p->form, "body"), form_text(p->form, "name"), form_text(p->form, "email") };
	return simulation_question_add(p->db, page_actor(p), &q, p->now);
}

static int carry_out(struct page *p, int what)
{
	const struct actor *who = page_actor(p);
	int64_t id = form_int(p->form, "id", 0);

	switch (what) {
	case DO_START:
	case DO_STOP:
		return simulation_switch(p->db, who, what == DO_START, p->now);
	case DO_RETIRE:
	case DO_USE:
		return simulation_question_set(p->db, who, id, what == DO_USE);
	case DO_END:
		return simulation_end(p->db, p->a, who, id, p->now);
	default:
		return add_question(p);
	}
}

int inspect_simulated_send(struct page *p)
{
	static const char *const told[] = { "start", "stop", "question", "retire", "use", "end" };
	int what = form_choice(p->form, "do"), rc = carry_out(p, what);

	if (rc == 0)
		return inspect_done(p, "/inspect/simulated", told[what < 0 ? DO_ADD : what]);
	if (rc != ERR_INVALID && rc != ERR_STATE)
		return rc;
	if (rc == ERR_STATE)
		form_fail(p->form, "asked", arena_strdup(p->a, err_text(rc)));
	reply_status(p->reply, err_http(rc));
	return show(p, INT32_MAX, rc == ERR_INVALID);
}
