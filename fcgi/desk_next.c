/* desk_next - where an action leads: the same letter, the next one of the list it was opened from, or the start page;
 * and what is said there. */
#include "desk.h"

#include <string.h>

#include "clock.h"
#include "desk_fields.h"
#include "desk_pub.h"

const char *desk_done_path(struct arena *a, const char *path, enum action done, const char *no, const char *how)
{
	struct str o;

	str_init(&o, a, 4 * DESK_FILTER_MAX + 400);
	str_add(&o, path);
	view_query_add(&o, "done", states_action_code(done));
	view_query_add(&o, "of", no);
	view_query_add(&o, "how", how);
	return o.s;
}

/* What takes the step back that was just taken, for who may; ACT__MAX: nothing. The domain decides about it. */
static enum action undoing(struct page *p, enum action done, const struct q_undo_of *now)
{
	if (done == ACT_ASSIGN && str_eq(now->state, states_code(TICKET_ASSIGNED)) && access_may(page_actor(p), CAP_RECALL))
		return ACT_RECALL;
	if (done == ACT_SUBMIT_REPLY && str_eq(now->state, states_code(TICKET_IN_REVIEW)) && now->level == 0
			&& now->author_id == page_actor(p)->officer_id)
		return ACT_RECALL_REPLY;
	return ACT__MAX;
}

static void offer_undo(struct page *p, enum action done, const char *no)
{
	struct q_undo_of now;
	enum action undo;

	if ((done != ACT_ASSIGN && done != ACT_SUBMIT_REPLY) || no[0] == '\0')
		return;
	if (q_undo_of(p->db, p->a, no, page_actor(p)->unit_id, page_actor(p)->officer_id, &now) != 0) {
		err_clear(); /* no such letter for this person: an address typed by hand */
		return;
	}
	undo = undoing(p, done, &now);
	if (undo == ACT__MAX)
		return;
	p->frame->undo_url = desk_url(p->a, no, "/act");
	p->frame->undo_code = states_action_code(undo);
	p->frame->undo_version = now.version;
}

void desk_flash(struct page *p)
{
	const char *done = params_get(&p->req->query, "done"), *of = params_get(&p->req->query, "of");
	const char *how = params_get(&p->req->query, "how");
	enum action action = done != NULL ? states_action_from(done) : ACT__MAX;

	if (action == ACT__MAX)
		return;
	/* What is no number is not repeated. */
	if (of == NULL || !desk_is_number(of))
		of = "";
	how = how != NULL ? how : "";
	p->frame->flash = arena_printf(p->a, "%s“%s”%s%s%s%s", str_starts(how, "proposed") ? "已提出" : "已完成",
		states_action_button(action), of[0] != '\0' ? "：" : "", of,
		str_starts(how, "proposed") ? "，等另一位工作人员确认。" : "。", str_ends(how, "next") ? "这是下一封。" : "");
	if (!str_starts(how, "proposed"))
		offer_undo(p, action, of);
}

/* What has become of the letter for this person. */
struct outcome {
	bool readable, more, moved;
};

static struct outcome outcome_of(struct page *p, const struct desk_letter *before)
{
	struct outcome o = { false, false, false };
	enum action offered[ACT__MAX];
	struct ticket t;
	struct facts facts;
	size_t n;

	/* The change is made: what cannot be read now must not look like a failure. */
	if (ticket_facts(p->db, p->a, before->t.id, page_actor(p), &t, &facts) != 0)
		return o;
	n = states_offered(&facts, page_actor(p), offered);
	for (size_t i = 0; i < n; i++)
		o.more = o.more || desk_fields_leads_on(offered[i]);
	o.readable = !facts.recused && access_may_on(page_actor(p), CAP_READ, t.unit_id, facts.co);
	o.moved = t.state != before->t.state;
	return o;
}

/* The first letter behind this one in the list; NULL at its end. */
static const struct q_list_open *behind(struct page *p, struct desk_query *ask, const struct desk_letter *l)
{
	struct desk_reader by = desk_reader(p);
	struct q_list_open *rows = NULL;
	size_t n = 0;

	ask->limit = 2;
	if (desk_list_load(&by, ask, &rows, &n) != 0)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		if (rows[i].id != l->t.id)
			return &rows[i];
	}
	return NULL;
}

