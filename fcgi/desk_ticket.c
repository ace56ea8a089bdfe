/* desk_ticket - one letter at the desk: all about it, and what this person can do with it now.
 *
 * The contact stays sealed until somebody gives a reason; the vault records that before it opens anything. */
#include "desk_ticket.h"

#include <string.h>

#include "clock.h"
#include "desk_fields.h"
#include "desk_helpers.h"
#include "desk_writing.h"
#include "topic.h"
#include "vault_client.h"

static const struct field reveal_fields[] = {
	{ "reason", FIELD_LINE, .label = "查看理由", .min = 2, .max = 100, .required = true, .missing = "请写明为什么要查看" },
};
const struct form_def form_reveal = { reveal_fields, ARRAY_LEN(reveal_fields) };

static const struct field topic_fields[] = { { "topic", FIELD_INT, .label = "主题", .max = INT32_MAX } };
const struct form_def form_topic = { topic_fields, ARRAY_LEN(topic_fields) };

/* --- what can be done --- */

static void add_link(struct view_desk_ticket *v, struct desk_link *links, struct url url, const char *text,
	const char *hint)
{
	for (size_t i = 0; i < v->links_n; i++) {
		if (strcmp(links[i].url.s, url.s) == 0)
			return;
	}
	links[v->links_n++] = (struct desk_link){ url, text, hint };
}

/* Plain buttons come first: they are the usual way on. */
static void add_main(struct view_desk_ticket *v, struct part_act_form *list, struct part_act_form form)
{
	size_t at = v->main_n;

	while (form.plain && at > 0 && !list[at - 1].plain) {
		list[at] = list[at - 1];
		at--;
	}
	list[at] = form;
	v->main_n++;
}

static void add_actions(struct page *p, const struct desk_file *file, struct view_desk_ticket *v)
{
	const struct desk_fields f = { .p = p, .letter = &file->l, .units = file->units, .units_n = file->units_n,
		.topics = file->topics, .topics_n = file->topics_n,
		.officers = file->officers, .officers_n = file->officers_n };
	struct part_act_form *main = arena_array(p->a, file->offered_n + 2, sizeof(*main));
	struct part_act_form *others = arena_array(p->a, file->offered_n + 1, sizeof(*others));
	struct desk_link *links = arena_array(p->a, 4, sizeof(*links));
	const char *no = file->l.t.no;

	v->main = main;
	v->others = others;
	v->links = links;
	for (size_t i = 0; i < file->offered_n; i++) {
		enum action a = file->offered[i];

		switch (desk_fields_place(a)) {
		case DESK_MAIN:
			add_main(v, main, desk_fields_form(&f, a, false));
			break;
		case DESK_OTHER:
			others[v->others_n++] = desk_fields_form(&f, a, false);
			break;
		case DESK_DRAFT:
			add_link(v, links, desk_url_in(p, no, "/draft"), "起草答复", "");
			break;
		case DESK_REVIEW:
			add_link(v, links, desk_url_in(p, no, "/review"), "审核答复", "");
			break;
		case DESK_PUBLISH:
			add_link(v, links, desk_url_in(p, no, "/publish"), "公开审查和发布", states_pub_name(file->l.t.pub));
			break;
		}
	}
}

/* The registrar's usual way with a new letter stands first and open; accepting alone is the quieter way. */
static void add_triage(struct page *p, const struct desk_file *file, struct view_desk_ticket *v)
{
	const struct desk_fields f = { .p = p, .letter = &file->l, .units = file->units, .units_n = file->units_n,
		.topics = file->topics, .topics_n = file->topics_n };
	struct part_act_form *main = (struct part_act_form *)v->main;

	if (!desk_file_triages(p, file))
		return;
	for (size_t i = v->main_n; i > 0; i--) {
		main[i] = main[i - 1];
		if (str_eq(main[i].code, states_action_code(ACT_ACCEPT))) {
			main[i].quiet = true;
			main[i].hint = "只受理，以后再分办：";
		}
	}
	main[0] = desk_fields_accept_assign(&f, false);
	v->main_n++;
}

