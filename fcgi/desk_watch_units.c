/* desk_watch_units - supervision by unit and by person: how much lies there, how hard it was pressed, talks with
 * those who answer for a unit. Every number leads to its list. */
#include <string.h>

#include "admin.h"
#include "clock.h"
#include "desk_watch_list.h"
#include "org.h"
#include "views/desk_watch_person.h"
#include "views/desk_watch_unit.h"
#include "views/desk_watch_units.h"
#include "watch.h"
#include "tabs.h"

#define TALKS 20
#define ORDERS 20

static const struct field talk_fields[] = {
	{ "held", FIELD_DATE, .label = "约谈日期", .required = true, .missing = "请填写约谈日期" },
	{ "person", FIELD_LINE, .label = "约谈对象", .min = 2, .max = 60, .required = true, .missing = "请填写约谈对象和职务" },
	{ "about", FIELD_LINE, .label = "约谈事由", .min = 4, .max = 100, .required = true, .missing = "请填写约谈事由" },
	{ "letter", FIELD_LINE, .label = "有关来信的编号", .max = 40 },
	{ "words", FIELD_TEXT, .label = "谈了什么", .min = 10, .max = 3000, .required = true, .missing = "请填写谈了什么" },
	{ "promise", FIELD_LINE, .label = "承诺", .max = 200 },
	{ "on", FIELD_DATE, .label = "承诺完成的日期" },
	{ "key", FIELD_TOKEN, .max = 64, .required = true },
};
const struct form_def form_talk = { talk_fields, ARRAY_LEN(talk_fields) };

/* --- all units --- */

/* 1 January of the year: what was done is counted since then. */
static int32_t year_start(int32_t today)
{
	int year, month, day;

	clock_civil(today, &year, &month, &day);
	return clock_day_of(year, 1, 1);
}

static struct url list_url(const struct page *p, enum watch_tab tab, int64_t unit)
{
	struct watch_view view = watch_view_all(p, tab);

	view.unit = unit;
	return watch_view_url(p->a, &view, NULL);
}

/* What supervisors have done to a unit this year. */
static void count_pressed(const struct q_watch_pressed_units *rows, size_t n, int64_t unit, struct watch_unit_row *ret)
{
	for (size_t i = 0; i < n; i++) {
		const char *what = rows[i].what;

		if (rows[i].unit_id != unit)
			continue;
		if (strcmp(what, "remind") == 0)
			ret->reminds = rows[i].n;
		else if (strcmp(what, "urge") == 0)
			ret->urges = rows[i].n;
		else if (strcmp(what, "order") == 0)
			ret->orders = rows[i].n;
		else if (strcmp(what, "order_open") == 0)
			ret->orders_open = rows[i].n;
		else if (strcmp(what, "issued") == 0 || strcmp(what, "second") == 0)
			ret->circulars += rows[i].n;
		else if (strcmp(what, "talk") == 0)
			ret->talks = rows[i].n;
		if (strcmp(what, "second") == 0)
			ret->second = rows[i].n;
	}
}

static int load_units(struct page *p, const struct worktime *wt, struct watch_unit_row **ret, size_t *ret_n)
{
	int32_t today = clock_day(p->now), since = year_start(today);
	int64_t since_at = clock_day_start(since);
	struct q_watch_units *rows = NULL;
	struct q_watch_pressed_units *pressed = NULL;
	size_t pressed_n = 0;
	int rc = q_watch_units(p->db, p->a, today, today, watch_soon_day(wt, today), watch_still_day(wt, today), &rows,
		ret_n);

	if (rc == 0)
		rc = q_watch_pressed_units(p->db, p->a, since_at, since_at, since_at, since, &pressed, &pressed_n);
	if (rc != 0)
		return rc;
	*ret = arena_array(p->a, *ret_n + 1, sizeof(**ret));
	for (size_t i = 0; i < *ret_n; i++) {
		const struct q_watch_units *u = &rows[i];

		(*ret)[i] = (struct watch_unit_row){ .id = u->id, .code = u->code, .name = u->name,
			.responsible = u->responsible != NULL ? u->responsible : "", .open = u->open_n, .late = u->late,
			.soon = u->soon,
			.still = u->still, .reopened = u->reopened, .repeated = u->repeated,
			.late_url = list_url(p, WATCH_LATE, u->id), .soon_url = list_url(p, WATCH_SOON, u->id),
			.still_url = list_url(p, WATCH_STILL, u->id),
			.reopened_url = list_url(p, WATCH_REOPENED, u->id),
			.repeated_url = list_url(p, WATCH_REPEATING, u->id) };
		count_pressed(pressed, pressed_n, u->id, &(*ret)[i]);
	}
	return 0;
}

