/* desk_files - the files a person has ordered: ordering, how far they are, fetching.
 *
 * The files are made by minsheng-paperd and sent by nginx; here it is checked who asks, and noted. */
#include "desk_files.h"

#include <string.h>

#include "channels.h"
#include "clock.h"
#include "desk.h"
#include "desk_params.h"
#include "figures.h"
#include "views/desk_file.h"
#include "views/desk_files.h"

#define FILES_ROWS 30

static const struct field file_fields[] = {
	{ "kind", FIELD_TOKEN, .max = 24, .required = true },
	{ "of", FIELD_LINE, .max = DESK_FILTER_MAX },
};
const struct form_def form_file = { file_fields, ARRAY_LEN(file_fields) };

static const struct field files_fields[] = { { "before", FIELD_INT, .min = 1, .max = INT32_MAX } };
const struct form_def form_files = { files_fields, ARRAY_LEN(files_fields) };

static desk_file_reader *const readers[PAPER__MAX] = {
#define PAPER(name, code, ending, cap, zh) [PAPER_##name] = desk_file_##code,
#include "papers.tbl"
};

/* --- ordering --- */

/* Before anything of it is looked at. */
static int may_ask(const struct page *p, enum paper_kind kind)
{
	return access_may(page_actor(p), paper_rows[kind].cap) ? 0
		: err_set(ERR_DENIED, "files of kind %s", paper_rows[kind].code);
}

static int ask(struct page *p, const struct paper_wish *wish)
{
	int64_t id = 0;
	int rc = store_paper_ask(p->db, p->a, wish, &id);

	return rc != 0 ? rc : reply_redirect(p->reply, arena_printf(p->a, "/files/%lld", (long long)id));
}

int desk_files_send(struct page *p)
{
	struct paper_wish wish = { .kind = paper_kind_from(form_text(p->form, "kind")),
		.asked_by = page_actor(p)->officer_id, .now = p->now };
	const char *of = form_text(p->form, "of");
	int rc;

	if (!form_ok(p->form) || wish.kind == PAPER__MAX)
		return err_set(ERR_BADREQ, "no such kind of file");
	rc = may_ask(p, wish.kind);
	if (rc == 0)
		rc = readers[wish.kind](p, of != NULL ? of : "", &wish);
	return rc != 0 ? rc : ask(p, &wish);
}

/* The one of the address, when it is this person's. */
static int load(struct page *p, struct q_paper_by_id *ret)
{
	long long id = 0;
	int rc = str_to_int(p->param, 1, INT64_MAX, &id) == 0 ? q_paper_by_id(p->db, p->a, id, ret) : ERR_NOTFOUND;

	if (rc == 0 && ret->asked_by != page_actor(p)->officer_id)
		rc = ERR_NOTFOUND;
	return rc == ERR_NOTFOUND ? err_set(ERR_NOTFOUND, "no file %s of this person", p->param) : rc;
}

int desk_file_again(struct page *p)
{
	struct q_paper_by_id row;
	struct paper_wish wish = { .asked_by = page_actor(p)->officer_id, .now = p->now };
	int rc = load(p, &row);

	if (rc != 0)
		return rc;
	wish.kind = paper_kind_from(row.kind);
	wish.title = row.title;
	wish.params = row.params;
	rc = wish.kind < PAPER__MAX ? may_ask(p, wish.kind) : err_set(ERR_NOTFOUND, "kind %s is gone", row.kind);
	return rc != 0 ? rc : ask(p, &wish);
}

/* --- showing --- */

/* 148 KB, 3.2 MB */
static const char *size_words(struct arena *a, int64_t bytes)
{
	if (bytes < 1 << 20)
		return arena_printf(a, "%lld KB", (long long)((bytes + 1023) / 1024));
	return arena_printf(a, "%s MB", figure_tenths(a, (bytes * 10 + (1 << 19)) >> 20));
}

static bool is(const char *state, const char *code)
{
	return strcmp(state, code) == 0;
}

static const char *state_words(const char *state)
{
	return is(state, "queued") ? "正在排队" : is(state, "making") ? "正在制作" : is(state, "done") ? "做好了"
		: is(state, "failed") ? "没有做成" : "已过保留期，文件已删除";
}

static const char *kind_words(struct arena *a, const char *code)
{
	enum paper_kind kind = paper_kind_from(code);

	return kind == PAPER__MAX ? code : arena_printf(a, "%s（%s）", paper_rows[kind].zh, paper_rows[kind].ending);
}

static struct url fetch_url(struct arena *a, int64_t id, const char *state)
{
	return (struct url){ is(state, "done") ? arena_printf(a, "/files/%lld/fetch", (long long)id) : NULL };
}

