/* desk_watch - the watch desk: what is late, stands still or comes again, whose it is, and what supervisors can do
 * about it. */
#include <string.h>

#include "clock.h"
#include "desk_bulk.h"
#include "desk_watch_list.h"
#include "views/desk_watch.h"
#include "watch.h"
#include "tabs.h"

#define VETO_MONTHS 3
#define VETO_WARN_DAYS 45

struct listing {
	struct page *p;
	const struct worktime *wt;
	struct watch_view view;
	int32_t today;
	struct q_list_open *rows;
	size_t n;                    /* that are shown */
	size_t simulated;            /* of them */
	struct view_desk_watch *v;
};

/* The oldest open letter against the three months after which a mailbox fails as a whole. */
static int add_oldest(struct page *p, const struct worktime *wt, struct view_desk_watch *v)
{
	struct q_veto_oldest row;
	struct sla_due veto;
	int32_t today = clock_day(p->now);
	int left, rc = q_veto_oldest(p->db, p->a, page_actor(p)->unit_id, page_actor(p)->officer_id, &row);

	v->oldest_number = v->oldest = v->oldest_css = "";
	if (rc != 0 || row.no == NULL)
		return rc == ERR_NOTFOUND ? 0 : rc;
	rc = sla_due(wt->cal, row.received_on, (struct sla_term){ VETO_MONTHS, 'M' }, NULL, 0, &veto);
	if (rc != 0)
		return rc;
	left = veto.on - today;
	v->oldest_number = row.no;
	v->oldest = left >= 0 ? arena_printf(p->a, "%s收到，离三个月还有 %d 天", show_day(p->a, row.received_on, today), left)
		: arena_printf(p->a, "%s收到，超过三个月 %d 天", show_day(p->a, row.received_on, today), -left);
	v->oldest_css = left < VETO_WARN_DAYS ? "lx-card--warn" : "";
	return 0;
}

/* --- the tabs --- */

/* more: counting ended before all were seen. */
static const char *count_text(struct arena *a, int64_t n, bool more)
{
	return n >= WATCH_COUNT_MAX ? "999+" : arena_printf(a, "%lld%s", (long long)n, more ? "+" : "");
}

static int add_tabs(struct listing *l)
{
	struct choice *list = arena_array(l->p->a, WATCH_TAB__MAX, sizeof(*list));
	struct q_watch_counts n;
	int rc = watch_counts(l->p, l->wt, l->view.unit, &n);

	if (rc != 0)
		return rc;
	for (int i = 0; i < WATCH_TAB__MAX; i++) {
		struct watch_view other = watch_view_all(l->p, (enum watch_tab)i);
		const int64_t counts[WATCH_TAB__MAX] = { [WATCH_LATE] = n.late, [WATCH_SOON] = n.soon, [WATCH_STILL] = n.still,
			[WATCH_REOPENED] = n.reopened, [WATCH_REPEATING] = n.repeated, [WATCH_LED] = n.leader,
			[WATCH_PUSHED] = n.pressed };

		other.unit = l->view.unit;
		list[i] = (struct choice){ .code = watch_tab_code(other.tab), .text = watch_tab_name(other.tab),
			.hint = count_text(l->p->a, counts[i], i >= WATCH_REOPENED && n.seen >= WATCH_SEEN_MAX),
				.url = watch_view_url(l->p->a, &other, NULL),
			.chosen = other.tab == l->view.tab };
	}
	l->v->tabs = list;
	l->v->tabs_n = WATCH_TAB__MAX;
	return 0;
}

/* --- the filters --- */

static int choose_officer(struct listing *l)
{
	struct view_desk_watch *v = l->v;
	struct choice *list = arena_array(l->p->a, v->officers_n + 1, sizeof(*list));
	const char *code = arena_printf(l->p->a, "%lld", (long long)l->view.officer);

	for (size_t i = 0; i < v->officers_n; i++) {
		list[i] = v->officers[i];
		list[i].chosen = str_eq(list[i].code, code);
	}
	v->officers = list;
	return 0;
}

static int add_filters(struct listing *l)
{
	struct view_desk_watch *v = l->v;
	struct watch_view all = watch_view_all(l->p, l->view.tab);
	struct arena *a = l->p->a;
	int rc = desk_units(l->p, l->view.unit, true, &v->units, &v->units_n);

	watch_choices(a, &l->view, "type", &v->types, &v->types_n);
	watch_choices(a, &l->view, "stage", &v->stages, &v->stages_n);
	watch_choices(a, &l->view, "light", &v->lights, &v->lights_n);
	watch_choices(a, &l->view, "pressed", &v->presses, &v->presses_n);
	watch_choices(a, &l->view, "age", &v->ages, &v->ages_n);
	v->tab = watch_tab_code(l->view.tab);
	v->filtered = watch_view_filtered(&l->view);
	v->more = l->view.light != NULL || l->view.pressed >= 0 || l->view.age > 0 || l->view.officer > 0
		|| l->view.topic != TOPIC_ALL;
	v->clear = watch_view_url(a, &all, NULL);
	v->filter = watch_view_text(a, &l->view);
	if (rc == 0)
		rc = desk_topic_filter(l->p, l->view.topic, &v->topics, &v->topics_n);
	if (rc == 0 && l->view.unit > 0)
		rc = desk_handlers(l->p, l->view.unit, &v->officers, &v->officers_n);
	return rc == 0 && l->view.officer > 0 ? choose_officer(l) : rc;
}

