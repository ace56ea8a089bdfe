/* rules_topics - what letters can be about: the list of topics, a new one, and one of them with what was done to it. */
#include "clock.h"
#include "rules.h"
#include "topic.h"
#include "topic_change.h"
#include "views/admin_form.h"
#include "views/rules_topic.h"
#include "views/rules_topics.h"

static const struct field new_fields[] = {
	{ "parent", FIELD_INT, .label = "放在哪里", .min = 0, .max = TOPIC_LAST },
	{ "name", FIELD_LINE, .label = "名称", .min = 2, .max = TOPIC_NAME_MAX, .required = true, .missing = "请填写名称" },
};
const struct form_def form_topic_new = { new_fields, ARRAY_LEN(new_fields) };

static const char *const does[] = { "rename", "retire", "offer", NULL };
enum { DO_RENAME, DO_RETIRE, DO_OFFER };
static const struct field one_fields[] = {
	{ "do", FIELD_CHOICE, .choices = does },
	{ "version", FIELD_INT, .min = 1, .max = INT32_MAX },
	{ "name", FIELD_LINE, .label = "名称", .min = 2, .max = TOPIC_NAME_MAX },
};
const struct form_def form_topic_one = { one_fields, ARRAY_LEN(one_fields) };

static struct topic_by changing(const struct page *p)
{
	return (struct topic_by){ p->db, p->a, page_actor(p)->officer_id, p->now };
}

/* --- all of them --- */

int topics_show(struct page *p)
{
	struct view_rules_topics v = { .may_change = access_may(page_actor(p), CAP_RULES), .nav = tabs(p, TABS_RULES) };
	struct q_topic_kept *rows = NULL;
	struct topic_row *list;
	size_t n = 0;
	int rc = q_topic_kept(p->db, p->a, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++)
		list[i] = (struct topic_row){ .id = rows[i].id, .name = rows[i].name, .upper = rows[i].parent_id == 0,
			.open = rows[i].open_n, .state = !rows[i].active ? "已停用" : !rows[i].offered ? "随上级停用" : "" };
	v.rows = list;
	v.rows_n = n;
	admin_flash(p);
	v.frame = page_titled(p, "来信主题");
	view_rules_topics(&p->reply->body, &v);
	return 0;
}

/* --- a new one --- */

static int new_form(struct page *p, const char *parent, bool typed)
{
	struct view_admin_form v = { .errors = typed ? p->form : NULL, .note = "", .back = { "/rules/topics" },
		.back_text = "来信主题", .heading = "新增主题",
		.intro = "新增以后，登记分办员马上可以给来信选它；统计和公开网站的分类里也会有它。" };
	struct admin_builder b = { p, &v.form, "", typed };
	struct q_topic_kept *rows = NULL;
	struct choice *uppers;
	size_t rows_n = 0, n = 0;
	int rc = q_topic_kept(p->db, p->a, &rows, &rows_n);

	if (rc != 0)
		return rc;
	uppers = arena_array(p->a, rows_n + 1, sizeof(*uppers));
	uppers[n++] = (struct choice){ .code = "0", .text = "单独一类（上级主题）" };
	for (size_t i = 0; i < rows_n; i++) {
		if (rows[i].parent_id == 0 && rows[i].active)
			uppers[n++] = (struct choice){ .code = arena_printf(p->a, "%lld", (long long)rows[i].id),
				.text = arena_printf(p->a, "%s 下面", rows[i].name) };
	}
	admin_select(&b, "parent", "放在哪里", uppers, n, parent);
	admin_field(&b, "text", "name", "名称", "")->hint = "一看就懂的几个字，例如“路灯照明”";
	v.form.csrf = p->csrf;
	v.form.url.s = "/rules/topics/new";
	v.form.button = "新增";
	v.frame = page_titled(p, v.heading);
	view_admin_form(&p->reply->body, &v);
	return 0;
}

int topic_new(struct page *p)
{
	const char *parent = arena_printf(p->a, "%lld", (long long)form_int(p->form, "parent", 0));

	form_empty(p->a, &form_topic_new, p->form);
	return new_form(p, parent, false);
}

int topic_new_send(struct page *p)
{
	struct topic_by by = changing(p);
	int64_t id = 0;
	int rc = 0;

	if (form_ok(p->form)) {
		rc = topic_add(&by, form_int(p->form, "parent", 0), form_text(p->form, "name"), &id);
		if (rc == 0)
			return admin_done(p, "/rules/topics", "topic");
	}
	rc = admin_failed(p, rc, "name");
	return rc != 0 ? rc : new_form(p, "0", true);
}

/* --- one of them --- */

