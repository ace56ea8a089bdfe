/* desk_reports - monthly bulletins and annual reports: making, reading, signing, publishing. The words:
 * desk_report_edit.c. */
#include <string.h>

#include "clock.h"
#include "desk_files.h"
#include "queries_read.h"
#include "report_show.h"
#include "show.h"
#include "views/desk_report.h"
#include "views/desk_reports.h"
#include "tabs.h"

#define REPORTS_ROWS 120
#define MONTHS_OFFERED 12
#define YEARS_OFFERED 2
#define REMIND_FROM_MONTH 1

static const struct field make_fields[] = { { "code", FIELD_TOKEN, .max = 7 } };
const struct form_def form_report_make = { make_fields, ARRAY_LEN(make_fields) };

static const char *const deeds[] = { "freeze", "sign", "unsign", "publish", "withdraw", NULL };
enum deed { FREEZE, SIGN, UNSIGN, PUBLISH, WITHDRAW };
static const struct field do_fields[] = {
	{ "do", FIELD_CHOICE, .choices = deeds, .required = true },
	{ "version", FIELD_INT, .min = 1, .max = INT32_MAX, .required = true },
	{ "words", FIELD_LINE, .max = REPORT_NOTE_MAX, .too_long = "最多 200 个字" },
};
const struct form_def form_report_do = { do_fields, ARRAY_LEN(do_fields) };

/* --- the list --- */

static bool is_made(const struct q_report_list *rows, size_t n, const char *code)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(rows[i].code, code) == 0)
			return true;
	}
	return false;
}

static void offer(struct page *p, const struct q_report_list *rows, size_t n, const char *code, struct choice *list,
	size_t *list_n)
{
	if (!is_made(rows, n, code))
		list[(*list_n)++] = (struct choice){ .code = code, .text = report_name(p->a, code),
			.chosen = str_eq(form_text(p->form, "code"), code) };
}

/* Periods that are over and have none: last year first while its report is due, then months. */
static void add_periods(struct page *p, const struct q_report_list *rows, size_t n, struct view_desk_reports *v)
{
	struct choice *list = arena_array(p->a, MONTHS_OFFERED + YEARS_OFFERED, sizeof(*list));
	int year, month, day;
	size_t k = 0;

	clock_civil(clock_day(p->now), &year, &month, &day);
	for (int i = 1; i <= YEARS_OFFERED; i++)
		offer(p, rows, n, arena_printf(p->a, "%04d", year - i), list, &k);
	for (int i = 1; i <= MONTHS_OFFERED; i++) {
		int m = month - i, y = year;

		if (m < 1) {
			m += 12;
			y--;
		}
		offer(p, rows, n, arena_printf(p->a, "%04d-%02d", y, m), list, &k);
	}
	v->periods = list;
	v->periods_n = k;
}

/* From 1 January until last year's report is published. */
static const char *reminder(struct page *p, const struct q_report_list *rows, size_t n)
{
	int32_t today = clock_day(p->now), due;
	int year, month, day;
	const char *code;

	clock_civil(today, &year, &month, &day);
	code = arena_printf(p->a, "%04d", year - 1);
	due = clock_day_of(year, REPORT_YEAR_DUE_MONTH, REPORT_YEAR_DUE_DAY);
	for (size_t i = 0; i < n; i++) {
		if (strcmp(rows[i].code, code) == 0 && strcmp(rows[i].state, "published") == 0)
			return "";
	}
	if (month == REMIND_FROM_MONTH)
		return arena_printf(p->a, "%s最迟在%s公布（国办函〔2018〕12号），还有 %d 天。", report_name(p->a, code),
			show_day(p->a, due, today), (int)(due - today));
	/* A city that began later has none to publish. */
	return is_made(rows, n, code) ? arena_printf(p->a, "%s应在 %d年1月31日以前公布，现在还没有公开。", report_name(p->a, code), year)
		: "";
}

static const char *by_words(struct page *p, const char *name, int64_t at)
{
	return name != NULL ? arena_printf(p->a, "%s %s", name, show_moment(p->a, at, clock_day(p->now))) : "";
}

