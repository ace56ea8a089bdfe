/* public_track - the writer's own letter: where it stands, and what its writer can do.
 *
 * Number and query code come by POST and never stand in an address; the letter's page is the answer to POST /track,
 * since this site keeps no session and sets no cookie. Its forms carry a pass instead of the code: a token signed for
 * this letter that is good for half an hour. When it has run out the code is asked for once more, and what was typed
 * goes along. */
#include <sodium.h>
#include <string.h>

#include "clock.h"
#include "formtoken.h"
#include "intake.h"
#include "public.h"
#include "public_track.h"
#include "seal.h"
#include "show.h"
#include "text.h"
#include "ticket.h"
#include "tracked_todo.h"
#include "views/track.h"
#include "views/track_show.h"

#define WAIT_S "3600"
#define PASS_S (30 * 60)
#define PROOF_BYTES 32

static const struct field track_fields[] = {
	{ "number", FIELD_LINE, .label = "信件编号", .max = NUMBER_MAX, .required = true },
	{ "code", FIELD_LINE, .label = "查询码", .max = NUMBER_MAX, .required = true },
};
const struct form_def form_track = { track_fields, ARRAY_LEN(track_fields) };

/* --- asking for number and code --- */

static int render_ask(struct page *p, int status)
{
	struct view_track v = { .frame = page_titled(p, "查进度"), .form = p->form, .action = { "/track" }, .notice = "" };

	reply_status(p->reply, status);
	view_track(&p->reply->body, &v);
	return 0;
}

/* What of the two is wrong, as far as their form tells: nothing here depends on which letters there are. */
static void say_wrong(struct page *p)
{
	const char *code = seal_typed(p->a, text_fold_width(p->a, form_raw(p->form, "code"))), *no;
	size_t n = text_characters(code, strlen(code));

	if (!ticket_number_ok(p->a, form_raw(p->form, "number"), &no))
		form_fail(p->form, "number", "编号有写错或漏掉的地方，请对照回执再填一次");
	else if (n != INTAKE_CODE_CHARS)
		form_fail(p->form, "code", arena_printf(p->a, "查询码是 %d 位字母和数字，您填了 %zu 位，请对照回执再填一次",
			INTAKE_CODE_CHARS, n));
	else
		form_fail(p->form, "code", "编号或查询码不对，请对照回执再填一次");
}

int track_refused(struct page *p, int rc, int *ret_status)
{
	if (rc != ERR_NOTFOUND && rc != ERR_SLOWDOWN)
		return rc;
	*ret_status = err_http(rc);
	if (rc == ERR_SLOWDOWN)
		form_fail(p->form, "code", arena_strdup(p->a, err_text(rc)));
	else
		say_wrong(p);
	if (rc == ERR_SLOWDOWN)
		reply_header(p->reply, "Retry-After", WAIT_S);
	err_clear();
	return 0;
}

int track_ask(struct page *p)
{
	const char *number = form_text(p->form, "number");

	/* The number alone may stand in an address; a code would be in logs and histories. */
	form_empty(p->a, &form_track, p->form);
	if (number != NULL)
		form_set(p->form, "number", number);
	return render_ask(p, 200);
}

/* The address of one of the forms asked for with GET. */
int track_back(struct page *p)
{
	return reply_redirect(p->reply, "/track");
}

/* --- the letter --- */

static const char *purpose(struct arena *a, int64_t id)
{
	return arena_printf(a, "track:%lld", (long long)id);
}

const char *track_pass(struct page *p, int64_t id, const struct q_track_get *letter)
{
	return arena_printf(p->a, "%s~%s", formtoken_make(p->a, purpose(p->a, id), p->now),
		str_hex(p->a, letter->proof.p, letter->proof.n));
}

int track_pass_check(struct page *p, const char *number, const char *pass, int64_t *ret_id)
{
	unsigned char bytes[PROOF_BYTES];
	struct q_track_of_code row;
	struct q_track_prove said;
	const char *no, *key;
	size_t n, got = 0;
	char **parts = pass != NULL ? str_split(p->a, arena_strdup(p->a, pass), '~', &n) : NULL;
	int rc;

	if (parts == NULL || n != 2 || strlen(parts[1]) != 2 * sizeof(bytes)
			|| sodium_hex2bin(bytes, sizeof(bytes), parts[1], 2 * sizeof(bytes), NULL, &got, NULL) != 0)
		return ERR_LOGIN;
	(void)ticket_number_ok(p->a, number, &no);
	rc = q_track_prove(p->db, p->a, (struct db_blob){ bytes, got }, &said);
	if (rc == 0)
		rc = q_track_of_code(p->db, p->a, no, &row);
	if (rc == 0)
		rc = formtoken_check(p->a, parts[0], purpose(p->a, row.id), p->now, 0, PASS_S, &key);
	if (rc == 0)
		*ret_id = row.id;
	return rc == ERR_NOTFOUND || rc == ERR_INVALID ? ERR_LOGIN : rc;
}

static const char *seen_words(struct arena *a, const struct tracked *t)
{
	if (t->letter.seen == 0)
		return "";
	return arena_printf(a, "加密保存。工作人员写明理由后查看过 %lld 次，最近一次 %s", (long long)t->letter.seen,
		show_moment(a, t->letter.seen_last, t->today));
}