int watch_units_show(struct page *p)
{
	struct view_desk_watch_units v = { .rows_n = 0 };
	struct watch_unit_row *rows = NULL;
	const struct worktime *wt = NULL;
	int32_t today = clock_day(p->now);
	int rc = worktime_get(p->db, &wt);

	if (rc == 0)
		rc = load_units(p, wt, &rows, &v.rows_n);
	if (rc != 0)
		return rc;
	v.rows = rows;
	v.since = show_day(p->a, year_start(today), today);
	v.reads_orders = access_may(page_actor(p), CAP_ORDERS);
	v.nav = tabs(p, TABS_WATCH);
	v.frame = page_titled(p, "各单位办理情况");
	view_desk_watch_units(&p->reply->body, &v);
	return 0;
}

/* --- one unit --- */

static int add_people(struct page *p, const struct worktime *wt, int64_t unit, struct view_desk_watch_unit *v)
{
	struct q_watch_people *rows = NULL;
	struct watch_person_row *list;
	int32_t today = clock_day(p->now);
	size_t n = 0;
	int rc = q_watch_people(p->db, p->a, today, unit, watch_still_day(wt, today), unit, unit, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++)
		list[i] = (struct watch_person_row){ rows[i].login, rows[i].name, rows[i].active ? "" : "（账号已停用）",
			rows[i].open_n,
			rows[i].late, rows[i].still };
	v->people = list;
	v->people_n = n;
	return 0;
}

static int add_orders(struct page *p, const struct worktime *wt, int64_t unit, struct view_desk_watch_unit *v)
{
	struct q_order_list_open *rows = NULL;
	struct unit_order *list;
	const struct actor *who = page_actor(p);
	int32_t today = clock_day(p->now);
	size_t n = 0;
	int rc = q_order_list_open(p->db, p->a, &unit, "issued,received,answered,returned", who->unit_id, who->officer_id,
		DESK_DAY_FIRST, DESK_DAY_FIRST, 0, ORDERS, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		struct show_due d = show_due(p->a, wt, today, rows[i].due_on, false);

		list[i] = (struct unit_order){ rows[i].id, watch_no_text(p->a, WATCH_ORDER, rows[i].year, rows[i].seq),
			rows[i].title,
			strcmp(rows[i].state, "answered") == 0 ? "反馈待认可" : strcmp(rows[i].state, "issued") == 0 ? "待签收" : "待反馈",
			d.left, d.css };
	}
	v->orders = list;
	v->orders_n = n;
	return 0;
}

static int add_talks(struct page *p, int64_t unit, struct view_desk_watch_unit *v)
{
	struct q_talk_of_unit *rows = NULL;
	struct talk_row *list;
	int32_t today = clock_day(p->now);
	size_t n = 0;
	int rc = q_talk_of_unit(p->db, p->a, unit, TALKS, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		const char *by = rows[i].promise_on != DAY_NONE
			? arena_printf(p->a, "，%s前", show_day(p->a, rows[i].promise_on, today)) : "";

		list[i] = (struct talk_row){ show_day(p->a, rows[i].held_on, today), rows[i].person, rows[i].about,
			view_paragraphs(p->a, rows[i].words),
			rows[i].promise[0] != '\0' ? arena_printf(p->a, "%s%s", rows[i].promise, by) : "",
			rows[i].no != NULL ? rows[i].no : "",
			arena_printf(p->a, "%s记录，%s", rows[i].made_by, show_moment(p->a, rows[i].made_at, today)) };
	}
	v->talks = list;
	v->talks_n = n;
	return 0;
}

