/* desk_draft - writing the answer beside the question, and reviewing it.
 *
 * A draft is saved with the version it is based on: when a colleague saved in between, both texts are shown and nothing
 * is lost. Handing it in is an action of the letter like any other. */
#include <string.h>

#include "clock.h"
#include "desk_fields.h"
#include "draft.h"
#include "views/desk_draft.h"
#include "views/desk_review.h"

static const char *const draft_does[] = { "save", "submit", NULL };
static const struct field draft_fields[] = {
	{ "body", FIELD_TEXT, .label = "答复内容", .max = 8000 },
	{ "result", FIELD_TOKEN, .label = "办理结果", .max = 24 },
	{ "on", FIELD_DATE, .label = "承诺完成的日期" },
	{ "version", FIELD_INT, .max = INT32_MAX },
	{ "draft_version", FIELD_INT, .max = INT32_MAX },
	{ "do", FIELD_CHOICE, .choices = draft_does },
	{ "saved", FIELD_TOKEN, .max = 8 },
};
const struct form_def form_draft = { draft_fields, ARRAY_LEN(draft_fields) };

/* --- writing --- */

struct writing {
	struct desk_letter l;
	struct q_reply_of *replies;
	size_t replies_n;
	struct draft draft;
};

static int load(struct page *p, struct writing *w)
{
	int rc = desk_letter(p, &w->l);

	if (rc == 0 && !access_may_on(page_actor(p), CAP_DRAFT, w->l.t.unit_id, w->l.facts.co))
		rc = err_set(ERR_DENIED, "draft of another unit");
	if (rc == 0)
		rc = q_reply_of(p->db, p->a, w->l.t.id, &w->replies, &w->replies_n);
	return rc != 0 ? rc : draft_get(p->db, p->a, w->l.t.id, w->l.t.round, &w->draft);
}

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
	return rc;
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

/* Whether somebody saved after this page was shown. */
static bool clashes(const struct page *p, const struct writing *w)
{
	return p->req->method == METHOD_POST && form_int(p->form, "draft_version", 0) != w->draft.version;
}

static int show_draft(struct page *p, const struct writing *w)
{
	struct desk_reply *replies = arena_array(p->a, w->replies_n + 1, sizeof(*replies));
	const struct q_letter_file *s = &w->l.file;
	struct view_desk_draft v = {
		.form = p->form, .number = s->no, .title = s->title, .type = states_type_name(w->l.t.type),
		.clock = desk_answer_clock(p->a, &w->l),
		.url = desk_url(p->a, s->no, "/draft"), .back = desk_url(p->a, s->no, ""),
		.letter = view_paragraphs(p->a, s->body), .demand = s->demand, .place = s->place,
		.question = s->question, .answer = s->answer,
		.replies = replies, .replies_n = earlier(p, w, replies),
		.body = form_raw(p->form, "body"), .on = form_raw(p->form, "on"),
		.version = w->l.t.version, .draft_version = w->draft.version,
		.clash = clashes(p, w), .saved = form_given(p->form, "saved") ? "草稿已保存" : "",
	};
	int rc = add_returned(p, w, &v);

	if (rc != 0)
		return rc;
	if (v.clash)
		v.theirs = view_paragraphs(p->a, w->draft.body);
	add_results(p, &v);
	v.frame = page_titled(p, arena_printf(p->a, "起草答复 %s", s->no));
	view_desk_draft(&p->reply->body, &v);
	return 0;
}

int desk_draft(struct page *p)
{
	struct writing w = { 0 };
	int rc = load(p, &w);

	if (rc != 0)
		return rc;
	if (w.l.t.state != TICKET_HANDLING)
		return reply_redirect(p->reply, desk_url(p->a, w.l.t.no, "").s);
	form_set(p->form, "body", w.draft.body);
	form_set(p->form, "result", w.draft.result != NULL ? w.draft.result : "");
	form_set(p->form, "on", clock_fmt_day(p->a, w.draft.on));
	return show_draft(p, &w);
}

static int save(struct page *p, const struct writing *w)
{
	const char *body = form_text(p->form, "body");
	int64_t version = 0;

	return draft_save(p->db, p->a, w->l.t.id, page_actor(p), body != NULL ? body : "", form_text(p->form, "result"),
		form_day(p->form, "on"), form_int(p->form, "draft_version", 0), &version);
}

