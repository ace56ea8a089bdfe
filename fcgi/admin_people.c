/* admin_people - the list of people, and one person: account, roles, password, leave.
 *
 * Security administrators see and change all; a unit's liaison and reviewers see their own unit's people, for leave and
 * hand-over. */
#include <string.h>

#include "admin_leave.h"
#include "clock.h"
#include "views/admin_form.h"
#include "views/admin_people.h"
#include "views/admin_person.h"
#include "views/admin_secret.h"

#define ROWS 30
#define EVENTS 30

static const char *const states[] = { "on", "away", "off", NULL };
static const char *const state_names[] = { "在职", "休假中", "已停用" };
static const struct field people_fields[] = {
	{ "words", FIELD_LINE, .max = 40 },
	{ "unit", FIELD_TOKEN, .max = 40 },
	{ "role", FIELD_TOKEN, .max = 24 },
	{ "state", FIELD_CHOICE, .choices = states },
	{ "after", FIELD_INT, .min = 0, .max = INT32_MAX },
};
const struct form_def form_people = { people_fields, ARRAY_LEN(people_fields) };
static const struct field person_fields[] = {
	{ "login", FIELD_TOKEN, .label = "登录名", .min = 2, .max = 40,
		.wrong = "登录名由字母、数字和下划线组成" },
	{ "name", FIELD_LINE, .label = "姓名", .min = 2, .max = 6, .required = true },
	{ "unit", FIELD_TOKEN, .label = "单位", .max = 40, .required = true, .missing = "请选择单位" },
	{ "mail", FIELD_EMAIL, .label = "邮箱" },
	{ "role", FIELD_LIST, .label = "角色", .max = ROLE_CITIZEN },
	{ "reason", FIELD_LINE, .label = "理由", .max = ORG_REASON_MAX },
};
const struct form_def form_person = { person_fields, ARRAY_LEN(person_fields) };
static const char *const does[] = { "disable", "enable", "reset", "sessions", NULL };
enum does { DO_DISABLE, DO_ENABLE, DO_RESET, DO_SESSIONS };
static const struct field do_fields[] = {
	{ "do", FIELD_CHOICE, .choices = does, .required = true },
	{ "reason", FIELD_LINE, .label = "理由", .min = 2, .max = ORG_REASON_MAX, .required = true, .missing = "请填写理由" },
	{ "checked", FIELD_LINE, .label = "怎样核实的身份", .max = 100 },
};
const struct form_def form_person_do = { do_fields, ARRAY_LEN(do_fields) };

static bool manages(const struct page *p)
{
	return access_may(page_actor(p), CAP_ADMIN_PEOPLE);
}

static uint32_t roles_of(struct page *p, const char *text)
{
	return store_actor_of(p->a, 0, 0, "", text, "").roles;
}

/* The person of the address, when this officer may see them: else as if there were none. */
static int find_person(struct page *p, struct q_officer_full *ret)
{
	int rc = q_officer_full(p->db, p->a, clock_day(p->now), p->param, ret);

	if (rc == 0 && !access_may_on(page_actor(p), CAP_ADMIN_LEAVE, ret->unit_id, false))
		return err_set(ERR_NOTFOUND, "not this officer's unit");
	return rc;
}

static const char *base_of(struct page *p)
{
	return arena_printf(p->a, "/admin/people/%s", p->param);
}

/* --- the list --- */

struct list {
	struct page *p;
	const char *words, *unit, *role, *state;
	int64_t unit_id;                 /* 0: all */
};

static struct url list_url(const struct list *l, int64_t after)
{
	struct str o;

	str_init(&o, l->p->a, 1000);
	str_add(&o, "/admin/people");
	view_query_add(&o, "words", l->words);
	view_query_add(&o, "unit", l->unit);
	view_query_add(&o, "role", l->role);
	view_query_add(&o, "state", l->state);
	view_query_add(&o, "after", after > 0 ? arena_printf(l->p->a, "%lld", (long long)after) : NULL);
	return (struct url){ o.s };
}

