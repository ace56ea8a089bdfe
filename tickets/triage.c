/* triage - see triage.h. */
#include "triage.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "queries.h"
#include "seal.h"

/* --- accepting and assigning --- */

struct both {
	struct arena *a;
	const struct actor *who;
	int64_t id;
	const struct act *assign;
};

static int accept_then_assign(struct db *db, void *arg)
{
	const struct both *w = arg;
	struct act accept = { .action = ACT_ACCEPT, .version = w->assign->version, .on = DAY_NONE }, assign = *w->assign;
	struct ticket t;
	int r = ticket_apply(db, w->a, w->id, w->who, &accept, &t);

	if (r < 0)
		return r;
	assign.version = t.version;
	return ticket_apply(db, w->a, w->id, w->who, &assign, NULL);
}

int triage_accept_and_assign(struct db *db, struct arena *a, int64_t ticket_id, const struct actor *who,
                             const struct act *assign)
{
	struct both w = { a, who, ticket_id, assign };

	must(assign->action == ACT_ASSIGN);
	return db_tx(db, accept_then_assign, &w);
}

/* --- refusing --- */

const char *triage_refusal(struct arena *a, const char *reason, const char *words)
{
	const char *code, *text, *path;

	for (size_t i = 0; states_reason_at("refuse", i, &code, &text, &path); i++) {
		if (str_eq(code, reason))
			return arena_printf(a, "%s。%s。%s", text, path, words ? words : "");
	}
	return NULL;
}

/* --- letters of the same number --- */

int triage_caller(struct db *db, struct arena *a, const struct actor *who, const char *phone,
                  struct q_caller_letters **ret, size_t *ret_n)
{
	struct q_caller_lookups asked;
	int64_t now = clock_now();
	struct db_blob key;
	int r = q_caller_lookups(db, a, who->officer_id, now - 3600, &asked);

	if (r == 0 && asked.n >= TRIAGE_LOOKUPS)
		return err_say(ERR_SLOWDOWN, "一小时内查号码太多次，请稍后再查");
	if (r == 0)
		r = seal_phone_key(a, phone, &key);
	if (r == 0)
		r = q_caller_letters(db, a, key, who->unit_id, who->officer_id, TRIAGE_CALLER_ROWS, ret, ret_n);
	return r < 0 ? r : q_caller_lookup_add(db, who->officer_id, now, (int64_t)*ret_n, NULL);
}

/* --- likeness --- */

#define TITLE_PAIRS 300

/* The next character of valid UTF-8; 0 for what is no letter, digit or Chinese character. */
static uint32_t next_char(const char **at)
{
	const unsigned char *s = (const unsigned char *)*at;
	unsigned char lead = *s++;
	uint32_t ch = lead < 0x80 ? lead : lead & (lead >= 0xf0 ? 0x07u : lead >= 0xe0 ? 0x0fu : 0x1fu);

	while ((*s & 0xc0) == 0x80)
		ch = ch << 6 | (*s++ & 0x3fu);
	*at = (const char *)s;
	return ch < '0' || (ch >= 0x2000 && ch < 0x3040) || (ch >= 0xff00 && ch < 0xff10) ? 0 : ch;
}

/* The pairs of neighbouring characters within words, each as one number (21 bits a character). */
static size_t pairs_of(const char *s, uint64_t *ret)
{
	uint32_t before = 0;
	size_t n = 0;

	while (*s && n < TITLE_PAIRS) {
		uint32_t ch = next_char(&s);

		if (before && ch)
			ret[n++] = (uint64_t)before << 21 | ch;
		before = ch;
	}
	return n;
}

static int by_value(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

	return a < b ? -1 : a > b;
}

int triage_likeness(struct arena *a, const char *one, const char *other)
{
	uint64_t *p = arena_array(a, TITLE_PAIRS, sizeof *p), *q = arena_array(a, TITLE_PAIRS, sizeof *q);
	size_t n = pairs_of(one, p), m = pairs_of(other, q), i = 0, k = 0, same = 0;

	if (n == 0 || m == 0)
		return 0;
	qsort(p, n, sizeof *p, by_value);
	qsort(q, m, sizeof *q, by_value);
	while (i < n && k < m) {
		int order = by_value(&p[i], &q[k]);

		same += order == 0;
		i += order <= 0;
		k += order >= 0;
	}
	return (int)(200 * same / (n + m));
}
