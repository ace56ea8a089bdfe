/* public_commitments - the ledger of what answers promised for a day: what is ahead, what was kept, what is late.
 *
 * An answer with the result "scheduled" names its day; a clock runs until the unit shows that it was done
 * (domain 7, 4). Numbers count all of them, lists show those whose letters are published. */
#include "public_commitments.h"

#include <jansson.h>
#include <string.h>

#include "clock.h"
#include "figures.h"
#include "open_filter.h"
#include "open_names.h"
#include "public.h"
#include "show.h"
#include "views/commitments.h"

#define AHEAD_ROWS 200
#define ENDED_ROWS 50
#define FIGURES 4

static const struct field commitments_fields[] = {
	{ "unit", FIELD_TOKEN, .label = "单位", .max = 40 },
	{ "cursor", FIELD_TOKEN, .label = "翻页标记", .max = 40 },
};
const struct form_def form_commitments = { commitments_fields, ARRAY_LEN(commitments_fields) };

struct asked {
	struct page *p;
	const char *unit, *unit_name;    /* NULL: all */
	int64_t unit_id;                 /* 0: all */
	int32_t before_on;               /* of what is ended: those after this one */
	int64_t before_id;
	bool first;
};

/* --- numbers --- */

/* A year back: days that fell due before are history. */
static int32_t since(int32_t today)
{
	return stats_year_before(today) + 1;
}

struct counts { int64_t kept, late, replaced, overdue, ahead; };

static struct counts counts_of(const struct q_commitment_counts *row)
{
	return (struct counts){ row->kept, row->late, row->replaced, row->overdue, row->ahead };
}

static void add(struct counts *to, const struct counts *c)
{
	to->kept += c->kept;
	to->late += c->late;
	to->replaced += c->replaced;
	to->overdue += c->overdue;
	to->ahead += c->ahead;
}

static int64_t all_of(const struct counts *c)
{
	return c->kept + c->late + c->replaced + c->overdue + c->ahead;
}

static const char *rate_of(struct arena *a, const struct counts *c)
{
	return figure_share(a, c->kept, c->kept + c->late + c->overdue);
}

static int unit_counts(struct page *p, int64_t unit_id, struct counts *ret)
{
	int32_t today = clock_day(p->now);
	struct q_commitment_counts_unit row;
	int rc = q_commitment_counts_unit(p->db, p->a, today, today, unit_id, since(today), &row);

	if (rc == 0)
		*ret = (struct counts){ row.kept, row.late, row.replaced, row.overdue, row.ahead };
	return rc;
}

int public_commitments_words(struct page *p, int64_t unit_id, const char **ret)
{
	struct counts c = { 0 };
	struct str o;
	int rc = unit_counts(p, unit_id, &c);

	if (rc != 0)
		return rc;
	*ret = "";
	if (all_of(&c) == 0)
		return 0;
	str_init(&o, p->a, 400);
	str_addf(&o, "近一年承诺 %s 件，已兑现 %s 件", figure_count(p->a, all_of(&c)), figure_count(p->a, c.kept + c.late));
	if (c.overdue > 0)
		str_addf(&o, "，过期没有兑现 %s 件", figure_count(p->a, c.overdue));
	if (c.ahead > 0)
		str_addf(&o, "，还没有到期 %s 件", figure_count(p->a, c.ahead));
	str_add(&o, "。");
	*ret = o.s;
	return 0;
}

static void add_figures(struct page *p, const struct counts *c, struct view_commitments *v)
{
	struct figure *f = arena_array(p->a, FIGURES, sizeof(*f));

	f[0] = (struct figure){ .value = figure_count(p->a, c->ahead), .label = "还没有到期", .definition = "正在办" };
	f[1] = (struct figure){ .value = figure_count(p->a, c->overdue), .label = "过期没有兑现", .definition = "正在督办",
		.warn = c->overdue > 0 };
	f[2] = (struct figure){ .value = figure_count(p->a, c->kept + c->late), .label = "已兑现",
		.definition = c->late > 0 ? arena_printf(p->a, "其中过期才兑现 %s 件", figure_count(p->a, c->late)) : "都在承诺的日期以前" };
	f[3] = (struct figure){ .value = rate_of(p->a, c), .label = "按期兑现率",
		.definition = arena_printf(p->a, "到期和已兑现的 %s 件", figure_count(p->a, c->kept + c->late + c->overdue)) };
	v->figures = (struct part_figures){ f, FIGURES };
}