/* Actions of this person's roles that fit the state but cannot be taken now. */
static void add_not_now(struct page *p, const struct desk_file *file, struct view_desk_ticket *v)
{
	struct desk_fact *list = arena_array(p->a, ACT__MAX, sizeof(*list));

	v->not_now = list;
	for (int a = 0; a < ACT__MAX; a++) {
		const char *why = states_why_not(&file->l.facts, page_actor(p), (enum action)a);

		if (why != NULL && desk_fields_was_asked((enum action)a, &file->l.facts))
			list[v->not_now_n++] = (struct desk_fact){ states_action_button((enum action)a),
				arena_strdup(p->a, why) };
	}
}

/* --- the page --- */

/* The writer asked where the answer is, in the round that runs. */
static const char *nudged(struct arena *a, const struct desk_file *file, int32_t today)
{
	if (!file->l.facts.nudged)
		return "";
	for (size_t i = file->history_n; i-- > 0;) {
		if (str_eq(file->history[i].action, states_action_code(ACT_NUDGE)))
			return arena_printf(a, "写信人 %s催过，请尽快答复", show_day(a, clock_day(file->history[i].at), today));
	}
	return "";
}

static const char *where(struct arena *a, const struct desk_file *file)
{
	const char *unit = file->l.file.unit_name, *co = file->l.file.co_units;

	return arena_printf(a, "%s%s%s", unit != NULL ? unit : "", co != NULL ? "　协办：" : "", co != NULL ? co : "");
}

static struct desk_contact contact_of(struct page *p, const struct desk_file *file)
{
	return (struct desk_contact){
		.have = file->l.file.has_contact,
		.may_see = access_may_on(page_actor(p), CAP_REVEAL, file->l.t.unit_id, file->l.facts.co),
		.url = desk_url(p->a, file->l.t.no, "/reveal"),
		.seen = file->l.file.reveals > 0 ? arena_printf(p->a, "已被查看 %lld 次", (long long)file->l.file.reveals) : "",
		.problem = "", .reason = "",
	};
}

/* Who writes at it now, what units that help think, other letters: each from a table of its own. */
static int add_around(struct page *p, const struct desk_letter *l, struct view_desk_ticket *v)
{
	bool written = l->t.state == TICKET_HANDLING || l->t.state == TICKET_IN_REVIEW;
	int rc = written ? writing_present(p, l->t.id, &v->present) : 0;

	if (rc == 0)
		rc = desk_helpers(p, l, &v->helpers);
	return rc != 0 ? rc : desk_beside(p, l, v);
}

/* What it is about: to read for everybody, to choose for who registers letters. */
static int add_topic(struct page *p, struct desk_file *file, struct view_desk_ticket *v)
{
	bool may = access_may(page_actor(p), CAP_ACCEPT);
	int rc = may || file->l.t.topic_id != 0 ? desk_topics(p, file->l.t.topic_id, &v->topics, &v->topics_n) : 0;

	v->topic = "";
	for (size_t i = 0; i < v->topics_n; i++) {
		if (v->topics[i].chosen)
			v->topic = str_starts(v->topics[i].text, DESK_TOPIC_INDENT)
				? v->topics[i].text + strlen(DESK_TOPIC_INDENT) : v->topics[i].text;
	}
	if (!may)
		v->topics_n = 0;
	file->topics = v->topics;
	file->topics_n = v->topics_n;
	v->topic_url = desk_url_in(p, file->l.t.no, "/topic");
	return rc;
}

