/* publish - see publish.h. */
#include "publish.h"

#include <string.h>

#include "clock.h"
#include "queries.h"
#include "seal.h"

#define DIGITS_MIN 7
#define BODY_DECLINED "（写信人不同意公开来信内容）"

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

/* End of a run of digits, single blanks and dashes that begins at s; *ret_digits counts the digits. */
static const char *run_of_digits(const char *s, int *ret_digits)
{
	const char *end = s;
	int n = 0;

	for (const char *p = s;;) {
		size_t d = digit_at(p);

		if (d) {
			n++;
			p += d;
			end = p;
		} else if (p == end && (*p == '-' || *p == ' ') && n) {
			p++;
		} else {
			break;
		}
	}
	if (n == 17 && (*end == 'X' || *end == 'x'))
		end++;
	*ret_digits = n;
	return end;
}

const char *publish_mask(struct arena *a, const char *text)
{
	struct str o;

	str_init(&o, a, strlen(text) * 4 + 64);
	while (*text) {
		int n = 0;
		const char *end = digit_at(text) ? run_of_digits(text, &n) : text;

		if (n >= DIGITS_MIN) {
			str_add(&o, "［已隐去］");
			text = end;
		} else if (n > 0) {
			str_addn(&o, text, (size_t)(end - text));
			text = end;
		} else {
			str_addc(&o, *text++);
		}
	}
	return o.s;
}

static int add_edition(struct change *c, const char *title, const char *body, const char *reply, int64_t author)
{
	int64_t id;

	return q_edition_add(c->db, c->t.id, c->t.id, title, body, reply, publish_hash(c->a, title, body, reply), author, c->now,
	                     &id);
}

int publish_first_edition(struct change *c, const char *reply)
{
	struct q_edition_source src;
	int r = q_edition_source(c->db, c->a, c->t.id, &src);

	if (r < 0)
		return r;
	return add_edition(c, publish_mask(c->a, src.title), src.publish_ok ? publish_mask(c->a, src.body) : BODY_DECLINED,
	                   publish_mask(c->a, reply), 0);
}

/* What was published goes from the public table in the same moment: the text is not the approved one any more. */
int publish_edit(struct change *c, const char *title, const char *body, const char *reply)
{
	int r = add_edition(c, title, body, reply, c->who->officer_id);

	return r < 0 ? r : q_pub_remove(c->db, c->t.no, NULL);
}

int publish_decide(struct change *c, const char *form)
{
	struct q_edition_last e;
	int r = q_edition_last(c->db, c->a, c->t.id, &e);

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
	                 clock_day(t->accepted_at), clock_day(t->replied_at), t->reply_workdays, t->result_code, t->grade, c->now,
	                 NULL);
}

int publish_remove(struct change *c)
{
	c->reason = c->act->reason;
	return q_pub_remove(c->db, c->t.no, NULL);
}
