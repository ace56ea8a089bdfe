/* public_data - open data for people and for catalogues: what there is, how to take it, what it may be used for.
 *
 * Title, keeper, cycle and fields of each set: domain 1.1, articles 16-17 of seed 000; licence: article 26 of seed
 * 001. */
#include "clock.h"
#include "figures.h"
#include "open_dataset.h"
#include "open_names.h"
#include "public.h"
#include "views/data.h"
#include "views/data_licence.h"

#define CACHE_S 60
#define YEAR_LETTERS_MAX 50000   /* of a year as one file: about 100 MB */
#define LICENCE "开放数据使用许可"

/* --- years and months of letters --- */

static struct url file_url(struct arena *a, const char *period, const char *form)
{
	return (struct url){ arena_printf(a, "/data/letters/%s.%s", period, form) };
}

static const char *letters(struct arena *a, int64_t n)
{
	return arena_printf(a, "%s 封", figure_count(a, n));
}

static struct data_part month_of(struct arena *a, int64_t period, int64_t n)
{
	const char *code = arena_printf(a, "%04lld-%02lld", (long long)(period / 100), (long long)(period % 100));

	return (struct data_part){
		.name = arena_printf(a, "%lld年%lld月", (long long)(period / 100), (long long)(period % 100)),
		.count = letters(a, n), .csv = file_url(a, code, "csv"), .json = file_url(a, code, "json") };
}

static struct data_year year_of(struct arena *a, int64_t year, const struct q_open_periods *rows, size_t n)
{
	const char *code = arena_printf(a, "%04lld", (long long)year);
	struct data_year y = { .name = arena_printf(a, "%lld年", (long long)year), .count = "" };
	struct data_part *months = arena_array(a, 12, sizeof(*months));

	for (size_t i = 0; i < n; i++) {
		if (rows[i].period == year) {
			y.count = letters(a, rows[i].n);
			if (rows[i].n <= YEAR_LETTERS_MAX) {
				y.csv = file_url(a, code, "csv");
				y.json = file_url(a, code, "json");
			}
		} else if (rows[i].period / 100 == year && y.months_n < 12) {
			months[y.months_n++] = month_of(a, rows[i].period, rows[i].n);
		}
	}
	y.months = months;
	return y;
}

/* Periods come as numbers, 2026 and 202611, the largest first: all months stand before all years. */
static void add_years(struct arena *a, const struct q_open_periods *rows, size_t n, struct view_data *v)
{
	struct data_year *years = arena_array(a, n + 1, sizeof(*years));

	for (size_t i = 0; i < n; i++) {
		if (rows[i].period < 10000)
			years[v->years_n++] = year_of(a, rows[i].period, rows, n);
	}
	v->years = years;
}

/* --- the sets --- */

static struct data_set set_of(struct arena *a, enum dataset which)
{
	const struct dataset_row *d = &dataset_rows[which];
	struct data_file *files = arena_array(a, dataset_files_n, sizeof(*files));
	struct data_set s = { .code = d->code, .title = d->title, .words = d->words, .cycle = d->cycle, .page = { d->page },
		.files = files };

	for (size_t i = 0; i < dataset_files_n; i++) {
		const struct dataset_file *f = &dataset_files[i];

		if (f->of == which)
			files[s.files_n++] = (struct data_file){ .format = f->format, .words = f->words, .path = f->path,
				.url = { dataset_is_pattern(f) ? NULL : f->path } };
	}
	return s;
}

static void add_sets(struct arena *a, struct view_data *v)
{
	static const struct { const char *kind, *text; } kinds[] = {
		{ "text", "文字" }, { "code", "代码" }, { "day", "日期" }, { "count", "整数" }, { "url", "网址" },
	};
	struct data_set *sets = arena_array(a, DATASET__MAX, sizeof(*sets));
	struct data_field *fields = arena_array(a, OPEN__MAX, sizeof(*fields));

	for (int i = 0; i < DATASET__MAX; i++)
		sets[i] = set_of(a, (enum dataset)i);
	for (int i = 0; i < OPEN__MAX; i++) {
		const struct open_field_row *f = &open_field_rows[i];

		fields[i] = (struct data_field){ f->name, f->head, f->kind, f->meaning };
		for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
			if (str_eq(kinds[k].kind, f->kind))
				fields[i].kind = kinds[k].text;
		}
	}
	v->sets = sets;
	v->sets_n = DATASET__MAX;
	v->fields = fields;
	v->fields_n = OPEN__MAX;
}

