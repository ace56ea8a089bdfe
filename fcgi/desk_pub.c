/* desk_pub - what goes to the public: lists of letters to clear, to edit or to publish. One of them is
 * desk_edition.c. */
#include <stdint.h>

#include "clock.h"
#include "desk.h"
#include "desk_pub.h"
#include "tabs.h"
#include "views/desk_pub.h"

static const struct field pub_fields[] = {
	{ "view", FIELD_TOKEN, .max = 24 },
	{ "after", FIELD_TOKEN, .max = 40 },
};
const struct form_def form_pub = { pub_fields, ARRAY_LEN(pub_fields) };

/* --- the lists --- */

enum list { PENDING, RETURNED, APPROVED, PUBLISHED, WITHHELD };

/* Of what is over: two states, the latest answer first. */
static const struct view { const char *code, *text, *states[2], *nothing; } views[] = {
	[PENDING] = { "pending", "待公开审查", { NULL },
		"没有等待公开审查的信。答复发给写信人以后，系统会拟好公开稿，列在这里。" },
	[RETURNED] = { "returned", "审查退回、待修改", { NULL }, "没有被审查退回的公开稿。" },
	[APPROVED] = { "approved", "已审查待发布", { NULL }, "没有等待发布的信。审查员同意公开以后，列在这里。" },
	[PUBLISHED] = { "published", "已公开", { "published", "corrected" }, "还没有公开的信。" },
	[WITHHELD] = { "withheld", "不公开和已撤下", { "withheld", "withdrawn_pub" }, "没有不公开或者已撤下的信。" },
};

/* last: the last row shown, behind which the page begins; NULL for the beginning. */
static const char *list_url(struct page *p, const char *view, const struct q_queue_pub_over *last)
{
	struct str o;

	str_init(&o, p->a, 400);
	str_add(&o, p->req->path);
	view_query_add(&o, "view", view);
	if (last != NULL)
		view_query_add(&o, "after", arena_printf(p->a, "%d-%lld", last->replied_on, (long long)last->id));
	return o.s;
}

static struct desk_pub_row pub_row(struct arena *a, const struct worktime *wt, int32_t today,
	const struct q_queue_pub_over *row)
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

/* The place behind which a page begins: by the field `after`. */
struct place { int32_t on; int64_t id; };

static int load_over(struct page *p, const char *const states[2], struct place from, struct q_queue_pub_over **ret,
	size_t *ret_n)
{
	int64_t unit = page_actor(p)->unit_id, me = page_actor(p)->officer_id;

	if (from.id == 0)
		from = (struct place){ DESK_DAY_LAST, INT64_MAX };
	return q_queue_pub_over(p->db, p->a, states[0], from.on, from.on, from.id, unit, me, DESK_ROWS + 1,
		states[1], from.on, from.on, from.id, unit, me, DESK_ROWS + 1, DESK_ROWS + 1, ret, ret_n);
}

static int load(struct page *p, enum list list, struct place from, struct q_queue_pub_over **ret, size_t *ret_n)
{
	int64_t unit = page_actor(p)->unit_id, me = page_actor(p)->officer_id;
	struct q_queue_pub_pending *pending = NULL;
	struct q_queue_pub_approved *approved = NULL;
	int rc;

	/* The same columns in the same order. */
	_Static_assert(sizeof(**ret) == sizeof(*pending) && sizeof(**ret) == sizeof(*approved), "lists of one kind");
	if (views[list].states[0] != NULL)
		return load_over(p, views[list].states, from, ret, ret_n);
	if (list == APPROVED) {
		rc = q_queue_pub_approved(p->db, p->a, unit, me, from.on, from.on, from.id, DESK_ROWS + 1, &approved, ret_n);
		*ret = (struct q_queue_pub_over *)(void *)approved;
		return rc;
	}
	rc = q_queue_pub_pending(p->db, p->a, list == RETURNED, unit, me, from.on, from.on, from.id, DESK_ROWS + 1,
		&pending, ret_n);
	*ret = (struct q_queue_pub_over *)(void *)pending;
	return rc;
}

int desk_pub_waiting(struct page *p, struct desk_pub_waiting *ret)
{
	struct q_pub_waiting row;
	int rc = q_pub_waiting(p->db, p->a, page_actor(p)->unit_id, page_actor(p)->officer_id, &row);

	if (rc == 0)
		*ret = (struct desk_pub_waiting){ .pending = row.pending - row.returned, .returned = row.returned,
			.approved = row.approved, .found = row.found };
	return rc;
}

static int add_links(struct page *p, enum list list, struct view_desk_pub *v)
{
	struct choice *links = arena_array(p->a, ARRAY_LEN(views), sizeof(*links));
	struct desk_pub_waiting n;
	int rc = desk_pub_waiting(p, &n);

	if (rc != 0)
		return rc;
	for (size_t i = 0; i < ARRAY_LEN(views); i++)
		links[i] = (struct choice){ .text = views[i].text, .url = { list_url(p, views[i].code, NULL) },
			.chosen = i == (size_t)list,
			.count = i == PENDING ? n.pending : i == RETURNED ? n.returned : i == APPROVED ? n.approved : 0 };
	v->views = links;
	v->views_n = ARRAY_LEN(views);
	return 0;
}

static int add_rows(struct page *p, enum list list, struct view_desk_pub *v)
{
	struct place from;
	const struct worktime *wt = NULL;
	struct q_queue_pub_over *rows = NULL;
	struct desk_pub_row *shown;
	size_t n = 0;
	int rc = worktime_get(p->db, &wt);

	desk_read_after(p, &from.on, &from.id);
	if (rc == 0)
		rc = load(p, list, from, &rows, &n);
	if (rc != 0)
		return rc;
	v->rows_n = n > DESK_ROWS ? DESK_ROWS : n;
	shown = arena_array(p->a, v->rows_n + 1, sizeof(*shown));
	for (size_t i = 0; i < v->rows_n; i++)
		shown[i] = pub_row(p->a, wt, clock_day(p->now), &rows[i]);
	v->rows = shown;
	if (n > DESK_ROWS)
		v->next.s = list_url(p, views[list].code, &rows[DESK_ROWS - 1]);
	if (from.id > 0)
		v->first.s = list_url(p, views[list].code, NULL);
	return 0;
}

static int show(struct page *p, const char *heading, enum list list)
{
	struct view_desk_pub v = { .heading = heading, .nav = tabs(p, TABS_PUB) };
	int rc;

	for (size_t i = 0; i < ARRAY_LEN(views); i++)
		list = str_eq(form_text(p->form, "view"), views[i].code) ? (enum list)i : list;
	v.nothing = views[list].nothing;
	v.over = views[list].states[0] != NULL;
	rc = add_links(p, list, &v);
	if (rc == 0)
		rc = add_rows(p, list, &v);
	if (rc != 0)
		return rc;
	desk_flash(p);
	v.frame = page_titled(p, heading);
	view_desk_pub(&p->reply->body, &v);
	return 0;
}

int desk_clearing(struct page *p)
{
	return show(p, "公开审查", PENDING);
}

int desk_publish(struct page *p)
{
	return show(p, "公开发布", APPROVED);
}