static void add_filters(const struct list *l, struct view_admin_people *v)
{
	struct choice *roles = arena_array(l->p->a, ROLE_CITIZEN + 1, sizeof(*roles));
	struct choice *list = arena_array(l->p->a, ARRAY_LEN(states), sizeof(*list));

	roles[v->roles_n++] = (struct choice){ .code = "", .text = "全部角色" };
	for (int i = 0; i < ROLE_CITIZEN; i++)
		roles[v->roles_n++] = (struct choice){ .code = access_role_code((enum role)i),
			.text = access_role_name((enum role)i), .chosen = str_eq(l->role, access_role_code((enum role)i)) };
	list[v->states_n++] = (struct choice){ .code = "", .text = "全部" };
	for (size_t i = 0; states[i] != NULL; i++)
		list[v->states_n++] = (struct choice){ .code = states[i], .text = state_names[i],
			.chosen = str_eq(l->state, states[i]) };
	v->roles = roles;
	v->states = list;
}

static const char *state_of(struct page *p, const struct q_people_list *r)
{
	if (!r->active)
		return "已停用";
	if (r->away_to == DAY_NONE)
		return "在职";
	return arena_printf(p->a, "休假至%s，%s代理", show_day(p->a, r->away_to, clock_day(p->now)), r->stand_in);
}

static void add_people(const struct list *l, const struct q_people_list *rows, size_t n, struct view_admin_people *v)
{
	struct page *p = l->p;
	struct person_row *list = arena_array(p->a, ROWS + 1, sizeof(*list));

	for (size_t i = 0; i < n && i < ROWS; i++)
		list[v->rows_n++] = (struct person_row){ .login = rows[i].login, .name = rows[i].name,
			.unit = rows[i].unit_name, .roles = admin_roles(p->a, roles_of(p, rows[i].roles)),
			.letters = rows[i].open_n, .off = !rows[i].active, .state = state_of(p, &rows[i]),
			.last = rows[i].last_login_at == TIME_NONE ? "没有登录过"
				: show_moment(p->a, rows[i].last_login_at, clock_day(p->now)) };
	v->rows = list;
	if (n > ROWS)
		v->next = list_url(l, rows[ROWS - 1].id);
	if (form_int(p->form, "after", 0) > 0)
		v->first = list_url(l, 0);
	v->found = arena_printf(p->a, v->next.s != NULL || v->first.s != NULL ? "这一页 %zu 人" : "共 %zu 人", v->rows_n);
}

/* A unit that does not exist does not filter; who may see one unit sees that one. */
static int load_people(struct list *l, bool all, struct q_people_list **ret, size_t *ret_n)
{
	struct page *p = l->p;
	struct q_unit_by_code unit;
	const int64_t *only = &l->unit_id;
	int rc = all && l->unit != NULL ? q_unit_by_code(p->db, p->a, l->unit, &unit) : ERR_NOTFOUND;

	if (rc != 0 && rc != ERR_NOTFOUND)
		return rc;
	l->unit_id = !all ? page_actor(p)->unit_id : rc == 0 ? unit.id : 0;
	if (l->unit_id == 0)
		only = NULL;
	return q_people_list(p->db, p->a, clock_day(p->now), only, only, l->role, l->role, l->state, l->state, l->words,
		l->words, form_int(p->form, "after", 0), ROWS + 1, ret, ret_n);
}

int people_show(struct page *p)
{
	struct list l = { p, form_text(p->form, "words"), form_text(p->form, "unit"), form_text(p->form, "role"),
		form_text(p->form, "state"), 0 };
	struct view_admin_people v = { .words = form_raw(p->form, "words"), .may_add = manages(p) };
	bool all = (access_whose(page_actor(p), CAP_ADMIN_LEAVE) & WHOSE_ANY) != 0;
	struct q_people_list *rows = NULL;
	size_t n = 0;
	int rc = load_people(&l, all, &rows, &n);

	if (rc == 0 && all)
		rc = admin_units_by_code(p, "全部单位", l.unit, &v.units, &v.units_n);
	if (rc != 0)
		return rc;
	add_filters(&l, &v);
	add_people(&l, rows, n, &v);
	v.filtered = l.words != NULL || l.unit != NULL || l.role != NULL || l.state != NULL;
	admin_flash(p);
	v.frame = page_titled(p, "人员");
	view_admin_people(&p->reply->body, &v);
	return 0;
}

/* --- adding and changing --- */

