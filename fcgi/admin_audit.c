/* admin_audit - the trail, for who may read it and change nothing: what administrators did, logins, and who looked at a
 * writer's contact. Paged by the row's number, newest first. */
#include <string.h>

#include "admin.h"
#include "clock.h"
#include "views/admin_audit.h"

#define ROWS 50
#define CSV_ROWS 10000
#define DAY_FIRST 0
#define DAY_LAST 47481           /* 2099-12-31 */

static const char *const views[] = { "admin", "login", "reveal", NULL };
static const char *const view_names[] = { "管理操作", "登录", "查看联系方式" };
enum view_kind { VIEW_ADMIN, VIEW_LOGIN, VIEW_REVEAL };
static const struct field audit_fields[] = {
	{ "view", FIELD_CHOICE, .choices = views },
	{ "person", FIELD_TOKEN, .label = "登录名", .max = 40 },
	{ "from", FIELD_DATE, .label = "从" },
	{ "to", FIELD_DATE, .label = "到" },
	{ "before", FIELD_INT, .min = 1, .max = INT32_MAX },
};
const struct form_def form_audit = { audit_fields, ARRAY_LEN(audit_fields) };

struct trail {
	struct page *p;
	enum view_kind kind;
	const char *person;
	int64_t person_id;               /* 0: everybody; -1: nobody has that login */
	int32_t from, to;
	int64_t before;
	struct audit_row *rows;
	int64_t *ids;
	size_t n;
};

static int read_trail(struct page *p, struct trail *t)
{
	int view = form_choice(p->form, "view");
	struct store_officer who;
	int rc;

	*t = (struct trail){ .p = p, .kind = view < 0 ? VIEW_ADMIN : (enum view_kind)view,
		.person = form_text(p->form, "person"), .from = form_day(p->form, "from"), .to = form_day(p->form, "to"),
		.before = form_int(p->form, "before", INT64_MAX) };
	t->from = t->from == DAY_NONE || t->from < DAY_FIRST ? DAY_FIRST : t->from;
	t->to = t->to == DAY_NONE || t->to > DAY_LAST ? DAY_LAST : t->to;
	if (t->person == NULL)
		return 0;
	rc = store_officer_by_login(p->db, p->a, t->person, &who);
	t->person_id = rc == 0 ? who.id : -1;
	return rc == ERR_NOTFOUND ? 0 : rc;
}

static const char *somebody(struct arena *a, const char *name, const char *login, const char *nobody)
{
	return name != NULL ? arena_printf(a, "%s（%s）", name, login) : nobody;
}

static int load_events(struct trail *t, int limit)
{
	struct q_org_event_list *rows = NULL;
	const int64_t *who = t->person_id != 0 ? &t->person_id : NULL;
	struct arena *a = t->p->a;
	int32_t today = clock_day(t->p->now);
	int rc = q_org_event_list(t->p->db, a, org_event_kinds(a, t->kind == VIEW_ADMIN), who, who, who,
		clock_day_start(t->from), clock_day_start(t->to + 1), t->before, limit, &rows, &t->n);

	if (rc != 0)
		return rc;
	t->rows = arena_array(a, t->n + 1, sizeof(*t->rows));
	t->ids = arena_array(a, t->n + 1, sizeof(*t->ids));
	for (size_t i = 0; i < t->n; i++) {
		const struct q_org_event_list *e = &rows[i];
		const char *whom = e->officer_name != NULL ? somebody(a, e->officer_name, e->officer_login, "")
			: e->unit_name != NULL ? e->unit_name : "";

		t->ids[i] = e->id;
		t->rows[i] = (struct audit_row){ show_moment(a, e->at, today), org_event_name(e->kind),
			somebody(a, e->by_name, e->by_login, t->kind == VIEW_LOGIN ? "不明" : "命令行"), e->what,
			t->kind == VIEW_LOGIN ? "" : whom, e->reason };
	}
	return 0;
}

static int load_reveals(struct trail *t, int limit)
{
	struct q_reveal_list *rows = NULL;
	const int64_t *who = t->person_id != 0 ? &t->person_id : NULL;
	struct arena *a = t->p->a;
	int rc = q_reveal_list(t->p->db, a, who, who, clock_day_start(t->from), clock_day_start(t->to + 1), t->before,
		page_actor(t->p)->unit_id, page_actor(t->p)->officer_id, limit, &rows, &t->n);

	if (rc != 0)
		return rc;
	t->rows = arena_array(a, t->n + 1, sizeof(*t->rows));
	t->ids = arena_array(a, t->n + 1, sizeof(*t->ids));
	for (size_t i = 0; i < t->n; i++) {
		t->ids[i] = rows[i].id;
		t->rows[i] = (struct audit_row){ show_moment(a, rows[i].at, clock_day(t->p->now)), "查看联系方式",
			somebody(a, rows[i].by_name, rows[i].by_login, "不明"), "", rows[i].no, rows[i].reason };
	}
	return 0;
}

