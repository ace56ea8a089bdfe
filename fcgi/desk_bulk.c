/* desk_bulk - see desk_bulk.h. */
#include "desk_bulk.h"

#include <string.h>

#include "desk_export.h"
#include "desk_fields.h"
#include "views/desk_bulk.h"

static const struct field bulk_fields[] = {
	{ "action", FIELD_TOKEN, .max = 24 },
	{ "pick", FIELD_LIST, .max = DESK_BULK_MAX },
	{ "list", FIELD_LINE, .max = DESK_FILTER_MAX },
	{ "from", FIELD_TOKEN, .max = 16 },
	{ "go", FIELD_BOOL, .label = "确认" },
	{ "unit", FIELD_INT, .label = "单位", .min = 1, .max = INT32_MAX },
	{ "officer", FIELD_INT, .label = "承办人", .min = 1, .max = INT32_MAX },
	{ "text", FIELD_TEXT, .label = "内容", .max = 1000 },
};
const struct form_def form_bulk = { bulk_fields, ARRAY_LEN(bulk_fields) };

/* The actions that make sense on many letters at once. */
static const struct bulk_act { enum action action; const char *text; } acts[] = {
	{ ACT_ACCEPT, "受理" },
	{ ACT_ASSIGN, "分办" },
	{ ACT_SIGN, "签收" },
	{ ACT_ALLOT, "指派承办人" },
	{ ACT_REMIND, "提醒" },
	{ ACT_URGE, "催办" },
	{ ACT_CIRCULARISE, "列入通报" },
};
#define EXPORT "export"

/* The steps of supervision: on the watch desk they are all there is. */
static bool presses(enum action a)
{
	return a == ACT_REMIND || a == ACT_URGE || a == ACT_CIRCULARISE;
}

void desk_bulk_acts(struct page *p, const struct choice **ret, size_t *ret_n)
{
	struct choice *list = arena_array(p->a, ARRAY_LEN(acts) + 1, sizeof(*list));
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_LEN(acts); i++) {
		if (access_may(page_actor(p), (enum cap)acts[i].action))
			list[n++] = (struct choice){ .code = states_action_code(acts[i].action), .text = acts[i].text };
	}
	list[n++] = (struct choice){ .code = EXPORT, .text = "导出选中" };
	*ret = list;
	*ret_n = n;
}

void desk_bulk_presses(struct page *p, const struct choice **ret, size_t *ret_n)
{
	struct choice *list = arena_array(p->a, ARRAY_LEN(acts), sizeof(*list));
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_LEN(acts); i++) {
		if (presses(acts[i].action) && access_may(page_actor(p), (enum cap)acts[i].action))
			list[n++] = (struct choice){ .code = states_action_code(acts[i].action), .text = acts[i].text };
	}
	*ret = list;
	*ret_n = n;
}

/* --- the ticked letters --- */

struct item {
	const struct q_list_open *row;
	int64_t version;             /* the one the person saw */
	struct ticket t;
	struct facts facts;
	const char *why;             /* why not; NULL: it can be done, or was */
};

struct bulk {
	struct page *p;
	enum action action;
	const char *list;
	struct item *items;
	size_t n;
	const struct choice *units, *officers;
	size_t units_n, officers_n;
};

/* The version beside a number among the ticked; 0: not there. */
static int64_t version_of(const struct page *p, const char *no)
{
	size_t n = 0, len = strlen(no);
	const char *const *list = form_list(p->form, "pick", &n);
	long long version = 0;

	for (size_t i = 0; i < n; i++) {
		if (strncmp(list[i], no, len) == 0 && list[i][len] == ':'
				&& str_to_int(list[i] + len + 1, 1, INT32_MAX, &version) == 0)
			return version;
	}
	return 0;
}

/* Tokens have no character that JSON would mind. */
static const char *numbers(struct page *p)
{
	size_t n = 0;
	const char *const *list = form_list(p->form, "pick", &n);
	struct str o;

	str_init(&o, p->a, 64 * DESK_BULK_MAX + 64);
	for (size_t i = 0; i < n; i++) {
		str_add(&o, i == 0 ? "[\"" : ",\"");
		str_addn(&o, list[i], strcspn(list[i], ":"));
		str_addc(&o, '"');
	}
	str_add(&o, n == 0 ? "[]" : "]");
	return o.s;
}

static const char *why_not(struct page *p, const struct item *it, enum action a)
{
	const struct actor *who = page_actor(p);
	enum action offered[ACT__MAX];
	size_t n = states_offered(&it->facts, who, offered);
	const char *why;

	if (it->version != it->t.version)
		return "别人刚刚处理过，请先看一下最新情况";
	for (size_t i = 0; i < n; i++) {
		if (offered[i] == a)
			return NULL;
	}
	why = states_why_not(&it->facts, who, a);
	return why != NULL ? arena_strdup(p->a, why)
		: arena_printf(p->a, "现在是“%s”，不能%s", states_office(it->t.state), states_action_button(a));
}

