/* ctl_redact - minshengctl redact: personal data in lines of JSON, {"id","text"} in, {"id","spans","text"} out.
 *
 * --public looks for what the publication desk is shown of a letter: hints have "hint":true and stay in the text.
 * Offsets are code points of the text as it came. A line that is none of the form is reported with its number and left
 * out; the rest goes on. */
#include <jansson.h>
#include <string.h>

#include "ctl.h"
#include "redact.h"
#include "text.h"

/* A line is at most as long as a text, with room for escapes. */
#define LINE_MAX_BYTES (8 * REDACT_TEXT_MAX)

static json_t *span_of(const struct redact_span *span, size_t start, size_t end)
{
	json_t *o = json_pack("{s:I, s:I, s:s}", "start", (json_int_t)start, "end", (json_int_t)end, "kind",
		redact_code(span->kind));

	if (span->hint)
		json_object_set_new(o, "hint", json_true());
	return o;
}

static json_t *spans_of(const char *text, const struct redact_span *spans, size_t n)
{
	json_t *list = json_array();
	size_t at = 0, points = 0;

	for (size_t i = 0; i < n; i++) {
		size_t start = points + text_characters(text + at, spans[i].from - at);

		points = start + text_characters(text + spans[i].from, spans[i].to - spans[i].from);
		at = spans[i].to;
		json_array_append_new(list, span_of(&spans[i], start, points));
	}
	return list;
}

static size_t keep_sure(struct redact_span *spans, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		if (!spans[i].hint)
			spans[kept++] = spans[i];
	}
	return kept;
}

/* NULL: not of the form. */
static json_t *answer(struct arena *a, const char *line, size_t len, bool is_public)
{
	json_t *o = json_loadb(line, len, JSON_REJECT_DUPLICATES, NULL), *ret = NULL;
	const char *text = json_string_value(json_object_get(o, "text"));
	json_t *id = json_object_get(o, "id");
	struct redact_span *spans;
	json_t *list;
	size_t n;

	if (text != NULL && strlen(text) <= REDACT_TEXT_MAX) {
		n = is_public ? redact_public(a, text, REDACT_CITIZEN, &spans) : redact_find(a, text, &spans);
		list = spans_of(text, spans, n);
		ret = json_pack("{s:o, s:o, s:s}", "id", id != NULL ? json_incref(id) : json_null(), "spans", list, "text",
			redact_apply(a, text, spans, keep_sure(spans, n)));
	}
	json_decref(o);
	return ret;
}

int ctl_redact(struct ctl *c)
{
	static char line[LINE_MAX_BYTES];
	bool is_public = ctl_flag(c, "--public");
	long number = 0;
	int bad = 0;

	while (fgets(line, sizeof line, stdin) != NULL) {
		json_t *o = answer(c->a, line, strlen(line), is_public);

		number++;
		if (o == NULL || json_dumpf(o, stdout, JSON_COMPACT) != 0 || putchar('\n') == EOF) {
			fprintf(stderr, "第 %ld 行不是 {\"id\":…,\"text\":\"…\"}，或者太长\n", number);
			bad = 1;
		}
		json_decref(o);
		arena_reset(c->a);
	}
	return fflush(stdout) == 0 ? bad : 1;
}
