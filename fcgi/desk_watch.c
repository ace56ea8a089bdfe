/* desk_watch - what is late, whose it is, and what supervisors can do about it. */
#include <string.h>

#include "clock.h"
#include "desk.h"
#include "views/desk_watch.h"
#include "watchnav.h"

#define VETO_MONTHS 3
#define VETO_WARN_DAYS 45
#define NUDGED_ROWS 50

static const struct field watch_fields[] = {
	{ "unit", FIELD_INT, .min = 1, .max = INT32_MAX },
	{ "after", FIELD_TOKEN, .max = 40 },
};
const struct form_def form_watch = { watch_fields, ARRAY_LEN(watch_fields) };

static struct url watch_url(struct page *p, int64_t unit, const struct q_overdue_list *after)
{
	struct str o;

	str_init(&o, p->a, 400);
	str_add(&o, "/watch");
	view_query_add(&o, "unit", unit > 0 ? arena_printf(p->a, "%lld", (long long)unit) : NULL);
	if (after != NULL)
		view_query_add(&o, "after", arena_printf(p->a, "%d-%lld", (int)after->due_on, (long long)after->id));
	return (struct url){ o.s };
}

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

static struct desk_watch_row watch_row(struct arena *a, const struct worktime *wt, int32_t today,
	const struct q_overdue_list *row)
{
	struct show_due d = show_due(a, wt, today, row->due_on, false);

	return (struct desk_watch_row){
		.number = row->no, .title = row->title, .type = states_type_name(states_type_from(row->type)),
		.unit = row->unit_name != NULL ? row->unit_name : "还没有分办",
		.status = show_state(states_from(row->state), true),
		.due = d.day, .late = d.left, .light = d.light,
		.urged = row->urged > 0 ? arena_printf(a, "已督促 %lld 次", (long long)row->urged) : "",
		.nudged = row->nudged_at == TIME_NONE ? ""
			: arena_printf(a, "写信人 %s催过", show_day(a, clock_day(row->nudged_at), today)),
		.act = desk_url(a, row->no, "/act"),
		.version = row->version,
		.supervise = desk_url(a, row->no, "/act?action=supervise&from=watch"),
		.circularise = desk_url(a, row->no, "/act?action=circularise&from=watch"),
	};
}

static int load_rows(struct page *p, const struct worktime *wt, int64_t unit, struct view_desk_watch *v)
{
	int32_t today = clock_day(p->now), after_due = DESK_DAY_FIRST;
	const int64_t *only = unit > 0 ? &unit : NULL;
	struct q_overdue_list *rows = NULL;
	struct desk_watch_row *list;
	int64_t after_id = 0;
	size_t n = 0;
	int rc;

	desk_read_after(p, &after_due, &after_id);
	rc = q_overdue_list(p->db, p->a, today, only, page_actor(p)->unit_id, page_actor(p)->officer_id, after_due,
		after_due, after_id, DESK_ROWS + 1, &rows, &n);
	if (rc != 0)
		return rc;
	v->rows_n = n > DESK_ROWS ? DESK_ROWS : n;
	list = arena_array(p->a, v->rows_n + 1, sizeof(*list));
	for (size_t i = 0; i < v->rows_n; i++)
		list[i] = watch_row(p->a, wt, today, &rows[i]);
	v->rows = list;
	if (n > DESK_ROWS)
		v->next = watch_url(p, unit, &rows[DESK_ROWS - 1]);
	if (after_id > 0)
		v->first = watch_url(p, unit, NULL);
	v->found = v->rows_n == 0 ? "" : v->next.s != NULL || v->first.s != NULL
		? arena_printf(p->a, "这一页 %zu 封，超期最久的在前", v->rows_n)
		: arena_printf(p->a, "共 %zu 封，超期最久的在前", v->rows_n);
	return 0;
}

/* Not late, but their writers ask: what a supervisor can still do something about. */
static int load_nudged(struct page *p, const struct worktime *wt, int64_t unit, struct view_desk_watch *v)
{
	int32_t today = clock_day(p->now);
	struct q_nudge_list *rows = NULL;
	struct desk_nudged *list;
	size_t n = 0;
	int rc = q_nudge_list(p->db, p->a, today, unit > 0 ? &unit : NULL, page_actor(p)->unit_id,
		page_actor(p)->officer_id, NUDGED_ROWS, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		struct show_due d = show_due(p->a, wt, today, rows[i].due_on, false);

		list[i] = (struct desk_nudged){ rows[i].no, rows[i].title,
			rows[i].unit_name != NULL ? rows[i].unit_name : "还没有分办", show_moment(p->a, rows[i].at, today), d.day,
			d.left };
	}
	v->nudged = list;
	v->nudged_n = n;
	return 0;
}

int desk_watch(struct page *p)
{
	const struct actor *who = page_actor(p);
	struct view_desk_watch v = {
		.may_remind = access_may(who, CAP_REMIND), .may_urge = access_may(who, CAP_URGE),
		.may_supervise = access_may(who, CAP_SUPERVISE), .may_circularise = access_may(who, CAP_CIRCULARISE),
		.filtered = form_int(p->form, "unit", 0) > 0,
	};
	const struct worktime *wt = NULL;
	int rc = worktime_get(p->db, &wt);

	if (rc == 0)
		rc = load_rows(p, wt, form_int(p->form, "unit", 0), &v);
	if (rc == 0)
		rc = load_nudged(p, wt, form_int(p->form, "unit", 0), &v);
	if (rc == 0)
		rc = add_oldest(p, wt, &v);
	if (rc == 0)
		rc = desk_units(p, form_int(p->form, "unit", 0), false, &v.units, &v.units_n);
	if (rc != 0)
		return rc;
	desk_flash(p);
	v.nav = watchnav(p);
	v.frame = page_titled(p, "督办");
	view_desk_watch(&p->reply->body, &v);
	return 0;
}