static uint32_t ticked(const struct form *f)
{
	const char *const *list;
	uint32_t set = 0;
	size_t n = 0;

	list = form_list(f, "role", &n);
	for (size_t i = 0; i < n; i++) {
		if (access_role_from(list[i]) < ROLE_CITIZEN)
			set |= 1U << access_role_from(list[i]);
	}
	return set;
}

static void add_role_boxes(struct admin_builder *b, uint32_t roles)
{
	struct part_field *f = admin_field(b, "boxes", "role", "角色", "");
	struct choice *list = arena_array(b->p->a, ROLE_CITIZEN, sizeof(*list));

	for (int i = 0; i < ROLE_CITIZEN; i++)
		list[i] = (struct choice){ .code = access_role_code((enum role)i), .text = access_role_name((enum role)i),
			.hint = access_role_help((enum role)i), .chosen = (roles & 1U << i) != 0 };
	f->choices = list;
	f->choices_n = ROLE_CITIZEN;
	f->hint = "三种管理员要由三个人分别担任，都不办理信件。";
}

static const struct q_officer_full nobody = { .login = "", .name = "", .unit_code = "", .roles = "" };

static void add_fields(struct admin_builder *b, const struct q_officer_full *who, const struct choice *units, size_t n)
{
	bool fresh = who->id == 0;

	if (fresh)
		admin_field(b, "text", "login", "登录名", "")->hint = "字母、数字和下划线，以后不能改";
	admin_field(b, "text", "name", "姓名", who->name);
	admin_select(b, "unit", "单位", units, n, who->unit_code);
	admin_field(b, "email", "mail", "邮箱", who->mail)->hint = "有信件要办时发通知";
	b->form->fields[b->form->fields_n - 1].optional = true;
	add_role_boxes(b, b->typed ? ticked(b->p->form) : roles_of(b->p, who->roles));
	if (!fresh)
		admin_field(b, "text", "reason", "为什么修改", "")->hint = "例如调动通知的文号；写进变更记录";
}

/* who: `nobody` for a new one. */
static int person_form(struct page *p, const struct q_officer_full *who, bool typed)
{
	struct view_admin_form v = { .errors = typed ? p->form : NULL, .intro = "", .note = "", .back_text = "返回",
		.heading = "新建账号", .back = { "/admin/people" } };
	struct admin_builder b = { p, &v.form, "", typed };
	const struct choice *units;
	size_t n;
	int rc = admin_units_by_code(p, "请选择", who->unit_code, &units, &n);

	if (rc != 0)
		return rc;
	add_fields(&b, who, units, n);
	v.form.csrf = p->csrf;
	v.form.url.s = "/admin/people/new";
	v.form.button = "新建并生成初始密码";
	if (who->id != 0) {
		v.form.url.s = arena_printf(p->a, "%s/edit", base_of(p));
		v.form.button = "保存";
		v.heading = arena_printf(p->a, "修改%s", who->name);
		v.back.s = base_of(p);
	}
	if (who->id == page_actor(p)->officer_id)
		v.note = "自己的角色不能改，请另一位安全管理员来改。";
	v.frame = page_titled(p, v.heading);
	view_admin_form(&p->reply->body, &v);
	return 0;
}

static int show_secret(struct page *p, const char *heading, const char *login, const char *password)
{
	struct view_admin_secret v = { .heading = heading, .login = login, .password = password };

	v.person.s = arena_printf(p->a, "/admin/people/%s", login);
	v.frame = page_titled(p, heading);
	view_admin_secret(&p->reply->body, &v);
	return 0;
}

static struct org_person typed_person(const struct page *p, const char *login)
{
	const struct form *f = p->form;

	return (struct org_person){ .login = login, .name = form_text(f, "name"), .unit = form_text(f, "unit"),
		.mail = form_text(f, "mail"), .roles = ticked(f) };
}

/* Where a refusal of the domain is said. */
static const char *place_of(int rc)
{
	return rc == ERR_DUP ? "login" : "role";
}

int person_new(struct page *p)
{
	form_empty(p->a, &form_person, p->form);
	return person_form(p, &nobody, false);
}

