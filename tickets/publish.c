/* publish - see publish.h. */
#include "publish.h"

#include <string.h>

#include "clock.h"
#include "queries.h"
#include "seal.h"
#include "vault_client.h"

#define BODY_DECLINED "（写信人不同意公开来信内容）"
#define BODY_LEFT_OUT "（只公开答复，不公开来信内容）"

struct db_blob publish_hash(struct arena *a, const char *title, const char *body, const char *reply)
{
	const char *parts[] = { title, body, reply };

	return seal_sha256(a, parts, 3);
}

/* What is sure goes; hints are for people (fcgi/desk_edition.c). */
static const char *masked(struct arena *a, const char *text, enum redact_voice voice, const struct known *own)
{
	struct redact_span *spans;
	size_t n = redact_public(a, text, voice, &spans), kept = 0;

	n = redact_merge(a, own->spans, own->n, spans, n, &spans);
	for (size_t i = 0; i < n; i++) {
		if (!spans[i].hint)
			spans[kept++] = spans[i];
	}
	return redact_apply(a, text, spans, kept);
}

const char *publish_mask(struct arena *a, const char *text, enum redact_voice voice)
{
	return masked(a, text, voice, &(struct known){ NULL, 0 });
}

static int add_edition(struct change *c, const char *title, const char *body, const char *reply, int64_t author)
{
	int64_t id;

	return q_edition_make(c->db, c->t.id, title, body, reply, publish_hash(c->a, title, body, reply), REDACT_RULES,
	                      author, c->now, c->t.id, &id);
}

/* Where the texts name their writer. When the vault is away nobody waits for it: the page of the edition asks again. */
static void ask_vault(struct change *c, const char *const *texts, size_t n, struct known *ret)
{
	if (vault_known(c->a, c->t.id, texts, n, ret) < 0)
		memset(ret, 0, n * sizeof *ret);
	err_clear();
}

int publish_first_edition(struct change *c, const char *reply)
{
	struct q_edition_source src;
	struct known own[3];
	const char *body = BODY_DECLINED;
	int r = q_edition_source(c->db, c->a, c->t.id, &src);

	if (c->facts.ex_officio) /* nothing of a letter that its writer withdrew */
		return r;
	/* A later round's answer makes a new edition: what was public of the letter is not its approved text any more. */
	if (r == 0 && c->t.round > 1)
		r = q_pub_remove(c->db, c->t.no, NULL);
	if (r < 0)
		return r;
	ask_vault(c, (const char *const[]){ src.title, src.body, reply }, 3, own);
	if (src.publish_ok)
		body = masked(c->a, src.body, REDACT_CITIZEN, &own[1]);
	return add_edition(c, masked(c->a, src.title, REDACT_CITIZEN, &own[0]), body,
	                   masked(c->a, reply, REDACT_OFFICE, &own[2]), 0);
}

/* What was published goes from the public table in the same moment: the text is not the approved one any more. */
int publish_edit(struct change *c, const char *title, const char *body, const char *reply)
{
	int r = add_edition(c, title, body[0] != '\0' ? body : publish_summary_body(c->t.publish_ok), reply,
		c->who->officer_id);

	return r < 0 ? r : q_pub_remove(c->db, c->t.no, NULL);
}

const char *publish_added_heading(struct arena *a, const char *kind, int32_t day)
{
	return arena_printf(a, "\n\n%s（%s）\n", str_eq(kind, "correction") ? "【更正】" : "【补充答复】", clock_fmt_day(a, day));
}

int publish_add(struct change *c, const char *kind, const char *body)
{
	struct q_edition_last e;
	struct known own;
	const char *reply;
	int r = q_edition_last(c->db, c->a, c->t.id, &e);

	if (r < 0) /* it goes on without its writer, or is in a later round: there is nothing to publish now */
		return r == ERR_NOTFOUND ? 0 : r;
	ask_vault(c, &body, 1, &own);
	reply = arena_printf(c->a, "%s%s%s", e.reply, publish_added_heading(c->a, kind, c->today),
	                     masked(c->a, body, REDACT_OFFICE, &own));
	if (c->t.pub != PUB_NOT_DUE && c->t.pub != PUB_WITHHELD && c->t.pub != PUB_WITHDRAWN_PUB)
		c->t.pub = PUB_PENDING_REVIEW;
	/* Whoever edited what stands before it has still edited it, and does not agree to it. */
	r = add_edition(c, e.title, e.body, reply, e.author_id);
	return r < 0 ? r : q_pub_remove(c->db, c->t.no, NULL);
}

const char *publish_summary_body(bool publish_ok)
{
	return publish_ok ? BODY_LEFT_OUT : BODY_DECLINED;
}

/* A summary is title and answer. The letter's words go from the copy before it is approved: what an approval does not
 * cover cannot be published by anybody. */
static int leave_out_letter(struct change *c, struct q_edition_last *e)
{
	const char *body = publish_summary_body(c->t.publish_ok);
	int r;

	if (str_eq(e->body, body))
		return 0;
	r = add_edition(c, e->title, body, e->reply, e->author_id);
	return r < 0 ? r : q_edition_last(c->db, c->a, c->t.id, e);
}

/* The person has seen exactly these bytes. */
static int was_seen(const struct change *c, const struct q_edition_last *e)
{
	if (c->act->seen == NULL || str_eq(c->act->seen, str_hex(c->a, e->sha256.p, e->sha256.n)))
		return 0;
	return err_set(ERR_CONFLICT, "another text was looked at");
}

static int add_review(struct change *c, const struct q_edition_last *e, const char *decision)
{
	return q_review_add(c->db, c->t.id, 0, "secrecy", decision, c->who->officer_id, c->now,
	                    c->act->text ? c->act->text : "", e->sha256, NULL);
}

int publish_decide(struct change *c, const char *form)
{
	struct q_edition_last e;
	int r = q_edition_last(c->db, c->a, c->t.id, &e);

	if (r == 0 && str_eq(form, "summary"))
		r = leave_out_letter(c, &e);
	if (r == 0 && form)
		r = was_seen(c, &e);
	if (r < 0)
		return r;
	r = add_review(c, &e, form ? "approved" : "withheld");
	if (r == 0 && form)
		r = q_approval_add(c->db, e.id, e.sha256, form, c->who->officer_id, c->now, NULL);
	return r;
}

int publish_return(struct change *c)
{
	struct q_edition_last e;
	int r = q_edition_last(c->db, c->a, c->t.id, &e);

	return r < 0 ? r : add_review(c, &e, "returned");
}

int publish_put(struct change *c)
{
	struct q_edition_last e;
	const struct ticket *t = &c->t;
	int r = q_edition_last(c->db, c->a, t->id, &e);

	if (r == 0)
		r = was_seen(c, &e);
	if (r < 0)
		return r;
	return q_pub_put(c->db, e.id, e.sha256, t->no, states_type_code(t->type), e.title, e.body, e.reply, t->unit_id,
	                 clock_day(t->accepted_at), clock_day(t->replied_at), t->reply_workdays, t->result_code,
	        t->grade, c->now,
	                 NULL);
}

int publish_remove(struct change *c)
{
	c->reason = c->act->reason;
	return q_pub_remove(c->db, c->t.no, NULL);
}
