/* public_open - the disclosure listing, and one published letter. */
#include <string.h>

#include "clock.h"
#include "figures.h"
#include "open_filter.h"
#include "public.h"
#include "public_similar.h"
#include "show.h"
#include "ticket.h"
#include "views/open_letter.h"
#include "views/open_list.h"

#define PAGE_ROWS 20
#define CACHE_S 60
#define SIMILAR_AMONG 200

/* --- the listing --- */

/* The same listing with one thing changed, from its start. */
static struct url changed(struct arena *a, const struct open_filter *f, const char *type, int year)
{
	struct open_filter g = *f;

	g.type = type;
	g.year = year;
	if (year != f->year) {
		g.from = OPEN_DAY_FIRST;
		g.to = OPEN_DAY_LAST;
	}
	return (struct url){ open_filter_path(a, "/open", &g, NULL) };
}

static int64_t count_of(const struct q_pub_facets *facets, size_t n, const char *type, int year)
{
	int64_t sum = 0;

	for (size_t i = 0; i < n; i++) {
		if ((type == NULL || str_eq(facets[i].type, type)) && (year == 0 || facets[i].year == year))
			sum += facets[i].n;
	}
	return sum;
}

static void add_types(struct arena *a, struct view_open_list *v, const struct open_filter *f,
	const struct q_pub_facets *facets, size_t n)
{
	struct choice *types = arena_array(a, TYPE__MAX + 1, sizeof(*types));

	types[0] = (struct choice){ .code = "", .text = "全部", .hint = "", .url = changed(a, f, NULL, f->year),
		.chosen = f->type == NULL };
	for (int i = 0; i < TYPE__MAX; i++) {
		const char *code = public_types[i];

		types[i + 1] = (struct choice){ .code = code, .text = public_type_name(code), .hint = "",
			.url = changed(a, f, code, f->year), .count = count_of(facets, n, code, f->year),
			.chosen = str_eq(f->type, code) };
	}
	v->types = types;
	v->types_n = TYPE__MAX + 1;
}

/* facets come with the latest year first. */
static void add_years(struct arena *a, struct view_open_list *v, const struct open_filter *f,
	const struct q_pub_facets *facets, size_t n)
{
	struct choice *years = arena_array(a, n + 1, sizeof(*years));
	size_t k = 1;

	years[0] = (struct choice){ .code = "", .text = "全部", .hint = "", .url = changed(a, f, f->type, 0),
		.chosen = f->year == 0 };
	for (size_t i = 0; i < n; i++) {
		int year = (int)facets[i].year;

		if (i > 0 && facets[i - 1].year == year)
			continue;
		years[k++] = (struct choice){ .code = "", .text = arena_printf(a, "%d年", year), .hint = "",
			.url = changed(a, f, f->type, year), .count = count_of(facets, n, f->type, year),
			.chosen = f->year == year };
	}
	v->years = years;
	v->years_n = k;
}

/* 共 1,204 封; 找到 12 封; 找到 20 封以上. Called when the rows are there: with words only they can be counted. */
static int add_found(struct page *p, struct view_open_list *v, const struct open_filter *f)
{
	int64_t n = -1;
	int rc = v->filtered ? open_count(p, f, &n) : 0;

	if (rc != 0 || !v->filtered)
		return rc;
	if (n >= 0)
		v->found = arena_printf(p->a, "找到 %s 封", figure_count(p->a, n));
	else if (f->first)
		v->found = arena_printf(p->a, "找到 %zu 封%s", v->list.rows_n, v->next.s != NULL ? "以上" : "");
	else
		v->found = "找到的答复，接上一页";
	return 0;
}

static const char *joined(struct arena *a, const char *one, const char *two)
{
	return one[0] == '\0' ? two : two[0] == '\0' ? one : arena_printf(a, "%s，%s", one, two);
}

/* What is chosen, for the lids of the folded filters. */
static void add_active(struct arena *a, struct view_open_list *v, const struct open_filter *f)
{
	const char *unit = "", *from = v->from[0] != '\0' ? arena_printf(a, "%s 起", v->from) : "";
	const char *to = v->to[0] != '\0' ? arena_printf(a, "%s 止", v->to) : "";

	for (size_t i = 0; i < v->units_n; i++) {
		if (v->units[i].chosen)
			unit = v->units[i].text;
	}
	v->active = joined(a, unit, joined(a, from, to));
	v->narrowed = v->active[0] != '\0';
	v->chosen = joined(a, f->type != NULL ? public_type_name(f->type) : "",
		f->year != 0 ? arena_printf(a, "%d年", f->year) : "");
}

static int add_filters(struct page *p, struct view_open_list *v, const struct open_filter *f)
{
	struct q_pub_facets *facets;
	size_t n;
	int rc = q_pub_facets(p->db, p->a, &facets, &n);

	if (rc == 0)
		rc = public_units(p, f->unit, &v->units, &v->units_n);
	if (rc != 0)
		return rc;
	v->q = f->q;
	v->type = f->type;
	v->year = f->year != 0 ? arena_printf(p->a, "%d", f->year) : "";
	v->from = f->year == 0 && f->from != OPEN_DAY_FIRST ? clock_fmt_day(p->a, f->from) : "";
	v->to = f->year == 0 && f->to != OPEN_DAY_LAST ? clock_fmt_day(p->a, f->to) : "";
	v->filtered = open_filtered(f);
	add_types(p->a, v, f, facets, n);
	add_years(p->a, v, f, facets, n);
	add_active(p->a, v, f);
	v->found = arena_printf(p->a, "共 %s 封", figure_count(p->a, count_of(facets, n, NULL, 0)));
	return 0;
}

