/* desk_writing - see desk_writing.h. */
#include "desk_writing.h"

#include <string.h>

#include "clock.h"
#include "diff.h"
#include "sentences.h"

/* What draft_get() would read, from the replies that are there already. */
static struct draft draft_among(const struct q_reply_of *rows, size_t n, int round)
{
	struct draft d = { .body = "", .on = DAY_NONE };

	for (size_t i = 0; i < n; i++) {
		const struct q_reply_of *r = &rows[i];

		if (str_eq(r->kind, "final") && r->round == round && (str_eq(r->state, "draft") || str_eq(r->state, "returned")
				|| str_eq(r->state, "in_review")))
			d = (struct draft){ .id = r->id, .version = r->version, .body = r->body, .result = r->result_code,
				.on = r->next_on };
	}
	return d;
}

int writing_load(struct page *p, struct writing *w)
{
	int rc = desk_letter(p, &w->l);

	if (rc == 0 && !access_may_on(page_actor(p), CAP_DRAFT, w->l.t.unit_id, w->l.facts.co))
		rc = err_set(ERR_DENIED, "draft of another unit");
	if (rc == 0)
		rc = q_reply_of(p->db, p->a, w->l.t.id, &w->replies, &w->replies_n);
	w->draft = rc == 0 ? draft_among(w->replies, w->replies_n, w->l.t.round) : (struct draft){ .body = "" };
	return rc;
}

/* --- what was sent --- */

struct draft_text writing_typed(const struct page *p)
{
	const char *body = form_text(p->form, "body");

	return (struct draft_text){ body != NULL ? body : "", form_text(p->form, "result"), form_day(p->form, "on") };
}

int writing_tick(struct page *p, const struct writing *w)
{
	const char *const *list;
	struct str ids;
	size_t n = 0;
	long long id;

	if (!form_given(p->form, "ticks"))
		return 0;
	list = form_list(p->form, "done", &n);
	str_init(&ids, p->a, 1000);
	for (size_t i = 0; i < n; i++) {
		if (str_to_int(list[i], 1, INT64_MAX, &id) == 0)
			str_addf(&ids, "%s%lld", ids.len > 0 ? "," : "", id);
	}
	return draft_tick(p->db, p->a, w->l.t.id, page_actor(p), ids.s);
}

int writing_save(struct page *p, const struct writing *w, enum draft_event event, int64_t *ret_version)
{
	const struct draft_text text = writing_typed(p);
	int rc = writing_tick(p, w);

	return rc != 0 ? rc : draft_save(p->db, p->a, w->l.t.id, page_actor(p), &text, event,
		form_int(p->form, "draft_version", 0), ret_version);
}

/* --- who else is there --- */

int writing_present(struct page *p, int64_t ticket_id, struct part_present *ret)
{
	struct q_presence_of *rows = NULL;
	const char **list;
	size_t n = 0;
	int rc = q_presence_of(p->db, p->a, ticket_id, page_actor(p)->officer_id, p->now - DRAFT_PRESENT_S, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		long long min = (long long)(p->now - rows[i].seen_at) / 60;

		list[i] = arena_printf(p->a, "%s正在%s（%s）", rows[i].name, str_eq(rows[i].what, "review") ? "审核" : "起草",
			min < 1 ? "刚刚" : arena_printf(p->a, "%lld 分钟前", min));
	}
	*ret = (struct part_present){ list, n };
	return 0;
}

/* --- the check of a text --- */

int writing_check(struct page *p, const struct desk_letter *l, const struct q_reply_of *replies, size_t replies_n,
	int64_t own_id, const char *body, const char *result, struct structure *ret)
{
	const char **earlier = arena_array(p->a, replies_n + 1, sizeof(*earlier));
	struct structure_of of = { .number = l->t.no, .title = l->file.title, .demand = l->file.demand,
		.type = states_type_code(l->t.type), .result = result, .earlier = earlier };
	struct q_reply_same_text same;
	int rc = ERR_NOTFOUND;

	for (size_t i = 0; i < replies_n; i++) {
		if (replies[i].id != own_id && str_eq(replies[i].state, "approved"))
			earlier[of.earlier_n++] = replies[i].body;
	}
	if (strlen(body) > 90)
		rc = q_reply_same_text(p->db, p->a, l->t.unit_id, l->t.id, body, page_actor(p)->unit_id,
			page_actor(p)->officer_id, &same);
	if (rc != 0 && rc != ERR_NOTFOUND)
		return rc;
	of.same_as = rc == 0 ? same.no : "";
	structure_check(p->a, body, &of, ret);
	return 0;
}

struct part_checklist writing_checklist(struct arena *a, const struct structure *s)
{
	struct checklist_row *rows = arena_array(a, STRUCTURE__MAX, sizeof(*rows));
	const char **warnings = arena_array(a, s->warnings + 1, sizeof(*warnings));

	for (int i = 0; i < STRUCTURE__MAX; i++) {
		const struct structure_found *f = &s->part[i];
		bool missing = f->needed && !f->there;

		rows[i] = (struct checklist_row){
			.code = structure_code((enum structure_part)i), .name = structure_name((enum structure_part)i),
			.mark = f->there ? "✓ 有" : missing ? "! 可能缺" : "不一定需要",
			.words = f->there ? f->sentence : missing ? structure_advice((enum structure_part)i) : "",
			.css = missing ? "lx-check__row--missing" : "",
		};
	}
	for (size_t i = 0; i < s->warnings; i++)
		warnings[i] = s->warning[i];
	return (struct part_checklist){ rows, STRUCTURE__MAX, warnings, s->warnings };
}

/* --- texts --- */

struct part_diff writing_diff(struct arena *a, const char *before, const char *after)
{
	size_t n;
	const struct diff_piece *p = diff_texts(a, before, after, &n);
	struct diff_bit *bits = arena_array(a, n + 1, sizeof(*bits));

	for (size_t i = 0; i < n; i++)
		bits[i] = (struct diff_bit){ p[i].s, p[i].kind == DIFF_GONE, p[i].kind == DIFF_NEW };
	return (struct part_diff){ bits, n };
}

const char **writing_paragraphs(struct arena *a, const char *text, size_t *ret_n)
{
	size_t n, kept = 0;
	const struct piece *lines = sentences_lines(a, text, strlen(text), &n);
	const char **list = arena_array(a, n + 1, sizeof(*list));

	for (size_t i = 0; i < n; i++) {
		size_t len = lines[i].n;

		while (len > 0 && (lines[i].s[len - 1] == '\n' || lines[i].s[len - 1] == ' '))
			len--;
		if (len > 0)
			list[kept++] = arena_strndup(a, lines[i].s, len);
	}
	*ret_n = kept;
	return list;
}