static int show_list(struct page *p, const char *problem)
{
	struct view_desk_reports v = { .nav = tabs(p, TABS_WATCH), .problem = problem,
		.may_write = access_may(page_actor(p), CAP_WRITE_REPORT) };
	struct q_report_list *rows = NULL;
	struct desk_report_row *list;
	size_t n = 0;
	int rc = q_report_list(p->db, p->a, REPORTS_ROWS, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++)
		list[i] = (struct desk_report_row){ rows[i].code, report_name(p->a, rows[i].code),
			strcmp(rows[i].state, "draft") == 0 ? "草稿" : strcmp(rows[i].state, "signed") == 0 ? "已签发" : "已公开",
			by_words(p, rows[i].edited_name, rows[i].edited_at), rows[i].signed_name != NULL ? rows[i].signed_name : "",
			show_moment(p->a, rows[i].published_at, clock_day(p->now)) };
	v.rows = list;
	v.rows_n = n;
	v.remind = reminder(p, rows, n);
	add_periods(p, rows, n, &v);
	v.frame = page_titled(p, problem != NULL ? page_wrong(p, "月报和年度报告") : "月报和年度报告");
	view_desk_reports(&p->reply->body, &v);
	return 0;
}

int desk_reports(struct page *p)
{
	return show_list(p, NULL);
}

static struct report_act act_of(struct page *p, const struct report *r)
{
	return (struct report_act){ p->db, p->a, page_actor(p), r->id, form_int(p->form, "version", 0), p->now };
}

int desk_reports_send(struct page *p)
{
	struct report_act act = { p->db, p->a, page_actor(p), 0, 0, p->now };
	const char *code = form_text(p->form, "code");
	int rc = report_make(&act, code != NULL ? code : "");

	if (rc == ERR_INVALID) {
		reply_status(p->reply, err_http(rc));
		return show_list(p, arena_strdup(p->a, err_text(rc)));
	}
	return rc != 0 ? rc : reply_redirect(p->reply, arena_printf(p->a, "/reports/%s", code));
}

/* --- one --- */

static const char *next_words(const struct page *p, const struct report *r)
{
	bool own = r->edited_by == page_actor(p)->officer_id;

	switch (r->state) {
	case REPORT_DRAFT:
		return !access_may(page_actor(p), CAP_SIGN_REPORT) ? "督办员还在写；签发后由发布员公开。"
			: own ? "文字写好以后，请另一位有签发权限的人（领导或督办员）签发。" : "核对数字和文字后签发；签发后内容不能再改，由发布员公开。";
	case REPORT_SIGNED:
		return "已经签发，内容不能再改。由发布员公开；要修改，先退回。";
	default:
		return "公众可以在网站“统计数据—月报和年度报告”看到这份报告。";
	}
}

static void add_act(struct desk_report_act *list, size_t *n, bool may, struct desk_report_act act)
{
	if (may)
		list[(*n)++] = act;
}

static void add_acts(struct page *p, const struct report *r, struct view_desk_report *v)
{
	const struct actor *who = page_actor(p);
	bool write = access_may(who, CAP_WRITE_REPORT), sign = access_may(who, CAP_SIGN_REPORT);
	bool publish = access_may(who, CAP_PUBLISH), draft = r->state == REPORT_DRAFT;
	struct desk_report_act *list = arena_array(p->a, 6, sizeof(*list));
	size_t n = 0;

	add_act(list, &n, draft && sign && r->edited_by != who->officer_id,
		(struct desk_report_act){ .code = "sign", .button = "签发", .label = "签发意见（选填）", .hint = "", .value = "" });
	add_act(list, &n, draft && write, (struct desk_report_act){ .code = "freeze", .button = "重新取数",
		.label = "", .hint = "用现在的统计替换固定的数字，文字不变", .value = "" });
	add_act(list, &n, r->state == REPORT_SIGNED && publish, (struct desk_report_act){ .code = "publish",
		.button = "在网站上公开", .label = "", .hint = "公开后任何人都能看到和下载", .value = "" });
	add_act(list, &n, r->state == REPORT_SIGNED && sign, (struct desk_report_act){ .code = "unsign", .button = "退回修改",
		.label = "退回的理由", .hint = "", .value = "" });
	add_act(list, &n, r->state == REPORT_PUBLISHED && publish, (struct desk_report_act){ .code = "withdraw",
		.button = "停止公开", .label = "停止公开的理由", .hint = "", .value = "" });
	for (size_t i = 0; i < n; i++) {
		if (p->req->method == METHOD_POST && str_eq(form_raw(p->form, "do"), list[i].code)) {
			list[i].value = form_raw(p->form, "words");
			list[i].error = form_error(p->form, "words");
		}
	}
	v->acts = list;
	v->acts_n = n;
	v->may_edit = draft && write;
}