static int load_items(struct bulk *b)
{
	struct page *p = b->p;
	struct q_list_picked *rows = NULL;
	size_t n = 0;
	int rc = q_list_picked(p->db, p->a, numbers(p), &rows, &n);

	_Static_assert(sizeof(struct q_list_picked) == sizeof(struct q_list_open), "list_picked: same columns");
	b->items = arena_array(p->a, n + 1, sizeof(*b->items));
	for (size_t i = 0; rc == 0 && i < n; i++) {
		struct item *it = &b->items[b->n];

		*it = (struct item){ .row = (const struct q_list_open *)(const void *)&rows[i],
			.version = version_of(p, rows[i].no) };
		rc = ticket_facts(p->db, p->a, rows[i].id, page_actor(p), &it->t, &it->facts);
		/* That a letter exists which this person may not read is not told. */
		if (rc == 0 && !it->facts.recused && access_may_on(page_actor(p), CAP_READ, it->t.unit_id, it->facts.co))
			b->n++;
	}
	return rc;
}

static int load_choices(struct bulk *b)
{
	int rc = 0;

	if (desk_fields_wants_units(b->action))
		rc = desk_units(b->p, form_int(b->p->form, "unit", 0), true, &b->units, &b->units_n);
	if (rc == 0 && desk_fields_wants_officers(b->action))
		rc = desk_handlers(b->p, page_actor(b->p)->unit_id, &b->officers, &b->officers_n);
	return rc;
}

/* --- the page --- */

static struct desk_bulk_row row_of(const struct bulk *b, const struct item *it)
{
	return (struct desk_bulk_row){ .pick = arena_printf(b->p->a, "%s:%lld", it->row->no, (long long)it->version),
		.number = it->row->no, .title = it->row->title,
		.url = desk_url_of_list(b->p->a, it->row->no, "", b->list), .state = states_office(it->t.state),
		.why = it->why != NULL ? it->why : "" };
}

/* What has been done to a letter, and can be taken back on its own page as long as nobody went on with it. */
static void add_undo(const struct bulk *b, const struct item *it, struct desk_bulk_row *row)
{
	if (b->action != ACT_ASSIGN || it->t.state != TICKET_ASSIGNED
			|| !access_may(page_actor(b->p), (enum cap)ACT_RECALL))
		return;
	row->undo = states_action_button(ACT_RECALL);
	row->undo_url = desk_url(b->p->a, it->row->no, "/act?action=recall");
}

static void add_rows(const struct bulk *b, struct view_desk_bulk *v)
{
	struct desk_bulk_row *can = arena_array(b->p->a, b->n + 1, sizeof(*can));
	struct desk_bulk_row *cannot = arena_array(b->p->a, b->n + 1, sizeof(*cannot));

	for (size_t i = 0; i < b->n; i++) {
		if (b->items[i].why == NULL) {
			can[v->can_n] = row_of(b, &b->items[i]);
			add_undo(b, &b->items[i], &can[v->can_n++]);
		} else {
			cannot[v->cannot_n++] = row_of(b, &b->items[i]);
		}
	}
	v->can = can;
	v->cannot = cannot;
}

static const char *nothing_words(const struct bulk *b)
{
	return b->n == 0 ? "没有选中信件。请回到列表，勾选要办的信件。" : "选中的信件现在都不能这样办，原因写在下面。";
}

static const char *heading(struct arena *a, const struct view_desk_bulk *v)
{
	if (v->done && v->cannot_n == 0)
		return arena_printf(a, "%s：%zu 封都办好了", v->button, v->can_n);
	if (v->done)
		return arena_printf(a, "%s：办好 %zu 封，没有办 %zu 封", v->button, v->can_n, v->cannot_n);
	return v->can_n == 0 ? arena_printf(a, "%s信件", v->button)
		: arena_printf(a, "%s %zu 封信件", v->button, v->can_n);
}

/* The list it was begun from. */
static struct url back_of(const struct bulk *b)
{
	bool watch = str_eq(form_text(b->p->form, "from"), "watch") && access_may(page_actor(b->p), CAP_WATCH);

	return desk_view_url(b->p->a, watch ? "/watch" : "/queue", b->list, NULL);
}

