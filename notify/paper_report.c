/* paper_report - a monthly bulletin or annual report as PDF, and its tables as XLSX. Both draw report_doc(). */
#include <jansson.h>
#include <string.h>

#include "clock.h"
#include "conf.h"
#include "papers.h"
#include "pdf.h"
#include "report_doc.h"
#include "sheet.h"
#include "str.h"

/* The order: which report, and whether the public will fetch it. */
static int read_order(struct paper_job *job, struct report *ret)
{
	json_t *o = json_loads(job->order.params, 0, NULL);
	const char *code = json_string_value(json_object_get(o, "code"));
	int r = code != NULL ? report_load(job->read, job->a, arena_strdup(job->a, code), ret)
		: err_set(ERR_INVALID, "params of a report");

	job->keep = json_is_integer(json_object_get(o, "public"));
	json_decref(o);
	if (r == 0 && job->keep && ret->state == REPORT_DRAFT)
		r = err_set(ERR_NOTFOUND, "the signature was taken back");
	return r;
}

static const char *file_name(struct paper_job *job, const struct report *r, const char *ending)
{
	return arena_printf(job->a, "%s%s%s.%s", conf.site_short, report_name(job->a, r->code),
		r->state == REPORT_DRAFT ? "（草稿）" : "", ending);
}

/* --- PDF --- */

static void draw_figures(struct pdf *pdf, struct arena *a, const struct report_block *b)
{
	struct pdf_figure *list = arena_array(a, b->figures_n + 1, sizeof(*list));

	for (size_t i = 0; i < b->figures_n; i++)
		list[i] = (struct pdf_figure){ b->figures[i].value, b->figures[i].label, b->figures[i].note };
	pdf_figures(pdf, list, b->figures_n);
}

/* The first column, names, takes what short numbers leave. */
static void draw_table(struct pdf *pdf, struct arena *a, const struct report_block *b)
{
	struct pdf_column *columns = arena_array(a, b->columns_n, sizeof(*columns));
	const char **cells = arena_array(a, b->rows_n * b->columns_n + 1, sizeof(*cells));
	bool wide = b->columns_n > 4;
	double first = wide ? 0.21 : 0.22;

	for (size_t c = 0; c < b->columns_n; c++)
		columns[c] = (struct pdf_column){ b->heads[c], c == 0 ? first : (1 - first) / (double)(b->columns_n - 1),
			wide && c > 0 };
	for (size_t i = 0; i < b->rows_n * b->columns_n; i++)
		cells[i] = b->cells[i].text;
	pdf_heading(pdf, 3, b->text);
	pdf_table(pdf, &(struct pdf_table){ columns, b->columns_n, cells, b->rows_n });
}

static void draw_chart(struct pdf *pdf, struct arena *a, const struct report_block *b)
{
	const struct plot_size size = { PDF_PLOT_WIDTH, PDF_PLOT_TEXT };
	struct plot plot;

	if (b->kind == BLOCK_BARS)
		plot_bars(a, size, b->bars, b->bars_n, 0, &plot);
	else
		plot_lines(a, size, &b->axis, b->series, b->series_n, &plot);
	pdf_heading(pdf, 3, b->text);
	pdf_plot(pdf, &plot);
}

static void draw(struct pdf *pdf, struct arena *a, const struct report_block *b)
{
	switch (b->kind) {
	case BLOCK_HEADING:
		pdf_heading(pdf, 1, b->text);
		break;
	case BLOCK_TEXT:
		pdf_text(pdf, b->text);
		break;
	case BLOCK_NOTE:
		pdf_note(pdf, b->text);
		break;
	case BLOCK_FIGURES:
		draw_figures(pdf, a, b);
		break;
	case BLOCK_TABLE:
		draw_table(pdf, a, b);
		break;
	case BLOCK_BARS:
	case BLOCK_LINES:
		draw_chart(pdf, a, b);
		break;
	case BLOCK_RIGHT:
		pdf_right(pdf, b->text);
		break;
	}
}

