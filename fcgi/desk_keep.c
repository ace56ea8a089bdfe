/* desk_keep - while somebody writes an answer: the automatic saves, who is there, and the answer as its writer will
 * read it.
 *
 * keep.json and here.json are asked by static/draft.js. */
#include "clock.h"
#include "desk_writing.h"
#include "views/desk_preview.h"

static const char *const here_whats[] = { "draft", "review", NULL };
static const struct field here_fields[] = {
	{ "what", FIELD_CHOICE, .choices = here_whats, .required = true },
};
const struct form_def form_here = { here_fields, ARRAY_LEN(here_fields) };

/* --- while somebody types --- */

static json_t *texts_json(const char *const *list, size_t n)
{
	json_t *o = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(o, json_string(list[i]));
	return o;
}

static int check_json(struct page *p, const struct writing *w, json_t *o)
{
	const struct draft_text text = writing_typed(p);
	struct part_checklist c;
	struct structure s;
	json_t *rows = json_array();
	int rc = writing_check(p, &w->l, w->replies, w->replies_n, w->draft.id, text.body, text.result, &s);

	c = writing_checklist(p->a, &s);
	for (size_t i = 0; rc == 0 && i < c.rows_n; i++)
		json_array_append_new(rows, json_pack("{s:s, s:s, s:s, s:s}", "code", c.rows[i].code, "mark", c.rows[i].mark,
			"words", c.rows[i].words, "css", c.rows[i].css));
	json_object_set_new(o, "check", rows);
	json_object_set_new(o, "warnings", texts_json(c.warnings, c.warnings_n));
	return rc;
}

static int others_json(struct page *p, int64_t ticket_id, bool reviews, json_t *o)
{
	struct part_present others = { NULL, 0 };
	int rc = draft_present(p->db, ticket_id, page_actor(p)->officer_id, reviews);

	if (rc == 0)
		rc = writing_present(p, ticket_id, &others);
	json_object_set_new(o, "others", texts_json(others.who, others.who_n));
	return rc;
}

/* The other's text goes along, so that both can be seen at once. */
static int tell_clash(struct page *p, struct writing *w, int code)
{
	struct q_reply_saved_by by = { .name = NULL };
	int rc = draft_get(p->db, p->a, w->l.t.id, w->l.t.round, &w->draft);

	if (rc == 0 && w->draft.id != 0)
		rc = q_reply_saved_by(p->db, p->a, w->draft.id, &by);
	if (rc != 0)
		return rc;
	return reply_json(p->reply, err_http(code), json_pack("{s:{s:s, s:s}, s:I, s:s, s:s}", "error", "code",
		err_name(code), "message", err_text(code), "version", (json_int_t)w->draft.version, "body", w->draft.body, "by",
		by.name != NULL ? by.name : ""));
}

int desk_draft_keep(struct page *p)
{
	struct writing w = { 0 };
	int64_t version = 0;
	json_t *o;
	int rc = writing_load(p, &w);

	if (rc == 0 && !form_ok(p->form))
		rc = err_set(ERR_INVALID, "draft has mistakes");
	if (rc == 0)
		rc = writing_save(p, &w, DRAFT_AUTO, &version);
	if (rc == ERR_CONFLICT || rc == ERR_STATE)
		return tell_clash(p, &w, rc);
	if (rc != 0)
		return rc;
	o = json_pack("{s:I, s:s}", "version", (json_int_t)version, "saved_at", clock_fmt(p->a, p->now) + 11);
	rc = others_json(p, w.l.t.id, false, o);
	if (rc == 0)
		rc = check_json(p, &w, o);
	if (rc == 0)
		return reply_json(p->reply, 200, o);
	json_decref(o);
	return rc;
}

int desk_here(struct page *p)
{
	struct desk_letter l;
	json_t *o;
	int rc = desk_letter(p, &l);

	if (rc == 0 && !form_ok(p->form))
		rc = err_set(ERR_INVALID, "neither draft nor review");
	if (rc != 0)
		return rc;
	o = json_object();
	rc = others_json(p, l.t.id, form_choice(p->form, "what") == 1, o);
	if (rc == 0)
		return reply_json(p->reply, 200, o);
	json_decref(o);
	return rc;
}

/* --- as the writer will read it --- */

int desk_preview(struct page *p)
{
	struct writing w = { 0 };
	struct view_desk_preview v;
	int rc = writing_load(p, &w);

	if (rc != 0)
		return rc;
	if (w.l.t.state != TICKET_HANDLING)
		return reply_redirect(p->reply, desk_url(p->a, w.l.t.no, "").s);
	v = (struct view_desk_preview){
		.number = w.l.t.no, .title = w.l.file.title, .type = states_type_name(w.l.t.type),
		.unit = w.l.file.unit_name, .back = desk_url(p->a, w.l.t.no, "/draft"),
		.text = view_paragraphs(p->a, w.draft.body), .empty = w.draft.body[0] == '\0',
		.status = show_state_public(TICKET_REPLIED, false), .today = show_day(p->a, w.l.today, w.l.today),
	};
	v.frame = page_titled(p, arena_printf(p->a, "写信人将看到 %s", w.l.t.no));
	view_desk_preview(&p->reply->body, &v);
	return 0;
}
