/* public_home - the first page: what can be done here, this month in four figures, the latest answers. */
#include "clock.h"
#include "figures.h"
#include "open_filter.h"
#include "public.h"
#include "report.h"
#include "sitemap.h"
#include "views/home.h"

#define RECENT 5

static const struct figure *month_figures(struct arena *a, const struct stats *s, int year, int month)
{
	struct figure *f = arena_array(a, 4, sizeof(*f));
	const struct stats_line *all = &s->all;
	struct url url = { arena_printf(a, "/stats?from=%04d-%02d-01", year, month) };

	f[0] = (struct figure){ figure_count(a, all->n[STATS_received]), "本月收到", "有效来信", url, false };
	f[1] = (struct figure){ figure_count(a, all->n[STATS_replied]), "本月答复", "首次正式答复", url, false };
	f[2] = (struct figure){ figure_on_time(a, all), "按期答复率", "期限落在本月的来信", url, false };
	f[3] = (struct figure){ figure_tenths(a, stats_mean_tenths(all)), "平均工作日", "从受理到答复", url, false };
	return f;
}

/* Of the site map, what is not on this page already. */
static void add_more(struct arena *a, struct view_home *v)
{
	static const char *const paths[] = { "/units", "/standards", "/commitments", "/reports", "/samples", "/scores",
		"/data" };
	struct home_link *list = arena_array(a, ARRAY_LEN(paths), sizeof(*list));

	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		for (size_t k = 0; k < site_pages_n; k++) {
			if (str_eq(site_pages[k].path, paths[i]))
				list[v->more_n++] = (struct home_link){ { paths[i] }, site_pages[k].text, site_pages[k].what };
		}
	}
	v->more = list;
}

static int add_bulletin(struct page *p, struct view_home *v)
{
	struct q_pub_report_list *rows = NULL;
	size_t n = 0;
	int rc = q_pub_report_list(p->db, p->a, 1, &rows, &n);

	if (rc != 0 || n == 0)
		return rc;
	v->bulletin.s = arena_printf(p->a, "/reports/%s", rows[0].code);
	v->bulletin_name = report_name(p->a, rows[0].code);
	return 0;
}

int home_show(struct page *p)
{
	struct view_home v = { .frame = page_titled(p, "首页"), .figures.figures_n = 4 };
	const struct open_filter newest = { .q = "", .from = OPEN_DAY_FIRST, .to = OPEN_DAY_LAST,
		.before_on = OPEN_DAY_LAST, .before_id = INT64_MAX, .first = true };
	int32_t today = clock_day(p->now);
	struct q_pub_page *rows;
	struct open_row *recent;
	struct stats s;
	int year, month, day, rc;
	size_t n;

	clock_civil(today, &year, &month, &day);
	rc = stats_load(p->db, p->a, clock_day_of(year, month, 1), today, 0, &s);
	if (rc == 0)
		rc = open_rows(p, &newest, RECENT, &rows, &n);
	if (rc == 0)
		rc = add_bulletin(p, &v);
	if (rc != 0)
		return rc;
	recent = arena_array(p->a, n + 1, sizeof(*recent));
	for (size_t i = 0; i < n; i++)
		recent[i] = public_open_row(p->a, &rows[i], "");
	v.figures.figures = month_figures(p->a, &s, year, month);
	v.month = arena_printf(p->a, "%d年%d月", year, month);
	add_more(p->a, &v);
	v.recent = (struct part_open_rows){ recent, n, "最近的答复" };
	reply_public_fresh(p->reply);
	view_home(&p->reply->body, &v);
	return 0;
}

/* 我为政府网站找错 without a national entry: our own form, with its type chosen. */
int site_error_show(struct page *p)
{
	return reply_redirect(p->reply, "/letters/new?type=site_error");
}
