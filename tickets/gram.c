/* gram - see gram.h. */
#include "gram.h"

#include <string.h>

#include "queries.h"
#include "str.h"
#include "text.h"

#define NUMBER_DIGITS 6

/* The pair that begins with character i. */
static const char *pair(struct arena *a, const char *s, size_t i)
{
	size_t n;

	while (i-- > 0)
		s += text_step(s);
	n = text_step(s);
	return arena_strndup(a, s, n + text_step(s + n));
}

const char *gram_fold(struct arena *a, const char *s)
{
	return text_lower(a, text_fold_width(a, s));
}

static void add(struct str *o, const char *s, size_t n)
{
	str_add(o, o->len > 1 ? ",\"" : "\"");
	for (; n > 0; n--, s++) {
		if (*s == '"' || *s == '\\')
			str_addc(o, '\\');
		str_addc(o, *s);
	}
	str_addc(o, '"');
}

static void add_pairs(struct str *o, struct arena *a, const char *text)
{
	const char *s = gram_fold(a, text);

	for (size_t n; *s != '\0' && s[n = text_step(s)] != '\0'; s += n)
		add(o, s, n + text_step(s + n));
}

/* As a JSON array. */
static const char *grams_json(struct arena *a, const char *no, const char *title, const char *place)
{
	size_t n = strlen(no);
	struct str o;

	str_init(&o, a, 16 * (n + strlen(title) + strlen(place)) + 64);
	str_addc(&o, '[');
	add_pairs(&o, a, title);
	add_pairs(&o, a, place);
	if (n >= NUMBER_DIGITS + 2)
		add(&o, no + n - NUMBER_DIGITS - 2, NUMBER_DIGITS);
	str_addc(&o, ']');
	return o.s;
}

bool gram_pick(struct arena *a, const char *folded, struct gram_pairs *ret)
{
	size_t n = text_characters(folded, strlen(folded)), pairs = n - 1;

	*ret = (struct gram_pairs){ .g = { "", "", "", "", "", "", "", "" } };
	if (n < 2)
		return false;
	if (n == NUMBER_DIGITS && strspn(folded, "0123456789") == n) {
		ret->g[0] = folded;
		ret->n = 1;
		return true;
	}
	ret->n = pairs < GRAM_PICK_MAX ? pairs : GRAM_PICK_MAX;
	for (size_t i = 0; i < ret->n; i++)
		ret->g[i] = pair(a, folded, ret->n == 1 ? 0 : i * (pairs - 1) / (ret->n - 1));
	return true;
}

int gram_add(struct db *db, struct arena *a, int64_t ticket_id, const char *no, const char *title, const char *place)
{
	return q_ticket_gram_add(db, ticket_id, grams_json(a, no, title, place), NULL);
}
