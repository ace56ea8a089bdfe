/* desk_export - see desk_export.h.
 *
 * A list is read page by page, as a person would turn it, each page in an arena of its own. */
#include "desk_export.h"

#include <string.h>

#include "channels.h"
#include "clock.h"
#include "open_write.h"
#include "store_list.h"

#define EXPORT_ROWS_MAX 20000
/* The file stands in the request's arena, twice while it grows. */
#define EXPORT_BYTES_MAX ((size_t)4 * 1024 * 1024)
#define EXPORT_LAST_ROW ((size_t)4096)
#define EXPORT_PAGE 1000
#define EXPORT_ARENA ((size_t)16 * 1024 * 1024)

static void row(struct str *o, struct arena *a, const struct q_list_open *r)
{
	const char *cells[] = { r->no, states_type_name(states_type_from(r->type)), r->title,
		r->unit_name != NULL ? r->unit_name : "", r->handler_name != NULL ? r->handler_name : "",
		states_office(states_from(r->state)), channels_name(r->channel), clock_fmt_day(a, r->received_on),
		r->due_on != DAY_NONE ? clock_fmt_day(a, r->due_on) : "" };

	for (size_t i = 0; i < ARRAY_LEN(cells); i++) {
		if (i > 0)
			str_addc(o, ',');
		open_csv_cell(o, cells[i]);
	}
	str_add(o, "\r\n");
}

/* The file may be larger than any page. */
static void head(struct page *p)
{
	str_init(&p->reply->body, p->a, EXPORT_BYTES_MAX);
	str_add(&p->reply->body, "\xEF\xBB\xBF编号,类型,标题,承办单位,承办人,状态,来信方式,收到日期,答复期限\r\n");
}

static int finish(struct page *p, const char *filter, size_t n)
{
	int rc = export_log(p->db, page_actor(p)->officer_id, filter, (int64_t)n, p->now);

	if (rc != 0)
		return rc;
	reply_type(p->reply, "text/csv; charset=utf-8");
	reply_download(p->reply, arena_printf(p->a, "信件列表-%s.csv", clock_fmt_day(p->a, clock_day(p->now))));
	return 0;
}

static bool has_room(const struct page *p, size_t total)
{
	return total < EXPORT_ROWS_MAX && p->reply->body.len < EXPORT_BYTES_MAX - EXPORT_LAST_ROW;
}

/* One more page of the list, in an arena of its own; *ret_n: its rows. */
static int add_page(struct page *p, struct desk_query *ask, size_t *total, size_t *ret_n)
{
	struct page sheet = *p;
	struct desk_reader by;
	struct q_list_open *rows = NULL;
	int rc;

	sheet.a = arena_new(EXPORT_ARENA);
	by = desk_reader(&sheet);
	rc = desk_list_load(&by, ask, &rows, ret_n);
	for (size_t i = 0; rc == 0 && i < *ret_n && has_room(p, *total); i++, ++*total)
		row(&p->reply->body, sheet.a, &rows[i]);
	if (rc == 0 && *ret_n > 0) {
		ask->after_due = rows[*ret_n - 1].sort_due;
		ask->after_id = rows[*ret_n - 1].id;
	}
	arena_free(sheet.a);
	return rc;
}

static int add_pages(struct page *p, struct desk_query *ask, size_t *total)
{
	size_t n = EXPORT_PAGE;
	int rc = 0;

	ask->limit = EXPORT_PAGE;
	while (rc == 0 && n == EXPORT_PAGE && has_room(p, *total)) {
		rc = add_page(p, ask, total, &n);
		if (ask->returned)
			break;
	}
	if (rc == 0 && !has_room(p, *total))
		str_add(&p->reply->body, "（只导出了前面的部分，请按收到日期分几次导出）\r\n");
	return rc;
}

int desk_queue_csv(struct page *p)
{
	const struct worktime *wt = NULL;
	struct desk_view v;
	size_t n = 0;
	int rc = worktime_get(p->db, &wt);

	if (rc != 0)
		return rc;
	desk_view_read(p, wt, p->form, &v);
	head(p);
	if (v.problem == NULL)
		rc = add_pages(p, &v.ask, &n);
	return rc != 0 ? rc : finish(p, desk_view_filter(p->a, &v, true), n);
}

int desk_export_picked(struct page *p, const char *numbers)
{
	struct q_list_picked *rows = NULL;
	size_t n = 0, kept = 0;
	int rc = q_list_picked(p->db, p->a, numbers, &rows, &n);

	if (rc != 0)
		return rc;
	head(p);
	for (size_t i = 0; i < n; i++) {
		struct ticket t;
		struct facts facts;

		rc = ticket_facts(p->db, p->a, rows[i].id, page_actor(p), &t, &facts);
		if (rc != 0)
			return rc;
		if (facts.recused || !access_may_on(page_actor(p), CAP_READ, t.unit_id, facts.co))
			continue;
		row(&p->reply->body, p->a, (const struct q_list_open *)(const void *)&rows[i]);
		kept++;
	}
	return finish(p, "picked", kept);
}