static void talk_form(struct page *p, bool typed, struct view_desk_watch_unit *v)
{
	struct admin_builder b = { p, &v->talk, "", typed };

	admin_field(&b, "date", "held", "约谈日期", clock_fmt_day(p->a, clock_day(p->now)))->css = "lx-input--width-10";
	admin_field(&b, "text", "person", "约谈对象和职务", "")->hint = "例如：市城管局分管副局长 某某";
	admin_field(&b, "text", "about", "约谈事由", "");
	admin_field(&b, "text", "letter", "有关来信的编号", "")->optional = true;
	admin_field(&b, "area", "words", "谈了什么", "")->hint = "问题、要求、对方怎么说。记录以后不能再改。";
	admin_field(&b, "text", "promise", "对方的承诺", "")->optional = true;
	admin_field(&b, "date", "on", "承诺完成的日期", "")->optional = true;
	v->talk.csrf = p->csrf;
	v->talk.url.s = arena_printf(p->a, "/watch/units/%s", p->param);
	/* Of this form: sent twice it is one record. */
	v->talk.code = "key";
	v->talk.code_value = typed ? form_raw(p->form, "key")
		: arena_printf(p->a, "%lld-%lld-%s", (long long)p->now, (long long)page_actor(p)->officer_id, p->req->rid);
	v->talk.more = "";
	v->talk.summary = "记录一次约谈";
	v->talk.open = typed;
	v->talk.hint = "";
	v->talk.button = "保存约谈记录";
}

static int load_unit(struct page *p, struct q_watch_unit *ret)
{
	if (!desk_is_number(p->param))
		return err_set(ERR_NOTFOUND, "no code of a unit");
	return q_watch_unit(p->db, p->a, p->param, ret);
}

static int show_unit(struct page *p, bool typed)
{
	struct view_desk_watch_unit v = { .errors = typed ? p->form : NULL,
		.may_talk = access_may(page_actor(p), CAP_SUPERVISE),
		.reads_orders = access_may(page_actor(p), CAP_ORDERS) };
	struct watch_unit_row *rows = NULL;
	const struct worktime *wt = NULL;
	struct q_watch_unit u;
	size_t n = 0;
	int rc = load_unit(p, &u);

	if (rc == 0)
		rc = worktime_get(p->db, &wt);
	if (rc == 0)
		rc = load_units(p, wt, &rows, &n);
	if (rc == 0)
		rc = add_people(p, wt, u.id, &v);
	if (rc == 0)
		rc = add_orders(p, wt, u.id, &v);
	if (rc == 0)
		rc = add_talks(p, u.id, &v);
	if (rc != 0)
		return rc;
	v.row = (struct watch_unit_row){ .id = u.id, .code = u.code, .name = u.name, .responsible = "" };
	for (size_t i = 0; i < n; i++) {
		if (rows[i].id == u.id)
			v.row = rows[i];
	}
	v.since = show_day(p->a, year_start(clock_day(p->now)), clock_day(p->now));
	if (v.may_talk)
		talk_form(p, typed, &v);
	v.nav = tabs(p, TABS_WATCH);
	v.frame = page_titled(p, u.name);
	view_desk_watch_unit(&p->reply->body, &v);
	return 0;
}

int watch_unit_show(struct page *p)
{
	if (str_eq(params_get(&p->req->query, "ok"), "talk"))
		p->frame->flash = "约谈记录已保存。";
	return show_unit(p, false);
}

