/* tabs - see tabs.h. */
#include "tabs.h"

#include <string.h>

#define ANYONE { WHO_ANYONE, CAP__MAX }
#define OFFICER { WHO_OFFICER, CAP__MAX }
#define CAP(name) { WHO_CAP, CAP_##name }
static const struct { enum tabs_set set; const char *path; struct page_who who; const char *text; } rows[] = {
#define TAB(set, path, who, text) { TABS_##set, path, who, text },
#include "tabs.tbl"
#undef TAB
};

static const char *const labels[] = {
	[TABS_WATCH] = "督办的各页", [TABS_INSPECT] = "检查指标的各页", [TABS_RULES] = "规则的各页",
	[TABS_PUB] = "公开的各页",
};

/* How much of the path a row covers: "/watch" 6 of "/watch/units", 0 of "/watchers". */
static size_t covers(const char *path, const char *row)
{
	size_t n = strlen(row);

	return strncmp(path, row, n) == 0 && (path[n] == '\0' || path[n] == '/') ? n : 0;
}

/* The row that covers most of a path: "/watch/units" and not "/watch" on "/watch/units/cgj". */
static size_t current(enum tabs_set set, const char *path)
{
	size_t best = ARRAY_LEN(rows), most = 0;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		size_t n = rows[i].set == set ? covers(path, rows[i].path) : 0;

		if (n > most) {
			most = n;
			best = i;
		}
	}
	return best;
}

bool tabs_have(enum tabs_set set, const char *path)
{
	return current(set, path) < ARRAY_LEN(rows);
}

struct part_tabs tabs(struct page *p, enum tabs_set set)
{
	struct frame_link *links = arena_array(p->a, ARRAY_LEN(rows), sizeof(*links));
	size_t n = 0, here = current(set, p->req->path);

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct page_who who = rows[i].who;

		if (rows[i].set == set && (who.kind != WHO_CAP || access_may(page_actor(p), who.cap)))
			links[n++] = (struct frame_link){ .text = rows[i].text, .url = { rows[i].path }, .current = i == here };
	}
	return (struct part_tabs){ .label = labels[set], .links = links, .links_n = n };
}