static struct url of_unit(struct arena *a, const char *code)
{
	return (struct url){ arena_printf(a, "/commitments?unit=%s", code) };
}

/* Unit by unit into v, all of them into *all. */
static int add_units(struct asked *w, struct view_commitments *v, struct counts *all)
{
	struct arena *a = w->p->a;
	int32_t today = clock_day(w->p->now);
	struct q_commitment_counts *rows = NULL;
	struct commitment_unit *list;
	size_t n = 0;
	int rc = q_commitment_counts(w->p->db, a, today, today, since(today), &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		struct counts c = counts_of(&rows[i]);

		add(all, &c);
		list[v->units_n++] = (struct commitment_unit){ .name = rows[i].name, .url = of_unit(a, rows[i].code),
			.all = figure_count(a, all_of(&c)), .kept = figure_count(a, c.kept), .late = figure_count(a, c.late),
			.overdue = figure_count(a, c.overdue), .ahead = figure_count(a, c.ahead),
			.replaced = figure_count(a, c.replaced), .rate = rate_of(a, &c) };
	}
	v->units = list;
	return 0;
}

static int add_counts(struct asked *w, struct view_commitments *v)
{
	struct counts all = { 0 };
	int rc = w->unit != NULL ? unit_counts(w->p, w->unit_id, &all) : add_units(w, v, &all);

	if (rc != 0)
		return rc;
	add_figures(w->p, &all, v);
	v->span = arena_printf(w->p->a, "%s以来到期的，和还没有到期的", public_day(w->p->a, since(clock_day(w->p->now))));
	return 0;
}

/* --- lists --- */

_Static_assert(sizeof(struct q_commitment_open) == sizeof(struct q_commitment_open_unit)
	&& sizeof(struct q_commitment_ended) == sizeof(struct q_commitment_ended_unit), "the same columns");

static int load_ahead(struct asked *w, int64_t most, struct q_commitment_open **ret, size_t *ret_n)
{
	struct page *p = w->p;

	return w->unit != NULL ? q_commitment_open_unit(p->db, p->a, w->unit_id, most, (void *)ret, ret_n)
		: q_commitment_open(p->db, p->a, most, ret, ret_n);
}

static int load_ended(struct asked *w, struct q_commitment_ended **ret, size_t *ret_n)
{
	struct page *p = w->p;
	int64_t most = ENDED_ROWS + 1;

	return w->unit != NULL
		? q_commitment_ended_unit(p->db, p->a, w->unit_id, w->before_on, w->before_on, w->before_id, most, (void *)ret,
			ret_n)
		: q_commitment_ended(p->db, p->a, w->before_on, w->before_on, w->before_id, most, ret, ret_n);
}

static struct commitment_row row_of(struct arena *a, int64_t pub_id, const char *title, const char *unit_code,
	const char *unit, int32_t made_on, int32_t promised_on)
{
	return (struct commitment_row){ .url = { arena_printf(a, "/open/%lld", (long long)pub_id) }, .title = title,
		.unit = unit, .unit_url = { arena_printf(a, "/units/%s", unit_code) }, .made_on = clock_fmt_day(a, made_on),
		.promised_on = clock_fmt_day(a, promised_on), .kept_on = "" };
}

