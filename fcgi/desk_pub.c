/* desk_pub - what goes to the public: lists of letters to clear, to edit or to publish. One of them is
 * desk_edition.c. */
#include <string.h>

#include "clock.h"
#include "desk.h"
#include "tabs.h"
#include "views/desk_pub.h"

static const struct field pub_fields[] = {
	{ "view", FIELD_TOKEN, .max = 24 },
	{ "after", FIELD_INT, .max = INT32_MAX },
};
const struct form_def form_pub = { pub_fields, ARRAY_LEN(pub_fields) };
/* --- the lists --- */

/* states NULL: those sent back by a reviewer. */
static const struct view { const char *code, *text, *states; } views[] = {
	{ "pending",   "待公开审查", "pending_review" },
	{ "returned",  "审查退回、待修改", NULL },
	{ "approved",  "已审查待发布", "approved_full,approved_summary" },
	{ "published", "已公开", "published,corrected" },
	{ "withheld",  "不公开和已撤下", "withheld,withdrawn_pub" },
};

static const char *list_url(struct page *p, const char *view, int64_t after)
{
	struct str o;

	str_init(&o, p->a, 400);
	str_add(&o, p->req->path);
	view_query_add(&o, "view", view);
	view_query_add(&o, "after", after > 0 ? arena_printf(p->a, "%lld", (long long)after) : NULL);
	return o.s;
}

static struct desk_pub_row pub_row(struct arena *a, const struct worktime *wt, int32_t today,
	const struct q_queue_pub *row)
{
	struct show_due d = show_due(a, wt, today, row->publish_due, false);

	return (struct desk_pub_row){
		.number = row->no, .title = row->title, .type = states_type_name(states_type_from(row->type)),
		.unit = row->unit_name != NULL ? row->unit_name : "—",
		.status = show_pub(states_pub_from(row->pub_state)),
		.replied = row->replied_at != TIME_NONE ? show_day(a, clock_day(row->replied_at), today) : "",
		.due = d.day, .left = d.left, .css = d.css, .late = d.late,
	};
}

static int load(struct page *p, const struct view *chosen, int64_t after, struct q_queue_pub **ret, size_t *ret_n)
{
	const struct actor *who = page_actor(p);

	/* The same columns in the same order. */
	_Static_assert(sizeof(struct q_queue_pub) == sizeof(struct q_queue_pub_returned), "two lists of one kind");
	if (chosen->states == NULL)
		return q_queue_pub_returned(p->db, p->a, who->unit_id, who->officer_id, after, DESK_ROWS + 1,
			(struct q_queue_pub_returned **)ret, ret_n);
	return q_queue_pub(p->db, p->a, chosen->states, who->unit_id, who->officer_id, after, DESK_ROWS + 1, ret, ret_n);
}

static int list(struct page *p, const char *heading, const struct view *otherwise)
{
	const struct view *chosen = otherwise;
	int64_t after = form_int(p->form, "after", 0);
	struct choice *links = arena_array(p->a, ARRAY_LEN(views), sizeof(*links));
	struct view_desk_pub v = { .heading = heading, .views = links, .views_n = ARRAY_LEN(views),
		.nav = tabs(p, TABS_PUB) };
	const struct worktime *wt = NULL;
	struct q_queue_pub *rows = NULL;
	struct desk_pub_row *shown;
	size_t n = 0;
	int rc = worktime_get(p->db, &wt);

	for (size_t i = 0; i < ARRAY_LEN(views); i++)
		chosen = str_eq(form_text(p->form, "view"), views[i].code) ? &views[i] : chosen;
	if (rc == 0)
		rc = load(p, chosen, after, &rows, &n);
	if (rc != 0)
		return rc;
	for (size_t i = 0; i < ARRAY_LEN(views); i++) {
		links[i].text = views[i].text;
		links[i].url.s = list_url(p, views[i].code, 0);
		links[i].chosen = chosen == &views[i];
	}
	v.rows_n = n > DESK_ROWS ? DESK_ROWS : n;
	shown = arena_array(p->a, v.rows_n + 1, sizeof(*shown));
	for (size_t i = 0; i < v.rows_n; i++)
		shown[i] = pub_row(p->a, wt, clock_day(p->now), &rows[i]);
	v.rows = shown;
	if (n > DESK_ROWS)
		v.next.s = list_url(p, chosen->code, rows[DESK_ROWS - 1].id);
	if (after > 0)
		v.first.s = list_url(p, chosen->code, 0);
	desk_flash(p);
	v.frame = page_titled(p, heading);
	view_desk_pub(&p->reply->body, &v);
	return 0;
}

int desk_clearing(struct page *p)
{
	return list(p, "公开审查", &views[0]);
}

int desk_publish(struct page *p)
{
	return list(p, "公开发布", &views[2]);
}
