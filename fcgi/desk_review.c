/* desk_review - see desk_review.h. */
#include "desk_review.h"

#include "clock.h"
#include "desk_fields.h"
#include "desk_since.h"
#include "desk_writing.h"
#include "text.h"
#include "views/desk_review.h"

#define QUOTE_MAX 20
#define RETURN_FORM "return-form"

struct reviewing {
	const struct desk_letter *l;
	struct q_reply_of *replies;
	size_t n;
	const struct q_reply_of *row;   /* the answer that is looked at; NULL: there is none */
	enum action typed;              /* ACT__MAX on a first visit */
};

/* The answer in review; once a decision was sent, the last one in any case: its page must not lose what was typed. */
static int load(struct page *p, const struct desk_letter *l, enum action typed, struct reviewing *ret)
{
	int rc = q_reply_of(p->db, p->a, l->t.id, &ret->replies, &ret->n);

	ret->l = l;
	ret->typed = typed;
	for (size_t i = 0; rc == 0 && i < ret->n; i++) {
		if (str_eq(ret->replies[i].kind, "final") && (typed != ACT__MAX || str_eq(ret->replies[i].state, "in_review")))
			ret->row = &ret->replies[i];
	}
	return rc;
}

/* --- what can be decided --- */

static bool sends_back(enum action a)
{
	return a == ACT_RETURN_REPLY || a == ACT_SUPERIOR_RETURN;
}

static struct part_act_form act_form(struct page *p, const struct reviewing *w, enum action a)
{
	const struct desk_fields f = { .p = p, .letter = w->l, .typed = a == w->typed ? p->form : NULL };
	struct part_act_form one = desk_fields_form(&f, a, false);

	/* The summary of mistakes leads to fields by their bare names. */
	if (a == w->typed)
		one.prefix = "";
	one.id = sends_back(a) ? RETURN_FORM : "";
	return one;
}

static void add_decisions(struct page *p, const struct reviewing *w, struct view_desk_review *v)
{
	enum action offered[ACT__MAX + 1];
	size_t n = states_offered(&w->l->facts, page_actor(p), offered);
	struct part_act_form *acts = arena_array(p->a, 2 * n + 3, sizeof(*acts));
	bool typed_is_there = w->typed == ACT__MAX;
	const char *why = NULL;

	for (size_t i = 0; i < n; i++)
		typed_is_there = typed_is_there || offered[i] == w->typed;
	if (!typed_is_there)
		offered[n++] = w->typed;
	/* What is hoped for first: agreeing, then sending back. */
	for (size_t i = 0; i < 2 * n; i++) {
		struct part_act_form one = act_form(p, w, offered[i % n]);

		if (desk_fields_place(offered[i % n]) != DESK_REVIEW || one.quiet != (i >= n))
			continue;
		acts[v->acts_n++] = one;
		v->may_comment = v->may_comment || sends_back(offered[i % n]);
	}
	v->acts = acts;
	if (v->acts_n == 0)
		why = states_why_not(&w->l->facts, page_actor(p), ACT_APPROVE_REPLY);
	v->why_not = v->acts_n > 0 ? "" : why != NULL ? arena_strdup(p->a, why) : "这一步由其他人审核。";
}

/* --- the answer, paragraph by paragraph --- */

static const char *field_name(struct arena *a, size_t i)
{
	return arena_printf(a, "p%zu", i + 1);
}

static void add_paragraphs(struct page *p, const struct reviewing *w, struct view_desk_review *v)
{
	size_t n;
	const char **texts = writing_paragraphs(p->a, w->row->body, &n);
	struct review_paragraph *list = arena_array(p->a, n + 1, sizeof(*list));

	for (size_t i = 0; i < n; i++) {
		list[i] = (struct review_paragraph){ .n = (int)i + 1, .text = texts[i],
			.name = field_name(p->a, i), .typed = "", .box = v->may_comment && i < REVIEW_PARAGRAPHS_MAX };
		if (!list[i].box)
			continue;
		list[i].typed = form_raw(p->form, list[i].name);
		list[i].error = form_error(p->form, list[i].name);
		list[i].open = list[i].typed[0] != '\0';
	}
	v->paragraphs = list;
	v->paragraphs_n = n;
}

/* What was said the last time it was sent back, what has become of it, and what changed since. */
static int add_before(struct page *p, const struct reviewing *w, struct view_desk_review *v)
{
	struct q_review_comments_of *rows = NULL;
	struct q_reply_version_marks marks;
	struct review_before *list;
	size_t n = 0;
	int rc = q_reply_version_marks(p->db, p->a, w->row->id, w->row->id, &marks);

	if (rc == 0 && marks.returned != NULL)
		rc = q_review_comments_of(p->db, p->a, w->row->id, &rows, &n);
	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++)
		list[i] = (struct review_before){ rows[i].paragraph, rows[i].quote, rows[i].words,
			rows[i].done_at != TIME_NONE };
	v->before = list;
	v->before_n = n;
	v->note = marks.note != NULL ? marks.note : "";
	v->was_returned = marks.returned != NULL;
	if (v->was_returned)
		v->diff = writing_diff(p->a, marks.returned, w->row->body);
	return 0;
}

