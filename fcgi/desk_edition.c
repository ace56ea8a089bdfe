/* desk_edition - one public edition beside its original: what was found in it and why, hidden and shown again by
 * one click each, edited, decided.
 *
 * Who edits works on a copy in the form: each click answers with the same page, nothing is kept until it is saved.
 * A decision carries the hash of the very text on the screen (publish.h). Where a text names its writer the vault
 * says, which tells places and nothing else. */
#include <string.h>

#include "clock.h"
#include "desk_fields.h"
#include "desk_pub.h"
#include "desk_since.h"
#include "desk_writing.h"
#include "edition.h"
#include "publish.h"
#include "vault_client.h"
#include "views/desk_edition.h"

static const struct field edition_fields[] = {
	{ "title", FIELD_LINE, .label = "公开标题", .max = 60 },
	{ "body", FIELD_TEXT, .label = "来信", .max = 5000 },
	{ "reply", FIELD_TEXT, .label = "答复", .max = 8000 },
	{ "version", FIELD_INT, .max = INT32_MAX },
	{ "do", FIELD_TOKEN, .max = 80 },
};
const struct form_def form_edition = { edition_fields, ARRAY_LEN(edition_fields) };

#define F EDITION__FIELDS
#define SHORT_HASH 12

struct work {
	struct desk_letter l;
	struct q_edition_source source;
	struct q_edition_last edition;
	const char *original[F], *saved[F], *text[F];  /* of the letter; of the edition; on the screen */
	struct known own[2 * F];                       /* in original and saved */
	struct edition_text texts[F];
	bool unsaved, away;                            /* away: the vault does not answer */
	int64_t version;                               /* of the letter the screen is based on */
};

/* --- loading --- */

static const char *reply_shown(struct arena *a, const struct q_reply_shown *rows, size_t n)
{
	struct str o;

	str_init(&o, a, (size_t)1 << 20);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			str_add(&o, publish_added_heading(a, rows[i].kind, clock_day(rows[i].approved_at)));
		str_add(&o, rows[i].body);
	}
	return o.s;
}

/* Only for those whose work it is: each comparison is on record. */
static void ask_vault(struct page *p, struct work *w)
{
	const struct actor *who = page_actor(p);
	const char *texts[2 * F];

	if (!access_may(who, CAP_EDIT_EDITION) && !access_may(who, CAP_APPROVE_SUMMARY))
		return;
	memcpy(texts, w->original, sizeof w->original);
	memcpy(texts + F, w->saved, sizeof w->saved);
	w->away = vault_known(p->a, w->l.t.id, texts, 2 * F, w->own) != 0;
	if (w->away)
		memset(w->own, 0, sizeof w->own);
	err_clear();
}

static int load(struct page *p, struct work *w)
{
	struct q_reply_shown *rows = NULL;
	size_t n = 0;
	int rc = desk_letter(p, &w->l);

	if (rc == 0)
		rc = q_edition_source(p->db, p->a, w->l.t.id, &w->source);
	if (rc == 0)
		rc = q_edition_last(p->db, p->a, w->l.t.id, &w->edition);
	if (rc == 0)
		rc = q_reply_shown(p->db, p->a, w->l.t.id, &rows, &n);
	if (rc != 0)
		return rc;
	w->original[EDITION_TITLE] = w->source.title;
	w->original[EDITION_BODY] = w->source.body;
	w->original[EDITION_REPLY] = reply_shown(p->a, rows, n);
	w->saved[EDITION_TITLE] = w->edition.title;
	w->saved[EDITION_BODY] = w->edition.body;
	w->saved[EDITION_REPLY] = w->edition.reply;
	w->version = w->l.t.version;
	ask_vault(p, w);
	return 0;
}