static int show(struct bulk *b, bool done, const char *problem)
{
	struct page *p = b->p;
	unsigned needs = states_action_needs(b->action);
	bool words = b->action != ACT_ACCEPT && b->action != ACT_SIGN;
	struct view_desk_bulk v = { .code = states_action_code(b->action), .button = states_action_button(b->action),
		.list = b->list, .form = p->form, .done = done, .problem = problem != NULL ? problem : "",
		.from = form_raw(p->form, "from"), .back = back_of(b),
		.units_label = (needs & NEEDS_UNIT) != 0, .units = b->units, .units_n = b->units_n,
		.officers_label = (needs & NEEDS_OFFICER) != 0, .officers = b->officers, .officers_n = b->officers_n,
		.text_label = words ? desk_fields_text_label(b->action) : NULL, .text_optional = (needs & NEEDS_TEXT) == 0,
		.text = form_raw(p->form, "text") };

	add_rows(b, &v);
	v.hint = done ? "" : "每封信单独办理：一封办不成，不影响其他的。";
	v.heading = heading(p->a, &v);
	if (v.problem[0] == '\0' && !done && v.can_n == 0)
		v.problem = nothing_words(b);
	if (v.problem[0] != '\0')
		reply_status(p->reply, err_http(ERR_INVALID));
	v.frame = page_titled(p, v.heading);
	view_desk_bulk(&p->reply->body, &v);
	return 0;
}

/* --- doing it --- */

/* A second press of the same button: what the first has done is told as done. */
static bool done_already(struct bulk *b, const struct item *it)
{
	struct q_history_step step;

	return it->version > 0 && it->t.version == it->version + 1
		&& q_history_step(b->p->db, b->p->a, it->t.id, it->t.version, &step) == 0
		&& step.officer_id == page_actor(b->p)->officer_id && states_action_from(step.action) == b->action;
}

static int do_one(struct bulk *b, struct item *it)
{
	struct page *p = b->p;
	struct act act = { .action = b->action, .version = it->version, .text = form_text(p->form, "text"),
		.unit_id = form_int(p->form, "unit", 0), .officer_id = form_int(p->form, "officer", 0) };
	int rc;

	if (it->version == 0) {
		it->why = "没有办：页面上缺少这封信的版本，请回到列表重新勾选";
		return 0;
	}
	if (done_already(b, it)) {
		it->why = NULL;
		return 0;
	}
	rc = ticket_apply(p->db, p->a, it->t.id, page_actor(p), &act, &it->t);
	it->why = rc == 0 ? NULL : rc == ERR_CONFLICT ? "别人刚刚处理过，请先看一下最新情况" : arena_strdup(p->a, err_text(rc));
	/* Of what one letter is about the others know nothing; what the system lacks they lack too. */
	return rc == ERR_INVALID || rc == ERR_STATE || rc == ERR_CONFLICT || rc == ERR_DENIED || rc == ERR_NOTFOUND ? 0
		: rc;
}

static void check_needs(struct page *p, enum action a)
{
	unsigned needs = states_action_needs(a);

	if ((needs & NEEDS_UNIT) != 0 && form_int(p->form, "unit", 0) == 0)
		form_fail(p->form, "unit", "请选择单位");
	if ((needs & NEEDS_OFFICER) != 0 && form_int(p->form, "officer", 0) == 0)
		form_fail(p->form, "officer", "请选择承办人");
	if ((needs & NEEDS_TEXT) != 0 && form_text(p->form, "text") == NULL)
		form_fail(p->form, "text", arena_printf(p->a, "请填写“%s”", desk_fields_text_label(a)));
}

static bool is_bulk(const struct page *p, enum action a)
{
	for (size_t i = 0; i < ARRAY_LEN(acts); i++) {
		if (acts[i].action == a)
			return access_may(page_actor(p), (enum cap)a);
	}
	return false;
}

static int go(struct bulk *b)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < b->n; i++)
		rc = do_one(b, &b->items[i]);
	return rc != 0 ? rc : show(b, true, NULL);
}

/* The page that says what would happen. */
static int ask(struct bulk *b)
{
	for (size_t i = 0; i < b->n; i++)
		b->items[i].why = why_not(b->p, &b->items[i], b->action);
	return show(b, false, form_error(b->p->form, "pick") != NULL
		? arena_printf(b->p->a, "一次最多选 %d 封", DESK_BULK_MAX) : NULL);
}

static int send(struct bulk *b)
{
	check_needs(b->p, b->action);
	if (form_ok(b->p->form) && b->n > 0)
		return go(b);
	reply_status(b->p->reply, err_http(ERR_INVALID));
	return ask(b);
}

int desk_bulk_send(struct page *p)
{
	const char *code = form_text(p->form, "action"), *list = form_text(p->form, "list");
	struct bulk b = { .p = p, .list = list != NULL ? list : "view=todo" };
	int rc;

	if (str_eq(code, EXPORT))
		return desk_export_picked(p, numbers(p));
	b.action = code != NULL ? states_action_from(code) : ACT__MAX;
	if (b.action == ACT__MAX)
		return err_set(ERR_BADREQ, "no such action");
	if (!is_bulk(p, b.action))
		return err_set(ERR_DENIED, "%s is not for many, or not this officer's", code);
	rc = load_items(&b);
	if (rc == 0)
		rc = load_choices(&b);
	return rc != 0 ? rc : form_bool(p->form, "go") ? send(&b) : ask(&b);
}
