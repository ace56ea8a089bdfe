/* compose - see compose.h. */
#include "compose.h"

#include <stdbool.h>
#include <string.h>

#include "clock.h"
#include "conf.h"
#include "str.h"

#define BODY_MAX 65536
#define SUBJECT_MAX 400

#define TELL(audience, event, text, due, role) extern const char text_##text[];
#include "events.tbl"
#undef TELL
extern const char text_foot_writer[], text_foot_desk[], text_foot_alarm[], text_foot_bundle[], text_desk_bundle[];

static const struct compose_row rows[] = {
#define TELL(audience, event, text, due, role) { OUTBOX_##audience, event, #text, text_##text, due, role },
#include "events.tbl"
#undef TELL
};
#define ROWS_N (sizeof rows / sizeof rows[0])

const struct compose_row *compose_rows(size_t *ret_n)
{
	*ret_n = ROWS_N;
	return rows;
}

const struct compose_row *compose_row(enum outbox_audience audience, const char *event)
{
	const struct compose_row *general = NULL;

	for (size_t i = 0; i < ROWS_N; i++) {
		if (rows[i].audience != audience)
			continue;
		if (strcmp(rows[i].event, event) == 0)
			return &rows[i];
		if (rows[i].event[0] == '\0')
			general = &rows[i];
	}
	must(general != NULL);
	return general;
}

/* What one text is filled from. */
struct filling {
	struct arena *a;
	const struct notice *n;
	enum outbox_audience audience;
};

static const char *link_of(const struct filling *f)
{
	if (f->audience == OUTBOX_WRITER)
		return arena_printf(f->a, "%s/track", conf.public_url);
	if (f->n->list != NULL)
		return arena_printf(f->a, "%s/", conf.desk_url);
	if (f->n->number == NULL)
		return arena_printf(f->a, "%s/inspect", conf.desk_url);
	return arena_printf(f->a, "%s/tickets/%s", conf.desk_url, f->n->number);
}

/* The value of the placeholder named by the n bytes at name; NULL when there is no such placeholder. */
static const char *value_of(const struct filling *f, const char *name, size_t n)
{
	const char *unit = f->n->unit != NULL && f->audience != OUTBOX_WRITER ? f->n->unit : "";
	const char *due = f->n->due == DAY_NONE ? "" : clock_fmt_day_zh(f->a, f->n->due, f->n->today);
	const char *const values[][2] = {
		{ "number", f->n->number }, { "due", due },       { "unit", unit },
		{ "link", link_of(f) },     { "desk", conf.desk_url },  { "site", conf.site_name },
		{ "contact", conf.site_contact },
		{ "what", f->n->what },     { "light", f->n->light },   { "words", f->n->words },
		{ "since", f->n->since },   { "count", f->n->count },   { "list", f->n->list },
	};

	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
		if (strlen(values[i][0]) == n && memcmp(values[i][0], name, n) == 0)
			return values[i][1] != NULL ? values[i][1] : "";
	}
	return NULL;
}

/* One line of the text, n bytes; takes it back when a value is missing. */
static int fill_line(struct str *o, const struct filling *f, const char *line, size_t n)
{
	size_t before = o->len;
	const char *end = line + n;

	while (line < end) {
		const char *open = memmem(line, (size_t)(end - line), "{{", 2);
		const char *close = open != NULL ? memmem(open, (size_t)(end - open), "}}", 2) : NULL;
		const char *value;

		if (open == NULL || close == NULL)
			break;
		value = value_of(f, open + 2, (size_t)(close - open - 2));
		if (value == NULL)
			return err_set(ERR_BUG, "unknown placeholder in a text: %.*s", (int)(close + 2 - open), open);
		if (value[0] == '\0') {
			str_cut(o, before);
			return 0;
		}
		str_addn(o, line, (size_t)(open - line));
		str_add(o, value);
		line = close + 2;
	}
	str_addn(o, line, (size_t)(end - line));
	str_addc(o, '\n');
	return 0;
}

/* Lines until the end of the text; empty lines at the beginning of the message are left out. */
static int fill(struct str *o, const struct filling *f, const char *text)
{
	int r = 0;

	while (r == 0 && *text != '\0') {
		size_t n = strcspn(text, "\n");

		if (n > 0 || o->len > 0)
			r = fill_line(o, f, text, n);
		text += n + (text[n] == '\n');
	}
	return r;
}

static const char *foot_of(const struct compose_row *row, const struct notice *n)
{
	if (row->audience == OUTBOX_WRITER)
		return text_foot_writer;
	if (n->list != NULL)
		return text_foot_bundle;
	return n->number == NULL ? text_foot_alarm : text_foot_desk;
}

int compose(struct arena *a, const struct compose_row *row, const struct notice *n, const char **ret_subject,
            const char **ret_body)
{
	const struct filling f = { a, n, row->audience };
	size_t first = strcspn(row->text, "\n");
	struct str subject, body;
	int r;

	str_init(&subject, a, SUBJECT_MAX);
	str_init(&body, a, BODY_MAX);
	str_addf(&subject, "【%s】", conf.site_short);
	r = fill_line(&subject, &f, row->text, first);
	if (r == 0)
		r = fill(&body, &f, row->text + first);
	if (r == 0) {
		str_addc(&body, '\n');
		r = fill(&body, &f, foot_of(row, n));
	}
	if (r < 0)
		return r;
	if (subject.over || body.over)
		return err_set(ERR_BUG, "text %s is too long", row->text_name);
	if (subject.len > 0 && subject.s[subject.len - 1] == '\n')
		str_cut(&subject, subject.len - 1);
	*ret_subject = subject.s;
	*ret_body = body.s;
	return 0;
}

int compose_bundle(struct arena *a, const struct notice *n, const char **ret_subject, const char **ret_body)
{
	const struct compose_row row = { OUTBOX_UNIT, "bundle", "desk_bundle", text_desk_bundle, "", "" };

	return compose(a, &row, n, ret_subject, ret_body);
}
