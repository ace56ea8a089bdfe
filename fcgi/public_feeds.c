/* public_feeds - the listing for programs: JSON, CSV, Atom; and what robots and researchers ask of every site.
 *
 * The JSON is the same under /open.json and /api/v1/open. Each answer holds at most as many letters as fit; `next`
 * (in JSON), the header Link (CSV) or the link element (Atom) leads on. */
#include "clock.h"
#include "open_filter.h"
#include "open_write.h"
#include "public.h"

#include <string.h>

#define CACHE_S 60
#define BATCH 50                         /* rows of one query: their texts must fit into the request's memory */
#define BYTES_MAX ((size_t)1024 * 1024)  /* texts of one answer */
#define JSON_ROWS 50
#define CSV_ROWS 400
#define ATOM_ROWS 30
#define SITEMAP_IDS 5000
#define SECURITY_TXT_DAYS 180

struct letters {
	const struct q_pub_full_page **rows;
	size_t n;
	const char *next;                /* cursor; NULL at the end */
};

static size_t bytes_of(const struct q_pub_full_page *row)
{
	return strlen(row->body) + strlen(row->reply) + strlen(row->title);
}

/* At most max letters and about BYTES_MAX of text; but at least one, so that paging always goes on. */
static int load(struct page *p, struct open_filter f, size_t max, struct letters *ret)
{
	struct q_pub_full_page *rows;
	size_t n, bytes = 0;
	int rc;

	ret->rows = arena_array(p->a, max + 1, sizeof(*ret->rows));
	for (;;) {
		rc = open_full_rows(p, &f, BATCH, &rows, &n);
		if (rc != 0)
			return rc;
		for (size_t i = 0; i < n; i++) {
			if (ret->n > 0 && (ret->n == max || bytes + bytes_of(&rows[i]) > BYTES_MAX)) {
				ret->next = open_cursor(p->a, f.before_on, f.before_id);
				return 0;
			}
			ret->rows[ret->n++] = &rows[i];
			bytes += bytes_of(&rows[i]);
			f.before_on = rows[i].replied_on;
			f.before_id = rows[i].id;
		}
		if (n < BATCH)
			return 0;
	}
}

static const char *absolute(struct arena *a, const char *path)
{
	return arena_printf(a, "%s%s", conf.public_url, path);
}

static size_t limit_of(const struct open_filter *f, size_t otherwise)
{
	return f->limit > 0 ? (size_t)f->limit : otherwise;
}

/* --- the listing --- */

