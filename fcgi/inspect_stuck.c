/* inspect_stuck - /inspect/clocks: clocks that could not be fired, and what to do until they can be. Read by who
 * watches and by the system administrator, who mends it and reads no letters. */
#include "clock.h"
#include "desk.h"
#include "inspect_page.h"
#include "states.h"
#include "views/inspect_stuck.h"

#define ROWS 200

static struct inspect_stuck_row stuck_row(struct page *p, const struct q_timer_stuck_shown *row, bool reads)
{
	int32_t today = clock_day(p->now);

	return (struct inspect_stuck_row){ .number = row->no,
		.url = { reads ? desk_url(p->a, row->no, "").s : NULL },
		.clock = states_timer_name(states_timer_from(row->kind)),
		.unit = row->unit_name != NULL ? row->unit_name : "还没有分办", .due = show_day(p->a, row->due_on, today),
		.since = show_moment(p->a, row->since, today), .tries = row->tries,
		.next = row->retry_at != TIME_NONE ? show_moment(p->a, row->retry_at, today) : "", .error = row->error };
}

int inspect_stuck_show(struct page *p)
{
	const struct actor *who = page_actor(p);
	struct view_inspect_stuck v = { .watches = access_may(who, CAP_WATCH) };
	struct q_timer_stuck_shown *rows = NULL;
	struct inspect_stuck_row *list;
	size_t n = 0;
	int rc = q_timer_stuck_shown(p->db, p->a, who->unit_id, who->officer_id, ROWS + 1, &rows, &n);

	if (rc != 0)
		return rc;
	v.rows_n = n > ROWS ? ROWS : n;
	list = arena_array(p->a, v.rows_n + 1, sizeof(*list));
	for (size_t i = 0; i < v.rows_n; i++)
		list[i] = stuck_row(p, &rows[i], access_may(who, CAP_READ));
	v.rows = list;
	v.found = n == 0 ? "" : arena_printf(p->a, "%s %zu 个，最早的在前", n > ROWS ? "先列出" : "共", v.rows_n);
	v.nav = tabs(p, v.watches ? TABS_WATCH : TABS_RULES);
	v.tabs = tabs(p, TABS_INSPECT);
	v.frame = page_titled(p, "没有触发的时限");
	view_inspect_stuck(&p->reply->body, &v);
	return 0;
}
