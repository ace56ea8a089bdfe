/* Finding personal data: spans in order, apart, at the borders of characters; hiding them leaves valid text that holds none
 * of what was sure. */
#include "fuzz.h"

#include "redact.h"

static bool is_border(const char *s, size_t at)
{
	return ((unsigned char)s[at] & 0xc0) != 0x80;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = fuzz_arena();
	const char *s = arena_strndup(a, (const char *)data, n), *hidden;
	struct redact_span *spans, *own;
	size_t found, own_n, last = 0;
	struct redact_who who;

	if (!text_valid_utf8(s, strlen(s)))
		return 0;
	found = redact_find(a, s, &spans);
	for (size_t i = 0; i < found; i++) {
		must(spans[i].from >= last && spans[i].to > spans[i].from && spans[i].to <= strlen(s));
		must(is_border(s, spans[i].from) && is_border(s, spans[i].to));
		must(spans[i].kind < REDACT__MAX && spans[i].why != NULL);
		last = spans[i].to;
	}
	hidden = redact_apply(a, s, spans, found);
	must(text_valid_utf8(hidden, strlen(hidden)));
	who = (struct redact_who){ text_cut(a, s, 8), "13800138000", "" };
	last = 0;
	found = redact_public(a, s, REDACT_CITIZEN, &spans);
	own_n = redact_known(a, s, &who, &own);
	found = redact_merge(a, own, own_n, spans, found, &spans);
	for (size_t i = 0; i < found; i++) {
		must(spans[i].from >= last && spans[i].to > spans[i].from && spans[i].to <= strlen(s));
		must(is_border(s, spans[i].from) && is_border(s, spans[i].to));
		last = spans[i].to;
	}
	return 0;
}
