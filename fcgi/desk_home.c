/* desk_home - the start page of the desk: numbers that are links, and what to do first.
 *
 * Each person sees the work of the own roles; units see their own letters only. */
#include <string.h>

#include "clock.h"
#include "desk.h"
#include "desk_pub.h"
#include "rules.h"
#include "worktime_rules.h"
#include "views/desk_home.h"

#define HOME_ROWS 10
#define CALENDAR_WARN_DAYS 60
#define FIGURES_MAX 16


/* Numbers over all units are counted up to this. */
#define COUNTED_MAX 999
#define HOME_SAVED 3
#define HOME_TOUCHED 10

/* What is counted for one page: rows of counts_all, counts_unit. */
struct counts {
	struct q_counts_all *all;
	struct q_counts_unit *unit;
	struct q_counts_kept *kept;  /* to be taken off those over all units */
	size_t all_n, unit_n, kept_n;
};

static const char *number(struct arena *a, int64_t n)
{
	return n > COUNTED_MAX ? "999+" : arena_printf(a, "%lld", (long long)n);
}

static int load_counts(struct page *p, const struct worktime *wt, struct counts *c)
{
	const struct actor *who = page_actor(p);
	int32_t today = clock_day(p->now), soon = worktime_soon_day(wt, today);
	struct desk_work w = desk_work(p->a, who);
	bool all = desk_only_unit(page_actor(p)) == NULL;
	int rc = all ? q_counts_all(p->db, p->a, today, today, today, soon, &c->all, &c->all_n) : 0;

	if (rc == 0 && all)
		rc = q_counts_kept(p->db, p->a, today, today, today, soon, who->unit_id, who->officer_id, &c->kept, &c->kept_n);
	if (rc == 0 && (!all || w.own[0] != '\0'))
		rc = q_counts_unit(p->db, p->a, today, today, today, soon, who->officer_id, who->unit_id, who->unit_id,
			who->officer_id, who->unit_id, who->unit_id, who->officer_id, &c->unit, &c->unit_n);
	return rc;
}

/* Of one number over all units, what the person must keep away from. */
static int64_t kept_of(const struct counts *c, const char *what)
{
	int64_t n = 0;

	for (size_t i = 0; i < c->kept_n; i++) {
		const struct q_counts_kept *k = &c->kept[i];

		n += strcmp(what, "late") == 0 ? k->late : strcmp(what, "today") == 0 ? k->today_n
			: strcmp(what, "soon") == 0 ? k->soon : strcmp(what, k->state) == 0 ? k->n
			: str_starts(what, "at_") && strcmp(what + 3, k->desk) == 0 ? k->n : 0;
	}
	return n;
}

static int64_t of_all(const struct counts *c, const char *what)
{
	for (size_t i = 0; i < c->all_n; i++) {
		if (strcmp(c->all[i].what, what) == 0)
			return c->all[i].n - kept_of(c, what);
	}
	return 0;
}

static void add_figure(struct page *p, struct view_desk_home *v, int64_t n, const char *label, const char *url)
{
	struct figure *list = (struct figure *)v->todo.figures;

	if (n > 0 && v->todo.figures_n < FIGURES_MAX)
		list[v->todo.figures_n++] = (struct figure){ .value = number(p->a, n), .label = label, .url = { url } };
}

static void add_desk(struct page *p, struct view_desk_home *v, int64_t n, const char *desk)
{
	add_figure(p, v, n, desk_name(desk), arena_printf(p->a, "/queue?view=todo&desk=%s", desk));
}

