/* inspect_incidents - /inspect/incidents: registering an incident, its two clocks, logging what was reported. */
#include <string.h>

#include "clock.h"
#include "incident.h"
#include "inspect_page.h"
#include "views/inspect_incident.h"
#include "views/inspect_incidents.h"

#define ROWS 50

static const char *const kinds[] = {
#define K(code, zh) #code,
	INCIDENT_KINDS(K) NULL };
static const char *const severities[] = { INCIDENT_SEVERITIES(K) NULL };
static const char *const reports[] = { INCIDENT_REPORTS(K) NULL };
static const char *const ways[] = { INCIDENT_WAYS(K) NULL };
#undef K

static const struct field add_fields[] = {
	{ "title", FIELD_LINE, .label = "事件名称", .min = 4, .max = INCIDENT_TITLE_MAX, .required = true },
	{ "kind", FIELD_CHOICE, .label = "类别", .choices = kinds, .required = true, .missing = "请选择类别" },
	{ "severity", FIELD_CHOICE, .label = "级别", .choices = severities, .required = true, .missing = "请选择级别" },
	{ "found", FIELD_LINE, .label = "发现时间", .max = 30, .required = true },
	{ "words", FIELD_TEXT, .label = "情况", .min = 5, .max = INCIDENT_WORDS_MAX, .required = true },
	{ "before", FIELD_INT, .min = 1, .max = INT32_MAX },
};
const struct form_def form_incident = { add_fields, ARRAY_LEN(add_fields) };

static const struct field report_fields[] = {
	{ "version", FIELD_INT, .min = 1, .max = INT32_MAX, .required = true },
	{ "report", FIELD_CHOICE, .label = "报告", .choices = reports, .required = true, .missing = "请选择是哪一种报告" },
	{ "to_whom", FIELD_LINE, .label = "报给", .min = 2, .max = INCIDENT_TO_MAX, .required = true },
	{ "how", FIELD_CHOICE, .label = "方式", .choices = ways, .required = true, .missing = "请选择方式" },
	{ "at", FIELD_LINE, .label = "报告时间", .max = 30, .required = true },
	{ "words", FIELD_TEXT, .label = "内容", .min = 5, .max = INCIDENT_WORDS_MAX, .required = true },
};
const struct form_def form_incident_report = { report_fields, ARRAY_LEN(report_fields) };

/* --- clocks --- */

struct clocks {
	struct page *p;
	const struct worktime *wt;
	struct inspect_rule *rules;
	size_t rules_n;
	int32_t today;
};

static int load_rules(struct page *p, struct clocks *ret)
{
	int rc = worktime_get(p->db, &ret->wt);

	ret->p = p;
	ret->today = clock_day(p->now);
	return rc != 0 ? rc : inspect_rules(p->db, p->a, ret->today, &ret->rules, &ret->rules_n);
}

static struct incident_clock clock_of(const struct clocks *g, enum inspect_kind kind, int64_t found, int64_t due,
	int64_t done)
{
	struct arena *a = g->p->a;
	const struct inspect_fact f = { .kind = kind, .since = found };
	enum inspect_level level = inspect_level_of(g->wt->cal, g->rules, g->rules_n, &f, g->p->now, NULL);
	struct incident_clock c = { .due = show_moment(a, due, g->today),
		.name = arena_printf(a, "%s（%lld 小时）", kind == INSPECT_incident_first ? "首次报告" : "书面报告",
			(long long)((due - found) / 3600)) };

	if (done != TIME_NONE) {
		c.light = done <= due ? "已报告" : "超时报告";
		c.css = done <= due ? "lx-tag--green" : "lx-tag--red";
		c.words = done <= due ? show_moment(a, done, g->today)
			: arena_printf(a, "%s，超时 %s", show_moment(a, done, g->today), inspect_span(a, done - due));
		return c;
	}
	c.light = inspect_level_name(level);
	c.css = inspect_css(level);
	c.words = g->p->now <= due ? arena_printf(a, "还有 %s", inspect_span(a, due - g->p->now))
		: arena_printf(a, "超时 %s", inspect_span(a, g->p->now - due));
	return c;
}

static struct incident_row row_of(const struct clocks *g, const struct q_incident_list *r)
{
	return (struct incident_row){ .no = r->no, .title = r->title, .kind = incident_word(r->kind),
		.severity = incident_word(r->severity), .found = show_moment(g->p->a, r->found_at, g->today),
		.state = r->closed_at != TIME_NONE
			? arena_printf(g->p->a, "%s处置完毕", show_moment(g->p->a, r->closed_at, g->today)) : "处置中",
		.first = clock_of(g, INSPECT_incident_first, r->found_at, r->first_due_at, r->first_at),
		.full = clock_of(g, INSPECT_incident_full, r->found_at, r->full_due_at, r->full_at) };
}