static const char *progress(struct arena *a, const struct q_paper_by_id *row)
{
	if (is(row->state, "making") && row->rows_n > 0)
		return arena_printf(a, "已写入 %s 行", figure_count(a, row->rows_n));
	if (is(row->state, "queued") && row->ahead > 0)
		return arena_printf(a, "前面还有 %s 个文件", figure_count(a, row->ahead));
	return "";
}

static const char *next_words(struct page *p, const struct q_paper_by_id *row)
{
	if (is(row->state, "done"))
		return row->keep_until == DAY_NONE ? "可以随时下载。" : arena_printf(p->a, "请在%s（含当天）以前下载，之后文件会自动删除。",
			show_day(p->a, row->keep_until, clock_day(p->now)));
	if (is(row->state, "failed"))
		return row->why != NULL ? row->why : "";
	if (is(row->state, "gone"))
		return "需要的话可以再做一份，内容是现在的情况。";
	return "不用等在这里：您可以先做别的事，做好后在“我的文件”里下载。";
}

static void add_facts(struct page *p, const struct q_paper_by_id *row, struct view_desk_file *v)
{
	struct desk_file_fact *list = arena_array(p->a, 6, sizeof(*list));
	int32_t today = clock_day(p->now);
	size_t n = 0;

	list[n++] = (struct desk_file_fact){ "种类", kind_words(p->a, row->kind) };
	list[n++] = (struct desk_file_fact){ "要求制作", show_moment(p->a, row->asked_at, today) };
	if (row->done_at != TIME_NONE)
		list[n++] = (struct desk_file_fact){ "制作完成", show_moment(p->a, row->done_at, today) };
	if (is(row->state, "done") && row->rows_n > 0)
		list[n++] = (struct desk_file_fact){ "行数", figure_count(p->a, row->rows_n) };
	if (row->sha256.p != NULL)
		list[n++] = (struct desk_file_fact){ "校验值（SHA-256）", str_hex(p->a, row->sha256.p, row->sha256.n) };
	v->facts = list;
	v->facts_n = n;
}

static int add_taken(struct page *p, int64_t id, struct view_desk_file *v)
{
	struct q_paper_taken_of *rows = NULL;
	struct desk_file_taken *list;
	size_t n = 0;
	int rc = q_paper_taken_of(p->db, p->a, id, &rows, &n);

	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; rc == 0 && i < n; i++)
		list[i] = (struct desk_file_taken){ show_moment(p->a, rows[i].at, clock_day(p->now)), rows[i].name };
	v->taken = list;
	v->taken_n = rc == 0 ? n : 0;
	return rc;
}

int desk_file(struct page *p)
{
	struct q_paper_by_id row;
	struct view_desk_file v = { 0 };
	int rc = load(p, &row);

	if (rc == 0)
		rc = add_taken(p, row.id, &v);
	if (rc != 0)
		return rc;
	v.id = row.id;
	v.title = row.title;
	v.state = state_words(row.state);
	v.next = next_words(p, &row);
	v.progress = progress(p->a, &row);
	v.working = is(row.state, "queued") || is(row.state, "making");
	v.again = !v.working;
	v.fetch = fetch_url(p->a, row.id, row.state);
	v.fetch_text = arena_printf(p->a, "下载（%s）", size_words(p->a, row.size_bytes));
	add_facts(p, &row, &v);
	v.frame = page_titled(p, arena_printf(p->a, "%s - %s", v.state, row.title));
	view_desk_file(&p->reply->body, &v);
	return 0;
}

int desk_file_json(struct page *p)
{
	struct q_paper_by_id row;
	int rc = load(p, &row);

	if (rc != 0)
		return rc;
	return reply_json(p->reply, 200, json_pack("{s:s, s:s, s:b}", "state", row.state, "text", progress(p->a, &row),
		"working", is(row.state, "queued") || is(row.state, "making")));
}

int desk_file_fetch(struct page *p)
{
	struct q_paper_by_id row;
	enum paper_kind kind;
	int rc = load(p, &row);

	if (rc != 0)
		return rc;
	kind = paper_kind_from(row.kind);
	if (!is(row.state, "done") || kind == PAPER__MAX)
		return reply_redirect(p->reply, arena_printf(p->a, "/files/%lld", (long long)row.id));
	rc = may_ask(p, kind);
	if (rc == 0)
		rc = store_paper_taken(p->db, row.id, page_actor(p)->officer_id, p->now);
	if (rc != 0)
		return rc;
	reply_type(p->reply, paper_mime(kind));
	reply_download(p->reply, row.file_name);
	reply_header(p->reply, "X-Accel-Redirect", arena_printf(p->a, "/_paper/%lld.%s", (long long)row.id,
		paper_rows[kind].ending));
	return 0;
}