/* path NULL: to count the pages, which then stand on each of them. */
static int lay_out(struct paper_job *job, const struct report_doc *doc, const char *path, const char *foot, int *pages)
{
	struct pdf_about about = { .title = doc->title, .author = conf.site_host_unit, .subject = doc->under, .foot = foot,
		.font = conf.paper_font, .font_head = conf.paper_font_head, .pages = *pages };
	struct pdf *pdf;
	int r = pdf_open(job->a, path, &about, &pdf);

	if (r < 0)
		return r;
	pdf_title(pdf, doc->title, doc->under);
	for (size_t i = 0; i < doc->n; i++)
		draw(pdf, job->a, &doc->blocks[i]);
	return pdf_close(pdf, pages);
}

int paper_report(struct paper_job *job)
{
	struct report_doc doc;
	struct report r;
	const char *foot;
	int pages = 0, rc = read_order(job, &r);

	if (rc == 0)
		rc = report_doc(job->a, &r, &doc);
	if (rc < 0)
		return rc;
	foot = job->keep ? doc.title : arena_printf(job->a, "%s　%s", doc.title, paper_foot(job));
	rc = lay_out(job, &doc, NULL, foot, &pages);
	if (rc == 0)
		rc = paper_step(job);
	if (rc == 0)
		rc = lay_out(job, &doc, job->path, foot, &pages);
	job->rows = 0;
	job->file_name = file_name(job, &r, "pdf");
	return rc;
}

/* --- XLSX --- */

static void put_cell(struct sheet *s, const struct report_cell *c)
{
	switch (c->kind) {
	case CELL_COUNT:
		sheet_count(s, (int64_t)c->value);
		break;
	case CELL_TENTHS:
		sheet_real(s, c->value / 10, 1);
		break;
	case CELL_SHARE:
		sheet_share(s, c->value);
		break;
	case CELL_TEXT:
		sheet_text(s, c->text);
		break;
	case CELL_NONE:
		sheet_empty(s);
		break;
	}
}

/* 按承办单位（按单位编号排列，不排名次） → 按承办单位 */
static const char *table_name(struct arena *a, const char *text)
{
	const char *end = strstr(text, "（");

	return end != NULL ? arena_strndup(a, text, (size_t)(end - text)) : text;
}

static void put_table(struct paper_job *job, struct sheet *s, const struct report_block *b)
{
	struct sheet_column *columns = arena_array(job->a, b->columns_n, sizeof(*columns));

	for (size_t c = 0; c < b->columns_n; c++)
		columns[c] = (struct sheet_column){ b->heads[c], c == 0 ? 28 : 14 };
	sheet_table(s, table_name(job->a, b->text), columns, b->columns_n, paper_foot(job));
	for (size_t i = 0; i < b->rows_n; i++) {
		sheet_row(s);
		for (size_t c = 0; c < b->columns_n; c++)
			put_cell(s, &b->cells[i * b->columns_n + c]);
		job->rows++;
	}
}

static void put_about(struct paper_job *job, struct sheet *s, const struct report_doc *doc)
{
	static const struct sheet_column head[] = { { "说明", 110 } };

	sheet_table(s, "说明", head, 1, paper_foot(job));
	sheet_row(s);
	sheet_text(s, doc->title);
	sheet_row(s);
	sheet_text(s, doc->under);
	for (size_t i = 0; i < doc->n; i++) {
		if (doc->blocks[i].kind != BLOCK_NOTE)
			continue;
		sheet_row(s);
		sheet_text(s, doc->blocks[i].text);
	}
}

int paper_report_table(struct paper_job *job)
{
	struct sheet_about about = { .author = job->who.unit };
	struct report_doc doc;
	struct report r;
	struct sheet *s;
	int rc = read_order(job, &r);

	if (rc == 0)
		rc = report_doc(job->a, &r, &doc);
	if (rc < 0)
		return rc;
	about.title = doc.title;
	sheet_open(job->a, job->path, job->tmp_dir, &about, &s);
	for (size_t i = 0; i < doc.n; i++) {
		if (doc.blocks[i].kind == BLOCK_TABLE)
			put_table(job, s, &doc.blocks[i]);
	}
	put_about(job, s, &doc);
	job->file_name = file_name(job, &r, "xlsx");
	return sheet_close(s);
}
