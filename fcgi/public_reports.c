/* public_reports - the monthly bulletins and annual reports that are published, as pages and as PDF. */
#include "clock.h"
#include "figures.h"
#include "public.h"
#include "report_show.h"
#include "store_paper.h"
#include "views/report.h"
#include "views/reports.h"

#define CACHE_S 60
#define REPORTS_ROWS 200

int reports_show(struct page *p)
{
	struct view_reports v = { .frame = page_titled(p, "月报和年度报告") };
	struct q_pub_report_list *rows = NULL;
	struct report_row *list;
	size_t n = 0;
	int rc = q_pub_report_list(p->db, p->a, REPORTS_ROWS, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++)
		list[i] = (struct report_row){ rows[i].code, report_name(p->a, rows[i].code),
			public_day(p->a, clock_day(rows[i].published_at)) };
	v.rows = list;
	v.rows_n = n;
	reply_public_cache(p->reply, CACHE_S);
	view_reports(&p->reply->body, &v);
	return 0;
}

static int load(struct page *p, struct report *ret, struct report_paper *ret_paper)
{
	enum report_kind kind;
	int32_t from, to;

	if (report_period(p->param, &kind, &from, &to) != 0)
		return err_set(ERR_NOTFOUND, "no such period");
	return report_public(p->db, p->a, p->param, ret, ret_paper);
}

int report_show_page(struct page *p)
{
	struct view_report v = { 0 };
	struct report_paper paper;
	struct report r;
	int rc = load(p, &r, &paper);

	if (rc == 0)
		rc = report_show(p->a, &r, &v.doc, &v.title);
	if (rc != 0)
		return rc;
	v.code = r.code;
	v.published = public_day(p->a, clock_day(r.published_at));
	v.pdf = paper.made ? arena_printf(p->a, "PDF，%s KB", figure_count(p->a, (paper.size_bytes + 1023) / 1024)) : "";
	v.sha256 = str_hex(p->a, r.sha256.p, r.sha256.n);
	v.frame = page_titled(p, v.title);
	reply_public_cache(p->reply, CACHE_S);
	view_report(&p->reply->body, &v);
	return 0;
}

int report_pdf(struct page *p)
{
	struct report_paper paper;
	struct report r;
	int rc = load(p, &r, &paper);

	if (rc != 0)
		return rc;
	if (!paper.made)
		return reply_redirect(p->reply, arena_printf(p->a, "/reports/%s", r.code));
	reply_type(p->reply, paper_mime(PAPER_REPORT));
	reply_download(p->reply, paper.file_name);
	reply_header(p->reply, "X-Accel-Redirect", arena_printf(p->a, "/_paper/%lld.pdf", (long long)paper.id));
	return 0;
}
