/* ctl_redact - minshengctl redact: personal data in lines of JSON, {"id","text"} in, {"id","spans","text"} out.
 *
 * Offsets are code points of the text as it came. A line that is none of the form is reported with its number and left
 * out; the rest goes on. */
#include <jansson.h>
#include <string.h>

#include "ctl.h"
#include "redact.h"
#include "text.h"

/* A line is at most as long as a text, with room for escapes. */
#define LINE_MAX_BYTES (8 * REDACT_TEXT_MAX)

static json_t *spans_of(const char *text, const struct redact_span *spans, size_t n)
{
	json_t *list = json_array();
	size_t at = 0, points = 0;

	for (size_t i = 0; i < n; i++) {
		size_t start = points + text_characters(text + at, spans[i].from - at);

		points = start + text_characters(text + spans[i].from, spans[i].to - spans[i].from);
		at = spans[i].to;
		json_array_append_new(list, json_pack("{s:I, s:I, s:s}", "start", (json_int_t)start, "end", (json_int_t)points,
			"kind", redact_code(spans[i].kind)));
	}
	return list;
}

/* NULL: not of the form. */
static json_t *answer(struct arena *a, const char *line, size_t len)
{
	json_t *o = json_loadb(line, len, JSON_REJECT_DUPLICATES, NULL), *ret = NULL;
	const char *text = json_string_value(json_object_get(o, "text"));
	json_t *id = json_object_get(o, "id");
	struct redact_span *spans;
	size_t n;

	if (text != NULL && strlen(text) <= REDACT_TEXT_MAX) {
		n = redact_find(a, text, &spans);
		ret = json_pack("{s:o, s:o, s:s}", "id", id != NULL ? json_incref(id) : json_null(), "spans",
			spans_of(text, spans, n), "text", redact_apply(a, text, spans, n));
	}
	json_decref(o);
	return ret;
}

int ctl_redact(struct ctl *c)
{
	static char line[LINE_MAX_BYTES];
	long number = 0;
	int bad = 0;

	while (fgets(line, sizeof line, stdin) != NULL) {
		json_t *o = answer(c->a, line, strlen(line));

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