int data_show(struct page *p)
{
	struct view_data v = { .frame = page_titled(p, "开放数据") };
	struct q_open_periods *rows = NULL;
	size_t n = 0;
	int rc = q_open_periods(p->db, p->a, &rows, &n);

	if (rc != 0)
		return rc;
	add_years(p->a, rows, n, &v);
	add_sets(p->a, &v);
	v.licence = LICENCE;
	v.licence_url.s = "/data/licence";
	reply_public_cache(p->reply, CACHE_S);
	view_data(&p->reply->body, &v);
	return 0;
}

int data_licence_show(struct page *p)
{
	struct view_data_licence v = { .frame = page_titled(p, LICENCE) };

	v.example = arena_printf(p->a, "“数据来源：%s（%s），取用日期：%s”", conf.site_name, conf.public_url,
		public_day(p->a, clock_day(p->now)));
	reply_public_cache(p->reply, CACHE_S);
	view_data_licence(&p->reply->body, &v);
	return 0;
}

/* --- for catalogues --- */

int data_jsonld_show(struct page *p)
{
	struct dataset_about about = { .site = conf.public_url, .publisher = conf.site_host_unit,
		.title = arena_printf(p->a, "%s开放数据", conf.site_name),
		.words = "公开的来信和答复、办理统计、承诺事项、单位名录和报告，不用申请，可以自由使用。",
		.contact_url = arena_printf(p->a, "%s/letters/new?type=site_error", conf.public_url),
		.licence_url = arena_printf(p->a, "%s/data/licence", conf.public_url) };
	struct q_open_periods *rows = NULL;
	struct dataset_part *parts;
	size_t n = 0;
	int rc = q_open_periods(p->db, p->a, &rows, &n);

	if (rc != 0)
		return rc;
	parts = arena_array(p->a, 2 * n + 1, sizeof(*parts));
	for (size_t i = 0; i < n; i++) {
		const char *code = arena_printf(p->a, "%lld", (long long)rows[i].period);

		if (rows[i].period >= 10000 || rows[i].n > YEAR_LETTERS_MAX)
			continue;
		parts[about.parts_n++] = (struct dataset_part){ arena_printf(p->a, "%s年全部，CSV", code),
			file_url(p->a, code, "csv").s, "text/csv" };
		parts[about.parts_n++] = (struct dataset_part){ arena_printf(p->a, "%s年全部，JSON", code),
			file_url(p->a, code, "json").s, "application/json" };
	}
	about.parts = parts;
	rc = reply_json(p->reply, 200, open_dataset_dcat(p->a, &about));
	reply_type(p->reply, "application/ld+json; charset=utf-8");
	open_names_headers(p);
	reply_public_cache(p->reply, CACHE_S);
	return rc;
}

/* --- units for programs --- */

int units_json_show(struct page *p)
{
	json_t *list, *root;
	struct q_open_units *rows = NULL;
	size_t n = 0;
	int rc = q_open_units(p->db, p->a, NULL, NULL, &rows, &n);

	if (rc != 0)
		return rc;
	list = json_array();
	root = json_object();
	for (size_t i = 0; i < n; i++) {
		const struct q_open_units *u = &rows[i];

		json_array_append_new(list, json_pack("{s:s,s:s,s:s,s:b,s:s,s:s,s:s,s:s,s:s,s:s}", "code", u->code,
			"name", u->name, "kind", u->kind,
			"takes_letters", u->takes_letters ? 1 : 0, "duties", u->duties, "hours", u->hours, "phone",
			u->phone, "address", u->address, "contact", u->contact, "link",
			arena_printf(p->a, "%s/units/%s", conf.public_url, u->code)));
	}
	json_object_set_new(root, "items", list);
	json_object_set_new(root, "licence", json_string(arena_printf(p->a, "%s/data/licence", conf.public_url)));
	open_names_headers(p);
	reply_public_cache(p->reply, CACHE_S);
	return reply_json(p->reply, 200, root);
}
