/* inspect_patrol - /inspect/patrol: what the visits to the public pages found in a week, and the rounds of people. */
#include <string.h>

#include "clock.h"
#include "figures.h"
#include "inspect_page.h"
#include "patrol.h"
#include "views/inspect_patrol.h"

#define WEEK_S (7 * 86400ll)
#define FAILURES 50
#define NOTES 30
#define VISITS_A_DAY 20

static const char *const results[] = { "fine", "found", NULL };
static const struct field note_fields[] = {
	{ "result", FIELD_CHOICE, .label = "结果", .choices = results, .required = true, .missing = "请选择巡检的结果" },
	{ "words", FIELD_TEXT, .label = "看了什么，发现什么", .min = 2, .max = PATROL_NOTE_MAX, .required = true,
		.missing = "请写明看了哪些页面、发现了什么" },
	{ "done", FIELD_TEXT, .label = "怎样处理", .max = PATROL_NOTE_MAX },
	{ "before", FIELD_INT, .min = 1, .max = INT32_MAX },
};
const struct form_def form_patrol = { note_fields, ARRAY_LEN(note_fields) };

static const char *const does[] = { "add", "off", "on", NULL };
enum { DO_ADD, DO_OFF, DO_ON };
static const struct field target_fields[] = {
	{ "do", FIELD_CHOICE, .choices = does, .required = true },
	{ "id", FIELD_INT, .min = 1, .max = INT32_MAX },
	{ "name", FIELD_LINE, .label = "页面名称", .max = PATROL_NAME_MAX },
	{ "path", FIELD_LINE, .label = "地址", .max = PATROL_PATH_MAX },
	{ "must_hold", FIELD_LINE, .label = "应有的文字", .max = PATROL_WORDS_MAX / 4 },
	{ "every", FIELD_INT, .label = "间隔", .min = 5, .max = 70, .wrong = "间隔是 5 到 70 分钟：每天至少 20 次" },
};
const struct form_def form_patrol_target = { target_fields, ARRAY_LEN(target_fields) };

static const char *why_words(struct arena *a, const char *why, int64_t status)
{
	static const struct { const char *code, *zh; } words[] = { { "timeout", "超过 15 秒没有打开" },
		{ "connect", "连不上服务器" }, { "name", "域名解析不了" }, { "tls", "证书有问题" }, { "size", "页面太大" },
		{ "words", "打开了，但内容不对" }, { "other", "网络中断" } };

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (str_eq(words[i].code, why))
			return words[i].zh;
	}
	return arena_printf(a, "服务器回答 %lld", (long long)status);
}

static const char *seconds(struct arena *a, int64_t ms)
{
	return ms < 100 ? "不到 0.1 秒" : arena_printf(a, "%lld.%lld 秒", (long long)(ms / 1000), (long long)(ms % 1000 / 100));
}

static struct patrol_target_row target_row(struct page *p, const struct q_patrol_week *t)
{
	struct arena *a = p->a;
	int32_t today = clock_day(p->now);
	bool seen = t->last_at != TIME_NONE, ok = seen && t->why[0] == '\0';
	struct patrol_target_row row = { .id = t->id, .name = t->name, .path = t->path, .holds = t->must_hold,
		.active = t->active, .foot = t->foot_missing != NULL ? t->foot_missing : "", .share = "",
		.css = !seen ? "lx-tag--grey" : ok ? "lx-tag--green" : "lx-tag--red" };

	row.state = !t->active ? "已停止" : !seen ? "还没有访问" : ok ? "正常" : why_words(a, t->why, *t->last_status);
	row.last = seen ? arena_printf(a, "%s，%s", show_moment(a, t->last_at, today), seconds(a, *t->last_ms)) : "";
	row.week = arena_printf(a, "%lld 次，失败 %lld 次", (long long)t->visits, (long long)t->failed);
	row.often = arena_printf(a, "最近 24 小时 %lld 次，每天至少 %d 次", (long long)t->visits_day, VISITS_A_DAY);
	if (t->visits > 0)
		row.share = figure_share(a, t->failed, t->visits);
	row.slowest = t->visits > 0 ? seconds(a, t->slowest) : "—";
	return row;
}

