/* desk_queue - the lists of letters.
 *
 * All filters stand in the address. Lists are sorted by due date and paged by the last row shown, so that a page stays
 * right while letters come and go. Units see their own letters only. */
#include <string.h>

#include "clock.h"
#include "desk.h"
#include "views/desk_queue.h"


static const struct field queue_fields[] = {
	{ "view", FIELD_TOKEN, .max = 24 },
	{ "type", FIELD_TOKEN, .max = 24 },
	{ "unit", FIELD_INT, .min = 1, .max = INT32_MAX },
	{ "words", FIELD_LINE, .max = 60 },
	{ "after", FIELD_TOKEN, .max = 40 },
};
const struct form_def form_queue = { queue_fields, ARRAY_LEN(queue_fields) };

/* Letters on whose answer a clock runs. */
#define CLOCKED "submitted,supplement,accepted,assigned,handling,objected,in_review"
#define OPEN CLOCKED ",suspended,submitted_up"
#define DONE "replied,closed,archived,refused,merged,withdrawn,invalid"

enum kind { KIND_TODO, KIND_LATE, KIND_TODAY, KIND_SOON, KIND_CO, KIND_STATES };
#define ALL_OPEN 4
static const struct view { const char *code, *text, *states; enum kind kind; } views[] = {
	{ "todo",    "我的待办", "", KIND_TODO },
	{ "overdue", "已超期", CLOCKED, KIND_LATE },
	{ "today",   "今天到期", CLOCKED, KIND_TODAY },
	{ "soon",    "即将到期", CLOCKED, KIND_SOON },
	{ "open",    "全部在办", OPEN, KIND_STATES },
	{ "co",      "我单位协办", "", KIND_CO },
	{ "done",    "已答复和已结束", DONE, KIND_STATES },
};

/* --- the lists --- */

struct list {
	struct page *p;
	struct view view;            /* of the table, or made for one state */
	const struct worktime *wt;
	int32_t today;
	const char *type, *words;
	int64_t unit;                /* 0: all that the person may see */
	int32_t after_due;
	int64_t after_id;
	struct q_open_list *rows;
	size_t n;
};

static struct view view_of(const struct page *p)
{
	const char *code = form_text(p->form, "view");
	enum ticket_state state = code != NULL ? states_from(code) : TICKET_NONE;

	for (size_t i = 0; i < ARRAY_LEN(views); i++) {
		if (str_eq(views[i].code, code))
			return views[i];
	}
	if (state < TICKET__MAX)
		return (struct view){ states_code(state), states_office(state), states_code(state), KIND_STATES };
	/* Who works on no state of its own begins with all that is open. */
	return desk_work(p->a, page_actor(p)).states[0] != '\0' ? views[0] : views[ALL_OPEN];
}

static int load_open(struct list *l, const int64_t *unit)
{
	struct desk_filter f = desk_filter_todo(l->p);

	f.unit = unit;
	f.type = l->type;
	f.words = l->words;
	f.after_due = l->after_due;
	f.after_id = l->after_id;
	f.limit = DESK_ROWS + 1;
	if (l->view.kind != KIND_TODO)
		f.work = (struct desk_work){ l->view.states, "0,1,2,3", true, true };
	if (l->view.kind == KIND_LATE)
		f.due_to = l->today - 1;
	if (l->view.kind == KIND_TODAY)
		f.due_from = f.due_to = l->today;
	if (l->view.kind == KIND_SOON) {
		f.due_from = l->today + 1;
		f.due_to = calendar_add(l->wt->cal, l->today, DESK_SOON_DAYS, NULL);
	}
	return desk_open_list(l->p, &f, &l->rows, &l->n);
}

_Static_assert(sizeof(struct q_open_list) == sizeof(struct q_queue_list) &&
	sizeof(struct q_open_list) == sizeof(struct q_co_list), "the lists have the same columns");

static int load_closed(struct list *l, const int64_t *unit)
{
	struct q_queue_list *rows = NULL;
	int rc = q_queue_list(l->p->db, l->p->a, l->view.states, unit, unit, l->type, l->type, l->words, l->words,
		l->after_due, l->after_due, l->after_id, DESK_ROWS + 1, &rows, &l->n);

	l->rows = (struct q_open_list *)(void *)rows;
	return rc;
}

static int load_co(struct list *l)
{
	struct q_co_list *rows = NULL;
	int rc = q_co_list(l->p->db, l->p->a, page_actor(l->p)->unit_id, l->after_due, l->after_due, l->after_id,
		DESK_ROWS + 1, &rows, &l->n);

	l->rows = (struct q_open_list *)(void *)rows;
	return rc;
}