static int submit(struct page *p, const struct writing *w)
{
	const struct act act = {
		.action = ACT_SUBMIT_REPLY,
		.version = form_int(p->form, "version", 0),
		.draft_version = &w->draft.version,
		.reply = form_text(p->form, "body"),
		.result = form_text(p->form, "result"),
		.on = form_day(p->form, "on"),
	};

	if (act.version == 0)
		return err_set(ERR_CONFLICT, "sent without a version");
	return ticket_apply(p->db, p->a, w->l.t.id, page_actor(p), &act, NULL);
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

/* 0, or what stands in the way: ERR_CONFLICT, ERR_INVALID and ERR_STATE are told on the page. */
static int keep(struct page *p, const struct writing *w, bool submits)
{
	if (clashes(p, w))
		return err_set(ERR_CONFLICT, "draft is at version %lld", (long long)w->draft.version);
	return submits ? submit(p, w) : save(p, w);
}

int desk_draft_send(struct page *p)
{
	bool submits = form_choice(p->form, "do") == 1;
	struct writing w = { 0 };
	int rc = load(p, &w);

	if (rc != 0)
		return rc;
	if (form_ok(p->form)) {
		rc = keep(p, &w, submits);
		if (rc == 0)
			return submits ? desk_go_on(p, &w.l, ACT_SUBMIT_REPLY)
				: reply_redirect(p->reply, desk_url(p->a, w.l.t.no, "/draft?saved=1").s);
		if (rc != ERR_CONFLICT && rc != ERR_INVALID && rc != ERR_STATE)
			return rc;
		form_fail(p->form, field_of(p, rc), err_text(rc));
	}
	reply_status(p->reply, err_http(rc != 0 ? rc : ERR_INVALID));
	/* What the colleague wrote may be newer than what was read above. */
	if (rc == ERR_CONFLICT && (rc = draft_get(p->db, p->a, w.l.t.id, w.l.t.round, &w.draft)) != 0)
		return rc;
	return show_draft(p, &w);
}

/* --- reviewing --- */

static const struct q_reply_of *in_review(const struct q_reply_of *rows, size_t n)
{
	const struct q_reply_of *found = NULL;

	for (size_t i = 0; i < n; i++) {
		if (str_eq(rows[i].state, "in_review") && str_eq(rows[i].kind, "final"))
			found = &rows[i];
	}
	return found;
}

static void add_decisions(struct page *p, const struct desk_letter *l, struct view_desk_review *v)
{
	const struct desk_fields f = { .p = p, .letter = l };
	enum action offered[ACT__MAX];
	size_t n = states_offered(&l->facts, page_actor(p), offered);
	struct part_act_form *acts = arena_array(p->a, n + 1, sizeof(*acts));
	const char *why = NULL;

	/* What is hoped for first: agreeing, then sending back. */
	for (size_t i = 0; i < 2 * n; i++) {
		struct part_act_form one = desk_fields_form(&f, offered[i % n], false);

		if (desk_fields_place(offered[i % n]) == DESK_REVIEW && one.quiet == (i >= n))
			acts[v->acts_n++] = one;
	}
	v->acts = acts;
	if (v->acts_n == 0)
		why = states_why_not(&l->facts, page_actor(p), ACT_APPROVE_REPLY);
	v->why_not = v->acts_n > 0 ? "" : why != NULL ? arena_strdup(p->a, why) : "这一步由其他人审核。";
}

static const char *level_words(const struct desk_letter *l)
{
	return l->t.state == TICKET_SUBMITTED_UP ? "上级审核" : l->facts.level > 0 ? "主管单位复审" : "部门审核";
}

int desk_review(struct page *p)
{
	struct desk_letter l;
	const struct q_letter_file *s = &l.file;
	struct q_reply_of *rows = NULL;
	const struct q_reply_of *row;
	struct desk_reply *replies;
	struct view_desk_review v = { .number = "" };
	size_t n = 0;
	int rc = desk_letter(p, &l);

	if (rc == 0)
		rc = q_reply_of(p->db, p->a, l.t.id, &rows, &n);
	if (rc != 0)
		return rc;
	row = in_review(rows, n);
	if (row == NULL)
		return reply_redirect(p->reply, desk_url(p->a, s->no, "").s);
	replies = arena_array(p->a, n + 1, sizeof(*replies));
	v.number = s->no;
	v.title = s->title;
	v.type = states_type_name(l.t.type);
	v.level = level_words(&l);
	v.clock = desk_answer_clock(p->a, &l);
	v.back = desk_url(p->a, s->no, "");
	v.letter = view_paragraphs(p->a, s->body);
	v.demand = s->demand;
	v.place = s->place;
	v.answer = s->answer;
	v.reply = desk_reply(p->a, row, l.today);
	v.earlier = replies;
	v.earlier_n = desk_replies(p->a, rows, n, l.today, "in_review", replies);
	add_decisions(p, &l, &v);
	v.frame = page_titled(p, arena_printf(p->a, "%s %s", v.level, s->no));
	view_desk_review(&p->reply->body, &v);
	return 0;
}