/* --- the page --- */

static const char *level_words(const struct desk_letter *l)
{
	return l->t.state == TICKET_SUBMITTED_UP ? "上级审核" : l->facts.level > 0 ? "主管单位复审" : "部门审核";
}

/* The clock of this step: until when the reviewer has. */
static int add_own_clock(struct page *p, const struct desk_letter *l, struct view_desk_review *v)
{
	struct q_timer_open_of *rows = NULL;
	size_t n = 0;
	int rc = q_timer_open_of(p->db, p->a, l->t.id, &rows, &n);

	v->own_clock = (struct desk_clock){ .name = "" };
	for (size_t i = 0; rc == 0 && i < n; i++) {
		if (str_eq(rows[i].kind, "review"))
			v->own_clock = desk_clock(p->a, l, rows[i].kind, rows[i].due_on, rows[i].provisional,
				str_eq(rows[i].state, "paused"));
	}
	return rc;
}

static int add_help(struct page *p, const struct reviewing *w, struct view_desk_review *v)
{
	struct structure s;
	int rc = writing_check(p, w->l, w->replies, w->n, w->row->id, w->row->body, w->row->result_code, &s);

	if (rc == 0)
		rc = add_before(p, w, v);
	if (rc == 0)
		rc = add_own_clock(p, w->l, v);
	if (rc == 0)
		rc = writing_present(p, w->l->t.id, &v->present);
	if (rc == 0)
		v->check = writing_checklist(p->a, &s);
	return rc;
}

static int show(struct page *p, const struct reviewing *w)
{
	const struct desk_letter *l = w->l;
	const struct q_letter_file *s = &l->file;
	struct desk_reply *earlier = arena_array(p->a, w->n + 1, sizeof(*earlier));
	struct view_desk_review v = {
		.form = p->form, .number = s->no, .title = s->title, .type = states_type_name(l->t.type),
		.level = level_words(l), .petition = l->facts.petition,
		.clock = desk_answer_clock(p->a, l), .officer = page_actor(p)->officer_id,
		.neighbours = desk_neighbours(p, s->no, DESK_AT_REVIEW), .here = desk_url(p->a, s->no, "/here.json"),
		.versions = desk_url(p->a, s->no, "/draft/versions"),
		.letter = view_paragraphs(p->a, s->body), .demand = s->demand, .place = s->place, .answer = s->answer,
		.reply = desk_reply(p->a, w->row, l->today),
		.earlier = earlier,
	};
	int rc = add_help(p, w, &v);

	if (rc == 0 && p->req->method == METHOD_POST)
		rc = desk_since(p, l, form_int(p->form, "version", 0), &v.since);
	if (rc != 0)
		return rc;
	for (size_t i = 0; i < w->n; i++) {
		const char *state = w->replies[i].state;

		if (&w->replies[i] != w->row && !str_eq(state, "in_review") && !str_eq(state, "draft"))
			earlier[v.earlier_n++] = desk_reply(p->a, &w->replies[i], l->today);
	}
	add_decisions(p, w, &v);
	add_paragraphs(p, w, &v);
	desk_flash(p);
	v.frame = page_titled(p, arena_printf(p->a, "%s %s", v.level, s->no));
	view_desk_review(&p->reply->body, &v);
	return 0;
}

int desk_review(struct page *p)
{
	struct reviewing w = { .n = 0 };
	struct desk_letter l;
	int rc = desk_letter(p, &l);

	if (rc == 0)
		rc = load(p, &l, ACT__MAX, &w);
	if (rc != 0)
		return rc;
	return w.row != NULL ? show(p, &w) : reply_redirect(p->reply, desk_url(p->a, l.t.no, "").s);
}

int desk_review_again(struct page *p, const struct desk_letter *l, enum action a)
{
	struct reviewing w = { .n = 0 };
	int rc = load(p, l, a, &w);

	if (rc != 0)
		return rc;
	return w.row != NULL ? show(p, &w) : err_set(ERR_STATE, "there is no answer to review");
}

int desk_review_words(struct page *p, const struct desk_letter *l, struct act *act)
{
	struct act_comment *list = arena_array(p->a, REVIEW_PARAGRAPHS_MAX, sizeof(*list));
	struct reviewing w = { .n = 0 };
	const char **texts;
	size_t n = 0;
	int rc = sends_back(act->action) ? load(p, l, ACT__MAX, &w) : 0;

	if (rc != 0 || w.row == NULL)
		return rc;
	texts = writing_paragraphs(p->a, w.row->body, &n);
	act->comments = list;
	for (size_t i = 0; i < n && i < REVIEW_PARAGRAPHS_MAX; i++) {
		const char *words = form_text(p->form, field_name(p->a, i));

		if (words != NULL)
			list[act->n_comments++] = (struct act_comment){ (int)i + 1, text_cut(p->a, texts[i], QUOTE_MAX), words };
	}
	return 0;
}