static int load(struct trail *t, int limit)
{
	return t->kind == VIEW_REVEAL ? load_reveals(t, limit) : load_events(t, limit);
}

static struct url url_of(const struct trail *t, const char *view, bool filters, int64_t before)
{
	struct arena *a = t->p->a;
	struct str o;

	str_init(&o, a, 600);
	str_add(&o, "/admin/audit");
	view_query_add(&o, "view", view);
	if (filters) {
		view_query_add(&o, "person", t->person);
		view_query_add(&o, "from", t->from > DAY_FIRST ? clock_fmt_day(a, t->from) : NULL);
		view_query_add(&o, "to", t->to < DAY_LAST ? clock_fmt_day(a, t->to) : NULL);
	}
	view_query_add(&o, "before", before > 0 ? arena_printf(a, "%lld", (long long)before) : NULL);
	return (struct url){ o.s };
}

static void add_frame(struct trail *t, struct view_admin_audit *v)
{
	struct arena *a = t->p->a;
	struct choice *list = arena_array(a, ARRAY_LEN(view_names), sizeof(*list));

	for (size_t i = 0; i < ARRAY_LEN(view_names); i++)
		list[i] = (struct choice){ .text = view_names[i], .url = url_of(t, views[i], true, 0),
			.chosen = i == (size_t)t->kind };
	v->views = list;
	v->views_n = ARRAY_LEN(view_names);
	v->view = views[t->kind];
	v->what_head = t->kind == VIEW_REVEAL ? "信件" : t->kind == VIEW_LOGIN ? "结果" : "对谁、内容";
	v->filtered = t->person != NULL || t->from > DAY_FIRST || t->to < DAY_LAST;
	v->clear = url_of(t, views[t->kind], false, 0);
}

static void add_rows(struct trail *t, struct view_admin_audit *v)
{
	v->rows = t->rows;
	v->rows_n = t->n > ROWS ? ROWS : t->n;
	if (t->n > ROWS)
		v->next = url_of(t, views[t->kind], true, t->ids[ROWS - 1]);
	if (form_given(t->p->form, "before"))
		v->first = url_of(t, views[t->kind], true, 0);
	v->found = t->n == 0 ? "" : arena_printf(t->p->a,
		v->next.s != NULL || v->first.s != NULL ? "这一页 %zu 条" : "共 %zu 条", v->rows_n);
}

int audit_show(struct page *p)
{
	struct view_admin_audit v = { .errors = form_ok(p->form) ? NULL : p->form, .person = form_raw(p->form, "person"),
		.from = form_raw(p->form, "from"), .to = form_raw(p->form, "to") };
	struct trail t;
	int rc = read_trail(p, &t);

	if (rc == 0)
		rc = load(&t, ROWS + 1);
	if (rc != 0)
		return rc;
	add_frame(&t, &v);
	add_rows(&t, &v);
	if (v.errors != NULL)
		reply_status(p->reply, err_http(ERR_INVALID));
	v.frame = page_titled(p, "审计记录");
	view_admin_audit(&p->reply->body, &v);
	return 0;
}

int audit_csv(struct page *p)
{
	static const char *const head[] = { "时间", "谁", "做了什么", "对谁", "内容", "理由" };
	const struct org o = admin_org(p);
	struct trail t;
	int rc = form_ok(p->form) ? read_trail(p, &t) : ERR_INVALID;

	if (rc == 0)
		rc = load(&t, CSV_ROWS);
	if (rc == 0)
		rc = org_note_export(&o, arena_printf(p->a, "%s，%zu 条", view_names[t.kind], t.n));
	if (rc != 0)
		return rc;
	str_add(&p->reply->body, "\xef\xbb\xbf");
	admin_csv_row(p, head, ARRAY_LEN(head));
	for (size_t i = 0; i < t.n; i++) {
		const struct audit_row *r = &t.rows[i];
		const char *cells[] = { r->when, r->by, r->kind, r->whom, r->what, r->reason };

		admin_csv_row(p, cells, ARRAY_LEN(cells));
	}
	reply_type(p->reply, "text/csv; charset=utf-8");
	reply_download(p->reply, "审计记录.csv");
	return 0;
}