int person_new_send(struct page *p)
{
	const struct org o = admin_org(p);
	struct org_person who = typed_person(p, form_text(p->form, "login"));
	const char *password;
	int rc = 0;

	if (who.login == NULL)
		form_fail(p->form, "login", "请填写登录名");
	if (who.roles == 0)
		form_fail(p->form, "role", "请至少选择一个角色");
	if (form_ok(p->form)) {
		rc = org_person_add(&o, &who, NULL, &password);
		if (rc == 0)
			return show_secret(p, arena_printf(p->a, "%s的账号已新建", who.name), who.login, password);
	}
	rc = admin_failed(p, rc, place_of(rc));
	return rc != 0 ? rc : person_form(p, &nobody, true);
}

int person_edit(struct page *p)
{
	struct q_officer_full who;
	int rc = find_person(p, &who);

	form_empty(p->a, &form_person, p->form);
	return rc != 0 ? rc : person_form(p, &who, false);
}

int person_edit_send(struct page *p)
{
	const struct org o = admin_org(p);
	struct q_officer_full who;
	struct org_person now;
	int rc = find_person(p, &who);

	if (rc != 0)
		return rc;
	now = typed_person(p, who.login);
	if (form_text(p->form, "reason") == NULL)
		form_fail(p->form, "reason", "请填写为什么修改");
	if (form_ok(p->form)) {
		rc = org_person_save(&o, &now, form_text(p->form, "reason"));
		if (rc == 0)
			return admin_done(p, base_of(p), "saved");
	}
	rc = admin_failed(p, rc, place_of(rc));
	return rc != 0 ? rc : person_form(p, &who, true);
}

/* --- one person --- */

static void add_facts(struct page *p, const struct q_officer_full *who, struct view_admin_person *v)
{
	int32_t today = clock_day(p->now);
	const struct actor as = store_actor_of(p->a, who->id, who->unit_id, who->name, who->roles, who->lent);
	const char *last = who->last_login_at == TIME_NONE ? "没有登录过" : show_moment(p->a, who->last_login_at, today);
	const char *secret = !who->must_change ? "" : who->temp_until == TIME_NONE ? "第一次登录后要修改"
		: arena_printf(p->a, "初始密码，%s前有效，第一次登录后要修改", show_moment(p->a, who->temp_until, today));
	const struct desk_fact all[] = {
		{ "登录名", who->login }, { "单位", who->unit_name }, { "角色", admin_roles(p->a, as.own) },
		{ "代理的角色", (as.roles & ~as.own) != 0 ? admin_roles(p->a, as.roles & ~as.own) : "" },
		{ "邮箱", who->mail != NULL ? who->mail : "" }, { "建立", show_moment(p->a, who->created_at, today) },
		{ "上次登录", last }, { "密码", secret },
		{ "现在的登录", who->sessions > 0 ? arena_printf(p->a, "%lld 处", (long long)who->sessions) : "没有" },
	};
	struct desk_fact *list = arena_array(p->a, ARRAY_LEN(all), sizeof(*list));

	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		if (all[i].value[0] != '\0')
			list[v->facts_n++] = all[i];
	}
	v->facts = list;
}

static void add_act(struct page *p, struct view_admin_person *v, enum does what, int sent, const char *button,
	const char *hint)
{
	struct part_admin_form *f = &v->acts[v->acts_n++];
	bool again = sent == (int)what;
	struct admin_builder b = { p, f, again ? "" : arena_printf(p->a, "%s-", does[what]), again };

	*f = (struct part_admin_form){ .csrf = p->csrf, .url = { arena_printf(p->a, "%s/do", base_of(p)) }, .code = "do",
		.code_value = does[what], .more = "", .summary = button, .open = again, .hint = hint, .button = button,
		.danger = what == DO_DISABLE, .quiet = true };
	if (what == DO_RESET)
		admin_field(&b, "text", "checked", "怎样核实的身份", "")->hint = "例如：本人到场，核对工作证";
	admin_field(&b, "text", "reason", "理由", "");
}

static void add_acts(struct page *p, const struct q_officer_full *who, int sent, struct view_admin_person *v)
{
	if (!v->manages)
		return;
	if (!who->active) {
		add_act(p, v, DO_ENABLE, sent, "启用账号", "启用后可以用原来的密码登录，角色不变。");
		return;
	}
	add_act(p, v, DO_RESET, sent, "重置密码", "生成新的初始密码，现在的登录全部结束。");
	if (who->sessions > 0)
		add_act(p, v, DO_SESSIONS, sent, "结束全部登录", "账号和密码不变，要重新登录。");
	add_act(p, v, DO_DISABLE, sent, "停用账号", who->open_n > 0 ? "名下还有没办结的信件：请先移交，再停用。"
		: "不能再登录，现在的登录马上结束；办过的事情仍然记在他名下。");
}

