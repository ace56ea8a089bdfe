/* desk_draft - writing the answer beside the question.
 *
 * A draft is saved with the version it is based on: when a colleague saved in between, both texts are shown and both
 * are kept. Handing it in is an action of the letter like any other; what is likely missing is asked about once. */
#include <string.h>

#include "blocks.h"
#include "clock.h"
#include "desk_helpers.h"
#include "desk_since.h"
#include "desk_writing.h"
#include "views/desk_draft.h"

enum does { DOES_SAVE, DOES_SUBMIT, DOES_ANYWAY, DOES_PREVIEW, DOES_THEIRS };
static const char *const draft_does[] = { "save", "submit", "anyway", "preview", "theirs", NULL };
static const struct field draft_fields[] = {
	{ "body", FIELD_TEXT, .label = "答复内容", .max = 8000 },
	{ "result", FIELD_TOKEN, .label = "办理结果", .max = 24 },
	{ "on", FIELD_DATE, .label = "承诺完成的日期" },
	{ "version", FIELD_INT, .max = INT32_MAX },
	{ "draft_version", FIELD_INT, .max = INT32_MAX },
	{ "do", FIELD_CHOICE, .choices = draft_does },
	{ "block", FIELD_INT, .min = 1, .max = INT32_MAX },
	{ "reason", FIELD_LINE, .label = "说明", .max = 180 },
	{ "ticks", FIELD_TOKEN, .max = 8 },
	{ "done", FIELD_LIST, .max = 40 },
	{ "saved", FIELD_TOKEN, .max = 8 },
};
const struct form_def form_draft = { draft_fields, ARRAY_LEN(draft_fields) };

/* --- showing --- */

static void add_results(struct page *p, struct view_desk_draft *v)
{
	const char *code, *text;
	struct choice *list = arena_array(p->a, 32, sizeof(*list));

	for (size_t i = 0; i < 32 && states_reason_at("result", i, &code, &text, NULL); i++) {
		list[i].code = code;
		list[i].text = text;
		list[i].chosen = str_eq(form_raw(p->form, "result"), code);
		v->results_n = i + 1;
	}
	v->results = list;
}

static bool is_ticked(const struct page *p, const struct q_review_comments_of *row)
{
	const char *const *list;
	size_t n = 0;
	long long id;

	if (!form_given(p->form, "ticks"))
		return row->done_at != TIME_NONE;
	list = form_list(p->form, "done", &n);
	for (size_t i = 0; i < n; i++) {
		if (str_to_int(list[i], 1, INT64_MAX, &id) == 0 && id == row->id)
			return true;
	}
	return false;
}

static int add_comments(struct page *p, const struct writing *w, struct view_desk_draft *v)
{
	struct q_review_comments_of *rows = NULL;
	struct draft_comment *list;
	size_t n = 0;
	int rc = q_review_comments_of(p->db, p->a, w->draft.id, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++)
		list[i] = (struct draft_comment){ rows[i].id, rows[i].paragraph, rows[i].quote, rows[i].words, rows[i].reviewer,
			is_ticked(p, &rows[i]) };
	v->comments = list;
	v->comments_n = n;
	return 0;
}

/* The words of the last return, when the draft is one that came back. */
static int add_returned(struct page *p, const struct writing *w, struct view_desk_draft *v)
{
	struct q_review_of *rows = NULL;
	size_t n = 0;
	int rc;

	v->returned = "";
	if (w->replies_n == 0 || !str_eq(w->replies[w->replies_n - 1].state, "returned"))
		return 0;
	rc = q_review_of(p->db, p->a, w->l.t.id, &rows, &n);
	for (size_t i = 0; rc == 0 && i < n; i++) {
		if (str_eq(rows[i].decision, "returned"))
			v->returned = arena_printf(p->a, "%s：%s", rows[i].reviewer, rows[i].comment);
	}
	return rc != 0 ? rc : add_comments(p, w, v);
}

