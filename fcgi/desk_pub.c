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

/* The two pages of these lists, and the list each begins with. */
static const struct pub_page { const char *code, *path; enum cap cap; enum list first; } pages[] = {
	{ "clearing", "/clearing", CAP_APPROVE_SUMMARY, PENDING }, { "publish", "/publish", CAP_PUBLISH, APPROVED },
};

/* last: the last row shown, behind which the page begins; NULL for the beginning. */
static const char *list_url(struct page *p, const char *path, const char *view, const struct q_queue_pub_over *last)
{
	struct str o;

	str_init(&o, p->a, 400);
	str_add(&o, path);
	view_query_add(&o, "view", view);
	if (last != NULL)
		view_query_add(&o, "after", arena_printf(p->a, "%d-%lld", last->replied_on, (long long)last->id));
	return o.s;
}

/* "clearing-pending": what the address of a letter says about the list it was opened from. */
static const char *list_code(struct arena *a, const char *page, enum list list)
{
	return arena_printf(a, "%s-%s", page, views[list].code);
}

static struct url letter_url(struct arena *a, const char *no, const char *from)
{
	struct str o;

	str_init(&o, a, 400);
	str_add(&o, desk_url(a, no, "/publish").s);
	view_query_add(&o, "pub", from);
	return (struct url){ o.s };
}

static struct desk_pub_row pub_row(struct arena *a, const struct worktime *wt, int32_t today,
	const struct q_queue_pub_over *row, const char *from)
{
	struct show_due d = show_due(a, wt, today, row->publish_due, false);

	return (struct desk_pub_row){
		.number = row->no, .url = letter_url(a, row->no, from),
		.title = row->title, .type = states_type_name(states_type_from(row->type)),
		.unit = row->unit_name != NULL ? row->unit_name : "—",
		.status = show_pub(states_pub_from(row->pub_state)),
		.replied = row->replied_at != TIME_NONE ? show_day(a, clock_day(row->replied_at), today) : "",
		.due = d.day, .left = d.left, .css = d.css, .late = d.late,
	};
}

/* The place behind which a page begins: by the field `after`. */
struct place { int32_t on; int64_t id; };

static int load_over(struct page *p, const char *const states[2], struct place from, int limit,
	struct q_queue_pub_over **ret, size_t *ret_n)
{
	int64_t unit = page_actor(p)->unit_id, me = page_actor(p)->officer_id;

	if (from.id == 0)
		from = (struct place){ DESK_DAY_LAST, INT64_MAX };
	return q_queue_pub_over(p->db, p->a, states[0], from.on, from.on, from.id, unit, me, limit,
		states[1], from.on, from.on, from.id, unit, me, limit, limit, ret, ret_n);
}