static int add_rows(struct page *p, struct view_open_list *v, const struct open_filter *f)
{
	struct open_row *list;
	struct q_pub_page *rows;
	size_t n;
	int rc = open_rows(p, f, PAGE_ROWS + 1, &rows, &n);

	if (rc != 0)
		return rc;
	if (n > PAGE_ROWS) {
		n = PAGE_ROWS;
		v->next.s = open_filter_path(p->a, "/open", f, open_cursor(p->a, rows[n - 1].replied_on, rows[n - 1].id));
	}
	if (!f->first)
		v->first.s = open_filter_path(p->a, "/open", f, NULL);
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++)
		list[i] = public_open_row(p->a, &rows[i], f->q);
	v->list = (struct part_open_rows){ list, n, "公开答复，按答复日期从新到旧" };
	return 0;
}

/* A letter's whole number leads straight to it. ERR_NOTFOUND: q is no number, or of a letter that is not published. */
static int go_to_number(struct page *p, const char *q)
{
	struct q_pub_id_of row;
	const char *no;
	int rc;

	if (!ticket_number_ok(p->a, q, &no))
		return ERR_NOTFOUND;
	rc = q_pub_id_of(p->db, p->a, no, &row);
	err_clear();
	return rc != 0 ? rc : reply_redirect(p->reply, arena_printf(p->a, "/open/%lld", (long long)row.id));
}

int open_list_show(struct page *p)
{
	struct view_open_list v = { .frame = page_titled(p, "公开答复") };
	struct open_filter f;
	int rc = open_filter_read(p, false, &f);

	if (rc == 0 && f.q[0] != '\0' && go_to_number(p, f.q) == 0)
		return 0;
	f.limit = 0;
	if (rc == 0)
		rc = add_filters(p, &v, &f);
	if (rc == 0)
		rc = add_rows(p, &v, &f);
	if (rc == 0)
		rc = add_found(p, &v, &f);
	if (rc != 0)
		return rc;
	v.atom.s = open_filter_path(p->a, "/open.atom", &f, NULL);
	v.csv.s = open_filter_path(p->a, "/open.csv", &f, NULL);
	v.json.s = open_filter_path(p->a, "/open.json", &f, NULL);
	reply_public_cache(p->reply, CACHE_S);
	view_open_list(&p->reply->body, &v);
	return 0;
}

/* --- one letter --- */

static int add_similar(struct page *p, const struct q_pub_get *row, struct part_open_rows *ret)
{
	struct open_row *list = arena_array(p->a, SIMILAR, sizeof(*list));
	int64_t ids[SIMILAR];
	struct q_pub_titles *rows;
	size_t n, kept = 0;
	int rc = q_pub_titles(p->db, p->a, row->type, SIMILAR_AMONG, &rows, &n);

	if (rc != 0)
		return rc;
	n = similar_pick(row->title, row->id, rows, n, ids);
	for (size_t i = 0; i < n; i++) {
		struct q_pub_row one;
		struct q_pub_page same;

		_Static_assert(sizeof(one) == sizeof(same), "pub_row and pub_page have the same columns");
		rc = q_pub_row(p->db, p->a, ids[i], &one);
		if (rc == ERR_NOTFOUND) /* taken down a moment ago */
			continue;
		if (rc != 0)
			return rc;
		memcpy(&same, &one, sizeof(same));
		list[kept++] = public_open_row(p->a, &same, "");
	}
	*ret = (struct part_open_rows){ list, kept, "类似的答复" };
	return 0;
}

int open_letter_show(struct page *p)
{
	struct view_open_letter v = { 0 };
	struct q_pub_get row;
	long long id = 0;
	int rc;

	if (str_to_int(p->param, 1, INT64_MAX, &id) != 0)
		return err_set(ERR_NOTFOUND, "no number");
	rc = q_pub_get(p->db, p->a, id, &row);
	if (rc == 0)
		rc = add_similar(p, &row, &v.similar);
	if (rc != 0)
		return rc;
	v.frame = page_titled(p, row.title);
	v.number = row.no;
	v.title = row.title;
	v.type = public_type_name(row.type);
	v.unit = row.unit_name;
	v.accepted_on = public_day(p->a, row.accepted_on);
	v.replied_on = public_day(p->a, row.replied_on);
	v.published_on = public_day(p->a, clock_day(row.published_at));
	v.workdays = row.workdays > 0 ? arena_printf(p->a, "%lld 个工作日", (long long)row.workdays) : "当天";
	if (row.accepted_on != DAY_NONE && row.replied_on >= row.accepted_on)
		v.days.s = arena_printf(p->a, "/days?from=%s&to=%s", clock_fmt_day(p->a, row.accepted_on),
			clock_fmt_day(p->a, row.replied_on));
	v.result = public_result(row.result_code);
	v.grade = row.grade > 0 ? show_grade(row.grade) : "未评价";
	v.declined = row.body[0] == '\0';
	v.body = view_paragraphs(p->a, row.body);
	v.reply = view_paragraphs(p->a, row.reply);
	reply_public_cache(p->reply, CACHE_S);
	view_open_letter(&p->reply->body, &v);
	return 0;
}