static int add_ahead(struct asked *w, struct view_commitments *v)
{
	struct arena *a = w->p->a;
	int32_t today = clock_day(w->p->now);
	struct q_commitment_open *rows = NULL;
	struct commitment_row *list;
	size_t n = 0;
	int rc = load_ahead(w, AHEAD_ROWS + 1, &rows, &n);

	if (rc != 0)
		return rc;
	v->ahead_note = n > AHEAD_ROWS ? arena_printf(a, "只列了日期最近的 %d 件，可以按单位看。", AHEAD_ROWS) : "";
	n = n > AHEAD_ROWS ? AHEAD_ROWS : n;
	list = arena_array(a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		list[i] = row_of(a, rows[i].pub_id, rows[i].title, rows[i].unit_code, rows[i].unit_name, rows[i].made_on,
			rows[i].promised_on);
		list[i].status = rows[i].promised_on < today ? (struct part_status){ "过期没有兑现", "!", "red" }
			: (struct part_status){ "正在办", "◐", "blue" };
	}
	v->ahead = (struct part_commitment_rows){ list, n, "正在办的承诺事项，日期近的在前" };
	return 0;
}

static struct part_status ended_status(const char *ended)
{
	if (str_eq(ended, "kept"))
		return (struct part_status){ "按期兑现", "✓", "green" };
	if (str_eq(ended, "late"))
		return (struct part_status){ "过期才兑现", "✓", "orange" };
	return (struct part_status){ "改由新的答复", "→", "grey" };
}

static const char *path_of(const struct asked *w, const char *cursor)
{
	struct str o;

	str_init(&o, w->p->a, 300);
	str_add(&o, "/commitments");
	view_query_add(&o, "unit", w->unit);
	view_query_add(&o, "cursor", cursor);
	return o.s;
}

static int add_ended(struct asked *w, struct view_commitments *v)
{
	struct arena *a = w->p->a;
	struct q_commitment_ended *rows = NULL;
	struct commitment_row *list;
	size_t n = 0;
	int rc = load_ended(w, &rows, &n);

	if (rc != 0)
		return rc;
	if (n > ENDED_ROWS) {
		n = ENDED_ROWS;
		v->next.s = path_of(w, open_cursor(a, rows[n - 1].promised_on, rows[n - 1].id));
	}
	if (!w->first)
		v->first.s = path_of(w, NULL);
	list = arena_array(a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		list[i] = row_of(a, rows[i].pub_id, rows[i].title, rows[i].unit_code, rows[i].unit_name, rows[i].made_on,
			rows[i].promised_on);
		list[i].status = ended_status(rows[i].ended);
		list[i].kept_on = str_eq(rows[i].ended, "replaced") ? "" : clock_fmt_day(a, rows[i].kept_on);
	}
	v->ended = (struct part_commitment_rows){ list, n, "已经有结果的承诺事项，日期近的在前" };
	return 0;
}

/* --- the page --- */

/* What cannot be read is left out, with a sentence. */
static int read_asked(struct page *p, struct asked *ret, const char **ret_problem)
{
	const char *unit = form_text(p->form, "unit"), *cursor = form_text(p->form, "cursor");
	struct q_unit_all u;
	int rc = unit != NULL ? public_unit(p, unit, &u) : 0;

	*ret = (struct asked){ .p = p, .before_on = OPEN_DAY_LAST, .before_id = INT64_MAX, .first = true };
	*ret_problem = form_ok(p->form) ? "" : "地址里有看不懂的内容，已经略过。";
	if (rc == ERR_NOTFOUND) {
		*ret_problem = "没有这个单位，下面是全部单位的承诺事项。";
		err_clear();
		rc = 0;
	} else if (unit != NULL && rc == 0) {
		ret->unit = unit;
		ret->unit_name = u.name;
		ret->unit_id = u.id;
	}
	if (cursor != NULL && open_cursor_read(cursor, &ret->before_on, &ret->before_id) == 0)
		ret->first = false;
	err_clear();
	return rc;
}

int commitments_show(struct page *p)
{
	struct view_commitments v = { 0 };
	struct asked w;
	int rc = read_asked(p, &w, &v.problem);

	if (rc == 0)
		rc = add_counts(&w, &v);
	if (rc == 0)
		rc = add_ahead(&w, &v);
	if (rc == 0)
		rc = add_ended(&w, &v);
	if (rc != 0)
		return rc;
	v.unit = w.unit_name != NULL ? w.unit_name : "";
	v.json.s = w.unit != NULL ? arena_printf(p->a, "/commitments.json?unit=%s", w.unit) : "/commitments.json";
	v.frame = page_titled(p, w.unit != NULL ? arena_printf(p->a, "承诺事项：%s", v.unit) : "承诺事项");
	reply_public_fresh(p->reply);
	view_commitments(&p->reply->body, &v);
	return 0;
}

