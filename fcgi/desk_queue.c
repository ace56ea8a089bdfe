/* desk_queue - the page of a list of letters.
 *
 * All filters stand in the address (desk_view.h). Lists are paged by the last row shown, so that a page stays right
 * while letters come and go. Units see their own letters only. */
#include "desk_queue.h"

#include <string.h>

#include "channels.h"
#include "clock.h"
#include "desk_bulk.h"
#include "store_list.h"
#include "views/desk_queue.h"

struct list {
	struct page *p;
	struct desk_view view;
	const struct worktime *wt;
	const char *filter;          /* of the view */
	struct q_list_open *rows;
	struct q_saved_views *saved;
	size_t n, saved_n;
};

/* --- the filter form --- */

static void add_types(const struct list *l, struct view_desk_queue *v)
{
	struct choice *list = arena_array(l->p->a, TYPE__MAX, sizeof(*list));

	for (int i = 0; i < TYPE__MAX; i++) {
		list[i].code = states_type_code((enum ticket_type)i);
		list[i].text = states_type_name((enum ticket_type)i);
		list[i].chosen = str_eq(l->view.type, list[i].code);
	}
	v->types = list;
	v->types_n = TYPE__MAX;
}

static void add_states(const struct list *l, struct view_desk_queue *v)
{
	struct choice *list = arena_array(l->p->a, TICKET__MAX, sizeof(*list));

	for (int i = 0; i < TICKET__MAX; i++) {
		list[i].code = states_code((enum ticket_state)i);
		list[i].text = states_office((enum ticket_state)i);
		list[i].chosen = str_eq(l->view.state, list[i].code);
	}
	v->states = list;
	v->states_n = TICKET__MAX;
}

static void add_channels(const struct list *l, struct view_desk_queue *v)
{
	struct choice *list;
	size_t n = 0;

	while (channels_at(n) != NULL)
		n++;
	list = arena_array(l->p->a, n, sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		list[i].code = channels_at(i);
		list[i].text = channels_name(list[i].code);
		list[i].chosen = str_eq(l->view.channel, list[i].code);
	}
	v->channels = list;
	v->channels_n = n;
}

static int add_filters(struct list *l, struct view_desk_queue *v)
{
	const struct desk_view *view = &l->view;
	struct arena *a = l->p->a;
	int rc;

	add_types(l, v);
	add_states(l, v);
	add_channels(l, v);
	desk_view_links(l->p, view, &v->views, &v->views_n);
	desk_view_columns(a, view, &v->columns, &v->columns_n);
	v->view = view->code;
	v->desk = view->desk;
	v->words = view->words != NULL ? view->words : "";
	v->from = view->from != DAY_NONE ? clock_fmt_day(a, view->from) : "";
	v->to = view->to != DAY_NONE ? clock_fmt_day(a, view->to) : "";
	v->may_be_mine = access_may(page_actor(l->p), CAP_DRAFT);
	v->mine = view->mine;
	v->more = view->state != NULL
		|| view->topic != TOPIC_ALL || view->channel != NULL || view->mine || view->from != DAY_NONE
		|| view->to != DAY_NONE;
	v->filtered = desk_view_filtered(view);
	v->clear = desk_view_url(a, "/queue", desk_view_filter(a, view, false), NULL);
	rc = desk_topic_filter(l->p, view->topic, &v->topics, &v->topics_n);
	if (rc != 0 || desk_only_unit(page_actor(l->p)) != NULL)
		return rc;
	return desk_units(l->p, view->unit, false, &v->units, &v->units_n);
}

/* --- lists kept under a name --- */

static void add_saved(struct list *l, struct view_desk_queue *v)
{
	struct desk_saved *list = arena_array(l->p->a, l->saved_n + 1, sizeof(*list));

	for (size_t i = 0; i < l->saved_n; i++) {
		list[i] = (struct desk_saved){ .id = l->saved[i].id, .name = l->saved[i].name, .is_start = l->saved[i].is_start,
			.url = desk_view_url(l->p->a, "/queue", l->saved[i].filter, NULL),
			.chosen = strcmp(l->saved[i].filter, l->filter) == 0 };
		if (list[i].chosen)
			v->heading = list[i].name;
	}
	v->saved = list;
	v->saved_n = l->saved_n;
	v->may_keep = l->saved_n < SAVED_VIEWS_MAX;
}

/* Nothing asked for: the list the person wants to begin with. */
static int read_view(struct list *l, const char *filter)
{
	int rc = q_saved_views(l->p->db, l->p->a, page_actor(l->p)->officer_id, &l->saved, &l->saved_n);

	if (rc != 0)
		return rc;
	if (filter != NULL)
		return desk_view_of(l->p, l->wt, filter, &l->view);
	for (size_t i = 0; l->p->req->query.n == 0 && i < l->saved_n; i++) {
		if (l->saved[i].is_start)
			return desk_view_of(l->p, l->wt, l->saved[i].filter, &l->view);
	}
	desk_view_read(l->p, l->wt, l->p->form, &l->view);
	desk_read_after(l->p, &l->view.ask.after_due, &l->view.ask.after_id);
	return 0;
}

