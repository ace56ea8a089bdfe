/* desk_rescan - /clearing/rescan: everything published looked at again for personal data (tickets/rescan.h): begun
 * here, how far it is, and what it found, each place decided by one press: taken down, edited, or it may stay. */
#include <string.h>

#include "clock.h"
#include "desk.h"
#include "edition.h"
#include "rescan.h"
#include "tabs.h"
#include "text.h"
#include "views/desk_rescan.h"

#define AROUND 24            /* characters before and behind a find */

static const char *const things[] = { "start", "keep", "take_down", NULL };
static const struct field rescan_fields[] = {
	{ "do", FIELD_CHOICE, .choices = things },
	{ "id", FIELD_INT, .min = 1, .max = INT32_MAX },
	{ "after", FIELD_INT, .max = INT32_MAX },
	{ "done", FIELD_TOKEN, .max = 12 },
	{ "of", FIELD_TOKEN, .max = 40 },
};
const struct form_def form_rescan = { rescan_fields, ARRAY_LEN(rescan_fields) };

static const char *field_name(const char *code)
{
	return str_eq(code, "title") ? "标题" : str_eq(code, "body") ? "来信" : "答复";
}

static const char *kind_name(const char *code)
{
	for (int k = 0; k < REDACT__MAX; k++) {
		if (str_eq(code, redact_code((enum redact_kind)k)))
			return redact_name((enum redact_kind)k);
	}
	return code;
}

/* The last characters of s[0..n). */
static const char *tail(struct arena *a, const char *s, size_t n)
{
	size_t from = n;

	for (int left = AROUND; from > 0 && left > 0; left--) {
		do
			from--;
		while (from > 0 && ((unsigned char)s[from] & 0xc0) == 0x80);
	}
	return arena_printf(a, "%s%.*s", from > 0 ? "…" : "", (int)(n - from), s + from);
}

static struct rescan_find find_row(struct page *p, const struct q_rescan_finds *row)
{
	size_t len = strlen(row->words), from = (size_t)row->from_at, to = (size_t)row->to_at;
	bool there = from < to && to <= len;

	return (struct rescan_find){ .id = row->id, .number = row->no, .title = row->title, .where = field_name(row->field),
		.before = there ? tail(p->a, row->words, from) : "",
		.words = there ? arena_strndup(p->a, row->words + from, to - from) : row->words,
		.after = there ? text_cut(p->a, row->words + to, AROUND) : "",
		.kind = kind_name(row->kind), .why = row->why, .edit = desk_url(p->a, row->no, "/publish"), .own = row->own };
}

static const char *course(struct page *p, const struct q_rescan_list *r)
{
	if (r->done_at != TIME_NONE)
		return arena_printf(p->a, "%s完成", show_moment(p->a, r->done_at, clock_day(p->now)));
	return arena_printf(p->a, "进行中，已看 %lld / %lld 封", (long long)r->looked, (long long)r->total);
}

static void add_runs(struct page *p, const struct q_rescan_list *rows, size_t n, struct view_desk_rescan *v)
{
	struct rescan_run *list = arena_array(p->a, n + 1, sizeof(*list));
	int32_t today = clock_day(p->now);

	for (size_t i = 0; i < n; i++) {
		const struct q_rescan_list *r = &rows[i];

		list[i] = (struct rescan_run){ .when = show_moment(p->a, r->asked_at, today),
			.who = r->by_name != NULL ? r->by_name : "系统（规则更新或运维启动）", .rules = r->rules, .course = course(p, r),
			.found = r->finds > 0 ? arena_printf(p->a, "%lld 封，%lld 处", (long long)r->letters, (long long)r->finds)
				: r->done_at != TIME_NONE ? "没有" : "—", .uncompared = r->uncompared };
		v->running = v->running || r->done_at == TIME_NONE;
	}
	v->looked = n > 0 ? rows[0].looked : 0;
	v->total = n > 0 ? rows[0].total : 0;
	v->runs = list;
	v->runs_n = n;
}

static const char *list_url(struct page *p, int64_t after)
{
	struct str o;

	str_init(&o, p->a, 200);
	str_add(&o, "/clearing/rescan");
	view_query_add(&o, "after", after > 0 ? arena_printf(p->a, "%lld", (long long)after) : NULL);
	return o.s;
}

static int add_finds(struct page *p, struct view_desk_rescan *v)
{
	const struct actor *who = page_actor(p);
	int64_t after = form_int(p->form, "after", 0);
	struct q_rescan_finds *rows = NULL;
	struct rescan_find *list;
	size_t n = 0;
	int rc = q_rescan_finds(p->db, p->a, who->officer_id, who->unit_id, who->officer_id, after, DESK_ROWS + 1, &rows,
		&n);

	if (rc != 0)
		return rc;
	v->finds_n = n > DESK_ROWS ? DESK_ROWS : n;
	list = arena_array(p->a, v->finds_n + 1, sizeof(*list));
	for (size_t i = 0; i < v->finds_n; i++)
		list[i] = find_row(p, &rows[i]);
	v->finds = list;
	if (n > DESK_ROWS)
		v->next.s = list_url(p, rows[DESK_ROWS - 1].id);
	if (after > 0)
		v->first.s = list_url(p, 0);
	v->after = after;
	return 0;
}