static int as_json(struct page *p, const char *path)
{
	json_t *list = json_array(), *root = json_object();
	struct letters found = { 0 };
	struct open_filter f;
	int rc = open_filter_read(p, true, &f);

	if (rc == 0)
		rc = load(p, f, limit_of(&f, JSON_ROWS), &found);
	for (size_t i = 0; i < found.n; i++)
		json_array_append_new(list, open_json(p->a, found.rows[i], public_open_link(p->a, found.rows[i]->id)));
	json_object_set_new(root, "items", list);
	json_object_set_new(root, "next_cursor", found.next != NULL ? json_string(found.next) : json_null());
	json_object_set_new(root, "next", found.next == NULL ? json_null()
		: json_string(absolute(p->a, open_filter_path(p->a, path, &f, found.next))));
	if (rc != 0) {
		json_decref(root);
		return rc;
	}
	reply_public_cache(p->reply, CACHE_S);
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

int open_csv_show(struct page *p)
{
	struct letters found = { 0 };
	struct open_filter f;
	int rc = open_filter_read(p, true, &f);

	if (rc == 0)
		rc = load(p, f, limit_of(&f, CSV_ROWS), &found);
	if (rc != 0)
		return rc;
	open_csv_head(&p->reply->body);
	for (size_t i = 0; i < found.n; i++)
		open_csv_row(&p->reply->body, found.rows[i], public_open_link(p->a, found.rows[i]->id));
	if (found.next != NULL)
		reply_header(p->reply, "Link", arena_printf(p->a, "<%s>; rel=\"next\"",
			absolute(p->a, open_filter_path(p->a, "/open.csv", &f, found.next))));
	reply_type(p->reply, "text/csv; charset=utf-8");
	reply_download(p->reply, "公开答复.csv");
	reply_public_cache(p->reply, CACHE_S);
	return 0;
}

int open_atom_show(struct page *p)
{
	struct str *o = &p->reply->body;
	struct letters found = { 0 };
	struct open_filter f;
	struct open_feed feed = { .title = arena_printf(p->a, "%s 公开答复", conf.site_name), .author = conf.site_host_unit };
	int rc = open_filter_read(p, true, &f);

	if (rc == 0)
		rc = load(p, f, limit_of(&f, ATOM_ROWS), &found);
	if (rc != 0)
		return rc;
	feed.self = absolute(p->a, open_filter_path(p->a, "/open.atom", &f,
		f.first ? NULL : open_cursor(p->a, f.before_on, f.before_id)));
	feed.home = absolute(p->a, open_filter_path(p->a, "/open", &f, NULL));
	if (found.next != NULL)
		feed.next = absolute(p->a, open_filter_path(p->a, "/open.atom", &f, found.next));
	for (size_t i = 0; i < found.n; i++) {
		if (found.rows[i]->published_at > feed.updated)
			feed.updated = found.rows[i]->published_at;
	}
	open_atom_head(o, &feed);
	for (size_t i = 0; i < found.n; i++)
		open_atom_entry(o, found.rows[i], public_open_link(p->a, found.rows[i]->id));
	open_atom_foot(o);
	reply_type(p->reply, "application/atom+xml; charset=utf-8");
	reply_public_cache(p->reply, CACHE_S);
	return 0;
}

/* --- for robots and researchers --- */

int robots_show(struct page *p)
{
	str_addf(&p->reply->body, "User-agent: *\nDisallow: /letters/\nDisallow: /track\nDisallow: /api/\nDisallow: /size\n"
		"\nSitemap: %s/sitemap.xml\n", conf.public_url);
	reply_type(p->reply, "text/plain; charset=utf-8");
	reply_public_cache(p->reply, CACHE_S);
	return 0;
}

/* RFC 9116. */
int security_txt_show(struct page *p)
{
	int64_t expires = clock_day_start(clock_day(p->now) + SECURITY_TXT_DAYS);

	str_addf(&p->reply->body, "Contact: %s/letters/new?type=site_error\nExpires: %s\nPreferred-Languages: zh, en\n"
		"Canonical: %s/.well-known/security.txt\n", conf.public_url, clock_fmt_iso(p->a, expires), conf.public_url);
	reply_type(p->reply, "text/plain; charset=utf-8");
	reply_public_cache(p->reply, CACHE_S);
	return 0;
}

static void xml(struct page *p, const char *root)
{
	str_addf(&p->reply->body, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
		"<%s xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n", root);
	reply_type(p->reply, "application/xml; charset=utf-8");
	reply_public_cache(p->reply, CACHE_S);
}

/* The parts: one for the pages, then one for each SITEMAP_IDS letters. */
int sitemap_index_show(struct page *p)
{
	struct q_pub_last_id last;
	int rc = q_pub_last_id(p->db, p->a, &last);

	if (rc != 0)
		return rc;
	xml(p, "sitemapindex");
	str_addf(&p->reply->body, "<sitemap><loc>%s/sitemap/pages.xml</loc></sitemap>\n", conf.public_url);
	for (int64_t part = 1; part <= (last.id + SITEMAP_IDS - 1) / SITEMAP_IDS; part++)
		str_addf(&p->reply->body, "<sitemap><loc>%s/sitemap/%lld.xml</loc></sitemap>\n", conf.public_url,
			(long long)part);
	str_add(&p->reply->body, "</sitemapindex>\n");
	return 0;
}

static int sitemap_pages(struct page *p)
{
	static const char *const paths[] = { "/", "/letters/new", "/track", "/open", "/stats", "/help" };

	xml(p, "urlset");
	for (size_t i = 0; i < ARRAY_LEN(paths); i++)
		str_addf(&p->reply->body, "<url><loc>%s%s</loc></url>\n", conf.public_url, paths[i]);
	str_add(&p->reply->body, "</urlset>\n");
	return 0;
}

int sitemap_part_show(struct page *p)
{
	struct q_pub_ids *rows;
	long long part = 0;
	size_t n;
	int rc;

	if (str_eq(p->param, "pages"))
		return sitemap_pages(p);
	if (str_to_int(p->param, 1, INT32_MAX, &part) != 0)
		return err_set(ERR_NOTFOUND, "no such part");
	rc = q_pub_ids(p->db, p->a, (part - 1) * SITEMAP_IDS + 1, part * SITEMAP_IDS, &rows, &n);
	if (rc != 0)
		return rc;
	if (n == 0)
		return err_set(ERR_NOTFOUND, "no such part");
	xml(p, "urlset");
	for (size_t i = 0; i < n; i++)
		str_addf(&p->reply->body, "<url><loc>%s</loc><lastmod>%s</lastmod></url>\n",
			public_open_link(p->a, rows[i].id), clock_fmt_iso(p->a, rows[i].published_at));
	str_add(&p->reply->body, "</urlset>\n");
	return 0;
}