/* --- the rows --- */

/* In whose hands a letter is. */
static const char *whose(struct arena *a, const struct q_list_open *row)
{
	const char *unit = row->unit_name != NULL ? row->unit_name : "", *desk = row->desk != NULL ? row->desk : "none";

	if (str_eq(desk, "registrar") || str_eq(desk, "lapsed"))
		return "登记分办员";
	if (str_eq(desk, "writer"))
		return "写信人";
	if (str_eq(desk, "office"))
		return "主管单位审核人";
	if (str_eq(desk, "superior"))
		return "上级审核单位";
	if (str_eq(desk, "liaison"))
		return arena_printf(a, "%s　联络员", unit);
	if (str_eq(desk, "dept") || str_eq(desk, "asks"))
		return arena_printf(a, "%s　部门审核人", unit);
	return arena_printf(a, "%s　%s", unit, row->handler_name != NULL ? row->handler_name : "还没有指派承办人");
}

static void add_part(struct str *o, const char *what, int64_t n)
{
	if (n > 0)
		str_addf(o, "%s%s %lld 次", o->len > 0 ? "、" : "", what, (long long)n);
}

/* 提醒 1 次、催办 2 次，最近 10月13日 */
static const char *pushed(struct arena *a, const struct q_watch_more *m, int32_t today)
{
	struct str o;

	str_init(&o, a, 300);
	add_part(&o, "提醒", m->reminds);
	add_part(&o, "催办", m->urges);
	add_part(&o, "督办", m->orders);
	add_part(&o, "通报", m->circulars);
	if (o.len > 0 && m->last_at != TIME_NONE)
		str_addf(&o, "，最近 %s", show_moment(a, m->last_at, today));
	return o.s;
}

static const char *signs(struct arena *a, const struct q_watch_more *m, int32_t today)
{
	struct str o;

	str_init(&o, a, 300);
	if (m->nudged_at != TIME_NONE)
		str_addf(&o, "写信人 %s催过", show_day(a, clock_day(m->nudged_at), today));
	add_part(&o, "追问", m->asked_n);
	if (m->merged_n > 0)
		str_addf(&o, "%s另有 %lld 封并入", o.len > 0 ? "、" : "", (long long)m->merged_n);
	if ((m->signs & WATCH_SAME) != 0)
		str_addf(&o, "%s同一电话近期另有来信", o.len > 0 ? "、" : "");
	if ((m->signs & WATCH_LEADER) != 0)
		str_addf(&o, "%s领导批示", o.len > 0 ? "、" : "");
	if (m->round > 1)
		str_addf(&o, "%s第 %lld 轮", o.len > 0 ? "、" : "", (long long)m->round);
	return o.s;
}

static const char *order_words(struct arena *a, const struct q_watch_more *m, int32_t today)
{
	if (m->order_id == 0)
		return "";
	if (str_eq(m->order_state, "issued"))
		return "督办令：待签收";
	if (str_eq(m->order_state, "answered"))
		return "督办令：反馈待认可";
	return arena_printf(a, "督办令：%s前反馈", show_day(a, m->order_due, today));
}

/* What the list itself does not know of a row. */
static void add_more(struct listing *l, const struct q_watch_more *m, struct desk_watch_row *row)
{
	struct arena *a = l->p->a;
	enum action last = m->last_action != NULL ? states_action_from(m->last_action) : ACT__MAX;

	row->still = arena_printf(a, "%s%s%s", last < ACT__MAX ? states_action_button(last) : "收到", "，",
		show_day(a, m->still_since, l->today));
	row->signs = signs(a, m, l->today);
	row->pushed = pushed(a, m, l->today);
	if (m->feedback != NULL)
		row->answered = arena_printf(a, "%s反馈：%s", show_moment(a, m->feedback_at, l->today), m->feedback);
	row->simulated = m->simulated;
	l->simulated += m->simulated;
	row->order = order_words(a, m, l->today);
	row->order_url.s = arena_printf(a, "/orders/%lld", (long long)m->order_id);
	if (m->order_id != 0)
		row->supervise.s = NULL;
}

static struct desk_watch_row watch_row(const struct listing *l, const struct q_list_open *row)
{
	struct arena *a = l->p->a;
	struct desk_row d = desk_row(a, l->wt, l->today, row, NULL);
	const char *press = "/act?action=circularise&from=watch";