static int load(struct page *p, enum list list, struct place from, int limit, struct q_queue_pub_over **ret,
	size_t *ret_n)
{
	int64_t unit = page_actor(p)->unit_id, me = page_actor(p)->officer_id;
	struct q_queue_pub_pending *pending = NULL;
	struct q_queue_pub_approved *approved = NULL;
	int rc;

	/* The same columns in the same order. */
	_Static_assert(sizeof(**ret) == sizeof(*pending) && sizeof(**ret) == sizeof(*approved), "lists of one kind");
	if (views[list].states[0] != NULL)
		return load_over(p, views[list].states, from, limit, ret, ret_n);
	if (list == APPROVED) {
		rc = q_queue_pub_approved(p->db, p->a, unit, me, from.on, from.on, from.id, limit, &approved, ret_n);
		*ret = (struct q_queue_pub_over *)(void *)approved;
		return rc;
	}
	rc = q_queue_pub_pending(p->db, p->a, list == RETURNED, unit, me, from.on, from.on, from.id, limit, &pending,
		ret_n);
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

static int add_links(struct page *p, const struct pub_page *page, enum list list, struct view_desk_pub *v)
{
	struct choice *links = arena_array(p->a, ARRAY_LEN(views), sizeof(*links));
	struct desk_pub_waiting n;
	int rc = desk_pub_waiting(p, &n);

	if (rc != 0)
		return rc;
	for (size_t i = 0; i < ARRAY_LEN(views); i++)
		links[i] = (struct choice){ .text = views[i].text, .url = { list_url(p, page->path, views[i].code, NULL) },
			.chosen = i == (size_t)list,
			.count = i == PENDING ? n.pending : i == RETURNED ? n.returned : i == APPROVED ? n.approved : 0 };
	v->views = links;
	v->views_n = ARRAY_LEN(views);
	return 0;
}

static int add_rows(struct page *p, const struct pub_page *page, enum list list, struct view_desk_pub *v)
{
	struct place from;
	const struct worktime *wt = NULL;
	struct q_queue_pub_over *rows = NULL;
	struct desk_pub_row *shown;
	size_t n = 0;
	int rc = worktime_get(p->db, &wt);

	desk_read_after(p, &from.on, &from.id);
	if (rc == 0)
		rc = load(p, list, from, DESK_ROWS + 1, &rows, &n);
	if (rc != 0)
		return rc;
	v->rows_n = n > DESK_ROWS ? DESK_ROWS : n;
	shown = arena_array(p->a, v->rows_n + 1, sizeof(*shown));
	for (size_t i = 0; i < v->rows_n; i++)
		shown[i] = pub_row(p->a, wt, clock_day(p->now), &rows[i], list_code(p->a, page->code, list));
	v->rows = shown;
	if (n > DESK_ROWS)
		v->next.s = list_url(p, page->path, views[list].code, &rows[DESK_ROWS - 1]);
	if (from.id > 0)
		v->first.s = list_url(p, page->path, views[list].code, NULL);
	return 0;
}

static int show(struct page *p, const char *heading, const struct pub_page *page)
{
	struct view_desk_pub v = { .heading = heading, .nav = tabs(p, TABS_PUB) };
	enum list list = page->first;
	int rc;

	for (size_t i = 0; i < ARRAY_LEN(views); i++)
		list = str_eq(form_text(p->form, "view"), views[i].code) ? (enum list)i : list;
	v.nothing = views[list].nothing;
	v.over = views[list].states[0] != NULL;
	rc = add_links(p, page, list, &v);
	if (rc == 0)
		rc = add_rows(p, page, list, &v);
	if (rc != 0)
		return rc;
	if (params_get(&p->req->query, "end") != NULL)
		p->frame->flash = "已经是这个列表的最后一封。";
	desk_flash(p);
	v.frame = page_titled(p, heading);
	view_desk_pub(&p->reply->body, &v);
	return 0;
}

int desk_clearing(struct page *p)
{
	return show(p, "公开审查", &pages[0]);
}

int desk_publish(struct page *p)
{
	return show(p, "公开发布", &pages[1]);
}

/* --- from letter to letter --- */

struct from { const struct pub_page *page; enum list list; };

/* As the address says, as far as the person has that page. */
static bool named(const struct page *p, struct from *ret)
{
	const char *code = params_get(&p->req->query, "pub");

	for (size_t i = 0; code != NULL && i < ARRAY_LEN(pages) * ARRAY_LEN(views); i++) {
		struct from one = { &pages[i % ARRAY_LEN(pages)], (enum list)(i / ARRAY_LEN(pages)) };

		if (access_may(page_actor(p), one.page->cap) && str_eq(code, list_code(p->a, one.page->code, one.list))) {
			*ret = one;
			return true;
		}
	}
	return false;
}

/* Else what the person works off, unless the letter was opened from a list of the desk. */
static bool find_from(const struct page *p, struct from *ret)
{
	if (named(p, ret))
		return true;
	for (size_t i = 0; desk_list_of(p) == NULL && i < ARRAY_LEN(pages); i++) {
		if (access_may(page_actor(p), pages[i].cap)) {
			*ret = (struct from){ &pages[i], pages[i].first };
			return true;
		}
	}
	return false;
}

const char *desk_pub_of(const struct page *p)
{
	struct from from;

	return named(p, &from) ? list_code(p->a, from.page->code, from.list) : NULL;
}

const char *desk_pub_from(const struct page *p)
{
	struct from from;

	return find_from(p, &from) ? list_code(p->a, from.page->code, from.list) : NULL;
}

struct url desk_pub_list(struct page *p)
{
	struct from from;

	return (struct url){ find_from(p, &from) ? list_url(p, from.page->path, views[from.list].code, NULL) : NULL };
}

/* The address of the first letter behind a place that is not this one; NULL: there is none. */
static const char *behind(struct page *p, const struct from *from, struct place place, int64_t not)
{
	struct q_queue_pub_over *rows = NULL;
	size_t n = 0;

	/* What was decided is done: what cannot be read now must not look like a failure. */
	if (load(p, from->list, place, 2, &rows, &n) != 0)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		if (rows[i].id != not)
			return letter_url(p->a, rows[i].no, list_code(p->a, from->page->code, from->list)).s;
	}
	return NULL;
}

static struct place place_of(const struct desk_letter *l)
{
	return (struct place){ l->t.replied_at != TIME_NONE ? clock_day(l->t.replied_at) : l->t.received_on, l->t.id };
}

const char *desk_pub_next(struct page *p, const struct desk_letter *l)
{
	struct from from;

	return find_from(p, &from) ? behind(p, &from, place_of(l), l->t.id) : NULL;
}

int desk_pub_go_on(struct page *p, const struct desk_letter *l, enum action done)
{
	const char *next = NULL, *list;
	struct from from;

	if (!find_from(p, &from))
		return desk_go_on(p, l, done);
	/* Nobody works his way through what is over. */
	if (views[from.list].states[0] == NULL)
		next = behind(p, &from, place_of(l), l->t.id);
	if (next == NULL && views[from.list].states[0] == NULL)
		next = behind(p, &from, (struct place){ DESK_DAY_FIRST, 0 }, l->t.id);
	list = list_url(p, from.page->path, views[from.list].code, NULL);
	return reply_redirect(p->reply, desk_done_path(p->a, next != NULL ? next : list, done, l->t.no,
		next != NULL ? "next" : ""));
}