/* The texts on the screen: as they are saved, or as somebody is writing them. */
static void take_texts(struct page *p, struct work *w, const char *const *texts)
{
	const char *seen[2 * F];
	const struct redact_span *own[2 * F];
	size_t own_n[2 * F];

	for (int i = 0; i < F; i++) {
		seen[i] = w->original[i];
		seen[F + i] = w->saved[i];
	}
	for (int i = 0; i < 2 * F; i++) {
		own[i] = w->own[i].spans;
		own_n[i] = w->own[i].n;
	}
	w->unsaved = false;
	for (int f = 0; f < F; f++) {
		struct redact_span *again = NULL;
		size_t n = edition_own_again(p->a, texts[f], seen, own, own_n, 2 * F, &again);

		w->text[f] = texts[f];
		w->unsaved = w->unsaved || !str_eq(texts[f], w->saved[f]);
		w->texts[f] = (struct edition_text){ w->original[f], texts[f], own[f], again, own_n[f], n };
		form_set(p->form, edition_field_code((enum edition_field)f), texts[f]);
	}
}

static void take_typed(struct page *p, struct work *w)
{
	const char *texts[F];

	for (int f = 0; f < F; f++) {
		const char *name = edition_field_code((enum edition_field)f), *clean = form_text(p->form, name);

		texts[f] = clean != NULL ? clean : form_raw(p->form, name);
	}
	take_texts(p, w, texts);
	w->version = form_int(p->form, "version", 0);
}

/* --- showing --- */

struct counts { size_t hidden, shown, hints; };

static struct part_pieces pieces_view(struct arena *a, const struct edition_pieces *from, bool may_turn)
{
	static const char *const css[] = { "", "lx-find--hidden", "lx-find--shown", "lx-find--hint" };
	struct pieces_one *list = arena_array(a, from->n + 1, sizeof(*list));

	for (size_t i = 0; i < from->n; i++) {
		const struct edition_piece *one = &from->list[i];
		bool hidden = one->what == EDITION_HIDDEN;

		list[i] = (struct pieces_one){ .text = hidden ? REDACT_HIDDEN : one->text, .css = css[one->what],
			.about = one->what == EDITION_PLAIN ? "" : arena_printf(a, "%s：%s", one->kind, one->why),
			.was = hidden && one->text != NULL ? one->text : "", .key = may_turn ? one->key : "",
			.hidden = hidden };
	}
	return (struct part_pieces){ list, from->n };
}

static void add_finds(enum edition_field f, const struct edition_pieces *from, struct view_desk_edition *v,
	struct edition_find *list, struct counts *n)
{
	static const char *const where[] = { "标题", "来信", "答复" };
	static const char *const state[] = { "", "已隐去", "还看得到，应当隐去", "还看得到，请核对" };
	static const char *const css[] = { "", "lx-find--hidden", "lx-find--shown", "lx-find--hint" };

	for (size_t i = 0; i < from->n; i++) {
		const struct edition_piece *one = &from->list[i];
		bool hidden = one->what == EDITION_HIDDEN;

		if (one->what == EDITION_PLAIN)
			continue;
		list[v->finds_n++] = (struct edition_find){ .where = where[f], .text = one->text != NULL ? one->text : "",
			.kind = one->kind, .why = one->why, .state = state[one->what], .css = css[one->what],
			.key = v->may_edit ? one->key : "", .button = hidden ? "恢复显示" : "隐去" };
		n->hidden += hidden;
		n->shown += one->what == EDITION_SHOWN;
		n->hints += one->what == EDITION_HINT;
	}
}

static void add_pieces(struct page *p, const struct work *w, struct view_desk_edition *v, struct counts *n)
{
	struct edition_pieces of[F];
	struct edition_find *list;
	size_t most = 0;

	for (int f = 0; f < F; f++) {
		struct edition_pieces original = edition_original(p->a, (enum edition_field)f, &w->texts[f]);

		of[f] = edition_pieces(p->a, (enum edition_field)f, &w->texts[f]);
		v->original[f] = pieces_view(p->a, &original, false);
		v->edition[f] = pieces_view(p->a, &of[f], v->may_edit);
		v->diff[f] = writing_diff(p->a, w->original[f], w->text[f]);
		most += of[f].n;
	}
	list = arena_array(p->a, most + 1, sizeof(*list));
	v->finds = list;
	for (int f = 0; f < F; f++)
		add_finds((enum edition_field)f, &of[f], v, list, n);
}

