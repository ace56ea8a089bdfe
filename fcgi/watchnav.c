/* watchnav - see watchnav.h. */
#include "watchnav.h"

#include <string.h>

#define ANYONE { WHO_ANYONE, CAP__MAX }
#define OFFICER { WHO_OFFICER, CAP__MAX }
#define CAP(name) { WHO_CAP, CAP_##name }
static const struct { const char *path; struct page_who who; const char *text; } rows[] = {
#define WATCHNAV(path, who, text) { path, who, text },
#include "watchnav.tbl"
#undef WATCHNAV
};

/* How much of the path a row covers: "/watch" 6 of "/watch/units", 0 of "/watchers". */
static size_t covers(const char *path, const char *row)
{
	size_t n = strlen(row);

	return strncmp(path, row, n) == 0 && (path[n] == '\0' || path[n] == '/') ? n : 0;
}

/* The row that covers most of a path: "/watch/units" and not "/watch" on "/watch/units/cgj". */
static size_t current(const char *path)
{
	size_t best = ARRAY_LEN(rows), most = 0;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		size_t n = covers(path, rows[i].path);

		if (n > most) {
			most = n;
			best = i;
		}
	}
	return best;
}

bool watchnav_has(const char *path)
{
	return current(path) < ARRAY_LEN(rows);
}

struct part_watch_nav watchnav(struct page *p)
{
	struct frame_link *links = arena_array(p->a, ARRAY_LEN(rows), sizeof(*links));
	size_t n = 0, here = current(p->req->path);

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct page_who who = rows[i].who;

		if (who.kind == WHO_CAP && !access_may(page_actor(p), who.cap))
			continue;
		links[n++] = (struct frame_link){ .text = rows[i].text, .url = { rows[i].path }, .current = i == here };
	}
	return (struct part_watch_nav){ .links = links, .links_n = n };
}