static int add_events(struct page *p, int64_t id, struct view_admin_person *v)
{
	struct q_org_event_officer *rows = NULL;
	size_t n = 0;
	int rc = q_org_event_officer(p->db, p->a, id, EVENTS, &rows, &n);

	if (rc == 0)
		v->events = admin_events(p, (const struct q_org_event_unit *)(const void *)rows, n);
	return rc;
}

#define SENT_NONE (-1)
#define SENT_LEAVE (-2)

/* sent: the form that came with mistakes. */
static int person_page(struct page *p, const struct q_officer_full *who, int sent)
{
	struct view_admin_person v = { .errors = sent != SENT_NONE ? p->form : NULL, .name = who->name, .login = who->login,
		.manages = manages(p), .state = who->active ? "" : "已停用" };
	int rc = admin_leave_part(p, who, base_of(p), sent == SENT_LEAVE, &v.leave);

	if (rc == 0)
		rc = add_events(p, who->id, &v);
	if (rc != 0)
		return rc;
	add_facts(p, who, &v);
	add_acts(p, who, sent, &v);
	v.hands_over = who->open_n > 0 && access_may_on(page_actor(p), CAP_HAND_OVER, who->unit_id, false);
	v.letters = who->open_n > 0 ? arena_printf(p->a, "没办结的信件和草稿 %lld 封。", (long long)who->open_n)
		: "没有未办结的信件。";
	admin_flash(p);
	v.frame = page_titled(p, who->name);
	view_admin_person(&p->reply->body, &v);
	return 0;
}

int person_show(struct page *p)
{
	struct q_officer_full who;
	int rc = find_person(p, &who);

	form_empty(p->a, &form_person_do, p->form);
	return rc != 0 ? rc : person_page(p, &who, SENT_NONE);
}

static int person_does(struct page *p, const struct q_officer_full *who, int what, const char **ret_password)
{
	const struct org o = admin_org(p);
	const char *reason = form_text(p->form, "reason"), *checked = form_text(p->form, "checked");

	if (what == DO_RESET)
		return org_person_reset(&o, who->login, reason, checked, ret_password);
	if (what == DO_SESSIONS)
		return org_person_end_sessions(&o, who->login, reason);
	return org_person_active(&o, who->login, what == DO_ENABLE, reason, false);
}

int person_do(struct page *p)
{
	static const char *const ok[] = { "off", "on", "", "ended" };
	int what = form_choice(p->form, "do");
	struct q_officer_full who;
	const char *password = NULL;
	int rc = find_person(p, &who);

	if (rc != 0 || what < 0)
		return rc != 0 ? rc : err_set(ERR_BADREQ, "no such thing to do");
	if (what == DO_RESET && form_text(p->form, "checked") == NULL)
		form_fail(p->form, "checked", "请写明怎样核实的身份");
	if (form_ok(p->form)) {
		rc = person_does(p, &who, what, &password);
		if (rc == 0 && password != NULL)
			return show_secret(p, arena_printf(p->a, "%s的密码已重置", who.name), who.login, password);
		if (rc == 0)
			return admin_done(p, base_of(p), ok[what]);
	}
	rc = admin_failed(p, rc, "reason");
	return rc != 0 ? rc : person_page(p, &who, what);
}

int person_leave(struct page *p)
{
	struct q_officer_full who;
	int rc = find_person(p, &who);

	if (rc != 0)
		return rc;
	rc = admin_leave_add(p, who.login);
	if (rc == 0)
		return admin_done(p, base_of(p), "leave");
	rc = form_ok(p->form) ? admin_failed(p, rc, "stand_in") : admin_failed(p, 0, "");
	return rc != 0 ? rc : person_page(p, &who, SENT_LEAVE);
}

int person_back(struct page *p)
{
	struct q_officer_full who;
	int rc = find_person(p, &who);

	if (rc == 0)
		rc = admin_leave_end(p, who.login);
	return rc != 0 ? rc : admin_done(p, base_of(p), "back");
}