static const char *hash_hex(struct arena *a, const char *title, const char *body, const char *reply)
{
	struct db_blob hash = publish_hash(a, title, body, reply);

	return str_hex(a, hash.p, hash.n);
}

/* What a decision is bound to. */
static const char *seen_by(const struct view_desk_edition *v, enum action a)
{
	return a == ACT_APPROVE_SUMMARY ? v->seen_summary : a == ACT_APPROVE_FULL || a == ACT_PUBLISH ? v->seen_full : "";
}

static void add_decisions(struct page *p, const struct work *w, struct view_desk_edition *v)
{
	const struct actor *who = page_actor(p);
	const struct desk_fields f = { .p = p, .letter = &w->l };
	struct part_act_form *acts = arena_array(p->a, ACT__MAX, sizeof(*acts));
	struct desk_fact *not_now = arena_array(p->a, ACT__MAX, sizeof(*not_now));
	enum action offered[ACT__MAX];
	size_t n = states_offered(&w->l.facts, who, offered);
	const char *why;

	v->acts = acts;
	v->not_now = not_now;
	for (size_t i = 0; i < n; i++) {
		if (offered[i] == ACT_EDIT_EDITION || desk_fields_place(offered[i]) != DESK_PUBLISH)
			continue;
		acts[v->acts_n] = desk_fields_form(&f, offered[i], false);
		acts[v->acts_n++].seen = seen_by(v, offered[i]);
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

static bool may_edit(const struct page *p, const struct work *w)
{
	enum action offered[ACT__MAX];
	size_t n = states_offered(&w->l.facts, page_actor(p), offered);

	for (size_t i = 0; i < n; i++) {
		if (offered[i] == ACT_EDIT_EDITION)
			return true;
	}
	return false;
}

static int add_returned(struct page *p, const struct work *w, struct view_desk_edition *v)
{
	struct q_edition_returned row;
	int rc = w->l.t.pub == PUB_PENDING_REVIEW ? q_edition_returned(p->db, p->a, w->l.t.id, &row) : ERR_NOTFOUND;

	if (rc != 0)
		return rc == ERR_NOTFOUND ? 0 : rc;
	v->returned = row.comment;
	v->returned_by = arena_printf(p->a, "%s，%s", row.reviewer, show_moment(p->a, row.at, w->l.today));
	return 0;
}

static const char *summary_of(struct arena *a, const struct counts *n)
{
	struct str o;

	str_init(&o, a, 400);
	if (n->hidden > 0)
		str_addf(&o, "已隐去 %zu 处。", n->hidden);
	if (n->shown > 0)
		str_addf(&o, "还有 %zu 处看得到、应当隐去。", n->shown);
	if (n->hints > 0)
		str_addf(&o, "%zu 处像是个人信息，请核对。", n->hints);
	str_add(&o, o.len == 0 ? "没有找到个人信息。规则找不到的，请人工核对：姓名、住址、单位和可以认出是谁的细节。"
		: "规则找不到的，仍请人工核对。");
	return o.s;
}

static int show(struct page *p, const struct work *w)
{
	const char *summary = publish_summary_body(w->source.publish_ok);
	struct view_desk_edition v = {
		.form = p->form, .number = w->l.t.no, .type = states_type_name(w->l.t.type), .pub = show_pub(w->l.t.pub),
		.url = desk_url_in(p, w->l.t.no, "/publish"), .neighbours = desk_neighbours(p, w->l.t.no, DESK_AT_EDITION),
		.agreed = w->source.publish_ok ? "写信人同意公开来信内容" : "写信人不同意公开来信内容：只能公开答复摘要",
		.declined = !w->source.publish_ok, .heading = w->source.title,
		.title = w->text[EDITION_TITLE], .body = w->text[EDITION_BODY], .reply = w->text[EDITION_REPLY],
		.may_edit = may_edit(p, w), .unsaved = w->unsaved, .away = w->away, .version = w->version, .summary = summary,
		.open = form_error(p->form, "body") != NULL || form_error(p->form, "reply") != NULL,
		.seen_full = hash_hex(p->a, w->saved[EDITION_TITLE], w->saved[EDITION_BODY], w->saved[EDITION_REPLY]),
		.seen_summary = hash_hex(p->a, w->saved[EDITION_TITLE], summary, w->saved[EDITION_REPLY]),
	};
	struct counts n = { 0 };
	int rc = p->req->method == METHOD_POST ? desk_since(p, &w->l, w->version, &v.since) : 0;

	if (rc == 0)
		rc = add_returned(p, w, &v);
	if (rc != 0)
		return rc;
	add_pieces(p, w, &v, &n);
	v.marks = summary_of(p->a, &n);
	v.short_full = arena_strndup(p->a, v.seen_full, SHORT_HASH);
	v.short_summary = arena_strndup(p->a, v.seen_summary, SHORT_HASH);
	v.shown_n = n.shown;
	/* What is not saved can be decided by nobody. */
	if (!w->unsaved)
		add_decisions(p, w, &v);
	v.summary_offered = v.may_edit || access_may(page_actor(p), CAP_APPROVE_SUMMARY);
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
	take_texts(p, &w, w.saved);
	return show(p, &w);
}

/* --- one click --- */

/* The page again, with one place (or all) hidden or shown; nothing is saved. */
static int turn(struct page *p, struct work *w, const char *key)
{
	enum edition_field f = EDITION_TITLE;
	const char *texts[F], *turned = NULL;

	memcpy(texts, w->text, sizeof texts);
	if (strcmp(key, "all") == 0) {
		for (int i = 0; i < F; i++)
			texts[i] = edition_hide_all(p->a, (enum edition_field)i, &w->texts[i]);
	} else if (edition_turn(p->a, w->texts, key, &f, &turned)) {
		texts[f] = turned;
	} else {
		form_fail(p->form, "do", "这一处的文字已经改过，请在下面重新点一次");
		reply_status(p->reply, 422);
	}
	take_texts(p, w, texts);
	return show(p, w);
}

static int save(struct page *p, const struct work *w)
{
	struct act act = { .action = ACT_EDIT_EDITION, .version = w->version, .on = DAY_NONE,
		.ed_title = form_text(p->form, "title"), .ed_body = form_text(p->form, "body"),
		.ed_reply = form_text(p->form, "reply") };
	int rc = ERR_INVALID;

	if (form_ok(p->form)) {
		rc = act.version == 0 ? err_set(ERR_CONFLICT, "sent without a version")
			: ticket_apply(p->db, p->a, w->l.t.id, page_actor(p), &act, NULL);
		if (rc == 0)
			return reply_redirect(p->reply, desk_done_path(p->a, desk_url_in(p, w->l.t.no, "/publish").s,
				ACT_EDIT_EDITION, w->l.t.no, ""));
		if (rc != ERR_CONFLICT && rc != ERR_INVALID && rc != ERR_STATE)
			return rc;
		form_fail(p->form, act.ed_title == NULL ? "title" : "reply", rc == ERR_CONFLICT
			? "别人刚刚处理过这封信，您写的还在，请核对后再保存" : err_text(rc));
	}
	reply_status(p->reply, err_http(rc));
	return show(p, w);
}

int desk_edition_send(struct page *p)
{
	const char *key = form_text(p->form, "do");
	struct work w = { 0 };
	int rc = load(p, &w);

	if (rc != 0)
		return rc;
	take_typed(p, &w);
	if (key != NULL && strcmp(key, "save") != 0)
		return turn(p, &w, key);
	return save(p, &w);
}
