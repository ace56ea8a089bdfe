/* public_feeds - the listing for programs: JSON, CSV, Atom, page by page.
 *
 * The JSON is the same under /open.json and /api/v1/open. Each answer holds at most as many letters as fit; `next`
 * (in JSON), the header Link (CSV) or the link element (Atom) leads on. Whole years and months: public_file.c. */
#include "clock.h"
#include "open_filter.h"
#include "open_names.h"
#include "open_withheld.h"
#include "open_write.h"
#include "public.h"

#include <string.h>

#define BATCH 50                         /* rows of one query: their texts must fit into the request's memory */
#define BYTES_MAX ((size_t)1024 * 1024)  /* texts of one answer */
#define JSON_ROWS 50
#define CSV_ROWS 400
#define ATOM_ROWS 30
#define GONE_ROWS 1000
#define GONE_IN_FEED 100
#define WITHHELD_ROWS 200

struct letters {
	struct open_one *of;
	size_t n;
	const char *next;                /* cursor; NULL at the end */
	struct open_filter f;
	bool same;                       /* the reader has it: nothing to make */
};

static size_t bytes_of(const struct q_pub_full_page *row)
{
	return strlen(row->body) + strlen(row->reply) + strlen(row->title);
}

/* Adds rows, of which f becomes the last; false: no more fit, and where the next page begins was noted. */
static bool add_rows(struct page *p, struct open_filter *f, size_t max, const struct open_names *names,
	const struct q_pub_full_page *rows, size_t n, size_t *bytes, struct letters *ret)
{
	for (size_t i = 0; i < n; i++) {
		if (ret->n > 0 && (ret->n == max || *bytes + bytes_of(&rows[i]) > BYTES_MAX)) {
			ret->next = f->by_match ? NULL : open_cursor(p->a, f->before_on, f->before_id);
			return false;
		}
		ret->of[ret->n++] = open_names_one(p->a, names, &rows[i]);
		*bytes += bytes_of(&rows[i]);
		f->before_on = rows[i].replied_on;
		f->before_id = rows[i].id;
	}
	return true;
}

/* At most max letters and about BYTES_MAX of text; but at least one, so that paging always goes on. Of the best matches
 * there is one page. */
static int load_rows(struct page *p, struct open_filter f, size_t max, const struct open_names *names,
	struct letters *ret)
{
	struct q_pub_full_page *rows;
	struct open_found found;
	size_t n, bytes = 0;
	bool more = true;

	ret->of = arena_array(p->a, max + 1, sizeof(*ret->of));
	while (more) {
		int rc = open_full_rows(p, &f, BATCH, &found, &rows, &n);

		if (rc != 0)
			return rc;
		if (!add_rows(p, &f, max, names, rows, n, &bytes, ret))
			return 0;
		more = f.by_match ? found.next_skip > 0 : found.older != NULL && n == BATCH;
		f.skip = found.next_skip;
	}
	ret->next = f.by_match ? NULL : found.older; /* a search that answered in time goes on from there */
	return 0;
}

/* What the address asks for; otherwise: how many when it does not say. */
static int load(struct page *p, size_t otherwise, struct letters *ret)
{
	struct open_names names;
	int rc = open_filter_read(p, true, &ret->f);

	if (rc == 0)
		rc = open_unchanged(p, &ret->same);
	if (rc != 0)
		return rc;
	open_names_headers(p);
	if (ret->same)
		return 0;
	rc = open_names_load(p, &names);
	return rc != 0 ? rc : load_rows(p, ret->f, ret->f.limit > 0 ? (size_t)ret->f.limit : otherwise, &names, ret);
}

static const char *absolute(struct arena *a, const char *path)
{
	return arena_printf(a, "%s%s", conf.public_url, path);
}

/* --- JSON --- */

static int as_json(struct page *p, const char *path)
{
	struct letters found = { 0 };
	json_t *list, *root;
	int rc = load(p, JSON_ROWS, &found);

	if (rc != 0 || found.same)
		return rc;
	list = json_array();
	root = json_object();
	for (size_t i = 0; i < found.n; i++)
		json_array_append_new(list, open_json(p->a, &found.of[i]));
	json_object_set_new(root, "items", list);
	json_object_set_new(root, "next_cursor", found.next != NULL ? json_string(found.next) : json_null());
	json_object_set_new(root, "next", found.next == NULL ? json_null()
		: json_string(absolute(p->a, open_filter_path(p->a, path, &found.f, found.next))));
	json_object_set_new(root, "licence", json_string(absolute(p->a, "/data/licence")));
	return reply_json(p->reply, 200, root);
}

int open_json_show(struct page *p)
{
	return as_json(p, "/open.json");
}

int api_open(struct page *p)
{
	return as_json(p, "/api/v1/open");
}

/* --- CSV --- */

int open_csv_show(struct page *p)
{
	struct letters found = { 0 };
	int rc = load(p, CSV_ROWS, &found);

	if (rc != 0 || found.same)
		return rc;
	open_csv_head(&p->reply->body);
	for (size_t i = 0; i < found.n; i++)
		open_csv_row(&p->reply->body, p->a, &found.of[i]);
	if (found.next != NULL)
		reply_header(p->reply, "Link", arena_printf(p->a, "<%s>; rel=\"next\"",
			absolute(p->a, open_filter_path(p->a, "/open.csv", &found.f, found.next))));
	reply_type(p->reply, "text/csv; charset=utf-8");
	reply_download(p->reply, "公开答复.csv");
	return 0;
}