/* --- for programs --- */

static json_t *day_or_null(struct arena *a, int32_t day)
{
	return day == DAY_NONE ? json_null() : json_string(clock_fmt_day(a, day));
}

static json_t *as_json(struct arena *a, const struct q_commitment_ended *c)
{
	json_t *o = json_object();

	json_object_set_new(o, "title", json_string(c->title));
	json_object_set_new(o, "link", json_string(public_open_link(a, c->pub_id)));
	json_object_set_new(o, "unit", json_string(c->unit_code));
	json_object_set_new(o, "department", json_string(c->unit_name));
	json_object_set_new(o, "replied_on", day_or_null(a, c->made_on));
	json_object_set_new(o, "promised_on", day_or_null(a, c->promised_on));
	json_object_set_new(o, "kept_on", day_or_null(a, str_eq(c->ended, "replaced") ? DAY_NONE : c->kept_on));
	json_object_set_new(o, "state", json_string(c->ended));
	return o;
}

/* What is not ended stands before the first page of what is. */
static int ahead_json(struct asked *w, json_t *items)
{
	int32_t today = clock_day(w->p->now);
	struct q_commitment_open *rows = NULL;
	size_t n = 0;
	int rc = w->first ? load_ahead(w, AHEAD_ROWS, &rows, &n) : 0;

	for (size_t i = 0; rc == 0 && i < n; i++) {
		struct q_commitment_ended c = { .pub_id = rows[i].pub_id, .title = rows[i].title,
			.unit_code = rows[i].unit_code, .unit_name = rows[i].unit_name,
			.made_on = rows[i].made_on, .promised_on = rows[i].promised_on,
			.kept_on = DAY_NONE, .ended = rows[i].promised_on < today ? "overdue" : "open" };

		json_array_append_new(items, as_json(w->p->a, &c));
	}
	return rc;
}

static int ended_json(struct asked *w, json_t *items, const char **ret_next)
{
	struct arena *a = w->p->a;
	struct q_commitment_ended *rows = NULL;
	size_t n = 0;
	int rc = load_ended(w, &rows, &n);

	*ret_next = NULL;
	for (size_t i = 0; rc == 0 && i < n && i < ENDED_ROWS; i++)
		json_array_append_new(items, as_json(a, &rows[i]));
	if (rc == 0 && n > ENDED_ROWS)
		*ret_next = arena_printf(a, "%s/commitments.json%s", conf.public_url,
			path_of(w, open_cursor(a, rows[ENDED_ROWS - 1].promised_on, rows[ENDED_ROWS - 1].id))
			+ strlen("/commitments"));
	return rc;
}

int commitments_json_show(struct page *p)
{
	json_t *items = json_array(), *root = json_object();
	const char *problem, *next = NULL;
	struct asked w;
	int rc = form_ok(p->form) ? read_asked(p, &w, &problem) : err_set(ERR_INVALID, "query of the commitments");

	json_object_set_new(root, "items", items);
	if (rc == 0 && form_text(p->form, "unit") != NULL && w.unit == NULL)
		rc = err_set(ERR_NOTFOUND, "no such unit");
	if (rc == 0 && form_text(p->form, "cursor") != NULL && w.first) {
		form_fail(p->form, "cursor", "翻页标记不对，请从第一页开始");
		rc = err_set(ERR_INVALID, "cursor of another shape");
	}
	if (rc == 0)
		rc = ahead_json(&w, items);
	if (rc == 0)
		rc = ended_json(&w, items, &next);
	if (rc != 0) {
		json_decref(root);
		return rc;
	}
	open_names_headers(p);
	json_object_set_new(root, "licence", json_string(arena_printf(p->a, "%s/data/licence", conf.public_url)));
	json_object_set_new(root, "next", next != NULL ? json_string(next) : json_null());
	reply_public_fresh(p->reply);
	return reply_json(p->reply, 200, root);
}
