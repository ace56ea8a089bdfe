/* inspect_letters - /inspect/letters: the letters behind an indicator, nearest to its red line first. */
#include "clock.h"
#include "desk.h"
#include "inspect_page.h"
#include "views/inspect_letters.h"

static const char *const kinds[] = { "veto", "site_error", "clearing", NULL };
enum { KIND_VETO, KIND_ERRORS, KIND_CLEARING };
static const struct field letters_fields[] = {
	{ "kind", FIELD_CHOICE, .choices = kinds },
	{ "after", FIELD_TOKEN, .max = 40 },
};
const struct form_def form_inspect_letters = { letters_fields, ARRAY_LEN(letters_fields) };

/* The two queries have the same columns. */
_Static_assert(sizeof(struct q_inspect_letters_clock) == sizeof(struct q_inspect_letters_errors), "same columns");

static const struct { const char *heading, *hint, *since, *empty, *timer; char unit; } about[] = {
	{ "未答复的信件", "有效信件三个月没有答复，单项否决。从收到日起算，任何情况都不停止。", "收到", "没有等待答复的信件。", "veto", 'D' },
	{ "未答复的网站找错", "两个工作日内提出答复意见，报上级审核后答复网民。", "收到", "没有未答复的网站找错。", NULL, 'W' },
	{ "待公开的答复", "答复后 5 个工作日内公开，最长不超过 20 个工作日；不公开的，由公开审查员写明理由。", "答复", "没有待公开的答复。",
		"publish", 'W' },
};

static struct url list_url(struct arena *a, int kind, const struct q_inspect_letters_clock *after)
{
	struct str o;

	str_init(&o, a, 200);
	str_add(&o, "/inspect/letters");
	view_query_add(&o, "kind", kinds[kind]);
	if (after != NULL)
		view_query_add(&o, "after", arena_printf(a, "%d-%lld", (int)after->due_on, (long long)after->id));
	return (struct url){ o.s };
}

struct limits {
	struct page *p;
	const struct worktime *wt;
	struct inspect_rule *rules;
	size_t rules_n;
	int kind;
};

static struct inspect_letter letter_row(const struct limits *g, const struct q_inspect_letters_clock *row)
{
	struct arena *a = g->p->a;
	int32_t today = clock_day(g->p->now);
	const struct inspect_fact f = { .kind = inspect_kind_from(kinds[g->kind]), .since = clock_day_start(row->since) };
	enum inspect_level level = inspect_level_of(g->wt->cal, g->rules, g->rules_n, &f, g->p->now, NULL);
	int64_t limit = TIME_NONE;

	/* The last of the late steps is the line itself. */
	for (size_t i = 0; i < g->rules_n; i++) {
		int64_t at = g->rules[i].kind == f.kind && g->rules[i].level == INSPECT_LATE
			? inspect_due(g->wt->cal, &g->rules[i], &f) : TIME_NONE;

		limit = at != TIME_NONE && at > limit ? at : limit;
	}
	return (struct inspect_letter){ .number = row->no, .title = row->title,
		.unit = row->unit_name != NULL ? row->unit_name : "还没有分办", .status = show_state(states_from(row->state), false),
		.since = show_day(a, row->since, today),
		.waited = about[g->kind].unit == 'D' ? arena_printf(a, "%d 天", today - row->since)
			: arena_printf(a, "%d 个工作日", calendar_between(g->wt->cal, row->since, today)),
		.css = inspect_css(level), .light = inspect_level_name(level),
		.limit = limit != TIME_NONE ? show_day(a, clock_day(limit) - 1, today) : "",
		.supervise = { access_may(page_actor(g->p), CAP_SUPERVISE) && g->kind != KIND_CLEARING
			? desk_url(a, row->no, "/act?action=supervise").s : NULL } };
}

static int ask(struct page *p, int kind, int32_t after_on, int64_t after_id, struct q_inspect_letters_clock **ret,
	size_t *ret_n)
{
	const struct actor *who = page_actor(p);
	struct q_inspect_letters_errors *errors = NULL;
	int rc;

	if (about[kind].timer != NULL)
		return q_inspect_letters_clock(p->db, p->a, about[kind].timer, after_on, after_on, after_id, who->unit_id,
			who->officer_id, DESK_ROWS + 1, ret, ret_n);
	rc = q_inspect_letters_errors(p->db, p->a, after_on, after_on, after_id, who->unit_id, who->officer_id,
		DESK_ROWS + 1, &errors, ret_n);
	*ret = (struct q_inspect_letters_clock *)(void *)errors;
	return rc;
}

static int load(struct limits *g, struct view_inspect_letters *v)
{
	struct page *p = g->p;
	struct q_inspect_letters_clock *rows = NULL;
	struct inspect_letter *list;
	int32_t after_on = DESK_DAY_FIRST;
	int64_t after_id = 0;
	size_t n = 0;
	int rc;

	desk_read_after(p, &after_on, &after_id);
	rc = ask(p, g->kind, after_on, after_id, &rows, &n);
	if (rc != 0)
		return rc;
	v->rows_n = n > DESK_ROWS ? DESK_ROWS : n;
	list = arena_array(p->a, v->rows_n + 1, sizeof(*list));
	for (size_t i = 0; i < v->rows_n; i++)
		list[i] = letter_row(g, &rows[i]);
	v->rows = list;
	if (n > DESK_ROWS)
		v->next = list_url(p->a, g->kind, &rows[DESK_ROWS - 1]);
	if (after_id > 0)
		v->first = list_url(p->a, g->kind, NULL);
	v->found = v->rows_n == 0 ? "" : arena_printf(p->a, "%s %zu 封，最接近红线的在前",
		v->next.s != NULL || v->first.s != NULL ? "这一页" : "共", v->rows_n);
	return 0;
}

int inspect_letters_show(struct page *p)
{
	struct view_inspect_letters v = { 0 };
	struct limits g = { .p = p, .kind = form_choice(p->form, "kind") };
	struct choice *list = arena_array(p->a, ARRAY_LEN(about), sizeof(*list));
	int rc = worktime_get(p->db, &g.wt);

	if (g.kind < 0)
		g.kind = KIND_VETO;
	if (rc == 0)
		rc = inspect_rules(p->db, p->a, clock_day(p->now), &g.rules, &g.rules_n);
	if (rc == 0)
		rc = load(&g, &v);
	if (rc != 0)
		return rc;
	for (size_t i = 0; i < ARRAY_LEN(about); i++)
		list[i] = (struct choice){ .code = kinds[i], .text = about[i].heading, .url = list_url(p->a, (int)i, NULL),
			.chosen = (int)i == g.kind };
	v.kinds = list;
	v.kinds_n = ARRAY_LEN(about);
	v.heading = about[g.kind].heading;
	v.hint = about[g.kind].hint;
	v.since_label = about[g.kind].since;
	v.empty = about[g.kind].empty;
	v.nav = tabs(p, TABS_WATCH);
	v.tabs = tabs(p, TABS_INSPECT);
	v.frame = page_titled(p, v.heading);
	view_inspect_letters(&p->reply->body, &v);
	return 0;
}