/* --- Atom --- */

/* The newest of all that it shows; a feed that shows nothing is as old as the first day there can be letters of. */
static int64_t updated_at(const struct letters *found, const struct q_open_gone *gone, size_t gone_n)
{
	int64_t at = clock_day_start(clock_day_of(1990, 1, 1));

	for (size_t i = 0; i < found->n; i++) {
		if (found->of[i].row->published_at > at)
			at = found->of[i].row->published_at;
	}
	return gone_n > 0 && gone[0].gone_at > at ? gone[0].gone_at : at;
}

static struct open_feed feed_of(struct page *p, const struct letters *found)
{
	const struct open_filter *f = &found->f;
	const char *whole = absolute(p->a, open_filter_path(p->a, "/open.atom", f, NULL));
	struct open_feed feed = { .title = arena_printf(p->a, "%s 公开答复", conf.site_name), .author = conf.site_host_unit,
		.id = whole, .self = whole, .licence = absolute(p->a, "/data/licence"),
		.home = absolute(p->a, open_filter_path(p->a, "/open", f, NULL)) };

	if (!f->first) {
		feed.self = absolute(p->a, open_filter_path(p->a, "/open.atom", f,
			open_cursor(p->a, f->before_on, f->before_id)));
		feed.first = whole;
	}
	if (found->next != NULL)
		feed.next = absolute(p->a, open_filter_path(p->a, "/open.atom", f, found->next));
	return feed;
}

/* Whatever was asked for, the first page names all that was taken down lately: which of it the reader has, the reader
 * knows. */
int open_atom_show(struct page *p)
{
	struct str *o = &p->reply->body;
	struct letters found = { 0 };
	struct q_open_gone *gone = NULL;
	struct open_feed feed;
	size_t gone_n = 0;
	int rc = load(p, ATOM_ROWS, &found);

	if (rc == 0 && !found.same && found.f.first)
		rc = q_open_gone(p->db, p->a, GONE_IN_FEED, &gone, &gone_n);
	if (rc != 0 || found.same)
		return rc;
	feed = feed_of(p, &found);
	feed.updated = updated_at(&found, gone, gone_n);
	open_atom_head(o, &feed);
	for (size_t i = 0; i < gone_n; i++)
		open_atom_gone(o, public_open_link(p->a, gone[i].id), gone[i].gone_at);
	for (size_t i = 0; i < found.n; i++)
		open_atom_entry(o, &found.of[i]);
	open_atom_foot(o);
	reply_type(p->reply, "application/atom+xml; charset=utf-8");
	return 0;
}

/* --- what was taken down --- */

int open_removed_show(struct page *p)
{
	json_t *list, *root;
	struct q_open_gone *rows = NULL;
	bool same;
	size_t n = 0;
	int rc = open_unchanged(p, &same);

	if (rc == 0)
		open_names_headers(p);
	if (rc == 0 && !same)
		rc = q_open_gone(p->db, p->a, GONE_ROWS, &rows, &n);
	if (rc != 0 || same)
		return rc;
	list = json_array();
	root = json_object();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, json_pack("{s:s,s:s}", "link", public_open_link(p->a, rows[i].id), "removed_at",
			clock_fmt_iso(p->a, rows[i].gone_at)));
	json_object_set_new(root, "items", list);
	json_object_set_new(root, "licence", json_string(absolute(p->a, "/data/licence")));
	return reply_json(p->reply, 200, root);
}

/* --- what is not published --- */

static json_t *withheld_json(struct arena *a, const struct q_withheld_page *row)
{
	const char *reason = row->reason_code != NULL ? states_reason("withhold", row->reason_code) : NULL;
	json_t *o = json_pack("{s:s,s:s,s:s,s:s,s:s}", "type", row->type, "type_name", public_type_name(row->type),
		"department", row->unit_name, "received_on", clock_fmt_day(a, row->received_on), "reason_name",
		reason != NULL ? reason : states_reason("withhold", "law"));

	json_object_set_new(o, "accepted_on", row->accepted_on != DAY_NONE ? json_string(clock_fmt_day(a, row->accepted_on))
		: json_null());
	json_object_set_new(o, "replied_on", row->replied_on != DAY_NONE ? json_string(clock_fmt_day(a, row->replied_on))
		: json_null());
	json_object_set_new(o, "workdays", json_integer(row->workdays));
	return o;
}

int withheld_json_show(struct page *p)
{
	struct open_withheld found;
	json_t *list, *root;
	int rc = open_withheld(p, form_text(p->form, "cursor"), WITHHELD_ROWS, &found);

	if (rc == ERR_INVALID)
		form_fail(p->form, "cursor", "翻页标记不对，请从第一页开始");
	if (rc != 0)
		return rc;
	list = json_array();
	root = json_object();
	for (size_t i = 0; i < found.n; i++)
		json_array_append_new(list, withheld_json(p->a, &found.rows[i]));
	json_object_set_new(root, "items", list);
	json_object_set_new(root, "next", found.next == NULL ? json_null()
		: json_string(absolute(p->a, arena_printf(p->a, "/data/withheld.json?cursor=%s", found.next))));
	json_object_set_new(root, "licence", json_string(absolute(p->a, "/data/licence")));
	open_names_headers(p);
	reply_public_fresh(p->reply);
	return reply_json(p->reply, 200, root);
}