	return (struct desk_watch_row){ .number = row->no, .title = row->title, .type = d.type, .pick = d.pick,
		.age = arena_printf(a, "收到 %d 天", (int)(l->today - row->received_on)), .whose = whose(a, row),
		.status = show_state(states_from(row->state), d.late), .due = d.due, .left = d.left,
		.css = d.css, .light = d.light,
		.late = d.late, .petition = d.petition, .still = "", .signs = "", .pushed = "", .answered = "", .order = "",
		.act = desk_url(a, row->no, "/act"), .version = row->version,
		.supervise = { l->v->may_supervise ? desk_url(a, row->no, "/act?action=supervise&from=watch").s : NULL },
		.circularise = { l->v->may_circularise ? desk_url(a, row->no, press).s : NULL } };
}

/* What has to be done before the answer, and everything else that is asked of all rows at once. */
static int add_details(struct listing *l, struct desk_watch_row *rows)
{
	struct desk_row *stages = arena_array(l->p->a, l->n + 1, sizeof(*stages));
	struct q_watch_more *more = NULL;
	size_t more_n = 0;
	struct str ids;
	int rc = desk_row_stages(l->p, l->wt, l->rows, l->n, stages);

	str_init(&ids, l->p->a, 32 * (l->n + 1));
	for (size_t i = 0; i < l->n; i++) {
		str_addf(&ids, "%s%lld", i > 0 ? "," : "[", (long long)l->rows[i].id);
		rows[i].stage = stages[i].stage;
		rows[i].stage_css = stages[i].stage_css;
		rows[i].stage_light = stages[i].stage_light;
	}
	str_add(&ids, "]");
	if (rc == 0)
		rc = q_watch_more(l->p->db, l->p->a, ids.s, &more, &more_n);
	for (size_t k = 0; rc == 0 && k < more_n; k++) {
		for (size_t i = 0; i < l->n; i++) {
			if (l->rows[i].id == more[k].ticket_id)
				add_more(l, &more[k], &rows[i]);
		}
	}
	return rc;
}

/* 共 5 封, 这一页 50 封; simulated ones beside them, as they count nowhere. */
static const char *found_words(const struct listing *l, bool whole)
{
	struct arena *a = l->p->a;
	const char *simulated = l->simulated == 0 ? ""
		: arena_printf(a, "，另有 %zu 封模拟信件，不计入数字", l->simulated);

	return arena_printf(a, "%s %zu 封%s，%s", whole ? "共" : "这一页", l->n - l->simulated, simulated,
		watch_tab_order(l->view.tab));
}

static int add_rows(struct listing *l)
{
	struct view_desk_watch *v = l->v;
	struct desk_reader by = desk_reader(l->p);
	const struct q_list_open *next = NULL;
	struct desk_watch_row *rows;
	struct watch_query ask = watch_query_of(l->wt, &l->view, DESK_ROWS);
	int rc = watch_list_load(&by, &ask, &l->rows, &l->n, &next);

	if (rc != 0)
		return rc;
	rows = arena_array(l->p->a, l->n + 1, sizeof(*rows));
	for (size_t i = 0; i < l->n; i++)
		rows[i] = watch_row(l, &l->rows[i]);
	rc = l->n > 0 ? add_details(l, rows) : 0;
	v->rows = rows;
	v->rows_n = l->n;
	if (next != NULL)
		v->next = watch_view_url(l->p->a, &l->view, next);
	if (l->view.after_id > 0)
		v->first = watch_view_url(l->p->a, &l->view, NULL);
	v->found = l->n == 0 ? "" : found_words(l, next == NULL && l->view.after_id == 0);
	v->empty = watch_view_filtered(&l->view) ? "没有符合条件的信件。可以减少条件。" : watch_tab_empty(l->view.tab);
	return rc;
}

int desk_watch(struct page *p)
{
	const struct actor *who = page_actor(p);
	struct view_desk_watch v = {
		.may_remind = access_may(who, CAP_REMIND), .may_urge = access_may(who, CAP_URGE),
		.may_supervise = access_may(who, CAP_SUPERVISE), .may_circularise = access_may(who, CAP_CIRCULARISE),
	};
	struct listing l = { .p = p, .today = clock_day(p->now), .v = &v };
	int rc = worktime_get(p->db, &l.wt);

	watch_view_read(p, &l.view);
	if (rc == 0)
		rc = add_rows(&l);
	if (rc == 0)
		rc = add_tabs(&l);
	if (rc == 0)
		rc = add_filters(&l);
	if (rc == 0)
		rc = add_oldest(p, l.wt, &v);
	if (rc != 0)
		return rc;
	desk_bulk_presses(p, &v.acts, &v.acts_n);
	v.picks = v.acts_n > 0;
	v.nav = tabs(p, TABS_WATCH);
	v.heading = arena_printf(p->a, "督办：%s的信件", watch_tab_name(l.view.tab));
	desk_flash(p);
	v.frame = page_titled(p, v.heading);
	view_desk_watch(&p->reply->body, &v);
	return 0;
}