int watch_unit_send(struct page *p)
{
	const char *letter = form_text(p->form, "letter"), *no = NULL;
	struct watch_talk talk = { .held_on = form_day(p->form, "held"), .person = form_text(p->form, "person"),
		.about = form_text(p->form, "about"), .words = form_text(p->form, "words"),
		.promise = form_text(p->form, "promise"),
		.promise_on = form_day(p->form, "on"), .key = form_text(p->form, "key") };
	struct q_watch_unit u;
	int rc = load_unit(p, &u);

	if (rc != 0)
		return rc;
	if (letter != NULL && !ticket_number_ok(p->a, letter, &no))
		form_fail(p->form, "letter", "编号不对，请核对");
	talk.unit_id = u.id;
	talk.letter = no;
	talk.promise = talk.promise != NULL ? talk.promise : "";
	rc = form_ok(p->form) ? watch_talk(p->db, p->a, page_actor(p), &talk) : ERR_INVALID;
	if (rc == 0)
		return reply_redirect(p->reply, arena_printf(p->a, "/watch/units/%s?ok=talk", u.code));
	if (rc != ERR_INVALID)
		return rc;
	if (form_ok(p->form))
		form_fail(p->form, letter != NULL ? "letter" : "held", arena_strdup(p->a, err_text(rc)));
	reply_status(p->reply, err_http(rc));
	return show_unit(p, true);
}

/* --- one person --- */

static int add_lists(struct page *p, const struct worktime *wt, int64_t officer, struct view_desk_watch_person *v)
{
	static const enum watch_tab kinds[] = { WATCH_LATE, WATCH_SOON, WATCH_STILL };
	struct watch_list *lists = arena_array(p->a, ARRAY_LEN(kinds), sizeof(*lists));
	int32_t today = clock_day(p->now);

	for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
		struct watch_view view = watch_view_all(p, kinds[k]);
		struct desk_reader by = desk_reader(p);
		const struct q_list_open *next = NULL;
		struct q_list_open *rows = NULL;
		struct watch_query ask;
		struct desk_row *list;
		size_t n = 0;
		int rc;

		view.officer = officer;
		ask = watch_query_of(wt, &view, DESK_ROWS);
		ask.counted = true;
		rc = watch_list_load(&by, &ask, &rows, &n, &next);
		if (rc != 0)
			return rc;
		lists[k] = (struct watch_list){ .heading = watch_tab_name(kinds[k]), .empty = watch_tab_empty(kinds[k]),
			.more = { next != NULL ? watch_view_url(p->a, &view, NULL).s : NULL } };
		list = arena_array(p->a, n + 1, sizeof(*list));
		for (size_t i = 0; i < n; i++)
			list[i] = desk_row(p->a, wt, today, &rows[i], NULL);
		lists[k].rows = (struct part_desk_rows){ .rows = list, .rows_n = n, .caption = lists[k].heading,
			.no_unit = true };
	}
	v->lists = lists;
	v->lists_n = ARRAY_LEN(kinds);
	return 0;
}

int watch_person_show(struct page *p)
{
	struct view_desk_watch_person v = { .lists_n = 0 };
	int32_t today = clock_day(p->now);
	int64_t since = clock_day_start(year_start(today));
	const struct worktime *wt = NULL;
	struct q_watch_person o;
	int rc = desk_is_number(p->param) ? q_watch_person(p->db, p->a, since, since, since, p->param, &o)
		: err_set(ERR_NOTFOUND, "no account");

	if (rc == 0)
		rc = worktime_get(p->db, &wt);
	if (rc == 0)
		rc = add_lists(p, wt, o.id, &v);
	if (rc != 0)
		return rc;
	v.name = o.name;
	v.unit = o.unit_name;
	v.unit_code = o.unit_code;
	v.off = o.active ? "" : "账号已停用";
	v.answered = o.answered;
	v.late_answered = o.late_answered;
	v.returned = o.returned;
	v.since = show_day(p->a, year_start(today), today);
	v.nav = tabs(p, TABS_WATCH);
	v.frame = page_titled(p, arena_printf(p->a, "%s　%s", o.unit_name, o.name));
	view_desk_watch_person(&p->reply->body, &v);
	return 0;
}