static const char *extended_words(struct arena *a, const struct tracked *t)
{
	/* An extension of an earlier round has nothing to do with the day of this one. */
	if (t->letter.new_due_on == DAY_NONE || t->due_on != t->letter.new_due_on)
		return "";
	return arena_printf(a, "经批准延期：原定 %s，延至 %s。", show_day(a, t->letter.old_due_on, t->today),
		show_day(a, t->letter.new_due_on, t->today));
}

static const char *rated_words(struct arena *a, const struct tracked *t)
{
	const char *solved = str_eq(t->letter.solved, "yes") ? "问题解决了"
		: str_eq(t->letter.solved, "partly") ? "问题解决了一部分" : "问题没有解决";

	return t->letter.rated_round == 0 ? "" : arena_printf(a, "%s，%s", show_grade(t->letter.grade), solved);
}

/* What is still to come of it: news by a day, or a promise with its day. */
static const char *next_words(struct arena *a, const struct tracked *t, const struct q_track_replies *r)
{
	if (r->next_on == DAY_NONE)
		return "";
	return arena_printf(a, str_eq(r->kind, "final") ? "承诺最迟 %s完成。" : "下一次最迟 %s告诉您进展。",
		show_day(a, r->next_on, t->today));
}

/* 正式答复; 正式答复（已更正） when a correction of the same round came after it. */
static const char *kind_words(struct arena *a, const struct tracked *t, size_t i)
{
	const struct q_track_replies *r = &t->replies[i];

	for (size_t k = i + 1; k < t->replies_n && str_eq(r->kind, "final"); k++) {
		if (str_eq(t->replies[k].kind, "correction") && t->replies[k].round == r->round)
			return arena_printf(a, "%s（已更正）", show_reply_kind(r->kind));
	}
	return show_reply_kind(r->kind);
}

static void add_replies(struct arena *a, const struct tracked *t, struct view_track_show *v)
{
	struct track_reply *list = arena_array(a, t->replies_n + 1, sizeof(*list));

	for (size_t i = 0; i < t->replies_n; i++) {
		const struct q_track_replies *r = &t->replies[i];

		list[i] = (struct track_reply){ kind_words(a, t, i), r->unit_name,
			r->approved_at != TIME_NONE ? public_day(a, clock_day(r->approved_at)) : "", view_paragraphs(a, r->body),
			next_words(a, t, r) };
	}
	v->replies = list;
	v->replies_n = t->replies_n;
}

static void add_state(struct arena *a, const struct tracked *t, struct view_track_show *v)
{
	struct show_due due = show_due(a, t->wt, t->today, t->due_on, t->t.due_provisional);

	v->status = show_state_public(t->t.state, t->late);
	if (t->t.state == TICKET_REPLIED && !tracked_may(t, ACT_RATE))
		v->status.text = "已答复";
	v->unit = tracked_unit(t);
	v->next = tracked_next(a, t);
	v->due = due.day;
	v->due_left = due.left;
	v->late = t->late;
	v->provisional = due.note;
	v->extended = extended_words(a, t);
	v->late_words = tracked_late_words(a, t);
	tracked_card(a, t, v);
	v->received = show_moment(a, t->letter.received_at, t->today);
	v->accepted = show_moment(a, t->letter.accepted_at, t->today);
}

int track_render(struct page *p, const struct tracked *t, int status, struct track_said said)
{
	struct view_track_show v = { .form = said.form, .done = said.done, .problem = said.problem, .typed = said.typed };
	const struct q_track_get *l = &t->letter;

	v.frame = page_titled(p, arena_printf(p->a, "信件 %s", l->no));
	if (said.problem != NULL)
		v.frame = page_titled(p, page_wrong(p, v.frame->title));
	v.number = l->no;
	v.title = l->title;
	v.type = public_type_name(l->type);
	v.publish = l->publish_ok ? "同意公开来信内容" : "不同意公开来信内容";
	v.seen = seen_words(p->a, t);
	v.body = view_paragraphs(p->a, l->body);
	v.demand = l->demand;
	v.place = l->place;
	v.rated = rated_words(p->a, t);
	v.rated_words = t->letter.words;
	v.timeline = tracked_timeline(p->a, t);
	add_state(p->a, t, &v);
	add_replies(p->a, t, &v);
	v.pass = track_pass(p, t->id, l);
	tracked_todo(p, t, &v);
	reply_status(p->reply, status);
	view_track_show(&p->reply->body, &v);
	return 0;
}

int track_show(struct page *p)
{
	struct tracked t;
	int64_t id;
	int status = 422, rc;

	if (!form_ok(p->form))
		return render_ask(p, status);
	rc = intake_find(p->db, p->a, form_text(p->form, "number"), form_text(p->form, "code"), p->req->client, &id);
	if (rc != 0) {
		rc = track_refused(p, rc, &status);
		return rc != 0 ? rc : render_ask(p, status);
	}
	rc = tracked_load(p, id, &t);
	return rc != 0 ? rc : track_render(p, &t, 200, (struct track_said){ 0 });
}
