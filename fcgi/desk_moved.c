/* desk_moved - which of a unit's letters were given another day by a change of holidays or terms. */
#include "clock.h"
#include "clock_change.h"
#include "desk.h"
#include "views/desk_moved.h"

#define CHANGES 20
#define MOVES 50

static const struct field moved_fields[] = {
	{ "change", FIELD_INT, .min = 1, .max = INT32_MAX },
	{ "after", FIELD_INT, .min = 0, .max = INT32_MAX },
};
const struct form_def form_moved = { moved_fields, ARRAY_LEN(moved_fields) };

static struct url moved_url(struct arena *a, int64_t change, int64_t after)
{
	if (after > 0)
		return (struct url){ arena_printf(a, "/moved?change=%lld&after=%lld", (long long)change, (long long)after) };
	return (struct url){ arena_printf(a, "/moved?change=%lld", (long long)change) };
}

static int add_moves(struct page *p, int64_t change, struct view_desk_moved *v)
{
	int64_t after = form_int(p->form, "after", 0);
	int32_t today = clock_day(p->now);
	struct q_moved_of_unit *rows = NULL;
	struct moved_row *list;
	size_t n = 0;
	int rc = q_moved_of_unit(p->db, p->a, change, page_actor(p)->unit_id, page_actor(p)->unit_id,
		page_actor(p)->officer_id, after,
		MOVES + 1, &rows, &n);

	if (rc != 0)
		return rc;
	v->rows_n = n > MOVES ? MOVES : n;
	list = arena_array(p->a, v->rows_n + 1, sizeof(*list));
	for (size_t i = 0; i < v->rows_n; i++)
		list[i] = (struct moved_row){ .number = rows[i].no, .title = rows[i].title,
			.kind = clock_timer_name(rows[i].kind),
			.was = show_day(p->a, rows[i].old_due_on, today), .is = show_day(p->a, rows[i].new_due_on, today),
			.days = { arena_printf(p->a, "/tickets/%s/days?kind=%s", rows[i].no, rows[i].kind) } };
	v->rows = list;
	if (n > MOVES)
		v->next = moved_url(p->a, change, rows[MOVES - 1].timer_id);
	return 0;
}

int desk_moved(struct page *p)
{
	struct view_desk_moved v = { .title = "" };
	struct q_change_of_unit *rows = NULL;
	int32_t today = clock_day(p->now);
	struct moved_change *list;
	int64_t chosen;
	size_t n = 0;
	int rc = q_change_of_unit(p->db, p->a, page_actor(p)->unit_id, CHANGES, &rows, &n);

	if (rc != 0)
		return rc;
	chosen = form_int(p->form, "change", n > 0 ? rows[0].id : 0);
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		list[i] = (struct moved_change){ .title = rows[i].title, .reason = rows[i].reason, .clocks = rows[i].clocks,
			.at = show_moment(p->a, rows[i].applied_at, today), .url = moved_url(p->a, rows[i].id, 0),
			.chosen = rows[i].id == chosen };
		if (rows[i].id == chosen)
			v.title = rows[i].title;
	}
	v.changes = list;
	v.changes_n = n;
	if (v.title[0] != '\0' && (rc = add_moves(p, chosen, &v)) != 0)
		return rc;
	v.unit = p->session->unit_name;
	v.frame = page_titled(p, "期限有变的信");
	view_desk_moved(&p->reply->body, &v);
	return 0;
}
