/* publish - see publish.h. */
#include "publish.h"

#include <string.h>

#include "clock.h"
#include "queries.h"
#include "seal.h"

#define DIGITS_MIN 7
#define BODY_DECLINED "（写信人不同意公开来信内容）"
#define BODY_LEFT_OUT "（只公开答复，不公开来信内容）"

struct db_blob publish_hash(struct arena *a, const char *title, const char *body, const char *reply)
{
	const char *parts[] = { title, body, reply };

	return seal_sha256(a, parts, 3);
}

/* Bytes of the digit at s: 1 for 0-9, 3 for full width ０-９, else 0. */
static size_t digit_at(const char *s)
{
	if (*s >= '0' && *s <= '9')
		return 1;
	if ((unsigned char)s[0] == 0xef && (unsigned char)s[1] == 0xbc && (unsigned char)s[2] >= 0x90 &&
	    (unsigned char)s[2] <= 0x99)
		return 3;
	return 0;
}

/* A run of digits, with single blanks and dashes between them. */
struct run {
	const char *end;             /* after the last digit (and an X of an identity number) */
	const char *plain_end;       /* after the first digits without anything between */
	int digits, plain_digits;
	char first, second;
};

static char value_at(const char *s, size_t bytes)
{
	return bytes == 1 ? *s : (char)('0' + ((unsigned char)s[2] - 0x90));
}

static void add_digit(struct run *r, const char *p, size_t bytes)
{
	r->digits++;
	if (r->digits == 1)
		r->first = value_at(p, bytes);
	if (r->digits == 2)
		r->second = value_at(p, bytes);
	if (r->plain_end == p) {
		r->plain_digits++;
		r->plain_end = p + bytes;
	}
	r->end = p + bytes;
}

static struct run run_at(const char *s)
{
	struct run r = { .end = s, .plain_end = s };

	for (const char *p = s;;) {
		size_t d = digit_at(p);

		if (d)
			add_digit(&r, p, d);
		else if (p != r.end || !r.digits || (*p != '-' && *p != ' '))
			break;
		p += d ? d : 1;
	}
	if (r.digits == 17 && (*r.end == 'X' || *r.end == 'x'))
		r.end++;
	return r;
}

/* A mobile; an identity or card number; a land line with its area code. */
static bool is_personal(const struct run *r, bool official)
{
	bool mobile = r->digits == 11 && r->first == '1' && r->second >= '3';
	bool line = r->first == '0' && r->digits >= 10 && r->digits <= 12;

	return mobile || (r->digits >= 15 && r->digits <= 19) || (line && !official);
}

/* Money and measures: 45678901.59, 3500000元. */
static bool is_amount(const char *end)
{
	return (*end == '.' && digit_at(end + 1)) || str_starts(end, "元") || str_starts(end, "万") || str_starts(end, "平方");
}

/* Where the masked text ends, or NULL: nothing to mask here. */
static const char *mask_until(const char *s, bool official)
{
	struct run r = run_at(s);

	if (is_personal(&r, official))
		return r.end;
	if (!official && r.plain_digits >= DIGITS_MIN && !is_amount(r.plain_end))
		return r.plain_end;
	return NULL;
}

const char *publish_mask(struct arena *a, const char *text, bool official)
{
	struct str o;

	str_init(&o, a, strlen(text) * 4 + 64);
	while (*text) {
		const char *end = digit_at(text) ? mask_until(text, official) : NULL;

		if (end) {
			str_add(&o, "［已隐去］");
			text = end;
			continue;
		}
		/* A run that stays is passed over whole: its tail is not looked at as a number of its own. */
		end = digit_at(text) ? run_at(text).plain_end : text + 1;
		str_addn(&o, text, (size_t)(end - text));
		text = end;
	}
	return o.s;
}

static int add_edition(struct change *c, const char *title, const char *body, const char *reply, int64_t author)
{
	int64_t id;

	return q_edition_add(c->db, c->t.id, c->t.id, title, body, reply, publish_hash(c->a, title, body, reply), author,
	                     c->now,
	                     &id);
}

int publish_first_edition(struct change *c, const char *reply)
{
	struct q_edition_source src;
	int r = q_edition_source(c->db, c->a, c->t.id, &src);

	if (c->facts.ex_officio) /* nothing of a letter that its writer withdrew */
		return r;
	/* A later round's answer makes a new edition: what was public of the letter is not its approved text any more. */
	if (r == 0 && c->t.round > 1)
		r = q_pub_remove(c->db, c->t.no, NULL);
	if (r < 0)
		return r;
	return add_edition(c, publish_mask(c->a, src.title, false),
	                   src.publish_ok ? publish_mask(c->a, src.body, false) : BODY_DECLINED,
	                   publish_mask(c->a, reply, true), 0);
}

/* What was published goes from the public table in the same moment: the text is not the approved one any more. */
int publish_edit(struct change *c, const char *title, const char *body, const char *reply)
{
	int r = add_edition(c, title, body, reply, c->who->officer_id);

	return r < 0 ? r : q_pub_remove(c->db, c->t.no, NULL);
}

int publish_add(struct change *c, const char *kind, const char *body)
{
	bool corrects = str_eq(kind, "correction");
	struct q_edition_last e;
	const char *reply;
	int r = q_edition_last(c->db, c->a, c->t.id, &e);

	if (r < 0) /* it goes on without its writer, or is in a later round: there is nothing to publish now */
		return r == ERR_NOTFOUND ? 0 : r;
	reply = arena_printf(c->a, "%s\n\n%s（%s）\n%s", e.reply, corrects ? "【更正】" : "【补充答复】",
	                     clock_fmt_day(c->a, c->today), publish_mask(c->a, body, true));
	if (c->t.pub != PUB_NOT_DUE && c->t.pub != PUB_WITHHELD && c->t.pub != PUB_WITHDRAWN_PUB)
		c->t.pub = PUB_PENDING_REVIEW;
	/* Whoever edited what stands before it has still edited it, and does not agree to it. */
	r = add_edition(c, e.title, e.body, reply, e.author_id);
	return r < 0 ? r : q_pub_remove(c->db, c->t.no, NULL);
}

/* A summary is title and answer. The letter's words go from the copy before it is approved: what an approval does not
 * cover cannot be published by anybody. */
static int leave_out_letter(struct change *c, struct q_edition_last *e)
{
	const char *body = c->t.publish_ok ? BODY_LEFT_OUT : BODY_DECLINED;
	int r;

	if (str_eq(e->body, body))
		return 0;
	r = add_edition(c, e->title, body, e->reply, e->author_id);
	return r < 0 ? r : q_edition_last(c->db, c->a, c->t.id, e);
}

int publish_decide(struct change *c, const char *form)
{
	struct q_edition_last e;
	int r = q_edition_last(c->db, c->a, c->t.id, &e);

	if (r == 0 && str_eq(form, "summary"))
		r = leave_out_letter(c, &e);
	if (r < 0)
		return r;
	r = q_review_add(c->db, c->t.id, 0, "secrecy", form ? "approved" : "withheld", c->who->officer_id, c->now,
	                 c->act->text ? c->act->text : "", e.sha256, NULL);
	if (r == 0 && form)
		r = q_approval_add(c->db, e.id, e.sha256, form, c->who->officer_id, c->now, NULL);
	return r;
}

int publish_put(struct change *c)
{
	struct q_edition_last e;
	const struct ticket *t = &c->t;
	int r = q_edition_last(c->db, c->a, t->id, &e);

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