static size_t earlier(struct page *p, const struct writing *w, struct desk_reply *ret)
{
	size_t n = 0;

	for (size_t i = 0; i < w->replies_n; i++) {
		if (str_eq(w->replies[i].state, "approved"))
			ret[n++] = desk_reply(p->a, &w->replies[i], w->l.today);
	}
	return n;
}

static const char *day_in_full(struct arena *a, int32_t day)
{
	int y, m, d;

	clock_civil(day, &y, &m, &d);
	return arena_printf(a, "%d年%d月%d日", y, m, d);
}

static struct block_facts facts_of(struct page *p, const struct writing *w, const char *phone)
{
	const struct q_letter_file *s = &w->l.file;

	return (struct block_facts){ s->no, s->title, s->unit_name, phone,
		s->accepted_at != TIME_NONE ? day_in_full(p->a, clock_day(s->accepted_at)) : NULL };
}

static int add_blocks(struct page *p, const struct writing *w, struct view_desk_draft *v)
{
	const struct actor *who = page_actor(p);
	struct q_text_blocks_for *rows = NULL;
	struct draft_block *list;
	size_t n = 0;
	int rc = q_text_blocks_for(p->db, p->a, who->unit_id, who->officer_id, who->unit_id, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	v->blocks = list;
	for (size_t i = 0; i < n; i++) {
		const struct block_facts f = facts_of(p, w, rows[i].phone);

		if (rows[i].type != NULL && !str_eq(rows[i].type, states_type_code(w->l.t.type)))
			continue;
		list[v->blocks_n++] = (struct draft_block){ rows[i].id, rows[i].title,
			rows[i].officer_id != 0 ? "我的" : rows[i].unit_id != 0 ? "本单位" : "全市",
			block_fill(p->a, rows[i].body, &f) };
	}
	return 0;
}

/* Whether somebody saved after this page was shown. */
static bool clashes(const struct page *p, const struct writing *w)
{
	return p->req->method == METHOD_POST && form_int(p->form, "draft_version", 0) != w->draft.version;
}

static int add_theirs(struct page *p, const struct writing *w, struct view_desk_draft *v)
{
	struct q_reply_saved_by by;
	int rc = q_reply_saved_by(p->db, p->a, w->draft.id, &by);

	if (rc != 0)
		return rc;
	v->clash = true;
	v->theirs = view_paragraphs(p->a, w->draft.body);
	v->theirs_by = arena_printf(p->a, "%s　%s", by.name != NULL ? by.name : "", show_moment(p->a, by.at, w->l.today));
	v->diff = writing_diff(p->a, w->draft.body, form_raw(p->form, "body"));
	return 0;
}

static int add_rest(struct page *p, const struct writing *w, struct view_desk_draft *v)
{
	struct structure s;
	int rc = add_returned(p, w, v);

	if (rc == 0)
		rc = add_blocks(p, w, v);
	if (rc == 0)
		rc = writing_present(p, w->l.t.id, &v->present);
	if (rc == 0)
		rc = writing_check(p, &w->l, w->replies, w->replies_n, w->draft.id, v->body, form_raw(p->form, "result"), &s);
	if (rc == 0 && w->draft.id != 0 && clashes(p, w))
		rc = add_theirs(p, w, v);
	if (rc != 0)
		return rc;
	v->check = writing_checklist(p->a, &s);
	v->missing = structure_missing(p->a, &s);
	return 0;
}

static const char *saved_words(const struct page *p)
{
	const char *saved = form_raw(p->form, "saved");

	return str_eq(saved, "1") ? "草稿已保存" : str_eq(saved, "theirs") ? "已改用对方的稿子，您写的在“历次稿件”里"
		: str_eq(saved, "restored") ? "已恢复旧稿，恢复前的也还在“历次稿件”里" : "";
}

static int show_draft(struct page *p, const struct writing *w, bool asks)
{
	struct desk_reply *replies = arena_array(p->a, w->replies_n + 1, sizeof(*replies));
	const struct q_letter_file *s = &w->l.file;
	struct view_desk_draft v = {
		.form = p->form, .number = s->no, .title = s->title, .type = states_type_name(w->l.t.type),
		.petition = w->l.facts.petition, .clock = desk_answer_clock(p->a, &w->l), .officer = page_actor(p)->officer_id,
		.url = desk_url_in(p, s->no, "/draft"), .back = desk_url_in(p, s->no, ""),
		.keep = desk_url(p->a, s->no, "/draft/keep.json"), .here = desk_url(p->a, s->no, "/here.json"),
		.versions = desk_url(p->a, s->no, "/draft/versions"), .blocks_url = { "/blocks" },
		.letter = view_paragraphs(p->a, s->body), .demand = s->demand, .place = s->place,
		.question = s->question, .answer = s->answer,
		.replies = replies, .replies_n = earlier(p, w, replies),
		.body = form_raw(p->form, "body"), .on = form_raw(p->form, "on"), .reason = form_raw(p->form, "reason"),
		.version = w->l.t.version, .draft_version = w->draft.version,
		.asks = asks, .saved = saved_words(p), .unsaved = p->req->method == METHOD_POST,
	};
	int rc = add_rest(p, w, &v);

	if (rc == 0)
		rc = desk_helpers(p, &w->l, &v.helpers);
	if (rc == 0 && p->req->method == METHOD_POST)
		rc = desk_since(p, &w->l, form_int(p->form, "version", 0), &v.since);
	if (rc != 0)
		return rc;
	add_results(p, &v);
	v.frame = page_titled(p, arena_printf(p->a, "起草答复 %s", s->no));
	view_desk_draft(&p->reply->body, &v);
	return 0;
}

int desk_draft(struct page *p)
{
	struct writing w = { 0 };
	int rc = writing_load(p, &w);

	if (rc != 0)
		return rc;
	if (w.l.t.state != TICKET_HANDLING)
		return reply_redirect(p->reply, desk_url(p->a, w.l.t.no, "").s);
	form_set(p->form, "body", w.draft.body);
	form_set(p->form, "result", w.draft.result != NULL ? w.draft.result : "");
	form_set(p->form, "on", clock_fmt_day(p->a, w.draft.on));
	return show_draft(p, &w, false);
}

/* --- saving and handing in --- */

/* What the reviewer is told of an answer that was handed in all the same. */
static int note_of(struct page *p, const struct writing *w, const char **ret)
{
	const struct draft_text text = writing_typed(p);
	const char *reason = form_text(p->form, "reason");
	const char *missing;
	struct structure s;
	int rc = writing_check(p, &w->l, w->replies, w->replies_n, w->draft.id, text.body, text.result, &s);

	if (rc != 0)
		return rc;
	missing = structure_missing(p->a, &s);
	*ret = !structure_asks(&s) ? NULL : arena_printf(p->a, "提交时提醒过%s%s%s%s", missing[0] != '\0' ? "可能缺：" : "",
		missing, reason != NULL ? "；说明：" : "", reason != NULL ? reason : "");
	return 0;
}

static struct act handing_in(const struct page *p, const struct writing *w, const char *note)
{
	const struct draft_text text = writing_typed(p);

	return (struct act){
		.action = ACT_SUBMIT_REPLY,
		.version = form_int(p->form, "version", 0),
		.draft_version = &w->draft.version,
		.reply = form_text(p->form, "body"),
		.result = text.result,
		.on = text.on,
		.note = note,
	};
}

/* What is wrong with it in any case is said first. */
static bool could_be_handed_in(const struct page *p, const struct writing *w)
{
	const struct act act = handing_in(p, w, NULL);
	struct move move;

	return !clashes(p, w) && states_decide(&w->l.facts, page_actor(p), &act, &move) == 0;
}

static int submit(struct page *p, const struct writing *w, const char *note)
{
	const struct act act = handing_in(p, w, note);
	const struct draft_text text = writing_typed(p);
	int rc = writing_tick(p, w), aside;

	if (rc != 0)
		return rc;
	rc = clashes(p, w) ? err_set(ERR_CONFLICT, "draft is at version %lld", (long long)w->draft.version)
		: act.version == 0 ? err_set(ERR_CONFLICT, "sent without a version")
		: ticket_apply(p->db, p->a, w->l.t.id, page_actor(p), &act, NULL);
	if (rc != ERR_CONFLICT && rc != ERR_STATE)
		return rc;
	aside = draft_aside(p->db, p->a, w->l.t.id, page_actor(p), &text);
	return aside != 0 ? aside : rc;
}

/* Without a script a block is added at the end. */
static int add_block(struct page *p, const struct writing *w)
{
	const struct draft_text text = writing_typed(p);
	struct view_desk_draft v = { .blocks_n = 0 };
	int rc = add_blocks(p, w, &v);

	for (size_t i = 0; rc == 0 && i < v.blocks_n; i++) {
		if (v.blocks[i].id == form_int(p->form, "block", 0))
			form_set(p->form, "body", arena_printf(p->a, "%s%s%s", text.body, text.body[0] != '\0' ? "\n" : "",
				v.blocks[i].text));
	}
	return rc;
}

/* Where in the form the domain's objection belongs. */
static const char *field_of(const struct page *p, int rc)
{
	if (rc != ERR_INVALID)
		return "body";
	if (form_text(p->form, "body") == NULL)
		return "body";
	return form_text(p->form, "result") == NULL ? "result" : "on";
}

static const char *after_saving(struct page *p, const struct writing *w, int does)
{
	struct str o;

	if (does == DOES_PREVIEW)
		return desk_url_in(p, w->l.t.no, "/draft/preview").s;
	str_init(&o, p->a, 4 * DESK_FILTER_MAX + 40);
	str_add(&o, desk_url_in(p, w->l.t.no, "/draft").s);
	view_query_add(&o, "saved", does == DOES_THEIRS ? "theirs" : "1");
	return o.s;
}

/* What was asked for; 0 and where to go, or what stands in the way. *ret_asks: not yet, there is a question first. */
static int carry_out(struct page *p, struct writing *w, const char **ret_to, bool *ret_asks)
{
	int does = form_choice(p->form, "do");
	const struct draft_text text = writing_typed(p);
	const char *note = NULL;
	int64_t version;
	int rc = 0;

	*ret_to = after_saving(p, w, does);
	if (does == DOES_THEIRS)
		return draft_aside(p->db, p->a, w->l.t.id, page_actor(p), &text);
	if (does != DOES_SUBMIT && does != DOES_ANYWAY) {
		if (form_int(p->form, "block", 0) != 0)
			rc = add_block(p, w);
		return rc != 0 ? rc : writing_save(p, w, DRAFT_SAVE, &version);
	}
	*ret_to = NULL;
	rc = note_of(p, w, &note);
	*ret_asks = rc == 0 && note != NULL && does == DOES_SUBMIT && could_be_handed_in(p, w);
	return rc != 0 || *ret_asks ? rc : submit(p, w, note);
}

static bool told_on_page(int rc)
{
	return rc == ERR_CONFLICT || rc == ERR_INVALID || rc == ERR_STATE;
}

int desk_draft_send(struct page *p)
{
	struct writing w = { 0 };
	const char *to = NULL;
	bool asks = false;
	int rc = writing_load(p, &w);

	if (rc != 0)
		return rc;
	if (form_ok(p->form)) {
		rc = carry_out(p, &w, &to, &asks);
		if (rc == 0 && !asks)
			return to != NULL ? reply_redirect(p->reply, to) : desk_go_on(p, &w.l, ACT_SUBMIT_REPLY);
		if (rc != 0 && !told_on_page(rc))
			return rc;
		if (rc != 0)
			form_fail(p->form, field_of(p, rc), err_text(rc));
	}
	reply_status(p->reply, err_http(rc != 0 ? rc : ERR_INVALID));
	/* What the colleague wrote may be newer than what was read above. */
	if (rc == ERR_CONFLICT && (rc = draft_get(p->db, p->a, w.l.t.id, w.l.t.round, &w.draft)) != 0)
		return rc;
	return show_draft(p, &w, asks);
}