static int load_list(struct list *l)
{
	const int64_t *unit = desk_unit(l->p);
	enum ticket_state state = states_from(l->view.code);

	if (unit == NULL && l->unit > 0)
		unit = &l->unit;
	if (l->view.kind == KIND_CO)
		return load_co(l);
	if (str_eq(l->view.code, "done") || (state < TICKET__MAX && !states_open(state)))
		return load_closed(l, unit);
	return load_open(l, unit);
}

/* --- the page of a list --- */

/* /queue with the filters of this list; view NULL: the same; after: the last row shown, NULL for the start. */
static struct url list_url(const struct list *l, const char *view, bool filters, const struct q_open_list *after)
{
	struct str o;

	str_init(&o, l->p->a, 2000);
	str_add(&o, "/queue");
	view_query_add(&o, "view", view != NULL ? view : l->view.code);
	if (filters) {
		view_query_add(&o, "type", l->type);
		view_query_add(&o, "unit", l->unit > 0 ? arena_printf(l->p->a, "%lld", (long long)l->unit) : NULL);
		view_query_add(&o, "words", l->words);
	}
	if (after != NULL)
		view_query_add(&o, "after", arena_printf(l->p->a, "%d-%lld", (int)after->sort_due,
			(long long)after->id));
	return (struct url){ o.s };
}

static void add_views(const struct list *l, struct view_desk_queue *v)
{
	struct choice *list = arena_array(l->p->a, ARRAY_LEN(views) + 1, sizeof(*list));
	bool works = desk_work(l->p->a, page_actor(l->p)).states[0] != '\0';
	bool units = desk_unit(l->p) != NULL, known = false;
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_LEN(views); i++) {
		if ((views[i].kind == KIND_CO && !units) || (views[i].kind == KIND_TODO && !works))
			continue;
		list[n].text = views[i].text;
		list[n].url = list_url(l, views[i].code, false, NULL);
		list[n].chosen = strcmp(views[i].code, l->view.code) == 0;
		known = known || list[n].chosen;
		n++;
	}
	if (!known) {
		list[n].text = l->view.text;
		list[n].url = list_url(l, NULL, false, NULL);
		list[n].chosen = true;
		n++;
	}
	v->views = list;
	v->views_n = n;
}

static void add_types(const struct list *l, struct view_desk_queue *v)
{
	struct choice *list = arena_array(l->p->a, TYPE__MAX, sizeof(*list));

	for (int i = 0; i < TYPE__MAX; i++) {
		list[i].code = states_type_code((enum ticket_type)i);
		list[i].text = states_type_name((enum ticket_type)i);
		list[i].chosen = str_eq(l->type, list[i].code);
	}
	v->types = list;
	v->types_n = TYPE__MAX;
}

static void add_rows(const struct list *l, struct view_desk_queue *v)
{
	size_t n = l->n > DESK_ROWS ? DESK_ROWS : l->n;
	struct desk_row *rows = arena_array(l->p->a, n + 1, sizeof(*rows));

	for (size_t i = 0; i < n; i++)
		rows[i] = desk_row(l->p->a, l->wt, l->today, &l->rows[i]);
	v->list = (struct part_desk_rows){ rows, n, l->view.text };
	if (l->n > DESK_ROWS)
		v->next = list_url(l, NULL, true, &l->rows[DESK_ROWS - 1]);
	if (l->after_id > 0)
		v->first = list_url(l, NULL, true, NULL);
	v->found = n == 0 ? "" : v->next.s != NULL || v->first.s != NULL
		? arena_printf(l->p->a, "这一页 %zu 封，按答复期限排列", n) : arena_printf(l->p->a, "共 %zu 封，按答复期限排列", n);
}

int desk_queue(struct page *p)
{
	struct list l = { .p = p, .view = view_of(p), .today = clock_day(p->now), .type = form_text(p->form, "type"),
		.words = form_text(p->form, "words"), .unit = form_int(p->form, "unit", 0) };
	struct view_desk_queue v = { .view = l.view.code, .heading = l.view.text, .words = form_raw(p->form, "words") };
	int rc = worktime_get(p->db, &l.wt);

	if (l.type != NULL && states_type_from(l.type) == TYPE__MAX)
		l.type = NULL;
	desk_read_after(p, &l.after_due, &l.after_id);
	if (rc == 0)
		rc = load_list(&l);
	if (rc == 0 && desk_unit(p) == NULL)
		rc = desk_units(p, l.unit, false, &v.units, &v.units_n);
	if (rc != 0)
		return rc;
	add_views(&l, &v);
	add_types(&l, &v);
	add_rows(&l, &v);
	v.filtered = l.type != NULL || l.words != NULL || (l.unit > 0 && v.units_n > 0);
	v.clear = list_url(&l, NULL, false, NULL);
	desk_flash(p);
	v.frame = page_titled(p, l.view.text);
	view_desk_queue(&p->reply->body, &v);
	return 0;
}