static const char *said(struct page *p)
{
	static const struct { const char *code, *words; } rows[] = {
		{ "start", "已开始扫描，在后台进行，可以离开这一页。" }, { "keep", "已记下：这一处可以公开。" },
		{ "take_down", "已从公开网站撤下，公众看不到了。改好并重新审查以后，可以再公开。" }, { "gone", "这一处已经处理过了。" },
	};
	const char *done = form_text(p->form, "done");

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		if (str_eq(done, rows[i].code))
			return rows[i].words;
	}
	return "";
}

/* From what was just taken down to its edition. What is no number is not repeated. */
static void add_way(struct page *p, struct view_desk_rescan *v)
{
	const char *of = form_text(p->form, "of");

	if (v->may_edit && of != NULL && desk_is_number(of) && str_eq(form_text(p->form, "done"), "take_down"))
		v->said_edit = desk_url(p->a, of, "/publish");
}

static int show(struct page *p, const char *problem)
{
	struct view_desk_rescan v = { .csrf = p->csrf, .rules = REDACT_RULES, .problem = problem, .said = said(p),
		.may_take_down = access_may(page_actor(p), CAP_WITHDRAW_PUB),
		.may_edit = access_may(page_actor(p), CAP_EDIT_EDITION), .nav = tabs(p, TABS_PUB) };
	struct q_rescan_list *rows = NULL;
	struct q_rescan_open open;
	size_t n = 0;
	int rc = q_rescan_list(p->db, p->a, &rows, &n);

	if (rc == 0)
		rc = q_rescan_open(p->db, p->a, &open);
	if (rc != 0)
		return rc;
	add_runs(p, rows, n, &v);
	v.open = open.finds > 0 ? arena_printf(p->a, "%lld 封信里有 %lld 处等待处理", (long long)open.letters,
		(long long)open.finds) : "";
	rc = add_finds(p, &v);
	if (rc != 0)
		return rc;
	add_way(p, &v);
	v.frame = page_titled(p, "重新扫描已公开的信");
	view_desk_rescan(&p->reply->body, &v);
	return 0;
}

int desk_rescan(struct page *p)
{
	return show(p, "");
}

static int take_down(struct page *p, const struct q_rescan_find_get *find)
{
	struct act act = { .action = ACT_WITHDRAW_PUB, .on = DAY_NONE,
		.text = arena_printf(p->a, "重新扫描发现可能的个人信息：%s", kind_name(find->kind)) };

	return ticket_apply(p->db, p->a, find->ticket_id, page_actor(p), &act, NULL);
}

/* ERR_STATE: somebody was faster, it is done. *ret_no: the letter. */
static int decide(struct page *p, bool keep, const char **ret_no)
{
	const struct actor *who = page_actor(p);
	struct q_rescan_find_get find;
	int rc = q_rescan_find_get(p->db, p->a, who->unit_id, who->officer_id, form_int(p->form, "id", 0), &find);

	if (rc == 0 && find.away)
		rc = err_set(ERR_NOTFOUND, "officer %lld keeps away from it", (long long)who->officer_id);
	if (rc != 0)
		return rc;
	*ret_no = find.no;
	if (!find.open)
		return ERR_STATE;
	if (!keep)
		return take_down(p, &find);
	if (find.own)
		return err_say(ERR_DENIED, "这封信是您编辑或者办理过的，能不能公开请由别人判断");
	return find.kept_at != TIME_NONE ? ERR_STATE : rescan_keep(p->db, form_int(p->form, "id", 0), who->officer_id);
}

int desk_rescan_send(struct page *p)
{
	int what = form_ok(p->form) ? form_choice(p->form, "do") : -1, rc;
	const char *no = NULL;
	struct str to;

	if (what < 0)
		return err_set(ERR_BADREQ, "nothing to do");
	rc = what == 0 ? rescan_start(p->db, page_actor(p)->officer_id) : decide(p, what == 1, &no);
	if (what == 0 && rc == ERR_STATE) {
		reply_status(p->reply, err_http(rc));
		return show(p, arena_strdup(p->a, err_text(rc)));
	}
	if (rc != 0 && rc != ERR_STATE)
		return rc;
	str_init(&to, p->a, 200);
	str_add(&to, list_url(p, form_int(p->form, "after", 0)));
	view_query_add(&to, "done", rc == 0 ? things[what] : "gone");
	view_query_add(&to, "of", rc == 0 && what == 2 ? no : NULL);
	return reply_redirect(p->reply, to.s);
}
