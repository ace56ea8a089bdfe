/* desk_figures_list - the letters behind one figure of /figures. */
#include <string.h>

#include "clock.h"
#include "desk.h"
#include "figure_table.h"
#include "views/figure_letters.h"
#include "tabs.h"

#define PATH "/figures/letters"
#define DAY_AFTER_ALL clock_day_of(2300, 1, 1)

static const struct field letters_fields[] = { FIGURE_ASK_FIELDS,
	{ "measure", FIELD_TOKEN, .max = 24 }, { "after", FIELD_TOKEN, .max = 40 } };
const struct form_def form_figure_letters = { letters_fields, ARRAY_LEN(letters_fields) };

struct behind {
	struct figure_ask f;
	const char *measure, *topics, *type;
	const int64_t *unit;
	int32_t before_on;
	int64_t before_id;
};

/* All five have the columns of letters_received. */
typedef struct q_letters_received letter_row;

static int load_due(struct page *p, const struct behind *b, letter_row **ret, size_t *ret_n)
{
	struct q_letters_due *rows = NULL;
	int rc = q_letters_due(p->db, p->a, b->f.ask.from, b->f.ask.to, b->measure, b->f.ask.today, b->unit, b->unit,
		b->type,
		b->type, b->topics, b->topics, page_actor(p)->unit_id, page_actor(p)->officer_id, b->before_on, b->before_on,
		b->before_id, DESK_ROWS + 1, &rows, ret_n);

	_Static_assert(sizeof(*rows) == sizeof(letter_row), "the same columns");
	*ret = (letter_row *)(void *)rows;
	return rc;
}

static int load_closed(struct page *p, const struct behind *b, letter_row **ret, size_t *ret_n)
{
	struct q_letters_closed *rows = NULL;
	int rc = q_letters_closed(p->db, p->a, b->f.ask.from, b->f.ask.to, b->unit, b->unit, b->type, b->type, b->topics,
		b->topics, page_actor(p)->unit_id, page_actor(p)->officer_id, b->before_on, b->before_on, b->before_id,
		DESK_ROWS + 1, &rows, ret_n);

	_Static_assert(sizeof(*rows) == sizeof(letter_row), "the same columns");
	*ret = (letter_row *)(void *)rows;
	return rc;
}

static int load_accepted(struct page *p, const struct behind *b, letter_row **ret, size_t *ret_n)
{
	struct q_letters_accepted *rows = NULL;
	int rc = q_letters_accepted(p->db, p->a, b->f.ask.from, b->f.ask.to, b->measure, b->unit, b->unit, b->type, b->type,
		b->topics, b->topics, page_actor(p)->unit_id, page_actor(p)->officer_id, b->before_on, b->before_on,
			b->before_id,
		DESK_ROWS + 1, &rows, ret_n);

	_Static_assert(sizeof(*rows) == sizeof(letter_row), "the same columns");
	*ret = (letter_row *)(void *)rows;
	return rc;
}

static int load_replied(struct page *p, const struct behind *b, letter_row **ret, size_t *ret_n)
{
	struct q_letters_replied *rows = NULL;
	int rc = q_letters_replied(p->db, p->a, b->f.ask.from, b->f.ask.to, b->measure, b->unit, b->unit, b->type, b->type,
		b->topics, b->topics, page_actor(p)->unit_id, page_actor(p)->officer_id, b->before_on, b->before_on,
			b->before_id,
		DESK_ROWS + 1, &rows, ret_n);

	_Static_assert(sizeof(*rows) == sizeof(letter_row), "the same columns");
	*ret = (letter_row *)(void *)rows;
	return rc;
}

static int load_received(struct page *p, const struct behind *b, letter_row **ret, size_t *ret_n)
{
	return q_letters_received(p->db, p->a, b->f.ask.from, b->f.ask.to, b->measure, b->unit, b->unit, b->type, b->type,
		b->topics, b->topics, page_actor(p)->unit_id, page_actor(p)->officer_id, b->before_on, b->before_on,
			b->before_id,
		DESK_ROWS + 1, ret, ret_n);
}

