/* desk_orders - supervision orders (督办令): the list, for supervisors and for the units they are addressed to, and the
 * order itself as a document with its receipt and reports. The steps are those of the letter (desk_act.c). */
#include <string.h>

#include "clock.h"
#include "desk.h"
#include "show.h"
#include "views/desk_order.h"
#include "views/desk_orders.h"
#include "watch.h"
#include "tabs.h"

#define WAITING_ROWS 50

static const struct { const char *code, *text, *states; bool done; } views[] = {
	{ "open", "没有办结的", "issued,received,answered,returned", false },
	{ "issued", "待签收", "issued", false },
	{ "owed", "待反馈", "received,returned", false },
	{ "answered", "反馈待认可", "answered", false },
	{ "done", "已办结", "accepted,void", true },
};

static const struct field orders_fields[] = {
	{ "view", FIELD_TOKEN, .max = 16 },
	{ "unit", FIELD_INT, .min = 1, .max = INT32_MAX },
	{ "after", FIELD_TOKEN, .max = 40 },
};
const struct form_def form_orders = { orders_fields, ARRAY_LEN(orders_fields) };

/* Whose orders the person reads: NULL for all. */
static const int64_t *own_unit(const struct page *p, int64_t chosen, int64_t *keep)
{
	const struct actor *who = page_actor(p);

	*keep = chosen;
	if ((access_whose(who, CAP_ORDERS) & WHOSE_ANY) == 0)
		*keep = who->unit_id;
	return *keep > 0 ? keep : NULL;
}

static bool reads_all(const struct page *p)
{
	return (access_whose(page_actor(p), CAP_ORDERS) & WHOSE_ANY) != 0;
}

static const char *state_text(const char *state)
{
	static const struct { const char *code, *text; } names[] = {
		{ "issued", "待签收" }, { "received", "待反馈" }, { "answered", "反馈待认可" }, { "returned", "反馈被退回，待重新反馈" },
		{ "accepted", "已办结" }, { "void", "已作废：信件不再由该单位办理" },
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (strcmp(names[i].code, state) == 0)
			return names[i].text;
	}
	return state;
}

static bool is_done(const char *state)
{
	return strcmp(state, "accepted") == 0 || strcmp(state, "void") == 0;
}

static struct part_status state_tag(const char *state, bool late)
{
	bool done = strcmp(state, "accepted") == 0, off = strcmp(state, "void") == 0;
	bool answered = strcmp(state, "answered") == 0;

	return (struct part_status){ .text = state_text(state), .sign = done ? "✓" : late ? "!" : "◐",
		.colour = done ? "green" : off ? "grey" : late ? "red" : answered ? "orange" : "blue" };
}

/* --- the list --- */

struct orders {
	struct page *p;
	const struct worktime *wt;
	int32_t today;
	size_t view;
	int64_t keep;
	const int64_t *unit;
	struct view_desk_orders *v;
};

static struct url orders_url(const struct orders *l, size_t view, const char *after)
{
	struct str o;

	str_init(&o, l->p->a, 300);
	str_add(&o, "/orders");
	view_query_add(&o, "view", views[view].code);
	if (reads_all(l->p) && l->unit != NULL)
		view_query_add(&o, "unit", arena_printf(l->p->a, "%lld", (long long)*l->unit));
	view_query_add(&o, "after", after);
	return (struct url){ o.s };
}

_Static_assert(sizeof(struct q_order_list_open) == sizeof(struct q_order_list_done),
	"both lists have the same columns");

static struct order_row order_row(const struct orders *l, const struct q_order_list_open *r)
{
	struct arena *a = l->p->a;
	bool waits = strcmp(r->state, "answered") != 0 && !views[l->view].done;
	struct show_due d = show_due(a, l->wt, l->today, waits ? r->due_on : DAY_NONE, false);

	return (struct order_row){ .id = r->id, .no = watch_no_text(a, WATCH_ORDER, r->year, r->seq), .unit = r->unit_name,
		.letter = r->no, .title = r->title, .words = r->words, .status = state_tag(r->state, d.late),
		.issued = show_moment(a, r->issued_at, l->today), .due = d.day, .left = d.left, .css = d.css };
}

static int load_rows(const struct orders *l, struct q_order_list_open **ret, size_t *ret_n)
{
	const struct actor *who = page_actor(l->p);
	int32_t day;
	int64_t id;

	desk_read_after(l->p, &day, &id);
	if (views[l->view].done)
		return q_order_list_done(l->p->db, l->p->a, l->unit, views[l->view].states, who->unit_id, who->officer_id,
			id > 0 ? id : INT64_MAX, DESK_ROWS + 1, (void *)ret, ret_n);
	return q_order_list_open(l->p->db, l->p->a, l->unit, views[l->view].states, who->unit_id, who->officer_id,
		id > 0 ? day : DESK_DAY_FIRST, id > 0 ? day : DESK_DAY_FIRST, id, DESK_ROWS + 1, ret, ret_n);
}