static int load_targets(struct page *p, struct view_inspect_patrol *v)
{
	struct q_patrol_week *rows = NULL;
	struct patrol_target_row *list;
	size_t n = 0;
	int rc = q_patrol_week(p->db, p->a, p->now - 86400, p->now - WEEK_S, p->now, p->now - WEEK_S, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++)
		list[i] = target_row(p, &rows[i]);
	v->targets = list;
	v->targets_n = n;
	return 0;
}

/* The same light as on the page of the indicators. */
static int load_light(struct page *p, struct view_inspect_patrol *v)
{
	const struct worktime *wt = NULL;
	struct inspect_rule *rules = NULL;
	struct inspect_fact *facts = NULL;
	size_t rules_n = 0, n = 0;
	int rc = worktime_get(p->db, &wt);

	if (rc == 0)
		rc = inspect_rules(p->db, p->a, clock_day(p->now), &rules, &rules_n);
	if (rc == 0)
		rc = inspect_facts(p->db, p->a, wt, p->now, &facts, &n);
	for (size_t i = 0; rc == 0 && i < n; i++) {
		if (facts[i].kind == INSPECT_probe_week) {
			enum inspect_level level = inspect_level_of(wt->cal, rules, rules_n, &facts[i], p->now, NULL);

			v->share = facts[i].words;
			v->css = inspect_css(level);
			v->light = inspect_level_name(level);
		}
	}
	return rc;
}

static int load_failures(struct page *p, struct view_inspect_patrol *v)
{
	struct q_patrol_failed *rows = NULL;
	struct patrol_failure *list;
	size_t n = 0;
	int rc = q_patrol_failed(p->db, p->a, p->now - WEEK_S, FAILURES, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++)
		list[i] = (struct patrol_failure){ show_moment(p->a, rows[i].at, clock_day(p->now)), rows[i].name,
			why_words(p->a, rows[i].why, rows[i].status), seconds(p->a, rows[i].ms) };
	v->failures = list;
	v->failures_n = n;
	return 0;
}

static int load_notes(struct page *p, int64_t before, struct view_inspect_patrol *v)
{
	struct q_patrol_notes *rows = NULL;
	struct patrol_note_row *list;
	size_t n = 0;
	int rc = q_patrol_notes(p->db, p->a, before, NOTES + 1, &rows, &n);

	if (rc != 0)
		return rc;
	v->notes_n = n > NOTES ? NOTES : n;
	list = arena_array(p->a, v->notes_n + 1, sizeof(*list));
	for (size_t i = 0; i < v->notes_n; i++) {
		bool fine = str_eq(rows[i].result, "fine");

		list[i] = (struct patrol_note_row){ show_moment(p->a, rows[i].at, clock_day(p->now)), rows[i].who,
			fine ? "正常" : "发现问题", fine ? "lx-tag--green" : "lx-tag--orange", rows[i].words, rows[i].done };
	}
	v->notes = list;
	if (n > NOTES)
		v->older.s = arena_printf(p->a, "/inspect/patrol?before=%lld#notes", (long long)rows[NOTES - 1].id);
	return 0;
}

static const struct part_admin_form *note_form(struct page *p, bool typed)
{
	static const struct choice shown[] = { { .code = "", .text = "请选择" }, { .code = "fine", .text = "正常" },
		{ .code = "found", .text = "发现问题" } };
	struct part_admin_form *f = ARENA_NEW(p->a, struct part_admin_form);
	struct admin_builder b = { p, f, "", typed };

	*f = (struct part_admin_form){ .csrf = p->csrf, .url = { "/inspect/patrol" }, .code = "", .more = "",
		.summary = "登记一次巡检", .open = typed, .hint = "", .button = "登记巡检" };
	admin_select(&b, "result", "结果", shown, ARRAY_LEN(shown), "");
	admin_field(&b, "area", "words", "看了什么，发现什么", "");
	admin_field(&b, "area", "done", "怎样处理", "")->optional = true;
	return f;
}