/* --- forms --- */

static void add_select(struct admin_builder *b, const char *name, const char *label, const char *const *codes)
{
	struct choice *list = arena_array(b->p->a, 12, sizeof(*list));
	size_t n = 0;

	list[n++] = (struct choice){ .code = "", .text = "请选择" };
	for (size_t i = 0; codes[i] != NULL; i++)
		list[n++] = (struct choice){ .code = codes[i], .text = incident_word(codes[i]) };
	admin_select(b, name, label, list, n, "");
}

/* As <input type=datetime-local> writes it. */
static const char *local_minute(struct arena *a, int64_t at)
{
	return arena_strndup(a, clock_fmt_iso(a, at), 16);
}

static const struct part_admin_form *add_form(struct page *p, bool typed)
{
	struct part_admin_form *f = ARENA_NEW(p->a, struct part_admin_form);
	struct admin_builder b = { p, f, "", typed };

	*f = (struct part_admin_form){ .csrf = p->csrf, .url = { "/inspect/incidents" }, .code = "", .more = "",
		.summary = "登记一起事件", .open = typed, .hint = "", .button = "登记事件" };
	admin_field(&b, "text", "title", "事件名称", "");
	add_select(&b, "kind", "类别", kinds);
	add_select(&b, "severity", "级别", severities);
	admin_field(&b, "datetime-local", "found", "发现时间", local_minute(p->a, p->now))->hint = "时限从这个时刻起算，登记以后不能修改";
	admin_field(&b, "area", "words", "情况", "")->hint = "什么时候、哪个系统、什么现象、影响多大、采取了什么措施。不写个人信息";
	return f;
}

static const struct part_admin_form *report_form(struct page *p, const char *no, int64_t version, bool typed)
{
	struct part_admin_form *f = ARENA_NEW(p->a, struct part_admin_form);
	struct admin_builder b = { p, f, "", typed };

	*f = (struct part_admin_form){ .csrf = p->csrf, .code = "version", .more = "", .summary = "", .button = "登记报告",
		.url = { arena_printf(p->a, "/inspect/incidents/%s", no) }, .hint = "报告以后在这里登记，登记了不能修改。",
		.code_value = arena_printf(p->a, "%lld", (long long)version) };
	add_select(&b, "report", "报告", reports);
	admin_field(&b, "text", "to_whom", "报给", "")->hint = "例如：省委网信办、市公安局网安支队";
	add_select(&b, "how", "方式", ways);
	admin_field(&b, "datetime-local", "at", "报告时间", local_minute(p->a, p->now));
	admin_field(&b, "area", "words", "内容", "");
	return f;
}

/* A moment as typed; a mistake at the field when it is none. */
static int64_t read_moment(struct page *p, const char *field)
{
	const char *text = form_text(p->form, field);
	int64_t at = TIME_NONE;

	if (text != NULL && clock_parse(text, &at) != 0) {
		form_fail(p->form, field, "时间写成 2026-09-29 16:00 这样");
		return TIME_NONE;
	}
	return at;
}

/* --- the list --- */

static int show_list(struct page *p, int64_t before, bool typed)
{
	struct view_inspect_incidents v = { .form = p->form };
	struct clocks g;
	struct q_incident_list *rows = NULL;
	struct incident_row *list;
	size_t n = 0;
	int rc = load_rules(p, &g);

	if (rc == 0)
		rc = q_incident_list(p->db, p->a, before, ROWS + 1, &rows, &n);
	if (rc != 0)
		return rc;
	v.rows_n = n > ROWS ? ROWS : n;
	list = arena_array(p->a, v.rows_n + 1, sizeof(*list));
	for (size_t i = 0; i < v.rows_n; i++)
		list[i] = row_of(&g, &rows[i]);
	v.rows = list;
	if (n > ROWS)
		v.older = (struct url){ arena_printf(p->a, "/inspect/incidents?before=%lld", (long long)rows[ROWS - 1].id) };
	if (access_may(page_actor(p), CAP_INCIDENT))
		v.add = add_form(p, typed);
	v.nav = tabs(p, TABS_WATCH);
	v.tabs = tabs(p, TABS_INSPECT);
	v.frame = page_titled(p, "安全事件");
	view_inspect_incidents(&p->reply->body, &v);
	return 0;
}

