/* desk_pub - what goes to the public: lists of letters to clear or to publish, and one edition beside its original.
 *
 * An approval holds for exactly the text that was looked at; editing sends it back. The domain sees to that. */
#include <string.h>

#include "clock.h"
#include "desk_fields.h"
#include "desk_since.h"
#include "views/desk_edition.h"
#include "views/desk_pub.h"

#define MASK "［已隐去］"

static const struct field pub_fields[] = {
	{ "view", FIELD_TOKEN, .max = 24 },
	{ "after", FIELD_INT, .max = INT32_MAX },
};
const struct form_def form_pub = { pub_fields, ARRAY_LEN(pub_fields) };
static const struct field edition_fields[] = {
	{ "title", FIELD_LINE, .label = "公开标题", .max = 60 },
	{ "body", FIELD_TEXT, .label = "来信", .max = 5000 },
	{ "reply", FIELD_TEXT, .label = "答复", .max = 8000 },
	{ "version", FIELD_INT, .max = INT32_MAX },
};
const struct form_def form_edition = { edition_fields, ARRAY_LEN(edition_fields) };

/* --- the lists --- */

static const struct view { const char *code, *text, *states; } views[] = {
	{ "pending",   "待公开审查", "pending_review" },
	{ "approved",  "已审查待发布", "approved_full,approved_summary" },
	{ "published", "已公开", "published,corrected" },
	{ "withheld",  "不公开和已撤下", "withheld,withdrawn_pub" },
};

static const char *list_url(struct page *p, const char *view, int64_t after)
{
	struct str o;

	str_init(&o, p->a, 400);
	str_add(&o, p->req->path);
	view_query_add(&o, "view", view);
	view_query_add(&o, "after", after > 0 ? arena_printf(p->a, "%lld", (long long)after) : NULL);
	return o.s;
}

static struct desk_pub_row pub_row(struct arena *a, const struct worktime *wt, int32_t today,
	const struct q_queue_pub *row)
{
	struct show_due d = show_due(a, wt, today, row->publish_due, false);

	return (struct desk_pub_row){
		.number = row->no, .title = row->title, .type = states_type_name(states_type_from(row->type)),
		.unit = row->unit_name != NULL ? row->unit_name : "—",
		.status = show_pub(states_pub_from(row->pub_state)),
		.replied = row->replied_at != TIME_NONE ? show_day(a, clock_day(row->replied_at), today) : "",
		.due = d.day, .left = d.left, .css = d.css, .late = d.late,
	};
}

static int list(struct page *p, const char *heading, const struct view *otherwise)
{
	const struct view *chosen = otherwise;
	int64_t after = form_int(p->form, "after", 0);
	struct choice *links = arena_array(p->a, ARRAY_LEN(views), sizeof(*links));
	struct view_desk_pub v = { .heading = heading, .views = links, .views_n = ARRAY_LEN(views) };
	const struct worktime *wt = NULL;
	struct q_queue_pub *rows = NULL;
	struct desk_pub_row *shown;
	size_t n = 0;
	int rc = worktime_get(p->db, &wt);

	for (size_t i = 0; i < ARRAY_LEN(views); i++)
		chosen = str_eq(form_text(p->form, "view"), views[i].code) ? &views[i] : chosen;
	if (rc == 0)
		rc = q_queue_pub(p->db, p->a, chosen->states, page_actor(p)->unit_id, page_actor(p)->officer_id, after,
			DESK_ROWS + 1, &rows, &n);
	if (rc != 0)
		return rc;
	for (size_t i = 0; i < ARRAY_LEN(views); i++) {
		links[i].text = views[i].text;
		links[i].url.s = list_url(p, views[i].code, 0);
		links[i].chosen = chosen == &views[i];
	}
	v.rows_n = n > DESK_ROWS ? DESK_ROWS : n;
	shown = arena_array(p->a, v.rows_n + 1, sizeof(*shown));
	for (size_t i = 0; i < v.rows_n; i++)
		shown[i] = pub_row(p->a, wt, clock_day(p->now), &rows[i]);
	v.rows = shown;
	if (n > DESK_ROWS)
		v.next.s = list_url(p, chosen->code, rows[DESK_ROWS - 1].id);
	if (after > 0)
		v.first.s = list_url(p, chosen->code, 0);
	desk_flash(p);
	v.frame = page_titled(p, heading);
	view_desk_pub(&p->reply->body, &v);
	return 0;
}

int desk_clearing(struct page *p)
{
	return list(p, "公开审查", &views[0]);
}

int desk_publish(struct page *p)
{
	return list(p, "公开发布", &views[1]);
}

/* --- one edition --- */

struct work {
	struct desk_letter l;
	struct q_edition_source source;
	struct q_edition_last edition;
	struct q_reply_final_last reply;
};

static int load(struct page *p, struct work *w)
{
	int rc = desk_letter(p, &w->l);

	if (rc == 0)
		rc = q_edition_source(p->db, p->a, w->l.t.id, &w->source);
	if (rc == 0)
		rc = q_edition_last(p->db, p->a, w->l.t.id, &w->edition);
	if (rc == 0)
		rc = q_reply_final_last(p->db, p->a, w->l.t.id, &w->reply);
	return rc;
}