/* By the day the measure falls on (stats.h). */
static const struct {
	const char *measure, *day;
	int (*load)(struct page *p, const struct behind *b, letter_row **ret, size_t *ret_n);
} lists[] = {
	{ "received", "收到", load_received }, { "refused", "收到", load_received }, { "merged", "收到", load_received },
	{ "withdrawn", "收到", load_received }, { "invalid", "收到", load_received },
	{ "accepted", "受理", load_accepted }, { "returned", "受理", load_accepted },
	{ "due", "答复期限", load_due }, { "on_time", "答复期限", load_due }, { "late", "答复期限", load_due },
	{ "extended", "答复期限", load_due }, { "overdue_open", "答复期限", load_due },
	{ "replied", "答复", load_replied }, { "published", "答复", load_replied }, { "rated", "答复", load_replied },
	{ "satisfied", "答复", load_replied }, { "sent_back", "答复", load_replied }, { "reworked", "答复", load_replied },
	{ "result", "答复", load_replied }, { "solved", "答复", load_replied },
	{ "closed", "办结", load_closed },
};

/* "100,101": the topic and those below it. */
static const char *topics_of(struct arena *a, const struct figure_ask *f)
{
	struct str o;

	str_init(&o, a, 2000);
	for (size_t i = 0; f->ask.topic_id != 0 && i < f->topics_n; i++) {
		if (f->topics[i].id == f->ask.topic_id || f->topics[i].parent_id == f->ask.topic_id)
			str_addf(&o, "%s%lld", o.len ? "," : "", (long long)f->topics[i].id);
	}
	return o.len ? o.s : "";
}

static int read_behind(struct page *p, struct behind *ret)
{
	int rc = figure_ask_read(p, &ret->f);

	if (rc != 0)
		return rc;
	ret->topics = topics_of(p->a, &ret->f);
	ret->type = ret->f.type_code;
	ret->unit = ret->f.ask.unit_id ? &ret->f.ask.unit_id : NULL;
	ret->before_id = 0;
	if (form_text(p->form, "after") != NULL)
		desk_read_after(p, &ret->before_on, &ret->before_id);
	if (ret->before_id == 0)
		ret->before_on = DAY_AFTER_ALL;
	return 0;
}

static void add_rows(struct page *p, const struct behind *b, const letter_row *rows, size_t n,
	struct view_figure_letters *v)
{
	struct figure_letter *list = arena_array(p->a, n + 1, sizeof(*list));
	int32_t today = b->f.ask.today;

	v->rows_n = n > DESK_ROWS ? DESK_ROWS : n;
	for (size_t i = 0; i < v->rows_n; i++)
		list[i] = (struct figure_letter){ rows[i].no, rows[i].title, states_type_name(states_type_from(rows[i].type)),
			rows[i].unit_name != NULL ? rows[i].unit_name : "还没有分办", show_state(states_from(rows[i].state), false),
			show_day(p->a, rows[i].day, today) };
	v->rows = list;
	if (n > DESK_ROWS)
		v->next.s = arena_printf(p->a, "%s&measure=%s&after=%d-%lld", figure_ask_path(p->a, PATH, &b->f, NULL),
			b->measure,
			(int)rows[DESK_ROWS - 1].day, (long long)rows[DESK_ROWS - 1].id);
}

int desk_figure_letters(struct page *p)
{
	const char *measure = form_text(p->form, "measure");
	struct view_figure_letters v = { .nav = tabs(p, TABS_WATCH) };
	struct behind b;
	letter_row *rows = NULL;
	size_t i = 0, n = 0;
	int c, rc = read_behind(p, &b);

	while (i < ARRAY_LEN(lists) && !str_eq(lists[i].measure, measure))
		i++;
	if (rc == 0 && i == ARRAY_LEN(lists))
		rc = err_say(ERR_NOTFOUND, "没有这个指标，请从办理统计里点数字进来");
	if (rc != 0)
		return rc;
	b.measure = lists[i].measure;
	rc = lists[i].load(p, &b, &rows, &n);
	if (rc != 0)
		return rc;
	c = figure_column_from(b.measure);
	v.what = figure_column_head(c);
	v.frame = page_titled(p, arena_printf(p->a, "%s：%s", b.f.period, v.what));
	v.period = b.f.period;
	v.definition = figure_column_definition(c);
	v.day = lists[i].day;
	v.problem = b.f.problem;
	v.unit = b.f.unit != NULL ? b.f.unit : "";
	v.type = b.f.type_code != NULL ? states_type_name(b.f.ask.type) : "";
	v.topic = b.f.topic != NULL ? b.f.topic : "";
	v.back.s = figure_ask_path(p->a, "/figures", &b.f, NULL);
	v.first.s = b.before_id > 0 ? arena_printf(p->a, "%s&measure=%s", figure_ask_path(p->a, PATH, &b.f, NULL),
		b.measure)
		: NULL;
	add_rows(p, &b, rows, n, &v);
	view_figure_letters(&p->reply->body, &v);
	return 0;
}
