/* pdf - see pdf.h. Lengths are points (1/72 inch); texts are measured by Pango in its own units. */
#include "pdf.h"

#include <cairo-pdf.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "pdf_inner.h"

#define MM 2.834645669
#define PAGE_W (210 * MM)
#define PAGE_H (297 * MM)
#define LEFT (26 * MM)
#define RIGHT (24 * MM)
#define TOP (26 * MM)
#define BOTTOM (26 * MM)

const double PDF_WIDTH = PAGE_W - LEFT - RIGHT;

static void failed(struct pdf *p, int rc)
{
	if (p->failed == 0)
		p->failed = rc;
}

/* --- text --- */

PangoLayout *pdf_layout(struct pdf *p, const struct pdf_style *s, const char *text, double width)
{
	PangoLayout *l = pango_cairo_create_layout(p->cr);
	PangoFontDescription *d = pango_font_description_new();

	pango_font_description_set_family(d, s->head ? p->about.font_head : p->about.font);
	pango_font_description_set_absolute_size(d, s->size * PANGO_SCALE);
	pango_font_description_set_weight(d, s->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_layout_set_font_description(l, d);
	pango_font_description_free(d);
	pango_layout_set_width(l, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_alignment(l, s->align);
	pango_layout_set_justify(l, s->justify);
	pango_layout_set_indent(l, (int)(s->indent * s->size * PANGO_SCALE));
	pango_layout_set_line_spacing(l, (float)s->spacing);
	pango_layout_set_text(l, text, -1);
	if (pango_layout_get_unknown_glyphs_count(l) > 0)
		p->unknown++;
	return l;
}

double pdf_height(PangoLayout *l)
{
	int h;

	pango_layout_get_size(l, NULL, &h);
	return (double)h / PANGO_SCALE;
}

void pdf_show(struct pdf *p, const struct pdf_style *s, const char *text, double x, double y, double width)
{
	PangoLayout *l = pdf_layout(p, s, text, width);

	cairo_move_to(p->cr, x, y);
	pdf_colour(p, s->colour);
	pango_cairo_show_layout(p->cr, l);
	g_object_unref(l);
}

void pdf_colour(struct pdf *p, unsigned rgb)
{
	cairo_set_source_rgb(p->cr, (rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
}

/* --- pages --- */

static void foot(struct pdf *p)
{
	static const struct pdf_style left = { .size = 8, .spacing = 1.2F, .colour = 0x555555 };
	static const struct pdf_style right = { .size = 8, .spacing = 1.2F, .colour = 0x555555,
		.align = PANGO_ALIGN_RIGHT };
	double y = PAGE_H - BOTTOM + 14;
	const char *page = p->about.pages > 0 ? arena_printf(p->a, "第 %d 页，共 %d 页", p->page, p->about.pages)
		: arena_printf(p->a, "第 %d 页", p->page);

	cairo_set_line_width(p->cr, 0.4);
	pdf_colour(p, 0x999999);
	cairo_move_to(p->cr, LEFT, y - 5);
	cairo_line_to(p->cr, LEFT + PDF_WIDTH, y - 5);
	cairo_stroke(p->cr);
	pdf_show(p, &left, p->about.foot, LEFT, y, PDF_WIDTH * 0.75);
	pdf_show(p, &right, page, LEFT + PDF_WIDTH * 0.75, y, PDF_WIDTH * 0.25);
}

static void begin_page(struct pdf *p)
{
	p->page++;
	p->y = TOP;
	p->fresh = true;
	if (p->page > PDF_PAGES_MAX)
		failed(p, err_set(ERR_TOOBIG, "more than %d pages", PDF_PAGES_MAX));
}

void pdf_next_page(struct pdf *p)
{
	foot(p);
	cairo_show_page(p->cr);
	begin_page(p);
}

bool pdf_need(struct pdf *p, double height)
{
	if (p->y + height <= PAGE_H - BOTTOM || p->fresh)
		return false;
	pdf_next_page(p);
	return true;
}

double pdf_left(void)
{
	return LEFT;
}

void pdf_gap(struct pdf *p, double height)
{
	if (!p->fresh)
		p->y += height;
}

/* --- pieces --- */

/* Line by line, so that a paragraph may go on on the next page; never its first or last line alone. */
static void flow(struct pdf *p, const struct pdf_style *s, const char *tag, const char *text)
{
	PangoLayout *l = pdf_layout(p, s, text, PDF_WIDTH);
	PangoLayoutIter *it = pango_layout_get_iter(l);
	int n = pango_layout_get_line_count(l), i = 0;

	do {
		PangoRectangle box;
		double height = s->size * s->spacing * 1.15;
		bool alone = i == 0 && n > 1, last_two = n > 2 && i == n - 2;

		pango_layout_iter_get_line_extents(it, NULL, &box);
		(void)pdf_need(p, alone || last_two ? 2 * height : height);
		cairo_tag_begin(p->cr, tag, NULL);
		pdf_colour(p, s->colour);
		cairo_move_to(p->cr, LEFT + (double)box.x / PANGO_SCALE,
			p->y + (double)(pango_layout_iter_get_baseline(it) - box.y) / PANGO_SCALE);
		pango_cairo_show_layout_line(p->cr, pango_layout_iter_get_line_readonly(it));
		cairo_tag_end(p->cr, tag);
		p->y += height;
		p->fresh = false;
		i++;
	} while (pango_layout_iter_next_line(it));
	pango_layout_iter_free(it);
	g_object_unref(l);
}

static void paragraphs(struct pdf *p, const struct pdf_style *s, const char *tag, const char *text, double after)
{
	size_t n;
	char **list = str_split(p->a, arena_strdup(p->a, text), '\n', &n);

	for (size_t i = 0; i < n; i++) {
		if (list[i][strspn(list[i], " \r\t")] == '\0')
			continue;
		flow(p, s, tag, list[i]);
		p->y += after;
	}
}

void pdf_title(struct pdf *p, const char *title, const char *under)
{
	static const struct pdf_style big = { .size = 22, .spacing = 1.3F, .bold = true, .head = true,
		.align = PANGO_ALIGN_CENTER };
	static const struct pdf_style small = { .size = 10.5, .spacing = 1.4F, .colour = 0x444444,
		.align = PANGO_ALIGN_CENTER };

	pdf_gap(p, 10);
	flow(p, &big, "H1", title);
	p->y += 4;
	if (under[0] != '\0')
		flow(p, &small, "P", under);
	p->y += 14;
}

void pdf_heading(struct pdf *p, int level, const char *text)
{
	static const struct pdf_style styles[] = {
		{ .size = 15, .spacing = 1.4F, .bold = true, .head = true },
		{ .size = 12.5, .spacing = 1.4F, .bold = true },
		{ .size = 11, .spacing = 1.4F, .bold = true },
	};
	static const char *const tags[] = { "H2", "H3", "H4" };
	int i = level < 1 ? 0 : level > 3 ? 2 : level - 1;

	pdf_gap(p, i == 0 ? 14 : 9);
	(void)pdf_need(p, 90);
	if (i == 0)
		cairo_pdf_surface_add_outline(p->surface, CAIRO_PDF_OUTLINE_ROOT, text,
			arena_printf(p->a, "page=%d pos=[%.0f %.0f]", p->page, LEFT, p->y), CAIRO_PDF_OUTLINE_FLAG_OPEN);
	flow(p, &styles[i], tags[i], text);
	p->y += 4;
}

void pdf_text(struct pdf *p, const char *text)
{
	static const struct pdf_style s = { .size = 11, .spacing = 1.55F, .indent = 2, .justify = true };

	paragraphs(p, &s, "P", text, 3);
}

void pdf_note(struct pdf *p, const char *text)
{
	static const struct pdf_style s = { .size = 8.5, .spacing = 1.35F, .colour = 0x444444 };

	paragraphs(p, &s, "P", text, 1.5);
	p->y += 3;
}

void pdf_right(struct pdf *p, const char *text)
{
	static const struct pdf_style s = { .size = 11, .spacing = 1.55F, .align = PANGO_ALIGN_RIGHT };

	paragraphs(p, &s, "P", text, 2);
}

/* --- opening and closing --- */

static cairo_status_t nowhere(void *closure, const unsigned char *data, unsigned n)
{
	(void)closure, (void)data, (void)n;
	return CAIRO_STATUS_SUCCESS;
}

/* Titles of the screens' own kind of words; when they cannot be drawn nothing else can. */
static int check_fonts(struct pdf *p)
{
	static const struct pdf_style plain = { .size = 10, .spacing = 1 };
	static const struct pdf_style head = { .size = 10, .spacing = 1, .head = true };

	g_object_unref(pdf_layout(p, &plain, "民声信箱统计年度报告", 200));
	g_object_unref(pdf_layout(p, &head, "民声信箱统计年度报告", 200));
	return p->unknown == 0 ? 0
		: err_set(ERR_IO, "no Chinese characters in %s or %s", p->about.font, p->about.font_head);
}

static void free_cairo(void *arg)
{
	struct pdf *p = arg;

	if (p->cr != NULL)
		cairo_destroy(p->cr);
	if (p->surface != NULL)
		cairo_surface_destroy(p->surface);
	p->cr = NULL;
	p->surface = NULL;
}

int pdf_open(struct arena *a, const char *path, const struct pdf_about *about, struct pdf **ret)
{
	struct pdf *p = ARENA_NEW(a, struct pdf);
	int rc;

	*p = (struct pdf){ .a = a, .about = *about };
	p->surface = path != NULL ? cairo_pdf_surface_create(path, PAGE_W, PAGE_H)
		: cairo_pdf_surface_create_for_stream(nowhere, NULL, PAGE_W, PAGE_H);
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_TITLE, about->title);
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_AUTHOR, about->author);
	cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_SUBJECT, about->subject);
	p->cr = cairo_create(p->surface);
	arena_defer(a, free_cairo, p);
	rc = check_fonts(p);
	if (rc != 0)
		return rc;
	begin_page(p);
	*ret = p;
	return 0;
}

int pdf_close(struct pdf *p, int *ret_pages)
{
	cairo_status_t s;

	foot(p);
	cairo_show_page(p->cr);
	cairo_surface_finish(p->surface);
	s = cairo_status(p->cr) != CAIRO_STATUS_SUCCESS ? cairo_status(p->cr) : cairo_surface_status(p->surface);
	free_cairo(p);
	if (p->failed != 0)
		return p->failed;
	if (s != CAIRO_STATUS_SUCCESS)
		return err_set(s == CAIRO_STATUS_WRITE_ERROR ? ERR_FULL : ERR_IO, "pdf: %s", cairo_status_to_string(s));
	*ret_pages = p->page;
	return 0;
}
