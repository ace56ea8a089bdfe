/* public_sitemap - what robots and researchers ask of every site: robots.txt, security.txt, the sitemap. */
#include "clock.h"
#include "open_filter.h"
#include "open_write.h"
#include "public.h"
#include "sitemap.h"

#define CACHE_S 60
#define SITEMAP_IDS 5000
#define SITEMAP_REPORTS 200
#define SECURITY_TXT_DAYS 180

const struct site_page site_pages[] = {
#define SITE_PAGE(group, path, text, what) { group, path, text, what },
#include "sitemap.tbl"
};
const size_t site_pages_n = ARRAY_LEN(site_pages);

int robots_show(struct page *p)
{
	str_addf(&p->reply->body, "User-agent: *\nDisallow: /letters/\nDisallow: /track\nDisallow: /api/\nDisallow: /size\n"
		"Allow: /letters/new\n\nSitemap: %s/sitemap.xml\n", conf.public_url);
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

/* --- the sitemap --- */

static void begin(struct page *p, const char *root)
{
	str_addf(&p->reply->body, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
		"<%s xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n", root);
	reply_type(p->reply, "application/xml; charset=utf-8");
}

/* at TIME_NONE: not told. */
static void add_url(struct page *p, const char *url, int64_t at)
{
	struct str *o = &p->reply->body;

	str_add(o, "<url><loc>");
	open_xml_text(o, url);
	str_add(o, "</loc>");
	if (at != TIME_NONE)
		str_addf(o, "<lastmod>%s</lastmod>", clock_fmt_iso(p->a, at));
	str_add(o, "</url>\n");
}

/* The parts: one for the pages, then one for each SITEMAP_IDS letters that are not all taken down: the schema knows no
 * empty one. */
int sitemap_index_show(struct page *p)
{
	struct q_pub_id_parts *parts = NULL;
	struct q_pub_last_id last;
	bool same;
	int64_t most;
	size_t n = 0;
	int rc = open_unchanged(p, &same);

	if (rc == 0 && !same)
		rc = q_pub_last_id(p->db, p->a, &last);
	if (rc != 0 || same)
		return rc;
	most = (last.id + SITEMAP_IDS - 1) / SITEMAP_IDS;
	rc = q_pub_id_parts(p->db, p->a, most, SITEMAP_IDS, SITEMAP_IDS, &parts, &n);
	if (rc != 0)
		return rc;
	begin(p, "sitemapindex");
	str_addf(&p->reply->body, "<sitemap><loc>%s/sitemap/pages.xml</loc></sitemap>\n", conf.public_url);
	for (size_t i = 0; i < n; i++)
		str_addf(&p->reply->body, "<sitemap><loc>%s/sitemap/%lld.xml</loc></sitemap>\n", conf.public_url,
			(long long)parts[i].part);
	str_add(&p->reply->body, "</sitemapindex>\n");
	return 0;
}

/* Pages with a fixed address, units, reports. */
static int sitemap_pages(struct page *p)
{
	struct q_pub_report_list *reports = NULL;
	struct q_open_units *units = NULL;
	size_t units_n = 0, reports_n = 0;
	int rc = q_open_units(p->db, p->a, NULL, NULL, &units, &units_n);

	if (rc == 0)
		rc = q_pub_report_list(p->db, p->a, SITEMAP_REPORTS, &reports, &reports_n);
	if (rc != 0)
		return rc;
	begin(p, "urlset");
	reply_public_cache(p->reply, CACHE_S);
	for (size_t i = 0; i < site_pages_n; i++)
		add_url(p, arena_printf(p->a, "%s%s", conf.public_url, site_pages[i].path), TIME_NONE);
	for (size_t i = 0; i < units_n; i++)
		add_url(p, arena_printf(p->a, "%s/units/%s", conf.public_url, units[i].code), TIME_NONE);
	for (size_t i = 0; i < reports_n; i++)
		add_url(p, arena_printf(p->a, "%s/reports/%s", conf.public_url, reports[i].code), reports[i].published_at);
	str_add(&p->reply->body, "</urlset>\n");
	return 0;
}

int sitemap_part_show(struct page *p)
{
	struct q_pub_ids *rows = NULL;
	long long part = 0;
	bool same;
	size_t n = 0;
	int rc;

	if (str_eq(p->param, "pages"))
		return sitemap_pages(p);
	if (str_to_int(p->param, 1, INT32_MAX, &part) != 0)
		return err_set(ERR_NOTFOUND, "no such part");
	rc = open_unchanged(p, &same);
	if (rc == 0 && !same)
		rc = q_pub_ids(p->db, p->a, (part - 1) * SITEMAP_IDS + 1, part * SITEMAP_IDS, &rows, &n);
	if (rc == 0 && !same && n == 0)
		rc = err_set(ERR_NOTFOUND, "no letter in that part");
	if (rc != 0 || same)
		return rc;
	begin(p, "urlset");
	for (size_t i = 0; i < n; i++)
		add_url(p, public_open_link(p->a, rows[i].id), rows[i].published_at);
	str_add(&p->reply->body, "</urlset>\n");
	return 0;
}