static int count(const char *text, const char *piece)
{
	int n = 0;

	for (const char *s = text; (s = strstr(s, piece)) != NULL; s += strlen(piece))
		n++;
	return n;
}

static void add_decisions(struct page *p, const struct work *w, struct view_desk_edition *v)
{
	const struct actor *who = page_actor(p);
	const struct desk_fields f = { .p = p, .letter = &w->l,
		.from = access_may(who, CAP_APPROVE_SUMMARY) ? "clearing" : access_may(who, CAP_PUBLISH) ? "publish"
			: "" };
	struct part_act_form *acts = arena_array(p->a, ACT__MAX, sizeof(*acts));
	struct desk_fact *not_now = arena_array(p->a, ACT__MAX, sizeof(*not_now));
	enum action offered[ACT__MAX];
	size_t n = states_offered(&w->l.facts, who, offered);
	const char *why;

	v->acts = acts;
	v->not_now = not_now;
	for (size_t i = 0; i < n; i++) {
		if (offered[i] == ACT_EDIT_EDITION)
			v->may_edit = true;
		else if (desk_fields_place(offered[i]) == DESK_PUBLISH)
			acts[v->acts_n++] = desk_fields_form(&f, offered[i], false);
	}
	for (int a = 0; a < ACT__MAX; a++) {
		if (desk_fields_place((enum action)a) != DESK_PUBLISH)
			continue;
		why = states_why_not(&w->l.facts, who, (enum action)a);
		if (why != NULL)
			not_now[v->not_now_n++] = (struct desk_fact){ states_action_button((enum action)a),
				arena_strdup(p->a, why) };
	}
}

static int show(struct page *p, const struct work *w)
{
	int masked = count(w->edition.title, MASK) + count(w->edition.body, MASK) + count(w->edition.reply, MASK);
	struct view_desk_edition v = {
		.form = p->form, .number = w->l.t.no, .type = states_type_name(w->l.t.type),
		.pub = show_pub(w->l.t.pub),
		.url = desk_url(p->a, w->l.t.no, "/publish"), .back = desk_url(p->a, w->l.t.no, ""),
		.agreed = w->source.publish_ok ? "写信人同意公开来信内容" : "写信人不同意公开来信内容：只能公开答复摘要",
		.declined = !w->source.publish_ok,
		.orig_title = w->source.title, .orig_body = view_paragraphs(p->a, w->source.body),
		.orig_reply = view_paragraphs(p->a, w->reply.body),
		.title = form_raw(p->form, "title"), .body = form_raw(p->form, "body"),
		.reply = form_raw(p->form, "reply"),
		.shown_body = view_marked(p->a, w->edition.body, MASK),
		.shown_reply = view_marked(p->a, w->edition.reply, MASK),
		.marks = masked > 0 ? arena_printf(p->a, "已自动隐去 %d 处号码。姓名、住址等请人工核对。", masked)
			: "没有自动隐去的内容。姓名、住址、号码请人工核对。",
		.version = w->l.t.version,
	};
	int rc = p->req->method == METHOD_POST ? desk_since(p, &w->l, form_int(p->form, "version", 0), &v.since) : 0;

	if (rc != 0)
		return rc;
	add_decisions(p, w, &v);
	desk_flash(p);
	v.frame = page_titled(p, arena_printf(p->a, "公开稿 %s", w->l.t.no));
	view_desk_edition(&p->reply->body, &v);
	return 0;
}

int desk_edition(struct page *p)
{
	struct work w = { 0 };
	int rc = load(p, &w);

	if (rc != 0)
		return rc;
	form_set(p->form, "title", w.edition.title);
	form_set(p->form, "body", w.edition.body);
	form_set(p->form, "reply", w.edition.reply);
	return show(p, &w);
}

int desk_edition_send(struct page *p)
{
	struct work w = { 0 };
	struct act act;
	int rc = load(p, &w);

	if (rc != 0)
		return rc;
	act = (struct act){ .action = ACT_EDIT_EDITION, .version = form_int(p->form, "version", 0), .on = DAY_NONE,
		.ed_title = form_text(p->form, "title"), .ed_body = form_text(p->form, "body"),
		.ed_reply = form_text(p->form, "reply") };
	if (form_ok(p->form)) {
		rc = act.version == 0 ? err_set(ERR_CONFLICT, "sent without a version")
			: ticket_apply(p->db, p->a, w.l.t.id, page_actor(p), &act, NULL);
		if (rc == 0)
			return reply_redirect(p->reply, desk_done_path(p->a, desk_url(p->a, w.l.t.no, "/publish").s,
				ACT_EDIT_EDITION, w.l.t.no, ""));
		if (rc != ERR_CONFLICT && rc != ERR_INVALID && rc != ERR_STATE)
			return rc;
		form_fail(p->form, act.ed_title == NULL ? "title" : "reply", rc == ERR_CONFLICT
			? "别人刚刚处理过这封信，您写的还在，请核对后再保存" : err_text(rc));
	}
	reply_status(p->reply, err_http(rc != 0 ? rc : ERR_INVALID));
	return show(p, &w);
}