static struct part_admin_form one_form(struct page *p, const struct q_topic_one *t, const char *what,
	const char *button)
{
	return (struct part_admin_form){ .csrf = p->csrf,
		.url = { arena_printf(p->a, "/rules/topics/%lld", (long long)t->id) },
		.code = "do", .code_value = what, .more = "version", .button = button,
		.more_value = arena_printf(p->a, "%lld", (long long)t->version) };
}

static int add_events(struct page *p, int64_t id, struct part_events *ret)
{
	static const struct { const char *kind, *text; } names[] = {
		{ "added", "新增" }, { "renamed", "改名" }, { "retired", "停用" }, { "offered", "恢复" },
	};
	struct q_topic_events *rows = NULL;
	struct event_row *list;
	size_t n = 0;
	int rc = q_topic_events(p->db, p->a, id, &rows, &n);

	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; rc == 0 && i < n; i++) {
		list[i] = (struct event_row){ .when = show_moment(p->a, rows[i].at, clock_day(p->now)), .by = rows[i].by_name,
			.what = rows[i].was != NULL ? arena_printf(p->a, "%s → %s", rows[i].was, rows[i].name) : rows[i].name };
		for (size_t k = 0; k < ARRAY_LEN(names); k++)
			list[i].kind = str_eq(rows[i].kind, names[k].kind) ? names[k].text : list[i].kind;
	}
	*ret = (struct part_events){ list, n };
	return rc;
}

static const char *about(struct arena *a, const struct q_topic_one *t)
{
	const char *where = t->parent_name != NULL ? arena_printf(a, "在“%s”下面。", t->parent_name) : "";

	if (!t->active)
		return arena_printf(a, "%s已停用：新的来信不能再选它，已经归在这里的信不变。", where);
	if (!t->parent_active)
		return arena_printf(a, "%s上级主题已停用，所以它也不能选。", where);
	return arena_printf(a, "%s新的来信可以选它。", where);
}

static int show_one(struct page *p, const struct q_topic_one *t, bool typed)
{
	struct view_rules_topic v = { .errors = typed ? p->form : NULL, .name = t->name, .about = about(p->a, t),
		.state = t->active ? "" : "已停用", .may_change = access_may(page_actor(p), CAP_RULES),
		.letters = { arena_printf(p->a, "/queue?view=open&topic=%lld", (long long)t->id) },
		.rename = one_form(p, t, "rename", "改名"),
		.offer = t->active ? one_form(p, t, "retire", "停用") : one_form(p, t, "offer", "恢复使用") };
	struct admin_builder b = { p, &v.rename, "", typed };
	int rc = add_events(p, t->id, &v.events);

	if (rc != 0)
		return rc;
	v.may_read = access_may(page_actor(p), CAP_READ);
	admin_field(&b, "text", "name", "名称", t->name)->hint
		= "已经归在这里的信、统计和公开网站都用新名称。意思变了的，请停用它，另外新增一个。";
	v.offer.hint = !t->active ? "" : t->parent_id == 0 ? "停用以后，它和它下面的主题都不再给新的来信选。"
		: "停用以后不再给新的来信选，已经归在这里的信不变。";
	v.offer.quiet = true;
	admin_flash(p);
	v.frame = page_titled(p, t->name);
	view_rules_topic(&p->reply->body, &v);
	return 0;
}

static int load_one(struct page *p, struct q_topic_one *ret)
{
	long long id;

	if (str_to_int(p->param, 1, TOPIC_LAST, &id) != 0)
		return err_set(ERR_NOTFOUND, "no id of a topic");
	return q_topic_one(p->db, p->a, id, ret);
}

int topic_show(struct page *p)
{
	struct q_topic_one t;
	int rc = load_one(p, &t);

	return rc != 0 ? rc : show_one(p, &t, false);
}

static int apply(struct page *p, const struct q_topic_one *t, int what)
{
	struct topic_by by = changing(p);
	int64_t version = form_int(p->form, "version", 0);

	if (what != DO_RENAME)
		return topic_offer(&by, t->id, version, what == DO_OFFER);
	if (form_text(p->form, "name") == NULL)
		return err_say(ERR_INVALID, "请填写名称");
	return topic_rename(&by, t->id, version, form_text(p->form, "name"));
}

int topic_send(struct page *p)
{
	static const char *const done[] = { "renamed", "off", "on" };
	int what = form_choice(p->form, "do"), rc;
	struct q_topic_one t;

	rc = load_one(p, &t);
	if (rc != 0)
		return rc;
	if (what < 0)
		return err_set(ERR_BADREQ, "nothing to do to a topic");
	rc = form_ok(p->form) ? apply(p, &t, what) : 0;
	if (rc == 0 && form_ok(p->form))
		return admin_done(p, arena_printf(p->a, "/rules/topics/%lld", (long long)t.id), done[what]);
	rc = admin_failed(p, rc, "name");
	return rc != 0 ? rc : show_one(p, &t, true);
}