static int add_events(struct page *p, const struct report *r, struct view_desk_report *v)
{
	struct q_report_events *rows = NULL;
	struct event_row *list;
	size_t n = 0;
	int rc = q_report_events(p->db, p->a, r->id, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++)
		list[i] = (struct event_row){ show_moment(p->a, rows[i].at, clock_day(p->now)), report_event_name(rows[i].what),
			rows[i].name, "", rows[i].note };
	v->events = (struct part_events){ list, n };
	return 0;
}

static int show_one(struct page *p, const struct report *r, const char *problem)
{
	struct view_desk_report v = {
		.nav = tabs(p, TABS_WATCH), .code = r->code, .version = r->version, .problem = problem
	};
	int rc = report_show(p->a, r, &v.doc, &v.title);

	if (rc == 0)
		rc = add_events(p, r, &v);
	if (rc != 0)
		return rc;
	v.state = report_state_name(r->state);
	v.next = next_words(p, r);
	v.sha256 = str_hex(p->a, r->sha256.p, r->sha256.n);
	add_acts(p, r, &v);
	v.frame = page_titled(p, problem != NULL ? page_wrong(p, v.title) : v.title);
	view_desk_report(&p->reply->body, &v);
	return 0;
}

static int load(struct page *p, struct report *ret)
{
	enum report_kind kind;
	int32_t from, to;

	if (report_period(p->param, &kind, &from, &to) != 0)
		return err_set(ERR_NOTFOUND, "no such period");
	return report_load(p->db, p->a, p->param, ret);
}

int desk_report(struct page *p)
{
	struct report r;
	int rc = load(p, &r);

	return rc != 0 ? rc : show_one(p, &r, NULL);
}

static int carry_out(struct page *p, const struct report *r, enum deed deed)
{
	struct report_act act = act_of(p, r);
	const char *words = form_text(p->form, "words");

	if (words == NULL && (deed == UNSIGN || deed == WITHDRAW)) {
		form_fail(p->form, "words", "请写明理由");
		return err_say(ERR_INVALID, "请写明理由");
	}
	switch (deed) {
	case FREEZE:
		return report_refreeze(&act, r->code);
	case SIGN:
		return report_sign(&act, words != NULL ? words : "");
	case UNSIGN:
		return report_unsign(&act, words);
	case PUBLISH:
		return report_publish(&act);
	default:
		return report_withdraw(&act, words);
	}
}

int desk_report_do(struct page *p)
{
	struct report r;
	int rc = load(p, &r);
	const char *problem;

	if (rc != 0)
		return rc;
	if (form_error(p->form, "do") != NULL || form_error(p->form, "version") != NULL)
		return err_set(ERR_BADREQ, "no such deed");
	rc = form_ok(p->form) ? carry_out(p, &r, (enum deed)form_choice(p->form, "do"))
		: err_say(ERR_INVALID, "%s", form_error(p->form, "words"));
	if (rc == 0)
		return reply_redirect(p->reply, arena_printf(p->a, "/reports/%s", r.code));
	if (rc != ERR_INVALID && rc != ERR_CONFLICT && rc != ERR_STATE)
		return rc;
	problem = arena_strdup(p->a, err_text(rc));
	reply_status(p->reply, err_http(rc));
	rc = load(p, &r);
	return rc != 0 ? rc : show_one(p, &r, problem);
}

/* --- as a file --- */

static int order(struct page *p, const char *of, struct paper_wish *wish)
{
	struct report r;
	enum report_kind kind;
	int32_t from, to;
	int rc = report_period(of, &kind, &from, &to) == 0 ? report_load(p->db, p->a, of, &r) : ERR_NOTFOUND;

	if (rc != 0)
		return rc == ERR_NOTFOUND ? err_set(ERR_NOTFOUND, "no report %s", of) : rc;
	wish->title = report_name(p->a, r.code);
	wish->params = arena_printf(p->a, "{\"code\":\"%s\"}", r.code);
	return 0;
}

int desk_file_report(struct page *p, const char *of, struct paper_wish *wish)
{
	return order(p, of, wish);
}

int desk_file_report_table(struct page *p, const char *of, struct paper_wish *wish)
{
	return order(p, of, wish);
}