/* round: after the end of the list from its start. */
static const struct q_list_open *next_row(struct page *p, const struct desk_letter *l, bool round)
{
	const struct q_list_open *row;
	struct desk_view v;

	/* A change is made when this is asked for: what cannot be read now must not look like a failure. */
	if (desk_view_of(p, l->wt, desk_list_of(p) != NULL ? desk_list_of(p) : "view=todo", &v) != 0)
		return NULL;
	v.ask.after_due = l->t.due_on != DAY_NONE ? l->t.due_on : DESK_DAY_LAST;
	v.ask.after_id = l->t.id;
	row = behind(p, &v.ask, l);
	if (row != NULL || !round)
		return row;
	v.ask.after_id = 0;
	return behind(p, &v.ask, l);
}

static bool offers(const enum action *offered, size_t n, enum desk_place place)
{
	for (size_t i = 0; i < n; i++) {
		if (desk_fields_place(offered[i]) == place)
			return true;
	}
	return false;
}

/* Who reviews goes on reviewing, where the next letter has something to review for this person. */
static const char *tail_of(struct page *p, const struct q_list_open *row, bool reviewing)
{
	enum action offered[ACT__MAX];
	struct ticket t;
	struct facts facts;

	if (!reviewing || ticket_facts(p->db, p->a, row->id, page_actor(p), &t, &facts) != 0)
		return "";
	return offers(offered, states_offered(&facts, page_actor(p), offered), DESK_REVIEW) ? "/review" : "";
}

const char *desk_next(struct page *p, const struct desk_letter *l, bool reviewing)
{
	const struct q_list_open *row;

	if (desk_pub_of(p) != NULL)
		return desk_pub_next(p, l);
	row = next_row(p, l, false);
	return row != NULL ? desk_url_in(p, row->no, tail_of(p, row, reviewing)).s : NULL;
}

struct url desk_list_url(struct page *p)
{
	const char *list = desk_list_of(p);

	if (desk_pub_of(p) != NULL)
		return desk_pub_list(p);
	return desk_view_url(p->a, "/queue", list != NULL ? list : "view=todo", NULL);
}

/* From an edition that was opened by its address alone too: through what waits for the same. */
static struct url next_url(struct page *p, const char *no, enum desk_at at)
{
	struct str o;

	str_init(&o, p->a, 4 * DESK_FILTER_MAX);
	str_add(&o, desk_url_in(p, no, "/next").s);
	view_query_add(&o, "review", at == DESK_AT_REVIEW ? "1" : NULL);
	view_query_add(&o, "pub", at == DESK_AT_EDITION && desk_pub_of(p) == NULL ? desk_pub_from(p) : NULL);
	return (struct url){ o.s };
}

struct part_neighbours desk_neighbours(struct page *p, const char *no, enum desk_at at)
{
	static const char *const tails[] = { "", "/review", "/publish" };
	const char *before = params_get(&p->req->query, "before");
	bool pub = at == DESK_AT_EDITION ? desk_pub_from(p) != NULL : desk_pub_of(p) != NULL;
	struct part_neighbours v = { .back = pub ? desk_pub_list(p) : desk_list_url(p), .next = next_url(p, no, at),
		.back_text = pub || desk_list_of(p) != NULL ? "回到列表" : "我的待办" };

	if (at != DESK_AT_LETTER)
		v.letter = desk_url_in(p, no, "");
	if (before != NULL && desk_is_number(before) && strcmp(before, no) != 0)
		v.prev = desk_url_in(p, before, tails[at]);
	return v;
}

static int go(struct page *p, const char *path, enum action done, const struct desk_letter *before, const char *how)
{
	return reply_redirect(p->reply, desk_done_path(p->a, path, done, before->t.no, how));
}

int desk_go_on(struct page *p, const struct desk_letter *before, enum action done)
{
	struct outcome o = outcome_of(p, before);
	bool reviewing = desk_fields_place(done) == DESK_REVIEW;
	/* The first of two persons has only proposed it. */
	bool proposed = (done == ACT_REFUSE || done == ACT_MARK_INVALID) && !o.moved;
	const struct q_list_open *next;

	if (o.readable && !proposed && (o.more || (!o.moved && !desk_fields_leads_on(done))))
		return go(p, desk_url_in(p, before->t.no, "").s, done, before, "");
	next = next_row(p, before, true);
	if (next != NULL)
		return go(p, desk_url_in(p, next->no, tail_of(p, next, reviewing)).s, done, before,
			proposed ? "proposed-next" : "next");
	return go(p, "/", done, before, proposed ? "proposed" : "");
}
