/* desk_figures_list - the letters behind one figure of /figures. */
#include <string.h>

#include "desk.h"
#include "desk_figures_list.h"
#include "figure_table.h"
#include "views/figure_letters.h"
#include "tabs.h"

#define PATH "/figures/letters"

static const struct field letters_fields[] = { FIGURE_ASK_FIELDS,
	{ "measure", FIELD_TOKEN, .max = 24 }, { "after", FIELD_TOKEN, .max = 40 } };
const struct form_def form_figure_letters = { letters_fields, ARRAY_LEN(letters_fields) };

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

int figure_behind_read(struct page *p, struct figure_behind *ret)
{
	const char *measure = form_text(p->form, "measure");
	int c, rc = figure_ask_read(p, &ret->f);

	if (rc == 0 && (measure == NULL || figure_letters_day(measure) == NULL))
		rc = err_say(ERR_NOTFOUND, "没有这个指标，请从办理统计里点数字进来");
	if (rc != 0)
		return rc;
	c = figure_column_from(measure);
	ret->what = figure_column_head(c);
	ret->definition = figure_column_definition(c);
	ret->ask = (struct figure_letters){ .measure = measure, .from = ret->f.ask.from, .to = ret->f.ask.to,
		.today = ret->f.ask.today, .unit = ret->f.ask.unit_id, .type = ret->f.type_code,
		.topics = topics_of(p->a, &ret->f), .limit = DESK_ROWS + 1 };
	if (form_text(p->form, "after") != NULL)
		desk_read_after(p, &ret->ask.before_on, &ret->ask.before_id);
	return 0;
}

/* The page itself, from its start. */
static const char *path_of(struct page *p, const struct figure_behind *b)
{
	return arena_printf(p->a, "%s&measure=%s", figure_ask_path(p->a, PATH, &b->f, NULL), b->ask.measure);
}

static void add_rows(struct page *p, const struct figure_behind *b, const figure_letter_row *rows, size_t n,
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
		v->next.s = arena_printf(p->a, "%s&after=%d-%lld", path_of(p, b), (int)rows[DESK_ROWS - 1].day,
			(long long)rows[DESK_ROWS - 1].id);
}

int desk_figure_letters(struct page *p)
{
	struct view_figure_letters v = { .nav = tabs(p, TABS_WATCH) };
	struct desk_reader by = desk_reader(p);
	struct figure_behind b;
	figure_letter_row *rows = NULL;
	size_t n = 0;
	int rc = figure_behind_read(p, &b);

	if (rc == 0)
		rc = figure_letters_load(&by, &b.ask, &rows, &n);
	if (rc != 0)
		return rc;
	v.what = b.what;
	v.frame = page_titled(p, arena_printf(p->a, "%s：%s", b.f.period, v.what));
	v.period = b.f.period;
	v.definition = b.definition;
	v.day = figure_letters_day(b.ask.measure);
	v.problem = b.f.problem;
	v.unit = b.f.unit != NULL ? b.f.unit : "";
	v.type = b.f.type_code != NULL ? states_type_name(b.f.ask.type) : "";
	v.topic = b.f.topic != NULL ? b.f.topic : "";
	v.back.s = figure_ask_path(p->a, "/figures", &b.f, NULL);
	v.of = path_of(p, &b) + strlen(PATH "?");
	v.first.s = b.ask.before_id > 0 ? path_of(p, &b) : NULL;
	add_rows(p, &b, rows, n, &v);
	view_figure_letters(&p->reply->body, &v);
	return 0;
}