static const struct part_admin_form *target_form(struct page *p, bool typed)
{
	struct part_admin_form *f = ARENA_NEW(p->a, struct part_admin_form);
	struct admin_builder b = { p, f, "", typed };
	struct part_field *path, *words;

	*f = (struct part_admin_form){ .csrf = p->csrf, .url = { "/inspect/targets" }, .code = "do", .code_value = "add",
		.more = "", .summary = "增加拨测的页面", .open = typed, .hint = "", .button = "增加", .quiet = true };
	admin_field(&b, "text", "name", "页面名称", "");
	path = admin_field(&b, "text", "path", "地址", "");
	path->hint = arena_printf(p->a, "本网站里的地址，以“/”开头，例如 /open?type=consult。前面自动加上 %s", conf.public_url);
	words = admin_field(&b, "text", "must_hold", "应有的文字", "");
	words->hint = "页面里没有这几个字，就算没有打开";
	words->optional = true;
	admin_field(&b, "number", "every", "间隔（分钟，5 到 70）", "60")->css = "lx-input--width-5";
	return f;
}

static int show(struct page *p, int64_t before, bool note_typed, bool target_typed)
{
	struct view_inspect_patrol v = { .form = p->form };
	int rc = load_targets(p, &v);

	if (rc == 0)
		rc = load_light(p, &v);
	if (rc == 0)
		rc = load_failures(p, &v);
	if (rc == 0)
		rc = load_notes(p, before, &v);
	if (rc != 0)
		return rc;
	if (access_may(page_actor(p), CAP_PATROL))
		v.note = note_form(p, note_typed);
	if (access_may(page_actor(p), CAP_INSPECT))
		v.add = target_form(p, target_typed);
	v.nav = tabs(p, TABS_WATCH);
	v.tabs = tabs(p, TABS_INSPECT);
	v.frame = page_titled(p, "拨测和巡检");
	view_inspect_patrol(&p->reply->body, &v);
	return 0;
}

int inspect_patrol_show(struct page *p)
{
	int64_t before = form_int(p->form, "before", INT32_MAX);

	form_empty(p->a, &form_patrol, p->form);
	inspect_flash(p);
	return show(p, before, false, false);
}

int inspect_patrol_send(struct page *p)
{
	int rc;

	if (form_ok(p->form) && form_choice(p->form, "result") == 1 && form_text(p->form, "done") == NULL)
		form_fail(p->form, "done", "发现了问题，请写明怎样处理");
	rc = form_ok(p->form) ? patrol_note(p->db, page_actor(p), form_choice(p->form, "result") == 1,
		form_text(p->form, "words"), form_text(p->form, "done"), p->now) : ERR_INVALID;
	if (rc == 0)
		return inspect_done(p, "/inspect/patrol", "noted");
	if (rc != ERR_INVALID)
		return rc;
	reply_status(p->reply, err_http(rc));
	return show(p, INT32_MAX, true, false);
}

static int add_target(struct page *p)
{
	int rc;

	if (form_text(p->form, "name") == NULL)
		form_fail(p->form, "name", "请填写页面名称");
	if (form_text(p->form, "path") == NULL)
		form_fail(p->form, "path", "请填写地址，例如 /open");
	if (!form_ok(p->form))
		return ERR_INVALID;
	rc = patrol_target_add(p->db, p->a, page_actor(p), form_text(p->form, "name"), form_text(p->form, "path"),
		form_text(p->form, "must_hold"), (int)form_int(p->form, "every", 60));
	if (rc == ERR_DUP)
		form_fail(p->form, "path", "这个地址已经在拨测");
	else if (rc == ERR_INVALID)
		form_fail(p->form, "path", arena_strdup(p->a, err_text(rc)));
	return rc;
}

int inspect_target_send(struct page *p)
{
	int what = form_choice(p->form, "do"), rc;

	if (what == DO_OFF || what == DO_ON) {
		rc = patrol_target_set(p->db, page_actor(p), form_int(p->form, "id", 0), what == DO_ON);
		return rc != 0 ? rc : inspect_done(p, "/inspect/patrol", what == DO_ON ? "on" : "off");
	}
	rc = add_target(p);
	if (rc == 0)
		return inspect_done(p, "/inspect/patrol", "target");
	if (rc != ERR_INVALID && rc != ERR_DUP)
		return rc;
	reply_status(p->reply, err_http(rc));
	return show(p, INT32_MAX, false, true);
}
