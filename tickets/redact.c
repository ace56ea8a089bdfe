/* redact - see redact.h. */
#include "redact.h"

#include <string.h>

#include "redact_text.h"
#include "str.h"

static const struct { const char *code, *zh; } kinds[] = {
#define K(name, code, zh) { #code, zh },
	REDACT_KINDS(K)
#undef K
};

const char *redact_code(enum redact_kind kind)
{
	return kinds[kind].code;
}

const char *redact_name(enum redact_kind kind)
{
	return kinds[kind].zh;
}

/* --- finding --- */

typedef bool finder(const struct cells *t, size_t i, struct found *ret);

/* Who may find something in what begins here: what is surest comes first. */
static bool find_at(const struct cells *t, size_t i, struct found *ret)
{
	static finder *const digit[] = { redact_number, redact_email, redact_address, redact_home, NULL };
	static finder *const letter[] = { redact_email, redact_wechat, redact_number, redact_address,
		redact_home, NULL };
	static finder *const wide[] = { redact_plate, redact_address, redact_home, redact_person, NULL };
	const struct cell *c = &t->c[i];
	finder *const *who = redact_is_digit(c) || c->f == '+' || c->f == '(' ? digit : redact_is_letter(c) ? letter
		: c->f == WIDE ? wide : NULL;

	for (; who != NULL && *who != NULL; who++) {
		if ((*who)(t, i, ret))
			return true;
	}
	return false;
}

static void add(struct redact_span *list, size_t *n, const struct cells *t, const struct found *f)
{
	struct redact_span span = { t->c[f->from].at, t->c[f->to].at, f->kind, f->why, false };

	/* An address that was found by its end reaches back, never over what was found before it. */
	if (*n > 0 && span.from < list[*n - 1].to)
		span.from = list[*n - 1].to;
	if (span.from < span.to)
		list[(*n)++] = span;
}

size_t redact_find_in(struct arena *a, const struct cells *t, struct redact_span **ret)
{
	size_t n = 0, room = 64;
	struct redact_span *list = arena_array(a, room, sizeof *list);

	for (size_t i = 0; i < t->n;) {
		struct found f = { 0 };

		if (!find_at(t, i, &f) || f.to <= i) {
			i++;
			continue;
		}
		if (n == room) {
			struct redact_span *more = arena_array(a, room *= 2, sizeof *more);

			memcpy(more, list, n * sizeof *list);
			list = more;
		}
		add(list, &n, t, &f);
		i = f.to;
	}
	*ret = list;
	return n;
}

size_t redact_find(struct arena *a, const char *text, struct redact_span **ret)
{
	struct cells t = redact_cells(a, text);

	return redact_find_in(a, &t, ret);
}

const char *redact_apply(struct arena *a, const char *text, const struct redact_span *spans, size_t n)
{
	size_t at = 0;
	struct str o;

	str_init(&o, a, strlen(text) + n * sizeof REDACT_HIDDEN + 1);
	for (size_t i = 0; i < n; i++) {
		str_addn(&o, text + at, spans[i].from - at);
		str_add(&o, REDACT_HIDDEN);
		at = spans[i].to;
	}
	str_add(&o, text + at);
	return o.s;
}