static int add_rows(const struct orders *l)
{
	struct q_order_list_open *rows = NULL;
	struct order_row *list;
	size_t n = 0;
	int rc = load_rows(l, &rows, &n);

	if (rc != 0)
		return rc;
	l->v->rows_n = n > DESK_ROWS ? DESK_ROWS : n;
	list = arena_array(l->p->a, l->v->rows_n + 1, sizeof(*list));
	for (size_t i = 0; i < l->v->rows_n; i++)
		list[i] = order_row(l, &rows[i]);
	l->v->rows = list;
	if (n > DESK_ROWS)
		l->v->next = orders_url(l, l->view, arena_printf(l->p->a, "%d-%lld", (int)rows[DESK_ROWS - 1].due_on,
			(long long)rows[DESK_ROWS - 1].id));
	return 0;
}

/* What is owed without an order: reports on urging and circulars, self-criticisms. */
static int add_owed(const struct orders *l)
{
	struct q_feedback_waiting *rows = NULL;
	struct q_criticism_open *critic = NULL;
	const struct actor *who = page_actor(l->p);
	struct owed_row *list;
	struct critic_row *critics;
	size_t n = 0, critic_n = 0;
	int rc = q_feedback_waiting(l->p->db, l->p->a, l->unit, who->unit_id, who->officer_id, WAITING_ROWS, &rows, &n);

	if (rc == 0)
		rc = q_criticism_open(l->p->db, l->p->a, l->unit, &critic, &critic_n);
	if (rc != 0)
		return rc;
	list = arena_array(l->p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		struct show_due d = show_due(l->p->a, l->wt, l->today, rows[i].due_on, false);

		list[i] = (struct owed_row){ rows[i].no, rows[i].title, rows[i].unit_name != NULL ? rows[i].unit_name : "",
			str_eq(rows[i].level, "circular") ? "通报" : str_eq(rows[i].level, "supervise") ? "督办" : "催办",
			rows[i].words != NULL ? rows[i].words : "", d.day, d.left, d.css };
	}
	critics = arena_array(l->p->a, critic_n + 1, sizeof(*critics));
	for (size_t i = 0; i < critic_n; i++)
		critics[i] = (struct critic_row){ critic[i].circular_id, watch_no_text(l->p->a, WATCH_CIRCULAR, critic[i].year,
			critic[i].seq), critic[i].unit_name, show_day(l->p->a, critic[i].due_on, l->today), critic[i].written };
	l->v->owed = list;
	l->v->owed_n = n;
	l->v->critics = critics;
	l->v->critics_n = critic_n;
	return 0;
}

static int add_tabs(const struct orders *l)
{
	struct choice *list = arena_array(l->p->a, ARRAY_LEN(views), sizeof(*list));
	struct q_order_counts n;
	int rc = q_order_counts(l->p->db, l->p->a, l->today, l->unit, &n);

	if (rc != 0)
		return rc;
	for (size_t i = 0; i < ARRAY_LEN(views); i++) {
		const int64_t counts[] = { n.open_n, n.unreceived, n.open_n - n.unreceived - n.answered, n.answered };

		list[i] = (struct choice){ .text = views[i].text, .chosen = i == l->view, .url = orders_url(l, i, NULL),
			.hint = i < ARRAY_LEN(counts) ? arena_printf(l->p->a, "%lld", (long long)counts[i]) : "" };
	}
	l->v->tabs = list;
	l->v->tabs_n = ARRAY_LEN(views);
	l->v->late = n.late > 0 ? arena_printf(l->p->a, "其中 %lld 份过了反馈期限", (long long)n.late) : "";
	return 0;
}

int desk_orders(struct page *p)
{
	struct view_desk_orders v = { .all = reads_all(p) };
	struct orders l = { .p = p, .today = clock_day(p->now), .v = &v };
	int rc = worktime_get(p->db, &l.wt);

	l.unit = own_unit(p, form_int(p->form, "unit", 0), &l.keep);
	for (size_t i = 0; i < ARRAY_LEN(views); i++) {
		if (str_eq(form_text(p->form, "view"), views[i].code))
			l.view = i;
	}
	if (rc == 0)
		rc = add_rows(&l);
	if (rc == 0)
		rc = add_tabs(&l);
	if (rc == 0 && l.view == 0)
		rc = add_owed(&l);
	if (rc == 0 && v.all)
		rc = desk_units(p, form_int(p->form, "unit", 0), true, &v.units, &v.units_n);
	if (rc != 0)
		return rc;
	v.view = views[l.view].code;
	v.nav = tabs(p, TABS_WATCH);
	desk_flash(p);
	v.frame = page_titled(p, "督办令");
	view_desk_orders(&p->reply->body, &v);
	return 0;
}

/* --- one order --- */

