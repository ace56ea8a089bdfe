/* digest - see digest.h. */
#include "digest.h"

#include <string.h>

#include "clock.h"
#include "conf.h"
#include "states.h"

#define LIST_MAX ((size_t)48 * 1024)

static const struct { const char *event, *heading; } sections[] = {
#define SECTION(event, heading) { event, heading },
#include "digest.tbl"
#undef SECTION
};
#define SECTIONS_N (sizeof sections / sizeof sections[0])

/* The section of an event; the last one is for all that have none. */
static size_t section_of(const char *event)
{
	size_t i = 0;

	while (i + 1 < SECTIONS_N && strcmp(sections[i].event, event) != 0)
		i++;
	return i;
}

static void add_line(struct str *o, struct arena *a, const struct bundle_line *line, int32_t today)
{
	enum timer_kind kind = states_timer_from(line->kind);

	str_addf(o, "  %s", line->no);
	if (kind < TIMER__MAX)
		str_addf(o, "  %s", states_timer_name(kind));
	if (line->due_on != DAY_NONE)
		str_addf(o, "  %s", clock_fmt_day_zh(a, line->due_on, today));
	str_addf(o, "\n  %s/tickets/%s\n", conf.desk_url, line->no);
}

const char *digest_list(struct arena *a, const struct bundle_line *lines, size_t n, int32_t today)
{
	struct str o;
	size_t listed = 0;

	str_init(&o, a, LIST_MAX);
	for (size_t s = 0; s < SECTIONS_N; s++) {
		size_t here = 0;

		for (size_t i = 0; i < n && listed < DIGEST_LINES_MAX; i++) {
			if (section_of(lines[i].event) != s)
				continue;
			if (here++ == 0)
				str_addf(&o, "%s%s：\n", o.len ? "\n" : "", sections[s].heading);
			add_line(&o, a, &lines[i], today);
			listed++;
		}
	}
	if (n > listed)
		str_addf(&o, "\n还有 %zu 项，请登录后查看。\n", n - listed);
	return o.s;
}

size_t digest_letters(const struct bundle_line *lines, size_t n)
{
	size_t letters = 0;

	for (size_t i = 0; i < n; i++) {
		size_t k = 0;

		while (k < i && lines[k].ticket_id != lines[i].ticket_id)
			k++;
		letters += k == i;
	}
	return letters;
}