/* What lies at my desks in all units. */
static void add_any(struct page *p, const struct counts *c, const struct desk_work *w, struct view_desk_home *v)
{
	static const struct { const char *desk, *what, *label, *url; } rows[] = {
		{ "registrar", "submitted", "等我受理的", "/queue?view=todo&state=submitted" },
		{ "registrar", "accepted", "等我分办的", "/queue?view=todo&state=accepted" },
		{ "registrar", "objected", "等我裁定的", "/queue?view=todo&state=objected" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		for (size_t k = 0; k < w->any_n; k++) {
			if (strcmp(w->any[k], rows[i].desk) == 0)
				add_figure(p, v, of_all(c, rows[i].what), rows[i].label, rows[i].url);
		}
	}
	for (size_t k = 0; k < w->any_n; k++) {
		if (desk_name(w->any[k]) != NULL)
			add_desk(p, v, of_all(c, arena_printf(p->a, "at_%s", w->any[k])), w->any[k]);
	}
}

/* What lies at my desks in my unit, and what of the unit lies at others'. */
static void add_own(struct page *p, const struct counts *c, const struct desk_work *w, struct view_desk_home *v)
{
	static const char *const desks[] = { "liaison", "handler", "asks", "dept" };
	int64_t n, others = 0, mine = 0;

	for (size_t i = 0; i < ARRAY_LEN(desks); i++) {
		n = 0;
		for (size_t k = 0; k < c->unit_n; k++)
			n += strcmp(c->unit[k].desk, desks[i]) == 0 ? c->unit[k].n : 0;
		if (desk_in(w->own, desks[i]))
			add_desk(p, v, n, desks[i]);
	}
	for (size_t k = 0; k < c->unit_n; k++) {
		bool open = states_open(states_from(c->unit[k].state));

		others += !open || desk_in(w->own, c->unit[k].desk) ? 0 : c->unit[k].n;
		mine += c->unit[k].mine;
	}
	if (access_may(page_actor(p), CAP_DRAFT))
		add_figure(p, v, mine, "我承办的", "/queue?view=mine");
	if (desk_only_unit(page_actor(p)) != NULL)
		add_figure(p, v, others, "等别人处理的", "/queue?view=waiting");
}

/* What came back to me for changes: the most pressing of all. */
static int add_returned(struct page *p, struct view_desk_home *v)
{
	const struct actor *who = page_actor(p);
	struct q_list_returned *rows = NULL;
	size_t n = 0;
	int rc = access_may(who, CAP_DRAFT)
		? q_list_returned(p->db, p->a, who->officer_id, who->unit_id, who->unit_id, who->officer_id,
			DESK_ROWS, &rows, &n)
		: 0;

	add_figure(p, v, (int64_t)n, "退回给我修改的", "/queue?view=returned");
	return rc;
}

static int add_todo(struct page *p, const struct counts *c, struct view_desk_home *v)
{
	struct desk_work w = desk_work(p->a, page_actor(p));
	int rc;

	v->todo.figures = arena_array(p->a, FIGURES_MAX, sizeof(struct figure));
	rc = add_returned(p, v);
	add_any(p, c, &w, v);
	if (w.own[0] != '\0')
		add_own(p, c, &w, v);
	return rc;
}

/* What waits at the desks of publication, for those who sit there; what a rescan found, for all who may decide. */
static int add_publication(struct page *p, struct view_desk_home *v)
{
	const struct actor *who = page_actor(p);
	bool clears = access_may(who, CAP_APPROVE_SUMMARY), publishes = access_may(who, CAP_PUBLISH);
	struct desk_pub_waiting n;
	int rc;

	if (!clears && !publishes && !access_may(who, CAP_RESCAN))
		return 0;
	rc = desk_pub_waiting(p, &n);
	if (rc != 0)
		return rc;
	if (access_may(who, CAP_EDIT_EDITION))
		add_figure(p, v, n.returned, "公开稿退回修改的", "/publish?view=returned");
	if (clears)
		add_figure(p, v, n.pending, "等公开审查的", "/clearing");
	if (publishes)
		add_figure(p, v, n.approved, "审查过、等发布的", "/publish");
	if (access_may(who, CAP_RESCAN))
		add_figure(p, v, n.found, "重新扫描找到的", "/clearing/rescan");
	return 0;
}

static void add_due(struct page *p, const struct counts *c, struct view_desk_home *v)
{
	struct figure *list = arena_array(p->a, 3, sizeof(*list));
	int64_t late = of_all(c, "late"), today = of_all(c, "today"), soon = of_all(c, "soon");

	for (size_t i = 0; c->all_n == 0 && i < c->unit_n; i++) {
		late += c->unit[i].late;
		today += c->unit[i].today_n;
		soon += c->unit[i].soon;
	}
	list[0] = (struct figure){ number(p->a, late), "已超期", "", { "/queue?view=overdue" }, late > 0 };
	list[1] = (struct figure){ number(p->a, today), "今天到期", "", { "/queue?view=today" }, false };
	list[2] = (struct figure){ number(p->a, soon), "两个工作日内到期", "", { "/queue?view=soon" }, false };
	v->due = (struct part_figures){ list, 3 };
}

static int64_t of_state(const struct counts *c, const char *code)
{
	int64_t n = 0;

	if (c->all_n > 0)
		return of_all(c, code);
	for (size_t i = 0; i < c->unit_n; i++)
		n += strcmp(c->unit[i].state, code) == 0 ? c->unit[i].n : 0;
	return n;
}

static void add_states(struct page *p, const struct counts *c, struct view_desk_home *v)
{
	struct choice *list = arena_array(p->a, TICKET__MAX, sizeof(*list));

	for (int s = 0; s < TICKET__MAX; s++) {
		const char *code = states_code((enum ticket_state)s);
		int64_t n = states_open((enum ticket_state)s) ? of_state(c, code) : 0;

		if (n > 0)
			list[v->states_n++] = (struct choice){ .text = states_office((enum ticket_state)s),
				.hint = number(p->a, n), .url = { arena_printf(p->a, "/queue?view=%s", code) } };
	}
	v->states = list;
}

/* Lists kept under a name; the first of them with their numbers. */
static int add_saved(struct page *p, const struct worktime *wt, struct view_desk_home *v)
{
	struct q_saved_views *rows = NULL;
	size_t n = 0, found;
	int rc = q_saved_views(p->db, p->a, page_actor(p)->officer_id, &rows, &n);
	struct choice *list = arena_array(p->a, n + 1, sizeof(*list));

	for (size_t i = 0; rc == 0 && i < n; i++) {
		list[i] = (struct choice){ .text = rows[i].name, .hint = "",
			.url = desk_view_url(p->a, "/queue", rows[i].filter, NULL) };
		if (i < HOME_SAVED) {
			struct desk_reader by = desk_reader(p);
			struct desk_view view;
			struct q_list_open *letters = NULL;

			rc = desk_view_of(p, wt, rows[i].filter, &view);
			if (rc == 0)
				rc = desk_list_load(&by, &view.ask, &letters, &found);
			list[i].hint = rc != 0 ? "" : found > DESK_ROWS ? "50+" : arena_printf(p->a, "%zu", found);
		}
	}
	v->saved = list;
	v->saved_n = n;
	return rc;
}

static int add_touched(struct page *p, struct view_desk_home *v)
{
	const struct actor *who = page_actor(p);
	struct q_touched *rows = NULL;
	struct desk_touched *list;
	size_t n = 0;
	int rc = q_touched(p->db, p->a, who->officer_id, desk_only_unit(who), who->unit_id, who->officer_id,
		HOME_TOUCHED, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++)
		list[i] = (struct desk_touched){ rows[i].no, rows[i].title, show_state(states_from(rows[i].state), false),
			show_moment(p->a, rows[i].at, clock_day(p->now)) };
	v->touched = list;
	v->touched_n = n;
	return 0;
}

static int add_first(struct page *p, const struct worktime *wt, struct view_desk_home *v)
{
	struct desk_reader by = desk_reader(p);
	struct desk_work w = desk_work(p->a, page_actor(p));
	struct desk_query ask = desk_query_all(page_actor(p));
	struct q_list_open *rows = NULL;
	struct desk_row *list;
	size_t n = 0;
	int rc;

	ask.work = true;
	ask.limit = HOME_ROWS;
	rc = desk_list_load(&by, &ask, &rows, &n);
	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++)
		list[i] = desk_row(p->a, wt, clock_day(p->now), &rows[i], NULL);
	v->first = (struct part_desk_rows){ .rows = list, .rows_n = n, .caption = "先办这些" };
	v->works = desk_works(&w);
	v->all.s = "/queue?view=todo";
	return desk_row_stages(p, wt, rows, n, list);
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
	v->rules = access_may(page_actor(p), CAP_SEE_RULES);
	v->known_until = v->rules ? rules_known_words(p->a, wt, today)
		: known != DAY_NONE && known - today >= CALENDAR_WARN_DAYS ? ""
		: "以后的放假安排还没有公布：标着“暂定”的期限，公布后可能调整。";
	v->day = day_words(p->a, wt, today);
	v->hello = arena_printf(p->a, "%s，%s", p->session->name, greeting(p->now));
	v->scope = desk_only_unit(page_actor(p)) == NULL ? "全市" : p->session->unit_name;
}

int desk_home(struct page *p)
{
	struct view_desk_home v = { .reads = access_may(page_actor(p), CAP_READ) };
	const struct worktime *wt = NULL;
	struct counts c = { 0 };
	int rc = worktime_get(p->db, &wt);

	if (rc == 0)
		add_remarks(p, wt, &v);
	if (rc == 0 && v.reads && (rc = load_counts(p, wt, &c)) == 0 && (rc = add_todo(p, &c, &v)) == 0
			&& (rc = add_publication(p, &v)) == 0 && (rc = add_saved(p, wt, &v)) == 0
			&& (rc = add_touched(p, &v)) == 0) {
		add_due(p, &c, &v);
		add_states(p, &c, &v);
		rc = add_first(p, wt, &v);
	}
	if (rc != 0)
		return rc;
	desk_flash(p);
	v.frame = page_titled(p, "我的待办");
	view_desk_home(&p->reply->body, &v);
	return 0;
}
