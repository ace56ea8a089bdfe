/* desk_home - the start page of the desk: numbers that are links, and what to do first.
 *
 * Each person sees the work of the own roles; units see their own letters only. */
#include "clock.h"
#include "desk.h"
#include "views/desk_home.h"

#define HOME_ROWS 10
#define CALENDAR_WARN_DAYS 60


static const char *number(struct arena *a, int64_t n)
{
	return arena_printf(a, "%lld", (long long)n);
}

/* My own work by state. */
static int add_todo(struct page *p, struct view_desk_home *v)
{
	struct desk_filter f = desk_filter_todo(p);
	struct figure *list = arena_array(p->a, TICKET__MAX + PUB__MAX, sizeof(*list));
	struct q_open_counts *rows = NULL;
	size_t n = 0;
	int rc = 0;

	if (f.work.states[0] != '\0')
		rc = q_open_counts(p->db, p->a, f.work.states, f.work.all_handling, f.work.all_supplement,
			clock_day(p->now), f.work.levels, f.unit, f.unit, &rows, &n);
	for (size_t i = 0; rc == 0 && i < n; i++) {
		list[v->todo.figures_n++] = (struct figure){ .value = number(p->a, rows[i].n),
			.label = states_office(states_from(rows[i].state)), .url = { "/queue?view=todo" } };
	}
	v->todo.figures = list;
	return rc;
}

/* What waits to be cleared or published, for those who do that. */
static int add_publication(struct page *p, struct view_desk_home *v)
{
	bool clears = access_may(page_actor(p), CAP_APPROVE_SUMMARY),
		publishes = access_may(page_actor(p), CAP_PUBLISH);
	struct figure *list = (struct figure *)v->todo.figures;
	struct q_pub_state_counts *rows = NULL;
	size_t n = 0;
	int rc = clears || publishes ? q_pub_state_counts(p->db, p->a, &rows, &n) : 0;

	for (size_t i = 0; rc == 0 && i < n; i++) {
		bool pending = str_eq(rows[i].pub_state, "pending_review");

		if (pending ? !clears : !publishes)
			continue;
		list[v->todo.figures_n++] = (struct figure){ .value = number(p->a, rows[i].n),
			.label = states_pub_name(states_pub_from(rows[i].pub_state)),
			.url = { pending ? "/clearing" : "/publish" } };
	}
	return rc;
}

static int add_due(struct page *p, const struct worktime *wt, struct view_desk_home *v)
{
	struct figure *list = arena_array(p->a, 3, sizeof(*list));
	const int64_t *unit = desk_unit(p);
	int32_t today = clock_day(p->now);
	struct q_due_counts c;
	int rc = q_due_counts(p->db, p->a, today, today, today, calendar_add(wt->cal, today, DESK_SOON_DAYS, NULL),
		unit, unit, &c);

	if (rc != 0)
		return rc;
	list[0] = (struct figure){ number(p->a, c.overdue), "已超期", "", { "/queue?view=overdue" }, c.overdue > 0 };
	list[1] = (struct figure){ number(p->a, c.today_n), "今天到期", "", { "/queue?view=today" }, false };
	list[2] = (struct figure){ number(p->a, c.soon), "两个工作日内到期", "", { "/queue?view=soon" }, false };
	v->due = (struct part_figures){ list, 3 };
	return 0;
}

static int add_states(struct page *p, struct view_desk_home *v)
{
	struct q_queue_counts *rows = NULL;
	const int64_t *unit = desk_unit(p);
	struct choice *list;
	size_t n = 0;
	int rc = q_queue_counts(p->db, p->a, unit, unit, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		list[i].text = states_office(states_from(rows[i].state));
		list[i].count = rows[i].n;
		list[i].url.s = arena_printf(p->a, "/queue?view=%s", rows[i].state);
	}
	v->states = list;
	v->states_n = n;
	return 0;
}

static int add_first(struct page *p, const struct worktime *wt, struct view_desk_home *v)
{
	struct desk_filter f = desk_filter_todo(p);
	struct q_open_list *rows = NULL;
	struct desk_row *list;
	size_t n = 0;
	int rc;

	f.limit = HOME_ROWS;
	rc = desk_open_list(p, &f, &rows, &n);
	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++)
		list[i] = desk_row(p->a, wt, clock_day(p->now), &rows[i]);
	v->first = (struct part_desk_rows){ list, n, "先办这些" };
	v->works = f.work.states[0] != '\0';
	v->all.s = "/queue?view=todo";
	return 0;
}

static const char *greeting(int64_t now)
{
	int hour = clock_second_of_day(now) / 3600;

	return hour < 5 ? "夜深了" : hour < 12 ? "上午好" : hour < 14 ? "中午好" : hour < 18 ? "下午好" : "晚上好";
}

static const char *day_words(struct arena *a, const struct worktime *wt, int32_t today)
{
	static const char *const kinds[] = {
		[CALENDAR_WORK] = "工作日", [CALENDAR_MAKEUP] = "调休上班", [CALENDAR_WEEKEND] = "休息日",
		[CALENDAR_HOLIDAY] = "放假",
	};
	const char *name = calendar_name(wt->cal, today);

	return arena_printf(a, "%s，%s%s", show_day(a, today, today), name, kinds[calendar_kind_of(wt->cal, today)]);
}

static void add_remarks(struct page *p, const struct worktime *wt, struct view_desk_home *v)
{
	const char *last = params_get(&p->req->cookies, reply_cookie_name(p->a, DESK_LAST_COOKIE));
	int32_t today = clock_day(p->now), known = calendar_known_until(wt->cal);
	long long at;

	v->last_login = "";
	if (last != NULL && str_to_int(last, 0, p->now, &at) == 0)
		v->last_login = arena_printf(p->a, "上次登录：%s", show_moment(p->a, at, today));
	v->known_until = known == DAY_NONE || known - today < CALENDAR_WARN_DAYS
		? "以后的放假安排还没有公布：标着“暂定”的期限，公布后可能调整。" : "";
	v->day = day_words(p->a, wt, today);
	v->hello = arena_printf(p->a, "%s，%s", p->session->name, greeting(p->now));
	v->scope = desk_unit(p) == NULL ? "全市" : p->session->unit_name;
}

int desk_home(struct page *p)
{
	struct view_desk_home v = { .reads = access_may(page_actor(p), CAP_READ) };
	const struct worktime *wt = NULL;
	int rc = worktime_get(p->db, &wt);

	if (rc == 0)
		add_remarks(p, wt, &v);
	if (rc == 0 && v.reads && (rc = add_todo(p, &v)) == 0 && (rc = add_publication(p, &v)) == 0
			&& (rc = add_due(p, wt, &v)) == 0 && (rc = add_states(p, &v)) == 0)
		rc = add_first(p, wt, &v);
	if (rc != 0)
		return rc;
	desk_flash(p);
	v.frame = page_titled(p, "我的待办");
	view_desk_home(&p->reply->body, &v);
	return 0;
}