static int show(struct page *p, struct desk_file *file, struct desk_contact contact)
{
	const struct q_letter_file *s = &file->l.file;
	struct desk_reply *replies = arena_array(p->a, file->replies_n + 1, sizeof(*replies));
	bool late = s->due_on != DAY_NONE && file->l.today > s->due_on;
	bool writes = access_may_on(page_actor(p), CAP_DRAFT, file->l.t.unit_id, file->l.facts.co);
	struct view_desk_ticket v = {
		.number = s->no, .title = s->title, .type = states_type_name(file->l.t.type),
		.status = show_state(file->l.t.state, late && file->l.t.state != TICKET_SUSPENDED),
		.where = where(p->a, file), .nudged = nudged(p->a, file, clock_day(p->now)),
		.petition = file->l.facts.petition,
		.body = view_paragraphs(p->a, s->body),
		.demand = s->demand, .place = s->place,
		.question = s->question, .answer = s->answer,
		.replies = replies,
		.course = desk_course(p->a, file->history, file->history_n, file->l.today),
		.contact = contact,
	};
	int rc;

	if (file->l.t.pub != PUB_NOT_DUE)
		v.pub = show_pub(file->l.t.pub);
	/* An unfinished draft is for those who write it. */
	v.replies_n = desk_replies(p->a, file->replies, file->replies_n, file->l.today, writes ? NULL : "draft", replies);
	desk_file_clocks(p, file, &v);
	desk_file_asks(p, file, &v);
	desk_file_facts(p, file, &v);
	rc = add_topic(p, file, &v);
	if (rc != 0)
		return rc;
	add_actions(p, file, &v);
	add_triage(p, file, &v);
	add_not_now(p, file, &v);
	v.neighbours = desk_neighbours(p, s->no, DESK_AT_LETTER);
	rc = add_around(p, &file->l, &v);
	if (rc != 0)
		return rc;
	desk_flash(p);
	v.frame = page_titled(p, arena_printf(p->a, "%s %s", s->no, s->title));
	view_desk_ticket(&p->reply->body, &v);
	return 0;
}

int desk_ticket(struct page *p)
{
	struct desk_file *file = ARENA_NEW(p->a, struct desk_file);
	int rc = desk_file_load(p, file);

	return rc != 0 ? rc : show(p, file, contact_of(p, file));
}

int desk_topic_send(struct page *p)
{
	struct desk_letter l;
	int rc = desk_letter(p, &l);

	if (rc == 0)
		rc = topic_set(p->db, p->a, l.t.id, form_int(p->form, "topic", 0));
	return rc != 0 ? rc : reply_redirect(p->reply, desk_url_in(p, l.t.no, "").s);
}

int desk_ticket_next(struct page *p)
{
	const char *next;
	struct desk_letter l;
	struct str o;
	int rc = desk_letter(p, &l);

	if (rc != 0)
		return rc;
	next = desk_next(p, &l, params_get(&p->req->query, "review") != NULL);
	str_init(&o, p->a, 4 * DESK_FILTER_MAX + 200);
	str_add(&o, next != NULL ? next : desk_list_url(p).s);
	view_query_add(&o, next != NULL ? "before" : "end", next != NULL ? l.t.no : "1");
	return reply_redirect(p->reply, o.s);
}

/* The answer to a POST for once shows the page itself: what was opened may stand in no address. */
int desk_reveal(struct page *p)
{
	struct desk_file *file = ARENA_NEW(p->a, struct desk_file);
	struct desk_contact contact;
	struct contact opened;
	unsigned char hash[32];
	int rc = desk_file_load(p, file);

	if (rc != 0)
		return rc;
	contact = contact_of(p, file);
	if (!contact.may_see)
		return err_set(ERR_DENIED, "no reveal on this letter");
	contact.reason = form_raw(p->form, "reason");
	if (!form_ok(p->form)) {
		contact.problem = form_error(p->form, "reason");
		reply_status(p->reply, err_http(ERR_INVALID));
		return show(p, file, contact);
	}
	rc = session_hash(p, hash);
	if (rc == 0)
		rc = vault_view(p->a, file->l.t.id, hash, form_text(p->form, "reason"), &opened);
	if (rc == ERR_DOWN || rc == ERR_INVALID) {
		contact.problem = rc == ERR_DOWN ? "暂时不能查看，请过一会儿再试" : arena_strdup(p->a, err_text(rc));
		reply_status(p->reply, err_http(rc));
		return show(p, file, contact);
	}
	if (rc != 0)
		return rc;
	contact.shown = true;
	contact.name = opened.name;
	contact.phone = opened.phone;
	contact.email = opened.email;
	contact.seen = arena_printf(p->a, "已被查看 %lld 次，含这一次", (long long)file->l.file.reveals + 1);
	return show(p, file, contact);
}