static const char *row_state(struct arena *a, const struct q_paper_mine *row)
{
	if (is(row->state, "done"))
		return arena_printf(a, "做好了，%s%s", size_words(a, row->size_bytes), row->taken > 0 ? "，已下载" : "");
	if (is(row->state, "making") && row->rows_n > 0)
		return arena_printf(a, "正在制作，已写入 %s 行", figure_count(a, row->rows_n));
	return state_words(row->state);
}

int desk_files(struct page *p)
{
	struct view_desk_files v = { .frame = page_titled(p, "我的文件") };
	struct q_paper_mine *rows = NULL;
	struct desk_file_row *list;
	int32_t today = clock_day(p->now);
	size_t n = 0;
	int rc = q_paper_mine(p->db, p->a, page_actor(p)->officer_id, form_int(p->form, "before", INT64_MAX),
		FILES_ROWS + 1,
		&rows, &n);

	if (rc != 0)
		return rc;
	if (n > FILES_ROWS) {
		n = FILES_ROWS;
		v.next.s = arena_printf(p->a, "/files?before=%lld", (long long)rows[n - 1].id);
	}
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++)
		list[i] = (struct desk_file_row){ rows[i].id, rows[i].title, kind_words(p->a, rows[i].kind),
			show_moment(p->a, rows[i].asked_at, today), row_state(p->a, &rows[i]),
			is(rows[i].state, "done") && rows[i].keep_until != DAY_NONE ? show_day(p->a, rows[i].keep_until, today)
				: "",
			fetch_url(p->a, rows[i].id, rows[i].state) };
	v.rows = list;
	v.rows_n = n;
	v.kept = arena_printf(p->a, "做好后保留 %lld 天", (long long)conf.paper_keep_days);
	view_desk_files(&p->reply->body, &v);
	return 0;
}

/* --- what can be ordered --- */

int desk_file_form(struct page *p, const struct form_def *def, const char *of, struct form **ret_was)
{
	struct params *params = ARENA_NEW(p->a, struct params);
	struct form *form = ARENA_NEW(p->a, struct form);
	int rc = request_parse_query(p->a, of, strlen(of), params);

	if (rc == 0)
		rc = form_from_params(p->a, def, params, form);
	if (rc != 0)
		return rc;
	*ret_was = p->form;
	p->form = form;
	return 0;
}

const char *desk_file_unit(struct page *p, int64_t id)
{
	struct q_unit_all *rows = NULL;
	size_t n = 0;

	if (id == 0 || q_unit_all(p->db, p->a, &rows, &n) != 0)
		return "";
	for (size_t i = 0; i < n; i++) {
		if (rows[i].id == id)
			return rows[i].name;
	}
	return "";
}

void desk_file_word(struct str *o, const char *word)
{
	if (word == NULL || word[0] == '\0')
		return;
	str_add(o, o->len > 0 ? " · " : "");
	str_add(o, word);
}

/* A list of letters; of: its filter. */
int desk_file_letters(struct page *p, const char *of, struct paper_wish *wish)
{
	const struct worktime *wt = NULL;
	struct desk_view v;
	struct str o;
	int rc = worktime_get(p->db, &wt);

	if (rc == 0)
		rc = desk_view_of(p, wt, of, &v);
	if (rc != 0)
		return rc;
	if (v.problem != NULL)
		return err_say(ERR_INVALID, "%s", v.problem);
	str_init(&o, p->a, 1000);
	desk_file_word(&o, v.text);
	desk_file_word(&o, v.type != NULL ? states_type_name(states_type_from(v.type)) : NULL);
	desk_file_word(&o, v.state != NULL ? states_office(states_from(v.state)) : NULL);
	desk_file_word(&o, v.channel != NULL ? channels_name(v.channel) : NULL);
	desk_file_word(&o, desk_file_unit(p, v.unit));
	desk_file_word(&o, v.mine ? "我承办的" : NULL);
	desk_file_word(&o, v.from != DAY_NONE ? arena_printf(p->a, "%s 起收到", clock_fmt_day(p->a, v.from)) : NULL);
	desk_file_word(&o, v.to != DAY_NONE ? arena_printf(p->a, "%s 止收到", clock_fmt_day(p->a, v.to)) : NULL);
	desk_file_word(&o, v.words != NULL ? arena_printf(p->a, "有“%s”", v.words) : NULL);
	wish->title = o.s;
	wish->params = desk_params_pack(p->a, &v.ask);
	return 0;
}