/* --- the rows --- */

static const char *order_words(const struct list *l)
{
	switch (desk_order_of(&l->view.ask)) {
	case DESK_BY_ID:
		return "最近收到的在前；很常见的字只查找最近的 1200 封，多写几个字更准";
	case DESK_LATEST_FIRST:
		return "期限最近的在前";
	case DESK_BY_DUE:
		return "按答复期限排列";
	}
	return "";
}

static const char *empty_words(const struct list *l)
{
	if (l->view.desk != NULL && !desk_view_narrowed(&l->view))
		return desk_nothing(l->view.desk);
	if (desk_view_filtered(&l->view))
		return "没有符合条件的信件。可以减少条件，或者到“全部在办”“已答复和已结束”里查找。";
	switch (l->view.kind) {
	case VIEW_TODO:
		return "现在没有等您处理的信件。新信件到了会出现在这里。";
	case VIEW_LATE:
		return "没有超期的信件。";
	case VIEW_RETURNED:
		return "没有退回给您修改的答复。";
	case VIEW_MINE:
		return "没有由您承办的信件。";
	default:
		return "这个列表里没有信件。";
	}
}

static int add_rows(const struct list *l, struct view_desk_queue *v)
{
	struct arena *a = l->p->a;
	size_t n = l->n > DESK_ROWS ? DESK_ROWS : l->n;
	struct desk_row *rows = arena_array(a, n + 1, sizeof(*rows));
	bool first = l->view.ask.after_id == 0;

	for (size_t i = 0; i < n; i++)
		rows[i] = desk_row(a, l->wt, clock_day(l->p->now), &l->rows[i], l->filter);
	v->list = (struct part_desk_rows){ .rows = rows, .rows_n = n, .caption = v->heading,
		.no_type = !desk_view_shows(&l->view, "type"), .no_unit = !desk_view_shows(&l->view, "unit"),
		.no_state = !desk_view_shows(&l->view, "state"), .no_received = !desk_view_shows(&l->view, "received"),
		.no_due = !desk_view_shows(&l->view, "due"), .channel = desk_view_shows(&l->view, "channel"),
		.handler = desk_view_shows(&l->view, "handler") };
	desk_bulk_acts(l->p, &v->acts, &v->acts_n);
	v->list.picks = v->acts_n > 0;
	if (l->n > DESK_ROWS && !l->view.ask.returned)
		v->next = desk_view_url(a, "/queue", l->filter, &l->rows[DESK_ROWS - 1]);
	if (!first)
		v->first = desk_view_url(a, "/queue", l->filter, NULL);
	v->found = n == 0 ? "" : arena_printf(a, "%s %zu 封，%s", v->next.s != NULL || !first ? "这一页" : "共", n,
		order_words(l));
	v->empty = empty_words(l);
	v->csv = desk_view_url(a, "/queue.csv", l->filter, NULL);
	v->filter = l->filter;
	return v->list.no_due ? 0 : desk_row_stages(l->p, l->wt, l->rows, n, rows);
}

int desk_queue_show(struct page *p, const char *filter, const char *name, const char *name_problem)
{
	struct desk_reader by = desk_reader(p);
	struct list l = { .p = p };
	struct view_desk_queue v = { .name = name, .name_problem = name_problem };
	int rc = worktime_get(p->db, &l.wt);

	if (rc == 0)
		rc = read_view(&l, filter);
	if (rc != 0)
		return rc;
	l.filter = desk_view_filter(p->a, &l.view, true);
	v.problem = l.view.problem;
	v.heading = l.view.text;
	if (v.problem == NULL)
		rc = desk_list_load(&by, &l.view.ask, &l.rows, &l.n);
	if (rc == 0)
		rc = add_filters(&l, &v);
	if (rc != 0)
		return rc;
	add_saved(&l, &v);
	rc = add_rows(&l, &v);
	if (rc != 0)
		return rc;
	desk_flash(p);
	v.frame = page_titled(p, v.heading);
	view_desk_queue(&p->reply->body, &v);
	return 0;
}

/* What was done to a list kept under a name. */
static void flash_saved(struct page *p)
{
	static const struct page_done said[] = {
		{ "kept", "已保存这个列表。" }, { "renamed", "已改名。" }, { "first", "以后打开“信件列表”先显示它。" },
		{ "unfirst", "以后打开“信件列表”不再先显示它。" }, { "dropped", "已删除。条件还在这一页，需要时可以再保存。" },
	};

	page_tell_done(p, "saved", said, ARRAY_LEN(said));
}

int desk_queue(struct page *p)
{
	flash_saved(p);
	if (params_get(&p->req->query, "end") != NULL)
		p->frame->flash = "已经是这个列表的最后一封。";
	return desk_queue_show(p, NULL, "", NULL);
}