int inspect_incidents_show(struct page *p)
{
	int64_t before = form_int(p->form, "before", INT32_MAX);

	form_empty(p->a, &form_incident, p->form);
	return show_list(p, before, false);
}

int inspect_incident_add(struct page *p)
{
	struct incident in = { .found_at = read_moment(p, "found"), .title = form_text(p->form, "title"),
		.words = form_text(p->form, "words") };
	const char *no;
	int rc = ERR_INVALID;

	if (form_ok(p->form)) {
		in.kind = kinds[form_choice(p->form, "kind")];
		in.severity = severities[form_choice(p->form, "severity")];
		rc = incident_add(p->db, p->a, page_actor(p), &in, p->now, &no);
		if (rc == ERR_INVALID)
			form_fail(p->form, "found", arena_strdup(p->a, err_text(rc)));
	}
	if (rc == 0)
		return inspect_done(p, arena_printf(p->a, "/inspect/incidents/%s", no), "incident");
	if (rc != ERR_INVALID)
		return rc;
	reply_status(p->reply, err_http(rc));
	return show_list(p, INT32_MAX, true);
}

/* --- one --- */

static int load_told(struct page *p, int64_t id, struct view_inspect_incident *v)
{
	int32_t today = clock_day(p->now);
	struct q_incident_reports *rows = NULL;
	struct incident_told *list;
	size_t n = 0;
	int rc = q_incident_reports(p->db, p->a, id, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++)
		list[i] = (struct incident_told){ incident_word(rows[i].kind), rows[i].to_whom, incident_word(rows[i].how),
			rows[i].words, show_moment(p->a, rows[i].reported_at, today), show_moment(p->a, rows[i].logged_at, today),
			rows[i].who };
	v->told = list;
	v->told_n = n;
	return 0;
}

static int show_one(struct page *p, bool typed, const char *changed)
{
	struct view_inspect_incident v = { .form = p->form, .changed = changed };
	struct q_incident_get row;
	struct clocks g;
	int rc = load_rules(p, &g);

	if (rc == 0)
		rc = q_incident_get(p->db, p->a, p->param, &row);
	if (rc == 0)
		rc = load_told(p, row.id, &v);
	if (rc != 0)
		return rc;
	v.row = row_of(&g, &(struct q_incident_list){ .no = row.no, .title = row.title, .kind = row.kind,
		.severity = row.severity, .found_at = row.found_at, .first_due_at = row.first_due_at,
		.full_due_at = row.full_due_at, .first_at = row.first_at, .full_at = row.full_at, .closed_at = row.closed_at });
	v.words = view_paragraphs(p->a, row.words);
	v.registered = arena_printf(p->a, "%s 由 %s 登记", show_moment(p->a, row.registered_at, g.today), row.who);
	if (row.closed_at == TIME_NONE && access_may(page_actor(p), CAP_INCIDENT))
		v.report = report_form(p, row.no, row.version, typed);
	v.nav = tabs(p, TABS_WATCH);
	v.tabs = tabs(p, TABS_INSPECT);
	v.frame = page_titled(p, arena_printf(p->a, "安全事件 %s", row.no));
	view_inspect_incident(&p->reply->body, &v);
	return 0;
}

int inspect_incident_show(struct page *p)
{
	form_empty(p->a, &form_incident_report, p->form);
	inspect_flash(p);
	return show_one(p, false, "");
}

int inspect_incident_report(struct page *p)
{
	struct incident_report in = { .to_whom = form_text(p->form, "to_whom"), .words = form_text(p->form, "words"),
		.reported_at = read_moment(p, "at") };
	int rc = ERR_INVALID;

	if (form_ok(p->form)) {
		in.kind = reports[form_choice(p->form, "report")];
		in.how = ways[form_choice(p->form, "how")];
		rc = incident_report(p->db, p->a, page_actor(p), p->param, form_int(p->form, "version", 0), &in, p->now);
		if (rc == ERR_INVALID)
			form_fail(p->form, str_eq(in.kind, "close") ? "report" : "at", arena_strdup(p->a, err_text(rc)));
	}
	if (rc == 0)
		return inspect_done(p, arena_printf(p->a, "/inspect/incidents/%s", p->param), "reported");
	if (rc != ERR_INVALID && rc != ERR_CONFLICT && rc != ERR_STATE)
		return rc;
	reply_status(p->reply, err_http(rc));
	return show_one(p, true, rc == ERR_CONFLICT ? "别人刚刚登记了一次报告，请看下面的报告记录。您填写的还在，确实要再登记的，请再点一次。"
		: rc == ERR_STATE ? arena_strdup(p->a, err_text(rc)) : "");
}