static int add_reports(struct page *p, int64_t id, struct view_desk_order *v)
{
	struct q_order_feedback_of *rows = NULL;
	struct order_report *list;
	int32_t today = clock_day(p->now);
	size_t n = 0;
	int rc = q_order_feedback_of(p->db, p->a, id, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		bool decided = strcmp(rows[i].decision, "open") != 0;

		list[i] = (struct order_report){ arena_printf(p->a, "第 %lld 次反馈", (long long)rows[i].seq), rows[i].by_name,
			show_moment(p->a, rows[i].at, today), view_paragraphs(p->a, rows[i].words),
			!decided ? "等待督办员认可" : strcmp(rows[i].decision, "accepted") == 0 ? "已认可" : "已退回",
			decided ? arena_printf(p->a, "%s，%s", rows[i].decided_by != NULL ? rows[i].decided_by : "",
				show_moment(p->a, rows[i].decided_at, today)) : "",
			rows[i].decision_words };
	}
	v->reports = list;
	v->reports_n = n;
	return 0;
}

/* What this person can do to it now: steps of the letter. */
static int add_steps(struct page *p, const struct q_order_one *o, struct view_desk_order *v)
{
	static const struct { enum action action; bool plain; } steps[] = {
		{ ACT_RECEIVE_ORDER, true }, { ACT_FEEDBACK, false },
		{ ACT_ACCEPT_FEEDBACK, false }, { ACT_RETURN_FEEDBACK, false },
	};
	struct order_step *list = arena_array(p->a, ARRAY_LEN(steps), sizeof(*list));
	enum action offered[ACT__MAX];
	struct ticket t;
	struct facts facts;
	size_t n;
	int rc = ticket_facts(p->db, p->a, o->ticket_id, page_actor(p), &t, &facts);

	if (rc != 0)
		return rc;
	if (facts.recused)
		return err_set(ERR_NOTFOUND, "must keep away from the letter of order %lld", (long long)o->id);
	v->readable = access_may_on(page_actor(p), CAP_READ, t.unit_id, facts.co);
	n = is_done(o->state) ? 0 : states_offered(&facts, page_actor(p), offered);
	for (size_t k = 0; k < ARRAY_LEN(steps); k++) {
		for (size_t i = 0; i < n; i++) {
			if (offered[i] != steps[k].action)
				continue;
			list[v->steps_n++] = (struct order_step){ states_action_button(offered[i]), states_action_code(offered[i]),
				desk_url(p->a, o->no, "/act"), desk_url(p->a, o->no, arena_printf(p->a, "/act?action=%s&from=orders",
				states_action_code(offered[i]))), steps[k].plain };
		}
	}
	v->steps = list;
	v->version = t.version;
	return 0;
}

static void fill(struct page *p, const struct worktime *wt, const struct q_order_one *o, struct view_desk_order *v)
{
	int32_t today = clock_day(p->now);
	bool waits = !is_done(o->state) && strcmp(o->state, "answered") != 0;
	struct show_due d = show_due(p->a, wt, today, waits ? o->due_on : DAY_NONE, false);

	v->no = watch_no_text(p->a, WATCH_ORDER, o->year, o->seq);
	v->unit = o->unit_name;
	v->letter = o->no;
	v->title = o->title;
	v->type = states_type_name(states_type_from(o->type));
	v->letter_state = states_office(states_from(o->ticket_state));
	v->letter_due = show_day(p->a, o->ticket_due, today);
	v->words = view_paragraphs(p->a, o->words);
	v->due = show_day(p->a, o->due_on, today);
	v->left = d.left;
	v->css = d.css;
	v->status = state_tag(o->state, d.late);
	v->office = p->frame->conf->site_host_unit;
	v->issued_by = o->issued_by;
	v->issued = show_moment(p->a, o->issued_at, today);
	v->issued_day = show_date(p->a, clock_day(o->issued_at));
	v->received = "";
	if (o->received_at != TIME_NONE)
		v->received = arena_printf(p->a, "%s，%s", o->received_by != NULL ? o->received_by : "",
			show_moment(p->a, o->received_at, today));
	v->closed = o->closed_at != TIME_NONE ? show_moment(p->a, o->closed_at, today) : "";
}

int desk_order(struct page *p)
{
	struct view_desk_order v = { .csrf = p->csrf };
	const struct worktime *wt = NULL;
	struct q_order_one o;
	long long id = 0;
	int rc = str_to_int(p->param, 1, INT32_MAX, &id) == 0 ? q_order_one(p->db, p->a, id, &o)
		: err_set(ERR_NOTFOUND, "no id of an order");

	if (rc == 0 && !reads_all(p) && o.unit_id != page_actor(p)->unit_id)
		rc = err_set(ERR_NOTFOUND, "an order to another unit");
	if (rc == 0)
		rc = worktime_get(p->db, &wt);
	if (rc == 0)
		rc = add_steps(p, &o, &v);
	if (rc == 0)
		rc = add_reports(p, o.id, &v);
	if (rc != 0)
		return rc;
	fill(p, wt, &o, &v);
	v.nav = tabs(p, TABS_WATCH);
	desk_flash(p);
	v.frame = page_titled(p, arena_printf(p->a, "督办令 %s", v.no));
	view_desk_order(&p->reply->body, &v);
	return 0;
}
